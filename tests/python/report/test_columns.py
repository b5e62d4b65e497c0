"""Columns of tables on paper: wide enough for their words, and numbers on one line."""

from __future__ import annotations

import pytest

from orchestration.report import columns
from orchestration.report import formatting as fmt
from orchestration.report.document import Cell, Column, Document, Kind, Line, Role, Table
from orchestration.report.glyphs import REGULAR, SEMIBOLD, width


def room(table: Table, place: int) -> float:
    """What a column of a table on paper leaves for its text."""
    return columns.widths(table)[place] - columns.INSETS


def drawn(text: str, *, is_bold: bool = False) -> float:
    return columns.TYPE_SIZE * width(text, SEMIBOLD if is_bold else REGULAR)


def table(*named: tuple[Column, Cell]) -> Table:
    return Table(
        "some",
        "Some",
        tuple(column for column, _ in named),
        (Line(tuple(cell for _, cell in named)),),
        (),
        dash_note="A dash.",
    )


def test_the_columns_of_every_table_take_the_page_and_hold_their_words(document: Document) -> None:
    for one in document.tables():
        widths = columns.widths(one)
        assert sum(widths) == pytest.approx(columns.PAGE_WIDTH, abs=0.2), one.id
        for place, wide in enumerate(widths):
            for line in one.lines:
                is_bold = line.role is Role.TOTAL
                for word in line.cells[place].text.replace("-", "- ").replace("/", "/ ").split():
                    assert drawn(word, is_bold=is_bold) <= wide - columns.INSETS, (one.id, word)


def test_weights_decide_where_every_word_fits() -> None:
    made = table((Column("a", "A"), fmt.text("a")), (Column("b", "B", weight=3.0), fmt.text("b")))
    assert columns.widths(made) == [
        pytest.approx(columns.PAGE_WIDTH / 4, abs=0.01),
        pytest.approx(columns.PAGE_WIDTH * 3 / 4, abs=0.01),
    ]


def test_words_in_the_place_of_a_number_stay_on_one_line() -> None:
    """Eleven columns of one weight: a share of the page each would break them."""
    made = table(
        *((Column(f"n{place}", "N", Kind.COUNT), fmt.count(1)) for place in range(10)),
        (Column("target", "Target", Kind.PERCENT, weight=0.5), fmt.words("None agreed")),
    )
    assert drawn("None agreed") > columns.PAGE_WIDTH / 21 - columns.INSETS
    assert drawn("None agreed") <= room(made, 10)


def test_where_there_is_no_room_for_times_they_break_and_words_do_not_run_over() -> None:
    moment = Cell(Kind.TIMESTAMP, "10 Sep 2020 20:00")
    made = table(
        *((Column(f"t{place}", "T", Kind.TIMESTAMP), moment) for place in range(9)),
        (Column("id", "Incident", weight=0.1), fmt.text("INC000000629108")),
    )
    assert drawn("INC000000629108") <= room(made, 9)
    assert drawn(moment.text) > room(made, 0)
    assert drawn("2020") <= room(made, 0)


def test_a_last_word_of_a_header_is_not_left_alone() -> None:
    assert (
        columns.header(Column("a", "Answered within it")) == "Answered within\N{NO-BREAK SPACE}it"
    )
    assert columns.header(Column("a", "Mean RTT (s)")) == "Mean RTT\N{NO-BREAK SPACE}(s)"
    assert columns.header(Column("a", "Up to 60 s %")) == "Up to 60 s %".replace(
        "60 s %", "60\N{NO-BREAK SPACE}s\N{NO-BREAK SPACE}%"
    )
    assert columns.header(Column("a", "Unknown device")) == "Unknown device"
