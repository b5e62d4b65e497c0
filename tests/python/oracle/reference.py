"""The reference lists that the rules name, read straight from the seeds.

Belongs here: targets, exceptions list, registered performance measures, code performance measures,
report statuses, modes, Table 4, target response times, known SRVs and codes. Does not belong
here: facts of a month.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
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


@dataclass(frozen=True)
class ProcessSrv:
    """A row of Table 4: an SRV of a business process, and whether it applies to SMETS1."""

    business_process: str
    srv: str
    smets1_applicable: bool


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


def reported_statuses() -> frozenset[int]:
    """Report statuses of requests that are reported; those of all others are in flight (S1)."""
    return frozenset(
        int(row["report_status_id"])
        for row in _rows("report_statuses")
        if row["is_reported"] == "true"
    )


def timing_classes() -> Mapping[int, str]:
    """Timing class of each mode of operation (S8)."""
    return {
        int(row["mode_of_operation"]): row["timing_class"] for row in _rows("modes_of_operation")
    }


def target_response_times() -> Mapping[tuple[str, int], int]:
    """Seconds by SRV and mode (S3)."""
    return {
        (row["srv"], int(row["mode_of_operation"])): int(row["target_seconds"])
        for row in _rows("target_response_times")
    }


def table_4() -> list[ProcessSrv]:
    """Every row of Table 4."""
    return [
        ProcessSrv(row["business_process"], row["srv"], row["smets1_applicable"] == "true")
        for row in _rows("business_process_srvs")
    ]


def known_srvs() -> frozenset[str]:
    """Every SRV of the DCC User Interface."""
    return frozenset(row["srv"] for row in _rows("srvs"))


def known_response_codes() -> frozenset[str]:
    """Every response code of the reference list."""
    return frozenset(row["response_code"] for row in _rows("response_codes"))


def known_alert_codes() -> frozenset[str]:
    """Every alert code of the reference list."""
    return frozenset(row["alert_code"] for row in _rows("alert_codes"))


# ---- availability


def service_regionality() -> Mapping[str, bool]:
    """Service → whether it is reported by region."""
    return {row["service_id"]: row["is_regional"] == "true" for row in _rows("services")}


def component_regionality() -> Mapping[str, bool]:
    """Component → whether it can be down in one region alone."""
    return {row["component_id"]: row["is_regional"] == "true" for row in _rows("components")}


def service_components() -> Mapping[str, list[str]]:
    """Service → the components that it depends on."""
    found: dict[str, list[str]] = {}
    for row in _rows("service_components"):
        found.setdefault(row["service_id"], []).append(row["component_id"])
    return found


def process_components() -> Mapping[tuple[str, str], list[str]]:
    """Business process and SMETS generation → the components that it depends on."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in _rows("process_components"):
        key = (row["business_process"], row["smets"])
        found.setdefault(key, []).append(row["component_id"])
    return found


def regions_at(month: date) -> list[str]:
    """Regions that are valid in a month."""
    return [
        row["region"] for row in _rows("regions") if date.fromisoformat(row["valid_from"]) <= month
    ]


def operational_hours() -> Mapping[int, tuple[time, time]]:
    """ISO weekday → when operational activity starts and ends, local (T3)."""
    return {
        int(row["iso_weekday"]): (
            time.fromisoformat(row["starts"]),
            time.fromisoformat(row["ends"]),
        )
        for row in _rows("operational_hours")
    }
