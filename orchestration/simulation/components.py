"""Component events of a bundled month, from the published times of its Major Incidents.

Belongs here: which component each incident took down (assumptions, in `examples/reconstruction`)
and when (published). Does not belong here: what the downtime makes of availability.

Each incident gives an event for each of its components, from impacted to restored. A planned one
begins with the maintenance window of its change, which it may outlast.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from orchestration.simulation.calendar import ARRIVAL_TIME, ZONE, Month, local_to_utc
from orchestration.simulation.errors import ReconstructionError
from orchestration.simulation.extracts import Cell, Extract
from orchestration.simulation.facts import Facts, Row

COLUMNS = (
    "event_id", "component_id", "region", "started_at", "ended_at", "kind", "change_id",
    "incident_id",
)  # fmt: skip
EVERYWHERE = frozenset({"", "All"})


def component_events(facts: Facts, month: Month) -> Iterator[Extract]:
    """An extract of `dsp/component_events` for each local day of the month, most without a row.

    Raises:
        ReconstructionError: an assumption names an incident or a change that is not there.
    """
    by_day: dict[date, list[tuple[Cell, ...]]] = {}
    for day, row in _events(facts):
        by_day.setdefault(day, []).append(row)
    day = month.first_day
    while day < month.following.first_day:
        morning = datetime.combine(day + timedelta(days=1), ARRIVAL_TIME, ZONE)
        yield Extract(
            system="dsp",
            feed="component_events",
            period=day.isoformat(),
            columns=COLUMNS,
            rows=by_day.get(day, []),
            arrived_at=morning,
        )
        day += timedelta(days=1)


def _events(facts: Facts) -> Iterator[tuple[date, tuple[Cell, ...]]]:
    """Each event with the local day on which it began."""
    incidents = {row["incident_id"]: row for row in facts.published("major_incidents")}
    windows = {row["change_id"]: row for row in facts.own("maintenance")}
    for assumed in facts.own("component_assumptions"):
        incident = _named(incidents, assumed["incident_id"], "published Major Incidents")
        begins = incident["impacted_at"]
        if assumed["kind"] == "planned":
            begins = _named(windows, assumed["change_id"], "maintenance windows")["starts_at"]
        region = incident["region"]
        for number, component in enumerate(assumed["component_ids"].split("|"), start=1):
            yield (
                datetime.fromisoformat(begins).date(),
                (
                    f"{assumed['incident_id'].replace('INC', 'EVT')}-{number}",
                    component,
                    None if region in EVERYWHERE else region,
                    local_to_utc(begins),
                    local_to_utc(incident["restored_at"]),
                    assumed["kind"],
                    assumed["change_id"] or None,
                    assumed["incident_id"],
                ),
            )


def _named(rows: dict[str, Row], name: str, where: str) -> Row:
    if name not in rows:
        raise ReconstructionError(
            f"component_assumptions.csv names {name}, which is not among the {where}; "
            "correct the assumption."
        )
    return rows[name]
