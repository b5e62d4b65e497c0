"""Part of section incidents: problem records by the report that first named them.

Belongs here: counts by report month and the list. Does not belong here: anything about incidents.
"""

from __future__ import annotations

from datetime import date

from orchestration.report import formatting as fmt
from orchestration.report.context import Context
from orchestration.report.document import Block, Cell, Kind, Line, Section, Table
from orchestration.report.marts import Row
from orchestration.report.sections.wording import column, line, say

ID = "problems"


def build(context: Context) -> Section:
    """Problems by report month, then one by one."""
    rows = context.marts.rows("problem_records", "report_month, problem_id")
    if not rows:
        return Section(
            ID, "Problems", (say("No Problem record relates to this or an earlier report."),)
        )
    blocks: list[Block] = []
    counts = _counts(context)
    if counts is not None:
        blocks.append(counts)
    blocks.append(_records(rows))
    return Section(ID, "Problems", tuple(blocks))


def _records(rows: list[Row]) -> Table:
    has_latest = any(row.words("latest") for row in rows)
    columns = [
        column("problem", "Problem", weight=1.75),
        column("month", "Report", Kind.MONTH, weight=0.95),
        column("incident", "Incident", weight=1.75),
        column("provider", "Provider", weight=1),
        column("title", "Title", weight=2.2),
        column("status", "State", weight=0.75),
        column("closed", "Closed in month", weight=0.8),
        column("target", "Target date", Kind.DATE, weight=1.2),
    ]
    if has_latest:
        columns.append(column("latest", "Latest", weight=2.4))
    return Table(
        "problem_records",
        "Problem records",
        tuple(columns),
        tuple(_line(row, has_latest=has_latest) for row in rows),
        ("problem_records",),
    )


def _line(row: Row, *, has_latest: bool) -> Line:
    target = row.day("target_date")
    cells = [
        fmt.text(row.text("problem_id")),
        _month(row.day("report_month")),
        fmt.text(row.words("incident_id")),
        fmt.text(row.text("provider")),
        fmt.text(row.text("title")),
        fmt.text(row.text("status")),
        fmt.yes_no(row.flag("closed_in_period")),
        Cell(Kind.DATE, "Not set") if target is None else fmt.day(target),
    ]
    if has_latest:
        cells.append(fmt.text(row.words("latest")))
    return line(*cells)


def _month(value: date | None) -> Cell:
    return Cell(Kind.MONTH, "Not given") if value is None else fmt.month(value)


def _counts(context: Context) -> Table | None:
    """Problems of each report month, as the mart counts them."""
    rows = context.marts.rows("problem_months", "report_month")
    context.show_family("PROB")
    if not rows:
        return None
    return Table(
        "problems_by_report",
        "Problem records by the report that first named them",
        (
            column("month", "Report", Kind.MONTH),
            column("related", "Related", Kind.COUNT),
            column("closed", "Closed in the month", Kind.COUNT),
            column("open", "Still open", Kind.COUNT),
        ),
        tuple(
            line(
                _month(row.day("report_month")),
                fmt.count(row.whole("related")),
                fmt.count(row.whole("closed_in_period")),
                fmt.count(row.whole("still_open")),
            )
            for row in rows
        ),
        ("problem_months",),
    )
