"""Section: executive summary. Every sentence is made from one mart row and states what it says.

Belongs here: overall availability, measures that missed target or minimum, Major Incidents, credits
in a line. Does not
belong here: the tables themselves (their sections hold them; sentences link there).
"""

from __future__ import annotations

from orchestration.report import charts, totals
from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context, ProcessKey, pm_name
from orchestration.report.document import (
    Block,
    BulletList,
    Cell,
    Kind,
    Line,
    Paragraph,
    SaidTime,
    Section,
    Span,
    Statement,
    Table,
)
from orchestration.report.marts import Row
from orchestration.report.sections import (
    availability,
    major_incidents,
    process_tables,
    processes,
)
from orchestration.report.sections.wording import column, link, ref, say, service_names, strong

ID = "summary"
ABOVE = "Above Target"
MISSED = frozenset({"Below Target", "Below Minimum"})


def build(context: Context) -> Section:
    """The month on one page."""
    children = [
        _availability(context),
        _code_measures(context),
        _processes(context),
        _provider_measures(context),
        _major_incidents(context),
    ]
    credits_said = _credits(context)
    if credits_said is not None:
        children.append(credits_said)
    return Section(ID, "Executive summary", (), tuple(children))


def _availability(context: Context) -> Section:
    """The overall figure, then each Service that missed its target or minimum."""
    names = availability.service_titles(context)
    overall = context.measure(availability.LEVEL)
    title = "Service availability"
    if overall is None or overall.number("value") is None:
        words = "Not Reported" if overall is None else overall.words("value_text") or "Not Reported"
        return Section("summary-availability", title, (say(f"Overall availability: {words}."),))
    level = fmt.level(overall.number("value"), None, "percent").text
    blocks: list[Block] = [
        say(
            "Overall availability, the mean of the Services, was ",
            strong(level),
            ". See ",
            ref(availability.ID),
            ".",
            states=[Statement(availability.measure_name(ALL), level, named="Overall availability")],
        )
    ]
    rows = {
        scope: row
        for scope in names
        if (row := context.measure(availability.LEVEL, scope)) is not None
    }
    missed = [
        _missed_service(scope, names[scope], row)
        for scope, row in rows.items()
        if row.words("status") in MISSED
    ]
    if missed:
        blocks.append(BulletList(tuple(missed)))
    else:
        blocks.append(say("No Service missed an agreed target or minimum."))
    without = [names[scope] for scope, row in rows.items() if row.number("target") is None]
    if without:
        blocks.append(say(f"No target is agreed for {_and(without)}."))
    return Section("summary-availability", title, tuple(blocks))


def _missed_service(scope: str, name: str, row: Row) -> Paragraph:
    level = fmt.level(row.number("value"), row.words("value_text"), "percent").text
    status = row.text("status")
    limits = [f"target {fmt.limit(row.number('target'), 'percent').text}"]
    if row.number("minimum") is not None:
        limits.append(f"minimum {fmt.limit(row.number('minimum'), 'percent').text}")
    return say(
        strong(f"{name} {status}: {level}"),
        f" ({', '.join(limits)}). See ",
        ref(availability.section_id(scope)),
        ".",
        states=[Statement(availability.measure_name(scope), level, status, name)],
    )


def _code_measures(context: Context) -> Section:
    rows = context.code_measures
    missed = [row for row in rows if row.words("status") in MISSED]
    met = [row for row in rows if row.words("status") == ABOVE]
    silent = [row for row in rows if row.words("status") is None]
    blocks: list[Block] = []
    if missed:
        blocks.append(say("These Code Performance Measures missed their target or minimum:"))
        blocks.append(BulletList(tuple(_missed(row) for row in missed)))
    else:
        blocks.append(say("No Code Performance Measure missed its target or minimum."))
    if met:
        blocks.append(_met(met))
    for row in silent:
        words = row.words("level_text") or "Not Reported"
        blocks.append(say(strong(row.text("measure")), f" ({row.text('measure_name')}): {words}."))
    figure = charts.code_measures_figure(rows)
    if figure is not None:
        blocks.append(figure)
    return Section("summary-code-performance", "Code Performance Measures", tuple(blocks))


