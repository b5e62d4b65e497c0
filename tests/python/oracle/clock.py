"""Local months and their extract points (rule T2).

Belongs here: what a month is in UTC. Does not belong here: anything that happens in one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")
# The months that the models are tried in.
MONTHS = (
    date(2020, 3, 1),  # clocks go forward on the 29th
    date(2020, 9, 1),
    date(2020, 10, 1),  # clocks go back on the 25th
    date(2020, 12, 1),
    date(2021, 2, 1),
)


def next_month(month: date) -> date:
    """First day of the month after `month` (the first day of one)."""
    if month.month == 12:
        return date(month.year + 1, 1, 1)
    return date(month.year, month.month + 1, 1)


def months_before(month: date, count: int) -> date:
    """First day of the month `count` months earlier."""
    number = month.year * 12 + (month.month - 1) - count
    return date(number // 12, number % 12 + 1, 1)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A UTC time without a zone, as the extracts land it."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC).replace(tzinfo=None)


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """The UTC time, without a zone, of a local wall-clock time."""
    moment = datetime(year, month, day, hour, minute, tzinfo=ZONE)
    return moment.astimezone(UTC).replace(tzinfo=None)


def to_local(moment: datetime) -> datetime:
    """Local wall-clock time, without a zone, of a UTC time without a zone."""
    return moment.replace(tzinfo=UTC).astimezone(ZONE).replace(tzinfo=None)


def month_start(month: date) -> datetime:
    """UTC time of 00:00 local on the first of the month."""
    return local(month.year, month.month, 1)


def extract_point(month: date) -> datetime:
    """UTC time of 00:00 local on the first of the following month."""
    return month_start(next_month(month))


def month_minutes(month: date) -> int:
    """Minutes that really pass in the local month."""
    return (extract_point(month) - month_start(month)) // timedelta(minutes=1)


def local_month(moment: datetime) -> date:
    """First day of the local month in which a UTC time lies."""
    return to_local(moment).date().replace(day=1)


def in_month(moment: datetime | None, month: date) -> bool:
    """Whether a UTC time lies in the local month; a missing time lies in none."""
    return moment is not None and local_month(moment) == month
