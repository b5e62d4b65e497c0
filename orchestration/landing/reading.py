"""Reading an extract in plain Python: hash, health, header, and records with line numbers.

Belongs here: what DuckDB's reader does not tell: SHA-256, UTF-8, truncation, an independent count
of records, and the exact line and text of a record. Does not belong here: types and rules. The
normal case reads bytes in big blocks; records are split one by one where something is wrong.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, cast

import numpy as np

from orchestration.feeds.names import Format
from orchestration.landing.errors import BusyExtractError, RefusedError

BLOCK = 1 << 20
# DuckDB's own limit for one line; a longer record is quarantined, not held in memory.
LONGEST_RECORD = 2_000_000
BOM = codecs.BOM_UTF8
QUOTE = b'"'
NEWLINE = 10
GZIP_ERRORS = (gzip.BadGzipFile, EOFError, zlib.error)


@dataclass(frozen=True)
class FileState:
    """Size and times of an extract's inode; equal states mean the same bytes."""

    size: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, path: Path) -> FileState:
        """Look at the file at `path`."""
        stat = path.stat()
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


@dataclass(frozen=True)
class Inspection:
    """What one pass over the bytes found.

    Attributes:
        sha256: of the file as it lies there (compressed, if it is).
        lines: lines of the text, a last one without newline included; CSV only.
        unreadable: why the content cannot be read; None when it can.
    """

    sha256: str
    lines: int
    unreadable: str | None