def _missed(row: Row) -> Paragraph:
    measure = row.text("measure")
    level = fmt.level(row.number("level"), row.words("level_text"), "percent").text
    status = row.text("status")
    limits = [f"target {fmt.limit(row.number('target'), 'percent').text}"]
    if row.number("minimum") is not None:
        limits.append(f"minimum {fmt.limit(row.number('minimum'), 'percent').text}")
    previous = fmt.level(row.number("previous_level"), row.words("previous_text"), "percent").text
    return say(
        strong(f"{measure} {status}: {level}"),
        f" ({', '.join(limits)}; previous {previous}). {row.text('measure_name')}. See ",
        ref(f"code-performance-{measure.lower()}"),
        ".",
        states=[Statement(measure, level, status)],
    )


def _met(rows: list[Row]) -> Paragraph:
    parts: list[str | Span] = ["These are ", strong(ABOVE), ": "]
    statements: list[Statement] = []
    for place, row in enumerate(rows):
        measure = row.text("measure")
        level = fmt.level(row.number("level"), row.words("level_text"), "percent").text
        parts.append(f"{measure} at {level}")
        parts.append("." if place == len(rows) - 1 else ", ")
        statements.append(Statement(measure, level, ABOVE))
    return say(*parts, states=statements)


# --- business processes --------------------------------------------------------------------------


def _processes(context: Context) -> Section:
    """Each process that missed a target or minimum, over all regions or in one."""
    missed: list[Paragraph] = []
    without: list[str] = []
    judged = 0
    for process in context.processes:
        rows = {
            place: row
            for place in process_tables.PLACES
            if (
                row := context.process_measure(
                    ProcessKey(process_tables.LEVEL, process, place.smets, place.region)
                )
            )
            is not None
        }
        whole = rows.get(process_tables.WHOLE)
        if whole is None:
            continue
        if all(row.number("target") is None for row in rows.values()):
            without.append(process)
            continue
        judged += 1
        if any(row.words("status") in MISSED for row in rows.values()):
            missed.append(_missed_process(process, rows))
    blocks: list[Block] = []
    if missed:
        blocks.append(
            say(
                "These business processes missed a target or minimum, over all regions or in "
                "some; the levels are shares of requests answered within their Target Response "
                "Time:"
            )
        )
        blocks.append(BulletList(tuple(missed)))
    elif judged:
        blocks.append(say("No business process with an agreed target missed it."))
    if without and judged:
        blocks.append(say(f"No target is agreed for {_and(without)}."))
    elif without:
        blocks.append(
            say(
                "No target is agreed for any business process; the levels are in ",
                ref(processes.ID),
                ".",
            )
        )
    if not blocks:
        blocks.append(say("No figure of a business process is there for this month."))
    return Section("summary-processes", "Business processes", tuple(blocks))


def _missed_process(process: str, rows: dict[process_tables.Place, Row]) -> Paragraph:
    """The level over all regions, then each generation and region that missed."""
    parts: list[str | Span] = []
    statements: list[Statement] = []
    whole = rows[process_tables.WHOLE]
    level = fmt.level(whole.number("value"), whole.words("value_text"), "percent").text
    status = whole.words("status")
    parts.append(strong(f"{process} {status}: {level}" if status else f"{process}: {level}"))
    parts.append(processes.limits(whole).removesuffix(".") if status else "")
    statements.append(Statement(process_tables.measure_name(process), level, status, process))
    for place, row in rows.items():
        own = row.words("status")
        if place == process_tables.WHOLE or own not in MISSED:
            continue
        level = fmt.level(row.number("value"), row.words("value_text"), "percent").text
        parts.append(f"; {place.name} {level}, {own}")
        statements.append(
            Statement(process_tables.measure_name(process, place), level, own, place.name)
        )
    return say(*parts, ". See ", ref(processes.section_id(process)), ".", states=statements)


