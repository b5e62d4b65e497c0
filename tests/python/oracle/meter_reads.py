"""Meter reads and silent devices by rule O3, word by word.

Belongs here: which device is silent for which request, and the counts without it. Does not belong
here: what the rules say of a single request (`requests.py`); how SQL looks back.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from tests.python.oracle.incidents import Row
from tests.python.oracle.records import Facts, ServiceRequest
from tests.python.oracle.requests import (
    BY_SRV,
    JudgedRequest,
    RequestRules,
    activity_date,
    device_in,
    is_not_applicable,
    is_reported,
    judged_in,
    response_category,
)
from tests.python.oracle.rsvp import ALL, places

LOOK_BACK = [timedelta(days=days) for days in range(1, 61)]
SCHEDULED = 6
SUCCESS = "received_successful"


def is_meter_read(facts: Facts, request: ServiceRequest, month: date, rules: RequestRules) -> bool:
    """A-READ of a reported request; what a device is, the snapshots of the month say."""
    if not is_reported(request, rules) or request.srv not in BY_SRV["A-READ"]:
        return False
    device = device_in(facts, request.device_id, month)
    is_smets1 = device is not None and device.smets == "SMETS1"
    return not (is_smets1 and is_not_applicable(request.srv, rules))


def is_silent(facts: Facts, device_id: str, day: date, month: date, rules: RequestRules) -> bool:
    """Asked on the 60 local days before the day, and never answered well."""
    days = {day - back for back in LOOK_BACK}
    earlier = [
        request
        for request in facts.service_requests
        if request.device_id == device_id
        and activity_date(request) in days
        and is_meter_read(facts, request, month, rules)
    ]
    return bool(earlier) and not any(response_category(one) == SUCCESS for one in earlier)


def is_within_24h(judged: JudgedRequest) -> bool:
    """Of a scheduled read: answered well, at most 24 hours that pass after its start."""
    return (
        judged.response_category == SUCCESS
        and judged.response_sent_at is not None
        and judged.response_sent_at - judged.started_at <= timedelta(hours=24)
    )


def history_days(facts: Facts, month: date) -> int:
    """Of the 60 days before the month those of which an extract landed."""
    landed = {request.file_date for request in facts.service_requests}
    return len(landed & {month - back for back in LOOK_BACK})


def share(part: int, whole: int) -> float | None:
    """Percentage; None of nothing."""
    return 100 * part / whole if whole else None


def meter_reads(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """One row per SRV and place into which a meter read falls."""
    cells: dict[tuple[str, str, str], list[tuple[JudgedRequest, bool]]] = {}
    for judged in judged_in(facts, month, rules):
        if judged.attribution_rule != "A-READ":
            continue
        silent = is_silent(facts, judged.device_id, judged.activity_date, month, rules)
        for srv, (smets, region) in product((judged.srv, ALL), places(judged.smets, judged.region)):
            cells.setdefault((srv, smets, region), []).append((judged, silent))
    rows: list[Row] = []
    for (srv, smets, region), found in cells.items():
        counted = [judged for judged, silent in found if not silent]
        failed = [judged for judged in counted if judged.response_category != SUCCESS]
        scheduled = [judged for judged in counted if judged.mode_of_operation == SCHEDULED]
        in_time = [judged for judged in scheduled if is_within_24h(judged)]
        rows.append(
            {
                "reporting_month": month,
                "srv": srv,
                "smets": smets,
                "region": region,
                "requests": len(counted),
                "failed": len(failed),
                "failed_pct": share(len(failed), len(counted)),
                "scheduled": len(scheduled),
                "scheduled_within_24h": len(in_time),
                "scheduled_within_24h_pct": share(len(in_time), len(scheduled)),
                "silent_device_requests": len(found) - len(counted),
                "history_days": history_days(facts, month),
            }
        )
    return rows
