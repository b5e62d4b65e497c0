"""The one document model of a report: sections, paragraphs, tables, figures, records.

Belongs here: the shape of what is printed, with every value already formatted (`Cell.text`), and
the numbering of sections, tables and figures. Does not belong here: reading marts (`marts.py`),
wording (`sections/`), or any output format (`html.py`, `pdf.py`, `xlsx.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from string import ascii_uppercase

CellValue = Decimal | int | str | date | datetime | None
Spec = dict[str, object]
"""A Vega-Lite specification as a plain dict."""

DASH = "\N{EM DASH}"
"""Stands where a split or a limit does not exist; never for a level that is missing."""

MAX_SHEET_NAME = 31
"""Longest table id: Excel allows no longer sheet name, and the id is the sheet name."""


class Kind(StrEnum):
    """What a cell holds; decides alignment, sort order and the spreadsheet's number format."""

    PERCENT = "percent"
    COUNT = "count"
    DECIMAL = "decimal"
    SECONDS = "seconds"
    GBP = "gbp"
    DURATION = "duration"
    TIMESTAMP = "timestamp"
    DATE = "date"
    MONTH = "month"
    TEXT = "text"
    STATUS = "status"

    @property
    def is_numeric(self) -> bool:
        """Whether cells of this kind line up on the right."""
        return self in _NUMERIC


_NUMERIC = frozenset(
    {Kind.PERCENT, Kind.COUNT, Kind.DECIMAL, Kind.SECONDS, Kind.GBP, Kind.DURATION}
)


@dataclass(frozen=True)
class Cell:
    """One printed value.

    Attributes:
        kind: what the value is. text: the value as printed everywhere. value: the shown value for a
        spreadsheet: percent 0-100, seconds, pounds, whole minutes, local
            time without zone; None when `text` is words ("No Events") or a dash.
        link: id of the section, table or record that `text` leads to.
    """

    kind: Kind
    text: str
    value: CellValue = None
    link: str | None = None


@dataclass(frozen=True)
class Column:
    """One column of a table; `summed` says that a total row adds its body cells up."""

    key: str
    header: str
    kind: Kind = Kind.TEXT
    weight: float = 1.0
    summed: bool = False


class Role(StrEnum):
    """What a row of a table is."""

    BODY = "body"
    TOTAL = "total"


@dataclass(frozen=True)
class Line:
    """One row of a table.

    `measure` is the measure that the row is about ("CPM1", "CSPN PM12.2"), `facts` holds what a
    rule must know of it and no cell says (direction, unit, contributes_to).
    """

    cells: tuple[Cell, ...]
    role: Role = Role.BODY
    measure: str | None = None
    facts: tuple[tuple[str, str], ...] = ()

    def fact(self, name: str) -> str | None:
        """The fact called `name`, or None."""
        return dict(self.facts).get(name)


