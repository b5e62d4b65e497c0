"""Random small months of requests and alerts, full of the edges that rules T, S and A have.

Belongs here: Hypothesis strategies of dsp/* and csp/test_messages extracts. Does not belong here:
expectations; what the rules make of the months is in `requests.py` and `rsvp.py`.

A month has a handful of devices, two or three moments around which nearly everything happens, and
durations that are a target to the millisecond: so that what should collide does. What landing
refuses (a response before its request, a row far from its file's day) is not made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from tests.python.oracle.clock import (
    extract_point,
    local,
    month_start,
    months_before,
    next_month,
    to_local,
    utc,
)
from tests.python.oracle.records import (
    Alert,
    Device,
    Facts,
    FirmwareTarget,
    ServiceRequest,
    TestMessage,
)
from tests.python.oracle.requests import MODES_WITH_EXECUTION, activity_date, started_at

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MS = timedelta(milliseconds=1)
NOTHING = timedelta(0)

# ---- what there is: few of each, so that things meet

DCC = "DCC"
HUB, SMETS1_HUB = "H1", "H2"
NOBODY = "X1"
TYPES = {
    HUB: "CHF",
    SMETS1_HUB: "CHF",
    "E1": "ESME",
    "E2": "ESME",
    "G1": "GSME",
    "S1": "ESME",
}
TARGETS = ("E1", "E2", "G1", "S1", NOBODY)
SMETS1_DEVICES = (SMETS1_HUB, "S1")
REGIONS = ("North", "North", "South")
USERS = ("U1", "U2")
ASKED = ("E1", "E1", "E1", "E2", "G1", HUB, SMETS1_HUB, "S1", "S1", NOBODY)

# Every branch of attribution, the ones that lean on other requests or on devices most of all.
SRVS = (
    *("6.23", "6.23", "1.1.1", "1.1.1", "6.8", "6.8", "8.14.1", "8.14.1", "11.1", "11.3"),
    *("2.2", "2.2", "4.6.1", "4.6.1", "6.15.2", "6.15.2", "6.17", "6.17", "6.15.1", "6.22"),
    *("3.2", "1.6", "6.5", "8.14.4", "8.11", "8.11", "4.10", "11.1", "11.3", "7.4", "99.1"),
)
# What attribution looks for beside an SRV.
FELLOWS = {"6.23": ("1.1.1", "6.8"), "1.1.1": ("6.23", "6.23"), "6.8": ("6.23", "6.23")}
OTHER_CODES = ("E4", None, "Z9", "i0")
CODES = ("I0", "I0", "I0", "I99", "E20", "E21", "E30", "E31", *OTHER_CODES)
REPORTED = (2, 2, 2, 3, 4, 6, 8, 28, 34, 34)
IN_FLIGHT = (1, 9, 20, 36)
# Targets of the reference table and of 11.3 on SMETS1, and a few that are none.
SECONDS = (0, 1, 30, 30, 30, 600, 86_400, 86_400, 432_000)
ALERT_CODES = ("N12", "N12", "n12", "N13", "0xN13", "AD1", "0x8f35", "0x9zz9", "9ZZ9")
DISPOSITIONS = ("delivered", "delivered", "undelivered", "suppressed", "exempt")

NEAR = st.sampled_from([-HOUR, -MS, NOTHING, NOTHING, NOTHING, MS, HOUR])
SOON = st.integers(0, 30 * 3600).map(lambda seconds: timedelta(seconds=seconds))


@st.composite
def focuses(draw: st.DrawFn, month: date) -> list[datetime]:
    """Moments around which a month happens: local midnights, clock changes, its ends, any."""
    chosen: list[datetime] = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["start", "end", "midnight", "clock", "any"]))
        day = draw(st.integers(2, 28))
        if kind == "start":
            chosen.append(month_start(month))
        elif kind == "end":
            chosen.append(extract_point(month))
        elif kind == "clock" and month.month in (3, 10):
            # The changes of 2020, at 01:00 UTC; an hour of October comes twice before.
            chosen.append(utc(2020, month.month, 29 if month.month == 3 else 25, 1))
        elif kind == "any":
            chosen.append(local(month.year, month.month, day, draw(st.integers(0, 23)), 17))
        else:
            chosen.append(local(month.year, month.month, day))
    return chosen


@st.composite
def moments(draw: st.DrawFn, near: list[datetime]) -> datetime:
    """At a focus, an hour or a millisecond beside it, a day away, or somewhere on the days near."""
    focus = draw(st.sampled_from(near))
    by = draw(
        st.one_of(
            NEAR,
            st.sampled_from([-DAY, DAY, DAY + MS, 12 * HOUR]),
            st.integers(-36 * 3600, 36 * 3600).map(lambda seconds: timedelta(seconds=seconds)),
        )
    )
    return focus + by


@st.composite
def file_dates(draw: st.DrawFn, assigned: datetime) -> date:
    """The file of a row: of the local day, seldom of a day beside it that is not 24 h off."""
    day = to_local(assigned).date()
    if draw(st.integers(0, 5)):
        return day
    other = day + draw(st.sampled_from([-DAY, DAY]))
    start = local(other.year, other.month, other.day)
    following = other + DAY
    end = local(following.year, following.month, following.day)
    return other if start - DAY <= assigned < end + DAY else day


# ---- devices


@st.composite
def about(draw: st.DrawFn, request: ServiceRequest) -> datetime:
    """When a request starts, or its local day does; just before, just after, within the hour."""
    day = activity_date(request)
    midnight = local(day.year, day.month, day.day)
    by = draw(st.sampled_from([NOTHING, NOTHING, -MS, HOUR - MS, HOUR - MS, -HOUR]))
    return draw(st.sampled_from([midnight, midnight, started_at(request)])) + by


@st.composite
def commissionings(
    draw: st.DrawFn, near: list[datetime], asked: list[ServiceRequest]
) -> datetime | None:
    """Never, at any moment, or about the day of a request: when it starts, when the day does."""
    if bool(asked) and draw(st.booleans()):
        return draw(about(draw(st.sampled_from(asked))))
    return draw(st.one_of(st.none(), moments(near)))


@st.composite
def devices(
    draw: st.DrawFn, month: date, near: list[datetime], asked: list[ServiceRequest]
) -> list[Device]:
    """The snapshots of three months and an older one; a device may be in any of them."""
    found: list[Device] = []
    months = (months_before(month, 5), months_before(month, 1), month, next_month(month))
    for device_id, device_type in TYPES.items():
        # Mostly in the month's own, else in older ones alone, in the next alone, in none.
        older, previous, own, following = draw(
            st.sampled_from(
                [
                    (False, True, True, True),
                    (False, False, True, True),
                    (False, False, True, False),
                    (True, True, True, True),
                    (True, False, False, False),
                    (True, True, False, True),
                    (False, False, False, True),
                ]
            )
        )
        smets1 = device_id in SMETS1_DEVICES
        device = Device(
            reporting_month=month,
            device_id=device_id,
            device_type=device_type,
            smets="SMETS1" if smets1 else "SMETS2+",
            comms_hub_id=SMETS1_HUB if smets1 else HUB,
            region=draw(st.sampled_from([None, "North"] if smets1 else REGIONS)),
            commissioned_at=draw(commissionings(near, asked)),
        )
        for snapshot, is_in in zip(months, (older, previous, own, following), strict=True):
            if not is_in:
                continue
            if draw(st.integers(0, 2)) == 0:
                device = draw(changed(device, near, asked))
            found.append(replace(device, reporting_month=snapshot))
    return found


@st.composite
def changed(
    draw: st.DrawFn, device: Device, near: list[datetime], asked: list[ServiceRequest]
) -> Device:
    """What a later snapshot says otherwise: another region, hub or commissioning."""
    if device.smets == "SMETS2+":
        device = replace(device, region=draw(st.sampled_from(REGIONS)))
        if device.device_type != "CHF":
            device = replace(device, comms_hub_id=draw(st.sampled_from([HUB, "H9"])))
    return replace(device, commissioned_at=draw(commissionings(near, asked)))


# ---- requests


@st.composite
def quarantines(
    draw: st.DrawFn, start: datetime, response: datetime | None
) -> tuple[datetime | None, datetime | None]:
    """None mostly; else before, across, between, after start and response, or never released."""
    if draw(st.integers(0, 2)):
        return None, None
    end = start + 50 * timedelta(seconds=1) if response is None else response
    by = st.sampled_from([-HOUR, -20_000 * MS, -MS, NOTHING, MS, 20_000 * MS])
    first = draw(st.sampled_from([start, start, end])) + draw(by)
    last = draw(st.sampled_from([None, start, end, end]))
    if last is not None:
        last = max(first, last + draw(by))
    if draw(st.integers(0, 9)) == 0:
        # A release without a quarantine is none.
        return None, end
    return first, last


@st.composite
def requests(
    draw: st.DrawFn, near: list[datetime], srvs: Sequence[str], request_id: str
) -> ServiceRequest:
    """One request, built from its start."""
    srv = draw(st.sampled_from(srvs))
    mode = draw(st.sampled_from([2, 2, 2, 3, 4, 6, 10]))
    if srv == "11.1":
        mode = draw(st.sampled_from([3, 3, 3, 10]))
    start = draw(moments(near))
    at_target = draw(st.sampled_from(SECONDS)) * 1000 + draw(st.sampled_from([-1, 0, 0, 1, 1234]))
    took = max(0, draw(st.one_of(st.just(at_target), st.integers(0, 90_000)))) * MS
    response = start + took if draw(st.integers(0, 3)) else None
    received, execution = start, None
    if mode in MODES_WITH_EXECUTION:
        kind = draw(st.sampled_from(["run", "run", "run", "too late", "none"]))
        if kind == "too late" and response is not None:
            execution = response + draw(st.sampled_from([MS, HOUR]))
        elif kind != "none" or mode == 6:
            execution = start
            received = start - draw(st.sampled_from([NOTHING, HOUR, 3 * DAY]))
    elif draw(st.integers(0, 9)) == 0:
        # Modes 2 and 3 have nothing to execute later, whatever the field holds.
        execution = start + HOUR
    quarantined_at, released_at = draw(quarantines(start, response))
    if (
        response is not None
        and quarantined_at is not None
        and released_at is not None
        and start <= quarantined_at <= released_at <= response
        and draw(st.booleans())
    ):
        # Now and then the quarantine alone is why the target is met.
        response += released_at - quarantined_at
    request = ServiceRequest(
        file_date=to_local(start).date(),
        request_id=request_id,
        srv=srv,
        device_id=(
            draw(st.sampled_from([DCC, DCC, DCC, "E1"]))
            if srv == "11.1"
            else draw(st.sampled_from(ASKED))
        ),
        received_at=received,
        user_id=draw(st.sampled_from(USERS)),
        user_role=draw(st.sampled_from(["IS", "IS", "GS", "ED", "GT"])),
        mode_of_operation=mode,
        report_status_id=draw(st.sampled_from(REPORTED if draw(st.integers(0, 6)) else IN_FLIGHT)),
        execution_at=execution,
        response_sent_at=response,
        response_code=draw(st.sampled_from(CODES)),
        quarantined_at=quarantined_at,
        released_at=released_at,
        dsp_processing_ms=draw(st.sampled_from([None, 0, 137, 137, 2500])),
    )
    return replace(request, file_date=draw(file_dates(started_at(request))))


@st.composite
def alike(
    draw: st.DrawFn, request: ServiceRequest, srvs: Sequence[str], request_id: str
) -> ServiceRequest:
    """Another request that meets the first: same device and start, another outcome or SRV."""
    by = draw(st.sampled_from([NOTHING, NOTHING, NOTHING, MS, HOUR, DAY]))
    moved = replace(
        request,
        request_id=request_id,
        received_at=request.received_at + by,
        execution_at=None if request.execution_at is None else request.execution_at + by,
        response_sent_at=(
            None
            if request.response_sent_at is None or draw(st.booleans())
            else request.response_sent_at + by
        ),
        response_code=draw(st.sampled_from(CODES)),
        user_id=draw(st.sampled_from([request.user_id, request.user_id, *USERS])),
        srv=draw(
            st.sampled_from(
                [request.srv, draw(st.sampled_from(srvs)), *FELLOWS.get(request.srv, ())]
            )
        ),
        report_status_id=draw(st.sampled_from([request.report_status_id, 2, 9])),
    )
    return replace(moved, file_date=draw(file_dates(started_at(moved))))


@st.composite
def firmware_targets(draw: st.DrawFn, asked: list[ServiceRequest]) -> list[FirmwareTarget]:
    """Devices of each 11.1 in no order; a later day's file may repeat some, and add to them."""
    found: list[FirmwareTarget] = []
    for request in asked:
        if request.srv != "11.1" or draw(st.integers(0, 5)) == 0:
            continue
        named = st.lists(st.sampled_from(TARGETS), unique=True, min_size=1, max_size=3)
        for day in (request.file_date, request.file_date + DAY):
            if day == request.file_date or draw(st.integers(0, 2)) == 0:
                code = draw(st.sampled_from([None, "I99"]))
                found += [
                    FirmwareTarget(day, request.request_id, device_id, code)
                    for device_id in draw(named)
                ]
    return found


