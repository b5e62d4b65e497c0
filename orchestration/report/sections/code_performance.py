"""Section: Code Performance Measures. The table, and per measure its contributions and its mean.

Belongs here: CPM1-CPM9. Does not belong here: the incident tables behind CPM4 and CPM5
(`incidents.py`).
"""

from __future__ import annotations

from orchestration.report import formatting as fmt
from orchestration.report.context import Context, pm_key, pm_name
from orchestration.report.document import (
    Block,
    Cell,
    Column,
    Kind,
    Line,
    Section,
    Table,
    Working,
)
from orchestration.report.marts import Row
from orchestration.report.sections.wording import column, commentary_blocks, ref, say

ID = "code-performance"
LEVEL_DASH = (
    "A dash stands for a status where the level is in words, for a minimum that a measure does not "
    "have, and for a previous level where none was published."
)
FROM_INCIDENTS = frozenset({"CPM4", "CPM5"})


def level_columns(
    *, with_contribution: bool = False, with_period: bool = False
) -> tuple[Column, ...]:
    """The columns of every table of measures, so that all of them read alike."""
    columns = [
        column("measure", "Measure", weight=1.7),
        column("name", "What it measures", weight=3.4),
    ]
    if with_period:
        columns.append(column("period", "Period", weight=0.95))
    columns += [
        column("previous", "Previous", Kind.PERCENT, weight=1.1),
        column("level", "Level", Kind.PERCENT, weight=1.1),
        column("target", "Target", Kind.PERCENT),
        column("minimum", "Minimum", Kind.PERCENT),
        column("status", "Status", Kind.STATUS, weight=1.6),
    ]
    if with_contribution:
        columns.append(column("contributes_to", "Part of", weight=0.8))
    return tuple(columns)


def build(context: Context) -> Section:
    """The nine measures together, then one by one."""
    rows = context.code_measures
    context.shown.update(row.text("measure") for row in rows)
    return Section(
        ID,
        "Code Performance Measures",
        (
            Table(
                "code_performance",
                "Code Performance Measures of the month",
                level_columns(),
                tuple(_line(context, row) for row in rows),
                ("code_performance_measures", "pmr_measures"),
                content="measures",
                dash_note=LEVEL_DASH,
            ),
        ),
        tuple(_measure(context, row) for row in rows),
    )


def _line(context: Context, row: Row) -> Line:
    measure = row.text("measure")
    figure = context.measure(measure)
    direction = figure.text("direction") if figure is not None else "higher"
    return Line(
        (
            Cell(Kind.TEXT, measure, measure, link=section_id(measure)),
            fmt.text(row.text("measure_name")),
            fmt.level(row.number("previous_level"), row.words("previous_text"), "percent"),
            fmt.level(row.number("level"), row.words("level_text"), "percent"),
            fmt.limit(row.number("target"), "percent"),
            fmt.limit(row.number("minimum"), "percent"),
            fmt.status(row.words("status")),
        ),
        measure=measure,
        facts=(("direction", direction), ("unit", "percent")),
    )


def section_id(measure: str) -> str:
    """Id of the part about one measure, for links."""
    return f"code-performance-{measure.lower()}"


def _measure(context: Context, row: Row) -> Section:
    measure = row.text("measure")
    contributing = [pm for pm in context.provider_measures if pm.words("contributes_to") == measure]
    blocks: list[Block] = []
    if contributing:
        blocks.append(
            Table(
                f"contributions_{measure.lower()}",
                f"Service Provider Performance Measures that make up {measure}",
                level_columns(),
                tuple(provider_line(context, pm) for pm in contributing),
                ("sp_performance_measures",),
                content="contributions",
                dash_note=LEVEL_DASH,
            )
        )
        working = _mean(row, contributing)
        if working is not None:
            blocks.append(working)
    else:
        share = _share(context, row)
        if share is not None:
            blocks.append(share)
        if measure in FROM_INCIDENTS:
            blocks.append(say("The Incidents behind it are in ", ref("incident-resolution"), "."))
        elif row.number("level") is None:
            blocks.append(
                say(f"{row.words('level_text') or 'Not Reported'}: there is no level to work out.")
            )
    blocks.extend(commentary_blocks(context, measure, measure))
    return Section(section_id(measure), f"{measure}: {row.text('measure_name')}", tuple(blocks))


def provider_line(
    context: Context, row: Row, *, period: bool = False, part_of: bool = False
) -> Line:
    """One service-provider measure in the columns of `level_columns`."""
    provider, number = pm_key(row)
    register = context.pm_register[(provider, number)]
    unit = register.text("unit")
    name = pm_name(provider, number)
    cells = [fmt.text(name), fmt.text(row.text("measure_name"))]
    if period:
        cells.append(fmt.text(register.text("period")))
    cells += [
        fmt.level(row.number("previous_level"), row.words("previous_text"), unit),
        fmt.level(row.number("level"), row.words("level_text"), unit),
        fmt.limit(row.number("target"), unit),
        fmt.limit(row.number("minimum"), unit),
        fmt.status(row.words("status")),
    ]
    contributes_to = row.words("contributes_to")
    if part_of:
        cells.append(fmt.text(contributes_to) if contributes_to else fmt.not_applicable())
    facts = [("unit", unit), ("direction", register.text("direction")), ("provider", provider)]
    if contributes_to:
        facts.append(("contributes_to", contributes_to))
    return Line(tuple(cells), measure=name, facts=tuple(facts))


def _mean(row: Row, contributing: list[Row]) -> Working | None:
    """The mean as a reader can redo it; the count is the mart's, so that a lost part shows."""
    level = row.number("level")
    if level is None:
        return None
    parts = [
        fmt.percent(part).text for pm in contributing if (part := pm.number("level")) is not None
    ]
    left_out = [pm_name(*pm_key(pm)) for pm in contributing if pm.number("level") is None]
    terms = " + ".join(part.removesuffix("%") for part in parts)
    return Working(
        row.text("measure"),
        f"How {row.text('measure')} is worked out",
        f"sum of the shown levels {fmt.DIVIDED} number of measures reported",
        f"({terms}) {fmt.DIVIDED} {fmt.grouped(row.whole('contributions'))}",
        fmt.percent(level).text,
        f"Left out, because there is no level: {', '.join(left_out)}." if left_out else None,
    )


def _share(context: Context, row: Row) -> Working | None:
    figure = context.measure(row.text("measure"))
    if figure is None:
        return None
    numerator, denominator = figure.number("numerator"), figure.number("denominator")
    level = row.number("level")
    if numerator is None or denominator is None or level is None:
        return None
    return Working(
        row.text("measure"),
        f"How {row.text('measure')} is worked out",
        f"100 {fmt.TIMES} those in target {fmt.DIVIDED} all of the month",
        f"100 {fmt.TIMES} {fmt.count(numerator).text} {fmt.DIVIDED} {fmt.count(denominator).text}",
        fmt.percent(level).text,
        rule="ratio",
        numerator=fmt.count(numerator).text,
        denominator=fmt.count(denominator).text,
    )
