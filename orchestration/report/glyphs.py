"""Which characters the report's font can draw.

Belongs here: reading the character map of the TrueType files. Does not belong here: what to do
about a character that is missing.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

from orchestration.report.style import FONTS

TEXT_FACES = ("SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf")
SEGMENTED = 12
"""The one character-map format that holds all of Unicode; both faces have it."""


@cache
def drawable() -> frozenset[int]:
    """Code points that every face used for text can draw."""
    covered = [_code_points(FONTS / name) for name in TEXT_FACES]
    return frozenset(frozenset.intersection(*covered))


def _code_points(path: Path) -> frozenset[int]:
    """Code points in the `cmap` table of a TrueType file.

    Raises:
        ValueError: the file has no character map of all of Unicode.
    """
    data = path.read_bytes()
    cmap = _table(data, b"cmap", path)
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for place in range(count):
        (offset,) = struct.unpack_from(">I", data, cmap + 4 + 8 * place + 4)
        (kind,) = struct.unpack_from(">H", data, cmap + offset)
        if kind == SEGMENTED:
            return _groups(data, cmap + offset)
    raise ValueError(f"{path.name} has no character map of format {SEGMENTED}")


def _table(data: bytes, tag: bytes, path: Path) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for place in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * place)
        if name == tag:
            return int(offset)
    raise ValueError(f"{path.name} has no table {tag.decode()}")


def _groups(data: bytes, start: int) -> frozenset[int]:
    (count,) = struct.unpack_from(">I", data, start + 12)
    found: set[int] = set()
    for place in range(count):
        first, last, _ = struct.unpack_from(">III", data, start + 16 + 12 * place)
        found.update(range(first, last + 1))
    return frozenset(found)
