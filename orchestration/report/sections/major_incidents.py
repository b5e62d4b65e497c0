"""Part of section incidents: every Major Incident as a record with all its times.

Belongs here: the overview table and the records. Does not belong here: whether it was within target
(the mart says so).
"""

from __future__ import annotations

from orchestration.report import formatting as fmt
from orchestration.report.context import Context
from orchestration.report.document import (
    Action,
    Block,
    Cell,
    Kind,
    Line,
    Record,
    RecordField,
    Section,
    Table,
)
from orchestration.report.marts import Row
from orchestration.report.sections.wording import (
    column,
    commentary_blocks,
    previous,
    say,
    service_names,
)

ID = "major-incidents"
TIMES = (
    ("impacted_at", "Service impacted"),
    ("restored_at", "Service restored"),
    ("raised_at", "Incident raised"),
    ("resolved_at", "Incident resolved"),
)
NARRATIVES = (("summary", "What happened"), ("customer_impact", "Impact on Users"))
MARTS = ("major_incidents",)
ACTIONS_MART = "major_incident_actions"


def record_id(incident_id: str) -> str:
    """Id of the record of an incident, for links."""
    return f"record-{incident_id.lower()}"


def build(context: Context) -> Section:
    """Overview and records of the Category 1 and 2 incidents that touch the month."""
    rows = context.marts.rows("major_incidents", "impacted_at, raised_at, incident_id")
    if not rows:
        return Section(
            ID,
            "Major Incidents",
            (say("No Category 1 or 2 Incident touches the month."), *_limits(context)),
        )
    actions = _actions(context)
    blocks: list[Block] = [
        say(
            "Every Category 1 or 2 Incident whose impact began or that was raised, resolved or "
            "closed in the month, including those left out of the measure. The impact lasts from "
            "impacted to restored, the Incident from raised to resolved, in whole minutes."
        ),
        *_limits(context),
        _overview(context, rows),
    ]
    for measure in dict.fromkeys(row.text("measure_id") for row in context.family("INC-MAJOR")):
        row = context.measure(measure)
        if row is not None:
            blocks.extend(commentary_blocks(context, measure, row.text("measure_name")))
    records = tuple(_record(context, row, actions.get(row.text("incident_id"), ())) for row in rows)
    return Section(
        ID,
        "Major Incidents",
        tuple(blocks),
        (Section("major-incident-records", "Records", records),),
    )


def _limits(context: Context) -> list[Block]:
    """How many there were against how many are accepted, and how long they were felt in total."""
    lines: list[Line] = []
    for row in context.family("INC-MAJOR"):
        unit = row.text("unit")
        target = row.number("target")
        lines.append(
            Line(
                (
                    fmt.text(row.text("measure_name")),
                    previous(row, unit),
                    fmt.level(row.number("value"), row.words("value_text"), unit),
                    fmt.not_applicable(Kind.COUNT) if target is None else fmt.count(target),
                    fmt.status(row.words("status")),
                ),
                measure=row.text("measure_id"),
                facts=(("unit", unit), ("direction", row.text("direction"))),
            )
        )
    if not lines:
        return []
    context.show_family("INC-MAJOR")
    return [
        Table(
            "major_incident_limits",
            "Major Incidents counted in CPM4 against how many are accepted",
            (
                column("name", "What is counted", weight=4),
                column("previous", "Previous", Kind.COUNT),
                column("level", "Level", Kind.COUNT),
                column("target", "At most", Kind.COUNT),
                column("status", "Status", Kind.STATUS, weight=1.6),
            ),
            tuple(lines),
            ("pmr_measures",),
            content="measures",
            notes=("Outage: from impacted to restored, added up over the Incidents.",),
            dash_note="A dash stands where there is no limit, and where no previous level was "
            "published.",
        )
    ]


def _actions(context: Context) -> dict[str, tuple[Action, ...]]:
    found: dict[str, tuple[Action, ...]] = {}
    for row in context.marts.rows(ACTIONS_MART, "incident_id, item"):
        incident = row.text("incident_id")
        action = Action(str(row.whole("item")), row.text("description"), row.text("owner"))
        found[incident] = (*found.get(incident, ()), action)
    return found


