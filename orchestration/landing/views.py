"""The raw relations of the warehouse: one view per feed over its current files.

Belongs here: what `source('<system>', '<feed>')` resolves to, and landing's own tables. Does not
belong here: deciding which rows count (staging). Everything is registered from the manifest in one
transaction, so a reader sees the state before or after.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from orchestration.feeds import Cadence, Contract, Feed, load_contract
from orchestration.feeds.contract import seed_values
from orchestration.landing.errors import LandingError
from orchestration.landing.manifest import (
    Entry,
    current_entries,
    fsync_path,
    is_settled,
    make_folder,
    read_manifest,
)
from orchestration.landing.rules import identifier, literal
from orchestration.landing.run import Progress, landing_lock, log_progress
from orchestration.settings import PROJECT_ROOT, Settings

LINEAGE_TYPES = {
    "_file_date": "DATE",
    "_part": "VARCHAR",
    "_version": "INTEGER",
    "_file": "VARCHAR",
}
FILES_TYPES = {
    "file": "VARCHAR",
    "system": "VARCHAR",
    "feed": "VARCHAR",
    "period": "VARCHAR",
    "file_date": "DATE",
    "part": "VARCHAR",
    "version": "INTEGER",
    "sha256": "VARCHAR",
    "bytes": "BIGINT",
    "state": "VARCHAR",
    "is_current": "BOOLEAN",
    "rows_read": "BIGINT",
    "rows_landed": "BIGINT",
    "rows_quarantined": "BIGINT",
    "arrived_at": "TIMESTAMP",
    "landed_at": "TIMESTAMP",
    "contract_version": "INTEGER",
    "reason": "VARCHAR",
    "warnings": "VARCHAR",
    "unknown_columns": "VARCHAR",
    "is_settled": "BOOLEAN",
}
FILE_DAYS_TYPES = {
    "file": "VARCHAR",
    "sha256": "VARCHAR",
    "day": "DATE",
    "rows": "BIGINT",
}
QUARANTINE_TYPES = {
    "file": "VARCHAR",
    "line": "BIGINT",
    "column_name": "VARCHAR",
    "raw_text": "VARCHAR",
    "reason": "VARCHAR",
}
FEEDS_TYPES = {
    "system": "VARCHAR",
    "feed": "VARCHAR",
    "cadence": "VARCHAR",
    "due_working_day": "INTEGER",
    "mandatory": "BOOLEAN",
    "owner": "VARCHAR",
    "parts": "VARCHAR",
    "contract_version": "INTEGER",
}

_Row = dict[str, object]


def register(
    settings: Settings, *, progress: Progress | None = None, project_root: Path = PROJECT_ROOT
) -> None:
    """Register the raw relations in the private warehouse, then remove files that nothing names.

    Raises:
        LandingError: another process has the warehouse open.
    """
    contract = load_contract(project_root)
    with landing_lock(settings, progress or log_progress):
        con = _open(settings)
        with con:
            register_views(con, settings, contract, project_root=project_root)
        _remove_unnamed(settings)


def _open(settings: Settings) -> duckdb.DuckDBPyConnection:
    """Open the private warehouse for writing; make it when it is not there."""
    if not settings.database.exists():
        # A process killed while DuckDB makes a file leaves one that nobody can open.
        made = settings.database.with_suffix(".new")
        for left in settings.database.parent.glob(f"{made.name}*"):
            left.unlink()
        duckdb.connect(str(made)).close()
        fsync_path(made)
        made.replace(settings.database)
        fsync_path(settings.database.parent)
    try:
        return duckdb.connect(str(settings.database))
    except duckdb.IOException as error:
        if "not a valid DuckDB database" in str(error):
            raise LandingError(
                f"{settings.database} is damaged. Remove it: landing registers its views again, "
                "and a run of each month builds the models."
            ) from error
        raise LandingError(
            f"{settings.database} is open in another process; close it and run again. Analysts "
            f"read {settings.readers_database} instead. ({error})"
        ) from error


def register_views(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    contract: Contract,
    *,
    project_root: Path = PROJECT_ROOT,
) -> None:
    """Create or replace every raw relation over `con`, in one transaction.

    Args:
        con: connection to the private warehouse (or any other database).
        settings: where the manifest and the landed files are.
        contract: every feed.
        project_root: where the seeds are.
    """
    entries = read_manifest(settings.manifest_dir)
    current = current_entries(entries)
    con.execute("begin transaction")
    try:
        for system in sorted({system for system, _ in contract}):
            con.execute(f"create schema if not exists {identifier(f'raw_{system}')}")
        for feed in contract.values():
            files = [e for e in current if (e.system, e.feed) == (feed.system, feed.name)]
            view = f"{identifier(f'raw_{feed.system}')}.{identifier(feed.name)}"
            con.execute(f"create or replace view {view} as {_feed_query(feed, files, settings)}")
        con.execute("create schema if not exists raw_landing")
        _table(con, settings, "files", FILES_TYPES, _files_rows(entries, current))
        _table(con, settings, "file_days", FILE_DAYS_TYPES, _file_days_rows(entries))
        _table(con, settings, "feeds", FEEDS_TYPES, _feeds_rows(contract, project_root))
        quarantine = _quarantine_query(current, settings)
        con.execute(f"create or replace view raw_landing.quarantine as {quarantine}")
        con.execute("commit")
    except BaseException:
        con.execute("rollback")
        raise


def _feed_query(feed: Feed, files: Sequence[Entry], settings: Settings) -> str:
    types = {column.name: column.data_type.sql for column in feed.landed_columns}
    if not files:
        return _empty({**types, **LINEAGE_TYPES})
    # Files of an older contract, whose extracts are gone, may lack columns or have other types.
    is_uniform = all(entry.contract_version == feed.contract_version for entry in files)
    landed = {name for entry in files for name in entry.columns}
    columns = [
        f"cast({identifier(name) if name in landed else 'null'} as {sql}) as {identifier(name)}"
        if not is_uniform
        else identifier(name)
        for name, sql in types.items()
    ]
    paths = _paths(settings, (entry.landed for entry in files))
    options = [f"union_by_name={str(not is_uniform).lower()}", "hive_partitioning=true"]
    # The date comes from the folder where it can, so that a filter opens those files alone.
    file_date = "cast(month || '-01' as date)"
    hive_types = "'month': VARCHAR"
    if feed.cadence is Cadence.DAILY:
        file_date, hive_types = "cast(day as date)", f"{hive_types}, 'day': VARCHAR"
    elif feed.cadence is Cadence.ANY_TIME:
        file_date = _date_of_name(feed)
    options.append(f"hive_types={{{hive_types}}}")
    return (
        f"select {', '.join([*columns, f'{file_date} as _file_date', *_lineage(feed)])} "
        f"from read_parquet({paths}, {', '.join(options)})"
    )


# A landed file is called `<extract's name>__<sha8>-c<contract>.parquet`. The name is the same for
# all rows of a file, so DuckDB evaluates these once per block of rows, not once per row.
_EXTRACT = r"regexp_extract(filename, '([^/]*)__[0-9a-f]{8}-c[0-9]+\.parquet$', 1)"
_ENDING = r"\.(?:csv|csv\.gz|parquet)$"


def _date_of_name(feed: Feed) -> str:
    prefix = f"^{feed.name}_"
    month = rf"regexp_extract({_EXTRACT}, '{prefix}(\d{{4}}-\d{{2}})', 1)"
    day = rf"regexp_extract({_EXTRACT}, '{prefix}\d{{4}}-\d{{2}}-(\d{{2}})', 1)"
    return f"cast({month} || '-' || coalesce(nullif({day}, ''), '01') as date)"


def _lineage(feed: Feed) -> list[str]:
    """SQL of the part, version and file of a row, as `feeds.names` reads them."""
    rest = rf"^{feed.name}_\d{{4}}-\d{{2}}(?:-\d{{2}})?(?:_(.*?))??(?:_v\d+)?{_ENDING}"
    version = f"try_cast(regexp_extract({_EXTRACT}, '_v([0-9]+){_ENDING}', 1) as integer)"
    return [
        f"regexp_extract({_EXTRACT}, '{rest}', 1) as _part",
        f"coalesce({version}, 1) as _version",
        f"{literal(f'{feed.id}/')} || {_EXTRACT} as _file",
    ]


def _quarantine_query(current: Sequence[Entry], settings: Settings) -> str:
    files = [entry.quarantine for entry in current if entry.quarantine is not None]
    if not files:
        return _empty(QUARANTINE_TYPES)
    return f"select {', '.join(QUARANTINE_TYPES)} from read_parquet({_paths(settings, files)})"


def _paths(settings: Settings, relative: Iterable[str | None]) -> str:
    warehouse = settings.warehouse_dir.resolve()
    return f"[{', '.join(literal(str(warehouse / path)) for path in relative if path)}]"


def _empty(types: dict[str, str]) -> str:
    columns = [f"cast(null as {sql}) as {identifier(name)}" for name, sql in types.items()]
    return f"select {', '.join(columns)} where false"


def _files_rows(entries: Sequence[Entry], current: Sequence[Entry]) -> list[_Row]:
    shown = {(entry.file, entry.sha256) for entry in current}
    slots: dict[tuple[str | None, ...], list[Entry]] = {}
    for entry in entries:
        slots.setdefault(entry.slot, []).append(entry)
    return [
        {
            **{name: getattr(entry, name) for name in FILES_TYPES if hasattr(entry, name)},
            "warnings": json.dumps(entry.warnings, ensure_ascii=False),
            "unknown_columns": json.dumps(entry.unknown_columns, ensure_ascii=False),
            "is_current": (entry.file, entry.sha256) in shown,
            "is_settled": is_settled(entry, slots[entry.slot]),
        }
        for entry in entries
    ]


def _file_days_rows(entries: Sequence[Entry]) -> list[_Row]:
    return [
        {"file": entry.file, "sha256": entry.sha256, "day": day, "rows": rows}
        for entry in entries
        for day, rows in sorted(entry.rows_by_day.items())
    ]


def _feeds_rows(contract: Contract, project_root: Path) -> list[_Row]:
    return [
        {
            "system": feed.system,
            "feed": feed.name,
            "cadence": feed.cadence,
            "due_working_day": feed.due_working_day,
            "mandatory": feed.mandatory,
            "owner": feed.owner,
            "parts": json.dumps(seed_values(project_root, feed.parts)) if feed.parts else "",
            "contract_version": feed.contract_version,
        }
        for feed in contract.values()
    ]


def _table(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    name: str,
    types: dict[str, str],
    rows: Sequence[_Row],
) -> None:
    """Write `rows` as a table, through a file: inserting one by one is a thousand times slower."""
    folder = settings.warehouse_dir / "tmp" / "register"
    make_folder(folder)
    path = folder / f"{name}.json"
    try:
        with path.open("w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(row, default=str, ensure_ascii=False) + "\n")
        columns = ", ".join(f"{name}: '{sql}'" for name, sql in types.items())
        source = (
            f"read_json({literal(str(path))}, format='newline_delimited', columns={{{columns}}})"
            if rows
            else f"({_empty(types)})"
        )
        con.execute(
            f"create or replace table raw_landing.{name} as "
            f"select {', '.join(identifier(column) for column in types)} from {source}"
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_unnamed(settings: Settings) -> None:
    """Remove Parquet that no manifest entry names: killed landings, and older contracts' files."""
    named = {
        settings.warehouse_dir / path
        for entry in read_manifest(settings.manifest_dir)
        for path in (entry.landed, entry.quarantine, entry.aside)
        if path is not None
    }
    for folder in (settings.landed_dir, settings.quarantine_dir, settings.aside_dir):
        for path in folder.rglob("*.parquet"):
            if path not in named:
                path.unlink()
