"""Norms, deviations and detected outages by rule O10, word by word.

Belongs here: what an hour or quarter-hour had, what was to be expected of it, which incidents
lasted into it, where an outage is detected, and which records it is held against. Does not belong
here: what a request or an install is (`requests.py`, `installs.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property

from tests.python.oracle.clock import extract_point, in_month, local, month_start, to_local
from tests.python.oracle.incidents import Row
from tests.python.oracle.installs import attempts
from tests.python.oracle.records import ComponentEvent, Facts, Incident
from tests.python.oracle.requests import (
    UNKNOWN,
    RequestRules,
    activity_date,
    device_in,
    device_of,
    is_reported,
    month_of,
    region_of,
    started_at,
)

ALL = "All"
REGIONS = ("North", "Central", "South")
QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
WEEKS = tuple(timedelta(weeks=number) for number in (1, 2, 3, 4))
FEWEST_WEEKS, FEWEST_REQUESTS, SHARE = 2, 20, 5
SHORTEST = 2  # quarter-hours
MAJOR_CATEGORIES = (1, 2)


def beginning(moment: datetime, length: timedelta) -> datetime:
    """When the local hour or quarter-hour of a UTC time begins (UTC)."""
    clock = to_local(moment)
    midnight = clock.replace(hour=0, minute=0, second=0, microsecond=0)
    return moment - (clock - midnight) % length


@cache
def lengths_of(day: date, length: timedelta) -> tuple[datetime, ...]:
    """Every hour or quarter-hour that really passes in a local day, by its beginning (UTC)."""
    found: list[datetime] = []
    moment = local(day.year, day.month, day.day)
    while to_local(moment).date() == day:
        found.append(moment)
        moment += length
    return tuple(found)


@cache
def clocks_of(day: date, length: timedelta) -> Mapping[datetime, list[datetime]]:
    """What the clock shows at each of them: mostly once, in a day of 25 hours twice."""
    found: dict[datetime, list[datetime]] = {}
    for moment in lengths_of(day, length):
        found.setdefault(to_local(moment), []).append(moment)
    return found


def whole_quarters(starts_at: datetime, ends_at: datetime) -> int:
    """How many quarter-hours lie wholly in a stretch of time."""
    first = beginning(starts_at, QUARTER)
    if first < starts_at:
        first += QUARTER
    return max((ends_at - first) // QUARTER, 0)


@dataclass(frozen=True)
class Norm:
    """What was to be expected, and of how many weeks it is the mean."""

    value: float | None
    weeks: int


@dataclass(frozen=True)
class Traffic:
    """The facts, counted."""

    facts: Facts
    rules: RequestRules

    @cached_property
    def landed(self) -> set[date]:
        """Days whose file has landed: with what happened on them, or with nothing at all."""
        files = {request.file_date for request in self.facts.service_requests}
        held = {activity_date(request) for request in self.facts.service_requests}
        empty = {
            one.reporting_month for one in self.facts.empty_files if one.feed == "service_requests"
        }
        return files & held | empty

    @cached_property
    def with_installs(self) -> set[date]:
        """Landed days of whose month a snapshot of devices is there."""
        snapshots = {device.reporting_month for device in self.facts.devices}
        return {day for day in self.landed if month_of(day) in snapshots}

    @cached_property
    def requests(self) -> Mapping[tuple[str, datetime], int]:
        """Reported requests by region, and All, and the quarter-hour in which they start."""
        found: Counter[tuple[str, datetime]] = Counter()
        for request in self.facts.service_requests:
            if is_reported(request, self.rules):
                region = region_of(device_of(self.facts, request))
                start = beginning(started_at(request), QUARTER)
                found.update({(place, start) for place in (region, ALL)})
        return found

    @cached_property
    def installs(self) -> Mapping[tuple[str, datetime], int]:
        """Installs that succeeded, by the quarter-hour in which the device was commissioned."""
        found: Counter[tuple[str, datetime]] = Counter()
        for one in attempts(self.facts, self.rules):
            device = device_in(self.facts, one.device_id, month_of(one.day))
            if one.succeeded and device is not None and device.commissioned_at is not None:
                start = beginning(device.commissioned_at, QUARTER)
                found.update({(place, start) for place in (one.region, ALL)})
        return found


def count(
    counts: Mapping[tuple[str, datetime], int], region: str, start: datetime, length: timedelta
) -> int:
    """What an hour or quarter-hour has."""
    quarters = (start + number * QUARTER for number in range(length // QUARTER))
    return sum(counts.get((region, quarter), 0) for quarter in quarters)


def norm(
    counts: Mapping[tuple[str, datetime], int],
    days: set[date],
    region: str,
    start: datetime,
    length: timedelta,
) -> Norm:
    """O10: the mean over the weeks whose day was landed and that have this local time."""
    clock = to_local(start)
    weeks: list[float] = []
    for week in WEEKS:
        then = clock - week
        same = clocks_of(then.date(), length).get(then, [])
        if then.date() in days and same:
            each = [count(counts, region, moment, length) for moment in same]
            weeks.append(sum(each) / len(each))
    value = sum(weeks) / len(weeks) if len(weeks) >= FEWEST_WEEKS else None
    return Norm(value, len(weeks))


def compared(actual: int, expected: float | None) -> tuple[float | None, str]:
    """O10: the deviation, or why there is none."""
    if expected is None:
        return None, "no history"
    if expected == 0:
        return None, "nothing expected"
    return (actual - expected) / expected, "compared"


@dataclass(frozen=True)
class Impact:
    """An incident of Category 1 or 2 with its time."""

    incident: Incident
    starts_at: datetime
    ends_at: datetime

    def hits(self, region: str) -> bool:
        """Its regions, all of them when it names none; SMETS1 is in All alone."""
        if region == ALL:
            return True
        if region == UNKNOWN or self.incident.smets == "SMETS1":
            return False
        return self.incident.regions is None or region in self.incident.regions.split("|")

    def touches(self, start: datetime, end: datetime) -> bool:
        """Whether it lasts into a stretch of time."""
        return self.starts_at < end and (self.ends_at > start or self.starts_at >= start)


def impacts(facts: Facts, month: date) -> list[Impact]:
    """Category 1 and 2 incidents that touch the month; no duplicate and no cancelled one."""
    found: list[Impact] = []
    point = extract_point(month)
    for one in facts.incidents:
        moments = (one.impacted_at, one.raised_at, one.resolved_at, one.closed_at)
        if (
            one.reporting_month != month
            or one.category not in MAJOR_CATEGORIES
            or one.status == "Cancelled"
            or one.duplicate_of is not None
            or not any(in_month(moment, month) for moment in moments)
        ):
            continue
        ends = [one.restored_at, one.resolved_at, one.closed_at, point]
        impact = Impact(
            one,
            one.impacted_at or one.raised_at,
            min(next(end for end in ends if end is not None), point),
        )
        if impact.ends_at >= month_start(month) and impact.starts_at < point:
            found.append(impact)
    return found


def joined(ids: Iterable[str]) -> str | None:
    """Ids as the marts list them."""
    return "|".join(sorted(ids)) or None


def service_degradation(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """O10: the mart of one month."""
    traffic = Traffic(facts, rules)
    hitting = impacts(facts, month)
    rows: list[Row] = []
    for day in sorted(traffic.landed):
        if month_of(day) != month:
            continue
        for start in lengths_of(day, HOUR):
            for region in (ALL, UNKNOWN, *REGIONS):
                row = _hour(traffic, region, day, start)
                if row is not None:
                    ids = [
                        one.incident.incident_id
                        for one in hitting
                        if one.hits(region) and one.touches(start, start + HOUR)
                    ]
                    rows.append({"reporting_month": month, **row, "incident_ids": joined(ids)})
    return rows


def _hour(traffic: Traffic, region: str, day: date, start: datetime) -> Row | None:
    requests = count(traffic.requests, region, start, HOUR)
    installs = count(traffic.installs, region, start, HOUR)
    expected = norm(traffic.requests, traffic.landed, region, start, HOUR)
    awaited = norm(traffic.installs, traffic.with_installs, region, start, HOUR)
    if not (requests or installs or expected.value or awaited.value):
        return None
    requests_deviation, requests_state = compared(requests, expected.value)
    installs_deviation, installs_state = compared(installs, awaited.value)
    is_known = day in traffic.with_installs
    return {
        "activity_date": day,
        "started_at": start,
        "region": region,
        "requests": requests,
        "requests_norm": expected.value,
        "requests_deviation": requests_deviation,
        "requests_state": requests_state,
        "weeks": expected.weeks,
        "installs": installs if is_known else None,
        "installs_norm": awaited.value if is_known else None,
        "installs_deviation": installs_deviation if is_known else None,
        "installs_state": installs_state if is_known else "Not Reported",
    }


def incident_degradation(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """IC2: the hours of each incident that have a norm, summed."""
    hours = service_degradation(facts, month, rules)
    rows: list[Row] = []
    for impact in impacts(facts, month):
        for region in (ALL, *REGIONS):
            if not impact.hits(region):
                continue
            own = [
                hour
                for hour in hours
                if hour["region"] == region
                and isinstance(start := hour["started_at"], datetime)
                and impact.touches(start, start + HOUR)
            ]
            row: Row = {
                "reporting_month": month,
                "incident_id": impact.incident.incident_id,
                "region": region,
                "category": impact.incident.category,
                "started_at": impact.starts_at,
                "ended_at": impact.ends_at,
                "hours": len(own),
            }
            for what in ("requests", "installs"):
                known = [hour for hour in own if hour[f"{what}_norm"] is not None]
                actual = sum(_number(hour[what]) for hour in known)
                expected = sum(_number(hour[f"{what}_norm"]) for hour in known) if known else None
                deviation, state = compared(int(actual), expected)
                row |= {
                    what: int(actual) if known else None,
                    f"{what}_norm": expected,
                    f"{what}_deviation_pct": None if deviation is None else 100 * deviation,
                    f"{what}_state": state,
                }
            rows.append(row)
    return rows


def _number(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return value


# ---- OUT-DET


@dataclass(frozen=True)
class Quarter:
    """A quarter-hour of a region on a landed day."""

    starts_at: datetime
    requests: int
    norm: Norm

    @property
    def is_judged(self) -> bool:
        """Whether enough was to be expected."""
        return self.norm.value is not None and self.norm.value >= FEWEST_REQUESTS

    @property
    def is_low(self) -> bool:
        """Whether less than a fifth of it was started."""
        return self.is_judged and SHARE * self.requests < (self.norm.value or 0)


def quarter_of(traffic: Traffic, region: str, start: datetime) -> Quarter:
    """A quarter-hour, counted and held against its norm."""
    expected = norm(traffic.requests, traffic.landed, region, start, QUARTER)
    return Quarter(start, count(traffic.requests, region, start, QUARTER), expected)


@dataclass(frozen=True)
class Run:
    """A detected outage as far as it lies in the month."""

    region: str
    quarters: tuple[Quarter, ...]

    @property
    def starts_at(self) -> datetime:
        """The beginning of its first quarter-hour."""
        return self.quarters[0].starts_at

    @property
    def ends_at(self) -> datetime:
        """The end of its last."""
        return self.quarters[-1].starts_at + QUARTER

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether it has any time in common with another stretch."""
        return starts_at < self.ends_at and ends_at > self.starts_at


