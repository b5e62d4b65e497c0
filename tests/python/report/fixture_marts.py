"""A small warehouse for the report's tests: the marts of September 2020 with the published figures.

Belongs here: tables with the columns that the report reads. Does not belong here: how a figure
comes about (the dbt project's own tests prove that).
"""

from __future__ import annotations

import atexit
import csv
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from tests.python.report import (
    fixture_availability,
    fixture_degradation,
    fixture_estate,
    fixture_firmware,
    fixture_parties,
    fixture_rsvp,
    fixture_top_ups,
)

DATA = Path(__file__).resolve().parents[2] / "data" / "report"
MONTH = date(2020, 9, 1)
# One module for each part of the outcomes: its tables, and the rows of its marts.
OUTCOMES = (
    *(fixture_top_ups, fixture_firmware, fixture_estate, fixture_degradation),
    *(fixture_parties, fixture_availability),
)
LONDON = ZoneInfo("Europe/London")
Value = str | int | Decimal | bool | date | datetime | None
Record = dict[str, Value]

TABLES = """
create schema marts;
create schema seeds;
create table marts.code_performance_measures (
    reporting_month date, measure varchar, measure_name varchar, level double, level_text varchar,
    previous_level double, previous_text varchar, target double, minimum double, status varchar,
    contributions integer);
create table marts.sp_performance_measures (
    reporting_month date, provider varchar, measure_no varchar, measure_name varchar, level double,
    level_text varchar, previous_level double, previous_text varchar, target double, minimum double,
    status varchar, numerator double, denominator double, exceptions bigint, contributes_to
    varchar);
create table marts.performance_exceptions (
    reporting_month date, provider varchar, measure_no varchar, scope varchar, reason varchar,
    events bigint);
create table marts.service_credits (
    reporting_month date, provider varchar, measure_no varchar, service_points integer,
    credit_gbp decimal(12, 2), gbp_per_point double);
create table marts.service_credit_months (
    reporting_month date, credit_month date, scheme varchar, provider varchar,
    credit_gbp decimal(12, 2), credit_text varchar);
create table marts.incident_resolution (
    reporting_month date, category varchar, smets varchar, raised bigint,
    closed_before_exclusions bigint, closed bigint, within_response_target bigint,
    within_resolution_target bigint, within_resolution_pct double, resolved_not_closed bigint,
    resolved_within_target bigint, mean_resolution_hours double, median_resolution_hours double,
    max_resolution_hours double, clock_end varchar);
create table marts.incident_exclusions (
    reporting_month date, kind varchar, reason varchar, incidents bigint);
create table marts.incidents_aged (
    reporting_month date, responsible varchar, raised_month date, category varchar, incidents
    bigint);
create table marts.incidents_aged_reasons (
    reporting_month date, responsible varchar, issue_type varchar, incidents bigint,
    older_than_90_days bigint);
create table marts.incidents_reopened (
    reporting_month date, incident_id varchar, first_reported_month date, published_level double,
    restated_level double);
create table marts.major_incidents (
    reporting_month date, incident_id varchar, category integer, problem_id varchar,
    services varchar, regions varchar, impacted_at timestamp, restored_at timestamp,
    raised_at timestamp, resolved_at timestamp, impact_minutes double, incident_minutes double,
    within_target boolean, sla_met boolean, counted boolean, exclusion_reason varchar,
    duplicate_of varchar, smets varchar, title varchar, summary varchar,
    customer_impact varchar);
create table marts.major_incident_actions (
    reporting_month date, incident_id varchar, item integer, description varchar, owner varchar);
create table marts.problem_records (
    reporting_month date, problem_id varchar, report_month date, incident_id varchar,
    provider varchar, title varchar, status varchar, closed_in_period boolean, target_date date,
    latest varchar);
create table marts.problem_months (
    reporting_month date, report_month date, related bigint, closed_in_period bigint,
    still_open bigint);
create table marts.restatements (
    reporting_month date, restated_month date, measure_id varchar, scope varchar, published double,
    recomputed double, difference double, published_text varchar, recomputed_text varchar,
    published_issue varchar);
create table marts.feed_timeliness (
    reporting_month date, system varchar, feed varchar, part varchar, due_on date,
    due_working_day integer, first_landed_at timestamp, latest_version integer, rows_landed bigint,
    rows_quarantined bigint, state varchar);
create table marts.pmr_measures (
    reporting_month date, measure_id varchar, scope varchar, business_process varchar, srv varchar,
    smets varchar, region varchar, device_type varchar, measure_name varchar, kind varchar,
    numerator double, denominator double, value double, value_text varchar, unit varchar,
    direction varchar, target double, minimum double, previous_value double, status varchar,
    commentary_required varchar);
create table marts.reconciliation (
    reporting_month date, check_name varchar, expected double, actual double, difference double,
    passed boolean);
create table marts.commentary (
    reporting_month date, measure_id varchar, scope varchar, region varchar, reason varchar,
    mitigation varchar, author_role varchar);
create table marts.commentary_wanted (
    reporting_month date, measure_id varchar, scope varchar, needs_reason boolean,
    needs_mitigation boolean, supplied boolean);
create table marts.commentary_context (
    reporting_month date, measure_id varchar, scope varchar, incident_id varchar,
    category integer, title varchar, impacted_at timestamp, restored_at timestamp);
create table marts.report_milestones (
    reporting_month date, milestone varchar, due_on date, due_working_day integer);
create table marts.incident_sla_disagreements (
    reporting_month date, incident_id varchar, category integer, status varchar,
    is_counted boolean, resolution_hours double, within_resolution_target boolean,
    sla_met boolean);
"""

