"""A month of traffic through dbt and Dagster against one script written by hand; time and memory.

Belongs here: simulated months to measure with, measuring in processes of their own, comparing what
both ways made, one table. Does not belong here: anything that a run itself needs. Run
`python -m benchmarks.bench_traffic`.

Measured, each from the start of a process to its end:

full    Dagster's warehouse step for the traffic part (`traffic_step`), of a month
        that nobody has built: dbt's seeds, views, models, contracts, and dbt's tests of them.
script  `month_by_hand.sql` and `outcomes_by_hand.sql` into an empty database: the same row-level
        tables and aggregates, but for those of single parties, whose pseudonyms no script has.
day     the same step as `full`, of a month that was built without its last day, whose extracts
        have landed since. The month's snapshot of the estate was there before.
quarter `full` of a quarter of the requests: does cost grow with the rows, and with nothing else?

Making the extracts and landing them is not measured (`bench_landing`), nor is parsing the project,
which `make` does once. Both ways have the same landed files, read once before, the same memory
limit and the same threads. The exit code is 1 when the two ways disagree; no time is asserted,
since a busy machine is no fault.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from benchmarks.month_by_hand import DATABASE, MONTH
from benchmarks.traffic_months import (
    environment_of,
    fresh_warehouse,
    parse,
    prepare,
    register_all,
    settings_of,
)
from benchmarks.traffic_tables import differences
from orchestration.landing import land
from orchestration.settings import PROJECT_ROOT, Settings

LAST_DAY = MONTH.replace(day=30)
FULL_REQUESTS = 20_000_000
QUARTER = 4
STEP, BY_HAND = "traffic_step", "month_by_hand"
TARGETS = {"script": 1.3, "day": 0.12, "memory": 6.0}
SECONDS_BETWEEN_SAMPLES = 0.05
SHOWN_NODES = 12
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Process:
    """A process of the tree while it was seen: when it came and went, and what it was."""

    command: str
    first: float
    last: float


@dataclass
class Measurement:
    """What one run took: wall and processor seconds, and memory of all its processes together."""

    seconds: float
    cpu_seconds: float
    peak_gb: float
    parts: dict[str, float] = field(default_factory=dict)
    nodes: dict[str, float] = field(default_factory=dict)


# ---------------------------------------------------------------------------------------- measuring


def measure(how: str, folder: Path, warehouse: str) -> Measurement:
    """Run one way in a process of its own and watch it and its children."""
    _read_once(folder / warehouse / "landed")
    if how == STEP:
        parse(settings_of(folder, warehouse))
    target = PROJECT_ROOT / "target"
    old = set(target.glob("warehouse-*"))
    log = folder / f"{warehouse}.log"
    processes: dict[int, Process] = {}
    peak = 0
    with log.open("w") as out:
        started = time.monotonic()
        child = subprocess.Popen(  # noqa: S603 - no shell; our own interpreter and module
            [sys.executable, "-m", f"benchmarks.{how}"],
            cwd=PROJECT_ROOT,
            env=environment_of(folder, warehouse),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        done = threading.Event()
        usage: list[resource.struct_rusage] = []
        codes: list[int] = []

        def wait() -> None:
            _, status, rusage = os.wait4(child.pid, 0)
            usage.append(rusage)
            codes.append(os.waitstatus_to_exitcode(status))
            done.set()

        threading.Thread(target=wait, daemon=True).start()
        while not done.wait(SECONDS_BETWEEN_SAMPLES):
            now = time.monotonic() - started
            peak = max(peak, _look_at(child.pid, processes, now))
        seconds = time.monotonic() - started
    if codes[0]:
        raise SystemExit(f"{how} failed; see {log}")
    # The kernel's account of what the tree has used, children that ended included.
    found = Measurement(seconds, usage[0].ru_utime + usage[0].ru_stime, peak * _PAGE / 1e9)
    if how == BY_HAND:
        for line in log.read_text().splitlines():
            took, _, statement = line.partition(" ")
            found.nodes[statement] = found.nodes.get(statement, 0.0) + float(took)
    else:
        _read_artifacts(found, sorted(set(target.glob("warehouse-*")) - old), processes)
    return found


def _look_at(root: int, processes: dict[int, Process], now: float) -> int:
    """Note the tree's processes; return the pages that they hold together."""
    pages = 0
    for pid in _tree(root):
        with suppress(OSError, ValueError, IndexError):
            folder = Path(f"/proc/{pid}")
            pages += int((folder / "statm").read_text().split()[1])
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            processes.setdefault(pid, Process(command, now, now)).last = now
            # A process that has ended and waits for its parent has no command any more.
            processes[pid].command = command or processes[pid].command
    return pages


def _tree(root: int) -> Iterator[int]:
    yield root
    with suppress(OSError):
        for task in Path(f"/proc/{root}/task").iterdir():
            with suppress(OSError):
                for pid in (task / "children").read_text().split():
                    yield from _tree(int(pid))