@dataclass(frozen=True)
class Table:
    """A table: stable `id` (lower case, also the sheet's name), caption, columns, rows, marts.

    Attributes:
        dash_note: what a dash stands for; printed when there is one.
        content: what the rows are, for the reader of printed figures ("measures", "credits", …).
        provider: the service provider whose section the table stands in.
        row_total: key of the column that holds the sum of the `summed` columns of its own row.
        row_header: whether the first cell names the row.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    marts: tuple[str, ...]
    content: str = ""
    provider: str | None = None
    row_total: str | None = None
    row_header: bool = True
    notes: tuple[str, ...] = ()
    dash_note: str = ""
    number: int = 0

    def __post_init__(self) -> None:
        """Refuse a table that a writer could not render faithfully or a reader not understand."""
        if len(self.id) > MAX_SHEET_NAME:
            raise ValueError(f"table id {self.id!r} is longer than {MAX_SHEET_NAME} characters")
        for line in self.lines:
            if len(line.cells) != len(self.columns):
                raise ValueError(
                    f"table {self.id}: a row has {len(line.cells)} cells for "
                    f"{len(self.columns)} columns"
                )
        if self.has_dash and not self.dash_note:
            raise ValueError(f"table {self.id} prints a dash and no note says what it stands for")

    @property
    def has_dash(self) -> bool:
        """Whether a dash stands in any cell."""
        return any(cell.text == DASH for line in self.lines for cell in line.cells)

    @property
    def printed_notes(self) -> tuple[str, ...]:
        """What is printed under the table; the dash is explained where there is one."""
        return (*self.notes, self.dash_note) if self.has_dash else self.notes

    def cell(self, line: Line, key: str) -> Cell | None:
        """The cell of `line` in the column `key`; None when the table has no such column."""
        for column, cell in zip(self.columns, line.cells, strict=True):
            if column.key == key:
                return cell
        return None


@dataclass(frozen=True)
class Figure:
    """A chart: specification, a narrow one for phones, a text alternative, and its data."""

    id: str
    caption: str
    alt: str
    spec: Spec
    narrow_spec: Spec
    data: Table
    number: int = 0


class SpanKind(StrEnum):
    """How a piece of a sentence is set."""

    PLAIN = "plain"
    STRONG = "strong"
    LINK = "link"


@dataclass(frozen=True)
class Span:
    """A piece of a sentence. A LINK without text prints the number of its target."""

    text: str
    kind: SpanKind = SpanKind.PLAIN
    target: str | None = None


@dataclass(frozen=True)
class Statement:
    """What a sentence says of a measure: strings that stand in the sentence as printed.

    `named` is how the sentence names the measure, where it is not by its printed name ("North").
    """

    measure: str
    level: str | None = None
    status: str | None = None
    named: str | None = None


@dataclass(frozen=True)
class SaidTime:
    """A time of a Major Incident that stands in a sentence as printed."""

    incident_id: str
    event: str
    at: str


@dataclass(frozen=True)
class Paragraph:
    """A sentence or a few, with what they state of measures and incidents."""

    spans: tuple[Span, ...]
    statements: tuple[Statement, ...] = ()
    times: tuple[SaidTime, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a statement that the sentence does not print."""
        stated = [
            *((one.named or one.measure, one.level, one.status) for one in self.statements),
            *((one.incident_id, one.at) for one in self.times),
        ]
        for parts in stated:
            for said in parts:
                if said is not None and said not in self.text:
                    raise ValueError(f"the sentence {self.text!r} does not say {said!r}")

    @property
    def text(self) -> str:
        """The sentence without its marks."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class BulletList:
    """Points of equal weight."""

    items: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Working:
    """A formula: in words, with its numbers, and the printed result.

    `expression` evaluates to `result` (both as printed, with the signs of print).
    `rule` names the formula for the consistency rules ("ratio", "pm12.2"; None for a mean);
    `numerator` and `denominator` stand in the expression as they are here.
    """

    measure: str
    title: str
    formula: str
    expression: str
    result: str
    explanation: str | None = None
    rule: str | None = None
    numerator: str | None = None
    denominator: str | None = None

    def __post_init__(self) -> None:
        """Refuse inputs that the expression does not print."""
        for said in (self.numerator, self.denominator):
            if said is not None and said not in self.expression:
                raise ValueError(f"the working {self.expression!r} does not print {said!r}")


@dataclass(frozen=True)
class Commentary:
    """What the maker says of a measure; text from outside, never markup.

    `reason` and `mitigation` are None when none was supplied; `wanted` says whether they had to be.
    """

    measure: str
    heading: str
    reason: str | None
    mitigation: str | None
    author_role: str | None
    needs_reason: bool = False
    needs_mitigation: bool = False


class Tone(StrEnum):
    """What a callout is for."""

    NOTE = "note"
    DRAFT = "draft"
    CHANGE = "change"


@dataclass(frozen=True)
class Callout:
    """Something that must not be overlooked."""

    tone: Tone
    title: str
    blocks: tuple[Paragraph | BulletList, ...]


@dataclass(frozen=True)
class RecordField:
    """One labelled value of a record."""

    key: str
    label: str
    cell: Cell


@dataclass(frozen=True)
class Action:
    """Something done about an incident; text from outside, never markup."""

    item: str
    description: str
    owner: str


@dataclass(frozen=True)
class Record:
    """One Major Incident: its fields, its story, and what was done."""

    id: str
    title: str
    fields: tuple[RecordField, ...]
    narratives: tuple[tuple[str, str], ...]
    actions: tuple[Action, ...]
    marts: tuple[str, ...]


@dataclass(frozen=True)
class Definition:
    """A term and what it means."""

    term: str
    meaning: str


@dataclass(frozen=True)
class DefinitionList:
    """Terms with their meanings."""

    items: tuple[Definition, ...]


Block = (
    Paragraph
    | BulletList
    | Table
    | Figure
    | Working
    | Commentary
    | Callout
    | Record
    | DefinitionList
)


@dataclass(frozen=True)
class Section:
    """A numbered part of the report; `id` stays the same in every issue, `number` may not.

    `starts_page` says that on paper it begins on a page of its own, as every first level does.
    """

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    children: tuple[Section, ...] = ()
    number: str = ""
    is_appendix: bool = False
    starts_page: bool = False

    def walk(self) -> Iterator[Section]:
        """The section and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Document:
    """One issue of the report, ready to be written in any format.

    `front` holds the pages before section 1 (what a draft lacks, what a re-issue changed).
    """

    title: str
    month: date
    period: str
    version: str
    is_draft: bool
    classification: str
    front: tuple[Section, ...] = ()
    sections: tuple[Section, ...] = ()
    shown_measures: frozenset[str] = field(default_factory=frozenset)

    def walk(self) -> Iterator[Section]:
        """Every section in reading order, the front pages first."""
        for section in (*self.front, *self.sections):
            yield from section.walk()

    def blocks(self) -> Iterator[tuple[Section, Block]]:
        """Every block with the section it stands in."""
        for section in self.walk():
            for block in section.blocks:
                yield section, block

    def tables(self) -> Iterator[Table]:
        """Every numbered table in reading order (data tables of figures are not numbered)."""
        for _, block in self.blocks():
            if isinstance(block, Table):
                yield block

    def figures(self) -> Iterator[Figure]:
        """Every figure in reading order."""
        for _, block in self.blocks():
            if isinstance(block, Figure):
                yield block


