"""The document as a tagged, paginated PDF.

Belongs here: packing the document as JSON for the Typst template, and what Typst cannot do (row
headers, a stable file id). Does not belong here: layout (`templates/report.typ`). Text reaches
Typst as JSON strings, never as markup, so nothing in it can be read as code.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pikepdf
import typst

from orchestration.report import charts, columns
from orchestration.report.document import (
    Block,
    BulletList,
    Callout,
    Commentary,
    DefinitionList,
    Document,
    Figure,
    Paragraph,
    Record,
    Section,
    Table,
    Working,
)
from orchestration.report.glyphs import drawable
from orchestration.report.style import FONTS, LIGHT, TEMPLATES, on_paper

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-3a"]
Packed = dict[str, object]
_NO_TEXT = frozenset({"type", "kind", "id", "target", "link", "svg"})

_BLANK = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028\u2029\ufeff]")


class PdfError(RuntimeError):
    """The PDF could not be made; the message holds what Typst said."""


def render_pdf(document: Document) -> bytes:
    """The PDF (PDF/UA-1, PDF/A-3a); the same document gives the same bytes.

    Raises:
        PdfError: Typst refuses the document.
    """
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    compiler = typst.Compiler(
        str(TEMPLATES / "report.typ"),
        root=str(TEMPLATES),
        font_paths=fonts,
        sys_inputs={"document": json.dumps(_cleaned(_document(document)), ensure_ascii=False)},
    )
    try:
        made = compiler.compile(
            format="pdf", pdf_standards=STANDARDS, timestamp=_timestamp(document.month)
        )
    except typst.TypstError as error:
        raise PdfError(
            f"Typst cannot set the report: {error.message} {error.diagnostic}"
        ) from error
    if not isinstance(made, bytes):
        raise PdfError("Typst returned no PDF")
    return _finish(made)


def _timestamp(month: date) -> datetime:
    """The extract point: the file's date must not depend on when it was made."""
    place = month.year * 12 + month.month
    return datetime(place // 12, place % 12 + 1, 1, tzinfo=UTC)


def _document(document: Document) -> Packed:
    return {
        "title": document.title,
        "period": document.period,
        "version": document.version,
        "draft": document.is_draft,
        "classification": document.classification,
        "colours": LIGHT,
        "front": [_section(section) for section in document.front],
        "sections": [_section(section) for section in document.sections],
    }


def _section(section: Section) -> Packed:
    return {
        "id": section.id,
        "number": section.number,
        "title": section.title,
        "starts_page": section.starts_page,
        "blocks": _blocks(section.blocks),
        "children": [_section(child) for child in section.children],
    }


def _blocks(blocks: Sequence[Block]) -> list[Packed]:
    """The blocks of a section; paragraphs that lead up to a table or figure say so."""
    found: list[Packed] = []
    leads_up = False
    for block in reversed(blocks):
        leads_up = isinstance(block, Table | Figure) or (leads_up and isinstance(block, Paragraph))
        found.append({**_block(block), "introduces": leads_up})
    return found[::-1]


def _cleaned(value: object, key: str = "") -> object:
    """The packed document with all its text as the font can draw it."""
    match value:
        case dict():
            return {name: _cleaned(inner, name) for name, inner in value.items()}
        case list():
            return [_cleaned(inner, key) for inner in value]
        case str() if key not in _NO_TEXT:
            return _drawable(value)
        case _:
            return value


def _drawable(text: str) -> str:
    """`text` without control characters, and each character that the font lacks by its name.

    PDF/UA forbids a character that cannot be drawn, and commentary is pasted from anywhere.
    """
    blank = _BLANK.sub(" ", text)
    known = drawable()
    return "".join(
        char if char in "\n\t\r" or ord(char) in known else f"[U+{ord(char):04X}]" for char in blank
    )


def _paragraph(block: Paragraph) -> Packed:
    return {
        "type": "paragraph",
        "spans": [
            {"text": span.text, "kind": span.kind, "target": span.target} for span in block.spans
        ],
    }


def _table(block: Table) -> Packed:
    return {
        "type": "table",
        "id": block.id,
        "number": str(block.number),
        "caption": block.caption,
        "widths": columns.widths(block),
        "headers": [columns.header(column) for column in block.columns],
        "numeric": [column.kind.is_numeric for column in block.columns],
        "rows": [
            {
                "total": line.role == "total",
                "cells": [
                    {"text": cell.text, "kind": cell.kind, "link": cell.link} for cell in line.cells
                ],
            }
            for line in block.lines
        ],
        "notes": list(block.printed_notes),
    }


def _block(block: Block) -> Packed:  # noqa: PLR0911 - a return for each kind of block
    match block:
        case Paragraph():
            return _paragraph(block)
        case BulletList():
            return {"type": "bullets", "items": [_paragraph(item) for item in block.items]}
        case Table():
            return _table(block)
        case Figure():
            return {
                "type": "figure",
                "id": block.id,
                "number": str(block.number),
                "caption": block.caption,
                "alt": block.alt,
                "svg": on_paper(charts.svg(block.spec)),
            }
        case Working():
            return {
                "type": "working",
                "title": block.title,
                "formula": block.formula,
                "expression": block.expression,
                "result": block.result,
                "explanation": block.explanation,
            }
        case Commentary():
            return {
                "type": "commentary",
                "heading": block.heading,
                "reason": _said(block.reason, wanted=block.needs_reason),
                "mitigation": _said(block.mitigation, wanted=block.needs_mitigation),
                "author": block.author_role if block.author_role else None,
                "gap": block.reason is None and block.mitigation is None,
            }
        case Callout():
            return {
                "type": "callout",
                "tone": block.tone,
                "title": block.title,
                "blocks": [_block(part) for part in block.blocks],
            }
        case Record():
            return {
                "type": "record",
                "id": block.id,
                "title": block.title,
                "fields": [
                    {"label": field.label, "text": field.cell.text} for field in block.fields
                ],
                "narratives": [{"label": label, "text": said} for label, said in block.narratives],
                "actions": [
                    {"text": action.description, "owner": action.owner} for action in block.actions
                ],
            }
        case DefinitionList():
            return {
                "type": "terms",
                "items": [{"term": item.term, "meaning": item.meaning} for item in block.items],
            }


def _said(text: str | None, *, wanted: bool) -> str | None:
    if text is not None:
        return text
    return "Wanted, not supplied yet." if wanted else None


def _finish(made: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        _mark_row_headers(pdf.Root.StructTreeRoot)
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        kept = io.BytesIO()
        pdf.save(
            kept,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return kept.getvalue()


def _mark_row_headers(element: pikepdf.Object) -> None:
    """Make the first data cell of every table row a header of its row.

    Typst's own `pdf.header-cell` is behind a feature flag that the Python package does not expose.
    """
    waiting = [element]
    while waiting:
        node = waiting.pop()
        if node.get("/S") == "/TFoot":
            continue  # the notes of the table, which head no row
        children = _children(node)
        if node.get("/S") == "/TR":
            cells = [child for child in children if child.get("/S") in {"/TD", "/TH"}]
            if cells and cells[0].get("/S") == "/TD":
                cells[0]["/S"] = pikepdf.Name.TH
                cells[0]["/A"] = pikepdf.Array(
                    [pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)]
                )
        waiting.extend(children)


def _children(node: pikepdf.Object) -> list[pikepdf.Object]:
    kids = node.get("/K")
    if kids is None:
        return []
    listed = list(kids.as_list()) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary)]
