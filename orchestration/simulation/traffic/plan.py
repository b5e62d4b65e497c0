"""How many rows a day has, and which line of traffic and which hour each row belongs to.

Belongs here: shares of days, lines and hours, turned into slots. Does not belong here: rows.

A row draws one of `SLOTS` slots; a slot is an hour of a line of traffic. Hours are those that
really pass, so a day when the clocks change has 23 or 25 of them, and a row never leaves its local
day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from orchestration.simulation.calendar import Month
from orchestration.simulation.traffic import tables
from orchestration.simulation.traffic.clock import Day, days_of

SLOTS = 65_536


@dataclass(frozen=True)
class Cell:
    """An hour of a line of traffic, and its weight."""

    line: int
    starts_ms: int
    weight: float


def day_weight(shape: str, day: Day) -> float:
    """Weight of the day in a shape of `days.csv`."""
    shape_of_days = tables.day_shapes()[shape]
    factor = shape_of_days.first_of_month if day.on.day == 1 else 1.0
    return shape_of_days.weekdays[day.on.weekday()] * factor


def requests_on(day: Day, requests: int) -> int:
    """Requests of a day, of a month that has `requests`."""
    days = days_of(Month(day.on.replace(day=1)))
    weights = [_traffic(one) for one in days]
    ends = [
        round(requests * sum(weights[:number]) / sum(weights)) for number in range(len(days) + 1)
    ]
    place = day.on.day - 1
    return ends[place + 1] - ends[place]


def request_cells(day: Day) -> list[Cell]:
    """Cells of the ordinary requests of a day; the line is the number of the profile."""
    return [
        cell
        for number, profile in enumerate(tables.profiles())
        for cell in _hours(
            day, number, profile.share * day_weight(profile.days, day), profile.hours
        )
    ]


def alert_cells(day: Day) -> list[Cell]:
    """Cells of the ordinary alerts of a day; the line is the number of the profile."""
    return [
        cell
        for number, profile in enumerate(tables.alert_profiles())
        for cell in _hours(day, number, profile.share, profile.hours)
    ]


def make_slots(con: duckdb.DuckDBPyConnection, cells: Sequence[Cell]) -> None:
    """Make the table `slots`: slot, line, starts_ms."""
    # a thousand rows as text: a tenth of the time that bound values take
    rows = ", ".join(str(row) for row in _spread(cells))
    con.execute(f"""
create or replace temp table slots as
select numbers.slot, cells.line, cells.starts_ms
from (values {rows}) as cells (line, starts_ms, low, high),
    unnest(range(cells.low, cells.high)) as numbers (slot)
order by numbers.slot
""")


def _traffic(day: Day) -> float:
    return sum(profile.share * day_weight(profile.days, day) for profile in tables.profiles())


def _hours(day: Day, line: int, weight: float, shape: str) -> Iterable[Cell]:
    weights = tables.hour_shapes()[shape]
    total = sum(weights)
    for starts_ms, hour in day.hours:
        if weights[hour]:
            yield Cell(line, starts_ms, weight * weights[hour] / total)


def _spread(cells: Sequence[Cell]) -> Iterable[tuple[int, int, int, int]]:
    total = sum(cell.weight for cell in cells)
    part, low = 0.0, 0
    for cell in cells:
        part += cell.weight
        high = round(SLOTS * part / total)
        if high > low:
            yield cell.line, cell.starts_ms, low, high
        low = high
