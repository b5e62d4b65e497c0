"""Availability by rules V1 to V6, tick by tick and minute by minute.

Belongs here: a naive account of the month as a row of ticks of a quarter of a minute, each down or
not, planned or not. Times of facts lie on ticks. Does not belong here: intervals and how SQL
merges, cuts or subtracts them.

A row of ticks is an integer, a bit for each tick from the start of the month on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from tests.python.oracle.clock import (
    extract_point,
    month_minutes,
    month_start,
    months_before,
    to_local,
)
from tests.python.oracle.figures import shown_share
from tests.python.oracle.incidents import Row
from tests.python.oracle.records import ComponentEvent, Facts, Maintenance

TICK = timedelta(seconds=15)
TICKS_A_MINUTE = 4
ALLOWED_MINUTES = 360
DEGRADED_BELOW = 99.5
ALL = "All"


@dataclass(frozen=True, eq=False)
class AvailabilityRules:
    """Reference data that the rules work with; hours are (starts, ends) of an ISO weekday."""

    services: Mapping[str, bool]
    service_components: Mapping[str, Sequence[str]]
    components: Mapping[str, bool]
    process_components: Mapping[tuple[str, str], Sequence[str]]
    regions: Sequence[str]
    hours: Mapping[int, tuple[time, time]]


@dataclass(frozen=True)
class Downtime:
    """Ticks of one place in the month: down at all, and down as planned."""

    down: int = 0
    planned: int = 0

    @property
    def unplanned(self) -> int:
        """V2: what is planned is not unplanned as well."""
        return self.down & ~self.planned

    def __or__(self, other: Downtime) -> Downtime:
        return Downtime(self.down | other.down, self.planned | other.planned)


@dataclass(frozen=True)
class Figures:
    """What is told of a place in some part of the period."""

    period: int
    planned: float
    unplanned: float
    outages: int = 0

    @property
    def availability(self) -> float | None:
        """V3: None when there was no time that was not planned downtime."""
        uptime = self.period - self.planned
        return 100 * (uptime - self.unplanned) / uptime if uptime else None


# ---- ticks


@cache
def _bounds(month: date) -> tuple[datetime, datetime]:
    return month_start(month), extract_point(month)


def ticks(month: date, starts: datetime, ends: datetime | None) -> int:
    """The ticks of the month from `starts` up to `ends`; without an end up to the extract point."""
    first, last = _bounds(month)
    begin = max(starts, first)
    finish = last if ends is None else min(ends, last)
    if finish <= begin:
        return 0
    return ((1 << ((finish - begin) // TICK)) - 1) << ((begin - first) // TICK)


def whole_minutes(row: int, minutes: int) -> list[bool]:
    """Of each minute of the month whether the ticks are there throughout it."""
    data = row.to_bytes((minutes * TICKS_A_MINUTE + 7) // 8, "little")
    full = (1 << TICKS_A_MINUTE) - 1
    return [
        (data[minute // 2] >> (TICKS_A_MINUTE * (minute % 2))) & full == full
        for minute in range(minutes)
    ]


def runs(row: int) -> Iterator[int]:
    """The maximal runs of ticks, each as a row of its own."""
    while row:
        low = row & -row
        run = row & ~(row + low)
        yield run
        row &= ~run


# ---- V1, V2: what is down where


def of_event(
    event: ComponentEvent, windows: Iterable[Maintenance], month: date, region: str
) -> Downtime:
    """Ticks of an event, seen from a region, or from what has none."""
    down = ticks(month, event.started_at, event.ended_at)
    planned = 0
    if event.kind == "planned":
        seen_in = (event.region or ALL) if region == ALL else region
        for window in windows:
            if event.component_id in [
                part.strip() for part in window.component_ids.split("|")
            ] and (window.region or ALL) in {ALL, seen_in}:
                planned |= ticks(month, window.starts_at, window.ends_at)
    return Downtime(down, down & planned)


def of_components(components: Iterable[str], facts: Facts, month: date, region: str) -> Downtime:
    """V1: down while any of the components is, in that region."""
    windows = [window for window in facts.maintenance if window.reporting_month == month]
    found = Downtime()
    for event in _counting(facts):
        if event.component_id in components and (
            region == ALL or event.region is None or event.region == region
        ):
            found |= of_event(event, windows, month, region)
    return found


def _counting(facts: Facts) -> list[ComponentEvent]:
    """The row of the latest file of each event."""
    latest: dict[str, ComponentEvent] = {}
    for event in sorted(facts.component_events, key=lambda one: one.file_date):
        latest[event.event_id] = event
    return list(latest.values())


def has_extracts(facts: Facts, month: date) -> bool:
    """Whether an extract of component events of the month has come, be it an empty one."""
    return any(event.file_date.replace(day=1) == month for event in facts.component_events) or any(
        empty.feed == "component_events" and empty.reporting_month == month
        for empty in facts.empty_files
    )


# ---- the parts of the month


@cache
def minutes_of(month: date) -> list[datetime]:
    """Start of every minute that passes in the month, UTC."""
    first, _ = _bounds(month)
    return [first + timedelta(minutes=number) for number in range(month_minutes(month))]


def is_operational(moment: datetime, rules: AvailabilityRules) -> bool:
    """T3, of a UTC time."""
    local = to_local(moment)
    hours = rules.hours.get(local.isoweekday())
    return hours is not None and hours[0] <= local.time() < hours[1]


@cache
def parts_of(month: date, kind: str, rules: AvailabilityRules) -> list[object]:
    """Of every minute the part of the month that it lies in: of that kind."""
    minutes = minutes_of(month)
    if kind == "bands":
        return ["Operational" if is_operational(one, rules) else "Inactive" for one in minutes]
    if kind == "days":
        return [to_local(one).date() for one in minutes]
    if kind == "hours":
        return [one.replace(minute=0) for one in minutes]
    return [ALL for _ in minutes]


@lru_cache(maxsize=200)
def figures(
    downtime: Downtime, month: date, kind: str, rules: AvailabilityRules
) -> dict[object, Figures]:
    """V3, V5: minutes and outages by part of the month."""
    part_of = parts_of(month, kind, rules)
    count = month_minutes(month)
    down = whole_minutes(downtime.down, count)
    planned = whole_minutes(downtime.planned, count)
    period: dict[object, int] = {}
    lost: dict[object, int] = {}
    as_planned: dict[object, int] = {}
    for part, is_down, is_planned in zip(part_of, down, planned, strict=True):
        period[part] = period.get(part, 0) + 1
        if is_planned:
            as_planned[part] = as_planned.get(part, 0) + 1
        elif is_down:
            lost[part] = lost.get(part, 0) + 1
    outages: dict[object, int] = {}
    for run in runs(downtime.unplanned):
        first = ((run & -run).bit_length() - 1) // TICKS_A_MINUTE
        last = (run.bit_length() - 1) // TICKS_A_MINUTE
        for part in set(part_of[first : last + 1]):
            outages[part] = outages.get(part, 0) + 1
    return {
        part: Figures(minutes, as_planned.get(part, 0), lost.get(part, 0), outages.get(part, 0))
        for part, minutes in period.items()
    }


def mean_of(places: Sequence[Figures]) -> Figures:
    """V4: minutes are the mean of the regions, outages their sum."""
    return Figures(
        places[0].period,
        sum(one.planned for one in places) / len(places),
        sum(one.unplanned for one in places) / len(places),
        sum(one.outages for one in places),
    )


def reliability(places: Sequence[Figures]) -> tuple[float | None, float | None]:
    """V4, V5: hours to repair and days between failures, sums over summed outages."""
    outages = sum(one.outages for one in places)
    if not outages:
        return None, None
    unplanned = sum(one.unplanned for one in places)
    working = sum(one.period - one.planned - one.unplanned for one in places)
    return unplanned / outages / 60, working / outages / 60 / 24


def places_of(is_regional: bool, rules: AvailabilityRules) -> list[str]:
    """Where it is looked at."""
    return list(rules.regions) if is_regional else [ALL]


# ---- marts


def _services(
    facts: Facts, month: date, rules: AvailabilityRules, kind: str
) -> dict[str, dict[str, dict[object, Figures]]]:
    """Service → region → part of the month → figures."""
    return {
        service: {
            region: figures(
                of_components(rules.service_components[service], facts, month, region),
                month,
                kind,
                rules,
            )
            for region in places_of(is_regional, rules)
        }
        for service, is_regional in rules.services.items()
    }


def _with_totals(by_region: dict[str, Figures]) -> dict[str, tuple[Figures, list[Figures]]]:
    """Each region and All, with the regions that it is made of."""
    found = {region: (one, [one]) for region, one in by_region.items()}
    if ALL not in found:
        every = list(by_region.values())
        found[ALL] = (mean_of(every), every)
    return found


def _figures_row(one: Figures) -> Row:
    return {
        "period_minutes": one.period,
        "planned_minutes": float(one.planned),
        "unplanned_minutes": float(one.unplanned),
        "availability_pct": one.availability,
    }


def _overall(of_services: Sequence[Figures]) -> Row:
    """V4: the mean of the Services."""
    known = [one.availability for one in of_services if one.availability is not None]
    count = len(of_services)
    return {
        "period_minutes": of_services[0].period,
        "planned_minutes": sum(one.planned for one in of_services) / count,
        "unplanned_minutes": sum(one.unplanned for one in of_services) / count,
        "availability_pct": sum(known) / len(known) if known else None,
    }


def service_availability(facts: Facts, month: date, rules: AvailabilityRules) -> list[Row]:
    """Rows of `service_availability`."""
    if not has_extracts(facts, month):
        return []
    rows: list[Row] = []
    whole = _services(facts, month, rules, "month")
    by_band = _services(facts, month, rules, "bands")
    for band in (ALL, "Operational", "Inactive"):
        source = whole if band == ALL else by_band
        totals: list[Figures] = []
        made_of: list[Figures] = []
        for service, regions in source.items():
            of_band = {region: parts[band] for region, parts in regions.items()}
            for region, (one, parts) in _with_totals(of_band).items():
                mttr, mtbf = reliability(parts)
                rows.append(
                    {
                        "service_id": service,
                        "region": region,
                        "band": band,
                        **_figures_row(one),
                        "outages": one.outages,
                        "mttr_hours": mttr,
                        "mtbf_days": mtbf,
                        "planned_over_allowance_minutes": float(
                            max(one.planned - ALLOWED_MINUTES, 0)
                        ),
                    }
                )
                if region == ALL:
                    totals.append(one)
                    made_of.extend(parts)
        mttr, mtbf = reliability(made_of)
        overall = _overall(totals)
        rows.append(
            {
                "service_id": ALL,
                "region": ALL,
                "band": band,
                **overall,
                "outages": sum(one.outages for one in totals),
                "mttr_hours": mttr,
                "mtbf_days": mtbf,
            }
        )
    return rows


def service_availability_daily(facts: Facts, month: date, rules: AvailabilityRules) -> list[Row]:
    """Rows of `service_availability_daily`."""
    if not has_extracts(facts, month):
        return []
    days = parts_of(month, "days", rules)
    rows: list[Row] = []
    totals: dict[object, list[Figures]] = {}
    for service, regions in _services(facts, month, rules, "days").items():
        for day in set(days):
            of_day = {region: parts[day] for region, parts in regions.items()}
            for region, (one, _) in _with_totals(of_day).items():
                rows.append(
                    {
                        "service_id": service,
                        "region": region,
                        "activity_date": day,
                        **_figures_row(one),
                    }
                )
                if region == ALL:
                    totals.setdefault(day, []).append(one)
    rows += [
        {"service_id": ALL, "region": ALL, "activity_date": day, **_overall(every)}
        for day, every in totals.items()
    ]
    return rows


def component_availability_hourly(facts: Facts, month: date, rules: AvailabilityRules) -> list[Row]:
    """Rows of `component_availability_hourly`."""
    if not has_extracts(facts, month):
        return []
    hours = set(parts_of(month, "hours", rules))
    rows: list[Row] = []
    for component, is_regional in rules.components.items():
        regions = {
            region: figures(of_components([component], facts, month, region), month, "hours", rules)
            for region in places_of(is_regional, rules)
        }
        for hour in hours:
            of_hour = {region: parts[hour] for region, parts in regions.items()}
            rows += [
                {
                    "started_at": hour,
                    "component_id": component,
                    "region": region,
                    "minutes": one.period,
                    "planned_minutes": float(one.planned),
                    "unplanned_minutes": float(one.unplanned),
                }
                for region, (one, _) in _with_totals(of_hour).items()
            ]
    return rows


def process_availability(facts: Facts, month: date, rules: AvailabilityRules) -> list[Row]:
    """Rows of `process_availability`."""
    if not has_extracts(facts, month):
        return []
    rows: list[Row] = []
    for (process, smets), components in rules.process_components.items():
        by_region = {
            region: figures(of_components(components, facts, month, region), month, "month", rules)[
                ALL
            ]
            for region in places_of(smets == "SMETS2+", rules)
        }
        for region, (one, _) in _with_totals(by_region).items():
            level = one.availability
            state = None
            if level is not None:
                state = "Degraded" if shown_share(level) < DEGRADED_BELOW else "Available"
            rows.append(
                {
                    "business_process": process,
                    "smets": smets,
                    "region": region,
                    "availability_pct": level,
                    "previous_pct": _previous(facts, month, f"{process} | {smets} | {region}"),
                    "state": state,
                }
            )
    return rows


def _previous(facts: Facts, month: date, scope: str) -> float | None:
    """C3: what the one issue of the month before said."""
    before = months_before(month, 1)
    for level in facts.published_levels:
        if (level.measure_id, level.scope, level.reporting_month) == ("BP-AVAIL", scope, before):
            return level.value
    return None
