"""Writing the extracts of a bundled month into a landing folder.

Belongs here: which months there are, which feeds each has, when their files arrived. Does not
belong here: the rows (`components`, `incidents`, `problems`, `providers`) and the form of a file
(`extracts`).

What is published fact and what is reconstruction is said in `examples/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from orchestration.simulation import components, incident, incidents, problems, providers
from orchestration.simulation.calendar import Month, arrival, local_to_utc
from orchestration.simulation.errors import ReconstructionError
from orchestration.simulation.extracts import Cell, Extract, write
from orchestration.simulation.facts import Facts, Row, resolution_targets

# Reconstructed month → the published report that its figures come from.
REPORT_OF_MONTH = {date(2020, 8, 1): "2020-09", date(2020, 9, 1): "2020-09"}
BUNDLED_MONTHS = tuple(REPORT_OF_MONTH)
# Of these the bundled extracts have a month of simulated traffic beside the published figures.
TRAFFIC_MONTHS = (date(2020, 9, 1),)

# Working day after the month's end on which the files arrive: a day before they are due; commentary
# is written when the figures are known.
EXTRACTS_ARRIVE = 3
COMMENTARY_ARRIVES = 7

MAINTENANCE_COLUMNS = (
    "maintenance_id", "component_ids", "region", "starts_at", "ends_at", "notified_at", "change_id",
)  # fmt: skip
ACTION_COLUMNS = ("incident_id", "item", "description", "owner")
COMMENTARY_COLUMNS = (
    "reporting_month", "measure_id", "region", "reason", "mitigation", "author_role",
)  # fmt: skip


def write_month(landing_dir: Path, month: date) -> list[Path]:
    """Write every extract of the month below `landing_dir`; return the files written.

    The same month gives the same bytes and modification times, however often and wherever it is
    written; each file appears whole.

    Args:
        landing_dir: root of the landing folder; created when missing.
        month: any day of the month.

    Raises:
        ReconstructionError: the month is not bundled, or a table of facts is missing.
    """
    first_day = month.replace(day=1)
    if first_day not in REPORT_OF_MONTH:
        known = ", ".join(f"{day:%Y-%m}" for day in REPORT_OF_MONTH)
        raise ReconstructionError(
            f"{first_day:%Y-%m} is not bundled; bundled are {known}. For another month put its "
            f"extracts into the landing folder ({landing_dir})."
        )
    return [write(landing_dir, extract) for extract in extracts(first_day)]


def extracts(first_day: date) -> Iterator[Extract]:
    """The extracts of a bundled month, not yet written."""
    month = Month(first_day)
    facts = Facts(REPORT_OF_MONTH[first_day])
    yield from providers.service_levels(facts, month, EXTRACTS_ARRIVE)
    if month.label != facts.report:
        return  # of the month before only the levels are known
    yield from providers.exceptions(facts, month, EXTRACTS_ARRIVE)
    yield from providers.service_credits(facts, month, EXTRACTS_ARRIVE)
    yield _incidents(facts, month)
    actions = facts.own("incident_actions")
    yield _own_words(
        month, ("dsms", "incident_actions"), ACTION_COLUMNS, actions, day=EXTRACTS_ARRIVE
    )
    yield Extract(
        system="dsms",
        feed="problems",
        period=month.label,
        columns=problems.COLUMNS,
        rows=problems.rows(facts),
        arrived_at=arrival(month, EXTRACTS_ARRIVE),
    )
    yield Extract(
        system="dcc",
        feed="maintenance",
        period=month.label,
        columns=MAINTENANCE_COLUMNS,
        rows=[_maintenance_row(row) for row in facts.own("maintenance")],
        arrived_at=arrival(month, EXTRACTS_ARRIVE),
    )
    yield from components.component_events(facts, month)
    commentary = [
        {**row, "reporting_month": month.first_day.isoformat()} for row in facts.own("commentary")
    ]
    yield _own_words(
        month, ("dcc", "commentary"), COMMENTARY_COLUMNS, commentary, day=COMMENTARY_ARRIVES
    )


def _incidents(facts: Facts, month: Month) -> Extract:
    targets = resolution_targets()
    rows = [one.row(targets[one.category][1]) for one in incidents.reconstruct(facts)]
    return Extract(
        system="dsms",
        feed="incidents",
        period=month.label,
        columns=incident.COLUMNS,
        rows=rows,
        arrived_at=arrival(month, EXTRACTS_ARRIVE),
        compressed=True,
    )


def _own_words(
    month: Month, path: tuple[str, str], columns: tuple[str, ...], rows: list[Row], *, day: int
) -> Extract:
    """An extract whose rows are texts already; `path` is its system and feed."""
    return Extract(
        system=path[0],
        feed=path[1],
        period=month.label,
        columns=columns,
        rows=[tuple(row[column] for column in columns) for row in rows],
        arrived_at=arrival(month, day),
    )


def _maintenance_row(row: Row) -> tuple[Cell, ...]:
    times = {"starts_at", "ends_at", "notified_at"}
    return tuple(
        local_to_utc(row[column]) if column in times and row[column] else row[column]
        for column in MAINTENANCE_COLUMNS
    )
