"""Random small months of installs, full of the edges that rules O5 to O7 have.

Belongs here: Hypothesis strategies of the requests, snapshots, changes of status and incidents that
installs are told by. Does not belong here: expectations; what the rules make of the months is in
`installs.py`.

Devices and the moments around which they are commissioned come from `request_months.py`; here are
the SRVs of an installation, each asked again a week before or after.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from tests.python.oracle.clock import extract_point, months_before, next_month
from tests.python.oracle.records import (
    DeviceStatus,
    EmptyFile,
    Facts,
    InstallAndLeave,
    ServiceRequest,
)
from tests.python.oracle.request_months import (
    DAY,
    HUB,
    MS,
    NOBODY,
    NOTHING,
    SMETS1_HUB,
    about,
    devices,
    file_dates,
    focuses,
    moments,
    requests,
)
from tests.python.oracle.requests import started_at

WEEK = timedelta(days=7)
SRVS = (
    *("8.14.1", "8.14.1", "8.14.1", "8.14.2", "8.14.2", "8.11", "8.11"),
    *("8.1.1", "8.7.2", "6.20.1", "6.21", "1.1.1", "6.8", "8.14.3"),
)
ASKED = (HUB, HUB, HUB, "E1", "E1", "G1", "G1", SMETS1_HUB, "S1", NOBODY)
STATUSES = (
    "InstalledNotCommissioned",
    "InstalledNotCommissioned",
    "Commissioned",
    "Commissioned",
    "Whitelisted",
)
HUBS = (HUB, HUB, SMETS1_HUB, "H9", "E1")
OLD = (89, 89, 90, 90, 91, 3, 40)


@st.composite
def asked_again(draw: st.DrawFn, request: ServiceRequest, request_id: str) -> ServiceRequest:
    """The same a week before or after, or on the same day, with another SRV, device or outcome."""
    by = draw(st.sampled_from([-WEEK, WEEK, -WEEK, WEEK, NOTHING, DAY]))
    moved = replace(
        request,
        request_id=request_id,
        srv=draw(st.sampled_from([request.srv, *SRVS])),
        device_id=draw(st.sampled_from([request.device_id, request.device_id, *ASKED])),
        received_at=request.received_at + by,
        execution_at=None if request.execution_at is None else request.execution_at + by,
        response_sent_at=(
            None if request.response_sent_at is None else request.response_sent_at + by
        ),
        response_code=draw(st.sampled_from([request.response_code, "I0", "I0", "I99", "E21"])),
        quarantined_at=None,
        released_at=None,
    )
    return replace(moved, file_date=draw(file_dates(started_at(moved))))


@st.composite
def statuses(
    draw: st.DrawFn, near: list[datetime], asked: list[ServiceRequest]
) -> list[DeviceStatus]:
    """Changes about the days of requests; some come again in the next day's file."""
    found: list[DeviceStatus] = []
    for _ in range(draw(st.integers(0, 6))):
        changed = draw(
            about(draw(st.sampled_from(asked))) if draw(st.booleans()) else moments(near)
        )
        change = DeviceStatus(
            file_date=draw(file_dates(changed)),
            device_id=draw(st.sampled_from([*HUBS, NOBODY])),
            status=draw(st.sampled_from(STATUSES)),
            changed_at=changed,
            user_id=draw(st.sampled_from([None, "U1"])),
        )
        if any(
            (change.device_id, change.status, changed)
            == (one.device_id, one.status, one.changed_at)
            for one in found
        ):
            continue
        found.append(change)
        if draw(st.integers(0, 3)) == 0:
            found.append(replace(change, file_date=change.file_date + DAY, user_id="U2"))
    return found


@st.composite
def incidents(draw: st.DrawFn, month: date, near: list[datetime]) -> list[InstallAndLeave]:
    """Incidents that are 90 days old on days of the month, or on none; in three months' files."""
    found: list[InstallAndLeave] = []
    for number in range(draw(st.integers(0, 5))):
        old = draw(st.sampled_from(OLD)) * DAY
        submitted = draw(st.sampled_from([*near, extract_point(month)])) - draw(
            st.sampled_from([old, old, NOTHING])
        )
        submitted += draw(st.sampled_from([NOTHING, -MS, MS, 12 * timedelta(hours=1)]))
        closed = draw(
            st.sampled_from([None, None, submitted, submitted + DAY, extract_point(month), *near])
        )
        found.append(
            InstallAndLeave(
                reporting_month=draw(
                    st.sampled_from([month, month, month, months_before(month, 1)])
                ),
                incident_id=f"IAL{number}",
                hub_id=draw(st.sampled_from([*HUBS, NOBODY])),
                submitted_at=submitted,
                closed_at=None if closed is None else max(closed, submitted),
            )
        )
    return found


@st.composite
def install_facts(draw: st.DrawFn, month: date) -> Facts:
    """The extracts of a month, of the week before it, and of the days on its borders."""
    near = draw(focuses(month))
    asked: list[ServiceRequest] = []
    for number in range(draw(st.integers(1, 16))):
        request_id = f"U:D:{number + 10}"
        if bool(asked) and draw(st.integers(0, 2)):
            asked.append(draw(asked_again(draw(st.sampled_from(asked)), request_id)))
        else:
            asked.append(
                replace(
                    draw(requests(near, SRVS, request_id)), device_id=draw(st.sampled_from(ASKED))
                )
            )
    left = draw(incidents(month, near))
    empty = [
        EmptyFile(each, "install_and_leave")
        for each in (month, next_month(month))
        if draw(st.booleans()) and not any(one.reporting_month == each for one in left)
    ]
    return Facts(
        service_requests=asked,
        devices=draw(devices(month, near, asked)),
        device_status=draw(statuses(near, asked)),
        install_and_leave=left,
        empty_files=empty,
    )
