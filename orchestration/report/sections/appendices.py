"""Appendices: restatements, data quality, timeliness, methodology, definitions, glossary.

Belongs here: what a reader needs to trust or to look up a figure. Does not belong here: any level
that has its own section.
"""

from __future__ import annotations

from orchestration.report import formatting as fmt
from orchestration.report.context import Context, commentary_key
from orchestration.report.document import (
    Block,
    Cell,
    Definition,
    DefinitionList,
    Kind,
    Line,
    Section,
    Table,
)
from orchestration.report.marts import Row
from orchestration.report.sections.wording import (
    column,
    commentary_blocks,
    line,
    say,
    service_names,
    strong,
)

RESTATEMENTS_MART = "restatements"
WARNINGS_OF_A_KIND = 20


def restatements(context: Context) -> Section:
    """Levels published before that would come out otherwise today."""
    blocks: list[Block] = [
        say(
            "Previous levels in this report are as they were published. Listed here is each that a "
            "calculation today would give otherwise."
        )
    ]
    rows = context.marts.rows(RESTATEMENTS_MART, "restated_month, measure_id, scope")
    if rows:
        blocks.append(
            Table(
                "restated_levels",
                "Published levels and what they would be today",
                (
                    column("measure", "Measure", weight=2),
                    column("month", "Month", Kind.MONTH),
                    column("issue", "Published in", weight=1.4),
                    column("published", "Published", Kind.PERCENT),
                    column("restated", "Today", Kind.PERCENT),
                ),
                tuple(_restated(context, row) for row in rows),
                (RESTATEMENTS_MART,),
                dash_note="A dash stands where there is no level.",
            )
        )
    else:
        blocks.append(say("There is none."))
    return Section("restatements", "Restatements", tuple(blocks), is_appendix=True)


def _restated(context: Context, row: Row) -> Line:
    unit = context.units.get(row.text("measure_id"), "percent")
    month = row.day("restated_month")
    return line(
        fmt.text(_measure_name(row)),
        fmt.not_applicable(Kind.MONTH) if month is None else fmt.month(month),
        fmt.text(row.words("published_issue")),
        fmt.level(row.number("published"), row.words("published_text"), unit),
        fmt.level(row.number("recomputed"), row.words("recomputed_text"), unit),
    )


def _measure_name(row: Row) -> str:
    """The printed name of the measure that a row is about; of a Service, in words."""
    measure_id, scope = row.text("measure_id"), row.words("scope")
    name = commentary_key(measure_id, scope)
    return service_names(name) if measure_id.startswith("AVAIL") else name


def quality(context: Context) -> Section:
    """Reconciliations, and the checks that this issue was held against."""
    blocks: list[Block] = []
    rows = context.marts.rows("reconciliation", "check_name")
    if rows:
        blocks.append(
            say(
                "A name with an underscore is that of a data file of this issue, or (fct_…) of "
                "rows that do not leave the warehouse. Minus one stands for a level in words."
            )
        )
        blocks.append(
            Table(
                "reconciliation",
                "Reconciliations: what came in against what is counted",
                (
                    column("check", "Check", weight=3.4),
                    column("expected", "Expected", Kind.DECIMAL),
                    column("actual", "Actual", Kind.DECIMAL),
                    column("difference", "Difference", Kind.DECIMAL),
                    column("passed", "Agrees", weight=0.7),
                ),
                tuple(
                    line(
                        fmt.text(row.text("check_name")),
                        _amount(row, "expected"),
                        _amount(row, "actual"),
                        _amount(row, "difference"),
                        fmt.yes_no(row.flag("passed")),
                    )
                    for row in rows
                ),
                ("reconciliation",),
                dash_note="A dash stands where a check has nothing to compare.",
            )
        )
    blocks.extend(_warnings(context))
    failing = context.issue.failing_checks
    if failing:
        blocks.append(
            Table(
                "failing_checks",
                "Checks that did not pass",
                (
                    column("check", "Check", weight=2.4),
                    column("guards", "Guards", weight=1.6),
                    column("weight", "Weight", weight=1),
                    column("found", "Found", weight=3),
                ),
                tuple(
                    line(
                        fmt.text(_sentence_case(check.name)),
                        fmt.text(_sentence_case(check.asset.rpartition(".")[2])),
                        fmt.text("Blocks a final" if check.blocks else "Warning"),
                        fmt.text(check.message),
                    )
                    for check in failing
                ),
                (),
            )
        )
    elif context.issue.checks:
        blocks.append(say("Every check made of the extracts, the marts and this report passed."))
    blocks.extend(_asked(context))
    for measure in (*context.commentary_wanted, *context.commentary):
        if measure not in context.commented:
            blocks.extend(commentary_blocks(context, measure, measure))
    blocks.extend(_commentary(context))
    return Section(
        "data-quality", "Reconciliation and data quality", tuple(blocks), is_appendix=True
    )


