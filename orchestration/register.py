"""What the warehouse knows beside the extracts: working days, and what published issues said.

Belongs here: turning the calendar and the issues in the exports folder into relations that dbt
reads (`raw_calendar`, `raw_register`). An issue is published by the existence of its folder, so the
folders are the register; nothing is kept twice.
"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from orchestration.calendar import working_days
from orchestration.pseudonyms import create_pseudonyms
from orchestration.settings import Settings

MEASURES_FILE = "pmr_measures.parquet"
INCIDENTS_FILE = "incidents_reported.parquet"
# Kept by business process, generation and region too; the scope then names these (macro
# `process_scope`). Of all other measures the register keeps what is not split any further.
LEVELS_BY_PROCESS = "BP-AVAIL"


def final_issues(exports_dir: Path) -> list[Path]:
    """Folders of every final issue of every month, oldest version first."""
    found = (path for path in exports_dir.glob("????-??/v*") if not path.name.endswith("-draft"))
    return sorted(found, key=lambda path: (path.parent.name, version_of(path)))


def version_of(folder: Path) -> tuple[int, int]:
    """Version numbers of an issue's folder: ``v1.0`` → (1, 0), ``v0.2-draft`` → (0, 2)."""
    major, minor = folder.name.removeprefix("v").removesuffix("-draft").split(".")
    return int(major), int(minor)


def register_knowledge(settings: Settings, connection: duckdb.DuckDBPyConnection) -> None:
    """Replace `raw_calendar` and `raw_register` in the warehouse, in one transaction."""
    connection.begin()
    try:
        _register_calendar(connection)
        _register_issues(settings.exports_dir, connection)
        create_pseudonyms(connection)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _register_calendar(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema if not exists raw_calendar")
    connection.execute(
        "create or replace table raw_calendar.working_days "
        "(working_day date, month date, number integer)"
    )
    days = list(working_days())
    connection.execute(
        "insert into raw_calendar.working_days "
        "select unnest($days), unnest($months), unnest($numbers)",
        {
            "days": [day for day, _, _ in days],
            "months": [month for _, month, _ in days],
            "numbers": [number for _, _, number in days],
        },
    )


def _register_issues(exports_dir: Path, connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema if not exists raw_register")
    connection.execute(
        "create or replace table raw_register.published_levels (reporting_month date, "
        "issue varchar, issued_at timestamp, measure_id varchar, scope varchar, value double, "
        "value_text varchar)"
    )
    connection.execute(
        "create or replace table raw_register.reported_incidents (reporting_month date, "
        "issue varchar, incident_id varchar, category integer, within_resolution_target boolean)"
    )
    for folder in final_issues(exports_dir):
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        connection.execute(
            "insert into raw_register.published_levels "
            "select reporting_month, $issue, $issued_at, measure_id, "
            "case measure_id when $by_process "
            "then concat_ws(' | ', business_process, smets, region) else scope end, "
            "value, value_text from read_parquet($file) "
            "where device_type = 'All' and srv = 'All' and (measure_id = $by_process "
            "or (smets = 'All' and region = 'All' "
            # of all processes, or of the one that the measure is of
            "and (business_process = 'All' or measure_id in ("
            "    select measure_id from read_parquet($file) "
            "    group by measure_id having count(distinct business_process) = 1"
            "))))",
            {
                "issue": folder.name,
                "issued_at": manifest["issued_at"],
                "file": str(folder / "data" / MEASURES_FILE),
                "by_process": LEVELS_BY_PROCESS,
            },
        )
        connection.execute(
            "insert into raw_register.reported_incidents "
            "select reporting_month, $issue, incident_id, category, within_resolution_target "
            "from read_parquet($file)",
            {"issue": folder.name, "file": str(folder / "data" / INCIDENTS_FILE)},
        )
