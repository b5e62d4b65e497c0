"""The manifest: one JSON per extract and content seen, and the files it vouches for.

Belongs here: writing an entry so that it is there whole or not at all, reading entries, and saying
which of them are current. Does not belong here: landing itself. An entry is the commit point: files
that no entry names do not exist for anybody.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from orchestration.landing.errors import LandingError

State = Literal["landed", "refused", "unchanged"]


@dataclass(frozen=True)
class Entry:
    """What the manifest says of one extract.

    Attributes:
        file: ``<system>/<feed>/<file name>``, or the path as found when it fits no feed.
        system, feed, period, file_date, part, version: from the name; None when it fits no feed.
        sha256: of the file's bytes; None when it was not to be read.
        bytes: size of the file.
        state: ``landed``, ``refused``, or ``unchanged`` (same content as the version before).
        rows_read, rows_landed, rows_quarantined: None when refused.
        rows_by_day: landed rows by local day, of daily feeds whose rows have an assigning time.
        arrived_at: the extract's modification time (UTC, without zone).
        landed_at: when landing decided (UTC, without zone).
        contract_version: of the feed; None when the name fits no feed.
        time_zone: in which local days were told apart.
        reason: why it was refused, or what it equals.
        warnings: what landing noticed and let pass.
        unknown_columns: columns of the extract that no contract knows.
        columns: columns that landed.
        landed, quarantine, aside: paths inside the warehouse; None when there is no such file.
        modified_ns, changed_ns: times of the file's inode, to know it again without reading it.
    """

    file: str
    system: str | None
    feed: str | None
    period: str | None
    file_date: date | None
    part: str | None
    version: int | None
    sha256: str | None
    bytes: int
    state: State
    rows_read: int | None
    rows_landed: int | None
    rows_quarantined: int | None
    rows_by_day: Mapping[str, int]
    arrived_at: datetime
    landed_at: datetime
    contract_version: int | None
    time_zone: str
    reason: str | None
    warnings: tuple[str, ...]
    unknown_columns: tuple[str, ...]
    columns: tuple[str, ...]
    landed: str | None
    quarantine: str | None
    aside: str | None
    modified_ns: int
    changed_ns: int

    @property
    def slot(self) -> tuple[str | None, str | None, str | None, str | None]:
        """What versions of one extract share: system, feed, period, part."""
        return self.system, self.feed, self.period, self.part

    @property
    def file_name(self) -> str:
        """Last part of the path."""
        return self.file.rsplit("/", 1)[-1]


def read_manifest(manifest_dir: Path) -> list[Entry]:
    """Read every entry, in order of file and time.

    Raises:
        LandingError: an entry is damaged.
    """
    entries = [_read(path) for path in manifest_dir.rglob("*.json")]
    return sorted(entries, key=lambda entry: (entry.file, entry.landed_at, entry.sha256 or ""))


def write_entry(manifest_dir: Path, entry: Entry) -> Path:
    """Write `entry` whole or not at all; on return it outlives a power cut."""
    path = entry_path(manifest_dir, entry)
    make_folder(path.parent)
    text = json.dumps(asdict(entry), default=_as_text, indent=1, ensure_ascii=False) + "\n"
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    fsync_path(path.parent)
    return path


def entry_path(manifest_dir: Path, entry: Entry) -> Path:
    """Where the entry stands: by feed, file name and content."""
    content = (entry.sha256 or "unread")[:8]
    if entry.system is None or entry.feed is None:
        # The path may hold anything, so the entry is called after its hash.
        path = entry.file.encode("utf-8", "surrogateescape")
        name = hashlib.sha256(path).hexdigest()[:16]
        return manifest_dir / "_unplaced" / f"{name}__{content}.json"
    return manifest_dir / entry.system / entry.feed / f"{entry.file_name}__{content}.json"


def current_entries(entries: Iterable[Entry]) -> list[Entry]:
    """Of each slot the landed entry with the highest version, ordered by feed, period and part."""
    current: dict[tuple[str | None, ...], Entry] = {}
    for entry in entries:
        if entry.state != "landed":
            continue
        known = current.get(entry.slot)
        if known is None or (entry.version or 0) > (known.version or 0):
            current[entry.slot] = entry
    return sorted(current.values(), key=lambda entry: tuple(text or "" for text in entry.slot))


def is_settled(entry: Entry, entries: Sequence[Entry]) -> bool:
    """Whether a refused extract has been made good by one of the same or a later version."""
    if entry.state != "refused":
        return True
    return entry.system is not None and any(
        other.state != "refused" and other.slot == entry.slot and _makes_good(other, entry)
        for other in entries
    )


def _makes_good(other: Entry, refused: Entry) -> bool:
    version, wanted = other.version or 0, refused.version or 0
    return version > wanted or (version == wanted and other.landed_at >= refused.landed_at)


def make_folder(folder: Path) -> None:
    """Make `folder` and see to it that the folders above it know of it after a power cut."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        fsync_path(path.parent)


def fsync_path(path: Path) -> None:
    """Wait until the file or folder at `path` is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def utc(timestamp_ns: int) -> datetime:
    """Nanoseconds since 1970 as UTC without zone, cut to microseconds."""
    seconds, nanoseconds = divmod(timestamp_ns, 10**9)
    moment = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    return moment.replace(microsecond=nanoseconds // 1000)


def _read(path: Path) -> Entry:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        for name in ("arrived_at", "landed_at"):
            values[name] = datetime.fromisoformat(values[name].removesuffix("Z"))
        if values["file_date"] is not None:
            values["file_date"] = date.fromisoformat(values["file_date"])
        for name in ("warnings", "unknown_columns", "columns"):
            values[name] = tuple(values[name])
        return Entry(**values)
    except (ValueError, KeyError, TypeError) as error:
        raise LandingError(
            f"The manifest entry {path} is damaged ({error}). Delete it: the next landing reads "
            "the extract again."
        ) from error


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot stand in the manifest")
