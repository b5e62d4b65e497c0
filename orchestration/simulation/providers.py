"""What each provider sent: service levels, exceptions, service credits.

Belongs here: the published levels, exceptions and credits as one file per provider. Nothing here is
reconstructed. A provider with nothing to say sends a file that has only its header.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from orchestration.simulation.calendar import Month, arrival
from orchestration.simulation.extracts import Cell, Extract
from orchestration.simulation.facts import Facts, Row, providers

LEVEL_COLUMNS = (
    "provider", "measure_no", "numerator", "denominator", "level", "state", "period",
)  # fmt: skip
EXCEPTION_COLUMNS = ("provider", "measure_no", "scope", "reason", "events")
CREDIT_COLUMNS = ("provider", "measure_no", "service_points", "credit_gbp")

STATES = frozenset({"No Events", "Data Exempted", "Not Reported"})
MONTHLY = "Monthly"


def service_levels(facts: Facts, month: Month, working_day: int) -> Iterator[Extract]:
    """Levels of the reported month, or, of the month before, those that are printed as previous.

    Quarterly measures have another previous period than the month before, and key performance
    indicators were printed without a previous level: the earlier month holds neither.
    """
    is_reported_month = month.label == facts.report
    rows: dict[str, list[tuple[Cell, ...]]] = {provider: [] for provider in providers()}
    for row in facts.published("sp_performance_measures"):
        if is_reported_month:
            rows[row["provider"]].append(_level_row(row, row["level"]))
        elif row["previous_level"] and row["period"] == MONTHLY:
            inputs_unknown = {**row, "numerator": "", "denominator": ""}
            rows[row["provider"]].append(_level_row(inputs_unknown, row["previous_level"]))
    return _by_provider("service_levels", LEVEL_COLUMNS, rows, month, working_day)


def exceptions(facts: Facts, month: Month, working_day: int) -> Iterator[Extract]:
    """Exceptions by measure, scope and reason."""
    rows: dict[str, list[tuple[Cell, ...]]] = {provider: [] for provider in providers()}
    for row in facts.published("pm_exceptions"):
        rows[row["provider"]].append(tuple(row[column] for column in EXCEPTION_COLUMNS))
    return _by_provider("exceptions", EXCEPTION_COLUMNS, rows, month, working_day)


def service_credits(facts: Facts, month: Month, working_day: int) -> Iterator[Extract]:
    """Service points and credits by measure."""
    rows: dict[str, list[tuple[Cell, ...]]] = {provider: [] for provider in providers()}
    for row in facts.published("service_credits"):
        rows[row["provider"]].append(
            (
                row["provider"],
                row["measure_no"],
                row["service_points"],
                str(Decimal(row["service_credit_gbp"]).quantize(Decimal("0.01"))),
            )
        )
    return _by_provider("service_credits", CREDIT_COLUMNS, rows, month, working_day)


def _level_row(row: Row, level: str) -> tuple[Cell, ...]:
    """A level is what was printed, or its inputs where they were: one of the two, never both."""
    provider, measure_no, period = row["provider"], row["measure_no"], row["period"]
    if level in STATES:
        return provider, measure_no, None, None, None, level, period
    if row["numerator"]:
        inputs = (row["numerator"], row["denominator"])
        return provider, measure_no, *inputs, None, "Reported", period
    return provider, measure_no, None, None, level, "Reported", period


def _by_provider(
    feed: str,
    columns: tuple[str, ...],
    rows: dict[str, list[tuple[Cell, ...]]],
    month: Month,
    working_day: int,
) -> Iterator[Extract]:
    for provider, provider_rows in rows.items():
        yield Extract(
            system="providers",
            feed=feed,
            period=month.label,
            part=provider,
            columns=columns,
            rows=provider_rows,
            arrived_at=arrival(month, working_day),
        )
