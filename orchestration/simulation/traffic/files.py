"""Writing an extract from a query: whole or not at all, the same bytes every time.

Belongs here: file form, modification time, rename. Does not belong here: rows.

One thread writes a file, so the order of its rows and its row groups never depend on who is faster.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import duckdb

FileFormat = Literal["parquet", "csv.gz", "csv"]
OPTIONS = {
    "parquet": "format parquet, compression zstd, compression_level 1",
    "csv": "format csv, header true, timestampformat '%Y-%m-%dT%H:%M:%S.%gZ'",
    "csv.gz": "format csv, header true, compression gzip, timestampformat '%Y-%m-%dT%H:%M:%S.%gZ'",
}


@dataclass(frozen=True)
class Writer:
    """Writes extracts below a landing folder in one format."""

    landing_dir: Path
    file_format: FileFormat

    def extract(
        self,
        con: duckdb.DuckDBPyConnection,
        feed: str,
        period: str,
        query: str,
        arrived_at: datetime,
    ) -> Path:
        """Write the rows of `query` as the extract of `feed` (`dsp/alerts`) for `period`."""
        system, _, name = feed.partition("/")
        target = self.landing_dir / system / name / f"{name}_{period}.{self.file_format}"
        write(con, target, query, self.file_format, arrived_at)
        return target


def write(
    con: duckdb.DuckDBPyConnection,
    target: Path,
    query: str,
    file_format: FileFormat,
    arrived_at: datetime,
) -> None:
    """Write the rows of `query` to `target`; it appears by one rename, with its time of arrival."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.unfinished")
    con.execute(f"copy ({query}) to '{quoted(unfinished)}' ({OPTIONS[file_format]})")
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    arrived = arrived_at.timestamp()
    os.utime(unfinished, (arrived, arrived))
    unfinished.replace(target)


def quoted(path: Path) -> str:
    """A path inside a SQL text."""
    return str(path).replace("'", "''")
