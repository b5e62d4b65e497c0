"""Problem records as at the published report.

Belongs here: one row per published problem. Reconstruction is only the closing time of the closed
ones: the report says that they were closed in the period, not when, so each has an hour of its own
inside the month.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from orchestration.simulation.calendar import parse_month
from orchestration.simulation.extracts import Cell
from orchestration.simulation.facts import Facts, Row

COLUMNS = (
    "problem_id", "incident_id", "report_month", "provider", "title", "status", "closed_at",
    "target_date", "latest",
)  # fmt: skip

FIRST_CLOSING = timedelta(days=7, hours=10)
BETWEEN_CLOSINGS = timedelta(days=4, hours=1)


def rows(facts: Facts) -> list[tuple[Cell, ...]]:
    """The rows of the extract, in the order published."""
    closing = parse_month(facts.report).starts_at + FIRST_CLOSING
    result: list[tuple[Cell, ...]] = []
    for row in facts.published("problems"):
        closed_at: datetime | None = None
        if row["status_at_report"] == "Closed":
            closed_at = closing
            closing += BETWEEN_CLOSINGS
        result.append(
            (
                row["problem_id"],
                row["incident_id"],
                f"{row['report_month']}-01",
                row["provider"],
                row["title"],
                row["status_at_report"],
                closed_at,
                row["target_date"] or None,
                _latest(row),
            )
        )
    return result


def _latest(row: Row) -> str:
    if row["status_at_report"] == "Closed":
        return "Closed"
    if row["root_cause_target_expired"]:
        return f"Target date for the root cause ({row['root_cause_target_expired']}) has passed"
    return f"To be completed by {row['target_date']}"
