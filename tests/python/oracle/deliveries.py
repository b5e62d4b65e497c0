"""What became of alerts by rule O9: on time, late, in which band, or not to be delivered.

Belongs here: the alerts of one local month, looked at one by one, and what they stand for added up
code by code and place by place. Does not belong here: the legs of their way, and which request an
alert is about (`requests.py`).
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from tests.python.oracle.clock import to_local
from tests.python.oracle.incidents import Row
from tests.python.oracle.records import Alert, Facts
from tests.python.oracle.requests import UNKNOWN, alert_code, device_in, month_of, region_of
from tests.python.oracle.rsvp import ALL, places

BANDS = (
    ("le_60s", timedelta(seconds=60)),
    ("le_5m", timedelta(minutes=5)),
    ("le_1h", timedelta(hours=1)),
)
NAMES = (*(name for name, _ in BANDS), "later", "never")
Place = tuple[str, str, str]


def is_eligible(alert: Alert) -> bool:
    """O9: delivered, or meant to be."""
    return alert.disposition in ("delivered", "undelivered")


def is_on_time(alert: Alert) -> bool:
    """O9: eligible, and sent at most 60 seconds after it was raised."""
    return (
        is_eligible(alert)
        and alert.sent_at is not None
        and alert.sent_at - alert.raised_at <= timedelta(seconds=60)
    )


def band(alert: Alert) -> str:
    """O9: the first band that holds the time an eligible alert took; never without a time."""
    if alert.sent_at is None:
        return "never"
    for name, end in BANDS:
        if alert.sent_at - alert.raised_at <= end:
            return name
    return "later"


def alerts_of(alert: Alert) -> int:
    """O9: how many alerts a row stands for; it need not say so of one."""
    return 1 if alert.alert_count is None else alert.alert_count


def what_became_of(alert: Alert) -> list[str]:
    """The counts that an alert is in."""
    if not is_eligible(alert):
        return ["raised", alert.disposition]
    return ["raised", "eligible", "on_time" if is_on_time(alert) else "late", band(alert)]


def alert_delivery(facts: Facts, month: date) -> list[Row]:
    """One row per alert code (or All), generation and region in which an alert was raised."""
    found: dict[Place, Counter[str]] = {}
    for alert in facts.alerts:
        if month_of(to_local(alert.raised_at).date()) != month:
            continue
        device = device_in(facts, alert.device_id, month)
        smets = UNKNOWN if device is None else device.smets
        for code, (generation, region) in product(
            (alert_code(alert), ALL), places(smets, region_of(device))
        ):
            counts = found.setdefault((code, generation, region), Counter())
            for count in what_became_of(alert):
                counts[count] += alerts_of(alert)
    return [
        {
            "reporting_month": month,
            "alert_code": code,
            "smets": smets,
            "region": region,
            **{
                name: counts[name]
                for name in (
                    "raised", "eligible", "on_time", "late", "suppressed", "exempt", *NAMES,
                )
            },
            "on_time_pct": (
                float(Fraction(100 * counts["on_time"], counts["eligible"]))
                if counts["eligible"]
                else None
            ),
        }
        for (code, smets, region), counts in found.items()
    ]  # fmt: skip
