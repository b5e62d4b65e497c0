"""Changes of supplier by rules O1 and O2, word by word.

Belongs here: what became of each 6.23, and which devices wait for their new supplier. Does not
belong here: what the rules say of a request as such (`requests.py`); how SQL looks back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from tests.python.oracle.clock import extract_point, to_local
from tests.python.oracle.incidents import Row
from tests.python.oracle.records import Facts
from tests.python.oracle.requests import (
    JudgedRequest,
    RequestRules,
    activity_date,
    judge,
    month_of,
)
from tests.python.oracle.rsvp import ALL, places

CHANGE = "6.23"
FOLLOW_UPS = ("1.1.1", "6.8")
WEEK, MONTH = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True)
class Change:
    """A reported 6.23 and what became of it."""

    request: JudgedRequest
    is_answered: bool
    is_followed: bool

    @property
    def succeeded(self) -> bool:
        """O1: by its own response, or by inference."""
        return self.is_answered or self.is_followed


def _is_follow_up(other: JudgedRequest, change: JudgedRequest) -> bool:
    """O1: same User, same device, strictly later on the same day, with a successful response."""
    return (
        other.is_reported
        and other.srv in FOLLOW_UPS
        and other.user_id == change.user_id
        and other.device_id == change.device_id
        and other.activity_date == change.activity_date
        and other.started_at > change.started_at
        and other.response_category == "received_successful"
    )


def changes(requests: Sequence[JudgedRequest]) -> list[Change]:
    """O1 of every reported 6.23."""
    return [
        Change(
            request,
            is_answered=request.response_sent_at is not None and request.response_code == "I0",
            is_followed=any(_is_follow_up(other, request) for other in requests),
        )
        for request in requests
        if request.is_reported and request.srv == CHANGE
    ]


def change_of_supplier(
    facts: Facts, month: date, rules: RequestRules, rejecting_codes: frozenset[str]
) -> list[Row]:
    """O1 by local day and cell."""
    judged = [judge(facts, request, rules) for request in facts.service_requests]
    cells: dict[tuple[date, str, str, str, str], list[Change]] = {}
    for change in changes(judged):
        request = change.request
        if month_of(request.activity_date) != month:
            continue
        for device_type, code, (smets, region) in product(
            (request.device_type, ALL),
            (request.response_code, ALL),
            places(request.smets, request.region),
        ):
            key = (request.activity_date, device_type, smets, region, code)
            cells.setdefault(key, []).append(change)
    return [
        {
            "reporting_month": month,
            "activity_date": day,
            "device_type": device_type,
            "smets": smets,
            "region": region,
            "response_code": code,
            "attempts": len(own),
            "succeeded": len([one for one in own if one.succeeded]),
            "succeeded_by_inference": len(
                [one for one in own if one.succeeded and not one.is_answered]
            ),
            "failed": len([one for one in own if not one.succeeded]),
            "user_caused": len(
                [
                    one
                    for one in own
                    if not one.succeeded and one.request.response_code in rejecting_codes
                ]
            ),
        }
        for (day, device_type, smets, region, code), own in cells.items()
    ]


@dataclass(frozen=True)
class Waiting:
    """A device whose latest 6.23 failed, with its unbroken run of failures, latest first."""

    run: tuple[Change, ...]
    age: timedelta

    @property
    def age_band(self) -> str:
        """O2: exactly 7 and exactly 30 days are 7 to 30."""
        if self.age < WEEK:
            return "Under 7 days"
        return "7 to 30 days" if self.age <= MONTH else "Over 30 days"


def waiting(facts: Facts, month: date, rules: RequestRules) -> list[Waiting]:
    """O2: the devices that wait at the extract point, whatever month their run began in."""
    end = extract_point(month)
    judged = [judge(facts, request, rules) for request in facts.service_requests]
    before = [change for change in changes(judged) if change.request.started_at < end]
    found: list[Waiting] = []
    for device_id in sorted({change.request.device_id for change in before}):
        own = sorted(
            (change for change in before if change.request.device_id == device_id),
            key=lambda change: (change.request.started_at, change.request.request_id),
            reverse=True,
        )
        run: list[Change] = []
        for change in own:
            if change.succeeded:
                break
            run.append(change)
        if run:
            # Days are local: that of the change of clocks is one, whatever its hours.
            age = to_local(end) - to_local(run[-1].request.started_at)
            found.append(Waiting(tuple(run), age))
    return found


def change_of_supplier_open(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """O2 by age and cell; a device is where its latest 6.23 places it.

    A month of which no request is known says nothing of its end, and has no row.
    """
    if not any(month_of(activity_date(request)) == month for request in facts.service_requests):
        return []
    cells: dict[tuple[str, str, str], list[Waiting]] = {}
    for device in waiting(facts, month, rules):
        latest = device.run[0].request
        for smets, region in places(latest.smets, latest.region):
            cells.setdefault((device.age_band, smets, region), []).append(device)
    return [
        {
            "reporting_month": month,
            "age_band": age_band,
            "smets": smets,
            "region": region,
            "devices": len(own),
            "requests": sum(len(device.run) for device in own),
            "max_requests_per_device": max(len(device.run) for device in own),
        }
        for (age_band, smets, region), own in cells.items()
    ]
