"""Parts of business processes: iterations, missed target times of installations, meter reads.

Belongs here: tables of BP-ITER, IC1 and B1 with what a reader must know of them. Does not belong
here: the other tables of a process (`process_tables.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context, ProcessKey
from orchestration.report.document import Block, Cell, Column, Kind, Line, Section, Table
from orchestration.report.marts import Row
from orchestration.report.sections.process_tables import CHARTED, PLACES, WHOLE
from orchestration.report.sections.wording import column, commentary_blocks, say, strong

LOOK_BACK_DAYS = 60
DASH = "A dash stands where there is no figure."
IC1_PLACES = tuple(place for place in PLACES if place.smets == "SMETS2+")


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
            lines.append(Line((fmt.text(process), *(_level(row, "percent") for row in rows))))
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
    rows = _measure(context, "IC1")
    if not rows:
        return None
    lines = tuple(
        Line((fmt.text(place.name), _level(rows.get((ALL, place.smets, place.region)), "percent")))
        for place in IC1_PLACES
    )
    return Section(
        "install-times",
        "Missed Target Response Times",
        (
            say(
                "Share of the common Service Requests of Install and Commission that missed their "
                "Target Response Time, SMETS2+ alone. A request without response missed it."
            ),
            Table(
                "install_times",
                "Install and Commission: requests that missed their Target Response Time",
                (
                    column("region", "Region", weight=1.2),
                    column("missed", "Missed", Kind.PERCENT),
                ),
                lines,
                ("pmr_measures",),
                dash_note=DASH,
            ),
            *commentary_blocks(context, "IC1", "Missed Target Response Times"),
        ),
    )


def meter_reads(context: Context) -> Section | None:
    """B1 by region and SRV, silent devices apart."""
    for measure in ("B1", "B1-SILENT", "B1-24H"):
        _measure(context, measure)
    rows = context.marts.rows("meter_reads", "srv, smets, region")
    if not rows:
        return None
    found = {(row.text("srv"), row.text("smets"), row.text("region")): row for row in rows}
    history = rows[0].whole("history_days")
    by_region = [
        ((fmt.text(place.name),), found[ALL, place.smets, place.region])
        for place in PLACES
        if (ALL, place.smets, place.region) in found
    ]
    by_srv = [
        ((fmt.text(srv),), found[srv, ALL, ALL])
        for srv in (ALL, *context.processes.get("Meter Reads", []))
        if (srv, ALL, ALL) in found
    ]
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
            _reads("meter_reads_by_region", "region", column("region", "Region"), by_region),
            _reads("meter_reads_by_srv", "SRV", column("srv", "SRV"), by_srv),
            *commentary_blocks(context, "B1", "Meter reads"),
        ),
    )


def _reads(
    name: str, by: str, first: Column, rows: Sequence[tuple[tuple[Cell, ...], Row]]
) -> Table:
    return Table(
        name,
        f"Meter reads that failed, and reads of silent devices, by {by}",
        (
            first,
            column("requests", "Reads", Kind.COUNT),
            column("failed", "Failed", Kind.COUNT),
            column("failed_pct", "Share failed", Kind.PERCENT),
            column("scheduled", "Scheduled", Kind.COUNT),
            column("in_time", "Within 24 h", Kind.COUNT),
            column("in_time_pct", "Share within 24 h", Kind.PERCENT),
            column("silent", "Reads of silent devices", Kind.COUNT, weight=1.2),
        ),
        tuple(
            Line(
                (
                    *names,
                    fmt.count(row.whole("requests")),
                    fmt.count(row.whole("failed")),
                    fmt.limit(row.number("failed_pct"), "percent"),
                    fmt.count(row.whole("scheduled")),
                    fmt.count(row.whole("scheduled_within_24h")),
                    fmt.limit(row.number("scheduled_within_24h_pct"), "percent"),
                    fmt.count(row.whole("silent_device_requests")),
                )
            )
            for names, row in rows
        ),
        ("meter_reads",),
        dash_note="A dash stands where there is no read to take a share of.",
    )


def _measure(context: Context, measure_id: str) -> dict[tuple[str, str, str], Row]:
    """The cells of a measure by SRV and place; marks it as shown where it has any."""
    rows = context.marts.rows("pmr_measures", "srv, smets, region", {"measure_id": (measure_id,)})
    if rows:
        context.shown.add(measure_id)
    return {(row.text("srv"), row.text("smets"), row.text("region")): row for row in rows}


def _level(row: Row | None, unit: str) -> Cell:
    if row is None:
        return fmt.not_applicable(fmt.unit_kind(unit))
    return fmt.level(row.number("value"), row.words("value_text"), unit)