def inspect(path: Path, file_format: Format) -> Inspection:
    """Read the whole file once, in blocks.

    Raises:
        BusyExtractError: the file changed meanwhile.
    """
    before = FileState.of(path)
    with path.open("rb") as file:
        hashing = _Hashing(file)
        text = _Text()
        unreadable = None
        if file_format == "csv":
            text.read(hashing)
        elif file_format == "csv.gz":
            unreadable = _read_gzip(hashing, text, before.size)
        hashing.drain()
    if FileState.of(path) != before or hashing.size != before.size:
        raise BusyExtractError(f"{path.name} changed while it was read")
    if before.size == 0:
        unreadable = "the file is empty (0 bytes); even an extract without rows has a header"
    return Inspection(
        sha256=hashing.digest.hexdigest(),
        lines=text.lines,
        unreadable=unreadable or text.unreadable,
    )


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class _Hashing:
    """Passes a file's bytes on and hashes them; the part of a file object that gzip needs."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1, /) -> bytes:
        block = self.file.read(size)
        self.digest.update(block)
        self.size += len(block)
        return block

    def drain(self) -> None:
        while self.read(BLOCK):
            pass


class _Text:
    """UTF-8 validity and lines of a text that comes in blocks."""

    def __init__(self) -> None:
        self.newlines = 0
        self.size = 0
        self.last = b""
        self.unreadable: str | None = None

    @property
    def lines(self) -> int:
        return self.newlines + (self.last not in {b"", b"\n"})

    def read(self, source: _Readable) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")()
        while block := source.read(BLOCK):
            # Plain ASCII between whole characters needs no decoding, and is four times as fast.
            if not block.isascii() or decoder.getstate()[0]:
                self._decode(decoder, block)
            # Three times as fast as bytes.count, and this is done to every byte that arrives.
            self.newlines += int(np.count_nonzero(np.frombuffer(block, np.uint8) == NEWLINE))
            self.size += len(block)
            self.last = block[-1:]
        self._decode(decoder, b"", final=True)

    def _decode(
        self, decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False
    ) -> None:
        if self.unreadable is not None:
            return
        try:
            decoder.decode(block, final)
        except UnicodeDecodeError as error:
            found = error.object[error.start]
            self.unreadable = (
                f"the text is not UTF-8 (byte 0x{found:02x} in the block at byte {self.size:,}); "
                "export it again as UTF-8"
            )


def _read_gzip(hashing: _Hashing, text: _Text, size: int) -> str | None:
    if size == 0:
        return None
    try:
        with gzip.GzipFile(fileobj=cast("IO[bytes]", hashing), mode="rb") as file:
            text.read(file)
    except EOFError:
        return f"the gzip stream is cut off after {text.size:,} bytes of text; send the file again"
    except (gzip.BadGzipFile, zlib.error) as error:
        return f"the gzip stream is damaged ({error}); send the file again"
    return None


# ---------------------------------------------------------------------------------------- records


@dataclass(frozen=True)
class Record:
    """One record of a CSV file.

    Attributes:
        line: line of the file on which it begins (1 is the header's).
        raw: its text without the line end; cut when it is too long.
        fields: its values; None when it cannot be split.
        problem: why it cannot be split.
        is_complete: a line end follows.
    """

    line: int
    raw: str
    fields: list[str] | None
    problem: str | None
    is_complete: bool


def count_records(path: Path, file_format: Format) -> int:
    """Count the lines of a CSV, those inside quoted values left out, without splitting it."""
    ends, quotes, last = 0, 0, b"\n"
    with open_text(path, file_format) as file:
        while block := file.read(BLOCK):
            pieces = block.split(QUOTE)
            ends += b"".join(pieces[quotes % 2 :: 2]).count(b"\n")
            quotes += len(pieces) - 1
            last = block[-1:]
    return ends + (last != b"\n")


def open_text(path: Path, file_format: Format) -> IO[bytes]:
    """Open the bytes of a CSV, decompressed."""
    if file_format == "csv.gz":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return path.open("rb")


def read_header(path: Path, file_format: Format) -> list[str]:
    """Return the names in the first record.

    Raises:
        RefusedError: there is no usable header.
    """
    with open_text(path, file_format) as file:
        try:
            record = next(split_records(file), None)
        except GZIP_ERRORS as error:
            raise RefusedError(
                f"the gzip stream cannot be read ({error}); send the file again"
            ) from error
    if record is None or record.line > 1:
        raise RefusedError("the first line is empty; it must be the header with the column names")
    if record.fields is None:
        raise RefusedError(f"the header cannot be split into names: {record.problem}")
    if "\r" in record.raw:
        raise RefusedError(
            "lines end with a bare carriage return; export the file with \\n or \\r\\n"
        )
    names = record.fields
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise RefusedError(f"the header names {', '.join(doubled)} more than once")
    return names


def split_records(file: IO[bytes]) -> Iterator[Record]:
    """Split a CSV text into records, header first; blank lines are no records.

    A quote opens a quoted value only at its beginning; blanks around a quoted value do not count.

    Raises:
        RefusedError: a quoted value never ends, which is what a file that was cut off looks like.
    """
    line, is_first = 0, True
    while piece := file.readline(LONGEST_RECORD + 1):
        if is_first:
            piece, is_first = piece.removeprefix(BOM), False
        line += 1
        starts = line
        if len(piece) > LONGEST_RECORD and not piece.endswith(b"\n"):
            kept = piece[:LONGEST_RECORD]
            _skip_line(file)
            yield _too_long(starts, kept)
            continue
        if QUOTE not in piece:
            raw = piece.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "replace")
            if raw:
                yield Record(starts, raw, raw.split(","), None, piece.endswith(b"\n"))
            continue
        record, more = _split_quoted(file, piece, starts)
        line += more
        yield record


def _skip_line(file: IO[bytes]) -> None:
    """Read on to the end of a line of which only the beginning is wanted."""
    while (rest := file.readline(BLOCK)) and not rest.endswith(b"\n"):
        pass


def _too_long(line: int, kept: bytes) -> Record:
    shown = kept[:200].decode("utf-8", "replace") + "…"
    problem = f"the record is longer than {LONGEST_RECORD:,} bytes"
    return Record(line, shown, None, problem, is_complete=True)


def _split_quoted(file: IO[bytes], piece: bytes, line: int) -> tuple[Record, int]:
    """Split a record that has quotes, reading on while a quoted value is open.

    Returns:
        The record and how many further lines it took.
    """
    text = bytearray(piece)
    fields: list[bytearray] = []
    more, at, too_long = 0, 0, False
    while True:
        opens = _skip_blanks(text, at)
        if text[opens : opens + 1] != QUOTE:
            ends = text.find(b",", at)
            fields.append(text[at:ends] if ends >= 0 else _without_line_end(text[at:]))
            if ends < 0:
                break
            at = ends + 1
            continue
        closes = _closing_quote(text, opens + 1)
        while closes < 0:
            further = file.readline(LONGEST_RECORD)
            if not further:
                raise RefusedError(
                    f"the quoted value that begins in line {line} never ends: the file is cut off, "
                    "or a quote is missing; send it again"
                )
            more += further.endswith(b"\n")
            if len(text) + len(further) > LONGEST_RECORD:
                # Go on looking for the end, but no longer keep what is read.
                too_long, text, opens = True, bytearray(QUOTE), 0
            searched = len(text)
            text += further
            closes = _closing_quote(text, searched)
        fields.append(text[opens + 1 : closes].replace(b'""', QUOTE))
        after = _skip_blanks(text, closes + 1)
        if text[after : after + 1] != b",":
            if _without_line_end(text[after:]):
                problem = "text follows the closing quote of a value"
                return Record(line, _shown(text), None, problem, text.endswith(b"\n")), more
            break
        at = after + 1
    if too_long:
        return _too_long(line, bytes(text)), more
    values = [value.decode("utf-8", "replace") for value in fields]
    return Record(line, _shown(text), values, None, text.endswith(b"\n")), more


def _skip_blanks(text: bytearray, at: int) -> int:
    while text[at : at + 1] == b" ":
        at += 1
    return at


def _closing_quote(text: bytearray, start: int) -> int:
    """Where the quoted value that begins at `start` closes; -1 when not in `text`."""
    at = text.find(QUOTE, start)
    while at >= 0 and text[at + 1 : at + 2] == QUOTE:
        at = text.find(QUOTE, at + 2)
    return at


def _without_line_end(text: bytearray) -> bytearray:
    return text.removesuffix(b"\n").removesuffix(b"\r")


def _shown(text: bytearray) -> str:
    return _without_line_end(text).decode("utf-8", "replace")
