"""Section: incidents. CPM4 and CPM5 in their parts; aged, resolved, reopened, and left out.

Belongs here: the tables over all incidents. Does not belong here: Major Incident records
(`major_incidents.py`) and problems (`problems.py`), which are its last parts.
"""

from __future__ import annotations

from orchestration.report import charts, totals
from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context
from orchestration.report.document import Block, Cell, Column, Kind, Line, Role, Section, Table
from orchestration.report.marts import Row
from orchestration.report.sections import major_incidents, problems
from orchestration.report.sections.wording import column, line, previous, ref, say, summed

ID = "incidents"
CATEGORIES = ("1", "2", "3", "4", "5")
AFTER_AND_BEFORE = ("CPM4", "CPM4-BEFORE", "CPM5", "CPM5-BEFORE")
RESPONSIBLE = ("Service User", "Service Provider or DCC")


def build(context: Context) -> Section:
    """All that the incident marts say of the month."""
    return Section(
        ID,
        "Incidents",
        (
            say(
                "Code Performance Measures 4 and 5 count the Incidents of DCC responsibility "
                "that were "
                "closed in the month: the share resolved within the target time of their "
                "category. An "
                "Incident may be left out only for a reason on the agreed exceptions list."
            ),
        ),
        (
            _resolution(context),
            _resolved_not_closed(context),
            _aged(context),
            _reopened(context),
            _exclusions(context),
            major_incidents.build(context),
            problems.build(context),
        ),
    )


def _resolution(context: Context) -> Section:
    rows = sorted(
        context.marts.rows("incident_resolution", "category, smets"),
        key=lambda row: (row.text("category"), row.text("smets") == ALL, row.text("smets")),
    )
    blocks: list[Block] = []
    blocks.extend(_before_and_after(context))
    blocks.append(
        Table(
            "incident_resolution",
            "Incidents of DCC responsibility: raised, closed, and within their targets",
            (
                column("category", "Category", weight=1.3),
                column("smets", "Devices", weight=1.2),
                column("raised", "Raised", Kind.COUNT),
                column("closed_before", "Closed before exclusions", Kind.COUNT, weight=1.2),
                column("closed", "Closed", Kind.COUNT),
                column("response", "Response in target", Kind.COUNT, weight=1.2),
                column("response_share", "Share of responses", Kind.PERCENT, weight=1.1),
                column("resolution", "Resolved in target", Kind.COUNT, weight=1.2),
                column("share", "Share in target", Kind.PERCENT, weight=1.2),
            ),
            tuple(_resolution_line(context, row) for row in rows),
            ("incident_resolution", "pmr_measures"),
            notes=(
                "Cancelled Incidents are left out. An Incident of no one device generation "
                "counts in "
                "All alone. A share is of closed Incidents, those in target against all.",
            ),
        )
    )
    blocks.append(
        Table(
            "incident_resolution_hours",
            "Resolution time of the Incidents closed",
            (
                column("category", "Category", weight=1.3),
                column("smets", "Devices", weight=1.2),
                column("mean", "Mean (hours)", Kind.DECIMAL),
                column("median", "Median (hours)", Kind.DECIMAL),
                column("max", "Longest (hours)", Kind.DECIMAL),
            ),
            tuple(
                line(
                    _category(row.text("category")),
                    fmt.text(row.text("smets")),
                    _hours(row, "mean_resolution_hours"),
                    _hours(row, "median_resolution_hours"),
                    _hours(row, "max_resolution_hours"),
                )
                for row in rows
                if row.whole("closed") > 0
            ),
            ("incident_resolution",),
            notes=(f"From raised to {_clock_end(rows)}, less the time the clock was stopped.",),
            dash_note="A dash stands where no closed Incident has an end.",
        )
    )
    context.show_family("CPM5-C")
    blocks.extend(_disagreements(context))
    return Section("incident-resolution", "Resolved within target", tuple(blocks))


