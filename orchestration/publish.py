"""The readers' database: the marts as a file that analysts open while the next run goes on.

The private warehouse has one writer and no readers beside it. So after the gate the marts are
copied into a new file that takes the old one's place in one step: who has the old file open goes on
reading it, who opens it next sees the new one. Belongs here: that copy. Which marts there are does
not.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.checks.gate import MARTS_SCHEMA, marts
from orchestration.files import sync

# DCC's own analysts: the owner writes, their group reads, nobody else does.
READERS_MODE = 0o640


def publish(database: Path, readers_database: Path) -> dict[str, int]:
    """Copy every mart of `database` into `readers_database`, replacing it whole.

    Returns:
        Rows of each mart that was published.
    """
    readers_database.parent.mkdir(parents=True, exist_ok=True)
    temporary = readers_database.with_name(f".{readers_database.name}.tmp")
    temporary.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{database}' as warehouse (read_only)")
        names = marts(connection)
        connection.execute(f"attach '{temporary}' as readers")
        connection.execute(f"create schema readers.{MARTS_SCHEMA}")
        rows = {name: _copy(connection, name) for name in names}
        connection.execute("checkpoint readers")
    temporary.chmod(READERS_MODE)
    sync(temporary)
    temporary.replace(readers_database)
    sync(readers_database.parent)
    return rows


def _copy(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    target, source = f'readers.{MARTS_SCHEMA}."{name}"', f'warehouse.{MARTS_SCHEMA}."{name}"'
    connection.execute(f"create table {target} as from {source}")
    for column, comment in connection.execute(
        "select column_name, comment from duckdb_columns() where database_name = 'warehouse' "
        "and schema_name = ? and table_name = ? and comment is not null",
        [MARTS_SCHEMA, name],
    ).fetchall():
        text = comment.replace("'", "''")
        connection.execute(f"comment on column {target}.\"{column}\" is '{text}'")
    row = connection.execute(f"select count(*) from {target}").fetchone()
    return int(row[0]) if row else 0
