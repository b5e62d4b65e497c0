"""The models' own SQL, at work on small months in an in-memory database.

Belongs here: taking the SQL that dbt compiled, putting facts into the raw tables, reading the
marts. Does not belong here: what the rows should be.

dbt runs once per session on empty extracts (`compile_models.py`). Each model becomes a table of the
same name in a database of the same name and an `insert … select` of its compiled SQL; an example
empties the tables, fills the raw ones and executes the inserts in the order of the lineage, but for
those that have nothing new to read. So an example costs a fraction of a second, and what is
executed is what dbt executes. The inserts are not prepared statements: those keep plans made from
the statistics of empty tables, and DuckDB 1.5.6 writes broken text with one of them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from tests.python.oracle.compile_models import MARTS, PROJECT, raw_table_statements
from tests.python.oracle.incidents import HISTORY, Row, issue_number
from tests.python.oracle.parties import pseudonyms
from tests.python.oracle.records import Arrivals, Facts

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Rewrite = Callable[[str], str]

FEEDS = {
    "incidents": ("dsms", "incidents"),
    "service_levels": ("providers", "service_levels"),
    "exceptions": ("providers", "exceptions"),
    "service_credits": ("providers", "service_credits"),
    "assessments": ("dcc", "assessments"),
    "service_requests": ("dsp", "service_requests"),
    "firmware_targets": ("dsp", "firmware_targets"),
    "image_deliveries": ("csp", "image_deliveries"),
    "hub_firmware": ("csp", "hub_firmware"),
    "alerts": ("dsp", "alerts"),
    "devices": ("dsp", "devices"),
    "test_messages": ("csp", "test_messages"),
    "device_status": ("dsp", "device_status"),
    "install_and_leave": ("csp", "install_and_leave"),
    "component_events": ("dsp", "component_events"),
    "maintenance": ("dcc", "maintenance"),
}
DAILY = (
    *("service_requests", "firmware_targets", "image_deliveries", "hub_firmware", "alerts"),
    *("test_messages", "device_status", "component_events"),
)
# The calendar says which months there are; one day of each is enough.
CALENDAR = [date(year, month, 1) for year in range(2019, 2022) for month in range(1, 13)]
# Columns that the contract requires and no rule reads.
CONSTANTS: Mapping[str, Mapping[str, object]] = {"assessments": {"modification": "MP122"}}


@dataclass(frozen=True)
class Model:
    """A model as the manifest knows it."""

    unique_id: str
    name: str
    schema: str
    path: str
    kind: str  # "model" or "seed"
    parents: tuple[str, ...]

    @property
    def table(self) -> str:
        """Where its rows are."""
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True)
class Build:
    """A dbt target folder and the database that was built from it, over empty extracts."""

    target: Path
    database: Path
    months: tuple[date, ...]
    marts: tuple[str, ...]

    def models(self) -> list[Model]:
        """What the marts under test are made of, parents first."""
        manifest = _manifest(self.target)
        found = {
            unique_id: node
            for unique_id, node in manifest["nodes"].items()
            if node["resource_type"] in ("model", "seed")
        }
        # What a table written by period names as its inputs says when to write it, not what.
        clockworks = {
            f"model.pmr.{node['config']['inputs']}"
            for node in found.values()
            if "inputs" in node["config"]
        }
        clockworks = {
            unique_id
            for unique_id in clockworks
            if found[unique_id]["config"]["materialized"] == "view"
        }
        nodes = {
            unique_id: Model(
                unique_id=unique_id,
                name=node["name"],
                schema=node["schema"],
                path=node["original_file_path"],
                kind=node["resource_type"],
                parents=tuple(
                    parent
                    for parent in node.get("depends_on", {}).get("nodes", ())
                    if parent not in clockworks
                ),
            )
            for unique_id, node in found.items()
        }
        return lineage(list(nodes.values()), self.marts)

    def sources(self) -> dict[str, str]:
        """The raw table of each source."""
        manifest = _manifest(self.target)
        return {
            unique_id: f"{source['schema']}.{source['name']}"
            for unique_id, source in manifest["sources"].items()
        }

    def compiled(self, model: Model, month: date) -> str:
        """Compiled SQL of a view, or of a mart for the month."""
        path = self.target / "compiled" / "pmr" / model.path
        if path.is_file():
            return path.read_text(encoding="utf-8")
        batch = path.with_suffix("") / f"{model.name}_{month:%Y-%m}.sql"
        return batch.read_text(encoding="utf-8")


@cache
def _manifest(target: Path) -> Mapping[str, Any]:
    """What dbt says of the project, read once."""
    found: Mapping[str, Any] = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    return found


def lineage(models: Sequence[Model], marts: Sequence[str]) -> list[Model]:
    """The models and seeds that the marts are made of, parents first."""
    nodes = {model.unique_id: model for model in models}
    ordered: dict[str, Model] = {}

    def visit(unique_id: str) -> None:
        if unique_id in ordered or unique_id not in nodes:
            return
        for parent in nodes[unique_id].parents:
            visit(parent)
        ordered[unique_id] = nodes[unique_id]

    for mart in marts:
        visit(f"model.pmr.{mart}")
    return list(ordered.values())


def build(
    folder: Path,
    months: Sequence[date],
    variables: Mapping[str, str],
    marts: Sequence[str] = MARTS,
) -> Build:
    """Let dbt build the marts for the months over empty extracts; if it cannot, say its words."""
    database = folder / "pmr.duckdb"
    target = folder / "target"
    finished = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.python.oracle.compile_models",
            str(database),
            json.dumps(dict(variables)),
            ",".join(marts),
            *(month.isoformat() for month in months),
        ],
        cwd=PROJECT,
        env={
            **os.environ,
            "DBT_TARGET_PATH": str(target),
            "DBT_LOG_PATH": str(folder / "logs"),
            "PMR_DATABASE": str(database),
            "DO_NOT_TRACK": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        raise RuntimeError(f"the models do not build:\n{finished.stdout}\n{finished.stderr}")
    return Build(target, database, tuple(months), tuple(marts))


class Warehouse:
    """The models of a build, ready to work on one example after the other."""

    def __init__(self, built: Build) -> None:
        self._connection = duckdb.connect(":memory:", config={"threads": 1})
        self._connection.execute("set TimeZone = 'UTC'")
        self._connection.execute("attach ':memory:' as pmr")
        self._connection.execute("use pmr")
        self._rows: dict[str, Sequence[Row]] = {}
        # How often each table was written, and what each model was made of when it was.
        self._written: Counter[str] = Counter()
        self._made_of: dict[str, tuple[str, tuple[int, ...]]] = {}
        for statement in raw_table_statements():
            self._connection.execute(statement)
        models = built.models()
        self._copy_tables(built, models)
        self._models = [model for model in models if model.kind == "model"]
        tables = {**built.sources(), **{model.unique_id: model.table for model in models}}
        self._read = {
            model.name: [tables[parent] for parent in model.parents if parent in tables]
            for model in self._models
        }
        self._statements = {
            (model.name, month): f"insert into {model.table} by name {built.compiled(model, month)}"
            for model in self._models
            for month in built.months
        }

    @contextmanager
    def rewritten(self, name: str, rewrite: Rewrite) -> Iterator[None]:
        """Another SQL of one model, as long as it lasts: for tests of the tests."""
        kept = self._statements
        changed = {key: rewrite(sql) for key, sql in kept.items() if key[0] == name}
        if all(kept[key] == sql for key, sql in changed.items()):
            raise ValueError(f"the rewrite of {name} finds nothing to change")
        self._statements = {**kept, **changed}
        try:
            yield
        finally:
            self._statements = kept

    def _copy_tables(self, built: Build, models: Sequence[Model]) -> None:
        """Seeds with their rows, models as empty tables of the types that dbt gave them.

        The views of the built database name their parents as `pmr.…`: they find the tables here.
        """
        self._connection.execute(f"attach '{built.database}' as built (read_only)")
        for model in models:
            self._connection.execute(f"create schema if not exists {model.schema}")
            rows = "" if model.kind == "seed" else " limit 0"
            self._connection.execute(
                f"create table {model.table} as from built.{model.table}{rows}"
            )
        self._connection.execute("detach built")

    def fill(self, facts: Facts) -> None:
        """Let the raw tables hold these facts and nothing else."""
        self._replace(
            "raw_calendar.working_days",
            [{"working_day": month, "month": month, "number": 1} for month in CALENDAR],
        )
        self._replace("raw_landing.feeds", _feeds())
        self._replace("raw_dcc.commentary", [])
        for name, (system, feed) in FEEDS.items():
            rows = [_landed(name, row) for row in getattr(facts, name)]
            self._replace(f"raw_{system}.{feed}", rows)
        files = _landed_files(facts)
        self._replace("raw_landing.files", files)
        self._replace("raw_landing.file_days", _file_days(files))
        self._replace(
            "raw_register.reported_incidents",
            [_as_row(reported) for reported in facts.reported_incidents],
        )
        issued = [level for level in facts.published_levels if level.issue != HISTORY]
        self._replace(
            "raw_register.published_levels",
            [{**_as_row(level), "issued_at": _issued_at(level.issue)} for level in issued],
        )
        self._replace(
            "raw_register.pseudonyms",
            [_as_row(called) for called in pseudonyms(facts, CALENDAR)],
        )
        history = [level for level in facts.published_levels if level.issue == HISTORY]
        self._replace(
            "seeds.published_levels",
            [
                {name: value for name, value in _as_row(level).items() if name != "issue"}
                for level in history
            ],
        )

    def fill_arrivals(self, known: Arrivals) -> None:
        """Let the manifest, the contract and the calendar be these, and no extract have a row."""
        self.fill(Facts())
        self._replace(
            "raw_calendar.working_days",
            [
                {"working_day": day, "month": day.replace(day=1), "number": number}
                for _, days in groupby(known.working_days, lambda day: (day.year, day.month))
                for number, day in enumerate(days, start=1)
            ],
        )
        self._replace(
            "raw_landing.feeds",
            [
                {**_as_row(feed), "parts": json.dumps(feed.parts), "owner": "Test"}
                for feed in known.feeds
            ],
        )
        self._replace(
            "raw_landing.files",
            [
                {
                    **{name: value for name, value in _as_row(file).items() if name != "about"},
                    "file": file.file,
                    "sha256": file.file,
                }
                for file in known.arrivals
            ],
        )
        self._replace(
            "raw_dcc.commentary",
            [
                {
                    "reporting_month": month,
                    "measure_id": "CPM1",
                    "reason": "Known",
                    "author_role": "Test",
                    "_file_date": file.file_date,
                    "_part": file.part,
                    "_version": file.version,
                    "_file": file.file,
                }
                for file in known.arrivals
                if file.is_current
                for month in file.about
            ],
        )

    def run(self, month: date, marts: Sequence[str]) -> None:
        """Work out these marts for the month, and all that they read."""
        for model in lineage(self._models, marts):
            statement = self._statements[(model.name, month)]
            made_of = (statement, tuple(self._written[parent] for parent in self._read[model.name]))
            if self._made_of.get(model.name) == made_of:
                continue
            # Should the statement fail, nothing is made of anything.
            self._made_of.pop(model.name, None)
            self._connection.execute(f"delete from {model.table}")
            self._connection.execute(statement)
            self._written[model.table] += 1
            self._made_of[model.name] = made_of

    def plans(self, month: date) -> dict[str, str]:
        """How DuckDB would work out each model for the month."""
        return {
            model.name: "\n".join(
                plan
                for _, plan in self._connection.execute(
                    f"explain {self._statements[(model.name, month)]}"
                ).fetchall()
            )
            for model in self._models
        }

    def rows(self, mart: str) -> list[Row]:
        """What a mart, or another model, holds after a run."""
        [table] = [model.table for model in self._models if model.name == mart]
        result = self._connection.execute(f"from {table}")
        names = [column[0] for column in result.description]
        return [dict(zip(names, values, strict=True)) for values in result.fetchall()]

    def _replace(self, table: str, rows: Sequence[Row]) -> None:
        if self._rows.get(table) == rows:
            return
        self._rows[table] = rows
        self._written[table] += 1
        self._connection.execute(f"delete from {table}")
        if not rows:
            return
        names = list(rows[0])
        one = f"({', '.join('?' for _ in names)})"
        self._connection.execute(
            f"insert into {table} ({', '.join(names)}) values {', '.join(one for _ in rows)}",
            [row[name] for row in rows for name in names],
        )


def _as_row(record: DataclassInstance) -> Row:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _landed(feed: str, record: DataclassInstance) -> Row:
    """A record with its lineage columns: the day or month of its file, its provider as the part."""
    row = _as_row(record)
    file_date = row.pop("file_date" if feed in DAILY else "reporting_month")
    part = row.get("provider", "")
    return {
        **row,
        **CONSTANTS.get(feed, {}),
        "_file_date": file_date,
        "_part": part,
        "_version": 1,
        "_file": f"{feed}_{file_date}_{part}.csv",
    }


def _issued_at(issue: str) -> datetime:
    """Later issues are issued later."""
    major, _ = issue_number(issue)
    return datetime(2021, 6, major, 9, tzinfo=UTC).replace(tzinfo=None)


def _feeds() -> list[Row]:
    """The feeds as the register knows them."""
    return [
        {
            "system": system,
            "feed": feed,
            "cadence": "daily" if feed in DAILY else "monthly",
            "due_working_day": 4,
            # Were daily ones due, a month that lacks the file of a day would be a draft (T2).
            "mandatory": feed not in DAILY,
            "owner": "Test",
            "parts": "",
            "contract_version": 1,
        }
        for system, feed in FEEDS.values()
    ]


def _landed_files(facts: Facts) -> list[Row]:
    """The manifest: a file per feed, month and part of the facts, and the empty ones."""
    found = {
        (feed, str(row["_file"]), row["_file_date"], row["_part"])
        for feed in FEEDS
        for row in (_landed(feed, record) for record in getattr(facts, feed))
    }
    empty_files = {
        (empty.feed, f"{empty.feed}_{empty.reporting_month}.csv", empty.reporting_month, "")
        for empty in facts.empty_files
    }
    return [
        {
            "file": file,
            "system": FEEDS[feed][0],
            "feed": FEEDS[feed][1],
            "file_date": file_date,
            "part": part,
            "version": 1,
            "sha256": file,
            "state": "landed",
            "is_current": True,
            "is_settled": True,
            # of the others nobody asks how many
            "rows_landed": 0 if (feed, file, file_date, part) in empty_files else None,
        }
        for feed, file, file_date, part in sorted(found | empty_files, key=str)
    ]


def _file_days(files: Sequence[Row]) -> list[Row]:
    """The days that daily files have rows of: their own stands for all, the models take no more."""
    return [
        {"file": file["file"], "sha256": file["sha256"], "day": file["file_date"], "rows": 1}
        for file in files
        if file["feed"] in DAILY and file["rows_landed"] != 0
    ]
