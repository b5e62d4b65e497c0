"""Builds the models on empty extracts, once per month, so that their SQL can be taken and used.

Belongs here: empty raw tables by the source contracts, and dbt runs in one process of their own.
Does not belong here: facts, and anything that looks at results.

Run as `python -m tests.python.oracle.compile_models <database> <vars JSON> <marts by comma>
<month>...`, with DBT_TARGET_PATH and PMR_DATABASE set. The target folder then holds
`manifest.json`, the SQL of each view and the SQL of each mart and month. A month is a run of its
own, as in production: some models take the month from the run's arguments.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import yaml
from dbt.cli.main import dbtRunner

from tests.python.oracle.clock import next_month

PROJECT = Path(__file__).resolve().parents[3]
TYPES = {"text": "varchar", "int": "integer"}
LINEAGE = (
    ("_file_date", "date"),
    ("_part", "varchar"),
    ("_version", "integer"),
    ("_file", "varchar"),
)
MARTS = (
    "fct_incidents",
    "incident_resolution",
    "incident_exclusions",
    "incidents_aged",
    "incidents_aged_reasons",
    "incidents_reopened",
    "major_incidents",
    "sp_performance_measures",
    "performance_exceptions",
    "service_credits",
    "code_performance_measures",
    "dcc_assessments",
    "fct_service_requests",
    "fct_alerts",
    "rsvp_daily",
    "rsvp_monthly",
    "credential_pairs",
    "data_warnings",
    "top_ups",
    "top_up_failures",
    "payment_mode_changes",
    "alert_delivery",
    "install_daily",
    "install_outcomes",
    "install_by_party",
    "process_iterations",
    "meter_reads",
    "change_of_supplier",
    "change_of_supplier_open",
    "change_of_supplier_by_party",
    "league_table",
    "service_availability",
    "service_availability_daily",
    "component_availability_hourly",
    "process_availability",
    "firmware_images",
    "hub_firmware",
    "estate_health",
    "service_degradation",
    "incident_degradation",
    "detected_outages",
    "recorded_outages",
    "feed_timeliness",
    "int_measures__timeliness",
)

# What has SQL of its own for each month; all else is the same for every one.
BY_MONTH = "config.incremental_strategy:microbatch"


@cache
def raw_table_statements() -> list[str]:
    """DDL of every source as an empty table, with its lineage columns where it is a feed."""
    statements: list[str] = []
    for path in sorted((PROJECT / "models" / "staging").glob("*/_*__sources.yml")):
        for source in yaml.safe_load(path.read_text(encoding="utf-8"))["sources"]:
            statements.append(f"create schema if not exists {source['schema']}")
            for table in source["tables"]:
                meta = table["config"]["meta"]
                columns = [
                    (column["name"], TYPES.get(column["data_type"], column["data_type"]))
                    for column in table["columns"]
                    if not column.get("config", {}).get("meta", {}).get("personal", False)
                ]
                if meta.get("is_feed", True):
                    columns.extend(LINEAGE)
                listed = ", ".join(f'"{name}" {kind}' for name, kind in columns)
                statements.append(f"create table {source['schema']}.{table['name']} ({listed})")
    return statements


def invoke(arguments: list[str]) -> None:
    """One dbt command; ends the process with dbt's own words when it fails."""
    result = dbtRunner().invoke(arguments)
    if not result.success:
        sys.exit(f"dbt {' '.join(arguments)} failed: {result.exception or 'see above'}")


def main(database: str, variables: str, marts: list[str], months: list[str]) -> None:
    """Empty raw tables, seeds, then each month's marts (and once the views that they read)."""
    connection = duckdb.connect(database)
    for statement in raw_table_statements():
        connection.execute(statement)
    connection.close()
    common = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--quiet"]
    if json.loads(variables):
        common += ["--vars", variables]
    invoke(["seed", *common])
    for number, month in enumerate(months):
        invoke(
            [
                "run",
                *common,
                "--event-time-start",
                month,
                "--event-time-end",
                next_month(date.fromisoformat(month)).isoformat(),
                "--select",
                *(f"+{mart}" if number == 0 else f"+{mart},{BY_MONTH}" for mart in marts),
            ]
        )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3].split(","), sys.argv[4:])
