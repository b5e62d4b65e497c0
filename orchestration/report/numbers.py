"""Every number that a document prints, and those of them that the marts hold.

Belongs here: what in a printed text is a figure and what is fixed wording, and the look in the
marts. Does not belong here: the rule that compares the two (`checks/consistency.py`).

Numbers are compared as they are printed: "54.50" stands for every value of a mart that is shown so.
What is part of a name ("SMETS2+", "PM12.2"), of the wording of the report's own code ("the last 7
days") or of a text that a mart or seed has ("Firmware 2.10") is no figure. Of a chart the table of
its data is read. A count of nought is none either: marts have a row where something falls into it.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from orchestration.checks.figures import PrintedNumber
from orchestration.report.document import (
    Block,
    BulletList,
    Callout,
    Cell,
    Commentary,
    DefinitionList,
    Document,
    Figure,
    Kind,
    Paragraph,
    Record,
    Section,
    SpanKind,
    Table,
    Working,
)
from orchestration.report.formatting import (
    canonical_month,
    canonical_number,
    moment_in,
    number_in,
)
from orchestration.report.marts import Marts

_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|January|February|March|April|June|July"
    r"|August|September|October|November|December)"
)
# In this order: what a pattern has taken is not looked at by the next one.
_MOMENT = re.compile(rf"\b\d{{1,2}} {_MONTH} \d{{4}}(?: \d{{2}}:\d{{2}}(?::\d{{2}})?)?")
_MONTH_OF_A_YEAR = re.compile(rf"\b{_MONTH} \d{{4}}\b")
_DURATION = re.compile(r"\b(?:\d{1,3}(?:,\d{3})* h )?\d+ min\b")
_NUMBER = re.compile(
    r"(?<![\w.,/:+\-\N{MINUS SIGN}£])[\N{MINUS SIGN}-]?£?\d+(?:,\d{3})*(?:\.\d+)?%?"
    r"(?!\w|[.,:/+-]\w)"
)
_DIGITS = re.compile(r"\d+")
_REFERENCE = re.compile(r"(?:section|appendix|table|figure) [\dA-Z]+(?:\.\d+)*")
_IS_WORDING = re.compile(r"(?=.*\d)(?=.*[A-Za-z]{2}).* .*", re.DOTALL)


def printed_numbers(document: Document, marts: Marts) -> tuple[PrintedNumber, ...]:
    """The figures of the body of the document: what is printed, and where it has to come from.

    The front pages are left out: they tell of the issue before, whose figures are no longer in a
    mart.
    """
    reader = _Reader(_Texts(marts.texts_with_digits()))
    return tuple(
        number
        for section in document.sections
        for part in section.walk()
        for number in reader.of_section(part)
    )


def held_numbers(numbers: Iterable[PrintedNumber], marts: Marts) -> dict[str, frozenset[str]]:
    """Of every mart and seed that was read for the report, the printed numbers that it holds."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for number in numbers:
        for name in number.marts or marts.names_read:
            wanted[name].add(number.value)
    return {name: marts.holds(name, values) for name, values in wanted.items()}


@dataclass(frozen=True)
class _Text:
    """A printed text with the marts whose figures may stand in it; none named: any that is read."""

    where: str
    text: str
    marts: tuple[str, ...] = ()


class _Texts:
    """Wording: literals of the report's code, and texts that marts and seeds have."""

    def __init__(self, texts: frozenset[str]) -> None:
        self._whole = texts
        self._by_digits: dict[str, list[str]] = defaultdict(list)
        # A text of one word is a name; as part of a longer text it proves nothing.
        for part in {*_wording(), *(one for one in texts if _IS_WORDING.fullmatch(one))}:
            self._by_digits[_DIGITS.findall(part)[0]].append(part)

    def covered(self, text: str) -> list[tuple[int, int]]:
        """The parts of `text` that are wording."""
        if text in self._whole:
            return [(0, len(text))]
        return [
            (found.start(), found.end())
            for digits in set(_DIGITS.findall(text))
            for part in self._by_digits.get(digits, ())
            if part in text
            for found in re.finditer(re.escape(part), text)
        ]


