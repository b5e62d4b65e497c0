"""Parts of business processes: iterations, missed target times of installations, meter reads.

Belongs here: tables of BP-ITER, IC1 and B1 with what a reader must know of them. Does not belong
here: the other tables of a process (`process_tables.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context, ProcessKey
from orchestration.report.document import (
    Block,
    Cell,
    Column,
    Kind,
    Line,
    Paragraph,
    Role,
    Section,
    Statement,
    Table,
)
from orchestration.report.marts import Row
from orchestration.report.sections.process_tables import (
    CHARTED,
    LEVEL_DASH,
    PLACES,
    WHOLE,
    Place,
    counted,
    target,
)
from orchestration.report.sections.wording import (
    PREVIOUS,
    PREVIOUS_DASH,
    column,
    commentary_blocks,
    previous,
    say,
    strong,
    summed,
)

LOOK_BACK_DAYS = 60
MISSED, FAILED, SILENT, IN_A_DAY = "IC1", "B1", "B1-SILENT", "B1-24H"
IC1_PLACES = tuple(place for place in PLACES if place.smets == "SMETS2+")
Cells = dict[tuple[str, str, str], Row]
"""SRV, generation and region → the figure of a measure."""


def iterations(context: Context) -> list[Block]:
    """BP-ITER of every process, across regions."""
    context.show_family("BP-ITER")
    lines: list[Line] = []
    for process in context.processes:
        rows = [
            context.process_measure(ProcessKey("BP-ITER", process, place.smets, place.region))
            for place in (WHOLE, *CHARTED)
        ]
        if any(row is not None for row in rows):
            lines.append(Line((fmt.text(process), *(_share(row) for row in rows))))
    if not lines:
        return []
    return [
        Table(
            "process_iterations",
            "Iterations with a failure or no response, by business process and region",
            (
                column("process", "Business process", weight=2.4),
                *(
                    column(place.name.lower(), place.name, Kind.PERCENT)
                    for place in (WHOLE, *CHARTED)
                ),
            ),
            tuple(lines),
            ("pmr_measures",),
            notes=(
                "An iteration is all requests of one process that one User sent to one Home Area "
                "Network on one day. It failed when any was not delivered or has no response.",
            ),
            dash_note="A dash stands where a process does not exist for the generation.",
        )
    ]


def install_times(context: Context) -> Section | None:
    """IC1, for Install and Commission."""
    cells = _measure(context, MISSED)
    if not cells:
        return None
    lines = [
        _line(MISSED, row, (fmt.text(place.name),), place, is_total=place.is_total)
        for place in IC1_PLACES
        if (row := cells.get((ALL, place.smets, place.region))) is not None
    ]
    return Section(
        "install-times",
        "Missed Target Response Times",
        (
            say(
                "Share of the common Service Requests of Install and Commission that missed their "
                "Target Response Time, SMETS2+ alone. A request without response missed it."
            ),
            *_said(
                "Missed their Target Response Time", cells.get((ALL, "SMETS2+", ALL)),
                f"{MISSED}, SMETS2+",
            ),
            _levels(
                "install_times",
                "Install and Commission: requests that missed their Target Response Time",
                column("region", "Region", weight=1.2),
                ("With a target time", "Missed it"),
                lines,
            ),
            *commentary_blocks(context, MISSED, "Missed Target Response Times"),
        ),
    )  # fmt: skip


def meter_reads(context: Context) -> Section | None:
    """B1 by region and SRV; scheduled reads, and those of silent devices, apart."""
    cells = _measure(context, FAILED)
    for measure in (SILENT, IN_A_DAY):
        _measure(context, measure)
    rows = context.marts.rows("meter_reads", "srv, smets, region")
    if not rows:
        return None
    found = {(row.text("srv"), row.text("smets"), row.text("region")): row for row in rows}
    history = rows[0].whole("history_days")
    by_region = [
        _line(
            FAILED,
            row,
            (fmt.text(place.name),),
            place,
            is_total=place == WHOLE,
            with_previous=True,
        )
        for place in PLACES
        if (row := cells.get((ALL, place.smets, place.region))) is not None
    ]
    srvs = [srv for srv in context.processes.get("Meter Reads", []) if (srv, ALL, ALL) in cells]
    by_srv = [_line(FAILED, cells[srv, ALL, ALL], (fmt.text(srv),), _SRV, srv=srv) for srv in srvs]
    if (ALL, ALL, ALL) in cells:
        by_srv.insert(
            0, _line(FAILED, cells[ALL, ALL, ALL], (fmt.text(ALL),), WHOLE, is_total=True)
        )
    counts = ("Reads", "Failed")
    return Section(
        "meter-reads",
        "Meter reads",
        (
            say(
                "A device is silent when it was asked for a read on the 60 days before and gave "
                "no successful response. Requests to silent devices are counted apart. Of the 60 "
                "days before the month, the extracts of ",
                strong(f"{history}"),
                " have landed."
                if history == LOOK_BACK_DAYS
                else " have landed; a device that answered on another day may be taken for silent.",
            ),
            *_said("Returned a failure or nothing", cells.get((ALL, ALL, ALL)), FAILED),
            _levels(
                "meter_reads_by_region",
                "Meter reads that returned a failure or nothing, by region",
                column("region", "Region", weight=1.2),
                counts,
                by_region,
                with_previous=True,
            ),
            *commentary_blocks(context, FAILED, "Meter reads"),
            _levels(
                "meter_reads_by_srv",
                "Meter reads that returned a failure or nothing, by Service Request Variant",
                column("srv", "SRV"),
                counts,
                by_srv,
            ),
            _apart(
                [
                    (place, found[ALL, place.smets, place.region])
                    for place in PLACES
                    if (ALL, place.smets, place.region) in found
                ]
            ),
        ),
    )


_SRV = Place(ALL, ALL, ALL, part_of=ALL)
"""A Service Request Variant, as part of all of them."""


def _levels(
    name: str,
    caption: str,
    first: Column,
    counts: tuple[str, str],
    lines: Sequence[Line],
    *,
    with_previous: bool = False,
) -> Table:
    of_what, counted_as = counts
    return Table(
        name,
        caption,
        (
            first,
            summed("denominator", of_what, weight=1.1),
            summed("numerator", counted_as),
            *((PREVIOUS,) if with_previous else ()),
            column("level", "Level", Kind.PERCENT),
            column("target", "Target", Kind.PERCENT, weight=1.2),
            column("minimum", "Minimum", Kind.PERCENT),
            column("status", "Status", Kind.STATUS, weight=1.3),
        ),
        tuple(lines),
        ("pmr_measures",),
        content="measures",
        dash_note=f"{LEVEL_DASH} {PREVIOUS_DASH}" if with_previous else LEVEL_DASH,
    )


def _line(
    measure: str,
    row: Row,
    names: tuple[Cell, ...],
    place: Place,
    *,
    srv: str = ALL,
    is_total: bool = False,
    with_previous: bool = False,
) -> Line:
    """A level with its counts; named by its splits: B1, North."""
    splits = (part for part in (srv, place.name) if part != ALL)
    return Line(
        (
            *names,
            counted(row, "denominator"),
            counted(row, "numerator"),
            *((previous(row),) if with_previous else ()),
            _share(row),
            target(row),
            fmt.limit(row.number("minimum"), "percent"),
            fmt.status(row.words("status")),
        ),
        Role.TOTAL if is_total else Role.BODY,
        ", ".join((measure, *splits)),
        (
            ("unit", "percent"),
            ("direction", row.text("direction")),
            ("formula", "ratio"),
            *place.facts(),
        ),
    )


def _said(named: str, row: Row | None, measure: str) -> list[Paragraph]:
    """The level over all regions in a sentence; the rules hold it against the table."""
    if row is None or row.number("value") is None:
        return []
    level, status = _share(row).text, row.words("status")
    states = [Statement(measure, level, status, named)]
    if status is not None:
        return [say(f"{named}: ", strong(level), ", ", strong(status), ".", states=states)]
    end = ". No target is agreed." if row.number("target") is None else "."
    return [say(f"{named}: ", strong(level), end, states=states)]


def _apart(rows: Sequence[tuple[Place, Row]]) -> Table:
    return Table(
        "meter_reads_apart",
        "Scheduled meter reads, and reads of silent devices, by region",
        (
            column("region", "Region", weight=1.2),
            summed("scheduled", "Scheduled"),
            summed("in_time", "Within 24 h"),
            column("in_time_pct", "Share within 24 h", Kind.PERCENT),
            summed("silent", "Reads of silent devices", weight=1.2),
        ),
        tuple(
            Line(
                (
                    fmt.text(place.name),
                    fmt.count(row.whole("scheduled")),
                    fmt.count(row.whole("scheduled_within_24h")),
                    fmt.limit(row.number("scheduled_within_24h_pct"), "percent"),
                    fmt.count(row.whole("silent_device_requests")),
                ),
                Role.TOTAL if place == WHOLE else Role.BODY,
                facts=place.facts(),
            )
            for place, row in rows
        ),
        ("meter_reads",),
        dash_note="A dash stands where there is no read to take a share of.",
    )


def _measure(context: Context, measure_id: str) -> Cells:
    """The cells of a measure by SRV and place; marks it as shown where it has any."""
    rows = context.marts.rows("pmr_measures", "srv, smets, region", {"measure_id": (measure_id,)})
    if rows:
        context.shown.add(measure_id)
    return {(row.text("srv"), row.text("smets"), row.text("region")): row for row in rows}


def _share(row: Row | None) -> Cell:
    if row is None:
        return fmt.not_applicable(Kind.PERCENT)
    return fmt.level(row.number("value"), row.words("value_text"), "percent")