def _clock_end(rows: list[Row]) -> str:
    """Which end of an Incident counts for its resolution time, by the setting (rule I1)."""
    ends = {row.words("clock_end") for row in rows}
    return "resolved" if ends == {"resolved"} else "the earlier of restored and resolved"


def _disagreements(context: Context) -> list[Block]:
    """Every Incident for which the source's own flag says otherwise than the times (rule I1)."""
    rows = context.marts.rows("incident_sla_disagreements", "category, incident_id")
    if not rows:
        return [say("The source agrees for every Incident on whether it was within target.")]
    return [
        say(
            "Whether an Incident was within target follows here from its times. Where the source's "
            "own flag says otherwise, both are listed; the figures take the computed answer."
        ),
        Table(
            "incident_disagreements",
            "Incidents for which the source's flag and the computed answer differ",
            (
                column("incident", "Incident", weight=1.6),
                column("category", "Cat.", Kind.COUNT, weight=0.6),
                column("status", "Status"),
                column("counted", "Counted"),
                column("hours", "Resolution (hours)", Kind.DECIMAL),
                column("computed", "Within target, computed", weight=1.2),
                column("source", "Within target, by the source", weight=1.2),
            ),
            tuple(
                line(
                    fmt.text(row.text("incident_id")),
                    fmt.count(row.whole("category")),
                    fmt.text(row.text("status")),
                    fmt.yes_no(row.flag("is_counted")),
                    _hours(row, "resolution_hours"),
                    fmt.yes_no(row.flag("within_resolution_target")),
                    fmt.yes_no(row.flag("sla_met")),
                )
                for row in rows
            ),
            ("incident_sla_disagreements",),
            dash_note="A dash stands where an Incident has no end.",
        ),
    ]


def _before_and_after(context: Context) -> list[Block]:
    lines: list[Line] = []
    for measure in AFTER_AND_BEFORE:
        row = context.measure(measure)
        if row is None:
            continue
        lines.append(
            Line(
                (
                    fmt.text(measure),
                    fmt.text(row.text("measure_name")),
                    _count(row, "numerator"),
                    _count(row, "denominator"),
                    previous(row),
                    fmt.level(row.number("value"), row.words("value_text"), "percent"),
                    fmt.limit(row.number("target"), "percent"),
                    fmt.limit(row.number("minimum"), "percent"),
                    fmt.status(row.words("status")),
                ),
                measure=measure,
                facts=(("formula", "ratio"),),
            )
        )
    if not lines:
        return []
    return [
        Table(
            "incident_measures",
            "Incidents resolved within target, after and before exclusions",
            (
                column("measure", "Measure", weight=1.5),
                column("name", "What it measures", weight=3.2),
                column("numerator", "In target", Kind.COUNT, weight=0.8),
                column("denominator", "Closed", Kind.COUNT, weight=0.8),
                column("previous", "Previous", Kind.PERCENT, weight=1.1),
                column("level", "Level", Kind.PERCENT, weight=1.1),
                column("target", "Target", Kind.PERCENT, weight=1.1),
                column("minimum", "Minimum", Kind.PERCENT, weight=1.1),
                column("status", "Status", Kind.STATUS, weight=1.6),
            ),
            tuple(lines),
            ("pmr_measures",),
            content="measures",
            dash_note="The level before exclusions is an indicator: a dash stands for its target "
            "and status, and where no previous level was published.",
        )
    ]


def _count(row: Row, name: str) -> Cell:
    value = row.number(name)
    return fmt.not_applicable(Kind.COUNT) if value is None else fmt.count(value)


def _hours(row: Row, name: str) -> Cell:
    value = row.number(name)
    return fmt.not_applicable(Kind.DECIMAL) if value is None else fmt.decimal(value)


def _category(value: str) -> Cell:
    said = value if value == ALL else f"Category {value}"
    return fmt.text(said)