SEEDS = (
    "performance_measures",
    "providers",
    "pmel_reasons",
    "measures",
    "glossary",
    "exception_definitions",
)


def warehouse(is_large: bool = False) -> duckdb.DuckDBPyConnection:
    """An in-memory warehouse with every mart of the month filled, the caller's to change.

    A few processes have traffic, or (`is_large`) all of them in all regions.
    """
    connection = duckdb.connect()
    connection.execute(f"attach '{_filled(is_large)}' as filled (read_only)")
    connection.execute("copy from database filled to memory")
    connection.execute("detach filled")
    return connection


@cache
def _filled(is_large: bool) -> Path:
    """The warehouse as a file, filled once: rows go in slowly, a copy comes out fast."""
    path = Path(tempfile.mkdtemp(prefix="pmr_report_")) / "filled.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLES)
        connection.execute(fixture_rsvp.TABLES)
        for part in OUTCOMES:
            connection.execute(part.TABLES)
        fixture_availability.seeds(connection)
        for seed in (*SEEDS, *fixture_rsvp.SEEDS):
            connection.read_csv(str(DATA / f"{seed}.csv"), all_varchar=True).create(f"seeds.{seed}")
        levels = _provider_levels()
        add(connection, "sp_performance_measures", levels)
        _code_performance(connection, levels)
        _incidents(connection)
        _major_incidents(connection)
        _problems(connection)
        _credits(connection)
        _exceptions(connection)
        _rest(connection)
        traffic = fixture_rsvp.MANY if is_large else fixture_rsvp.FEW
        for mart, records in fixture_rsvp.marts(traffic).items():
            add(connection, mart, records)
        for part in OUTCOMES:
            for mart, records in part.marts().items():
                add(connection, mart, records)
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    return path


def add(
    connection: duckdb.DuckDBPyConnection, mart: str, records: Sequence[Mapping[str, object]]
) -> None:
    """Insert rows of the month into a mart, those with the same columns in one statement."""
    alike: dict[tuple[str, ...], list[Mapping[str, object]]] = {}
    for record in records:
        alike.setdefault(tuple(record), []).append(record)
    for columns, group in alike.items():
        names = ", ".join(("reporting_month", *columns))
        marks = f"({', '.join('?' * (len(columns) + 1))})"
        connection.execute(
            f"insert into marts.{mart} ({names}) values {', '.join([marks] * len(group))}",
            [value for record in group for value in (MONTH, *record.values())],
        )


def read(name: str) -> list[dict[str, str]]:
    """Rows of a published table."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> Decimal | None:
    """A printed number, None where words or nothing stand."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


def words(text: str) -> str | None:
    """Printed words, None where a number or nothing stands."""
    return None if not text or number(text) is not None else text


