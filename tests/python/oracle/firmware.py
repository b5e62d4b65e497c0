"""Firmware by rules O8 and O11 (CHF), word by word.

Belongs here: what became of each device that an 11.1 names, activations, hubs' own images. Does not
belong here: what a request is (`requests.py`); how SQL groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import product
from typing import TypeVar

from tests.python.oracle.clock import extract_point, local_month
from tests.python.oracle.incidents import Row
from tests.python.oracle.records import Facts, FirmwareTarget, HubFirmware, ImageDelivery
from tests.python.oracle.requests import (
    UNKNOWN,
    JudgedRequest,
    RequestRules,
    alert_code,
    device_in,
    judge,
    month_of,
    region_of,
)

ALL = "All"
VERIFIED, FAILED = "8F72", "8F1C"
REACH = timedelta(hours=120)
OUTCOMES = ("verified", "verification_failed", "in_progress", "silent")
Landed = FirmwareTarget | ImageDelivery | HubFirmware
Told = TypeVar("Told", FirmwareTarget, ImageDelivery, HubFirmware)


def latest(rows: Iterable[Told], *key: str) -> list[Told]:
    """Of what came in several days' files the row of the latest."""
    found: dict[tuple[object, ...], Told] = {}
    for row in rows:
        place = tuple(getattr(row, name) for name in key)
        if place not in found or found[place].file_date < row.file_date:
            found[place] = row
    return list(found.values())


def reported(facts: Facts, srv: str, month: date, rules: RequestRules) -> list[JudgedRequest]:
    """S1, T2: the reported requests of the SRV and month."""
    judged = [judge(facts, request, rules) for request in facts.service_requests]
    return [
        one
        for one in judged
        if one.is_reported and one.srv == srv and month_of(one.activity_date) == month
    ]


def outcome(facts: Facts, device_id: str, start: datetime, month: date) -> str:
    """O8, DF2: the first 8F72 or 8F1C within 120 hours; else in progress, or silent."""
    found = sorted(
        (alert.raised_at, alert.alert_id, alert_code(alert))
        for alert in facts.alerts
        if alert.device_id == device_id
        and alert_code(alert) in (VERIFIED, FAILED)
        and start <= alert.raised_at <= start + REACH
    )
    if found:
        return "verified" if found[0][2] == VERIFIED else "verification_failed"
    return "in_progress" if start + REACH > extract_point(month) else "silent"


def hubs_reached(facts: Facts, request_id: str, device_id: str) -> set[str]:
    """O8, DF1: hubs with a delivered image for the pair."""
    deliveries = latest(facts.image_deliveries, "request_id", "device_id", "attempted_at")
    return {
        delivery.hub_id
        for delivery in deliveries
        if (delivery.request_id, delivery.device_id) == (request_id, device_id)
        and (delivery.delivered_at is not None or delivery.outcome == "delivered")
    }


def cells(device_type: str, region: str) -> Iterator[tuple[str, str]]:
    """Its own row and every total in which it counts; SMETS1 has the region All alone."""
    return product((device_type, ALL), dict.fromkeys((region, ALL)))


def has_landed(facts: Facts, feed: str, month: date) -> bool:
    """Whether a file of the feed and month is there."""
    rows: Sequence[Landed] = getattr(facts, feed)
    return any(month_of(row.file_date) == month for row in rows) or any(
        empty.feed == feed and month_of(empty.reporting_month) == month
        for empty in facts.empty_files
    )


def firmware_images(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """DF1, DF2 and DF3."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    hans: dict[tuple[str, str], set[tuple[str, str]]] = {}

    def count(cell: tuple[str, str], *names: str) -> None:
        counted.setdefault(cell, Counter()).update(names)

    targets = latest(facts.firmware_targets, "request_id", "device_id")
    for update in reported(facts, "11.1", month, rules):
        for target in targets:
            if target.request_id != update.request_id:
                continue
            device = device_in(facts, target.device_id, month)
            kind = UNKNOWN if device is None else device.device_type
            names = ["requested"]
            if target.response_code == "I99":
                names.append("acknowledged")
                names.append(outcome(facts, target.device_id, update.started_at, month))
            reached = hubs_reached(facts, update.request_id, target.device_id)
            for cell in cells(kind, region_of(device)):
                count(cell, *names)
                hans.setdefault(cell, set()).update((update.request_id, hub) for hub in reached)
    for activation in reported(facts, "11.3", month, rules):
        names = ["activations"]
        if activation.response_sent_at is not None and activation.response_code == "I0":
            names.append("activations_succeeded")
        for cell in cells(activation.device_type, activation.region):
            count(cell, *names)

    has_targets = has_landed(facts, "firmware_targets", month)
    has_alerts = has_targets and has_landed(facts, "alerts", month)
    has_deliveries = has_targets and has_landed(facts, "image_deliveries", month)
    return [
        {
            "reporting_month": month,
            "device_type": device_type,
            "region": region,
            "requested": own["requested"] if has_targets else None,
            "acknowledged": own["acknowledged"] if has_targets else None,
            "acknowledged_pct": (
                100 * own["acknowledged"] / own["requested"]
                if has_targets and own["requested"]
                else None
            ),
            "hans_received": (len(hans.get((device_type, region), ())) if has_deliveries else None),
            **{name: own[name] if has_alerts else None for name in OUTCOMES},
            "activations": own["activations"],
            "activations_succeeded": own["activations_succeeded"],
        }
        for (device_type, region), own in counted.items()
    ]


def hub_firmware(facts: Facts, month: date, _: RequestRules) -> list[Row]:
    """CHF1 and CHF2."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    for attempt in latest(facts.hub_firmware, "hub_id", "image_version", "attempted_at"):
        if local_month(attempt.attempted_at) != month:
            continue
        names = ["attempted"]
        if attempt.delivered_at is not None or attempt.outcome in ("delivered", "activated"):
            names.append("delivered")
        if attempt.activated_at is not None or attempt.outcome == "activated":
            names.append("activated")
        region = region_of(device_in(facts, attempt.hub_id, month))
        for place in {region, ALL}:
            counted.setdefault((place, attempt.image_version), Counter()).update(names)
    return [
        {
            "reporting_month": month,
            "region": region,
            "image_version": image_version,
            **{name: own[name] for name in ("attempted", "delivered", "activated")},
            "delivered_pct": 100 * own["delivered"] / own["attempted"],
            "activated_pct": 100 * own["activated"] / own["attempted"],
        }
        for (region, image_version), own in counted.items()
    ]
