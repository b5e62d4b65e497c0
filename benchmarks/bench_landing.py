"""Landing against plain DuckDB: time and peak memory for a gigabyte of requests and many incidents.

Belongs here: making seeded extracts, measuring both ways in processes of their own, printing a
table. Does not belong here: anything that landing itself needs. Plain means `read_csv` with the
same typed columns given explicitly, into Parquet with the same compression, threads and memory
limit: what DuckDB does when nobody checks a value. Run `python -m benchmarks.bench_landing`.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.feeds import load_contract
from orchestration.landing import land
from orchestration.landing.extract import COPY_OPTIONS
from orchestration.settings import PROJECT_ROOT, Settings

TARGET_RATIO = 1.5
FULL_REQUESTS = 5_300_000
FULL_INCIDENTS = 5_000_000
QUICK_SHARE = 20
KIBIBYTES_PER_MEGABYTE = 1000 / 1.024


@dataclass(frozen=True)
class Extract:
    """An extract to measure: where it lies in the landing folder, and the SQL that makes it."""

    file: str
    sql: str

    @property
    def feed(self) -> tuple[str, str]:
        """System and feed."""
        system, feed, _ = self.file.split("/")
        return system, feed


@dataclass(frozen=True)
class Measurement:
    """Seconds, processor seconds and peak memory (MB) of one way of reading one extract."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


_TIME = "strftime({}, '%Y-%m-%dT%H:%M:%S.%gZ')"


def service_requests(rows: int) -> Extract:
    """A day of service requests, about 190 bytes a row."""
    start = "timestamp '2020-09-06 23:00:00' + to_milliseconds((i * 7919) % 86400000)"
    return Extract(
        "dsp/service_requests/service_requests_2020-09-07.csv",
        f"""
        select
            printf('90-B3-D5-1F-30-%02X-00-%02X:00-DB-12-34-56-%06X:%d',
                   i % 251, i % 97, i * 2654435761 % 16777216, 1600000000000 + i) as request_id,
            ['1.1.1', '6.8', '4.10', '2.2', '6.23', '4.6.1', '8.11'][1 + i % 7] as srv,
            printf('90-B3-D5-1F-30-00-%02X-01', i % 61) as user_id,
            ['IS', 'GS', 'ED'][1 + i % 3] as user_role,
            printf('00-DB-12-34-56-%06X', i * 2654435761 % 16777216) as device_id,
            [2, 2, 2, 4, 6][1 + i % 5] as mode_of_operation,
            1 + i % 37 as report_status_id,
            {_TIME.format(start)} as received_at,
            case when i % 5 in (3, 4)
                then {_TIME.format(start + " + interval 20 seconds")} end as execution_at,
            case when i % 50 > 0
                then {_TIME.format(start + " + interval 40 seconds")} end as response_sent_at,
            case when i % 50 > 0 then 'I0' end as response_code,
            null as quarantined_at,
            null as released_at,
            hash(i) % 900 as dsp_processing_ms
        from range({rows}) as rows (i)
        """,
    )


def incidents(rows: int) -> Extract:
    """A month of incidents, about 240 bytes a row, a fifth of the summaries quoted."""
    raised = "timestamp '2020-08-01' + to_seconds((i * 7919) % 5000000)"
    return Extract(
        "dsms/incidents/incidents_2020-09.csv",
        f"""
        select
            printf('INC%012d', i) as incident_id,
            case when i % 40 = 0 then printf('PBI%012d', i) end as problem_id,
            1 + i % 5 as category,
            ['Open', 'Resolved', 'Closed', 'Closed'][1 + i % 4] as status,
            printf('No response from hub %d', i % 5000) as title,
            case when i % 5 = 0 then printf('The hub, "CH%d", does not answer', i % 5000) end
                as summary,
            ['Communications', 'Certificates', 'Portal'][1 + i % 3] as issue_type,
            ['SMETS1', 'SMETS2+', 'All'][1 + i % 3] as smets,
            ['North', 'North|South', null][1 + i % 3] as regions,
            'dcc_user_interface' as services,
            ['DCC', 'Service Provider', 'Service User'][1 + i % 3] as responsible_party,
            ['DSP', 'CSPN', 'S1SP_SIE', 'Service User'][1 + i % 4] as resolver_group,
            {_TIME.format(raised)} as raised_at,
            {_TIME.format(raised + " + interval 9 minutes")} as assigned_at,
            case when i % 4 > 0 then {_TIME.format(raised + " + interval 3 hours")} end
                as resolved_at,
            case when i % 4 > 1 then {_TIME.format(raised + " + interval 9 hours")} end
                as closed_at,
            i % 7 > 0 as sla_met,
            i % 90 as clock_stopped_minutes
        from range({rows}) as rows (i)
        """,
    )


def generate(extract: Extract, landing_dir: Path) -> Path:
    """Write the extract as CSV; the same rows every time."""
    path = landing_dir / extract.file
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as con:
        con.execute(f"copy ({extract.sql}) to '{path}' (format csv, header)")
    return path


