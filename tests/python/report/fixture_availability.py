"""Availability of the report's small warehouse: the downtime of September 2020.

Belongs here: rows of the marts of availability and their measures, from the minutes that were down.
Does not belong here: how these minutes are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from tests.python.report.fixture_rsvp import ALL, Record, Value

SEEDS = ("services", "components", "service_availability_targets")
SEEDS_DIR = Path(__file__).resolve().parents[3] / "seeds"
TABLES = """
create table marts.service_availability (
    reporting_month date, service_id varchar, region varchar, band varchar, period_minutes bigint,
    planned_minutes double, unplanned_minutes double, outages bigint, availability_pct double,
    mttr_hours double, mtbf_days double, planned_over_allowance_minutes double,
    unplanned_hours double);
create table marts.service_availability_daily (
    reporting_month date, activity_date date, service_id varchar, region varchar,
    period_minutes bigint, planned_minutes double, unplanned_minutes double,
    availability_pct double);
create table marts.service_availability_hourly (
    reporting_month date, started_at timestamp, activity_date date, service_id varchar,
    region varchar, minutes bigint, planned_minutes double, unplanned_minutes double,
    availability_pct double);
create table marts.component_availability_hourly (
    reporting_month date, started_at timestamp, activity_date date, component_id varchar,
    region varchar, minutes bigint, planned_minutes double, unplanned_minutes double,
    availability_pct double);
create table marts.service_reliability (
    reporting_month date, service_id varchar, incidents bigint, incidents_cat_1_2 bigint,
    incidents_cat_3_5 bigint, outages bigint, mttr_hours double, mtbf_days double);
create table marts.process_availability (
    reporting_month date, business_process varchar, smets varchar, region varchar,
    availability_pct double, previous_pct double, state varchar, period_minutes bigint,
    planned_minutes double, unplanned_minutes double);
