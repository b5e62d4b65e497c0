"""Which extract of a month was due when, and came when, as of a day that the caller gives.

Belongs here: the state of each part of each feed, from the contract, the calendar and the manifest
alone. The same for a month that is over, in the warehouse, is the mart `feed_timeliness`; here it
is told before anything was built, and today is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from orchestration.calendar import due_day
from orchestration.feeds import (
    Cadence,
    Contract,
    ExtractName,
    ExtractNameError,
    Feed,
    parse_extract_path,
)
from orchestration.feeds.contract import seed_values
from orchestration.landing import Entry, WaitingFile
from orchestration.partitions import next_month


class PartState(StrEnum):
    """How a part of a feed stands.

    ``on time`` and ``late``: complete, by the local date of arrival; ``missing``: due, not
    complete, and mandatory or begun; ``to come``: not complete and not yet due; ``not due``: not
    mandatory, and nothing of it came.
    """

    ON_TIME = "on time"
    LATE = "late"
    MISSING = "missing"
    TO_COME = "to come"
    NOT_DUE = "not due"


@dataclass(frozen=True)
class Part:
    """One part of a feed in a month.

    Attributes:
        feed: its contract.
        part: provider, or empty where one file is expected.
        due_on: Working Day on which it is due; the day itself is still in time.
        expected: days, or the month, that make it complete.
        landed: those that have landed.
        waiting: those for which a file waits to be landed.
        arrived_at: local time of the arrival that completed it; None while it is not complete.
        state: as of the day asked about.
    """

    feed: Feed
    part: str
    due_on: date
    expected: tuple[date, ...]
    landed: frozenset[date]
    waiting: frozenset[date]
    arrived_at: datetime | None
    state: PartState

    @property
    def name(self) -> str:
        """``system/feed (part)``, as the release conditions name it."""
        return f"{self.feed.id} ({self.part})" if self.part else self.feed.id

    @property
    def lacking(self) -> tuple[date, ...]:
        """Days or month of which nothing has landed."""
        return tuple(day for day in self.expected if day not in self.landed)


@dataclass(frozen=True)
class Asked:
    """What is asked: of which month (its first day), as of which local day, in which zone."""

    month: date
    today: date
    zone: ZoneInfo


def parts_of(
    asked: Asked,
    contract: Contract,
    project_root: Path,
    entries: Sequence[Entry],
    waiting: Iterable[WaitingFile],
) -> list[Part]:
    """Every part of every feed that comes by day or month, in order of due day and name.

    A part that nobody expects is listed when something of it landed. A feed that comes at any time
    has no part: whether what it brings is there is asked of what it brings.
    """
    of_month = [
        entry
        for entry in entries
        if entry.state == "landed"
        and entry.file_date is not None
        and entry.file_date.replace(day=1) == asked.month
    ]
    names = [name for file in waiting if (name := _name(file.file, contract)) is not None]
    found = []
    for feed in contract.values():
        if feed.cadence is Cadence.ANY_TIME:
            continue
        mine = [
            entry for entry in of_month if (entry.system, entry.feed) == (feed.system, feed.name)
        ]
        coming = [
            name
            for name in names
            if (name.system, name.feed) == (feed.system, feed.name)
            and name.file_date.replace(day=1) == asked.month
        ]
        listed = seed_values(project_root, feed.parts) if feed.parts else ("",)
        for part in sorted({*listed, *(entry.part or "" for entry in mine)}):
            found.append(
                _part(
                    feed,
                    part,
                    asked,
                    [entry for entry in mine if (entry.part or "") == part],
                    frozenset(name.file_date for name in coming if name.part == part),
                )
            )
    return sorted(found, key=lambda one: (one.due_on, one.feed.id, one.part))


def _name(file: str, contract: Contract) -> ExtractName | None:
    try:
        return parse_extract_path(file, contract)
    except ExtractNameError:
        return None  # landing refuses it and says why


def _part(
    feed: Feed, part: str, asked: Asked, entries: Sequence[Entry], waiting: frozenset[date]
) -> Part:
    month = asked.month
    expected = tuple(_days(month)) if feed.cadence is Cadence.DAILY else (month,)
    first: dict[date, datetime] = {}
    for entry in entries:
        if entry.file_date is not None:
            known = first.get(entry.file_date, entry.arrived_at)
            first[entry.file_date] = min(known, entry.arrived_at)
    is_complete = all(day in first for day in expected)
    # A daily feed is there when the last of its days is.
    arrived = (
        max(first.values()).replace(tzinfo=UTC).astimezone(asked.zone) if is_complete else None
    )
    due_on = due_day(month, feed.due_working_day)
    return Part(
        feed=feed,
        part=part,
        due_on=due_on,
        expected=expected,
        landed=frozenset(first),
        waiting=waiting,
        arrived_at=arrived,
        state=_state(feed, bool(first), arrived, due_on, asked.today),
    )


def _state(
    feed: Feed, is_begun: bool, arrived: datetime | None, due_on: date, today: date
) -> PartState:
    if arrived is not None:
        return PartState.ON_TIME if arrived.date() <= due_on else PartState.LATE
    if not (feed.mandatory or is_begun):
        return PartState.NOT_DUE
    return PartState.TO_COME if today <= due_on else PartState.MISSING


def _days(month: date) -> Iterable[date]:
    day = month
    while day < next_month(month):
        yield day
        day += timedelta(days=1)
