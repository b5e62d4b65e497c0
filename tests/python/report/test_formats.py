"""HTML, PDF and XLSX: complete, accessible, inert, and the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import openpyxl
import pikepdf
import pypdf
import pytest

from orchestration.report import style
from orchestration.report.charts import drawing
from orchestration.report.document import (
    Document,
    Kind,
    Paragraph,
    Section,
    Span,
    Table,
)
from orchestration.report.html import render_html
from orchestration.report.pdf import render_pdf
from orchestration.report.render import render
from orchestration.report.xlsx import FIRST_ROW, render_xlsx

VOID = {"meta", "br", "hr", "img", "input", "link", "path", "rect", "line", "circle"}


class Outline(HTMLParser):
    """Collects what the tests ask of a page, and fails on unbalanced elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)
        elif self.open and self.open[-1] != "style":
            self.text.append(data)


@cache
def outline(page: str) -> Outline:
    """What a page is made of; parsed once, for it is read by many tests."""
    parser = Outline()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser


# --- HTML ----------------------------------------------------------------------------


def test_the_page_is_balanced_and_its_ids_are_unique(html: str) -> None:
    ids = [attrs["id"] for _, attrs in outline(html).elements if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_every_link_and_label_leads_somewhere(html: str) -> None:
    elements = outline(html).elements
    ids = {attrs["id"] for _, attrs in elements if "id" in attrs}
    for tag, attrs in elements:
        href = attrs.get("href")
        if tag == "a" and href is not None:
            assert href.startswith("#")
            assert href[1:] in ids
        for label in (attrs.get("aria-labelledby") or "").split():
            assert label in ids


def test_the_page_loads_nothing(html: str) -> None:
    for tag, attrs in outline(html).elements:
        assert tag not in {"link", "iframe", "object", "embed", "base"}
        for name in ("src", "srcset", "poster", "xlink:href", "action"):
            assert name not in attrs, (tag, attrs)
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    addresses = re.findall(r"url\(([^)]{0,20})", "".join(styles))
    assert addresses
    assert all(address.startswith("data:font/woff2") for address in addresses)
    assert "@import" not in "".join(styles)


def test_the_policy_allows_only_our_own_scripts(html: str) -> None:
    elements = outline(html).elements
    policy = next(
        attrs["content"]
        for _, attrs in elements
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "script-src 'unsafe-eval' 'sha256-" in policy
    scripts = policy.partition("script-src")[2].partition(";")[0]
    assert "unsafe-inline" not in scripts
    plain = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(plain) == 2
    for body in plain:
        digest = hashlib.sha256(body.encode()).digest()
        assert f"'sha256-{base64.b64encode(digest).decode()}'" in policy


def test_tables_have_captions_and_scoped_headers(html: str) -> None:
    elements = outline(html).elements
    tables = sum(tag == "table" for tag, _ in elements)
    assert tables == sum(tag == "caption" for tag, _ in elements)
    assert all(attrs.get("scope") in {"col", "row"} for tag, attrs in elements if tag == "th")


def test_headings_skip_no_level_and_landmarks_are_there(html: str) -> None:
    elements = outline(html).elements
    headings = [int(tag[1]) for tag, _ in elements if re.fullmatch(r"h[1-6]", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    for before, after in pairwise(headings):
        assert after <= before + 1
    tags = [tag for tag, _ in elements]
    for landmark in ("header", "nav", "main", "footer"):
        assert tags.count(landmark) == 1
    assert any(attrs.get("class") == "skip" for tag, attrs in elements if tag == "a")


def test_charts_have_a_text_alternative_still_pictures_and_specifications(
    html: str, document: Document
) -> None:
    parsed = outline(html)
    charts = [attrs for _, attrs in parsed.elements if attrs.get("class") == "chart"]
    assert [attrs["aria-label"] for attrs in charts] == [
        figure.alt for figure in document.figures()
    ]
    specs = [json.loads(text) for text in parsed.scripts if text.startswith('{"wide"')]
    assert len(specs) == len(charts) == len(list(document.figures()))
    assert len(charts) > 10
    assert sum(tag == "svg" for tag, _ in parsed.elements) == 2 * len(charts)


def test_every_printed_cell_is_in_the_page(html: str, document: Document) -> None:
    text = "\n".join(outline(html).text)
    for table in document.tables():
        for line in table.lines:
            for cell in line.cells:
                assert cell.text in text


def test_only_a_draft_is_watermarked(html: str, hostile: Document) -> None:
    assert 'class="watermark"' not in html
    draft = render_html(hostile)
    assert 'class="watermark" aria-hidden="true">DRAFT<' in draft
    assert "providers/service_levels of TSP" in draft


def test_hostile_text_is_inert_in_the_page(hostile: Document) -> None:
    page = render_html(hostile)
    parsed = outline(page)
    assert "alert(1)" not in "".join(
        body for body in parsed.scripts if not body.startswith('{"wide"')
    )
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert sum("<script>alert(1)</script>" in text for text in parsed.text) > 10


# --- PDF -----------------------------------------------------------------------------


@cache
def pdf_text(made: bytes) -> str:
    """All text of a PDF."""
    reader = pypdf.PdfReader(io.BytesIO(made))
    return "\n".join(page.extract_text() for page in reader.pages)


def test_the_pdf_is_tagged_titled_and_says_what_it_conforms_to(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert "/StructTreeRoot" in opened.Root
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang).lower() == "en-gb"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        metadata = str(opened.Root.Metadata.read_bytes(), "utf-8")
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "Performance Measurement Report, September 2020" in metadata


def structure(made: bytes) -> list[tuple[str, str]]:
    """Structure types of the PDF with the scope of headers, in no particular order."""
    found: list[tuple[str, str]] = []
    with pikepdf.open(io.BytesIO(made)) as opened:
        waiting = [opened.Root.StructTreeRoot]
        while waiting:
            node = waiting.pop()
            attributes = node.get("/A", pikepdf.Array())
            listed = (
                list(attributes.as_list())
                if isinstance(attributes, pikepdf.Array)
                else [attributes]
            )
            scopes = [
                str(one.Scope)
                for one in listed
                if isinstance(one, pikepdf.Dictionary) and "/Scope" in one
            ]
            found.append((str(node.get("/S", "")), scopes[0] if scopes else ""))
            kids = node.get("/K")
            if isinstance(kids, pikepdf.Array):
                waiting.extend(kid for kid in kids.as_list() if isinstance(kid, pikepdf.Dictionary))
            elif isinstance(kids, pikepdf.Dictionary):
                waiting.append(kids)
    return found


def test_every_table_of_the_pdf_has_row_and_column_headers(pdf: bytes, document: Document) -> None:
    types = structure(pdf)
    tables = list(document.tables())
    assert sum(kind == "/Table" for kind, _ in types) == len(tables)
    columns = sum(kind == "/TH" and scope == "/Column" for kind, scope in types)
    assert columns == sum(len(table.columns) for table in tables)
    rows = sum(kind == "/TH" and scope == "/Row" for kind, scope in types)
    assert rows == sum(len(table.lines) for table in tables)
    assert sum(kind == "/Figure" for kind, _ in types) >= 3


def test_notes_are_the_foot_of_their_table(pdf: bytes, document: Document) -> None:
    """So they stand under its rows on each page that it takes, and never alone on the next."""
    feet = sum(kind == "/TFoot" for kind, _ in structure(pdf))
    assert feet == sum(bool(table.printed_notes) for table in document.tables())


def test_the_pdf_has_headings_captions_header_and_page_numbers(pdf: bytes) -> None:
    text = pdf_text(pdf)
    for said in (
        "Contents",
        "Executive summary",
        "Table 1. Service Provider Performance Measures that missed target or minimum",
        "Figure 1. Code Performance Measures",
        "DCC Public",
        "Version 1.0",
        "387.85%",
    ):
        assert said in text
    pages = len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert f"Page {pages} of {pages}" in text


def test_the_pdf_has_bookmarks_and_embeds_its_fonts(pdf: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert "Executive summary" in str(reader.outline)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fonts = [
            found
            for found in opened.objects
            if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/FontDescriptor"
        ]
    assert fonts
    assert all("SourceSans3" in str(font.FontName) for font in fonts)
    assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)


def test_hostile_text_is_literal_in_the_pdf_and_a_draft_says_so(hostile: Document) -> None:
    text = re.sub(r"\s+", "", pdf_text(render_pdf(hostile)))
    assert "<script>alert(1)</script>#letx=[*y*]$z$\\u{41}" in text
    assert "Version0.1,draft" in text
    assert "DRAFT" in text


def test_a_character_that_the_font_lacks_is_named_and_stops_nothing(document: Document) -> None:
    odd = Section("odd", "Odd", (Paragraph((Span("a\x00b\x0bc\u200b \u4e2d \U0001f600"),)),))
    text = pdf_text(render_pdf(replace(document, sections=(odd,), front=())))
    assert "a b c" in text
    assert "[U+4E2D] [U+1F600]" in text


# --- XLSX ----------------------------------------------------------------------------


def test_one_sheet_per_table_and_an_index_with_links(xlsx: bytes, document: Document) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx))
    tables = list(document.tables())
    assert book.sheetnames == ["Index", *(table.id for table in tables)]
    index = book["Index"]
    assert [index.cell(row, 2).value for row in range(5, 5 + len(tables))] == [
        table.id for table in tables
    ]
    links = index["B5"].hyperlink
    assert links is not None
    assert links.location == f"'{tables[0].id}'!A1"
    assert all(sheet.freeze_panes for sheet in book.worksheets)


def test_cells_are_typed(xlsx: bytes, document: Document) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx))
    table = next(found for found in document.tables() if found.id == "code_performance")
    sheet = book["code_performance"]
    level = sheet.cell(FIRST_ROW + 2, 4)
    assert level.value == pytest.approx(0.9510)
    assert level.number_format == "0.00%"
    words = sheet.cell(FIRST_ROW + 1 + len(table.lines), 4)
    assert (words.value, words.data_type) == ("No Events", "s")
    credit = book["service_credits"].cell(FIRST_ROW + 2, 5)
    assert isinstance(credit.value, int | float)
    assert credit.number_format == "£#,##0.00"
    impacted = book["major_incidents"].cell(FIRST_ROW + 2, 3)
    assert impacted.value == datetime(2020, 8, 27, 15, 40)  # noqa: DTZ001 (local time, as printed)


