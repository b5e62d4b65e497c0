"""Days of the simulator: its own day numbers, and local days as milliseconds since 1970 (UTC).

Belongs here: turning dates into numbers that SQL can calculate with (rule T1's local day). Does not
belong here: what happens on a day.

Times are whole milliseconds since 1970 until a file is written: integers are fast and exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from orchestration.simulation.calendar import ARRIVAL_TIME, ZONE, Month

FIRST_DAY = date(2018, 3, 5)  # a Monday; day 0, when the first Communications Hub was installed
UNIX_DAY = date(1970, 1, 1)
DAY_MS = 86_400_000
HOUR_MS = 3_600_000
FIRST_DAY_MS = (FIRST_DAY - UNIX_DAY).days * DAY_MS


@dataclass(frozen=True)
class Day:
    """A local day; `starts_ms` to before `ends_ms`, which are 23, 24 or 25 hours apart."""

    on: date

    @property
    def number(self) -> int:
        """Days since `FIRST_DAY`."""
        return (self.on - FIRST_DAY).days

    @property
    def following(self) -> Day:
        """The next day."""
        return Day(self.on + timedelta(days=1))

    @property
    def before(self) -> Day:
        """The day before."""
        return Day(self.on - timedelta(days=1))

    @property
    def starts_ms(self) -> int:
        """Local midnight."""
        return to_ms(datetime.combine(self.on, time(), ZONE))

    @property
    def ends_ms(self) -> int:
        """The next local midnight."""
        return self.following.starts_ms

    @property
    def arrives_at(self) -> datetime:
        """When the files of the day arrive: the next morning (UTC)."""
        return datetime.combine(self.following.on, ARRIVAL_TIME, ZONE).astimezone(UTC)

    @property
    def known_ms(self) -> int:
        """What happens later than this is not in the day's files."""
        return to_ms(self.arrives_at) - HOUR_MS

    @property
    def hours(self) -> list[tuple[int, int]]:
        """Each hour that really passes: its start, and which hour the clock shows."""
        return [
            (start, datetime.fromtimestamp(start / 1000, ZONE).hour)
            for start in range(self.starts_ms, self.ends_ms, HOUR_MS)
        ]


def to_ms(moment: datetime) -> int:
    """A moment as milliseconds since 1970."""
    return round(moment.timestamp() * 1000)


def days_of(month: Month) -> list[Day]:
    """The local days of a month."""
    count = (month.following.first_day - month.first_day).days
    return [Day(month.first_day + timedelta(days=number)) for number in range(count)]
