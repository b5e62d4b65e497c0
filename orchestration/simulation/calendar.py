"""Local months and times as UTC instants, and the working day an extract arrives on.

Belongs here: the calendar that the reconstruction needs (rule T2). Does not belong here: feeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("Europe/London")  # the printed times have no zone: they are local
ARRIVAL_TIME = time(9, 0)
SATURDAY = 5


@dataclass(frozen=True)
class Month:
    """A local calendar month; `starts_at` and `extract_at` are UTC instants (rule T2)."""

    first_day: date

    @property
    def following(self) -> Month:
        """The month after."""
        return Month((self.first_day.replace(day=28) + timedelta(days=4)).replace(day=1))

    @property
    def label(self) -> str:
        """The month as file names have it, `2020-09`."""
        return f"{self.first_day:%Y-%m}"

    @property
    def starts_at(self) -> datetime:
        """The first instant of the month, in UTC."""
        return datetime.combine(self.first_day, time(), ZONE).astimezone(UTC)

    @property
    def extract_at(self) -> datetime:
        """The extract point: the first instant of the following month, in UTC."""
        return self.following.starts_at


def parse_month(label: str) -> Month:
    """`2020-09` as a month."""
    return Month(date.fromisoformat(f"{label}-01"))


def local_to_utc(text: str) -> datetime:
    """A printed local time, `2020-09-07 15:25`, as a UTC instant."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def working_day_after(month: Month, number: int) -> date:
    """The `number`-th working day after the end of the month (England and Wales)."""
    first = month.following.first_day
    closed = holidays.country_holidays("GB", subdiv="ENG", years=[first.year, first.year + 1])
    day = first - timedelta(days=1)
    while number:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY and day not in closed:
            number -= 1
    return day


def arrival(month: Month, working_day: int) -> datetime:
    """When an extract arrives that is delivered on that working day, in UTC."""
    local = datetime.combine(working_day_after(month, working_day), ARRIVAL_TIME, ZONE)
    return local.astimezone(UTC)