# ---- alerts


@st.composite
def alerts(
    draw: st.DrawFn, near: list[datetime], asked: list[ServiceRequest], alert_id: str
) -> Alert:
    """One alert: at the edges of what it may be about, or out of the blue."""
    cause: ServiceRequest | None = None
    if bool(asked) and draw(st.integers(0, 5)):
        # Mostly one that could own it.
        lost = [request for request in asked if request.response_code in OTHER_CODES]
        cause = draw(st.sampled_from((lost if draw(st.integers(0, 2)) else asked) or asked))
    named: str | None = None
    if cause is None:
        raised = draw(moments(near))
        device_id = draw(st.sampled_from([*ASKED, "Y7"]))
        user_id = draw(st.sampled_from([None, *USERS]))
    else:
        reach = st.sampled_from(
            [-MS, NOTHING, NOTHING, NOTHING, HOUR, DAY, DAY, DAY + MS, DAY + MS, DAY + 1000 * MS]
        )
        raised = started_at(cause) + draw(st.one_of(reach, SOON))
        device_id = cause.device_id
        user_id = draw(st.sampled_from([cause.user_id, cause.user_id, cause.user_id, None]))
        if draw(st.integers(0, 3)) == 0:
            # Whatever the time, and whatever device and user the alert names.
            named = draw(st.sampled_from([cause.request_id, cause.request_id, "nobody's"]))
            raised += draw(st.sampled_from([NOTHING, -2 * DAY, 5 * DAY]))
            device_id = draw(st.sampled_from([device_id, "E1"]))
    sent: datetime | None = None
    if draw(st.integers(0, 4)):
        # The ends of the bands of delivery, to the millisecond.
        leg = st.sampled_from(
            [0, 59_999, 60_000, 60_000, 60_001, 300_000, 300_001, 3_600_000, 3_600_001]
        )
        sent = raised + draw(leg) * MS
    csp = None if draw(st.booleans()) else raised + draw(st.integers(-5, 9999)) * MS
    dsp = None if draw(st.booleans()) else raised + draw(st.integers(0, 19_999)) * MS
    code = draw(st.sampled_from(ALERT_CODES))
    return Alert(
        file_date=draw(file_dates(raised)),
        alert_id=alert_id,
        alert_code=code,
        device_id=device_id,
        raised_at=raised,
        alert_kind="Device" if code in ("0x8f35", "0x9zz9", "9ZZ9") else "DCC",
        disposition=draw(st.sampled_from(DISPOSITIONS)),
        user_id=user_id,
        request_id=named,
        csp_received_at=csp,
        dsp_received_at=dsp,
        sent_at=sent,
        acknowledged_at=(
            None if sent is None or draw(st.booleans()) else sent + draw(st.integers(0, 999)) * MS
        ),
        alert_count=draw(st.sampled_from([None, 1, 3, 7])),
    )


