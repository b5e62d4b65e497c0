"""Random small months that are full of firmware: images that are verified just in time, or not.

Belongs here: Hypothesis strategies of the extracts that rules O8 and O11 (CHF) are about. Does not
belong here: expectations; other requests, which `request_months.py` makes.

Alerts come at the start of an 11.1, exactly 120 hours after it, or a millisecond beside; an 11.1
starts anywhere in the month, and often so that its 120 hours end with it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from tests.python.oracle.clock import extract_point, month_start, next_month, to_local
from tests.python.oracle.records import (
    Alert,
    EmptyFile,
    Facts,
    FirmwareTarget,
    HubFirmware,
    ImageDelivery,
    ServiceRequest,
)
from tests.python.oracle.request_months import (
    CODES,
    DAY,
    DCC,
    HOUR,
    HUB,
    IN_FLIGHT,
    MS,
    NOBODY,
    NOTHING,
    SMETS1_HUB,
    TARGETS,
    devices,
    file_dates,
    focuses,
    moments,
)

REACH = timedelta(hours=120)
ACKNOWLEDGEMENTS = ("I99", "I99", "I99", "E5", None)
HUBS = (HUB, HUB, SMETS1_HUB, "H9")
# When an alert comes, from the start of an 11.1.
DELAYS = (-MS, NOTHING, NOTHING, HOUR, 2 * DAY, REACH - MS, REACH, REACH, REACH + MS, 6 * DAY)


@st.composite
def updates(draw: st.DrawFn, month: date, near: list[datetime], request_id: str) -> ServiceRequest:
    """An 11.1, or an 11.3."""
    over_with_month = extract_point(month) - REACH
    start = draw(
        st.one_of(
            moments(near),
            st.sampled_from([over_with_month - MS, over_with_month, over_with_month + MS]),
            st.sampled_from([month_start(month), extract_point(month)]),
        )
    )
    srv = draw(st.sampled_from(["11.1", "11.1", "11.1", "11.3"]))
    mode = draw(st.sampled_from([3, 3, 10])) if srv == "11.1" else 2
    request = ServiceRequest(
        file_date=to_local(start).date(),
        request_id=request_id,
        srv=srv,
        device_id=DCC if srv == "11.1" else draw(st.sampled_from(TARGETS)),
        received_at=start if mode != 10 else start - DAY,
        execution_at=start if mode == 10 else None,
        mode_of_operation=mode,
        report_status_id=draw(st.sampled_from((2, 2, 2, 2, IN_FLIGHT[0]))),
        response_sent_at=start + HOUR if draw(st.integers(0, 3)) else None,
        response_code=draw(st.sampled_from(CODES)),
    )
    return replace(request, file_date=draw(file_dates(start)))


@st.composite
def named(draw: st.DrawFn, update: ServiceRequest) -> list[FirmwareTarget]:
    """Targets of an 11.1; a later day's file may answer for some, or take an answer back."""
    chosen = draw(st.lists(st.sampled_from(TARGETS), unique=True, max_size=3))
    found: list[FirmwareTarget] = []
    for device_id in chosen:
        for day in (update.file_date, update.file_date + DAY):
            if day == update.file_date or draw(st.integers(0, 3)) == 0:
                code = draw(st.sampled_from(ACKNOWLEDGEMENTS))
                found.append(FirmwareTarget(day, update.request_id, device_id, code))
    return found


@st.composite
def verdicts(draw: st.DrawFn, update: ServiceRequest, device_id: str, alert_id: str) -> Alert:
    """An alert about an image, near the ends of its 120 hours."""
    start = update.execution_at or update.received_at
    raised = start + draw(st.sampled_from(DELAYS))
    return Alert(
        file_date=draw(file_dates(raised)),
        alert_id=alert_id,
        alert_code=draw(
            st.sampled_from(["8F72", "8F72", "8F1C", "0x8f72", "0X8F1C", "8F8A", "N13"])
        ),
        device_id=device_id,
        raised_at=raised,
        alert_kind=draw(st.sampled_from(["Device", "Device", "DCC"])),
        disposition=draw(st.sampled_from(["delivered", "suppressed"])),
    )


@st.composite
def told(
    draw: st.DrawFn, attempted: datetime, outcomes: tuple[str, ...]
) -> list[tuple[date, str, datetime | None]]:
    """How an attempt stands in the file of its day, and in the next one where it comes again."""
    day = draw(file_dates(attempted))
    found = []
    for file_date in (day, day + DAY):
        if file_date == day or draw(st.integers(0, 2)) == 0:
            when = attempted + HOUR if draw(st.integers(0, 2)) == 0 else None
            found.append((file_date, draw(st.sampled_from(outcomes)), when))
    return found


@st.composite
def firmware_facts(draw: st.DrawFn, month: date) -> Facts:
    """The extracts of a month and of the days on its borders."""
    near = draw(focuses(month))
    numbers = iter(range(1, 1000))
    asked = [draw(updates(month, near, f"U:D:{9 - n}")) for n in range(draw(st.integers(0, 4)))]
    pairs = [target for one in asked if one.srv == "11.1" for target in draw(named(one))]
    by_id = {one.request_id: one for one in asked}
    alerts: list[Alert] = []
    deliveries: list[ImageDelivery] = []
    for request_id, device_id in dict.fromkeys((one.request_id, one.device_id) for one in pairs):
        update = by_id[request_id]
        for _ in range(draw(st.integers(0, 2))):
            other = draw(st.sampled_from([device_id, device_id, device_id, NOBODY]))
            alert_id = f"A{draw(st.integers(0, 9))}{next(numbers)}"
            alerts.append(draw(verdicts(update, other, alert_id)))
        for number in range(draw(st.integers(0, 2))):
            attempted = (update.execution_at or update.received_at) + (number + 1) * HOUR
            hub_id = draw(st.sampled_from(HUBS))
            deliveries += [
                ImageDelivery(day, request_id, device_id, hub_id, attempted, outcome, when)
                for day, outcome, when in draw(
                    told(attempted, ("delivered", "failed", "in_progress"))
                )
            ]
    hubs: list[HubFirmware] = []
    for number in range(draw(st.integers(0, 4))):
        attempted = draw(moments([*near, month_start(month), extract_point(month)]))
        attempted += 7 * number * MS
        hub_id, version = draw(st.sampled_from(HUBS)), draw(st.sampled_from(["4.20.1", "4.21.1"]))
        hubs += [
            HubFirmware(
                file_date=day,
                hub_id=hub_id,
                image_version=version,
                attempted_at=attempted,
                outcome=outcome,
                delivered_at=when,
                activated_at=draw(st.sampled_from([None, None, when])),
            )
            for day, outcome, when in draw(
                told(attempted, ("delivered", "activated", "failed", "in_progress"))
            )
        ]
    feeds = draw(
        st.lists(st.sampled_from(["firmware_targets", "image_deliveries", "alerts"]), unique=True)
    )
    return Facts(
        service_requests=asked,
        firmware_targets=pairs,
        image_deliveries=deliveries,
        hub_firmware=hubs,
        alerts=alerts,
        devices=draw(devices(month, near, asked)),
        empty_files=[
            EmptyFile(draw(st.sampled_from([month, next_month(month)])), feed) for feed in feeds
        ],
    )
