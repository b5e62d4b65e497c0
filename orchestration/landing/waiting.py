"""Extracts that wait in the landing folder: there, and not in the manifest as they are.

Belongs here: telling which they are without reading them. What becomes of them does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from orchestration.landing.manifest import Entry
from orchestration.settings import Settings


@dataclass(frozen=True)
class WaitingFile:
    """A file of the landing folder that the manifest does not know as it is.

    Attributes:
        file: ``<system>/<feed>/<file name>``, whether or not it fits a feed.
        bytes: its size.
        modified_ns: its modification time.
    """

    file: str
    bytes: int
    modified_ns: int


def waiting_files(settings: Settings, entries: Iterable[Entry]) -> list[WaitingFile]:
    """Files that the next landing will look at, in order of their paths."""
    known = {(entry.file, entry.bytes, entry.modified_ns) for entry in entries}
    found = []
    for path in sorted(settings.landing_dir.glob("*/*/*")):
        stat = path.stat()
        file = path.relative_to(settings.landing_dir).as_posix()
        if (file, stat.st_size, stat.st_mtime_ns) not in known:
            found.append(WaitingFile(file, stat.st_size, stat.st_mtime_ns))
    return found