# ---- test messages


@st.composite
def messages(
    draw: st.DrawFn, near: list[datetime], asked: list[ServiceRequest]
) -> list[TestMessage]:
    """Some near the requests, some unanswered, some that come again; many days have none."""
    found: list[TestMessage] = []
    for number in range(draw(st.integers(0, 9))):
        if bool(asked) and draw(st.integers(0, 4)):
            sent = draw(about(draw(st.sampled_from(asked))))
        else:
            sent = draw(moments(near))
        message = TestMessage(
            file_date=to_local(sent).date(),
            message_id=f"M{number}",
            region=draw(st.sampled_from(REGIONS)),
            sent_at=sent,
            rtt_ms=draw(st.sampled_from([None, 0, 1, 1500, 2501])),
        )
        found.append(message)
        if draw(st.integers(0, 4)) == 0:
            found.append(
                replace(
                    message,
                    file_date=message.file_date + DAY,
                    rtt_ms=draw(st.sampled_from([None, 900])),
                )
            )
    return found


@st.composite
def request_facts(draw: st.DrawFn, month: date) -> Facts:
    """The extracts of a month and of the days on its borders."""
    near = draw(focuses(month))
    # Everything, or a few SRVs whose cells then hold more than one or two.
    srvs = (
        SRVS
        if draw(st.integers(0, 2))
        else draw(st.lists(st.sampled_from(SRVS), min_size=1, max_size=3))
    )
    asked: list[ServiceRequest] = []
    counters = draw(st.permutations(range(91, 115)))
    for number in range(draw(st.integers(1, 24))):
        # Ids are in no order of time: of equal starts the greatest counts, not the last.
        request_id = f"U:D:{counters[number]}"
        if bool(asked) and draw(st.booleans()):
            asked.append(draw(alike(draw(st.sampled_from(asked)), srvs, request_id)))
        else:
            asked.append(draw(requests(near, srvs, request_id)))
    raised = [draw(alerts(near, asked, f"A{number}")) for number in range(draw(st.integers(0, 12)))]
    return Facts(
        service_requests=asked,
        firmware_targets=draw(firmware_targets(asked)),
        alerts=raised,
        devices=draw(devices(month, near, asked)),
        test_messages=draw(messages(near, asked)),
    )