def _resolution_line(context: Context, row: Row) -> Line:
    share = row.number("within_resolution_pct")
    category = row.text("category")
    scope = category if category == ALL else f"Category {category}"
    response = next(
        (
            one.number("value")
            for one in context.family("CPM5-C-RESPONSE")
            if (one.text("scope"), one.text("smets")) == (scope, row.text("smets"))
        ),
        None,
    )
    nothing = "No Events" if row.whole("closed_before_exclusions") == 0 else "Data Exempted"
    return Line(
        (
            _category(row.text("category")),
            fmt.text(row.text("smets")),
            fmt.count(row.whole("raised")),
            fmt.count(row.whole("closed_before_exclusions")),
            fmt.count(row.whole("closed")),
            fmt.count(row.whole("within_response_target")),
            fmt.level(response, nothing, "percent"),
            fmt.count(row.whole("within_resolution_target")),
            fmt.level(share, nothing, "percent"),
        ),
        role=Role.TOTAL if row.text("category") == ALL and row.text("smets") == ALL else Role.BODY,
    )


def _resolved_not_closed(context: Context) -> Section:
    rows = [
        row
        for row in context.marts.rows("incident_resolution", "category, smets")
        if row.text("smets") == ALL
    ]
    context.show_family("INC-RES")
    table = Table(
        "incident_resolved_open",
        "Incidents of DCC responsibility resolved and not closed",
        (
            column("category", "Category"),
            summed("resolved", "Resolved, not closed"),
            summed("in_target", "Of these within target"),
        ),
        tuple(
            Line(
                (
                    _category(row.text("category")),
                    fmt.count(row.whole("resolved_not_closed")),
                    fmt.count(row.whole("resolved_within_target")),
                ),
                role=Role.TOTAL if row.text("category") == ALL else Role.BODY,
            )
            for row in rows
        ),
        ("incident_resolution",),
    )
    return Section(
        "incidents-resolved-not-closed",
        "Resolved and not closed",
        (
            say(
                "Service is restored and the Incident waits to be closed; it will count in the "
                "month in "
                "which it is closed."
            ),
            table,
        ),
    )


def _aged(context: Context) -> Section:
    rows = context.marts.rows("incidents_aged", "responsible, raised_month, category")
    context.show_family("INC-AGE")
    blocks: list[Block] = [
        say(
            "Incidents open at the end of the month, by the month in which they were raised. Those "
            "already resolved are not among them (",
            ref("incidents-resolved-not-closed"),
            ").",
        )
    ]
    if not rows:
        blocks.append(say("No Incident was open at the end of the month."))
        return Section("incidents-aged", "Open Incidents by age", tuple(blocks))
    blocks.append(charts.ageing_figure(rows))
    for responsible in RESPONSIBLE:
        own = [row for row in rows if row.text("responsible") == responsible]
        if own:
            blocks.append(_aged_table(context, responsible, own))
    blocks.extend(_aged_reasons(context))
    return Section("incidents-aged", "Open Incidents by age", tuple(blocks))


def _aged_table(context: Context, responsible: str, rows: list[Row]) -> Table:
    cells = {
        (row.day("raised_month"), row.text("category")): row.whole("incidents") for row in rows
    }
    months = sorted({month for month, _ in cells if month is not None})
    has_totals = any(category == ALL for _, category in cells)
    shown = (*CATEGORIES, ALL) if has_totals else CATEGORIES
    lines = [
        Line(
            (
                fmt.month(month),
                *(fmt.count(cells.get((month, category), 0)) for category in shown),
            )
        )
        for month in months
    ]
    closing = totals.aged(context, responsible, shown)
    if closing is not None:
        lines.append(
            Line(
                (fmt.text("All months"), *(fmt.count(value) for value in closing)), role=Role.TOTAL
            )
        )
    columns: list[Column] = [column("month", "Raised in", Kind.MONTH, weight=1.4)]
    columns.extend(summed(f"category_{item}", f"Category {item}") for item in CATEGORIES)
    if has_totals:
        columns.append(summed("all", "All"))
    return Table(
        "aged_service_user" if responsible == RESPONSIBLE[0] else "aged_provider_or_dcc",
        f"Open Incidents by month raised: {responsible}",
        tuple(columns),
        tuple(lines),
        ("incidents_aged", "pmr_measures"),
        row_total="all" if has_totals else None,
    )


