"""Random small months full of changes of supplier, at the edges that rules O1 and O2 have.

Belongs here: Hypothesis strategies of the requests. Does not belong here: expectations; what the
rules make of the months is in `supplier_changes.py`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from tests.python.oracle.clock import extract_point, local, to_local
from tests.python.oracle.records import Device, Facts, ServiceRequest

MS = timedelta(milliseconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DEVICES = ("E1", "E1", "E2", "S1", "X1")


@st.composite
def moments(draw: st.DrawFn, month: date) -> datetime:
    """At the edges of the bands and of the month, and beside them; together more often than not."""
    end = to_local(extract_point(month))
    back = draw(st.sampled_from([0, 0, 1, 6, 7, 7, 29, 30, 30, 31, 45]))
    edge = end - back * DAY
    by = draw(st.sampled_from([timedelta(0), timedelta(0), -MS, MS, HOUR, -HOUR, 2 * HOUR]))
    return local(edge.year, edge.month, edge.day) + by


@st.composite
def changing(draw: st.DrawFn, month: date) -> Facts:
    """A month of little else than changes of supplier, their repetitions and what follows them."""
    requests: list[ServiceRequest] = []
    numbers = draw(st.permutations(range(11, 31)))
    for number in range(draw(st.integers(1, 14))):
        at = draw(moments(month))
        if bool(requests) and draw(st.booleans()):
            before = draw(st.sampled_from(requests))
            at = before.received_at + draw(st.sampled_from([timedelta(0), MS, HOUR, -MS, DAY]))
        answered = draw(st.integers(0, 3)) > 0
        requests.append(
            ServiceRequest(
                file_date=to_local(at).date(),
                request_id=f"R{numbers[number]}",
                srv=draw(st.sampled_from(["6.23", "6.23", "6.23", "1.1.1", "6.8", "2.2"])),
                device_id=draw(st.sampled_from(DEVICES)),
                user_id=draw(st.sampled_from(["U1", "U1", "U2"])),
                received_at=at,
                report_status_id=draw(st.sampled_from([2, 2, 2, 2, 1])),
                response_sent_at=at + HOUR if answered else None,
                response_code=draw(st.sampled_from(["I0", "I99", "E21", "E4", "E21", None, "Z9"])),
            )
        )
    return Facts(
        service_requests=requests,
        devices=[
            Device(month, "E1", "ESME", "SMETS2+", "H1", "South"),
            Device(month, "E2", "GSME", "SMETS2+", "H1", draw(st.sampled_from(["South", "North"]))),
            Device(month, "S1", "ESME", "SMETS1", "H2", None),
        ],
    )