def _asked(context: Context) -> list[Block]:
    """How much commentary is wanted, and how much of it is there (COMM)."""
    wanted, supplied = context.measure("COMM-WANTED"), context.measure("COMM-SUPPLIED")
    if wanted is None or supplied is None:
        return []
    parts = [
        fmt.level(row.number("value"), row.words("value_text"), row.text("unit")).text
        for row in (wanted, supplied)
    ]
    if supplied.number("value") is None:
        return [say("No measure missed its target, so no commentary is wanted.")]
    return [
        say(
            "Measures that want commentary: ",
            strong(parts[0]),
            "; with all that is wanted: ",
            strong(parts[1]),
            ".",
        )
    ]


def _warnings(context: Context) -> list[Block]:
    """What the extracts hold that a reader should know of: counted, and kept in the figures."""
    rows = context.marts.rows("data_warnings", "warning, detail")
    if not rows:
        return []
    ordered = sorted(
        rows, key=lambda row: (row.text("warning"), -row.whole("rows"), row.text("detail"))
    )
    shown = [
        row
        for place, row in enumerate(ordered)
        if place < WARNINGS_OF_A_KIND
        or ordered[place - WARNINGS_OF_A_KIND].text("warning") != row.text("warning")
    ]
    return [
        Table(
            "data_warnings",
            "Data warnings: rows of the extracts that need a second look, most frequent first",
            (
                column("warning", "Warning", weight=1.6),
                column("detail", "Detail", weight=2.6),
                column("rows", "Rows", Kind.COUNT),
            ),
            tuple(
                line(
                    fmt.text(_sentence_case(row.text("warning"))),
                    fmt.text(row.text("detail")),
                    fmt.count(row.whole("rows")),
                )
                for row in shown
            ),
            ("data_warnings",),
            notes=(
                f"The {WARNINGS_OF_A_KIND} most frequent details of each warning; all of them are "
                "in the data of this issue.",
            )
            if len(shown) < len(ordered)
            else (),
        )
    ]


def _sentence_case(words: str) -> str:
    spaced = words.replace("_", " ")
    return spaced[:1].upper() + spaced[1:]


def _commentary(context: Context) -> list[Block]:
    """Every text once more in one table: the spreadsheet has no other place for them."""
    supplied = [row for rows in context.commentary.values() for row in rows]
    if not supplied:
        return []
    return [
        Table(
            "commentary",
            "Commentary as it was supplied",
            (
                column("measure", "Measure", weight=1.2),
                column("region", "Region", weight=0.8),
                column("reason", "Reason", weight=3),
                column("mitigation", "Mitigation", weight=2.4),
                column("author", "Author", weight=1.2),
            ),
            tuple(
                line(
                    fmt.text(_measure_name(row)),
                    fmt.text(row.words("region")),
                    fmt.text(row.words("reason")),
                    fmt.text(row.words("mitigation")),
                    fmt.text(row.words("author_role")),
                )
                for row in supplied
            ),
            ("commentary",),
            dash_note="A dash stands where a text is of no one region or needs no mitigation.",
        )
    ]


def _amount(row: Row, name: str) -> Cell:
    value = row.number(name)
    if value is None:
        return fmt.not_applicable(Kind.DECIMAL)
    if value == value.to_integral_value():
        return fmt.count(value)
    return fmt.decimal(value)


def timeliness(context: Context) -> Section:
    """Which extract was due when, and came when."""
    rows = [
        row
        for row in context.marts.rows("feed_timeliness", "due_working_day, system, feed, part")
        if row.text("state") != "not due"
    ]
    table = Table(
        "feed_timeliness",
        "Extracts of the month: due and landed",
        (
            column("feed", "Extract", weight=2.3),
            column("part", "From", weight=1.3),
            column("day", "Working day", Kind.COUNT, weight=0.8),
            column("due", "Due", Kind.DATE, weight=1.1),
            column("landed", "First landed", Kind.TIMESTAMP, weight=1.5),
            column("rows", "Rows", Kind.COUNT, weight=0.8),
            column("quarantined", "Kept apart", Kind.COUNT, weight=0.8),
            column("state", "State", weight=0.8),
        ),
        tuple(_feed(context, row) for row in rows),
        ("feed_timeliness",),
        dash_note="A dash stands where an extract is due on no day.",
        notes=(
            "Rows kept apart did not meet the contract of the extract; each is on file with its "
            "reason. "
            "Working days exclude the bank holidays of England and Wales.",
        ),
    )
    return Section(
        "feed-timeliness",
        "Timeliness of the extracts",
        (*_milestones(context), *_in_time(context), table),
        is_appendix=True,
    )


