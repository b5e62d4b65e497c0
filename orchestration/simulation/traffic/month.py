"""Writing a month of traffic: which files there are, who makes them, in what order.

Belongs here: the walk over the days, work folders, memory and threads. Does not belong here: rows.

A day is made by one connection with one thread, several days at a time: no row and no byte depends
on how many. Alerts of a day tell of requests of that day and of the day before, so all requests are
written first; those of the day before the first are made and not handed out.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from queue import SimpleQueue

import duckdb

from orchestration.simulation.calendar import Month, arrival
from orchestration.simulation.traffic import (
    alerts,
    background,
    firmware,
    outages,
    plan,
    requests,
    stories,
    truth,
)
from orchestration.simulation.traffic.clock import FIRST_DAY, Day, days_of
from orchestration.simulation.traffic.errors import TrafficError
from orchestration.simulation.traffic.estate import Estate
from orchestration.simulation.traffic.files import FileFormat, Writer, quoted, write

MONTHLY_ARRIVES = 1  # working day after the month's end
EARLIEST = date(2018, 7, 1)  # the estate has hardly a home before
STORY_COLUMNS = "story, plan, h, j, step, smets, region, number, is_pending,"

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Traffic:
    """A month to be written; see `write_traffic` for the fields."""

    month: Month
    days: tuple[Day, ...]
    requests: int
    estate: Estate
    writer: Writer
    truth_dir: Path | None
    work_dir: Path
    memory_limit: str
    progress: Progress
    with_maintenance: bool = True
    idle: SimpleQueue[duckdb.DuckDBPyConnection] = field(default_factory=SimpleQueue)

    def requests_of(self, day: Day) -> Path:
        """Where the requests of a day are as Parquet."""
        if day in self.days and self.writer.file_format == "parquet":
            folder = self.writer.landing_dir / "dsp" / "service_requests"
            return folder / f"service_requests_{day.on}.parquet"
        return self.work_dir / f"service_requests_{day.on}.parquet"

    def raised_by(self, day: Day) -> Path:
        """Where the alerts that the requests of a day raise are kept."""
        return self.work_dir / f"raised_by_{day.on}.parquet"

    def truth_of(self, name: str) -> Path:
        """Where a part of the truth is kept until all parts are there."""
        return self.work_dir / f"truth_{name}.parquet"


def write_traffic(
    landing_dir: Path,
    month: date,
    *,
    requests: int,
    seed: int = 1,
    file_format: FileFormat = "parquet",
    memory_limit: str = "2GB",
    threads: int | None = None,
    maintenance: bool = True,
    truth_dir: Path | None = None,
    days: Collection[date] | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Write the extracts of a month of traffic below `landing_dir`; return the files written.

    The same month, size, seed and format give the same bytes and modification times, whatever the
    number of threads; each file appears whole. All months of one size and seed show one estate.

    Args:
        landing_dir: root of the landing folder; created when missing.
        month: any day of the month.
        requests: Service Requests of the month; the estate follows (a home for 52).
        seed: another seed, another month.
        file_format: of every file.
        memory_limit: for all threads together, as DuckDB reads it.
        threads: days made at the same time; None: one per processor.
        maintenance: write `dcc/maintenance` and `dsp/component_events` too; not where another
            source brings them.
        truth_dir: where `truth_<month>.parquet` goes, which says what was done; not below
            `landing_dir`.
        days: only the daily files of these days of the month; None: all. They are the same bytes.
        progress: gets a line per day.

    Raises:
        TrafficError: the month is before the estate begins, or an argument cannot be meant.
    """
    traffic_month = Month(month.replace(day=1))
    if traffic_month.first_day < EARLIEST:
        raise TrafficError(
            f"{traffic_month.label} is too early: the simulated estate begins on {FIRST_DAY}; "
            f"take a month from {EARLIEST:%Y-%m} on."
        )
    if requests < 1:
        raise TrafficError(f"requests={requests} must be at least 1.")
    if truth_dir is not None and truth_dir.resolve().is_relative_to(landing_dir.resolve()):
        raise TrafficError(f"{truth_dir} lies in the landing folder; the truth is no extract.")
    workers = threads or os.cpu_count() or 1
    landing_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="traffic-") as work:
        traffic = Traffic(
            month=traffic_month,
            days=tuple(
                day for day in days_of(traffic_month) if days is None or day.on in set(days)
            ),
            requests=requests,
            estate=Estate.of_size(requests, seed),
            writer=Writer(landing_dir, file_format),
            truth_dir=truth_dir,
            work_dir=Path(work),
            memory_limit=_part_of(memory_limit, workers),
            progress=progress or (lambda _: None),
            with_maintenance=maintenance,
        )
        return _write(traffic, workers)


