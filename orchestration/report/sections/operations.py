"""Section: estate health, defects, throttling.

Belongs here: DEFECT and THROTTLE as the month's extracts give them. Does not belong here: the
devices (`estate.py`), Incidents, and alerts that were suppressed (`deliveries.py`).
"""

from __future__ import annotations

from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context
from orchestration.report.document import Block, Cell, Line, Role, Section, Table
from orchestration.report.sections import estate
from orchestration.report.sections.wording import column, line, say, summed

ID = "operations"
NOT_REPORTED = "Not Reported"
SEVERITIES = tuple(f"Severity {severity}" for severity in range(1, 6))
DIRECTIONS = {"northbound": "Northbound (alerts)", "southbound": "Southbound (Service Requests)"}
DEFECTS = ("DEFECT-RELEASED", "DEFECT-OPEN")
THROTTLING = {
    "THROTTLE-EVENTS": "Events",
    "THROTTLE-INCIDENTS": "Incidents",
    "THROTTLE-SECONDS": "Time (s)",
    "THROTTLE-FORWARDED": "Alerts forwarded",
    "THROTTLE-DROPPED": "Alerts dropped",
    "THROTTLE-EXEMPTED": "Alerts exempted",
}


def build(context: Context) -> Section:
    """The health of the estate, known defects by severity, throttling by direction."""
    return Section(
        ID,
        "Estate health, defects, throttling",
        (
            say(
                "The health of the devices, the known defects of the live system, and how often "
                "traffic was held back to protect it."
            ),
        ),
        (
            estate.section(context),
            Section("operations-defects", "Known defects", _defects(context)),
            Section("operations-throttling", "Throttling", _throttling(context)),
        ),
    )


def _is_reported(context: Context, family: str) -> bool:
    """Whether any figure of the family is more than that nothing was given."""
    return any(row.words("value_text") != NOT_REPORTED for row in context.family(family))


def _figure(context: Context, measure: str, scope: str) -> Cell:
    """A figure; a dash where the measure does not have the scope."""
    unit = context.units.get(measure, "count")
    row = context.measure(measure, scope)
    if row is None:
        return fmt.not_applicable(fmt.unit_kind(unit))
    return fmt.level(row.number("value"), row.words("value_text"), unit)


def _defects(context: Context) -> tuple[Block, ...]:
    if not _is_reported(context, "DEFECT"):
        context.show_family("DEFECT")
        return (say("Known defects: Not Reported. The extracts of the month have none."),)
    return (
        Table(
            "defects",
            "Known defects released in the month, and accepted in live and open, by severity",
            (
                column("severity", "Severity", weight=1.3),
                summed("released", "Released in the month"),
                summed("open", "Accepted in live and open"),
            ),
            (
                *(
                    line(
                        fmt.text(severity), *(_figure(context, name, severity) for name in DEFECTS)
                    )
                    for severity in SEVERITIES
                ),
                Line(
                    (
                        fmt.text("All severities"),
                        *(_figure(context, name, ALL) for name in DEFECTS),
                    ),
                    Role.TOTAL,
                ),
            ),
            ("pmr_measures",),
            notes=(
                "Severity 1 is the highest. A defect released in the month and accepted is in both "
                "columns while it is open.",
            ),
            dash_note="A dash stands where there is no figure.",
        ),
    )


def _throttling(context: Context) -> tuple[Block, ...]:
    if not _is_reported(context, "THROTTLE"):
        context.show_family("THROTTLE")
        return (say("Throttling: Not Reported. The extracts of the month have none."),)
    return (
        Table(
            "throttling",
            "Throttling that began in the month, by direction",
            (
                column("direction", "Direction", weight=1.8),
                *(
                    column(
                        name.lower().replace("-", "_"),
                        words,
                        fmt.unit_kind(context.units.get(name, "count")),
                    )
                    for name, words in THROTTLING.items()
                ),
            ),
            tuple(
                line(fmt.text(words), *(_figure(context, name, direction) for name in THROTTLING))
                for direction, words in DIRECTIONS.items()
            ),
            ("pmr_measures",),
            notes=("An event counts with all of its time in the month in which it began.",),
            dash_note="A dash stands for alerts where Service Requests are throttled.",
        ),
    )
