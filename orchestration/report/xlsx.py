"""The tables of the document as one workbook: an index and one sheet per table, typed cells.

Belongs here: sheets, formats, links. Does not belong here: any figure that no printed table has.
Text is written as text, so a string that looks like a formula stays a string.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from orchestration.report.document import Cell, Document, Kind, Line, Role, Table
from orchestration.report.style import FONT_FAMILY, LIGHT

INDEX = "Index"
FIRST_ROW = 4
"""Row of the headers; above it caption, marts and the way back."""
MIN_WIDTH, MAX_WIDTH = 9, 60
INDEX_WIDTHS = (8, 26, 84, 10)

NUMBER_FORMATS: dict[Kind, str] = {
    Kind.PERCENT: "0.00%",
    Kind.COUNT: "#,##0",
    Kind.DECIMAL: "#,##0.00",
    Kind.SECONDS: "#,##0.0##",
    Kind.GBP: "£#,##0.00",
    Kind.DURATION: "#,##0",
    Kind.TIMESTAMP: "d mmm yyyy hh:mm",
    Kind.DATE: "d mmm yyyy",
    Kind.MONTH: "mmm yyyy",
}


def render_xlsx(document: Document) -> bytes:
    """The workbook; the same document gives the same bytes."""
    kept = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        kept,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    workbook.set_properties(
        {
            "title": f"{document.title}, {document.period}",
            "subject": f"Version {document.version}{', draft' if document.is_draft else ''}",
            "company": "Data Communications Company",
            "category": document.classification,
            # The extract's month, not the clock: equal inputs give equal bytes.
            "created": datetime.combine(document.month.replace(day=1), time()),
        }
    )
    writer = _Writer(workbook, document)
    writer.write()
    workbook.close()
    return kept.getvalue()


class _Writer:
    def __init__(self, workbook: xlsxwriter.Workbook, document: Document) -> None:
        self.workbook = workbook
        self.document = document
        self._formats: dict[tuple[str, bool, bool], Format] = {}
        base = {"font_name": FONT_FAMILY, "font_size": 11, "valign": "top"}
        self.base = base
        self.title = workbook.add_format({**base, "bold": True, "font_size": 14})
        self.muted = workbook.add_format({**base, "font_color": LIGHT["muted"]})
        self.link = workbook.add_format({**base, "font_color": LIGHT["accent"], "underline": 1})
        self.text = workbook.add_format({**base, "text_wrap": True})

    def header(self, *, is_numeric: bool) -> Format:
        """Format of a column's head."""
        return self._kept(
            ("header", is_numeric, False),
            {
                "bold": True,
                "text_wrap": True,
                "valign": "bottom",
                "top": 2,
                "bottom": 1,
                "align": "right" if is_numeric else "left",
            },
        )

    def value(self, kind: Kind, *, is_total: bool) -> Format:
        """Format of a cell of this kind."""
        wanted: dict[str, object] = {
            "bottom": 1,
            "bottom_color": LIGHT["rule"],
            "align": "right" if kind.is_numeric else "left",
            "text_wrap": kind is Kind.TEXT,
            "bold": is_total,
        }
        if kind in NUMBER_FORMATS:
            wanted["num_format"] = NUMBER_FORMATS[kind]
        if is_total:
            wanted["bg_color"] = LIGHT["raised"]
        return self._kept((kind.value, is_total, True), wanted)

    def _kept(self, key: tuple[str, bool, bool], wanted: dict[str, object]) -> Format:
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format({**self.base, **wanted})
        return self._formats[key]

    def write(self) -> None:
        """Index first, then the sheets in reading order."""
        tables = list(self.document.tables())
        index = self.workbook.add_worksheet(INDEX)
        self._index(index, tables)
        for table in tables:
            self._sheet(self.workbook.add_worksheet(table.id), table)

    def _index(self, sheet: Worksheet, tables: list[Table]) -> None:
        document = self.document
        draft = ", draft" if document.is_draft else ""
        sheet.write_string(0, 0, f"{document.title}, {document.period}", self.title)
        sheet.write_string(
            1, 0, f"Version {document.version}{draft}. {document.classification}.", self.muted
        )
        for place, width in enumerate(INDEX_WIDTHS):
            sheet.set_column(place, place, width)
        for place, name in enumerate(("Table", "Sheet", "Caption", "Rows")):
            sheet.write_string(3, place, name, self.header(is_numeric=name == "Rows"))
        for row, table in enumerate(tables, start=4):
            sheet.write_number(row, 0, table.number, self.value(Kind.COUNT, is_total=False))
            sheet.write_url(row, 1, f"internal:'{table.id}'!A1", self.link, table.id)
            sheet.write_string(row, 2, table.caption, self.text)
            sheet.write_number(row, 3, len(table.lines), self.value(Kind.COUNT, is_total=False))
        sheet.freeze_panes(4, 0)
        self._page(sheet)

    def _sheet(self, sheet: Worksheet, table: Table) -> None:
        sheet.write_string(0, 0, f"Table {table.number}. {table.caption}", self.title)
        marts = f"From {', '.join(table.marts)}. " if table.marts else ""
        sheet.write_string(
            1, 0, marts + " ".join((*_units(table), *table.printed_notes)), self.muted
        )
        sheet.write_url(2, 0, f"internal:'{INDEX}'!A1", self.link, "Index")
        for place, column in enumerate(table.columns):
            sheet.write_string(
                FIRST_ROW, place, column.header, self.header(is_numeric=column.kind.is_numeric)
            )
            sheet.set_column(place, place, _width(table, place))
        for row, line in enumerate(table.lines, start=FIRST_ROW + 1):
            self._line(sheet, row, line)
        sheet.freeze_panes(FIRST_ROW + 1, 1)
        if table.lines:
            last = FIRST_ROW + len(table.lines)
            sheet.autofilter(FIRST_ROW, 0, last, len(table.columns) - 1)
        sheet.repeat_rows(FIRST_ROW)
        self._page(sheet)

    def _line(self, sheet: Worksheet, row: int, line: Line) -> None:
        for place, cell in enumerate(line.cells):
            self._cell(sheet, row, place, cell, is_total=line.role is Role.TOTAL)

    def _cell(self, sheet: Worksheet, row: int, place: int, cell: Cell, *, is_total: bool) -> None:
        look = self.value(cell.kind, is_total=is_total)
        match cell.value:
            case Decimal() | int() if cell.kind is Kind.PERCENT:
                sheet.write_number(row, place, float(Decimal(cell.value) / 100), look)
            case Decimal() | int():
                sheet.write_number(row, place, float(cell.value), look)
            case datetime() | date():
                sheet.write_datetime(row, place, cell.value, look)
            case _:
                sheet.write_string(row, place, cell.text, look)

    @staticmethod
    def _page(sheet: Worksheet) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)


def _units(table: Table) -> tuple[str, ...]:
    kinds = {column.kind for column in table.columns}
    said: list[str] = []
    if Kind.TIMESTAMP in kinds:
        said.append("Times are local.")
    if Kind.DURATION in kinds:
        said.append("Durations are in minutes.")
    return tuple(said)


def _width(table: Table, place: int) -> float:
    longest = max((len(line.cells[place].text) for line in table.lines), default=0)
    head = max(len(word) for word in table.columns[place].header.split())
    return min(max(longest + 2, head + 4, MIN_WIDTH), MAX_WIDTH)