def _write(traffic: Traffic, workers: int) -> list[Path]:
    days = traffic.days
    sent = sorted({day.on for day in days} | {day.before.on for day in days})
    files: list[Path] = []
    with _connections(traffic, workers), ThreadPoolExecutor(workers) as pool:
        for written in pool.map(lambda on: _write_requests(traffic, Day(on)), sent):
            files += written
        monthly = pool.submit(_write_month, traffic)
        for written in pool.map(lambda day: _write_alerts_and_the_rest(traffic, day), days):
            files += written
        files += monthly.result()
    if traffic.truth_dir is not None:
        _write_truth(traffic, traffic.truth_dir)
    return files


def _write_requests(traffic: Traffic, day: Day) -> list[Path]:
    """Requests of a day, the targets of its 11.1, changes of status, and its truth."""
    estate, writer = traffic.estate, traffic.writer
    power = _power(estate, day)
    with _connection(traffic) as con:
        con.execute(stories.visits_table(day))
        con.execute(stories.attempts_table(estate, day))
        con.execute(stories.firmware_batches_table(estate, day))
        for name in ("story", "batch"):
            attempts = f"from {name}_attempts"
            answered = requests.answered(attempts, day, power, keep=STORY_COLUMNS)
            con.execute(f"create or replace temp table {name}_requests as {answered}")
        in_stories = con.execute(
            "select (select count(*) from story_attempts) + (select count(*) from batch_attempts)"
        ).fetchall()[0][0]
        ordinary = max(0, plan.requests_on(day, traffic.requests) - int(in_stories))
        plan.make_slots(con, plan.request_cells(day))
        con.execute(
            "create or replace temp table day_slots as "
            "select slots.slot, slots.starts_ms, lines.* "
            "from slots inner join lines on slots.line = lines.line order by slots.slot"
        )
        answered = requests.answered(requests.ordinary(estate, day, ordinary), day, power)
        columns = requests.COLUMNS
        query = (
            f"select {columns} from story_requests union all "
            f"select {columns} from batch_requests union all "
            f"select {columns} from ({answered})"
        )
        parquet = traffic.requests_of(day)
        write(con, parquet, query, "parquet", day.arrives_at)
        raised = alerts.of_requests(estate, day, parquet)
        write(con, traffic.raised_by(day), raised, "parquet", day.arrives_at)
        if day not in traffic.days:
            return []
        files = [parquet]
        if writer.file_format != "parquet":
            query = f"select * from read_parquet('{quoted(parquet)}')"
            files = [
                writer.extract(con, "dsp/service_requests", f"{day.on}", query, day.arrives_at)
            ]
        for feed, query in (
            ("dsp/firmware_targets", firmware.targets(day)),
            ("dsp/device_status", background.device_status(day)),
        ):
            files.append(writer.extract(con, feed, f"{day.on}", query, day.arrives_at))
        if traffic.truth_dir is not None:
            target = traffic.truth_of(f"{day.on}")
            write(con, target, truth.of_day(day, power), "parquet", day.arrives_at)
        traffic.progress(f"{day.on}: {ordinary + int(in_stories):,} requests")
        return files


