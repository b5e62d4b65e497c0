"""The health of the estate by rule O12, word by word.

Belongs here: which devices are of the estate, which of them do not communicate or are noisy, and
how current their firmware is. Does not belong here: silence (`meter_reads.py`); how SQL counts.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import product

from tests.python.oracle.clock import extract_point, local_month, next_month, to_local
from tests.python.oracle.incidents import Row
from tests.python.oracle.meter_reads import SUCCESS, history_days, is_silent
from tests.python.oracle.records import Device, Facts
from tests.python.oracle.requests import (
    RequestRules,
    alert_code,
    device_id_of,
    device_in,
    is_reported,
    region_of,
    response_category,
)
from tests.python.oracle.rsvp import ALL, places

COMMISSIONED = "Commissioned"
ABOVE, TOP = 100, 1000
LAST_DAYS = 7
DAY = timedelta(days=1)
CURRENCIES = ("latest", "one_behind", "two_behind")


def estate(facts: Facts, month: date) -> list[Device]:
    """The devices commissioned at the extract point."""
    known = {device.device_id for device in facts.devices if device.reporting_month <= month}
    found = [device_in(facts, device_id, month) for device_id in sorted(known)]
    return [
        device
        for device in found
        if device is not None
        and device.status == COMMISSIONED
        and (device.commissioned_at is None or device.commissioned_at < extract_point(month))
    ]


def last_n13(facts: Facts, device_id: str, month: date) -> datetime | None:
    """When the last N13 of the device was raised, on the last seven local days."""
    days = {next_month(month) - back * DAY for back in range(1, LAST_DAYS + 1)}
    raised = [
        alert.raised_at
        for alert in facts.alerts
        if alert.device_id == device_id
        and alert.alert_kind == "DCC"
        and alert_code(alert) == "N13"
        and to_local(alert.raised_at).date() in days
    ]
    return max(raised, default=None)


def is_answered_since(
    facts: Facts, device_id: str, since: datetime, month: date, rules: RequestRules
) -> bool:
    """Whether any request to the device got a successful response after that, by the extract."""
    return any(
        device_id_of(facts, request) == device_id
        and is_reported(request, rules)
        and response_category(request) == SUCCESS
        and request.response_sent_at is not None
        and since < request.response_sent_at < extract_point(month)
        for request in facts.service_requests
    )


def is_out_of_touch(facts: Facts, device: Device, month: date, rules: RequestRules) -> bool:
    """Silent on the last day, or with an N13 and nothing good since."""
    if is_silent(facts, device.device_id, next_month(month) - DAY, month, rules):
        return True
    since = last_n13(facts, device.device_id, month)
    return since is not None and not is_answered_since(facts, device.device_id, since, month, rules)


def noisy_devices(facts: Facts, devices: list[Device], month: date) -> set[str]:
    """Above 100 alerts, and fewer than one in a thousand of their type have more."""
    alerts: Counter[str] = Counter()
    for alert in facts.alerts:
        if local_month(alert.raised_at) == month:
            alerts[alert.device_id] += 1 if alert.alert_count is None else alert.alert_count
    found = set()
    for device in devices:
        peers = [other for other in devices if other.device_type == device.device_type]
        louder = [one for one in peers if alerts[one.device_id] > alerts[device.device_id]]
        if alerts[device.device_id] > ABOVE and len(louder) * TOP < len(peers):
            found.add(device.device_id)
    return found


def age_order(version: str) -> list[str]:
    """By the parts of a version, each as a number."""
    return [part.zfill(20) for part in re.split("[^0-9A-Z]+", version.upper())]


def versions_of(facts: Facts, device: Device, month: date) -> dict[str, date]:
    """Versions of the device's type and model family, with the snapshot that first has each."""
    first: dict[str, date] = {}
    for one in facts.devices:
        if (
            one.reporting_month <= month
            and one.status == COMMISSIONED
            and one.firmware_version is not None
            and (one.device_type, one.model) == (device.device_type, device.model)
        ):
            seen = first.get(one.firmware_version, one.reporting_month)
            first[one.firmware_version] = min(seen, one.reporting_month)
    return first


def currency(facts: Facts, device: Device, month: date) -> tuple[str, bool]:
    """The column of its version, and whether numbers decide on its place."""
    if device.firmware_version is None:
        return "unknown", False
    first = versions_of(facts, device, month)
    youngest_first = sorted(
        first, key=lambda version: (first[version], age_order(version), version), reverse=True
    )
    place = youngest_first.index(device.firmware_version)
    is_shared = list(first.values()).count(first[device.firmware_version]) > 1
    return CURRENCIES[place] if place < len(CURRENCIES) else "older", is_shared


def estate_health(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """One row per device type, generation and region that has a device."""
    devices = estate(facts, month)
    noisy = noisy_devices(facts, devices, month)
    landed = {
        feed: any(row.file_date.replace(day=1) == month for row in getattr(facts, feed))
        for feed in ("service_requests", "alerts")
    }
    cells: dict[tuple[str, str, str], list[Device]] = {}
    for device in devices:
        for device_type, place in product(
            (device.device_type, ALL), places(device.smets, region_of(device))
        ):
            cells.setdefault((device_type, *place), []).append(device)
    rows: list[Row] = []
    for (device_type, smets, region), found in cells.items():
        currencies = [currency(facts, device, month) for device in found]
        firmware = Counter(name for name, _ in currencies)
        out_of_touch = [device for device in found if is_out_of_touch(facts, device, month, rules)]
        rows.append(
            {
                "reporting_month": month,
                "device_type": device_type,
                "smets": smets,
                "region": region,
                "devices": len(found),
                "not_communicating": len(out_of_touch) if all(landed.values()) else None,
                "noisy": (
                    sum(device.device_id in noisy for device in found) if landed["alerts"] else None
                ),
                **{
                    f"firmware_{name}": firmware[name] for name in (*CURRENCIES, "older", "unknown")
                },
                "firmware_ranked_by_number": sum(shared for _, shared in currencies),
                "history_days": history_days(facts, month),
                "firmware_seen_since": min(one.reporting_month for one in facts.devices),
            }
        )
    return rows
