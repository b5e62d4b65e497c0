"""Writing an extract: the same bytes every time, whole or not at all.

Belongs here: file form (CSV, gzip, modification time, atomic replacement). Does not belong here:
what stands in the rows.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

Cell = str | int | bool | datetime | None


@dataclass(frozen=True)
class Extract:
    """One extract to be written.

    Attributes:
        system: for example `dsms`.
        feed: for example `incidents`.
        period: what the file covers, as in its name (`2020-09`).
        columns: the header.
        rows: one sequence of cells per row, in the header's order.
        arrived_at: when the source delivered it (UTC); becomes the modification time.
        part: the provider where several send the feed.
        compressed: gzip, for the feeds that are large.
    """

    system: str
    feed: str
    period: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    arrived_at: datetime
    part: str | None = None
    compressed: bool = False

    @property
    def name(self) -> str:
        """The file's name by the landing contract."""
        part = f"_{self.part}" if self.part else ""
        suffix = ".csv.gz" if self.compressed else ".csv"
        return f"{self.feed}_{self.period}{part}{suffix}"


def write(landing_dir: Path, extract: Extract) -> Path:
    """Write the extract below `landing_dir` and return its path.

    The content depends on the rows alone (no clock, no file name inside the gzip header), and the
    file appears by one rename, so a reader never sees half of it.
    """
    target = landing_dir / extract.system / extract.feed / extract.name
    target.parent.mkdir(parents=True, exist_ok=True)
    content = _csv_bytes(extract.columns, extract.rows)
    if extract.compressed:
        content = gzip.compress(content, compresslevel=6, mtime=0)
    unfinished = target.with_name(f".{target.name}.unfinished")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    delivered = extract.arrived_at.timestamp()
    os.utime(unfinished, (delivered, delivered))
    unfinished.replace(target)
    return target


def _csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8")


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(cell)