def _write_alerts_and_the_rest(traffic: Traffic, day: Day) -> list[Path]:
    """Alerts of a day, and the feeds of the Communications Service Providers and of SMKI."""
    estate = traffic.estate
    per_day = plan.requests_on(day, traffic.requests)
    raised_by = [traffic.raised_by(one) for one in (day.before, day)]
    feeds = {
        "csp/test_messages": background.test_messages(estate, day),
        "csp/image_deliveries": firmware.image_deliveries(day),
        "csp/hub_firmware": firmware.hub_firmware(day),
        "smki/requests": background.certificates(estate, day, per_day),
    }
    if traffic.with_maintenance:
        feeds["dsp/component_events"] = background.component_events(estate, day)
    with _connection(traffic) as con:
        con.execute(alerts.request_alerts_table(raised_by))
        plan.make_slots(con, plan.alert_cells(day))
        ordinary, power = round(per_day * alerts.ALERTS_PER_REQUEST), _power(estate, day)
        raised = alerts.alerts(estate, day, ordinary=ordinary, power=power)
        files = [
            traffic.writer.extract(con, feed, f"{day.on}", query, day.arrives_at)
            for feed, query in {"dsp/alerts": raised, **feeds}.items()
        ]
        if traffic.truth_dir is not None:
            told = alerts.alerts(
                estate,
                day,
                ordinary=ordinary,
                power=power,
                keep="smets, region, raised_ms, sent_ms,",
            )
            for name, query in (
                ("alerts", truth.of_alerts(day)),
                ("power_alerts", truth.of_power_alerts(day, told)),
            ):
                target = traffic.truth_of(f"{day.on}_{name}")
                write(con, target, query, "parquet", day.arrives_at)
        return files


def _write_month(traffic: Traffic) -> list[Path]:
    month, estate = traffic.month, traffic.estate
    feeds = [
        ("dsp/devices", background.devices(month)),
        ("csp/install_and_leave", background.install_and_leave(estate, month)),
        ("dcc/parties", background.parties()),
    ]
    if traffic.with_maintenance:
        feeds.append(("dcc/maintenance", background.maintenance(estate, month)))
    arrives_at = arrival(month, MONTHLY_ARRIVES)
    with _connection(traffic) as con:
        if traffic.truth_dir is not None:
            target = traffic.truth_of("month")
            write(con, target, truth.of_month(month), "parquet", arrives_at)
        return [
            traffic.writer.extract(con, feed, month.label, query, arrives_at)
            for feed, query in feeds
        ]


def _write_truth(traffic: Traffic, truth_dir: Path) -> None:
    parts = ("", "_alerts", "_power_alerts")
    names = [f"{day.on}{part}" for day in traffic.days for part in parts] + ["month"]
    paths = ", ".join(f"'{quoted(traffic.truth_of(name))}'" for name in names)
    target = truth_dir / f"truth_{traffic.month.label}.parquet"
    with duckdb.connect(config={"threads": 1, "memory_limit": traffic.memory_limit}) as con:
        query = f"select * from read_parquet([{paths}])"
        write(con, target, query, "parquet", arrival(traffic.month, MONTHLY_ARRIVES))


def _power(estate: Estate, day: Day) -> list[outages.PowerOutage]:
    return [*outages.outages_on(estate, day.before), *outages.outages_on(estate, day)]


@contextmanager
def _connections(traffic: Traffic, count: int) -> Iterator[None]:
    """Connections that know the estate, one for each worker."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "memory_limit": traffic.memory_limit,
        "temp_directory": str(traffic.work_dir / "spill"),
    }
    with ExitStack() as stack:
        for _ in range(count):
            con = stack.enter_context(duckdb.connect(config=config))
            traffic.estate.prepare(con)
            con.execute(firmware.version_macros())
            con.execute(firmware.macro())
            con.execute(requests.lines_table())
            con.execute(alerts.lines_table())
            traffic.idle.put(con)
        yield


@contextmanager
def _connection(traffic: Traffic) -> Iterator[duckdb.DuckDBPyConnection]:
    con = traffic.idle.get()
    try:
        yield con
    finally:
        traffic.idle.put(con)


def _part_of(memory_limit: str, workers: int) -> str:
    """Each worker's part of a limit such as `2GB` or `1.5 GiB`."""
    found = re.fullmatch(r"\s*([0-9.]+)\s*([KMGT]i?B)\s*", memory_limit)
    if found is None:
        raise TrafficError(f"memory_limit={memory_limit!r} must be a size such as 2GB or 512MiB.")
    return f"{float(found[1]) / workers}{found[2]}"
