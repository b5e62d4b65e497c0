"""Working Days of England and Wales: Monday to Friday other than bank holidays.

Belongs here: the calendar as rows for the warehouse. What is due on which of them does not; that
stands in the contract of each feed.
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
