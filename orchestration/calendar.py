"""Working Days of England and Wales: Monday to Friday other than bank holidays.

Belongs here: the calendar, as rows for the warehouse and as the days after a month. What is due on
which of them does not; that stands in the contract of each feed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import holidays

FIRST_YEAR = 2018
LAST_YEAR = 2035
_SATURDAY = 5


def working_days(
    first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR
) -> Iterator[tuple[date, date, int]]:
    """Every working day, the first day of its month, and its number in that month (from 1)."""
    bank_holidays = holidays.country_holidays(
        "GB", subdiv="ENG", years=range(first_year, last_year + 1)
    )
    day, month, number = date(first_year, 1, 1), date(first_year, 1, 1), 0
    while day.year <= last_year:
        if day.replace(day=1) != month:
            month, number = day.replace(day=1), 0
        if day.weekday() < _SATURDAY and day not in bank_holidays:
            number += 1
            yield day, month, number
        day += timedelta(days=1)


def working_days_after(month: date, until: date) -> list[date]:
    """Working Days from the day after `month` ends to `until`; the first is Working Day 1."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    if until < following:
        return []
    days = working_days(following.year, until.year)
    return [day for day, _, _ in days if following <= day <= until]


def due_day(month: date, number: int) -> date:
    """The Working Day with that number (from 1) after `month` ends.

    Raises:
        ValueError: `number` is below 1.
    """
    if number < 1:
        raise ValueError(f"{number} is no number of a Working Day; the first is 1.")
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    # Of any three days at least one is a Working Day, but for the days about Christmas.
    return working_days_after(month, following + timedelta(days=3 * number + 14))[number - 1]
