"""Section: outages that the requests tell of (OUT-DET), held against what was recorded.

Belongs here: detected outages with what explains them, and records of which nothing was seen. Does
not belong here: availability, and what Incidents did to the month's norm (`degradation.py`).
"""

from __future__ import annotations

from orchestration.report import formatting as fmt
from orchestration.report.context import Context
from orchestration.report.document import Block, Cell, Kind, Section, Table
from orchestration.report.marts import Row
from orchestration.report.sections.degradation import HISTORY
from orchestration.report.sections.wording import column, commentary_blocks, line, say, strong

ID = "detected-outages"
DETECTED, UNEXPLAINED, SILENT = "OUT-DET", "OUT-DET-UNEXPLAINED", "OUT-DET-SILENT"
NOT_REPORTED = "Not Reported"
NOTHING = "Nothing"
"""What the column of explanations says of an outage that nobody has explained; a rule reads it."""
STATES = {
    "detected": "Detected",
    "without effect": "Without effect",
    "too short": "Too short to be seen",
    "no history": "No history",
    "too little traffic": "Too little traffic",
}


def build(context: Context) -> Section:
    """Detected outages, and recorded ones as far as they were seen."""
    outages = context.marts.rows("detected_outages", "started_at, region")
    records = context.marts.rows("recorded_outages", "started_at, event_id")
    return Section(
        ID,
        "Outages detected by missing requests",
        (
            say(
                "An outage is detected where, in two or more quarter-hours on end, fewer than a "
                "fifth of the requests expected in a region or in the whole network were started, "
                "and at least 20 were expected. Expected is the mean of the same weekday and time "
                "in the four weeks before, over those weeks whose extract has arrived; with fewer "
                "than two there is no norm."
            ),
            *_known(context),
            *_counts(context),
            *_detected(context, outages),
            *_recorded(context, records),
            *commentary_blocks(context, DETECTED, "Detected outages"),
        ),
    )


def _known(context: Context) -> list[Block]:
    """Of how much of the month an outage could be detected at all, where not of all of it."""
    row = context.measure(HISTORY)
    value = None if row is None else row.number("value")
    if value is None or fmt.shown(value) == fmt.shown(100):
        return []
    return [
        say(
            "Of the hours of the month ",
            strong(fmt.percent(value).text),
            " have a norm; in the others, which have no history, no outage can be detected.",
        )
    ]


def _counts(context: Context) -> list[Block]:
    found: list[Block] = []
    for measure in (DETECTED, UNEXPLAINED, SILENT):
        row = context.measure(measure)
        if row is not None:
            said = fmt.level(row.number("value"), row.words("value_text"), "count").text
            found.append(say(f"{row.text('measure_name')}: ", strong(said), "."))
    return found


def _is_known(context: Context, measure: str) -> bool:
    row = context.measure(measure)
    return row is not None and row.words("value_text") != NOT_REPORTED


def _detected(context: Context, rows: list[Row]) -> list[Block]:
    if not rows and not _is_known(context, DETECTED):
        return [
            say(
                "No quarter-hour of the month has a norm of 20 requests, for want of history or of "
                "requests: no outage could be detected."
            )
        ]
    if not rows:
        return []
    return [
        Table(
            "detected_outages",
            "Outages detected by missing requests, and what explains them",
            (
                column("region", "Region"),
                column("started_at", "From", Kind.TIMESTAMP, weight=1.5),
                column("ended_at", "Until", Kind.TIMESTAMP, weight=1.5),
                column("expected", "Expected", Kind.DECIMAL),
                column("actual", "Started", Kind.COUNT),
                column("explained", "Explained by", weight=2.4),
            ),
            tuple(
                line(
                    fmt.text(row.text("region")),
                    _moment(context, row, "started_at"),
                    _moment(context, row, "ended_at"),
                    fmt.limit(row.number("expected"), "decimal"),
                    fmt.count(row.whole("actual")),
                    fmt.text(_explanation(row)),
                )
                for row in rows
            ),
            ("detected_outages",),
            content="detected_outages",
            notes=(
                "Times are whole quarter-hours. What the whole network, All, missed, its regions "
                "mostly missed as well.",
            ),
        )
    ]


def _explanation(row: Row) -> str:
    said = [
        *(row.words("recorded_event_ids") or "").split("|"),
        *(row.words("incident_ids") or "").split("|"),
        "commentary" if row.flag("has_commentary") else "",
    ]
    return ", ".join(one for one in said if one) or NOTHING


def _recorded(context: Context, rows: list[Row]) -> list[Block]:
    if not rows:
        if _is_known(context, SILENT):
            return [say("No unavailability of a component was recorded in the month.")]
        return [say("No extract of recorded unavailability has landed for the month.")]
    names = {
        row.text("component_id"): row.text("component") for row in context.marts.seed("components")
    }
    return [
        Table(
            "recorded_outages",
            "Recorded unavailability, and what was seen of it in the requests",
            (
                column("event", "Event", weight=1.2),
                column("component", "Component", weight=1.6),
                column("region", "Region"),
                column("kind", "Kind"),
                column("started_at", "From", Kind.TIMESTAMP, weight=1.5),
                column("ended_at", "Until", Kind.TIMESTAMP, weight=1.5),
                column("expected", "Expected", Kind.DECIMAL),
                column("actual", "Started", Kind.COUNT),
                column("state", "Seen", weight=1.3),
            ),
            tuple(
                line(
                    fmt.text(row.text("event_id")),
                    fmt.text(names.get(row.text("component_id"), row.text("component_id"))),
                    fmt.text(row.text("region")),
                    fmt.text(row.text("kind").capitalize()),
                    _moment(context, row, "started_at"),
                    _moment(context, row, "ended_at"),
                    fmt.limit(row.number("expected"), "decimal"),
                    fmt.limit(row.number("actual"), "count"),
                    fmt.text(STATES[row.text("state")]),
                )
                for row in rows
            ),
            ("recorded_outages",),
            notes=(
                "Expected and started are of the whole quarter-hours that the record covers, in "
                "its region.",
            ),
            dash_note="A dash stands where there is no norm, or no quarter-hour that has landed.",
        )
    ]


def _moment(context: Context, row: Row, name: str) -> Cell:
    moment = row.moment(name)
    if moment is None:
        return fmt.not_applicable(Kind.TIMESTAMP)
    return fmt.timestamp(moment, context.marts.zone)