def _aged_reasons(context: Context) -> list[Block]:
    rows = context.marts.rows("incidents_aged_reasons", "responsible, issue_type")
    if not rows:
        return []
    ordered = sorted(
        rows,
        key=lambda row: (
            row.text("responsible") != RESPONSIBLE[0],
            -row.whole("incidents"),
            row.text("issue_type"),
        ),
    )
    return [
        Table(
            "aged_reasons",
            "Open Incidents by type, most frequent first",
            (
                column("responsible", "Responsible", weight=1.4),
                column("issue_type", "Type", weight=2),
                column("incidents", "Open", Kind.COUNT),
                column("older", "Older than 90 days", Kind.COUNT),
            ),
            tuple(
                line(
                    fmt.text(row.text("responsible")),
                    fmt.text(row.text("issue_type")),
                    fmt.count(row.whole("incidents")),
                    fmt.count(row.whole("older_than_90_days")),
                )
                for row in ordered
            ),
            ("incidents_aged_reasons",),
        )
    ]


def _reopened(context: Context) -> Section:
    rows = context.marts.rows("incidents_reopened", "first_reported_month, incident_id")
    context.show_family("INC-REOPEN")
    if not rows:
        block: Block = say(
            "No Incident that an earlier issue counted as closed was reopened and closed again "
            "in the "
            "month, so no earlier level changes."
        )
    else:
        block = Table(
            "incidents_reopened",
            "Incidents reopened and closed again, with the level of the month that first "
            "counted them",
            (
                column("incident", "Incident", weight=1.6),
                column("month", "First counted in", Kind.MONTH),
                column("published", "Level published", Kind.PERCENT),
                column("restated", "Level restated", Kind.PERCENT),
            ),
            tuple(
                line(
                    fmt.text(row.text("incident_id")),
                    _month(row, "first_reported_month"),
                    fmt.level(row.number("published_level"), None, "percent"),
                    fmt.level(row.number("restated_level"), None, "percent"),
                )
                for row in rows
            ),
            ("incidents_reopened",),
            dash_note="A dash stands where there is no level.",
        )
    return Section("incidents-reopened", "Reopened", (block,))


def _month(row: Row, name: str) -> Cell:
    value = row.day(name)
    return fmt.not_applicable(Kind.MONTH) if value is None else fmt.month(value)


def _exclusions(context: Context) -> Section:
    rows = context.marts.rows("incident_exclusions", "kind, reason")
    context.show_family("INC-PMEL")
    if not rows:
        return Section(
            "incident-exclusions",
            "Exceptions and exclusions",
            (say("No Incident closed in the month was left out of a measure."),),
        )
    lines = [
        line(
            fmt.text(row.text("kind")),
            fmt.text(row.text("reason")),
            fmt.count(row.whole("incidents")),
        )
        for row in rows
    ]
    total = totals.exclusions(context)
    if total is not None:
        lines.append(
            Line((fmt.text("All"), fmt.text("All reasons"), fmt.count(total)), role=Role.TOTAL)
        )
    return Section(
        "incident-exclusions",
        "Exceptions and exclusions",
        (
            say(
                "Incidents of any responsible party, closed or cancelled in the month, that the "
                "agreed "
                "exceptions list leaves out of the measures."
            ),
            Table(
                "incident_exclusions",
                "Incidents left out, by reason",
                (
                    column("kind", "Kind", weight=1.2),
                    column("reason", "Reason", weight=3),
                    summed("incidents", "Incidents"),
                ),
                tuple(lines),
                ("incident_exclusions", "pmr_measures"),
                content="exclusions",
            ),
        ),
    )