class _Reader:
    """Reads the figures out of blocks."""

    def __init__(self, texts: _Texts) -> None:
        self._texts = texts

    def of_section(self, section: Section) -> Iterator[PrintedNumber]:
        where = f"Section {section.number}"
        yield from self._of_text(_Text(where, section.title))
        for block in section.blocks:
            yield from self._of_block(where, block)

    def _of_block(self, where: str, block: Block) -> Iterator[PrintedNumber]:
        match block:
            case Table():
                yield from self._of_table(f"Table {block.number}", block)
            case Figure():
                named = f"Figure {block.number}"
                yield from self._of_text(_Text(named, block.caption))
                yield from self._of_text(_Text(named, block.alt))
                yield from self._of_table(named, block.data)
            case Record():
                for field in block.fields:
                    yield from self._of_cell(_Text(block.title, field.cell.text), field.cell)
            case _:
                for text in _texts_of(where, block):
                    yield from self._of_text(text)

    def _of_table(self, where: str, table: Table) -> Iterator[PrintedNumber]:
        for said in (table.caption, *(one.header for one in table.columns), *table.printed_notes):
            yield from self._of_text(_Text(where, said))
        for line in table.lines:
            for cell in line.cells:
                yield from self._of_cell(_Text(where, cell.text, table.marts), cell)

    def _of_cell(self, text: _Text, cell: Cell) -> Iterator[PrintedNumber]:
        if cell.kind is Kind.TEXT or cell.value is None:
            yield from self._of_text(_Text(text.where, text.text))
            return
        value = _canonical(cell.text)
        if value is not None and (cell.kind, cell.value) != (Kind.COUNT, 0):
            yield PrintedNumber(text.where, cell.text, value, text.marts)

    def _of_text(self, text: _Text) -> Iterator[PrintedNumber]:
        if not any(character.isdigit() for character in text.text):
            return
        taken = self._texts.covered(text.text)
        for pattern in (_MOMENT, _MONTH_OF_A_YEAR, _DURATION, _NUMBER):
            for found in pattern.finditer(text.text):
                value = _canonical(found[0])
                if value is None or any(
                    start <= found.start() and found.end() <= end for start, end in taken
                ):
                    continue
                taken.append((found.start(), found.end()))
                yield PrintedNumber(text.where, found[0], value, text.marts)


def _texts_of(where: str, block: Block) -> Iterator[_Text]:
    match block:
        case Paragraph():
            yield _Text(where, _without_references(block))
        case BulletList():
            for item in block.items:
                yield from _texts_of(where, item)
        case Callout():
            yield _Text(where, block.title)
            for part in block.blocks:
                yield from _texts_of(where, part)
        case Working():
            # The formula in words prints the constants that stand in the expression.
            constants = set(_NUMBER.findall(block.formula))
            said = _NUMBER.sub(
                lambda found: "" if found[0] in constants else found[0], block.expression
            )
            for part_of_it in (block.title, said, block.result, block.explanation or ""):
                yield _Text(where, part_of_it)
        case Commentary():
            for remark in (block.heading, block.reason, block.mitigation):
                yield _Text(where, remark or "")
        case DefinitionList():
            for definition in block.items:
                yield _Text(where, definition.term)
                yield _Text(where, definition.meaning)
        case _:
            return


def _without_references(paragraph: Paragraph) -> str:
    """The sentence without the numbers of sections, tables and figures that it leads to."""
    return "".join(
        ""
        if span.kind is SpanKind.LINK and _REFERENCE.fullmatch(span.text) is not None
        else span.text
        for span in paragraph.spans
    )


def _canonical(printed: str) -> str | None:
    """A printed figure, date or time in the form in which marts are asked for it."""
    if (moment := moment_in(printed)) is not None:
        return moment.isoformat(" ")
    if (day := moment_in(f"{printed} 00:00")) is not None:
        return day.date().isoformat()
    if (month := canonical_month(printed)) is not None:
        return month
    if number_in(printed) is None:
        return None
    return canonical_number(printed)


@cache
def _wording() -> tuple[str, ...]:
    """The literals with a digit in sentences of the report's code."""
    found: set[str] = set()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return tuple(sorted(one for one in found if _IS_WORDING.fullmatch(one)))
