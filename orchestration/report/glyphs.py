"""What the report's font can draw, and how wide it draws it.

Belongs here: reading the character map and the widths of the TrueType files. Does not belong here:
what to do about a character that is missing, or a text that is too wide.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from orchestration.report.style import FONTS

REGULAR, SEMIBOLD = "SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf"
TEXT_FACES = (REGULAR, SEMIBOLD)
SEGMENTED = 12
"""The one character-map format that holds all of Unicode; both faces have it."""
_NO_GLYPH = 0


@cache
def drawable() -> frozenset[int]:
    """Code points that every face used for text can draw."""
    covered = [frozenset(_glyphs(name)) for name in TEXT_FACES]
    return frozenset.intersection(*covered)


@cache
def width(text: str, face: str = REGULAR) -> float:
    """How wide a face draws `text` on one line, in em (its size); kerning left aside."""
    glyphs, advances = _glyphs(face), _advances(face)
    drawn = (glyphs.get(ord(char), _NO_GLYPH) for char in text)
    return sum(advances[min(glyph, len(advances) - 1)] for glyph in drawn)


@cache
def _glyphs(face: str) -> Mapping[int, int]:
    """Code point → glyph, of the `cmap` table of a TrueType file.

    Raises:
        ValueError: the file has no character map of all of Unicode.
    """
    path = FONTS / face
    data = path.read_bytes()
    cmap = _table(data, b"cmap", path)
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for place in range(count):
        (offset,) = struct.unpack_from(">I", data, cmap + 4 + 8 * place + 4)
        (kind,) = struct.unpack_from(">H", data, cmap + offset)
        if kind == SEGMENTED:
            return _groups(data, cmap + offset)
    raise ValueError(f"{path.name} has no character map of format {SEGMENTED}")


@cache
def _advances(face: str) -> tuple[float, ...]:
    """Glyph → its width in em (`hmtx`); the glyphs after the last are as wide as it."""
    path = FONTS / face
    data = path.read_bytes()
    (units,) = struct.unpack_from(">H", data, _table(data, b"head", path) + 18)
    (count,) = struct.unpack_from(">H", data, _table(data, b"hhea", path) + 34)
    start = _table(data, b"hmtx", path)
    return tuple(
        struct.unpack_from(">H", data, start + 4 * glyph)[0] / units for glyph in range(count)
    )


def _table(data: bytes, tag: bytes, path: Path) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for place in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * place)
        if name == tag:
            return int(offset)
    raise ValueError(f"{path.name} has no table {tag.decode()}")


def _groups(data: bytes, start: int) -> dict[int, int]:
    (count,) = struct.unpack_from(">I", data, start + 12)
    found: dict[int, int] = {}
    for place in range(count):
        first, last, glyph = struct.unpack_from(">III", data, start + 16 + 12 * place)
        found.update((code, glyph + code - first) for code in range(first, last + 1))
    return found
