"""A warehouse of a few small extracts, landed as in production and built by dbt.

Belongs here: what several test modules need: landing files, running dbt on a month, reading what is
there and what was written again. Does not belong here: tests, and what the extracts hold.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType

import duckdb

from orchestration.landing import land, register
from orchestration.partitions import dbt_window
from orchestration.register import register_knowledge
from orchestration.settings import PROJECT_ROOT, Settings
from tests.python.landing.room import Row, as_csv

SEPTEMBER = date(2020, 9, 1)
OCTOBER = date(2020, 10, 1)

# Marts that are made of messages, and whatever those are made of.
FACTS = ("+path:models/marts/requests",)
TRAFFIC = (*FACTS, "+path:models/marts/rsvp")
TABLES_ALONE = ("--exclude", "config.materialized:view")
# What dbt writes beside the database, nobody here reads; it takes half of a small run.
QUIETLY = ("--quiet", "--no-write-json", "--log-level-file", "none")

SECONDS_TO_WAIT = 120

Rows = list[tuple[object, ...]]


class Dbt:
    """dbt in a process of its own; every room of a test session asks the same one."""

    def __init__(self, folder: Path, project: Path = PROJECT_ROOT) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        handle, path = tempfile.mkstemp(prefix="dbt-", suffix=".log", dir=folder)
        self._log = Path(path)
        self._deadline = 0.0
        with os.fdopen(handle, "w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-u", "-m", "tests.python.incremental.dbt_process", str(project)],
                cwd=PROJECT_ROOT,
                env={
                    **os.environ,
                    "DBT_TARGET_PATH": str(folder / "target"),
                    "DBT_LOG_PATH": str(folder / "logs"),
                    # What dbt has parsed it takes up again only where nothing around it changed.
                    "PMR_DATABASE": "/nowhere/pmr.duckdb",
                    "DO_NOT_TRACK": "1",
                },
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
            self._answer()

    def __enter__(self) -> Dbt:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.communicate()

    def ask(self, database: Path, *arguments: str) -> None:
        """Let dbt begin a command; `wait` for its end."""
        if self.process.stdin is None:
            raise RuntimeError("the process takes no commands")
        asked = {"database": str(database), "arguments": arguments}
        self._deadline = time.monotonic() + SECONDS_TO_WAIT
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()

    def _answer(self) -> str:
        if self.process.stdout is None:
            raise RuntimeError("the process gives no answers")
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"dbt ended:\n{self._log.read_text(encoding='utf-8')[-4000:]}")
        return line

    def wait(self) -> None:
        """Wait for the end of the command; a failure is told in dbt's own words."""
        outcome = json.loads(self._answer())
        if not outcome["success"]:
            raise RuntimeError(f"dbt failed: {json.dumps(outcome, indent=2)}")

    def kill_at(self, words: str) -> None:
        """Kill dbt as soon as it says the words."""
        while words not in self._log.read_text(encoding="utf-8"):
            if self.process.poll() is not None or time.monotonic() > self._deadline:
                raise AssertionError(f"dbt never said {words!r}")
            time.sleep(0.001)
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def run(self, database: Path, *arguments: str) -> None:
        """Run one command to its end."""
        self.ask(database, *arguments)
        self.wait()


@dataclass(frozen=True)
class Extract:
    """A file of the landing folder."""

    feed: str  # `dsp/alerts`
    period: str  # `2020-09-30`, `2020-09`
    version: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def file(self) -> str:
        version = f"_v{self.version}" if self.version > 1 else ""
        return f"{self.feed}/{self.feed.split('/')[1]}_{self.period}{version}.csv"


@dataclass(frozen=True)
class Built:
    """What a warehouse holds that a run may write again."""

    tables: Mapping[str, Rows]
    periods: Rows


class Room:
    """A landing folder, its warehouse, and dbt with the models that it is to build."""

    def __init__(self, root: Path, dbt: Dbt, models: tuple[str, ...] = TRAFFIC) -> None:
        self.root = root
        self.models = models
        self.settings = Settings.load(
            {
                "PMR_LANDING_DIR": str(root / "landing"),
                "PMR_WAREHOUSE_DIR": str(root / "warehouse"),
                "PMR_EXPORTS_DIR": str(root / "exports"),
            }
        )
        self.dbt = dbt
        self.is_new = not self.database.exists()
        self.settings.landing_dir.mkdir(parents=True, exist_ok=True)

    @property
    def database(self) -> Path:
        return self.settings.database

    def copy_to(self, root: Path) -> Room:
        """The same room elsewhere."""
        shutil.copytree(self.root, root)
        copy = Room(root, self.dbt, self.models)
        # Views name the landed files by their paths.
        copy.land()
        return copy

    def land(self, *extracts: Extract) -> None:
        """Put extracts into the landing folder, land them, and register them."""
        for extract in extracts:
            path = self.settings.landing_dir / extract.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(as_csv(extract.rows, extract.columns), encoding="utf-8")
        report = land(self.settings, progress=lambda _: None)
        assert not report.refused, report.refused
        register(self.settings, progress=lambda _: None)
        with duckdb.connect(str(self.database)) as connection:
            register_knowledge(self.settings, connection)

    def run(self, *months: date, with_views: bool = False) -> None:
        """Build months; views only when asked to, or for the first time: they take the longest."""
        for month in months:
            if self.is_new:
                self.dbt.run(self.database, *QUIETLY, "seed")
            arguments = self.arguments(month)
            if not (self.is_new or with_views):
                arguments += TABLES_ALONE
            self.dbt.run(self.database, *QUIETLY, *arguments)
            self.is_new = False

    def arguments(self, month: date) -> list[str]:
        """What dbt is told to build a month of traffic."""
        return ["run", *dbt_window(month), "--select", *self.models]

    def query(self, sql: str) -> Rows:
        """Ask the warehouse."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def execute(self, sql: str) -> None:
        """Change the warehouse."""
        with duckdb.connect(str(self.database)) as connection:
            connection.execute(sql)

    def tables(self) -> Iterable[str]:
        """Every table that dbt made, seeds left out."""
        found = self.query(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where schema_name in ('intermediate', 'marts') order by all"
        )
        return [str(name) for (name,) in found]

    def built(self) -> Built:
        """All rows of all tables, and the state of their periods."""
        return Built(
            tables={name: self.query(f"from {name} order by all") for name in self.tables()},
            periods=self.query("from state.built_periods order by all"),
        )

    def periods(self) -> dict[tuple[str, date], object]:
        """Fingerprint of each period, by model and period."""
        return {
            (str(model), period): fingerprint  # type: ignore[misc]  # a row has no types
            for model, period, fingerprint in self.query(
                "select model, period, fingerprint from state.built_periods"
            )
        }


def differing(
    before: Mapping[tuple[str, date], object], after: Mapping[tuple[str, date], object]
) -> dict[str, set[date]]:
    """Periods whose fingerprint changed, came or went, by model."""
    changed: dict[str, set[date]] = {}
    for model, period in before.keys() | after.keys():
        if before.get((model, period)) != after.get((model, period)):
            changed.setdefault(model, set()).add(period)
    return changed


def arrival_names(extracts: Sequence[Extract]) -> str:
    """Names of extracts for a message."""
    return ", ".join(extract.file for extract in extracts)