def runs(traffic: Traffic, month: date) -> list[Run]:
    """O10: two or more low quarter-hours one after the other; the first may lie before the month.

    What lies before it is the earlier month's to tell.
    """
    first = month_start(month)
    before = [first - QUARTER] if to_local(first - QUARTER).date() in traffic.landed else []
    days = [day for day in sorted(traffic.landed) if month_of(day) == month]
    moments = before + [moment for day in days for moment in lengths_of(day, QUARTER)]
    found: list[Run] = []
    for region in (ALL, *REGIONS):
        run: list[Quarter] = []
        for moment in [*moments, None]:
            quarter = None if moment is None else quarter_of(traffic, region, moment)
            is_low = quarter is not None and quarter.is_low
            if run and not (is_low and moment == run[-1].starts_at + QUARTER):
                found += _told(region, run, first)
                run = []
            if quarter is not None and is_low:
                run.append(quarter)
    return found


def _told(region: str, run: list[Quarter], first: datetime) -> list[Run]:
    own = tuple(quarter for quarter in run if quarter.starts_at >= first)
    return [Run(region, own)] if len(run) >= SHORTEST and own else []


@dataclass(frozen=True)
class Record:
    """A recorded event as far as it lies in the month."""

    event: ComponentEvent
    starts_at: datetime
    ends_at: datetime

    @property
    def region(self) -> str:
        """Where it was; All when it names none."""
        return self.event.region or ALL

    def is_in(self, region: str) -> bool:
        """An event of no region is in all of them, and the total has every one."""
        return region in (ALL, self.region) or self.region == ALL