def _overview(context: Context, rows: list[Row]) -> Table:
    return Table(
        "major_incidents",
        "Category 1 and 2 Incidents of the month",
        (
            column("incident", "Incident", weight=1.75),
            column("category", "Cat.", Kind.COUNT, weight=0.5),
            column("impacted_at", "Impacted", Kind.TIMESTAMP, weight=1.15),
            column("restored_at", "Restored", Kind.TIMESTAMP, weight=1.15),
            column("impact", "Impact", Kind.DURATION, weight=1.08),
            column("raised_at", "Raised", Kind.TIMESTAMP, weight=1.15),
            column("resolved_at", "Resolved", Kind.TIMESTAMP, weight=1.15),
            column("duration", "Incident", Kind.DURATION, weight=1.08),
            column("within", "In target", weight=0.75),
            column("counted", "Counted", weight=0.85),
        ),
        tuple(
            Line(
                (
                    _incident(row),
                    fmt.count(row.whole("category")),
                    _time(context, row, "impacted_at"),
                    _time(context, row, "restored_at"),
                    _minutes(row, "impact_minutes"),
                    _time(context, row, "raised_at"),
                    _time(context, row, "resolved_at"),
                    _minutes(row, "incident_minutes"),
                    fmt.yes_no(row.flag("within_target")),
                    fmt.yes_no(row.flag("counted")),
                )
            )
            for row in rows
        ),
        MARTS,
        content="incidents",
        notes=(
            "Counted: the Incident is in CPM4; those that are not have the reason in their record.",
        ),
    )


def _incident(row: Row) -> Cell:
    incident = row.text("incident_id")
    return Cell(Kind.TEXT, incident, incident, link=record_id(incident))


def _time(context: Context, row: Row, name: str) -> Cell:
    moment = row.moment(name)
    if moment is None:
        return Cell(Kind.TIMESTAMP, "Not given")
    return fmt.timestamp(moment, context.marts.zone)


def _minutes(row: Row, name: str) -> Cell:
    value = row.number(name)
    return Cell(Kind.DURATION, "Not given") if value is None else fmt.duration(value)


def _record(context: Context, row: Row, actions: tuple[Action, ...]) -> Record:
    incident = row.text("incident_id")
    fields = [
        RecordField("category", "Category", fmt.count(row.whole("category"))),
        RecordField("problem_id", "Problem record", fmt.text(row.words("problem_id") or "None")),
        RecordField("services", "Services impacted", fmt.text(_list(row, "services"))),
        RecordField("regions", "Regions", fmt.text(_list(row, "regions"))),
        *(RecordField(name, label, _time(context, row, name)) for name, label in TIMES),
        RecordField("impact_minutes", "Impact lasted", _minutes(row, "impact_minutes")),
        RecordField("incident_minutes", "Incident lasted", _minutes(row, "incident_minutes")),
        RecordField("within_target", "Within target time", fmt.yes_no(row.flag("within_target"))),
        RecordField("sla_met", "Within SLA by the source", _source_flag(row)),
        RecordField("counted", "Counted in CPM4", fmt.yes_no(row.flag("counted"))),
    ]
    reason = row.words("exclusion_reason")
    if reason is not None:
        fields.append(RecordField("exclusion_reason", "Left out as", fmt.text(reason)))
    primary = row.words("duplicate_of")
    if primary is not None:
        fields.append(RecordField("duplicate_of", "Duplicate of", fmt.text(primary)))
    return Record(
        record_id(incident),
        _title(row),
        tuple(fields),
        tuple(
            (label, said)
            for name, label in NARRATIVES
            if (said := row.optional_words(name)) is not None
        ),
        actions,
        (*MARTS, ACTIONS_MART) if actions else MARTS,
    )


def _title(row: Row) -> str:
    title = row.optional_words("title")
    incident = row.text("incident_id")
    return f"{incident}: {title}" if title else incident


def _list(row: Row, name: str) -> str:
    packed = row.words(name)
    return "None named" if packed is None else service_names(packed)


def _source_flag(row: Row) -> Cell:
    flag = row.flag("sla_met")
    return fmt.text("Not given") if flag is None else fmt.yes_no(flag)
