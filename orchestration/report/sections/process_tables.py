"""Tables of one business process: level, speed, categories, timing, SRVs, device types, pairs.

Belongs here: the rows that the marts have, in the order of a reader. Does not belong here: which
tables a process gets and what is said around them (`processes.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context, ProcessKey
from orchestration.report.document import Cell, Column, Kind, Line, Role, Table
from orchestration.report.marts import Row
from orchestration.report.sections.wording import column, line, summed

LEVEL = "RSVP-M3"
NO_EVENTS = "No Events"
NO_TARGET = "None agreed"
UNKNOWN = "Unknown"
SPEEDS = ("RSVP-M1-MEAN", "RSVP-M1-MEDIAN", "RSVP-M2-MIN", "RSVP-M2-MAX")
CATEGORIES = ("RSVP-M6-RS", "RSVP-M6-RU", "RSVP-M6-NS", "RSVP-M6-NU")
# Every figure of a process beside its level: printed for each process that has requests.
INDICATORS = frozenset(
    {*SPEEDS, "RSVP-M4", "RSVP-M5", *CATEGORIES, "RSVP-M7", "RSVP-M8-TRT", "RSVP-M8-MEAN"}
)
TIMING = {"on_demand": "On demand", "scheduled": "Scheduled", "future_dated": "Future-dated"}
LEVEL_DASH = (
    "A dash stands for minimum and status where no target is agreed, for a status where the level "
    "is in words, and for a minimum or a count that there is not."
)
SPLIT_DASH = "A dash stands where no request was answered."


@dataclass(frozen=True)
class Place:
    """One cell of generation and region: what a table calls it and which total it is part of."""

    smets: str
    region: str
    name: str
    part_of: str | None = None
    is_total: bool = False

    def facts(self, prefix: str = "") -> tuple[tuple[str, str], ...]:
        """What the consistency rules must know of a row of this cell."""
        found: list[tuple[str, str]] = []
        if self.part_of is not None:
            found.append(("part_of", f"{prefix}{self.part_of}"))
        if self.is_total:
            found.append(("total_of", f"{prefix}{self.name}"))
        return tuple(found)


SMETS1 = Place("SMETS1", ALL, "SMETS1", part_of=ALL)
REGIONS = tuple(
    Place("SMETS2+", region, region, part_of="SMETS2+") for region in ("North", "Central", "South")
)
WHOLE = Place(ALL, ALL, ALL, is_total=True)
PLACES = (
    WHOLE,
    SMETS1,
    Place("SMETS2+", ALL, "SMETS2+", part_of=ALL, is_total=True),
    *REGIONS,
    Place(UNKNOWN, ALL, "Unknown device", part_of=ALL),
)
CHARTED = (SMETS1, *REGIONS)


def measure_name(process: str, place: Place = WHOLE, device_type: str = ALL) -> str:
    """The printed name of a level: RSVP-M3 Pre-Payment, North."""
    splits = [part for part in (device_type, place.name) if part != ALL]
    return ", ".join((f"{LEVEL} {process}", *splits))


def level_line(
    row: Row, names: Sequence[Cell], measure: str, facts: Iterable[tuple[str, str]] = ()
) -> Line:
    """A level in the columns of `level_columns`, after the cells that name it."""
    return Line(
        (
            *names,
            counted(row, "denominator"),
            counted(row, "numerator"),
            fmt.level(row.number("value"), row.words("value_text"), "percent"),
            target(row),
            fmt.limit(row.number("minimum"), "percent"),
            fmt.status(row.words("status")),
        ),
        measure=measure,
        facts=(
            ("unit", "percent"),
            ("direction", row.text("direction")),
            ("formula", "ratio"),
            *facts,
        ),
    )


def level_columns(*names: Column) -> tuple[Column, ...]:
    """Columns of every table of levels, after those that name a row."""
    return (
        *names,
        column("denominator", "With a target time", Kind.COUNT, weight=1.1),
        column("numerator", "Answered within it", Kind.COUNT, weight=1.1),
        column("level", "Level", Kind.PERCENT),
        column("target", "Target", Kind.PERCENT),
        column("minimum", "Minimum", Kind.PERCENT),
        column("status", "Status", Kind.STATUS, weight=1.3),
    )


def target(row: Row) -> Cell:
    """The target of a level; none agreed is said, not left open."""
    value = row.number("target")
    return fmt.words(NO_TARGET, Kind.PERCENT) if value is None else fmt.percent(value)


def counted(row: Row, name: str) -> Cell:
    """A count behind a level: where nothing happened it is 0, where it was not told it is open."""
    value = row.number(name)
    if value is not None:
        return fmt.count(value)
    if row.words("value_text") == NO_EVENTS:
        return fmt.count(0)
    return fmt.not_applicable(Kind.COUNT)


def levels(context: Context, process: str, slug: str) -> Table | None:
    """RSVP-M3 by generation and region."""
    lines = [
        level_line(row, (fmt.text(place.name),), measure_name(process, place), place.facts())
        for place in PLACES
        if (row := context.process_measure(_key(LEVEL, process, place))) is not None
    ]
    if not lines:
        return None
    return Table(
        f"{slug}_level",
        f"{process}: responses within the Target Response Time, by region",
        level_columns(column("region", "Region", weight=1.2)),
        tuple(_emphasised(lines)),
        ("pmr_measures",),
        content="measures",
        dash_note=LEVEL_DASH,
    )


def device_levels(
    context: Context, process: str, slug: str, device_types: Sequence[str]
) -> Table | None:
    """RSVP-M3 for single device types, where a process is judged by them."""
    lines = [
        level_line(
            row,
            (fmt.text(device_type), fmt.text(place.name)),
            measure_name(process, place, device_type),
        )
        for device_type in device_types
        for place in PLACES
        if (row := context.process_measure(_key(LEVEL, process, place, device_type))) is not None
    ]
    if not lines:
        return None
    return Table(
        f"{slug}_devices",
        f"{process}: responses within the Target Response Time, by device type and region",
        level_columns(column("device_type", "Device type"), column("region", "Region", weight=1.1)),
        tuple(lines),
        ("pmr_measures",),
        content="measures",
        dash_note=LEVEL_DASH,
    )


def _key(
    measure_id: str, process: str, place: Place, device_type: str = ALL, scope: str = ALL
) -> ProcessKey:
    return ProcessKey(measure_id, process, place.smets, place.region, device_type, scope)


def _emphasised(lines: Iterable[Line]) -> list[Line]:
    """The lines, with the total of all of them set apart."""
    return [
        Line(one.cells, Role.TOTAL, one.measure, one.facts) if one.fact("total_of") == ALL else one
        for one in lines
    ]


def _figure(context: Context, key: ProcessKey, unit: str) -> Cell:
    """A figure of `pmr_measures`; a dash where it has none."""
    row = context.process_measure(key)
    if row is None:
        return fmt.not_applicable(fmt.unit_kind(unit))
    return fmt.level(row.number("value"), row.words("value_text"), unit)


def volumes(rows: Iterable[Row]) -> dict[tuple[str, str], Row]:
    """Rows of `rsvp_monthly` with any request, by generation and region."""
    return {(row.text("smets"), row.text("region")): row for row in rows if row.whole("volume") > 0}


def speed(context: Context, process: str, slug: str, rows: Iterable[Row]) -> Table:
    """Volume, speed and delivery by region, the interim speed beside the round trip."""
    found = volumes(rows)
    lines: list[Line] = []
    for place in PLACES:
        row = found.get((place.smets, place.region))
        if row is None:
            continue
        interim = context.process_measure(_key("RSVP-M7", process, place))
        value = None if interim is None else interim.number("value")
        lines.append(
            Line(
                (
                    fmt.text(place.name),
                    _figure(context, _key("RSVP-M4", process, place), "count"),
                    *(_figure(context, _key(name, process, place), "seconds") for name in SPEEDS),
                    fmt.limit(value, "seconds"),
                    fmt.count(row.whole("delivery_failures")),
                    _figure(context, _key("RSVP-M5", process, place), "percent"),
                ),
                facts=place.facts(),
            )
        )
    return Table(
        f"{slug}_speed",
        f"{process}: volume, round-trip time and delivery, by region",
        (
            column("region", "Region", weight=1.3),
            summed("volume", "Requests", weight=1.1),
            column("mean", "Mean RTT (s)", Kind.SECONDS),
            column("median", "Median RTT (s)", Kind.SECONDS),
            column("shortest", "Shortest RTT (s)", Kind.SECONDS),
            column("longest", "Longest RTT (s)", Kind.SECONDS),
            column("interim", "Interim speed (s)", Kind.SECONDS),
            summed("undelivered", "Not delivered"),
            column("undelivered_pct", "Share not delivered", Kind.PERCENT, weight=1.1),
        ),
        tuple(_emphasised(lines)),
        ("pmr_measures", "rsvp_monthly"),
        notes=(
            "RTT: round-trip time, Home Area Network included. Interim speed leaves that network "
            "out: a test message's time plus the processing of the request. Regions without "
            "requests are left out.",
        ),
        dash_note="A dash stands where there is no interim speed: SMETS1 has none, nor has a "
        "region without answered test messages.",
    )


def responses(context: Context, process: str, slug: str, rows: Iterable[Row]) -> Table:
    """The four response categories: counts, and their shares of the requests."""
    found = volumes(rows)
    names = (
        "received_successful",
        "received_unsuccessful",
        "not_received_successful",
        "not_received_unsuccessful",
    )
    lines: list[Line] = []
    for place in PLACES:
        row = found.get((place.smets, place.region))
        if row is None:
            continue
        cells: list[Cell] = []
        for name, measure in zip(names, CATEGORIES, strict=True):
            cells.append(fmt.count(row.whole(name)))
            cells.append(_figure(context, _key(measure, process, place), "percent"))
        lines.append(
            Line(
                (fmt.text(place.name), *cells, fmt.count(row.whole("volume"))),
                facts=place.facts(),
            )
        )
    return Table(
        f"{slug}_response",
        f"{process}: requests by response and code, by region",
        (
            column("region", "Region", weight=1.3),
            summed("rs", "Answer, success"),
            column("rs_pct", "Answer, success %", Kind.PERCENT),
            summed("ru", "Answer, other"),
            column("ru_pct", "Answer, other %", Kind.PERCENT),
            summed("ns", "No answer, success"),
            column("ns_pct", "No answer, success %", Kind.PERCENT),
            summed("nu", "No answer, other"),
            column("nu_pct", "No answer, other %", Kind.PERCENT),
            summed("volume", "Requests", weight=1.05),
        ),
        tuple(_emphasised(lines)),
        ("rsvp_monthly", "pmr_measures"),
        row_total="volume",
        notes=(
            "Answer: a response was received. Success: its code is I0 or I99; other: any other "
            "code, or none. The percentages are of the requests.",
        ),
        dash_note="A dash stands where there is no figure.",
    )


def timing(context: Context, process: str, slug: str, rows: Sequence[Row]) -> Table | None:
    """Level and speed by timing class: a target of a day says little beside one of seconds."""
    found = {row.text("timing_class"): row for row in rows}
    lines: list[Line] = []
    for timing_class, name in TIMING.items():
        row = found.get(timing_class)
        if row is None:
            continue
        share = context.process_measure(ProcessKey("RSVP-M8-TRT", process, scope=timing_class))
        mean = ProcessKey("RSVP-M8-MEAN", process, scope=timing_class)
        lines.append(
            Line(
                (
                    fmt.text(name),
                    fmt.count(row.whole("volume")),
                    fmt.count(row.whole("with_trt")),
                    fmt.count(row.whole("within_trt")),
                    fmt.not_applicable(Kind.PERCENT)
                    if share is None
                    else fmt.level(share.number("value"), share.words("value_text"), "percent"),
                    _figure(context, mean, "seconds"),
                    fmt.limit(row.number("median_rtt_seconds"), "seconds"),
                ),
                measure=f"RSVP-M8-TRT {process}, {name}",
                facts=(("unit", "percent"), ("formula", "ratio"), ("part_of", ALL)),
            )
        )
    whole = found.get(ALL)
    if not lines or whole is None:
        return None
    return Table(
        f"{slug}_timing",
        f"{process}: responses within the Target Response Time and speed, by timing class",
        (
            column("timing", "Timing class", weight=1.4),
            summed("volume", "Requests"),
            summed("denominator", "With a target time"),
            summed("numerator", "Answered within it"),
            column("level", "Share within it", Kind.PERCENT),
            column("mean", "Mean RTT (s)", Kind.SECONDS),
            column("median", "Median RTT (s)", Kind.SECONDS),
        ),
        (_part(process, (fmt.text(ALL),), whole), *lines),
        ("pmr_measures", "rsvp_monthly"),
        content="measures",
        dash_note=SPLIT_DASH,
    )


def _part(process: str, names: Sequence[Cell], row: Row, part: str = ALL) -> Line:
    """A part of a process, or all of it: volume, level and speed after the cells that name it."""
    nothing = NO_EVENTS if row.whole("with_trt") == 0 else None
    is_whole = part == ALL
    return Line(
        (
            *names,
            fmt.count(row.whole("volume")),
            fmt.count(row.whole("with_trt")),
            fmt.count(row.whole("within_trt")),
            fmt.level(row.number("within_trt_pct"), nothing, "percent"),
            fmt.limit(row.number("mean_rtt_seconds"), "seconds"),
            fmt.limit(row.number("median_rtt_seconds"), "seconds"),
        ),
        Role.TOTAL if is_whole else Role.BODY,
        measure_name(process) if is_whole else f"{measure_name(process)}, {part}",
        (("unit", "percent"), ("formula", "ratio"), ("total_of" if is_whole else "part_of", ALL)),
    )


def _share(row: Row, name: str) -> Cell:
    return fmt.limit(row.number(name), "percent")


def split(
    table_id: str,
    process: str,
    by: str,
    names: Sequence[Column],
    rows: Mapping[str, tuple[Sequence[Cell], Row]],
) -> Table:
    """Volume, level, speed and delivery of the parts of a process and of all of it.

    Args:
        table_id: id of the table.
        process: the process.
        by: what its parts are ("device type").
        names: the columns that name a part.
        rows: part, or All → the cells that name it and its row of `rsvp_monthly`.
    """
    return Table(
        table_id,
        f"{process}: indicators by {by}",
        (
            *names,
            summed("volume", "Requests"),
            summed("denominator", "With a target time"),
            summed("numerator", "Answered within it"),
            column("level", "Share within it", Kind.PERCENT),
            column("mean", "Mean RTT (s)", Kind.SECONDS),
            column("median", "Median RTT (s)", Kind.SECONDS),
            column("undelivered_pct", "Share not delivered", Kind.PERCENT),
        ),
        tuple(
            _with_delivery(_part(process, cells, row, part), row)
            for part, (cells, row) in rows.items()
        ),
        ("rsvp_monthly",),
        content="measures",
        dash_note=SPLIT_DASH,
    )


def _with_delivery(one: Line, row: Row) -> Line:
    cells = (*one.cells, _share(row, "delivery_failure_pct"))
    return Line(cells, one.role, one.measure, one.facts)


def counts(
    table_id: str,
    caption: str,
    names: Sequence[Column],
    rows: Sequence[tuple[Sequence[Cell], Row, tuple[tuple[str, str], ...]]],
) -> Table:
    """Requests that no process claims: how many, and how many were not delivered."""
    return Table(
        table_id,
        caption,
        (
            *names,
            summed("volume", "Requests"),
            summed("undelivered", "Not delivered"),
            column("undelivered_pct", "Share not delivered", Kind.PERCENT),
        ),
        tuple(
            _emphasised(
                Line(
                    (
                        *cells,
                        fmt.count(row.whole("volume")),
                        fmt.count(row.whole("delivery_failures")),
                        _share(row, "delivery_failure_pct"),
                    ),
                    facts=facts,
                )
                for cells, row, facts in rows
            )
        ),
        ("rsvp_monthly",),
        dash_note=SPLIT_DASH,
    )


def credential_pairs(context: Context) -> Table | None:
    """How many credential requests came in complete pairs (rule A10)."""
    places = {(place.smets, place.region): place for place in PLACES}
    order = {key: at for at, key in enumerate(places)}
    rows = [
        row
        for row in context.marts.rows("credential_pairs", "srv, smets, region")
        if (row.text("smets"), row.text("region")) in places
    ]
    if not rows:
        return None
    rows.sort(
        key=lambda row: (
            row.text("srv") != ALL,
            row.text("srv"),
            order[row.text("smets"), row.text("region")],
        )
    )
    return Table(
        "credential_pairs",
        "Credential requests in complete pairs, by SRV and region",
        (
            column("srv", "SRV"),
            column("region", "Region", weight=1.2),
            column("requests", "Requests", Kind.COUNT),
            column("in_pairs", "In complete pairs", Kind.COUNT),
            column("share", "Share in complete pairs", Kind.PERCENT),
        ),
        tuple(
            line(
                fmt.text(row.text("srv")),
                fmt.text(places[row.text("smets"), row.text("region")].name),
                fmt.count(row.whole("requests")),
                fmt.count(row.whole("in_complete_pairs")),
                _share(row, "complete_pct"),
            )
            for row in rows
        ),
        ("credential_pairs",),
        notes=("A pair: two requests of the same SRV to the same device on the same day.",),
        dash_note="A dash stands where there was no request.",
    )
