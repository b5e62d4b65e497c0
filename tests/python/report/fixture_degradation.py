"""Degraded service and detected outages of the report's small warehouse.

Belongs here: made-up rows of their marts and measures that agree with each other. Does not belong
here: how a figure comes about.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from tests.python.report.fixture_rsvp import ALL, Record, Value

TABLES = """
create table marts.incident_degradation (
    reporting_month date, incident_id varchar, region varchar, category integer,
    started_at timestamp, ended_at timestamp, hours bigint, installs bigint, installs_norm double,
    installs_deviation_pct double, installs_state varchar, requests bigint, requests_norm double,
    requests_deviation_pct double, requests_state varchar);
create table marts.service_degradation (
    reporting_month date, started_at timestamp, region varchar, installs bigint,
    installs_norm double, installs_deviation double, installs_state varchar, requests bigint,
    requests_norm double, requests_deviation double, requests_state varchar, activity_date date,
    weeks bigint, incident_ids varchar);
create table marts.detected_outages (
    reporting_month date, region varchar, started_at timestamp, ended_at timestamp,
    expected double, actual bigint, recorded_event_ids varchar, incident_ids varchar,
    has_commentary boolean, is_explained boolean);
create table marts.recorded_outages (
    reporting_month date, event_id varchar, component_id varchar, region varchar, kind varchar,
    incident_id varchar, started_at timestamp, ended_at timestamp, expected double, actual bigint,
    state varchar);
"""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A UTC time of September, as the marts keep it."""
    return datetime(2020, 9, day, hour, minute, tzinfo=UTC).replace(tzinfo=None)


def _against(what: str, actual: int | None, norm: float | None) -> Record:
    state = "no history" if norm is None else "compared" if norm else "nothing expected"
    return {
        what: actual,
        f"{what}_norm": norm,
        f"{what}_deviation_pct": (
            None if actual is None or not norm else 100 * (actual - norm) / norm
        ),
        f"{what}_state": state,
    }


def _incidents() -> Iterator[Record]:
    for incident, region, category, started, ended, hours, requests, installs in (
        ("INC000000624768", ALL, 2, at(1, 6, 40), at(1, 9, 19), 4, (None, None), (None, None)),
        ("INC000000627085", ALL, 1, at(7, 14, 25), at(7, 15, 58), 2, (1882, 2150.0), (12, 14.25)),
        ("INC000000627085", "North", 1, at(7, 14, 25), at(7, 15, 58), 2, (124, 410.75), (0, 3.0)),
        ("INC000000629108", ALL, 1, at(11, 1), at(11, 2, 42), 2, (1172, 6756.5), (0, 0.0)),
    ):
        yield {
            "incident_id": incident, "region": region, "category": category,
            "started_at": started, "ended_at": ended, "hours": hours,
            **_against("requests", *requests), **_against("installs", *installs),
        }  # fmt: skip


def _hours() -> Iterator[Record]:
    """Hours of the whole network, and one of a region, which no chart shows."""
    for started, region, incidents, requests, installs in (
        (at(1, 7), ALL, "INC000000624768", (3015, None), (2, None)),
        (at(7, 14), ALL, "INC000000627085", (1882, 2150.0), (12, 14.25)),
        (at(7, 14), "North", "INC000000627085", (124, 410.75), (0, 3.0)),
        (at(11, 1), ALL, "INC000000629108", (1172, 6756.5), (0, 0.0)),
        (at(19, 12), ALL, None, (2600, 2150.0), (0, 0.0)),
    ):
        told = [
            (what, _against(what, actual, norm))
            for what, (actual, norm) in (("requests", requests), ("installs", installs))
        ]
        yield {
            "started_at": started, "region": region, "activity_date": started.date(),
            "weeks": 0 if requests[1] is None else 2, "incident_ids": incidents,
            **{
                name.replace("deviation_pct", "deviation"):
                    value / 100 if name.endswith("_pct") and isinstance(value, float) else value
                for _, record in told
                for name, value in record.items()
            },
        }  # fmt: skip


def _outages() -> Iterator[Record]:
    for region, started, ended, expected, actual, events, incidents, has_commentary in (
        ("North", at(7, 14, 30), at(7, 15, 45), 252.75, 17, "EV1|EV2", "INC000000627085", False),
        (ALL, at(11, 1), at(11, 2, 30), 5218.0, 200, None, "INC000000629108", True),
        ("South", at(19, 9), at(19, 9, 30), 61.5, 3, None, None, True),
    ):
        yield {
            "region": region, "started_at": started, "ended_at": ended, "expected": expected,
            "actual": actual, "recorded_event_ids": events, "incident_ids": incidents,
            "has_commentary": has_commentary,
            "is_explained": bool(events or incidents or has_commentary),
        }  # fmt: skip


def _records() -> Iterator[Record]:
    for event, region, started, ended, expected, actual, state in (
        ("EV1", "North", at(7, 14, 26), at(7, 15, 57), 259.5, 19, "detected"),
        ("EV2", ALL, at(7, 15), at(7, 15, 20), 1090.5, 940, "detected"),
        ("EV3", "South", at(14, 10), at(14, 12), 900.25, 911, "without effect"),
        ("EV4", "South", at(2, 10), at(2, 12), None, 850, "no history"),
    ):
        yield {
            "event_id": event, "component_id": "csp_network", "region": region,
            "kind": "planned" if event == "EV3" else "unplanned", "incident_id": None,
            "started_at": started, "ended_at": ended, "expected": expected, "actual": actual,
            "state": state,
        }  # fmt: skip


def _measure(measure_id: str, name: str, unit: str, **values: Value) -> Record:
    return {
        "measure_id": measure_id, "scope": ALL, "business_process": ALL, "srv": ALL, "smets": ALL,
        "region": ALL, "device_type": ALL, "measure_name": name, "kind": "I", "unit": unit,
        "direction": None, "value_text": "No Events", **values,
    }  # fmt: skip


def _measures() -> Iterator[Record]:
    for measure_id, name, numerator, denominator in (
        ("IC2-REQUESTS", "Requests in the hours of Incidents", 3054, 8906.5),
        ("IC2-INSTALLS", "Installs in the hours of Incidents", 12, 14.25),
        ("IC2-HISTORY", "Hours of which there is a norm", 384, 720),
    ):
        yield _measure(
            measure_id, name, "percent", numerator=numerator, denominator=denominator,
            value=100 * numerator / denominator,
        )  # fmt: skip
    for measure_id, name, count in (
        ("OUT-DET", "Outages detected by missing requests", 3),
        ("OUT-DET-SILENT", "Recorded outages without effect on requests", 1),
    ):
        yield _measure(measure_id, name, "count", numerator=count, value=count)
    yield _measure("OUT-DET-UNEXPLAINED", "Detected outages that nobody has explained", "count")


def marts() -> dict[str, list[Record]]:
    """Mart → its rows."""
    return {
        "incident_degradation": list(_incidents()),
        "service_degradation": list(_hours()),
        "detected_outages": list(_outages()),
        "recorded_outages": list(_records()),
        "pmr_measures": list(_measures()),
    }
