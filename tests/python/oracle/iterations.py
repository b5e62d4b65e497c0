"""Iterations of business processes by rule BP-ITER, word by word.

Belongs here: which requests are one iteration, when it failed, where it counts. Does not belong
here: what the rules say of a single request (`requests.py`); how SQL groups.
"""

from __future__ import annotations

from datetime import date

from tests.python.oracle.incidents import Row
from tests.python.oracle.records import Facts
from tests.python.oracle.requests import UNATTRIBUTED, JudgedRequest, RequestRules, judged_in
from tests.python.oracle.rsvp import places, reported


def has_failed(judged: JudgedRequest) -> bool:
    """A delivery failure, or no response."""
    return bool(judged.delivery_failed) or judged.response_sent_at is None


def iterations(requests: list[JudgedRequest]) -> list[list[JudgedRequest]]:
    """All requests of one process by one user to one HAN on one day, together."""
    found: dict[tuple[str, str, str, date], list[JudgedRequest]] = {}
    for judged in reported(requests):
        assert judged.business_process is not None
        if judged.business_process != UNATTRIBUTED:
            key = (
                judged.business_process,
                judged.user_id,
                judged.comms_hub_id,
                judged.activity_date,
            )
            found.setdefault(key, []).append(judged)
    return list(found.values())


def process_iterations(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """One row per process and place into which an iteration falls."""
    cells: dict[tuple[str, str, str], list[list[JudgedRequest]]] = {}
    for iteration in iterations(judged_in(facts, month, rules)):
        process = iteration[0].business_process
        assert process is not None
        everywhere = {
            place for judged in iteration for place in places(judged.smets, judged.region)
        }
        for smets, region in everywhere:
            cells.setdefault((process, smets, region), []).append(iteration)
    return [
        {
            "reporting_month": month,
            "business_process": process,
            "smets": smets,
            "region": region,
            "iterations": len(found),
            "failed": sum(any(map(has_failed, iteration)) for iteration in found),
            "failed_pct": 100
            * sum(any(map(has_failed, iteration)) for iteration in found)
            / len(found),
            "requests": sum(len(iteration) for iteration in found),
        }
        for (process, smets, region), found in cells.items()
    ]
