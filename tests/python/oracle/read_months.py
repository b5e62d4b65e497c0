"""Random small months with meter reads that look back: on the 59th, 60th and 61st day before.

Belongs here: Hypothesis strategies of meter reads, laid over a month of `request_months.py`. Does
not belong here: expectations.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from tests.python.oracle.clock import local, next_month
from tests.python.oracle.records import Facts, ServiceRequest
from tests.python.oracle.request_months import IN_FLIGHT, MS, NOBODY, USERS, request_facts

DAY = timedelta(days=1)
# 4.6.2 and 4.17 do not apply to SMETS1.
READS = ("4.6.1", "4.6.1", "4.8.1", "4.17", "4.6.2", "4.10")
ASKED = ("E1", "E1", "E1", "E2", "S1", "S1", NOBODY)
BACK = (0, 0, 1, 2, 29, 30, 31, 58, 59, 60, 60, 61, 61, 62, 90)
# Local times near midnight tell a local day from one of 24 hours.
TIMES = ((0, 0), (0, 30), (12, 0), (23, 30))
TOOK = (0 * MS, 1000 * MS, DAY - MS, DAY, DAY, DAY + MS, 25 * DAY / 24)


def moment(day: date, hour: int, minute: int) -> datetime:
    """The UTC time of a local time of the day."""
    return local(day.year, day.month, day.day, hour, minute)


@st.composite
def reads(draw: st.DrawFn, days: list[date], number: int) -> ServiceRequest:
    """A meter read on a day that is so many days before another one."""
    day = draw(st.sampled_from(days)) - draw(st.sampled_from(BACK)) * DAY
    start = moment(day, *draw(st.sampled_from(TIMES)))
    mode = draw(st.sampled_from([2, 6, 6]))
    answer = draw(st.sampled_from(["well", "well", "badly", "badly", "never", "code alone"]))
    took = draw(st.sampled_from(TOOK))
    return ServiceRequest(
        file_date=day,
        request_id=f"R:{number}",
        srv=draw(st.sampled_from(READS)),
        device_id=draw(st.sampled_from(ASKED)),
        received_at=start,
        execution_at=start if mode == 6 else None,
        user_id=draw(st.sampled_from(USERS)),
        mode_of_operation=mode,
        report_status_id=draw(st.sampled_from([2, 2, 2, 2, *IN_FLIGHT])),
        response_sent_at=start + took if answer in ("well", "badly") else None,
        response_code={"well": "I0", "badly": "E4", "never": None, "code alone": "I99"}[answer],
    )


@st.composite
def read_facts(draw: st.DrawFn, month: date) -> Facts:
    """A month of requests with meter reads in it and up to three months before it."""
    facts = draw(request_facts(month))
    last = next_month(month) - DAY
    middle = month + draw(st.integers(0, 30)) * DAY
    days = [month, min(middle, last), last, last + DAY]
    asked = [draw(reads(days, number)) for number in range(draw(st.integers(1, 16)))]
    # A few are the same again, to another User maybe.
    again = [
        replace(one, request_id=f"{one.request_id}:2", user_id=draw(st.sampled_from(USERS)))
        for one in asked
        if draw(st.integers(0, 3)) == 0
    ]
    return replace(facts, service_requests=[*facts.service_requests, *asked, *again])