def records(facts: Facts, month: date) -> list[Record]:
    """The events of the month, each as the latest file has it; an open end is the extract point."""
    latest: dict[str, ComponentEvent] = {}
    for event in sorted(facts.component_events, key=lambda one: one.file_date):
        latest[event.event_id] = event
    point, first = extract_point(month), month_start(month)
    return [
        Record(event, max(event.started_at, first), min(event.ended_at or point, point))
        for event in latest.values()
        if event.started_at < point and (event.ended_at or point) > first
    ]


def detected_outages(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """O10: the mart of one month."""
    rows: list[Row] = []
    for run in runs(Traffic(facts, rules), month):
        events = [
            record.event.event_id
            for record in records(facts, month)
            if record.is_in(run.region) and run.overlaps(record.starts_at, record.ends_at)
        ]
        incidents = [
            one.incident.incident_id
            for one in impacts(facts, month)
            if one.hits(run.region) and run.overlaps(one.starts_at, one.ends_at)
        ]
        rows.append(
            {
                "reporting_month": month,
                "region": run.region,
                "started_at": run.starts_at,
                "ended_at": run.ends_at,
                "expected": float(sum(quarter.norm.value or 0 for quarter in run.quarters)),
                "actual": sum(quarter.requests for quarter in run.quarters),
                "recorded_event_ids": joined(events),
                "incident_ids": joined(incidents),
                "is_explained": bool(events or incidents),
            }
        )
    return rows


def recorded_outages(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """OUT-DET: what was seen of each record."""
    traffic = Traffic(facts, rules)
    detected = runs(traffic, month)
    rows: list[Row] = []
    for record in records(facts, month):
        covered = [
            quarter_of(traffic, record.region, moment)
            for day in sorted(traffic.landed)
            if month_of(day) == month
            for moment in lengths_of(day, QUARTER)
            if record.starts_at <= moment and moment + QUARTER <= record.ends_at
        ]
        norms = [quarter.norm.value for quarter in covered if quarter.norm.value is not None]
        is_seen = any(
            record.is_in(run.region) and run.overlaps(record.starts_at, record.ends_at)
            for run in detected
        )
        if is_seen:
            state = "detected"
        elif whole_quarters(record.starts_at, record.ends_at) < SHORTEST:
            state = "too short"
        elif not norms:
            state = "no history"
        elif sum(quarter.is_judged for quarter in covered) < SHORTEST:
            state = "too little traffic"
        else:
            state = "without effect"
        rows.append(
            {
                "reporting_month": month,
                "event_id": record.event.event_id,
                "component_id": record.event.component_id,
                "region": record.region,
                "kind": record.event.kind,
                "incident_id": record.event.incident_id,
                "started_at": record.starts_at,
                "ended_at": record.ends_at,
                "expected": float(sum(norms)) if norms else None,
                "actual": sum(quarter.requests for quarter in covered) if covered else None,
                "state": state,
            }
        )
    return rows
