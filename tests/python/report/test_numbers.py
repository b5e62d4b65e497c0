"""Every printed number is in a mart: the rule finds what no mart holds, wherever it is printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb
import pytest

from orchestration.checks.consistency import Finding, every_number_is_in_a_mart
from orchestration.report import formatting as fmt
from orchestration.report.builder import build_document
from orchestration.report.document import (
    Block,
    Cell,
    Commentary,
    Document,
    Kind,
    Paragraph,
    Record,
    Section,
    Span,
    Working,
)
from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts
from orchestration.report.printed import printed_figures

MONTH = date(2020, 9, 1)


class Made:
    """A document and the marts that it was made of."""

    def __init__(self, document: Document, marts: Marts) -> None:
        self.document = document
        self.marts = marts

    def findings(self, document: Document | None = None) -> list[Finding]:
        """What the rule says of the document, or of a changed one."""
        changed = document or self.document
        return list(every_number_is_in_a_mart(printed_figures(changed, marts=self.marts)))


@pytest.fixture(scope="module")
def made(standing_marts: Marts, final_issue: IssueInfo) -> Made:
    return Made(build_document(standing_marts, final_issue), standing_marts)


def with_block(document: Document, block: Block) -> Document:
    """The document with this block alone."""
    return replace(document, sections=(Section("extra", "Extra", (block,), number="99"),))


def with_cell(document: Document, table_id: str, cell: Cell) -> Document:
    """The document with one table alone, the last cell of its first row replaced."""
    [table] = [one for one in document.tables() if one.id == table_id]
    first, *others = table.lines
    own = replace(first, cells=(*first.cells[:-1], cell))
    return with_block(document, replace(table, lines=(own, *others)))


def test_the_report_prints_no_number_that_is_in_no_mart(made: Made) -> None:
    assert made.findings() == []
    assert len(printed_figures(made.document, marts=made.marts).numbers) > 1000


@pytest.mark.parametrize(
    "cell",
    [
        fmt.percent(12.34),
        fmt.count(987_654),
        fmt.seconds(12.3),
        fmt.duration(98_765),
        fmt.gbp(7_654_321.07),
        fmt.day(date(1999, 12, 31)),
        fmt.month(date(1999, 12, 1)),
        Cell(Kind.TEXT, "87,654 of them", "87,654 of them"),
    ],
    ids=lambda cell: cell.text,
)
def test_a_cell_that_no_mart_holds_is_found(made: Made, cell: Cell) -> None:
    found = made.findings(with_cell(made.document, "code_performance", cell))
    assert len(found) == 1
    assert found[0].where.startswith("Table ")
    assert found[0].found in cell.text


def test_a_moment_is_compared_in_local_time(made: Made) -> None:
    zone = made.marts.zone
    [row] = made.marts.rows("major_incidents", "incident_id")[:1]
    impacted = row.moment("impacted_at")
    assert impacted is not None
    right = fmt.timestamp(impacted, zone)
    wrong = fmt.timestamp(datetime(2020, 9, 2, 3, 4, 5, tzinfo=UTC), zone)
    for cell, findings in ((right, 0), (wrong, 1)):
        changed = with_cell(made.document, "major_incidents", cell)
        assert len(made.findings(changed)) == findings


def test_a_table_is_held_against_its_own_marts(made: Made) -> None:
    """A figure of another mart does not excuse it."""
    elsewhere = fmt.count(8749)
    held = made.marts.holds("performance_exceptions", {"8749"})
    assert held == {"8749"}
    assert made.findings(with_cell(made.document, "code_performance", elsewhere))


@pytest.mark.parametrize(
    "block",
    [
        Paragraph((Span("There were 87,654 of them."),)),
        Paragraph((Span("It lasted 77 h 07 min."),)),
        Paragraph((Span("It came to 12.34%."),)),
        Paragraph((Span("It began on 31 Dec 1999 10:00."),)),
        Paragraph((Span("It was so in December 1999."),)),
        Commentary("X", "X", "87,654 were late.", None, None),
        Working("X", "X", "100 * a / b", "100 * 1 / 87,654", "100.00%"),
    ],
    ids=str,
)
def test_a_sentence_whose_figure_no_mart_holds_is_found(made: Made, block: Block) -> None:
    found = made.findings(with_block(made.document, block))
    assert [one.where for one in found] == ["Section 99"]


@pytest.mark.parametrize(
    "text",
    [
        "SMETS2+, PM12.2, N13 and INC000000629108 are names.",
        "A device is silent when it was asked for a read on the 60 days before and gave no "
        "successful response.",
    ],
)
def test_names_and_the_wording_of_rules_are_no_figures(made: Made, text: str) -> None:
    block = Paragraph((Span(text),))
    assert made.findings(with_block(made.document, block)) == []


def test_a_literal_excuses_only_its_own_place(made: Made) -> None:
    """The digits of a longer number are not the wording that they begin with."""
    text = "A device is silent when it was asked for a read on the 60,432 days before."
    assert made.findings(with_block(made.document, Paragraph((Span(text),))))


def test_a_record_is_read(made: Made) -> None:
    records = [block for _, block in made.document.blocks() if isinstance(block, Record)]
    [field] = [one for one in records[0].fields if one.key == "impact_minutes"]
    fields = tuple(
        replace(one, cell=fmt.duration(98_765)) if one is field else one
        for one in records[0].fields
    )
    changed = with_block(made.document, replace(records[0], fields=fields))
    assert len(made.findings(changed)) == 1


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (99.9999, "99.99"),
        (0.0001, "0.01"),
        (54.495, "54.50"),
        (-1.005, "-1.01"),
        (187.4, "187"),
        (93.9, "93 min"),
        (12, "12"),
    ],
)
@pytest.mark.parametrize("shown", [fmt.percent, fmt.seconds])
def test_n1_values_are_looked_up_as_they_are_shown(
    value: float, printed: str, shown: Callable[[float], Cell]
) -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.some as select ?::date as reporting_month, ?::double as value",
            [MONTH, value],
        )
        marts = Marts(connection, MONTH)
        assert marts.holds("some", {printed, "55.55", "31", "7 min"}) == {printed}
        said = fmt.canonical_number(shown(value).text)
        assert marts.holds("some", {said}) == {said}
