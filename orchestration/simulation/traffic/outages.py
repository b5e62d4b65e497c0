"""Power outages: many homes of a region lose their supply at once.

Belongs here: which outages a day has, and the SQL for what is dark at a moment. Does not belong
here: the alerts they cause (`alerts`) and the requests they swallow (`requests`).
"""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.simulation.traffic.chance import generator
from orchestration.simulation.traffic.clock import DAY_MS, Day
from orchestration.simulation.traffic.estate import Estate

CHANCE_OF_A_DAY = 0.4
REGIONS = ("North", "North", "Central", "Central", "South")


@dataclass(frozen=True)
class PowerOutage:
    """An outage; it darkens the SMETS2+ homes of the region among a stretch of numbers.

    Attributes:
        name: unique, sorts by time.
        first, last: homes, the last not in it.
        starts_ms, ends_ms: its time.
    """

    name: str
    region: str
    first: int
    last: int
    starts_ms: int
    ends_ms: int


def outages_on(estate: Estate, day: Day) -> list[PowerOutage]:
    """The outages that begin on the day."""
    dice = generator(estate.seed, "power", day.number)
    count = (dice.random() < CHANCE_OF_A_DAY) + (dice.random() < CHANCE_OF_A_DAY / 4)
    homes = estate.homes_on(day)
    found = []
    for number in range(count):
        size = max(100, round(homes * dice.uniform(0.015, 0.09)))
        first = dice.randrange(max(1, homes - size))
        starts = day.starts_ms + dice.randrange(DAY_MS - 3_600_000)
        minutes = dice.choice((0.5, 1.5, 2.5, 4, 9, 22, 47, 75, 130, 210))
        found.append(
            PowerOutage(
                name=f"PO-{day.on:%Y%m%d}-{number + 1}",
                region=dice.choice(REGIONS),
                first=first,
                last=min(homes, first + size),
                starts_ms=starts,
                ends_ms=starts + round(minutes * 60_000) + dice.randrange(40_000),
            )
        )
    return found


def dark_macro(outages: list[PowerOutage], day: Day) -> str:
    """SQL: whether home `h` of `region` is without power at `started_ms`."""
    conditions = [
        f"(region = '{one.region}' and h >= {one.first} and h < {one.last} "
        f"and started_ms >= {one.starts_ms} and started_ms < {one.ends_ms})"
        for one in outages
        if one.starts_ms < day.ends_ms and one.ends_ms > day.starts_ms
    ]
    return " or ".join(conditions) or "false"