def run_plain(settings: Settings, extract: Extract) -> int:
    """Read and write the extract with DuckDB alone; returns the rows."""
    path = settings.landing_dir / extract.file
    feed = load_contract(PROJECT_ROOT)[extract.feed]
    types = {column.name: column.data_type.sql for column in feed.columns}
    with path.open(encoding="utf-8") as file:
        header = file.readline().rstrip("\n").split(",")
    columns = ", ".join(f"'{name}': '{types[name]}'" for name in header)
    settings.warehouse_dir.mkdir(parents=True, exist_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory_limit,
        "temp_directory": str(settings.warehouse_dir / "spill"),
    }
    with duckdb.connect(":memory:", config=config) as con:
        row = con.execute(
            f"copy (select * from read_csv('{path}', header=true, auto_detect=false, delim=',', "
            f"quote='\"', escape='\"', columns={{{columns}}})) "
            f"to '{settings.warehouse_dir / 'plain.parquet'}' ({COPY_OPTIONS})"
        ).fetchone()
    return int(row[0]) if row else 0


def run_landing(settings: Settings) -> int:
    """Land the extract; returns the rows."""
    report = land(settings, progress=lambda line: print(line, file=sys.stderr))
    return sum(outcome.rows_landed or 0 for outcome in report.outcomes)


def measure(how: str, extract: Extract, landing_dir: Path) -> Measurement:
    """Measure one way in a process of its own, into an empty warehouse."""
    with tempfile.TemporaryDirectory(dir=landing_dir.parent) as warehouse:
        done = subprocess.run(  # noqa: S603 - no shell; our own interpreter and module
            [
                *(sys.executable, "-m", "benchmarks.bench_landing", "--measure", how),
                *("--file", extract.file, "--landing", str(landing_dir), "--warehouse", warehouse),
            ],
            cwd=PROJECT_ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
    values = json.loads(done.stdout.splitlines()[-1])
    return Measurement(**values)


def compare(extract: Extract, folder: Path, repeats: int) -> float:
    """Measure both ways in turn, print the rows of the table, and return the ratio of the best."""
    landing_dir = folder / extract.feed[1]
    path = generate(extract, landing_dir)
    size = path.stat().st_size / 1e6
    found: dict[str, list[Measurement]] = {"plain": [], "landing": []}
    for _ in range(repeats):
        for how, measurements in found.items():
            measurements.append(measure(how, extract, landing_dir))
    path.unlink()
    best = {how: min(m.seconds for m in measurements) for how, measurements in found.items()}
    cpu = {how: min(m.cpu_seconds for m in measurements) for how, measurements in found.items()}
    peak = {how: max(m.peak_mb for m in measurements) for how, measurements in found.items()}
    for how, seconds in best.items():
        ratio = f"{seconds / best['plain']:.2f}"
        print(
            f"{extract.feed[1]:<18}{size:>8,.0f}  {how:<8}{seconds:>9.2f}{cpu[how]:>9.2f}"
            f"{size / seconds:>9,.0f}{peak[how]:>13,.0f}{ratio:>8}",
            flush=True,
        )
    return best["landing"] / best["plain"]


def main() -> int:
    """Run the benchmark; exit code 1 when landing is slower than promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, help="rows of each extract")
    parser.add_argument("--quick", action="store_true", help="a twentieth of the size")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each; the best counts")
    parser.add_argument("--measure", choices=["plain", "landing"], help=argparse.SUPPRESS)
    parser.add_argument("--file", help=argparse.SUPPRESS)
    parser.add_argument("--landing", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--warehouse", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure is not None:
        _measure_here(options.measure, options.file, options.landing, options.warehouse)
        return 0
    share = QUICK_SHARE if options.quick else 1
    print(
        "extract                 MB  way       seconds    CPU s     MB/s  peak RSS MB   ratio",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="pmr-bench-") as folder:
        ratios = [
            compare(extract, Path(folder), options.repeats)
            for extract in (
                service_requests(options.rows or FULL_REQUESTS // share),
                incidents(options.rows or FULL_INCIDENTS // share),
            )
        ]
    worst = max(ratios)
    print(f"landing / plain: {worst:.2f} at worst; promised: {TARGET_RATIO}")
    return int(worst > TARGET_RATIO)


def _measure_here(how: str, file: str, landing: Path, warehouse: Path) -> None:
    settings = Settings.load({"PMR_LANDING_DIR": str(landing), "PMR_WAREHOUSE_DIR": str(warehouse)})
    started, cpu_started = time.perf_counter(), time.process_time()
    rows = run_plain(settings, Extract(file, "")) if how == "plain" else run_landing(settings)
    seconds = time.perf_counter() - started
    cpu_seconds = time.process_time() - cpu_started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_PER_MEGABYTE
    if not rows:
        raise SystemExit(f"{file}: no rows came through; see what was said above")
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds, "peak_mb": peak}))


if __name__ == "__main__":
    sys.exit(main())