def status(
    level: Decimal | None, target: Decimal | None, minimum: Decimal | None, direction: str
) -> str | None:
    """Rule C6."""
    if level is None or target is None:
        return None
    sign = -1 if direction == "lower" else 1
    if level * sign >= target * sign:
        return "Above Target"
    if minimum is not None and level * sign < minimum * sign:
        return "Below Minimum"
    return "Below Target"


def measure(measure_id: str, scope: str = "All", **values: Value) -> Record:
    """A row of pmr_measures with its splits at All."""
    splits = ("business_process", "srv", "smets", "region", "device_type")
    defaults: Record = {
        "measure_name": measure_id,
        "kind": "I",
        "unit": "count",
        "direction": "higher",
    }
    return {
        "measure_id": measure_id,
        "scope": scope,
        **dict.fromkeys(splits, "All"),
        **defaults,
        **values,
    }


def _provider_levels() -> list[Record]:
    events: dict[tuple[str, str], int] = {}
    for row in read("pm_exceptions"):
        if row["scope"] == "In period":
            key = (row["provider"], row["measure_no"])
            events[key] = events.get(key, 0) + int(row["events"])
    return [
        {
            "provider": row["provider"],
            "measure_no": row["measure_no"],
            "measure_name": row["measure_name"],
            "level": number(row["level"]),
            "level_text": words(row["level"]),
            "previous_level": number(row["previous_level"]),
            "previous_text": words(row["previous_level"]),
            "target": number(row["target"]),
            "minimum": number(row["minimum"]),
            "status": status(
                number(row["level"]),
                number(row["target"]),
                number(row["minimum"]),
                row["direction"],
            ),
            "numerator": number(row["numerator"]),
            "denominator": number(row["denominator"]),
            "exceptions": events.get((row["provider"], row["measure_no"]), 0),
            "contributes_to": row["contributes_to"] or None,
        }
        for row in read("sp_performance_measures")
    ]


def _code_performance(connection: duckdb.DuckDBPyConnection, levels: list[Record]) -> None:
    records: list[Record] = []
    figures: list[Record] = []
    shares: dict[str, tuple[int, int]] = {"CPM4": (6, 6), "CPM5": (1238, 1356)}
    for row in read("code_performance_measures"):
        name = row["measure"]
        level, target, minimum = (number(row[key]) for key in ("level", "target", "minimum"))
        said = status(level, target, minimum, "higher")
        parts = [part for part in levels if part["contributes_to"] == name]
        records.append(
            {
                "measure": name,
                "measure_name": row["measure_name"],
                "level": level,
                "previous_level": number(row["previous_level"]),
                "target": target,
                "minimum": minimum,
                "status": said,
                "contributions": sum(part["level"] is not None for part in parts),
            }
        )
        numerator, denominator = shares.get(name, (None, None))
        figures.append(
            measure(
                name,
                kind="M",
                unit="percent",
                measure_name=row["measure_name"],
                numerator=numerator,
                denominator=denominator,
                value=level,
                target=target,
                minimum=minimum,
                previous_value=number(row["previous_level"]),
                status=said,
            )
        )
    nine = "DCC Assessments completed within the required timescales"
    hundred = Decimal(100)
    records.append(
        {
            "measure": "CPM9",
            "measure_name": nine,
            "level_text": "No Events",
            "target": hundred,
            "minimum": hundred,
            "contributions": 0,
        }
    )
    figures.append(
        measure(
            "CPM9",
            kind="M",
            unit="percent",
            measure_name=nine,
            value_text="No Events",
            target=hundred,
            minimum=hundred,
        )
    )
    figures.append(
        measure(
            "CPM4-BEFORE",
            unit="percent",
            measure_name="Category 1 and 2 Incidents resolved in target, before exclusions",
            numerator=12,
            denominator=12,
            value=hundred,
        )
    )
    figures.append(
        measure(
            "CPM5-BEFORE",
            unit="percent",
            measure_name="Category 3, 4 and 5 Incidents resolved in target, before exclusions",
            numerator=1240,
            denominator=1360,
            value=Decimal(124000) / 1360,
        )
    )
    add(connection, "code_performance_measures", records)
    add(connection, "pmr_measures", figures)


