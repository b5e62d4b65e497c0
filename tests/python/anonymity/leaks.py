"""What every byte of an issue says: text of all its files, unpacked as far as they are packed.

Belongs here: reading files of each format, and finding words in them. Does not belong here: which
words may stand in no issue.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import pypdf

RESTRICTED = "restricted"


def texts(issue: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every file of an issue outside `restricted/`; of packed ones their parts."""
    for path in sorted(issue.rglob("*")):
        name = path.relative_to(issue)
        if path.is_dir() or RESTRICTED in name.parts:
            continue
        # Of every file its bytes as they are; of packed ones what is in them besides.
        yield str(name), path.read_bytes().decode("latin-1")
        match path.suffix:
            case ".xlsx":
                yield from _parts(path, str(name))
            case ".pdf":
                yield str(name), _pages(path)
            case ".parquet":
                yield str(name), _values(path)


def _parts(path: Path, name: str) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as packed:
        for part in packed.namelist():
            yield f"{name}/{part}", packed.read(part).decode("utf-8", errors="replace")


def _pages(path: Path) -> str:
    """The text of the pages, without blanks too: a name may break at the end of a line."""
    reader = pypdf.PdfReader(path)
    pages = [page.extract_text() for page in reader.pages]
    info = " ".join(str(value) for value in (reader.metadata or {}).values())
    return "\n".join([*pages, info, *(" ".join(page.split()) for page in pages)])


def _values(path: Path) -> str:
    with duckdb.connect() as connection:
        rows = connection.execute(f"select * from read_parquet('{path}')").fetchall()
    return "\n".join(str(value) for row in rows for value in row)


def found_in(said: Iterable[tuple[str, str]], words: Iterable[str]) -> list[tuple[str, str]]:
    """File and word of each of `words` that stands anywhere in the texts, in whatever case."""
    wanted = [(word, word.casefold()) for word in words]
    found = []
    for name, text in said:
        folded = text.casefold()
        found += [(name, word) for word, bare in wanted if bare in folded]
    return found
