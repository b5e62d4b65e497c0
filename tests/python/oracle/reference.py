"""The reference lists that the rules name, read straight from the seeds.

Belongs here: targets, exceptions list, registered performance measures, code performance measures.
Does not belong here: facts of a month.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[3] / "seeds"


@dataclass(frozen=True)
class IncidentTarget:
    """Target times of a category: minutes to the initial response, hours to the resolution (I1)."""

    initial_response_minutes: int
    resolution_hours: int


@dataclass(frozen=True)
class RegisteredMeasure:
    """A service-provider performance measure of the register; `contributes_to` is '' for none."""

    provider: str
    measure_no: str
    measure_name: str
    period: str
    contributes_to: str
    unit: str
    direction: str
    target: Decimal
    minimum: Decimal | None


@dataclass(frozen=True)
class CodeMeasure:
    """A Code Performance Measure with its target and minimum, in percent."""

    measure: str
    target: Decimal
    minimum: Decimal | None


def _rows(seed: str) -> list[dict[str, str]]:
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def incident_targets() -> Mapping[int, IncidentTarget]:
    """Target times by category."""
    return {
        int(row["category"]): IncidentTarget(
            int(row["initial_response_minutes"]), int(row["resolution_hours"])
        )
        for row in _rows("incident_targets")
    }


def pmel_kinds() -> Mapping[str, str]:
    """Kind (Exception or Exclusion) of each reason of the PMEL that applies to incidents."""
    return {
        row["reason"]: row["kind"]
        for row in _rows("pmel_reasons")
        if row["applies_to"] == "Incidents"
    }


def registered_measures() -> list[RegisteredMeasure]:
    """Every registered service-provider performance measure."""
    return [
        RegisteredMeasure(
            provider=row["provider"],
            measure_no=row["measure_no"],
            measure_name=row["measure_name"],
            period=row["period"],
            contributes_to=row["contributes_to"],
            unit=row["unit"],
            direction=row["direction"],
            target=Decimal(row["target"]),
            minimum=_decimal(row["minimum"]),
        )
        for row in _rows("performance_measures")
    ]


def code_measures() -> list[CodeMeasure]:
    """CPM1 to CPM9."""
    return [
        CodeMeasure(row["measure"], Decimal(row["target"]), _decimal(row["minimum"]))
        for row in _rows("code_performance_targets")
    ]
