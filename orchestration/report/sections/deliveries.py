"""Part of the section on alerts: delivered in time, late by code, and how long power alerts took.

Belongs here: A1 and what stands behind it. Does not belong here: volumes, days and legs of alerts
(`alerts.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from orchestration.report import charts
from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context
from orchestration.report.document import Block, Cell, Kind, Line, Role, Section, Table
from orchestration.report.marts import Row
from orchestration.report.sections.process_tables import (
    CHARTED,
    LEVEL_DASH,
    NO_EVENTS,
    PLACES,
    UNKNOWN,
    WHOLE,
    Place,
    target,
)
from orchestration.report.sections.wording import (
    PREVIOUS,
    PREVIOUS_DASH,
    column,
    commentary_blocks,
    previous,
    say,
    summed,
)

LEVEL, LATE = "A1", "A1-FAIL"
BANDS = {
    "A1-POWER-60S": "Up to 60 s",
    "A1-POWER-5M": "Up to 5 min",
    "A1-POWER-1H": "Up to 1 h",
    "A1-POWER-LATER": "Later",
    "A1-POWER-NEVER": "Never",
}
CHARTED_BANDS = charts.Bands(
    names=tuple(BANDS.values()),
    whole="To be delivered",
    counted="Alerts",
    panel="All that were to be delivered, per cent",
    rest="The late ones alone, per cent of all",
)
NOT_LISTED = "Not in the list of alert codes"
Cells = Mapping[tuple[str, str, str, str], Row]
"""(measure, scope, generation, region) → its figure."""
Deliveries = Mapping[tuple[str, str, str], Row]
"""(code, generation, region) → its row of `alert_delivery`."""


def section(context: Context) -> Section:
    """A1 by region, late alerts by code, and the bands of power alerts."""
    measures = {LEVEL, LATE, *BANDS}
    cells: Cells = {
        (row.text("measure_id"), row.text("scope"), row.text("smets"), row.text("region")): row
        for row in context.measures
        if row.text("measure_id") in measures
    }
    context.shown.update(measure for measure, *_ in cells)
    deliveries: Deliveries = {
        (row.text("alert_code"), row.text("smets"), row.text("region")): row
        for row in context.marts.rows("alert_delivery", "alert_code, smets, region")
    }
    blocks: list[Block] = [
        say(
            "An alert is on time when it was sent to the User at most 60 seconds after it was "
            "raised. Alerts that were suppressed, as in an alert storm, or exempt are left out of "
            "the measure; one that was never sent is late."
        )
    ]
    blocks.extend(_levels(cells, deliveries))
    blocks.extend(commentary_blocks(context, LEVEL, "Alerts delivered within 60 seconds"))
    if deliveries:
        blocks.extend(_late(deliveries))
        blocks.extend(_power(cells))
    return Section("alert-delivery", "Delivered in time", tuple(blocks))


# --- A1 ------------------------------------------------------------------------------------------


def _levels(cells: Cells, deliveries: Deliveries) -> list[Block]:
    lines = [
        _level_line(place, row, deliveries.get((ALL, place.smets, place.region)))
        for place in PLACES
        if (row := cells.get((LEVEL, ALL, place.smets, place.region))) is not None
    ]
    if not lines:
        return [say("No figure of alert delivery is there for this month.")]
    counts = [
        _count_line(place, row, deliveries.get((ALL, place.smets, place.region)))
        for place in PLACES
        if (row := cells.get((LEVEL, ALL, place.smets, place.region))) is not None
    ]
    return [
        Table(
            "alert_delivery",
            "Alerts delivered within 60 seconds, by region",
            (
                column("region", "Region", weight=1.3),
                summed("denominator", "To be delivered", weight=1.1),
                summed("numerator", "On time"),
                PREVIOUS,
                column("level", "Level", Kind.PERCENT),
                column("target", "Target", Kind.PERCENT, weight=1.1),
                column("minimum", "Minimum", Kind.PERCENT),
                column("status", "Status", Kind.STATUS, weight=1.3),
            ),
            tuple(lines),
            ("pmr_measures", "alert_delivery"),
            content="measures",
            dash_note=f"{LEVEL_DASH} {PREVIOUS_DASH}",
        ),
        Table(
            "alert_counts",
            "Alerts raised, left out and to be delivered, by region",
            (
                column("region", "Region", weight=1.3),
                summed("raised", "Raised"),
                summed("suppressed", "Suppressed"),
                summed("exempt", "Exempt"),
                summed("denominator", "To be delivered"),
                summed("numerator", "On time"),
                summed("late", "Late or never"),
            ),
            tuple(counts),
            ("pmr_measures", "alert_delivery"),
            dash_note="A dash stands for a count that there is not.",
        ),
    ]


def _level_line(place: Place, row: Row, delivered: Row | None) -> Line:
    inputs = _counted(row, delivered)
    return Line(
        (
            fmt.text(place.name),
            inputs["eligible"],
            inputs["on_time"],
            previous(row),
            fmt.level(row.number("value"), row.words("value_text"), "percent"),
            target(row),
            fmt.limit(row.number("minimum"), "percent"),
            fmt.status(row.words("status")),
        ),
        Role.TOTAL if place == WHOLE else Role.BODY,
        measure=LEVEL if place == WHOLE else f"{LEVEL}, {place.name}",
        facts=(
            ("unit", "percent"),
            ("direction", row.text("direction")),
            ("formula", "ratio"),
            *place.facts(),
        ),
    )


def _count_line(place: Place, row: Row, delivered: Row | None) -> Line:
    return Line(
        (fmt.text(place.name), *_counted(row, delivered).values()),
        Role.TOTAL if place == WHOLE else Role.BODY,
        facts=place.facts(),
    )


def _counted(row: Row, delivered: Row | None) -> dict[str, Cell]:
    """The counts of a place; of one whose level is in words, those of the level are open."""
    is_nothing = row.words("value_text") == NO_EVENTS

    def count(name: str) -> Cell:
        """A count of the mart; a place in which nothing happened has no row there."""
        if delivered is not None:
            return fmt.count(delivered.whole(name))
        return fmt.count(0) if is_nothing else fmt.not_applicable(Kind.COUNT)

    has_level = row.number("value") is not None
    return {
        **{name: count(name) for name in ("raised", "suppressed", "exempt")},
        **{
            name: count(name) if has_level or is_nothing else fmt.not_applicable(Kind.COUNT)
            for name in ("eligible", "on_time", "late")
        },
    }


# --- late alerts by code -------------------------------------------------------------------------


def _late(deliveries: Deliveries) -> list[Block]:
    whole = {
        code: row
        for (code, smets, region), row in deliveries.items()
        if (smets, region) == (ALL, ALL)
    }
    codes = sorted(
        (code for code, row in whole.items() if code != ALL and row.whole("late") > 0),
        key=lambda code: (-whole[code].whole("late"), code),
    )
    if not codes:
        return [say("No alert of the month was late.")]
    places = [
        place
        for place in PLACES
        if place in CHARTED or (place.smets == UNKNOWN and (ALL, UNKNOWN, ALL) in deliveries)
    ]

    def one(code: str, name: str, role: Role) -> Line:
        row = whole[code]
        parts = (deliveries.get((code, place.smets, place.region)) for place in places)
        return Line(
            (
                fmt.text(name),
                fmt.text(row.words("meaning") or ("" if code == ALL else NOT_LISTED)),
                *(fmt.count(0 if part is None else part.whole("late")) for part in parts),
                fmt.count(row.whole("late")),
                fmt.count(row.whole("never")),
                fmt.count(row.whole("eligible")),
                fmt.limit(row.number("on_time_pct"), "percent"),
            ),
            role,
        )

    return [
        Table(
            "alert_late",
            "Late alerts by code, most frequent first, and region",
            (
                column("code", "Code", weight=0.9),
                column("meaning", "Meaning", weight=2.2),
                *(summed(place.name.lower(), place.name) for place in places),
                summed("late", "All late"),
                column("never", "Of these never sent", Kind.COUNT, weight=1.1),
                column("eligible", "To be delivered", Kind.COUNT, weight=1.1),
                column("on_time", "On time", Kind.PERCENT),
            ),
            (*(one(code, code, Role.BODY) for code in codes), one(ALL, "All codes", Role.TOTAL)),
            ("alert_delivery",),
            row_total="late",
            notes=("Codes without a late alert are left out; All codes has them.",),
        )
    ]


# --- power outage and restoration ----------------------------------------------------------------


def _power(cells: Cells) -> list[Block]:
    first = next(iter(BANDS))
    codes = sorted(
        scope
        for measure, scope, smets, region in cells
        if measure == first and (smets, region) == (ALL, ALL) and scope != ALL
    )
    by_code = [
        (code, bands) for code in (*codes, ALL) if (bands := _bands(cells, code, WHOLE)) is not None
    ]
    if not codes:
        return [say("No power outage or restoration alert is in the extracts of the month.")]
    by_place = [
        (place, bands)
        for place in PLACES
        if (bands := _bands(cells, ALL, place)) is not None and bands[0].words("value_text")
    ]
    drawn = (
        ("power-delivery", "code", "Code", _drawn([(_code(code), own) for code, own in by_code])),
        (
            "power-delivery-region",
            "region",
            "Region",
            _drawn([(place.name, own) for place, own in by_place if place in CHARTED]),
        ),
    )
    figures = (
        charts.bands_figure(
            name,
            f"Power outage and restoration alerts: time to deliver, by {words}",
            header,
            CHARTED_BANDS,
            bars,
        )
        for name, words, header, bars in drawn
    )
    return [
        say(
            "AD1 says that power failed, 8F35 and 8F36 that it came back. The bands are of the "
            "time from raised to sent; each is without the ones before it, and together they are "
            "all alerts that were to be delivered."
        ),
        *(figure for figure in figures if figure is not None),
        _power_table(
            "power_delivery_code",
            "code",
            "Code",
            [
                Line(
                    (fmt.text(_code(code)), *_counts(own)), Role.TOTAL if code == ALL else Role.BODY
                )
                for code, own in by_code
            ],
        ),
        _power_table(
            "power_delivery_region",
            "region",
            "Region",
            [
                Line(
                    (fmt.text(place.name), *_counts(own)),
                    Role.TOTAL if place == WHOLE else Role.BODY,
                    facts=place.facts(),
                )
                for place, own in by_place
            ],
        ),
    ]


def _code(code: str) -> str:
    return "All" if code == ALL else code


def _bands(cells: Cells, scope: str, place: Place) -> list[Row] | None:
    """The figures of a cell, a band each; None when it has none."""
    found = [cells.get((band, scope, place.smets, place.region)) for band in BANDS]
    rows = [row for row in found if row is not None]
    return rows if len(rows) == len(BANDS) else None


def _whole(row: Row, name: str) -> int:
    return int(row.number(name) or 0)


def _share(row: Row) -> Cell:
    return fmt.level(row.number("value"), row.words("value_text"), "percent")


def _drawn(bars: Sequence[tuple[str, list[Row]]]) -> list[charts.Banded]:
    return [
        charts.Banded(
            name,
            _whole(rows[0], "denominator"),
            tuple(_whole(row, "numerator") for row in rows),
            tuple(_share(row) for row in rows),
        )
        for name, rows in bars
    ]


def _counts(rows: Sequence[Row]) -> list[Cell]:
    return [
        fmt.count(_whole(rows[0], "denominator")),
        *(cell for row in rows for cell in (fmt.count(_whole(row, "numerator")), _share(row))),
    ]


def _power_table(name: str, words: str, header: str, lines: Sequence[Line]) -> Table:
    return Table(
        name,
        f"Power outage and restoration alerts by time to deliver, and {words}",
        (
            column(words, header, weight=1.2),
            summed("eligible", "To be delivered", weight=1.1),
            *(
                one
                for place, band in enumerate(BANDS.values(), start=1)
                for one in (
                    summed(f"band_{place}", band),
                    column(f"band_{place}_pct", f"{band} %", Kind.PERCENT),
                )
            ),
        ),
        tuple(lines),
        ("pmr_measures",),
        row_total="eligible",
    )