def _incidents(connection: duckdb.DuckDBPyConnection) -> None:
    records: list[Record] = []
    sums = {"closed": 0, "within": 0, "before": 0, "resolved": 0, "resolved_in": 0}
    for row in read("incident_counts"):
        closed, within = int(row["closed_in_period"]), int(row["within_sla"])
        before = int(row["closed_before_exclusions"] or closed)
        resolved, resolved_in = int(row["resolved_not_closed"]), int(row["resolved_within_sla"])
        for key, value in zip(sums, (closed, within, before, resolved, resolved_in), strict=True):
            sums[key] += value
        records.append(_resolution(row["category"], closed, within, before, resolved, resolved_in))
    records.append(_resolution("All", *sums.values()))
    add(connection, "incident_resolution", records)
    add(
        connection,
        "incident_sla_disagreements",
        [
            {
                "incident_id": "INC000000629108",
                "category": 1,
                "status": "Closed",
                "is_counted": True,
                "resolution_hours": Decimal("1.325"),
                "within_resolution_target": True,
                "sla_met": False,
            }
        ],
    )
    exclusions = read("incident_exclusions")
    add(
        connection,
        "incident_exclusions",
        [
            {"kind": row["kind"], "reason": row["reason"], "incidents": int(row["incidents"])}
            for row in exclusions
        ],
    )
    figures = [
        measure("CPM5-C-RESPONSE", "Category 3", unit="percent", kind="I", value=Decimal("97.25")),
        measure("TIME-ON-TIME", unit="percent", value=Decimal("92.5")),
        measure("TIME-LATE", value=2, value_text="2", direction="lower"),
        measure("TIME-MISSING", value=1, value_text="1", direction="lower"),
        measure("COMM-WANTED", value=4, value_text="4", direction="lower"),
        measure("COMM-SUPPLIED", unit="percent", value=Decimal("75")),
        measure("INC-PMEL", value=sum(int(row["incidents"]) for row in exclusions)),
    ]
    aged: list[Record] = []
    closing: dict[tuple[str, str], int] = {}
    for row in read("aged_incidents"):
        for name in ("1", "2", "3", "4", "5", "All"):
            incidents = int(row["total" if name == "All" else f"cat{name}"])
            cell = (row["responsible"], name)
            closing[cell] = closing.get(cell, 0) + incidents
            if incidents:
                aged.append(
                    {
                        "responsible": row["responsible"],
                        "raised_month": date.fromisoformat(f"{row['raised_month']}-01"),
                        "category": name,
                        "incidents": incidents,
                    }
                )
    add(connection, "incidents_aged", aged)
    for (responsible, name), incidents in closing.items():
        said = name if name == "All" else f"Category {name}"
        figures.append(measure("INC-AGE", f"{responsible} | All | {said}", value=incidents))
    figures += [
        measure(
            "INC-MAJOR-CAT1",
            measure_name="Category 1 Incidents in the last twelve months",
            kind="M",
            direction="lower",
            value=3,
            target=1,
            status="Below Target",
        ),
        measure(
            "INC-MAJOR-CAT2",
            measure_name="Category 2 Incidents in the month",
            kind="M",
            direction="lower",
            value=3,
            target=1,
            status="Below Target",
        ),
    ]
    add(connection, "pmr_measures", figures)
    add(
        connection,
        "incidents_aged_reasons",
        [
            {
                "responsible": "Service User",
                "issue_type": "Install and Leave",
                "incidents": 15000,
                "older_than_90_days": 12000,
            },
            {
                "responsible": "Service Provider or DCC",
                "issue_type": "Communications Hub",
                "incidents": 1400,
                "older_than_90_days": 900,
            },
        ],
    )


def _resolution(category: str, closed: int, within: int, before: int, *open_ones: int) -> Record:
    resolved, resolved_in = open_ones
    return {
        "category": category,
        "smets": "All",
        "raised": before + 4,
        "closed_before_exclusions": before,
        "closed": closed,
        "within_response_target": closed,
        "within_resolution_target": within,
        "within_resolution_pct": Decimal(100 * within) / closed,
        "resolved_not_closed": resolved,
        "resolved_within_target": resolved_in,
        "mean_resolution_hours": Decimal("30.125"),
        "median_resolution_hours": Decimal("12.5"),
        "max_resolution_hours": Decimal("400.25"),
        "clock_end": "restored_or_resolved",
    }


