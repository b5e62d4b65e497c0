"""Small tools for sentences and tables, shared by the sections.

Belongs here: putting spans, statements and lines together. Does not belong here: any sentence that
only one section says.
"""

from __future__ import annotations

from collections.abc import Iterable

from orchestration.report import formatting as fmt
from orchestration.report.context import Context
from orchestration.report.document import (
    Block,
    Cell,
    Column,
    Commentary,
    Kind,
    Line,
    Paragraph,
    SaidTime,
    Span,
    SpanKind,
    Statement,
)
from orchestration.report.marts import Row

PREVIOUS = Column("previous", "Previous", Kind.PERCENT)
"""The level of the period before; every table of levels has it before the level."""
PREVIOUS_DASH = (
    "Previous levels are published of all regions together: a dash stands for one of a region, and "
    "where none was published."
)


def say(
    *parts: str | Span,
    states: Iterable[Statement] = (),
    times: Iterable[SaidTime] = (),
) -> Paragraph:
    """A sentence from strings and spans."""
    spans = tuple(Span(part) if isinstance(part, str) else part for part in parts)
    return Paragraph(spans, tuple(states), tuple(times))


def strong(words: str) -> Span:
    """Words that carry the sentence."""
    return Span(words, SpanKind.STRONG)


def ref(target: str) -> Span:
    """A link that prints the number of the section, table or figure it leads to."""
    return Span("", SpanKind.LINK, target)


def link(words: str, target: str) -> Span:
    """A link with its own words."""
    return Span(words, SpanKind.LINK, target)


ABBREVIATIONS = frozenset({"dcc", "smki"})


def service_names(packed: str) -> str:
    """Services as the marts keep them (`dcc_user_interface|…`) in words: DCC User Interface, …

    What is no id (it has no underscore) is text of the source and stays as it is.
    """
    return ", ".join(_service_name(part.strip()) for part in packed.split("|") if part.strip())


def _service_name(service: str) -> str:
    if "_" not in service:
        return service
    words = service.split("_")
    return " ".join(word.upper() if word in ABBREVIATIONS else word.capitalize() for word in words)


def column(key: str, header: str, kind: Kind = Kind.TEXT, *, weight: float = 1.0) -> Column:
    """A column that no total adds up."""
    return Column(key, header, kind, weight)


def summed(key: str, header: str, kind: Kind = Kind.COUNT, *, weight: float = 1.0) -> Column:
    """A column whose body cells a total row adds up."""
    return Column(key, header, kind, weight, summed=True)


def previous(row: Row, unit: str = "percent") -> Cell:
    """The level that the latest issue of the period before gave, a dash where none did (C3)."""
    return fmt.level(row.number("previous_value"), row.optional_words("previous_text"), unit)


def line(*cells: Cell) -> Line:
    """A row that is no measure."""
    return Line(tuple(cells))


def commentary_blocks(context: Context, measure: str, heading: str) -> tuple[Block, ...]:
    """What was said of `measure`, and a gap that shows where something wanted was not said."""
    context.commented.add(measure)
    wanted = context.commentary_wanted.get(measure)
    needs_reason = bool(wanted and wanted.flag("needs_reason"))
    needs_mitigation = bool(wanted and wanted.flag("needs_mitigation"))
    said = context.commentary.get(measure, [])
    if not said and not (needs_reason or needs_mitigation):
        return ()
    touching = _touching(context, measure)
    if not said:
        return (
            Commentary(measure, heading, None, None, None, needs_reason, needs_mitigation),
            *touching,
        )
    blocks: list[Block] = []
    for row in said:
        region = row.words("region")
        blocks.append(
            Commentary(
                measure,
                f"{heading}, {region}" if region and region != "All" else heading,
                row.words("reason"),
                row.words("mitigation"),
                row.words("author_role"),
                needs_reason,
                needs_mitigation,
            )
        )
    return (*blocks, *touching)


def _touching(context: Context, measure: str) -> tuple[Block, ...]:
    """Major Incidents that touched what missed its limit, as context of what is said of it."""
    rows = context.commentary_context.get(measure, [])
    if not rows:
        return ()
    parts: list[str | Span] = ["Major Incidents that touched it in the month: "]
    for place, row in enumerate(rows):
        incident = row.text("incident_id")
        title = row.words("title")
        parts.append(", " if place else "")
        parts.append(link(incident, f"record-{incident.lower()}"))
        parts.append(f" (Category {row.whole('category')}{f', {title}' if title else ''})")
    return (say(*parts, "."),)
