"""Random small months with the weeks before them, full of the edges that rule O10 has.

Belongs here: Hypothesis strategies of the requests, installs, incidents and recorded events that
norms and detected outages are told by. Does not belong here: expectations; what the rules make of
the months is in `degradation.py`.

A month has a few anchors: quarter-hours of the local clock, at the ends of the month, where the
clocks change or a week later, or anywhere. At an anchor and the four weeks before it each
quarter-hour of a short run has as many requests as norms turn on: none, few, about twenty.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from tests.python.oracle.clock import extract_point, month_start, months_before, to_local, utc
from tests.python.oracle.records import (
    ComponentEvent,
    Device,
    EmptyFile,
    Facts,
    Incident,
    ServiceRequest,
)

QUARTER, DAY, WEEK = timedelta(minutes=15), timedelta(days=1), timedelta(weeks=1)
NOTHING, MS = timedelta(0), timedelta(milliseconds=1)
HUB = "H1"
# Devices by where they count: a region, another, SMETS1 (All alone), none that is known.
DEVICES = ("E1", "E2", "S1", "X1")
BUSY = (0, 19, 20, 20, 21, 22, 40)
QUIET = (0, 0, 0, 3, 4, 4, 5, 20)
CLOCK_CHANGES = {3: utc(2020, 3, 29, 1), 10: utc(2020, 10, 25, 1)}
LOOK_BACK = 4


@st.composite
def anchors(draw: st.DrawFn, month: date) -> list[datetime]:
    """Quarter-hours (UTC) that the month turns on, most of them with a short run to follow."""
    found: list[datetime] = []
    for _ in range(draw(st.integers(1, 2))):
        kind = draw(st.sampled_from(["start", "end", "clock", "after", "any"]))
        change = CLOCK_CHANGES.get(month.month)
        if kind == "start":
            found.append(month_start(month) - draw(st.sampled_from([0, 1, 1, 2])) * QUARTER)
        elif kind == "end":
            found.append(extract_point(month) - draw(st.integers(1, 3)) * QUARTER)
        elif kind in {"clock", "after"} and change is not None:
            near = change - 4 * QUARTER + draw(st.integers(0, 7)) * QUARTER
            found.append(near if kind == "clock" else near - draw(st.integers(0, 1)) * WEEK)
        else:
            hours = draw(st.sampled_from([0, 1, 2, 9, 9, 22]))
            found.append(
                month_start(month) + draw(st.integers(0, 29)) * DAY + timedelta(hours=hours)
            )
    return found


@st.composite
def run_of_requests(draw: st.DrawFn, anchor: datetime, first: int) -> list[ServiceRequest]:
    """A few quarter-hours and their weeks before; as the UTC clock counts weeks, and beside it."""
    quarters = draw(st.integers(1, 4))
    found: list[ServiceRequest] = []
    for week in range(LOOK_BACK + 1):
        busy = draw(st.sampled_from(BUSY if week else QUIET))
        is_late = draw(st.integers(0, 7)) == 0
        # where the clocks changed between, the same local time is an hour beside
        shift = draw(st.sampled_from([NOTHING, NOTHING, NOTHING, 4 * QUARTER, -4 * QUARTER]))
        for number in range(quarters):
            count = busy if draw(st.integers(0, 3)) else draw(st.sampled_from(BUSY + QUIET))
            start = anchor + number * QUARTER - week * WEEK + shift
            for each in range(count):
                moment = start + draw(_within) if each < 2 else start + each * MS
                request_id = f"U:D:{first + len(found)}"
                device = DEVICES[each % 16 // 13 + (1 if each % 16 == 15 else 0)]
                found.append(_request(request_id, device, moment, is_late=is_late))
    return found


_within = st.sampled_from([NOTHING, MS, QUARTER - MS, 7 * timedelta(minutes=1)])


def _request(
    request_id: str, device_id: str, moment: datetime, *, is_late: bool, srv: str = "4.8.1"
) -> ServiceRequest:
    day = to_local(moment).date()
    return ServiceRequest(
        file_date=day + DAY if is_late else day,
        request_id=request_id,
        srv=srv,
        device_id=device_id,
        received_at=moment,
    )


@st.composite
def installs(draw: st.DrawFn, found: Sequence[datetime], month: date) -> Facts:
    """Devices, of which some are installed at an anchor or a week beside one."""
    requests: list[ServiceRequest] = []
    devices = [
        Device(each, name, kind, "SMETS1" if name[0] == "S" else "SMETS2+", HUB, region)
        for each in (months_before(month, 1), month)
        for name, kind, region in (("E1", "ESME", "North"), ("E2", "ESME", "South"),
                                   ("S1", "ESME", None))
        if each != month or name != "E2" or draw(st.booleans())
    ]  # fmt: skip
    if draw(st.integers(0, 5)) == 0:
        devices = [device for device in devices if device.reporting_month != month]
    for number in range(draw(st.integers(0, 8))):
        moment = draw(st.sampled_from(found)) - draw(st.integers(0, LOOK_BACK)) * WEEK
        moment += draw(st.sampled_from([NOTHING, QUARTER, 3 * QUARTER, 5 * QUARTER]))
        name = f"N{number}"
        asked = draw(st.sampled_from([NOTHING, 2 * QUARTER, -QUARTER]))
        requests.append(_request(f"U:I:{number}", name, moment + asked, is_late=False, srv="8.11"))
        region = draw(st.sampled_from(["North", "North", "Central"]))
        devices += [
            Device(each, name, "ESME", "SMETS2+", HUB, region, commissioned_at=moment)
            for each in {months_before(month, 1), month, to_local(moment).date().replace(day=1)}
            if any(device.reporting_month == each for device in devices)
        ]
    return Facts(service_requests=requests, devices=devices)


@st.composite
def incidents(draw: st.DrawFn, found: Sequence[datetime], month: date) -> list[Incident]:
    """Incidents about the anchors."""
    made: list[Incident] = []
    for number in range(draw(st.integers(0, 3))):
        start = draw(st.sampled_from(found)) + draw(
            st.sampled_from([NOTHING, -QUARTER, QUARTER, -MS, 2 * QUARTER, -5 * WEEK])
        )
        lasts = draw(st.sampled_from([NOTHING, QUARTER, 4 * QUARTER, 7 * QUARTER]))
        end = draw(st.sampled_from([start + lasts, start + lasts, None]))
        made.append(
            Incident(
                reporting_month=draw(
                    st.sampled_from([month, month, month, months_before(month, 1)])
                ),
                incident_id=f"INC{number}",
                category=draw(st.sampled_from([1, 2, 2, 3])),
                status=draw(st.sampled_from(["Open", "Closed", "Closed", "Cancelled"])),
                responsible_party="DCC",
                raised_at=start + draw(st.sampled_from([NOTHING, QUARTER])),
                smets=draw(st.sampled_from([None, "All", "SMETS1", "SMETS2+"])),
                regions=draw(st.sampled_from([None, "North", "North|South", "South"])),
                impacted_at=draw(st.sampled_from([start, start, None])),
                restored_at=draw(st.sampled_from([end, end, None])),
                resolved_at=end,
                closed_at=draw(st.sampled_from([None, month_start(month) + 3 * DAY])),
                duplicate_of=draw(st.sampled_from([None, None, None, "INC9"])),
            )
        )
    return made


@st.composite
def events(draw: st.DrawFn, found: Sequence[datetime]) -> list[ComponentEvent]:
    """Recorded events about the anchors; some come again in a later file."""
    made: list[ComponentEvent] = []
    for number in range(draw(st.integers(0, 3))):
        start = draw(st.sampled_from(found)) + draw(
            st.sampled_from([NOTHING, NOTHING, -QUARTER, QUARTER, MS, -WEEK])
        )
        lasts = draw(st.sampled_from([NOTHING, MS, QUARTER, 2 * QUARTER, 2 * QUARTER, 9 * QUARTER]))
        event = ComponentEvent(
            file_date=to_local(start).date(),
            event_id=f"EV{number}",
            component_id="csp_network",
            started_at=start,
            ended_at=draw(st.sampled_from([start + lasts, start + lasts, start + lasts, None])),
            region=draw(st.sampled_from([None, "North", "South"])),
            kind=draw(st.sampled_from(["unplanned", "planned"])),
        )
        made.append(event)
        if event.ended_at is None and draw(st.booleans()):
            made.append(
                ComponentEvent(
                    event.file_date + DAY, event.event_id, event.component_id, start,
                    start + lasts, event.region, event.kind,
                )
            )  # fmt: skip
    return made


@st.composite
def degradation_facts(draw: st.DrawFn, month: date) -> Facts:
    """The extracts of a month and of the four weeks before it."""
    found = draw(anchors(month))
    requests: list[ServiceRequest] = []
    for anchor in found:
        requests += draw(run_of_requests(anchor, len(requests)))
    installed = draw(installs(found, month))
    # a day whose file is not there, and one whose file holds nothing
    days = sorted({request.file_date for request in requests})
    lost = draw(st.sampled_from([None, None, *days]))
    requests = [
        request for request in [*requests, *installed.service_requests] if request.file_date != lost
    ]
    files = {request.file_date for request in requests}
    empty = {
        to_local(draw(st.sampled_from(found))).date() - draw(st.integers(0, LOOK_BACK)) * WEEK
        for _ in range(draw(st.integers(0, 2)))
    }
    return Facts(
        service_requests=requests,
        devices=installed.devices,
        incidents=draw(incidents(found, month)),
        component_events=draw(events(found)),
        empty_files=[EmptyFile(day, "service_requests") for day in sorted(empty - files)],
    )
