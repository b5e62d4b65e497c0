"""Dagster's event log in SQLite, with connections that stay open.

Belongs here: that one difference. Dagster's own log makes an engine for each statement that it
runs, which costs several times what writing an event does, and a month has a thousand events.
Files, tables and what stands in them are the same: either log reads what the other wrote.
`dagster.yaml` names this class.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as db
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData

# Each run has a file of its own; a web server that shows many does not keep them all open.
MOST_OPEN = 8


class OpenSqliteEventLog(SqliteEventLogStorage):
    """An event log that makes an engine for each of its files once."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        """A log whose files are in `base_dir`."""
        # The least recently used comes first.
        self._engines: dict[str, db.Engine] = {}
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> OpenSqliteEventLog:
        """The log in Dagster's home folder, below which its own would keep it."""
        return cls(str(Path(config_value["base_dir"]) / "history" / "runs"), inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[db.Connection]:
        with self._db_lock:
            engine = self._engines.pop(shard, None) or db.create_engine(
                self.conn_string_for_shard(shard),
                connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS},
            )
            self._engines[shard] = engine
            if len(self._engines) > MOST_OPEN:
                self._engines.pop(next(iter(self._engines))).dispose()
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.begin() as connection:
                yield connection

    def dispose(self) -> None:
        """Close every connection."""
        super().dispose()
        while self._engines:
            self._engines.popitem()[1].dispose()