def utc(text: str) -> datetime | None:
    """A printed local time as the marts keep it: UTC without zone."""
    if not text:
        return None
    local = datetime.fromisoformat(text).replace(tzinfo=LONDON)
    return local.astimezone(UTC).replace(tzinfo=None)


def _minutes(start: datetime | None, end: datetime | None) -> int | None:
    if start is None or end is None:
        return None
    return (end - start) // timedelta(minutes=1)


def _major_incidents(connection: duckdb.DuckDBPyConnection) -> None:
    records: list[Record] = []
    published = read("major_incidents")
    by_id = {row["incident_id"]: row for row in published}
    for row in published:
        # A duplicate is printed without times and has those of its primary; one primary is of
        # Category 3 and no record, another's times stand for it.
        source = by_id.get(row["duplicate_of"] or row["incident_id"], by_id["INC000000629108"])
        impacted, restored, raised, resolved = (
            utc(source[f"{name}_at"]) for name in ("impacted", "restored", "raised", "resolved")
        )
        records.append(
            {
                "incident_id": row["incident_id"],
                "category": int(row["category"]),
                "problem_id": row["problem_id"] or None,
                "services": row["services_impacted"] or None,
                "regions": row["region"] or None,
                "impacted_at": impacted,
                "restored_at": restored,
                "raised_at": raised,
                "resolved_at": resolved,
                "impact_minutes": _minutes(impacted, restored),
                "incident_minutes": _minutes(raised, resolved),
                "within_target": True,
                "sla_met": True,
                "counted": not row["exclusion_reason"],
                "exclusion_reason": row["exclusion_reason"] or None,
                "duplicate_of": row["duplicate_of"] or None,
                "smets": row["smets"] or "All",
                "title": f"{row['services_impacted']} disturbed" if row["problem_id"] else None,
                "summary": "The database cluster lost its heartbeat and shut itself down."
                if row["problem_id"]
                else None,
                "customer_impact": "All Service Requests failed while it lasted."
                if row["problem_id"]
                else None,
            }
        )
    add(connection, "major_incidents", records)
    add(
        connection,
        "major_incident_actions",
        [
            {
                "incident_id": "INC000000623269",
                "item": 1,
                "description": "Restarted the database nodes.",
                "owner": "DCO",
            },
            {
                "incident_id": "INC000000623269",
                "item": 2,
                "description": "Confirmed that traffic had returned to its usual volume.",
                "owner": "DCC",
            },
        ],
    )


def _problems(connection: duckdb.DuckDBPyConnection) -> None:
    records: list[Record] = []
    counts: dict[str, list[int]] = {}
    for row in read("problems"):
        closed = row["status_at_report"] == "Closed"
        own = counts.setdefault(row["report_month"], [0, 0, 0])
        own[0] += 1
        own[1 if closed else 2] += 1
        records.append(
            {
                "problem_id": row["problem_id"],
                "report_month": date.fromisoformat(f"{row['report_month']}-01"),
                "incident_id": row["incident_id"],
                "provider": row["provider"],
                "title": row["title"],
                "status": row["status_at_report"],
                "closed_in_period": closed,
                "target_date": date.fromisoformat(row["target_date"])
                if row["target_date"]
                else None,
                "latest": None,
            }
        )
    add(connection, "problem_records", records)
    add(
        connection,
        "problem_months",
        [
            {
                "report_month": date.fromisoformat(f"{month}-01"),
                "related": own[0],
                "closed_in_period": own[1],
                "still_open": own[2],
            }
            for month, own in counts.items()
        ],
    )