def _and(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"


# --- providers, incidents, credits ---------------------------------------------------------------


def _provider_measures(context: Context) -> Section:
    lines: list[Line] = []
    for row in context.provider_measures:
        if row.words("status") not in MISSED:
            continue
        provider, number = row.text("provider"), row.text("measure_no")
        register = context.pm_register[(provider, number)]
        unit = register.text("unit")
        name = pm_name(provider, number)
        lines.append(
            Line(
                (
                    Cell(Kind.TEXT, name, name, link=f"service-provider-{provider.lower()}"),
                    fmt.text(row.text("measure_name")),
                    fmt.level(row.number("level"), row.words("level_text"), unit),
                    fmt.limit(row.number("target"), unit),
                    fmt.limit(row.number("minimum"), unit),
                    fmt.status(row.words("status")),
                    fmt.text(row.words("contributes_to")),
                ),
                measure=name,
                facts=(("unit", unit), ("direction", register.text("direction"))),
            )
        )
    if not lines:
        blocks: tuple[Block, ...] = (
            say("No Service Provider Performance Measure missed its target or minimum."),
        )
    else:
        blocks = (
            say(
                "These Service Provider Performance Measures missed their target or minimum; "
                "the others "
                "met their target or had nothing to report (",
                ref("service-providers"),
                ").",
            ),
            Table(
                "summary_sp_missed",
                "Service Provider Performance Measures that missed target or minimum",
                (
                    column("measure", "Measure", weight=1.5),
                    column("name", "What it measures", weight=3.4),
                    column("level", "Level", Kind.PERCENT),
                    column("target", "Target", Kind.PERCENT),
                    column("minimum", "Minimum", Kind.PERCENT),
                    column("status", "Status", Kind.STATUS, weight=1.6),
                    column("contributes_to", "Part of", weight=0.8),
                ),
                tuple(lines),
                ("sp_performance_measures",),
                content="measures",
                dash_note="A dash stands where a measure has no minimum.",
            ),
        )
    return Section("summary-service-providers", "Service Provider Performance Measures", blocks)


def _major_incidents(context: Context) -> Section:
    blocks: list[Block] = []
    limits = [_limit(row) for row in context.family("INC-MAJOR") if row.number("value") is not None]
    if limits:
        blocks.append(BulletList(tuple(limits)))
        context.show_family("INC-MAJOR")
    rows = context.marts.rows("major_incidents", "impacted_at, incident_id")
    counted = [row for row in rows if row.flag("counted")]
    if counted:
        blocks.append(
            say(
                "Each Major Incident that the measure counts; all of them, with what happened "
                "and what "
                "was done, are in ",
                ref(major_incidents.ID),
                ".",
            )
        )
        blocks.append(BulletList(tuple(_incident(context, row) for row in counted)))
    else:
        blocks.append(say("No Major Incident counts in this month."))
    return Section("summary-major-incidents", "Major Incidents", tuple(blocks))


def _limit(row: Row) -> Paragraph:
    value = row.number("value")
    unit = row.text("unit")
    said = fmt.in_unit(value, unit).text if value is not None else ""
    name = row.text("measure_name")
    target = row.number("target")
    status = row.words("status")
    states = [Statement(row.text("measure_id"), said, status, name)]
    if target is None or status is None:
        return say(f"{name}: ", strong(said), ".", states=states)
    return say(
        f"{name}: ", strong(said), f", limit {fmt.limit(target, unit).text}: ", strong(status), ".",
        states=states,
    )  # fmt: skip


def _incident(context: Context, row: Row) -> Paragraph:
    incident = row.text("incident_id")
    zone = context.marts.zone
    impacted, restored = row.moment("impacted_at"), row.moment("restored_at")
    minutes = row.number("impact_minutes")
    services = row.words("services")
    what = row.optional_words("title") or (service_names(services) if services else "not named")
    said = f", Category {row.whole('category')}, {what}"
    times: list[SaidTime] = []
    if impacted is not None and restored is not None and minutes is not None:
        start, end = fmt.timestamp(impacted, zone).text, fmt.timestamp(restored, zone).text
        said += f": from {start} to {end}, {fmt.duration(minutes).text}"
        times = [
            SaidTime(incident, "impacted_at", start),
            SaidTime(incident, "restored_at", end),
        ]
    within = "within" if row.flag("within_target") else "not within"
    return say(
        link(incident, major_incidents.record_id(incident)),
        f"{said}; {within} its target time.",
        times=times,
    )


def _credits(context: Context) -> Section | None:
    total = totals.all_credits(context)
    if total is None:
        return None
    said = fmt.gbp(total).text
    return Section(
        "summary-credits",
        "Service credits",
        (
            say(
                "Service credits of ", strong(said), " fall to the month. See ", ref("credits"), "."
            ),
        ),
    )