def _milestones(context: Context) -> list[Block]:
    """When the commentary and the report of the month were due."""
    due = [
        (row.text("milestone"), day, row.whole("due_working_day"))
        for row in context.marts.rows("report_milestones", "due_working_day")
        if (day := row.day("due_on")) is not None
    ]
    return [
        say(f"{name}: due on {fmt.day_text(day)}, Working Day {number} after the month.")
        for name, day, number in due
    ]


def _in_time(context: Context) -> list[Block]:
    """How many of the extracts that were due came in time (TIME)."""
    context.show_family("TIME")
    said = {row.text("measure_id"): row for row in context.family("TIME")}
    if set(said) != {"TIME-ON-TIME", "TIME-LATE", "TIME-MISSING"}:
        return []
    in_time = said["TIME-ON-TIME"]
    parts = [
        fmt.level(row.number("value"), row.words("value_text"), row.text("unit")).text
        for row in (in_time, said["TIME-LATE"], said["TIME-MISSING"])
    ]
    if in_time.number("value") is None:
        return [say("No extract of the month is due yet.")]
    return [
        say(
            "Of the extracts that were due, on time: ",
            strong(parts[0]),
            f"; late: {parts[1]}; missing: {parts[2]}.",
        )
    ]


def _feed(context: Context, row: Row) -> Line:
    due, landed = row.day("due_on"), row.moment("first_landed_at")
    rows, apart = row.number("rows_landed"), row.number("rows_quarantined")
    working_day = row.number("due_working_day")
    return line(
        fmt.text(f"{row.text('system')}/{row.text('feed')}"),
        fmt.text(row.words("part")),
        fmt.not_applicable(Kind.COUNT) if working_day is None else fmt.count(working_day),
        fmt.not_applicable(Kind.DATE) if due is None else fmt.day(due),
        Cell(Kind.TIMESTAMP, "Not landed")
        if landed is None
        else fmt.timestamp(landed, context.marts.zone),
        fmt.not_applicable(Kind.COUNT) if rows is None else fmt.count(rows),
        fmt.not_applicable(Kind.COUNT) if apart is None else fmt.count(apart),
        fmt.text(row.text("state").capitalize()),
    )


def methodology(context: Context) -> Section:
    """How each figure is made, from the register of measures."""
    rows = context.marts.seed("measures")
    context.shown.add("INFO")
    table = Table(
        "measure_methods",
        "How each figure is made",
        (
            column("measure", "Measure", weight=1.1),
            column("name", "Name", weight=2),
            column("kind", "Kind", weight=0.7),
            column("unit", "Unit", weight=0.7),
            column("how", "How it is made", weight=4),
        ),
        tuple(
            line(
                fmt.text(row.text("measure_id")),
                fmt.text(row.text("measure_name")),
                fmt.text(
                    {"M": "Measure", "I": "Indicator"}.get(row.text("kind"), row.text("kind"))
                ),
                fmt.text(row.words("unit")),
                fmt.text(row.optional_words("methodology")),
            )
            for row in rows
            if row.text("measure_id") in context.shown
        ),
        ("measures",),
    )
    return Section("methodology", "How each figure is made", (table,), is_appendix=True)


def exception_definitions(context: Context) -> Section:
    """What may be left out of a measure, and what each reason means."""
    blocks: tuple[Block, ...] = (
        say("Only what is listed here may be left out of a measure."),
        Table(
            "pmel_reasons",
            "Reasons for which an Incident may be left out",
            (column("kind", "Kind"), column("reason", "Reason", weight=3)),
            tuple(
                line(fmt.text(row.text("kind")), fmt.text(row.text("reason")))
                for row in context.marts.seed("pmel_reasons")
                if row.text("applies_to") == "Incidents"
            ),
            ("pmel_reasons",),
        ),
        Table(
            "exception_definitions",
            "Reasons for which an event may be left out of a provider's measure",
            (
                column("reason", "Reason", weight=2),
                column("providers", "Providers", weight=1.2),
                column("definition", "Meaning", weight=4),
            ),
            tuple(
                line(
                    fmt.text(row.text("reason")),
                    fmt.text(", ".join(row.text("providers").split("|"))),
                    fmt.text(row.text("definition")),
                )
                for row in context.marts.seed("exception_definitions")
            ),
            ("exception_definitions",),
        ),
    )
    return Section("exception-definitions", "Exceptions defined", blocks, is_appendix=True)


def glossary(context: Context) -> Section:
    """Terms of the report."""
    items = tuple(
        Definition(row.text("term"), row.text("meaning"))
        for row in context.marts.seed("glossary", "term")
    )
    return Section("glossary", "Glossary", (DefinitionList(items),), is_appendix=True)
