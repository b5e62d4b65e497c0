"""Installs by rules O5, O6 and O7, word by word.

Belongs here: which installs were attempted and succeeded, what became of hubs, what was to be
expected. Does not belong here: what a request is (`requests.py`); how SQL keeps days or months.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.python.oracle.clock import next_month, to_local
from tests.python.oracle.incidents import Row
from tests.python.oracle.records import Device, Facts, ServiceRequest
from tests.python.oracle.requests import (
    UNKNOWN,
    RequestRules,
    activity_date,
    device_in,
    device_of,
    is_reported,
    month_of,
    region_of,
)

ALL = "All"
INSTALL_SRVS = ("8.11", "8.1.1", "8.7.2", "6.20.1", "6.21", "8.14.1")
INSTALLED = ("CHF", "ESME", "GSME")
METERS = ("ESME", "GSME")
TOLD = ("8.14.1", "8.14.2")
BECAME = ("InstalledNotCommissioned", "Commissioned")
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
INVESTIGATED_DAYS = 90


@dataclass(frozen=True)
class Attempt:
    """A device that was to be installed on a day."""

    day: date
    device_id: str
    device_type: str
    region: str
    succeeded: bool


def commissioned_on(device: Device) -> date | None:
    """The local day on which a device was commissioned."""
    return None if device.commissioned_at is None else to_local(device.commissioned_at).date()


def devices_of(facts: Facts, month: date) -> list[Device]:
    """Every device as the month knows it."""
    found = (
        device_in(facts, device_id, month)
        for device_id in sorted({device.device_id for device in facts.devices})
    )
    return [device for device in found if device is not None]


def has_meter(facts: Facts, hub_id: str, day: date) -> bool:
    """O5: an ESME or GSME of the HAN is commissioned by the end of the day."""
    return any(
        device.device_type in METERS
        and device.comms_hub_id == hub_id
        and (commissioned := commissioned_on(device)) is not None
        and commissioned <= day
        for device in devices_of(facts, month_of(day))
    )


def attempt(facts: Facts, request: ServiceRequest, rules: RequestRules) -> Attempt | None:
    """O5: what a request says of an install; None when it says nothing."""
    if not is_reported(request, rules) or request.srv not in INSTALL_SRVS:
        return None
    device = device_of(facts, request)
    if device is None or device.smets != "SMETS2+" or device.device_type not in INSTALLED:
        return None
    day = activity_date(request)
    commissioned = commissioned_on(device)
    if commissioned is not None and commissioned < day:
        return None
    succeeded = commissioned == day
    if device.device_type == "CHF":
        succeeded = succeeded and has_meter(facts, device.device_id, day)
    return Attempt(day, device.device_id, device.device_type, region_of(device), succeeded)


def attempts(facts: Facts, rules: RequestRules) -> set[Attempt]:
    """O5: each device once a day, however many requests it got."""
    found = (attempt(facts, request, rules) for request in facts.service_requests)
    return {one for one in found if one is not None}


def landed_days(facts: Facts) -> set[date]:
    """O7: days whose file has landed, and holds what happened on them."""
    files = {request.file_date for request in facts.service_requests}
    return files & {activity_date(request) for request in facts.service_requests}


def install_daily(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """O5 and O7: the mart of one month."""
    cells: dict[tuple[date, str, str], list[Attempt]] = {}
    for one in attempts(facts, rules):
        for device_type in (one.device_type, ALL):
            for region in (one.region, ALL):
                cells.setdefault((one.day, device_type, region), []).append(one)
    landed = landed_days(facts)
    rows: list[Row] = []
    expected = {
        (day + WEEK, device_type, region)
        for day, device_type, region in cells
        if day in landed and day + WEEK in landed
    }
    for day, device_type, region in cells.keys() | expected:
        if month_of(day) != month:
            continue
        own = cells.get((day, device_type, region), [])
        succeeded = sum(one.succeeded for one in own)
        is_known = day - WEEK in landed
        rows.append(
            {
                "reporting_month": month,
                "activity_date": day,
                "device_type": device_type,
                "region": region,
                "attempted": len(own),
                "succeeded": succeeded,
                "failed": len(own) - succeeded,
                "predicted": (
                    len(cells.get((day - WEEK, device_type, region), [])) if is_known else None
                ),
                "predicted_state": "predicted" if is_known else "no history",
            }
        )
    return rows


# ---- O6


@dataclass(frozen=True)
class HubDay:
    """A hub on a day."""

    day: date
    hub_id: str


def told(facts: Facts, rules: RequestRules) -> dict[HubDay, list[ServiceRequest]]:
    """The 8.14.1 and 8.14.2 that succeeded (S5), by hub and day."""
    found: dict[HubDay, list[ServiceRequest]] = {}
    for request in facts.service_requests:
        device = device_of(facts, request)
        if (
            request.srv in TOLD
            and is_reported(request, rules)
            and device is not None
            and device.smets == "SMETS2+"
            and request.response_sent_at is not None
            and request.response_code == "I0"
        ):
            of = HubDay(activity_date(request), device.comms_hub_id)
            found.setdefault(of, []).append(request)
    return found


def hub_region(facts: Facts, of: HubDay, requests: list[ServiceRequest]) -> str:
    """The hub's region; of a hub in no snapshot that of the devices of its requests."""
    hub = device_in(facts, of.hub_id, month_of(of.day))
    if hub is not None:
        return region_of(hub)
    return min(region_of(device_of(facts, request)) for request in requests)


