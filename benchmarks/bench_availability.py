"""Availability of a month of very many component events: seconds by model.

Belongs here: making random events, landing them, timing dbt's models. Does not belong here: whether
the figures are right (`tests/python/oracle`). No time is asserted: a busy machine is no fault.
Run `python -m benchmarks.bench_availability --events 100000`.

Events are of every length, from seconds to the whole month: cost is to grow with their number, not
with the minutes that they last.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.month_by_hand import MONTH
from benchmarks.traffic_months import register_all, settings_of
from orchestration.landing import land
from orchestration.partitions import next_month
from orchestration.settings import PROJECT_ROOT, Settings

EVENTS = 100_000
LONGEST_HOURS = 720
MARTS = (
    "service_availability",
    "service_availability_daily",
    "service_availability_hourly",
    "component_availability_hourly",
    "service_reliability",
    "process_availability",
)

_EVENTS = """
select
    'E' || i as event_id,
    components.component_id,
    case when components.is_regional
        then ['North', 'Central', 'South'][(1 + hash(i, 1) % 3)::bigint]
    end as region,
    starts_at as started_at,
    starts_at + to_seconds((exp(hash(i, 2) % 1000 / 1000.0 * ln({seconds})))::bigint) as ended_at,
    case when hash(i, 3) % 5 = 0 then 'planned' else 'unplanned' end as kind,
    null::varchar as change_id,
    null::varchar as incident_id
from (
    select
        i,
        timestamp '{day} 00:00:00' - interval 1 hour + to_seconds((hash(i) % 86400)::bigint)
            as starts_at,
        hash(i, 4) % (select count(*) from components) as place
    from range({first}, {last}) as numbers (i)
) as started
inner join (
    select *, row_number() over (order by component_id) - 1 as place from components
) as components using (place)
"""
_WINDOWS = """
select
    'M' || row_number() over () as maintenance_id,
    component_id as component_ids,
    null::varchar as region,
    timestamp '{month} 00:00:00' + to_hours((24 * day)::bigint) as starts_at,
    starts_at + interval 3 hour as ends_at,
    null::timestamp as notified_at,
    null::varchar as change_id
from components, range(0, 28, 7) as days (day)
"""


def write_extracts(landing: Path, events: int, longest_hours: float) -> None:
    """A file of component events for each local day of the month, and its maintenance windows."""
    seed = PROJECT_ROOT / "seeds" / "components.csv"
    days = (next_month(MONTH) - MONTH).days
    with duckdb.connect() as connection:
        connection.execute(f"create table components as from read_csv('{seed}', header = true)")
        for feed in ("dsp/component_events", "dcc/maintenance"):
            (landing / feed).mkdir(parents=True, exist_ok=True)
        for number in range(days):
            day = MONTH.replace(day=number + 1)
            query = _EVENTS.format(
                day=day,
                seconds=longest_hours * 3600,
                first=number * events // days,
                last=(number + 1) * events // days,
            )
            target = landing / "dsp" / "component_events" / f"component_events_{day}.parquet"
            connection.execute(f"copy ({query}) to '{target}' (format parquet)")
        target = landing / "dcc" / "maintenance" / f"maintenance_{MONTH:%Y-%m}.parquet"
        query = _WINDOWS.format(month=MONTH)
        connection.execute(f"copy ({query}) to '{target}' (format parquet)")


def build(settings: Settings, folder: Path) -> dict[str, float]:
    """Build the marts and all that they need; seconds by model."""
    subprocess.run(  # noqa: S603 - no shell; the project's own dbt
        [
            str(Path(sys.executable).with_name("dbt")),
            "--quiet",
            "build",
            "--exclude-resource-type",
            "test",
            "--exclude-resource-type",
            "unit_test",
            "--event-time-start",
            MONTH.isoformat(),
            "--event-time-end",
            next_month(MONTH).isoformat(),
            "--select",
            *(f"+{mart}" for mart in MARTS),
        ],
        cwd=PROJECT_ROOT,
        env={
            **os.environ,
            **settings.dbt_environment(),
            "DBT_TARGET_PATH": str(folder / "target"),
            "DBT_LOG_PATH": str(folder / "logs"),
        },
        check=True,
    )
    found = json.loads((folder / "target" / "run_results.json").read_text(encoding="utf-8"))
    return {
        result["unique_id"].rpartition(".")[2]: float(result["execution_time"])
        for result in found["results"]
        if "availability" in result["unique_id"]
    }


def main() -> None:
    """Print seconds by model, the dearest first, and what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--longest-hours", type=float, default=LONGEST_HOURS)
    parsed = parser.parse_args()
    events = parsed.events
    with tempfile.TemporaryDirectory(prefix="availability-") as name:
        folder = Path(name)
        write_extracts(folder / "landing", events, parsed.longest_hours)
        settings = settings_of(folder, "warehouse")
        land(settings, progress=lambda _: None)
        register_all(settings)
        started = time.monotonic()
        seconds = build(settings, folder)
        took = time.monotonic() - started
        with duckdb.connect(str(settings.database), read_only=True) as connection:
            rows = connection.execute(
                "select service_id, availability_pct, outages from marts.service_availability "
                "where region = 'All' and band = 'All' order by all"
            ).fetchall()
    print(f"{events:,} component events; dbt from start to end {took:.1f} s")
    print(f"{sum(seconds.values()):8.2f} s  all models of availability")
    for model, spent in sorted(seconds.items(), key=lambda one: -one[1])[:12]:
        print(f"{spent:8.2f} s  {model}")
    for service, level, outages in rows:
        print(f"{service}: {level} %, {outages:,} outages")


if __name__ == "__main__":
    main()