def told_apart(facts: Facts, by: str) -> Facts:
    """The same month with ids that no other has: many can then be landed together."""

    def of(name: str) -> str:
        return f"{by}/{name}"

    return Facts(
        service_requests=[
            replace(row, request_id=of(row.request_id), device_id=of(row.device_id))
            for row in facts.service_requests
        ],
        firmware_targets=[
            replace(row, request_id=of(row.request_id), device_id=of(row.device_id))
            for row in facts.firmware_targets
        ],
        alerts=[
            replace(
                row,
                alert_id=of(row.alert_id),
                device_id=of(row.device_id),
                request_id=None if row.request_id is None else of(row.request_id),
            )
            for row in facts.alerts
        ],
        devices=[
            replace(row, device_id=of(row.device_id), comms_hub_id=of(row.comms_hub_id))
            for row in facts.devices
        ],
        test_messages=[replace(row, message_id=of(row.message_id)) for row in facts.test_messages],
    )


def together(months: Sequence[Facts]) -> Facts:
    """Several months, told apart, as one."""
    return Facts(
        service_requests=[row for facts in months for row in facts.service_requests],
        firmware_targets=[row for facts in months for row in facts.firmware_targets],
        alerts=[row for facts in months for row in facts.alerts],
        devices=[row for facts in months for row in facts.devices],
        test_messages=[row for facts in months for row in facts.test_messages],
    )
