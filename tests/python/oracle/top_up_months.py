"""Random small months that are full of top-ups, of sequences that nearly end and nearly go on.

Belongs here: Hypothesis strategies of the extracts that rules O4 and O11 (PP2) are about. Does not
belong here: expectations; other requests, which `request_months.py` makes.

Attempts come in chains: each starts some minutes, exactly 24 hours or a millisecond beside that
after the one before it, so that chains cross midnight, the end of the month and changes of clocks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from hypothesis import strategies as st

from tests.python.oracle.clock import extract_point, month_start, to_local
from tests.python.oracle.records import Alert, Facts, ServiceRequest
from tests.python.oracle.request_months import (
    DAY,
    HOUR,
    IN_FLIGHT,
    MS,
    NOTHING,
    devices,
    file_dates,
    focuses,
    moments,
)

STEPS = (NOTHING, MS, 20 * 60_000 * MS, HOUR, 12 * HOUR, DAY - MS, DAY, DAY, DAY + MS, 25 * HOUR)
ASKED = ("E1", "E1", "E1", "E2", "G1", "S1", "S1", "X1")
USERS = ("U1", "U1", "U1", "U2")
# Failures above all, since a success ends a chain.
CODES = ("E20", "E20", "E20", "E4", None, "I99", "i0", "I0", "I0", "I0")
SRVS = ("2.2",) * 9 + ("1.6", "2.1")


@st.composite
def attempts(
    draw: st.DrawFn, start: datetime, device_id: str, user_id: str, request_id: str
) -> ServiceRequest:
    """One request at its start; in flight, without response or future-dated now and then."""
    mode = draw(st.sampled_from([2, 2, 2, 2, 4]))
    request = ServiceRequest(
        file_date=to_local(start).date(),
        request_id=request_id,
        srv=draw(st.sampled_from(SRVS)),
        device_id=device_id,
        received_at=start if mode == 2 else start - 2 * DAY,
        execution_at=None if mode == 2 else start,
        user_id=user_id,
        mode_of_operation=mode,
        report_status_id=draw(st.sampled_from((2, 2, 2, 2, 2, IN_FLIGHT[0]))),
        response_sent_at=None if draw(st.integers(0, 3)) == 0 else start + 9 * MS,
        response_code=draw(st.sampled_from(CODES)),
    )
    return replace(request, file_date=draw(file_dates(start)))


@st.composite
def chains(
    draw: st.DrawFn, near: list[datetime], edges: list[datetime], ids: list[int]
) -> list[ServiceRequest]:
    """Attempts on one device, mostly of one User, each a step after the one before."""
    device_id, user_id = draw(st.sampled_from(ASKED)), draw(st.sampled_from(USERS))
    start = draw(st.one_of(moments(near), st.sampled_from(edges)))
    start -= draw(st.sampled_from([NOTHING, NOTHING, MS, HOUR, DAY, DAY + MS, 2 * DAY]))
    found: list[ServiceRequest] = []
    for _ in range(draw(st.integers(1, 6))):
        if not ids:
            break
        user = user_id if draw(st.integers(0, 4)) else draw(st.sampled_from(USERS))
        found.append(draw(attempts(start, device_id, user, f"U:D:{ids.pop()}")))
        start += draw(st.sampled_from(STEPS))
    return found


@st.composite
def credit_alerts(draw: st.DrawFn, near: list[datetime], alert_id: str) -> Alert:
    """Credit added on the spot, or something else, by a device that was asked or not."""
    raised = draw(moments(near))
    return Alert(
        file_date=draw(file_dates(raised)),
        alert_id=alert_id,
        alert_code=draw(st.sampled_from(["810E", "0x810e", "AD1"])),
        device_id=draw(st.sampled_from([*ASKED, "Y7"])),
        raised_at=raised,
        alert_kind="Device",
        disposition=draw(st.sampled_from(["delivered", "undelivered", "suppressed", "exempt"])),
        alert_count=draw(st.sampled_from([None, 1, 3])),
    )


@st.composite
def top_up_facts(draw: st.DrawFn, month: date) -> Facts:
    """The extracts of a month and of the days on its borders."""
    near = draw(focuses(month))
    edges = [month_start(month), extract_point(month)]
    # Ids are in no order of time: of equal starts the lesser goes first, not the earlier made.
    ids = list(draw(st.permutations(range(91, 115))))
    asked: list[ServiceRequest] = []
    for _ in range(draw(st.integers(0, 5))):
        asked += draw(chains(near, edges, ids))
    return Facts(
        service_requests=asked,
        alerts=[
            draw(credit_alerts(near, f"A{number}")) for number in range(draw(st.integers(0, 4)))
        ],
        devices=draw(devices(month, near, asked)),
    )