"""
START = datetime(2020, 8, 31, 23, tzinfo=UTC).replace(tzinfo=None)
HOURS = 30 * 24
DUI, RDI, SSI = "dcc_user_interface", "registration_data_interface", "self_service_interface"
SERVICES = (DUI, RDI, "smki_repository_interface", "smki_services_interfaces", SSI)
REGIONS = ("North", "Central", "South")
# (first hour of the month, minutes in it and the next ones): 10 September 20:00, and 7 September
# 15:25 local.
PLANNED = {9 * 24 + 20 + hour: 60 for hour in range(6)}
OVERRUN = {10 * 24 + 2: 60, 10 * 24 + 3: 42}
GATEWAY = {6 * 24 + 15: 35, 6 * 24 + 16: 58}
OPERATIONAL_MINUTES = 16_800


def marts() -> dict[str, list[Record]]:
    """Mart → its rows."""
    bands = list(_bands())
    return {
        "service_availability": bands,
        "service_availability_daily": list(_days()),
        "service_availability_hourly": list(_service_hours()),
        "component_availability_hourly": list(_component_hours()),
        "process_availability": list(_processes()),
        "pmr_measures": [*_service_measures(bands), *_component_measures(), *_process_measures()],
    }


def seeds(connection: duckdb.DuckDBPyConnection) -> None:
    """The reference data, typed."""
    for name in SEEDS:
        connection.execute(
            f"create table seeds.{name} as from read_csv('{SEEDS_DIR / name}.csv', header = true)"
        )


def _lost(service: str, region: str) -> tuple[dict[int, float], dict[int, float]]:
    """Planned and unplanned minutes by hour of the month."""
    if service == RDI or region in {"Central", "South"}:
        return dict(PLANNED), dict(OVERRUN)
    if region == "North":
        return dict(PLANNED), {**GATEWAY, **OVERRUN}
    if service == DUI:
        return dict(PLANNED), {**{hour: lost / 3 for hour, lost in GATEWAY.items()}, **OVERRUN}
    return {}, {}


def _level(period: float, planned: float, unplanned: float) -> float | None:
    return 100 * (period - planned - unplanned) / (period - planned) if period > planned else None


def _figures(period: int, planned: float, unplanned: float) -> Record:
    return {
        "planned_minutes": planned,
        "unplanned_minutes": unplanned,
        "availability_pct": _level(period, planned, unplanned),
    }


def _bands() -> Iterator[Record]:
    for service in SERVICES:
        for region in (*REGIONS, ALL) if service == DUI else (ALL,):
            planned, unplanned = _lost(service, region)
            in_activity = sum(lost for hour, lost in unplanned.items() if hour in GATEWAY)
            for band, period in (
                (ALL, 43_200),
                ("Operational", OPERATIONAL_MINUTES),
                ("Inactive", 43_200 - OPERATIONAL_MINUTES),
            ):
                lost = in_activity if band == "Operational" else sum(unplanned.values())
                lost -= in_activity if band == "Inactive" else 0
                as_planned = 0.0 if band == "Operational" else sum(planned.values())
                yield {
                    "service_id": service,
                    "region": region,
                    "band": band,
                    "period_minutes": period,
                    **_figures(period, as_planned, lost),
                    "outages": 1 if lost else 0,
                    "planned_over_allowance_minutes": 0,
                    "unplanned_hours": lost / 60,
                }


def _days() -> Iterator[Record]:
    for service in SERVICES:
        planned, unplanned = _lost(service, ALL)
        for day in range(30):
            yield {
                "activity_date": date(2020, 9, day + 1),
                "service_id": service,
                "region": ALL,
                "period_minutes": 1440,
                **_figures(
                    1440,
                    sum(lost for hour, lost in planned.items() if hour // 24 == day),
                    sum(lost for hour, lost in unplanned.items() if hour // 24 == day),
                ),
            }


def _hours(
    kind: str, name: str, planned: dict[int, float], unplanned: dict[int, float]
) -> Iterator[Record]:
    for hour in range(HOURS):
        yield {
            "started_at": START + timedelta(hours=hour),
            "activity_date": date(2020, 9, hour // 24 + 1),
            f"{kind}_id": name,
            "region": ALL,
            "minutes": 60,
            **_figures(60, planned.get(hour, 0), unplanned.get(hour, 0)),
        }


def _service_hours() -> Iterator[Record]:
    for service in SERVICES:
        yield from _hours("service", service, *_lost(service, ALL))


def _component_hours() -> Iterator[Record]:
    yield from _hours("component", "dsp_database", dict(PLANNED), dict(OVERRUN))
    yield from _hours("component", "ssi_portal", {}, {})


PROCESSES: Sequence[tuple[str, str, str, float, str]] = (
    ("Pre-Payment", "SMETS2+", "North", 99.5448, "Available"),
    ("Pre-Payment", "SMETS2+", ALL, 99.6895, "Available"),
    ("Pre-Payment", "SMETS1", ALL, 99.0570, "Degraded"),
)


def _processes() -> Iterator[Record]:
    for process, smets, region, level, state in PROCESSES:
        yield {
            "business_process": process,
            "smets": smets,
            "region": region,
            "availability_pct": level,
            "state": state,
        }


def _measure(measure_id: str, scope: str, **values: Value) -> Record:
    return {
        "measure_id": measure_id,
        "scope": scope,
        **dict.fromkeys(("business_process", "srv", "smets", "region", "device_type"), ALL),
        "measure_name": measure_id,
        "kind": "I",
        "unit": "percent",
        "direction": "higher",
        **values,
    }


def _service_measures(bands: Sequence[Record]) -> Iterator[Record]:
    targets: dict[str, tuple[float, float, str]] = {
        DUI: (99.95, 99.0, "Below Target"),
        SSI: (99.5, 98.0, "Above Target"),
    }
    by_band = {ALL: "AVAIL", "Operational": "AVAIL-T-OPERATIONAL", "Inactive": "AVAIL-T-INACTIVE"}
    levels: dict[str, list[float]] = {}
    for row in bands:
        if row["region"] != ALL:
            continue
        measure, scope = by_band[str(row["band"])], str(row["service_id"])
        value = float(str(row["availability_pct"]))
        levels.setdefault(measure, []).append(value)
        target, minimum, status = targets.get(scope, (None, None, None))
        has_limits = measure == "AVAIL"
        yield _measure(
            measure,
            scope,
            value=value,
            target=target if has_limits else None,
            minimum=minimum if has_limits else None,
            status=status if has_limits else None,
        )
    for measure, parts in levels.items():
        yield _measure(measure, ALL, value=sum(parts) / len(parts))
    for service in (*SERVICES, ALL):
        yield _measure("AVAIL-D", service, value=92.08 if service == DUI else 100.0)
    for service in SERVICES:
        for measure, value in (
            ("REL-INCIDENTS", 3),
            ("REL-INCIDENTS-CAT12", 1),
            ("REL-INCIDENTS-CAT35", 2),
        ):
            yield _measure(measure, service, value=value, unit="count")
        down = service in {DUI, RDI}
        for measure, found, unit in (("REL-MTTR", 1.7, "hours"), ("REL-MTBF", 29.68, "days")):
            yield _measure(
                measure,
                service,
                value=found if down else None,
                value_text=None if down else "No Events",
                unit=unit,
            )


def _component_measures() -> Iterator[Record]:
    for component, hours in (("dsp_database", 2), ("ssi_portal", 0)):
        yield _measure("AVAIL-H", component, value=hours, unit="count")


def _process_measures() -> Iterator[Record]:
    for process, smets, region, level, _ in PROCESSES:
        yield {
            **_measure("BP-AVAIL", ALL, value=level),
            "business_process": process,
            "smets": smets,
            "region": region,
        }
