"""Service-provider and code performance measures by rules C1 to C6, word by word.

Belongs here: levels, states, previous levels, statuses, credits. Does not belong here: incidents
(CPM4 and CPM5 come from `incidents.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.python.oracle.clock import months_before
from tests.python.oracle.figures import shown_level, status
from tests.python.oracle.incidents import (
    IncidentRules,
    Row,
    has_extract,
    latest_levels,
    level_of,
)
from tests.python.oracle.records import Facts, ServiceLevel
from tests.python.oracle.reference import CodeMeasure, RegisteredMeasure

POWER_OUTAGE_MEASURE = "12.2"
MEAN_MEASURES = ("CPM1", "CPM2", "CPM3", "CPM6", "CPM7", "CPM8")


@dataclass(frozen=True)
class Figure:
    """A level, or None with the state that stands in its place."""

    level: float | None
    state: str


def formula_level(measure: RegisteredMeasure, row: ServiceLevel) -> float | None:
    """C2: the level that numerator and denominator (or the level given) amount to."""
    if measure.unit == "count":
        return row.numerator if row.numerator is not None else row.level
    if row.numerator is None or row.denominator is None:
        return row.level
    if measure.measure_no == POWER_OUTAGE_MEASURE:
        return 100 * row.numerator / ((row.denominator - 50) * 0.25 + 50)
    return 100 * row.numerator / row.denominator


def measure_figures(
    facts: Facts, month: date, register: Sequence[RegisteredMeasure]
) -> dict[tuple[str, str], Figure]:
    """Level or state of every PM that stands in the month, by provider and measure number."""
    figures: dict[tuple[str, str], Figure] = {}
    for measure in register:
        found = [
            row
            for row in facts.service_levels
            if row.reporting_month == month
            and row.provider == measure.provider
            and row.measure_no == measure.measure_no
        ]
        key = (measure.provider, measure.measure_no)
        if found:
            row = found[0]
            if row.state == "Reported":
                figures[key] = Figure(formula_level(measure, row), "Reported")
            else:
                figures[key] = Figure(None, row.state)
        elif measure.period == "Monthly":
            figures[key] = Figure(None, "Not Reported")
    return figures


def previous_months(month: date, period: str) -> list[date]:
    """Months of the period before, latest first: the month, or the calendar quarter."""
    if period != "Quarterly":
        return [months_before(month, 1)]
    into_quarter = (month.month - 1) % 3
    return [months_before(month, into_quarter + back) for back in (1, 2, 3)]


def published(
    facts: Facts, months: Sequence[date], measure_id: str, scope: str, unit: str
) -> tuple[float | None, str | None]:
    """C3: number (as it was shown) or words of what the latest published issue says.

    Of several months the latest counts whose latest issue says anything of the measure.
    """
    for month in months:
        for row in latest_levels(facts, month):
            if (row.measure_id, row.scope) == (measure_id, scope):
                if row.value is None:
                    return None, row.value_text
                return float(shown_level(row.value, unit)), None
    return None, "Not Published"


def sp_performance_measures(
    facts: Facts, month: date, register: Sequence[RegisteredMeasure]
) -> list[Row]:
    """One row per PM that stands in the month."""
    rows: list[Row] = []
    figures = measure_figures(facts, month, register)
    for measure in register:
        key = (measure.provider, measure.measure_no)
        if key not in figures:
            continue
        figure = figures[key]
        previous_level, previous_text = published(
            facts,
            previous_months(month, measure.period),
            "SP-PM",
            f"{measure.provider} PM{measure.measure_no}",
            measure.unit,
        )
        given = [
            row
            for row in facts.service_levels
            if row.reporting_month == month and (row.provider, row.measure_no) == key
        ]
        rows.append(
            {
                "provider": measure.provider,
                "measure_no": measure.measure_no,
                "measure_name": measure.measure_name,
                "level": figure.level,
                "state": figure.state,
                "shown": (
                    None if figure.level is None else shown_level(figure.level, measure.unit)
                ),
                "previous_level": previous_level,
                "previous_text": previous_text,
                "shown_level": (
                    None if figure.level is None else shown_level(figure.level, measure.unit)
                ),
                "target": float(measure.target),
                "minimum": None if measure.minimum is None else float(measure.minimum),
                "status": status(
                    figure.level,
                    measure.unit,
                    measure.direction,
                    measure.target,
                    measure.minimum,
                ),
                "numerator": given[0].numerator if given else None,
                "denominator": given[0].denominator if given else None,
                "exceptions": sum(
                    row.events
                    for row in facts.exceptions
                    if row.reporting_month == month
                    and (row.provider, row.measure_no) == key
                    and row.scope == "In period"
                ),
                "contributes_to": measure.contributes_to or None,
            }
        )
    return rows


def mean_of_shown(
    measure: str,
    figures: dict[tuple[str, str], Figure],
    register: Sequence[RegisteredMeasure],
) -> tuple[Figure, int]:
    """C1: mean of the shown levels of the contributing PMs that are Reported, and their number."""
    levels: list[Decimal] = []
    states: set[str] = set()
    for registered in register:
        if registered.contributes_to != measure:
            continue
        figure = figures.get((registered.provider, registered.measure_no))
        if figure is None:
            continue
        if figure.state == "Reported" and figure.level is not None:
            levels.append(shown_level(figure.level, registered.unit))
        else:
            states.add(figure.state)
    if levels:
        return Figure(float(sum(levels) / len(levels)), "Reported"), len(levels)
    if len(states) == 1:
        return Figure(None, states.pop()), 0
    return Figure(None, "Not Reported"), 0


def assessments_figure(facts: Facts, month: date) -> tuple[Figure, int, int]:
    """C5: due in the month and completed by the due date, of those due in the month."""
    due = [
        row
        for row in facts.assessments
        if row.reporting_month == month
        and (row.due_date.year, row.due_date.month) == (month.year, month.month)
    ]
    in_time = [
        row for row in due if row.completed_date is not None and row.completed_date <= row.due_date
    ]
    landed = any(row.reporting_month == month for row in facts.assessments) or any(
        (empty.feed, empty.reporting_month) == ("assessments", month) for empty in facts.empty_files
    )
    if not landed:
        return Figure(None, "Not Reported"), 0, 0
    if not due:
        return Figure(None, "No Events"), 0, 0
    return Figure(100 * len(in_time) / len(due), "Reported"), len(in_time), len(due)


def code_performance_measures(
    facts: Facts,
    month: date,
    register: Sequence[RegisteredMeasure],
    code_register: Sequence[CodeMeasure],
    incident_rules: IncidentRules,
) -> list[Row]:
    """CPM1 to CPM9 with status and previous level."""
    figures = measure_figures(facts, month, register)
    incidents = [row for row in facts.incidents if row.reporting_month == month]
    rows: list[Row] = []
    for code in code_register:
        contributions: int
        if code.measure in MEAN_MEASURES:
            figure, contributions = mean_of_shown(code.measure, figures, register)
        elif code.measure in ("CPM4", "CPM5") and not has_extract(facts, month):
            figure, contributions = Figure(None, "Not Reported"), 0
        elif code.measure == "CPM4":
            resolved = level_of(incidents, (1, 2), incident_rules)
            figure, contributions = Figure(resolved.level, resolved.state), resolved.denominator
        elif code.measure == "CPM5":
            resolved = level_of(incidents, (3, 4, 5), incident_rules)
            figure, contributions = Figure(resolved.level, resolved.state), resolved.denominator
        else:
            figure, _, contributions = assessments_figure(facts, month)
        previous_level, previous_text = published(
            facts, [months_before(month, 1)], code.measure, "All", "percent"
        )
        rows.append(
            {
                "measure": code.measure,
                "level": figure.level,
                "state": figure.state,
                "shown": (None if figure.level is None else shown_level(figure.level, "percent")),
                "previous_level": previous_level,
                "previous_text": previous_text,
                "shown_level": (
                    None if figure.level is None else shown_level(figure.level, "percent")
                ),
                "target": float(code.target),
                "minimum": None if code.minimum is None else float(code.minimum),
                "status": status(figure.level, "percent", "higher", code.target, code.minimum),
                "contributions": contributions,
            }
        )
    return rows


def performance_exceptions(facts: Facts, month: date) -> list[Row]:
    """Events by PM, scope and reason."""
    counts: dict[tuple[str, str, str, str], int] = {}
    for row in facts.exceptions:
        if row.reporting_month == month:
            key = (row.provider, row.measure_no, row.scope, row.reason)
            counts[key] = counts.get(key, 0) + row.events
    return [
        {
            "provider": provider,
            "measure_no": measure_no,
            "scope": scope,
            "reason": reason,
            "events": events,
        }
        for (provider, measure_no, scope, reason), events in counts.items()
    ]


def service_credits(facts: Facts, month: date) -> list[Row]:
    """Points, money and the price per point (C4)."""
    return [
        {
            "provider": row.provider,
            "measure_no": row.measure_no,
            "service_points": row.service_points,
            "credit_gbp": row.credit_gbp,
            "gbp_per_point": (
                float(row.credit_gbp) / row.service_points if row.service_points else None
            ),
        }
        for row in facts.service_credits
        if row.reporting_month == month
    ]


def misplaced_credits(
    facts: Facts, month: date, register: Sequence[RegisteredMeasure]
) -> set[tuple[str, str]]:
    """C4: PMs with points that are not in the tables, or not below their target."""
    wrong: set[tuple[str, str]] = set()
    standing = {
        (str(row["provider"]), str(row["measure_no"])): row["status"]
        for row in sp_performance_measures(facts, month, register)
    }
    for credit in facts.service_credits:
        if credit.reporting_month != month or credit.service_points == 0:
            continue
        key = (credit.provider, credit.measure_no)
        if standing.get(key) not in ("Below Target", "Below Minimum"):
            wrong.add(key)
    return wrong


def dcc_assessments(facts: Facts, month: date) -> list[Row]:
    """The assessments of the month's file: which are due in the month, which were in time."""
    return [
        {
            "assessment_id": row.assessment_id,
            "due_date": row.due_date,
            "completed_date": row.completed_date,
            "in_time": row.completed_date is not None and row.completed_date <= row.due_date,
            "is_due": (row.due_date.year, row.due_date.month) == (month.year, month.month),
        }
        for row in facts.assessments
        if row.reporting_month == month
    ]