def _read_artifacts(
    found: Measurement, folders: Sequence[Path], processes: Mapping[int, Process]
) -> None:
    """What dbt says of its nodes, against how long its processes were there."""
    calls = [one for one in processes.values() if "/pmr-dbt " in one.command]
    in_dbt = sum(one.last - one.first for one in calls)
    kinds = {"model": 0.0, "seed": 0.0, "test": 0.0}
    count = dict.fromkeys(kinds, 0)
    # One process builds and then tests, and keeps the results of each.
    artifacts = ("build_results.json", "run_results.json")
    for path in (folder / name for folder in folders for name in artifacts):
        if not path.exists():
            continue
        for result in json.loads(path.read_text())["results"]:
            kind, _, name = result["unique_id"].split(".")[:3]
            kinds[kind] = kinds.get(kind, 0.0) + result["execution_time"]
            count[kind] = count.get(kind, 0) + 1
            label = f"{kind} {name}"
            found.nodes[label] = found.nodes.get(label, 0.0) + result["execution_time"]
    found.parts["Dagster and its start"] = found.seconds - in_dbt
    found.parts[f"dbt around its nodes ({len(calls)} processes)"] = in_dbt - sum(kinds.values())
    for kind, seconds in kinds.items():
        found.parts[f"{count[kind]} {kind}s"] = seconds


def _read_once(root: Path) -> None:
    """Bring the files into the page cache, so that no way pays for being the first."""
    for path in root.rglob("*.parquet"):
        with path.open("rb") as file:
            while file.read(1 << 24):
                pass


# --------------------------------------------------------------------------------------------- main


def main() -> int:
    """Run the benchmark; exit code 1 when the two ways disagree."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--requests", type=int, default=FULL_REQUESTS, help="of the month")
    parser.add_argument(
        "--only",
        nargs="+",
        choices=["full", "script", "day", "quarter"],
        default=["full", "script", "day", "quarter"],
        help="what to measure; script needs a full one to be compared with",
    )
    parser.add_argument(
        "--work",
        type=Path,
        default=PROJECT_ROOT / "data" / "bench",
        help="folder of extracts and warehouses; extracts are kept for the next time",
    )
    parser.add_argument("--nodes", action="store_true", help="show what each model and test took")
    options = parser.parse_args()
    return _bench(options.work.resolve(), options.requests, options.only, with_nodes=options.nodes)


def _bench(work: Path, requests: int, only: Sequence[str], *, with_nodes: bool) -> int:
    folder = prepare(work, requests)
    found: dict[str, Measurement] = {}
    wrong: list[str] = []
    if "full" in only:
        fresh_warehouse(folder, "full")
        found["full"] = measure(STEP, folder, "full")
    if "script" in only:
        fresh_warehouse(folder, "script")
        found["script"] = measure(BY_HAND, folder, "script")
        if "full" in only:
            wrong = differences(
                settings_of(folder, "full").database,
                settings_of(folder, "script").warehouse_dir / DATABASE,
            )
    for name in ("full", "script"):
        shutil.rmtree(folder / name, ignore_errors=True)
    if "day" in only:
        _build_without_last_day(folder)
        found["day"] = measure(STEP, folder, "day")
        shutil.rmtree(folder / "day", ignore_errors=True)
    if "quarter" in only:
        smaller = prepare(work, requests // QUARTER)
        fresh_warehouse(smaller, "full")
        found["quarter"] = measure(STEP, smaller, "full")
        shutil.rmtree(smaller / "full", ignore_errors=True)
    parse(Settings.load())
    _print(found, requests, with_nodes=with_nodes)
    (work / "last.json").write_text(
        json.dumps({name: asdict(one) for name, one in found.items()}, indent=1) + "\n"
    )
    for difference in wrong:
        print(f"the models and the script disagree: {difference}")
    return 1 if wrong else 0


def _build_without_last_day(folder: Path) -> None:
    """A warehouse built of all days but the last, whose extracts then land."""
    settings = fresh_warehouse(folder, "day", without=LAST_DAY)
    measure(STEP, folder, "day")
    report = land(settings, progress=lambda _: None)
    if not report.landed:
        raise SystemExit(f"no extract of {LAST_DAY} landed")
    register_all(settings)


def _print(found: Mapping[str, Measurement], requests: int, *, with_nodes: bool) -> None:
    memory = os.sysconf("SC_PHYS_PAGES") * _PAGE / 1e9
    print(
        f"{requests:,} requests of {MONTH:%Y-%m}; {os.cpu_count()} processors, {memory:.0f} GB, "
        f"DuckDB {duckdb.__version__}, Python {platform.python_version()}\n"
    )
    print(f"{'':<46}{'seconds':>9}{'CPU s':>9}{'peak GB':>9}")
    for name, one in found.items():
        print(f"{name:<46}{one.seconds:>9.1f}{one.cpu_seconds:>9.1f}{one.peak_gb:>9.2f}")
        for part, seconds in one.parts.items():
            print(f"    {part:<42}{seconds:>9.1f}")
        if with_nodes:
            longest = sorted(one.nodes.items(), key=lambda item: -item[1])[:SHOWN_NODES]
            for node, seconds in longest:
                print(f"        {node:<38.38}{seconds:>9.2f}")
    print(f"\n{'':<46}{'measured':>9}{'at most':>9}")
    for text, value, target in _figures(found):
        print(f"{text:<46}{value:>9.2f}{target:>9}")


def _figures(found: Mapping[str, Measurement]) -> Iterator[tuple[str, float, str]]:
    full = found.get("full")
    if full is None:
        return
    if "script" in found:
        ratio = full.seconds / found["script"].seconds
        yield "full month / script by hand", ratio, f"{TARGETS['script']}"
    if "day" in found:
        yield "one more day / full month", found["day"].seconds / full.seconds, f"{TARGETS['day']}"
    peak = max(one.peak_gb for name, one in found.items() if name != "script")
    yield "peak memory of all processes (GB)", peak, f"{TARGETS['memory']}"
    if "quarter" in found:
        ratio = full.seconds / found["quarter"].seconds
        yield f"full month / month of a {QUARTER}th of the requests", ratio, f"{QUARTER}"


if __name__ == "__main__":
    sys.exit(main())
