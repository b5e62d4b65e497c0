"""Section: Service Provider Performance Measures, provider by provider, with exceptions.

Belongs here: the reported list, PM2 volumes, the working of PM12.2, exceptions. Does not belong
here: service credits (`credits.py`).
"""

from __future__ import annotations

from orchestration.report import formatting as fmt
from orchestration.report import totals
from orchestration.report.context import Context, pm_key, pm_name
from orchestration.report.document import (
    Block,
    Kind,
    Line,
    Role,
    Section,
    Table,
    Working,
)
from orchestration.report.marts import Row
from orchestration.report.sections.code_performance import (
    LEVEL_DASH,
    level_columns,
    provider_line,
)
from orchestration.report.sections.wording import (
    column,
    commentary_blocks,
    say,
    summed,
)

ID = "service-providers"
POWER_OUTAGE = "12.2"
FIRMWARE = "2"
SCOPES = (("In period", "period"), ("Total estate", "estate"))


def build(context: Context) -> Section:
    """One part per provider in the order of the reported list."""
    providers = list(dict.fromkeys(provider for provider, _ in context.pm_register))
    exceptions = context.marts.rows("performance_exceptions", "provider, measure_no, scope, reason")
    context.shown.update({"SP-PM", "PM2", "PM12.2"})
    context.show_family("PM-EXC")
    reported = {row.text("provider") for row in context.provider_measures}
    children = [
        _provider(
            context,
            provider,
            [row for row in exceptions if row.text("provider") == provider],
        )
        for provider in providers
        if provider in reported
    ]
    volumes = _firmware(context)
    if volumes is not None:
        children.append(volumes)
    return Section(
        ID,
        "Service Provider Performance Measures",
        (
            say(
                "The measures of the Reported List as each provider reports them, monthly ones "
                "and, in "
                "the months they are given, quarterly ones."
            ),
        ),
        tuple(children),
    )


def section_id(provider: str) -> str:
    """Id of the part about one provider, for links."""
    return f"service-provider-{provider.lower()}"


def _provider(context: Context, provider: str, exceptions: list[Row]) -> Section:
    own = [row for row in context.provider_measures if row.text("provider") == provider]
    heading = context.provider_names.get(provider, provider)
    blocks: list[Block] = [
        Table(
            f"levels_{provider.lower()}",
            f"{heading}: service levels",
            level_columns(with_contribution=True, with_period=True),
            tuple(provider_line(context, row, period=True, part_of=True) for row in own),
            ("sp_performance_measures",),
            content="measures",
            provider=provider,
            dash_note=f"{LEVEL_DASH} Under Part of, it stands where a measure makes up no Code "
            "Performance Measure.",
        )
    ]
    for row in own:
        if row.text("measure_no") == POWER_OUTAGE:
            working = _power_outage(context, row)
            if working is not None:
                blocks.append(working)
    for row in own:
        name = pm_name(*pm_key(row))
        blocks.extend(commentary_blocks(context, name, f"{name}: {row.text('measure_name')}"))
    for scope, key in SCOPES:
        rows = [row for row in exceptions if row.text("scope") == scope]
        if rows:
            blocks.append(_exceptions(context, provider, heading, scope=scope, key=key, rows=rows))
    if not exceptions:
        blocks.append(say(f"{heading} left no event out of a measure."))
    return Section(section_id(provider), heading, tuple(blocks))


def _power_outage(context: Context, row: Row) -> Working | None:
    """PM12.2 by its formula; also why it can pass 100 %."""
    numerator, denominator = row.number("numerator"), row.number("denominator")
    level = row.number("level")
    if numerator is None or denominator is None or level is None:
        return None
    name = pm_name(*pm_key(row))
    return Working(
        name,
        f"How {name} is worked out",
        _power_outage_formula("alerts delivered in time", "power-loss alerts"),
        _power_outage_formula(fmt.count(numerator).text, fmt.count(denominator).text),
        fmt.percent(level).text,
        "A level above 100% is in the nature of the formula: past the first 50 power-loss "
        "alerts only a "
        "quarter of them has to be delivered, so that delivering nearly all of many comes close "
        "to 400%.",
        rule="pm12.2",
        numerator=fmt.count(numerator).text,
        denominator=fmt.count(denominator).text,
    )


def _power_outage_formula(delivered: str, lost: str) -> str:
    return (
        f"100 {fmt.TIMES} {delivered} {fmt.DIVIDED} (({lost} {fmt.MINUS} 50) {fmt.TIMES} 0.25 + 50)"
    )


def _exceptions(
    context: Context, provider: str, heading: str, *, scope: str, key: str, rows: list[Row]
) -> Table:
    lines: list[Line] = []
    for number in dict.fromkeys(row.text("measure_no") for row in rows):
        own = [row for row in rows if row.text("measure_no") == number]
        name = pm_name(provider, number)
        lines.extend(
            Line(
                (
                    fmt.text(name),
                    fmt.text(row.text("reason")),
                    fmt.count(row.whole("events")),
                ),
                measure=name,
            )
            for row in sorted(own, key=lambda row: (-row.whole("events"), row.text("reason")))
        )
        total = totals.exception_events(context, provider, number, scope)
        if total is not None:
            lines.append(
                Line(
                    (fmt.text(name), fmt.text("All reasons"), fmt.count(total)),
                    role=Role.TOTAL,
                    measure=name,
                )
            )
    return Table(
        f"exceptions_{provider.lower()}_{key}",
        f"{heading}: events left out of a measure, {scope.lower()}",
        (
            column("measure", "Measure", weight=1.2),
            column("reason", "Reason", weight=3.5),
            summed("events", "Events"),
        ),
        tuple(lines),
        ("performance_exceptions", "pmr_measures"),
        content="exceptions",
        provider=provider,
    )


def _firmware(context: Context) -> Section | None:
    """Volumes behind PM2, all providers side by side."""
    rows = [row for row in context.provider_measures if row.text("measure_no") == FIRMWARE]
    if not rows:
        return None
    lines: list[Line] = []
    for row in rows:
        numerator, denominator = row.number("numerator"), row.number("denominator")
        name = pm_name(*pm_key(row))
        lines.append(
            Line(
                (
                    fmt.text(name),
                    fmt.not_applicable(Kind.COUNT) if numerator is None else fmt.count(numerator),
                    fmt.not_applicable(Kind.COUNT)
                    if denominator is None
                    else fmt.count(denominator),
                    fmt.level(row.number("level"), row.words("level_text"), "percent"),
                ),
                measure=name,
                facts=(("formula", "ratio"), ("provider", row.text("provider"))),
            )
        )
    return Section(
        "firmware-volumes",
        "Volumes behind PM2",
        (
            Table(
                "firmware_volumes",
                "Category 1 firmware payloads: completed within target time, and all",
                (
                    column("measure", "Measure", weight=1.5),
                    column("numerator", "Within target time", Kind.COUNT),
                    column("denominator", "All payloads", Kind.COUNT),
                    column("level", "Level", Kind.PERCENT),
                ),
                tuple(lines),
                ("sp_performance_measures",),
                content="measures",
                dash_note="A dash stands where a provider gave its level without volumes.",
            ),
        ),
    )