def awaiting(facts: Facts, month: date, rules: RequestRules) -> set[HubDay]:
    """O6: hubs of the month's days of which nothing was told by the extract point."""
    known = {of.hub_id for of in told(facts, rules) if of.day < next_month(month)}
    found: set[HubDay] = set()
    for change in facts.device_status:
        day = to_local(change.changed_at).date()
        device = device_in(facts, change.device_id, month)
        if (
            month_of(day) == month
            and change.status in BECAME
            and device is not None
            and device.device_type == "CHF"
            and device.smets == "SMETS2+"
            and device.device_id not in known
        ):
            found.add(HubDay(day, device.device_id))
    return found


def days_of(month: date) -> Iterator[date]:
    """Every day of a month."""
    day = month
    while day < next_month(month):
        yield day
        day += DAY


def is_open(submitted_at: datetime, closed_at: datetime | None, day: date) -> bool:
    """O6: at the end of the day submitted, not closed, and younger than 90 local days."""
    submitted = to_local(submitted_at).date()
    if not submitted <= day or (day - submitted).days >= INVESTIGATED_DAYS:
        return False
    return closed_at is None or to_local(closed_at).date() > day


def investigated(facts: Facts, month: date) -> list[tuple[date, str]]:
    """Day and region of each incident of the month's file, for the days at whose end it is open."""
    found: list[tuple[date, str]] = []
    for incident in facts.install_and_leave:
        if incident.reporting_month != month:
            continue
        hub = device_in(facts, incident.hub_id, month)
        if hub is not None and hub.smets != "SMETS2+":
            continue
        region = UNKNOWN if hub is None else region_of(hub)
        found += [
            (day, region)
            for day in days_of(month)
            if is_open(incident.submitted_at, incident.closed_at, day)
        ]
    return found


def install_outcomes(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """O6: the mart of one month; what no extract tells has no number."""
    if not any(month_of(request.file_date) == month for request in facts.service_requests):
        return []
    has_statuses = any(month_of(change.file_date) == month for change in facts.device_status)
    has_incidents = any(one.reporting_month == month for one in facts.install_and_leave) or any(
        empty.feed == "install_and_leave" and empty.reporting_month == month
        for empty in facts.empty_files
    )
    counts: dict[tuple[date, str], dict[str, int]] = {}

    def count(day: date, region: str, outcome: str) -> None:
        for cell in ((day, region), (day, ALL)):
            own = counts.setdefault(
                cell, dict.fromkeys(("commissioned", "left", "awaiting", "under_investigation"), 0)
            )
            own[outcome] += 1

    for of, requests in told(facts, rules).items():
        if month_of(of.day) == month:
            is_commissioned = any(request.srv == "8.14.1" for request in requests)
            outcome = "commissioned" if is_commissioned else "left"
            count(of.day, hub_region(facts, of, requests), outcome)
    for of in awaiting(facts, month, rules):
        count(of.day, region_of(device_in(facts, of.hub_id, month)), "awaiting")
    for day, region in investigated(facts, month):
        count(day, region, "under_investigation")
    return [
        {
            "reporting_month": month,
            "activity_date": day,
            "region": region,
            **own,
            "awaiting": own["awaiting"] if has_statuses else None,
            "awaiting_state": "Reported" if has_statuses else "Not Reported",
            "under_investigation": own["under_investigation"] if has_incidents else None,
            "investigation_state": "Reported" if has_incidents else "Not Reported",
        }
        for (day, region), own in counts.items()
    ]