def test_every_numeric_cell_of_the_document_is_a_number_in_its_sheet(
    xlsx: bytes, document: Document
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx))

    def check(table: Table) -> int:
        checked = 0
        for row, line in enumerate(table.lines, start=FIRST_ROW + 2):
            for place, cell in enumerate(line.cells, start=1):
                kept = book[table.id].cell(row, place)
                if cell.value is None or cell.kind in {Kind.TEXT, Kind.STATUS}:
                    assert kept.data_type in {"s", "n"}
                elif cell.kind.is_numeric:
                    assert kept.data_type == "n", (table.id, cell)
                    checked += 1
        return checked

    assert sum(check(table) for table in document.tables()) > 500


def test_hostile_text_is_no_formula_in_the_workbook(hostile: Document) -> None:
    made = render_xlsx(hostile)
    book = openpyxl.load_workbook(io.BytesIO(made))
    found = 0
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f"
                found += isinstance(cell.value, str) and cell.value.startswith("=HYPERLINK")
    assert found > 10


# --- all -----------------------------------------------------------------------------


def test_the_same_document_gives_the_same_bytes(document: Document, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    names = [path.name for path in render(document, first)]
    drawing.drawn.cache_clear()
    render(document, second)
    assert names == ["report.html", "report.pdf", "tables.xlsx"]
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [style.LIGHT, style.DARK])
def test_colours_meet_wcag_aa(palette: dict[str, str]) -> None:
    for ground in ("paper", "raised", "note", "alarm", "amber"):
        for ink in ("ink", "muted"):
            assert contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)
    for ink in ("accent", "bad", "warn", "good"):
        for ground in ("paper", "raised"):
            assert contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)
    for mark in ("soft", "bar", "edge"):
        assert contrast(palette[mark], palette["paper"]) >= 3, mark