def _credits(connection: duckdb.DuckDBPyConnection) -> None:
    records: list[Record] = []
    sums: dict[str, Decimal] = {}
    for row in read("service_credits"):
        points, credit = int(row["service_points"]), Decimal(row["service_credit_gbp"])
        for scope in (row["provider"], "All"):
            sums[scope] = sums.get(scope, Decimal(0)) + credit
        records.append(
            {
                "provider": row["provider"],
                "measure_no": row["measure_no"],
                "service_points": points,
                "credit_gbp": credit,
                "gbp_per_point": credit / points,
            }
        )
    add(connection, "service_credits", records)
    add(
        connection,
        "pmr_measures",
        [measure("CREDIT-TOTAL", scope, unit="gbp", value=value) for scope, value in sums.items()],
    )
    history: list[Record] = []
    for row in read("service_credits_history"):
        amount = number(row["service_credit_gbp"])
        history.append(
            {
                "scheme": row["scheme"],
                "provider": row["provider"],
                "credit_month": date.fromisoformat(f"{row['month']}-01"),
                "credit_gbp": amount,
                "credit_text": row["service_credit_gbp"],
            }
        )
    add(connection, "service_credit_months", history)


def _exceptions(connection: duckdb.DuckDBPyConnection) -> None:
    rows = read("pm_exceptions")
    add(
        connection,
        "performance_exceptions",
        [
            {
                "provider": row["provider"],
                "measure_no": row["measure_no"],
                "scope": row["scope"],
                "reason": row["reason"],
                "events": int(row["events"]),
            }
            for row in rows
        ],
    )
    sums: dict[str, int] = {}
    for row in rows:
        scope = f"{row['provider']} PM{row['measure_no']} | {row['scope']}"
        sums[scope] = sums.get(scope, 0) + int(row["events"])
    add(
        connection,
        "pmr_measures",
        [measure("PM-EXC", scope, value=events) for scope, events in sums.items()],
    )


def _rest(connection: duckdb.DuckDBPyConnection) -> None:
    add(
        connection,
        "commentary_context",
        [
            {
                "measure_id": "CPM2",
                "scope": "All",
                "incident_id": "INC000000629108",
                "category": 1,
                "title": "Maintenance that overran",
            }
        ],
    )
    add(
        connection,
        "report_milestones",
        [
            {"milestone": "Commentary", "due_on": date(2020, 10, 12), "due_working_day": 8},
            {"milestone": "Report", "due_on": date(2020, 10, 14), "due_working_day": 10},
        ],
    )
    add(
        connection,
        "feed_timeliness",
        [
            {
                "system": "dsms",
                "feed": "incidents",
                "part": None,
                "due_on": date(2020, 10, 6),
                "due_working_day": 4,
                "first_landed_at": datetime(2020, 10, 1, 6, 0),  # noqa: DTZ001
                "latest_version": 1,
                "rows_landed": 40000,
                "rows_quarantined": 0,
                "state": "on time",
            },
            {
                "system": "providers",
                "feed": "service_levels",
                "part": "CSPN",
                "due_on": date(2020, 10, 6),
                "due_working_day": 4,
                "first_landed_at": datetime(2020, 10, 7, 9, 30),  # noqa: DTZ001
                "latest_version": 2,
                "rows_landed": 26,
                "rows_quarantined": 1,
                "state": "late",
            },
        ],
    )
    add(
        connection,
        "reconciliation",
        [
            {
                "check_name": "incidents landed = incidents in the fact",
                "expected": 40000,
                "actual": 40000,
                "difference": 0,
                "passed": True,
            }
        ],
    )
    add(
        connection,
        "commentary",
        [
            {
                "measure_id": "CPM1",
                "scope": "All",
                "region": None,
                "reason": "The firmware payloads of CSPN were late while its scheduler was tuned.",
                "mitigation": "The provider adds capacity and reports on it weekly.",
                "author_role": "DCC Performance",
            },
            {
                "measure_id": "SP-PM",
                "scope": "CSPN PM6.2",
                "region": "North",
                "reason": "A load balancer failed on 7 September and its standby did not take "
                "over.",
                "mitigation": None,
                "author_role": "CSPN",
            },
        ],
    )
    add(
        connection,
        "commentary_wanted",
        [
            {
                "measure_id": "CPM1",
                "scope": "All",
                "needs_reason": True,
                "needs_mitigation": True,
                "supplied": True,
            },
            {
                "measure_id": "CPM2",
                "scope": "All",
                "needs_reason": True,
                "needs_mitigation": False,
                "supplied": False,
            },
            {
                "measure_id": "SP-PM",
                "scope": "CSPN PM6.2",
                "needs_reason": True,
                "needs_mitigation": False,
                "supplied": True,
            },
        ],
    )
