"""The readers' database: the marts as a file that analysts open while the next run goes on.

The private warehouse has one writer and no readers beside it. So a month that passed its gate is
copied, with the months published before, into a new file that takes the old one's place in one
step: who has the old file open goes on reading it, who opens it next sees the new one. Belongs
here: that copy. Whether a month passed does not (`checks/gate.py`).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from orchestration.checks.gate import MARTS_SCHEMA, marts
from orchestration.files import sync

# DCC's own analysts: the owner writes, their group reads, nobody else does.
READERS_MODE = 0o640


def publish(database: Path, readers_database: Path, month: date) -> dict[str, int]:
    """Replace `readers_database` by one that has `month` as `database` has it.

    Other months stay as they were published: what a draft left of them in `database` has passed no
    gate.

    Returns:
        Rows of the month in each mart.
    """
    readers_database.parent.mkdir(parents=True, exist_ok=True)
    temporary = readers_database.with_name(f".{readers_database.name}.tmp")
    temporary.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{database}' as warehouse (read_only)")
        names = marts(connection)
        connection.execute(f"attach '{temporary}' as readers")
        connection.execute(f"create schema readers.{MARTS_SCHEMA}")
        if readers_database.exists():
            connection.execute(f"attach '{readers_database}' as before (read_only)")
        rows = {name: _copy(connection, name, month) for name in names}
        connection.execute("checkpoint readers")
    temporary.chmod(READERS_MODE)
    sync(temporary)
    temporary.replace(readers_database)
    sync(readers_database.parent)
    return rows


def _copy(connection: duckdb.DuckDBPyConnection, name: str, month: date) -> int:
    target = f'readers.{MARTS_SCHEMA}."{name}"'
    connection.execute(
        f'create table {target} as from warehouse.{MARTS_SCHEMA}."{name}" '
        f"where reporting_month = date '{month}'"
    )
    row = connection.execute(f"select count(*) from {target}").fetchone()
    kept = _columns(connection, "before", name) & _columns(connection, "readers", name)
    if kept:
        columns = ", ".join(f'"{column}"' for column in sorted(kept))
        connection.execute(
            f"insert into {target} by name select {columns} "
            f"from before.{MARTS_SCHEMA}.\"{name}\" where reporting_month <> date '{month}'"
        )
    return int(row[0]) if row else 0


def _columns(connection: duckdb.DuckDBPyConnection, database: str, name: str) -> set[str]:
    rows = connection.execute(
        "select column_name from duckdb_columns() "
        "where database_name = ? and schema_name = ? and table_name = ?",
        [database, MARTS_SCHEMA, name],
    ).fetchall()
    return {str(column) for (column,) in rows}
