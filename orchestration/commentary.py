"""A file to fill in: the commentary that a month wants, in the shape of its extract.

Belongs here: what stands in that file, its name, and on which days a measure was asked for. What is
wanted is known from the last run (`findings.py`); whether what was filled in can land is the
contract's.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from orchestration.files import write_atomically, write_json
from orchestration.findings import Findings, Text, Wanted
from orchestration.landing import Entry
from orchestration.partitions import month_label

COLUMNS = ("reporting_month", "measure_id", "region", "reason", "mitigation", "author_role")
_ALL = "All"


class NothingToFillIn(RuntimeError):
    """There is no file to write; the message says why."""


def write_template(
    folder: Path, month: date, today: date, found: Findings, entries: Sequence[Entry]
) -> Path:
    """Write the file of a month into `folder`, and return its path.

    It holds every text that was supplied so far, and an empty row for each measure that has none:
    a version of an extract replaces the one before as a whole. It is dated `today`, so that what it
    says counts before all that came earlier.

    Raises:
        NothingToFillIn: no measure lacks commentary, or a file of that name is there already.
    """
    if all(wanted.is_supplied for wanted in found.wanted):
        raise NothingToFillIn(
            "Every measure that wants commentary has it; there is no file to fill in."
        )
    path = folder / _file_name(today, entries)
    if path.exists():
        raise NothingToFillIn(f"{path} is there already: fill it in, or remove it first.")
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(month, found))
    write_atomically(path, lines.getvalue())
    return path


def asked_on(folder: Path, month: date) -> dict[str, tuple[date, ...]]:
    """Measure → the days on which its commentary was asked for: requested, then chased."""
    path = _notes(folder, month)
    if not path.exists():
        return {}
    content = json.loads(path.read_text(encoding="utf-8"))
    return {
        str(measure): tuple(date.fromisoformat(day) for day in days)
        for measure, days in content.items()
    }


def note_request(folder: Path, month: date, today: date, found: Findings) -> None:
    """Note that what is wanted was asked for today; `folder` keeps a file of notes for a month."""
    asked = asked_on(folder, month)
    for wanted in found.wanted:
        if not wanted.is_supplied:
            asked[wanted.name] = tuple(sorted({*asked.get(wanted.name, ()), today}))
    write_json(
        _notes(folder, month),
        {measure: [day.isoformat() for day in days] for measure, days in asked.items()},
    )


def _notes(folder: Path, month: date) -> Path:
    return folder / f"asked_{month_label(month)}.json"


def _file_name(today: date, entries: Sequence[Entry]) -> str:
    """`commentary_<today>.csv`, or the next version where landing has seen one of today."""
    versions = [
        entry.version or 1
        for entry in entries
        if (entry.system, entry.feed, entry.period, entry.part or "")
        == ("dcc", "commentary", today.isoformat(), "")
    ]
    version = f"_v{max(versions) + 1}" if versions else ""
    return f"commentary_{today.isoformat()}{version}.csv"


def _rows(month: date, found: Findings) -> Iterator[tuple[str, ...]]:
    said: dict[tuple[str, str], list[Text]] = {}
    for text in found.texts:
        said.setdefault((text.measure_id, text.scope), []).append(text)
    for wanted in found.wanted:
        yield from _of_measure(month, wanted, said.pop((wanted.measure_id, wanted.scope), []))
    for texts in said.values():
        yield from (_row(month, text) for text in texts)


def _of_measure(month: date, wanted: Wanted, texts: Sequence[Text]) -> Iterator[tuple[str, ...]]:
    if not texts:
        yield (month.isoformat(), wanted.name, "", "", "", "")
    for text in texts:
        yield _row(month, text)


def _row(month: date, text: Text) -> tuple[str, ...]:
    name = text.measure_id if text.scope == _ALL else f"{text.measure_id}/{text.scope}"
    region = "" if text.region == _ALL else text.region
    return (
        month.isoformat(),
        name,
        region,
        text.reason or "",
        text.mitigation or "",
        text.author_role,
    )