class _Counter:
    """Running numbers of tables and figures, and the printed name of every target."""

    def __init__(self) -> None:
        self.tables = 0
        self.figures = 0
        self.names: dict[str, str] = {}

    def name(self, target: str, name: str) -> None:
        if target in self.names:
            raise ValueError(f"two parts of the document have the id {target!r}")
        self.names[target] = name


def numbered(document: Document) -> Document:
    """The document with its sections, tables and figures numbered and its references resolved.

    Numbered sections count 1, 2, 3 in the order given, appendices A, B, C; so a section that comes
    later needs a module and a line, not a renumbering.

    Raises:
        ValueError: two parts share an id, or a reference leads nowhere.
    """
    counter = _Counter()
    front = tuple(_number_section(section, "", counter) for section in document.front)
    sections: list[Section] = []
    bodies = 0
    appendices = 0
    for section in document.sections:
        if section.is_appendix:
            number = ascii_uppercase[appendices]
            appendices += 1
        else:
            bodies += 1
            number = str(bodies)
        sections.append(_number_section(section, number, counter))
    return replace(
        document,
        front=tuple(_resolve_section(section, counter.names) for section in front),
        sections=tuple(_resolve_section(section, counter.names) for section in sections),
    )


def _number_section(section: Section, number: str, counter: _Counter) -> Section:
    kind = "appendix" if section.is_appendix else "section"
    counter.name(section.id, f"{kind} {number}" if number else section.title)
    blocks: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Table):
            counter.tables += 1
            counter.name(block.id, f"table {counter.tables}")
            blocks.append(replace(block, number=counter.tables))
        elif isinstance(block, Figure):
            counter.figures += 1
            counter.name(block.id, f"figure {counter.figures}")
            blocks.append(replace(block, number=counter.figures))
        else:
            if isinstance(block, Record):
                counter.name(block.id, block.title)
            blocks.append(block)
    children = tuple(
        _number_section(
            replace(child, is_appendix=section.is_appendix),
            f"{number}.{place}" if number else "",
            counter,
        )
        for place, child in enumerate(section.children, start=1)
    )
    return replace(section, number=number, blocks=tuple(blocks), children=children)


def _resolve_section(section: Section, names: dict[str, str]) -> Section:
    return replace(
        section,
        blocks=tuple(_resolve_block(block, names) for block in section.blocks),
        children=tuple(_resolve_section(child, names) for child in section.children),
    )


def _resolve_block(block: Block, names: dict[str, str]) -> Block:
    match block:
        case Paragraph():
            return _resolve_paragraph(block, names)
        case BulletList():
            return BulletList(tuple(_resolve_paragraph(item, names) for item in block.items))
        case Callout():
            inner: list[Paragraph | BulletList] = []
            for part in block.blocks:
                resolved = _resolve_block(part, names)
                if isinstance(resolved, Paragraph | BulletList):
                    inner.append(resolved)
            return replace(block, blocks=tuple(inner))
        case Table():
            for line in block.lines:
                for cell in line.cells:
                    if cell.link is not None and cell.link not in names:
                        raise ValueError(
                            f"table {block.id} leads to {cell.link!r}, which is not there"
                        )
            return block
        case _:
            return block


def _resolve_paragraph(paragraph: Paragraph, names: dict[str, str]) -> Paragraph:
    spans: list[Span] = []
    for span in paragraph.spans:
        if span.target is None:
            spans.append(span)
            continue
        if span.target not in names:
            raise ValueError(f"a sentence leads to {span.target!r}, which is not there")
        spans.append(span if span.text else replace(span, text=names[span.target]))
    return replace(paragraph, spans=tuple(spans))
