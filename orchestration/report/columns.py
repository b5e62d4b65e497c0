"""How wide the columns of a table on paper are.

Belongs here: from the weights of the columns and the words in their cells to widths. Does not
belong here: the page and its type (`templates/report.typ`), what a table shows.

A column is as wide as its weight says, but no narrower than its longest word: a word that does not
fit runs into the next column. Where there is room, a number, a status or a time stays on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from orchestration.report.document import Cell, Column, Kind, Role, Table
from orchestration.report.glyphs import REGULAR, SEMIBOLD, width

# As the template sets them, in points: the page between its margins, a table's type, the room left
# and right of a cell's text.
PAGE_WIDTH = 481.89
TYPE_SIZE = 8.4
INSETS = 7.0
SAFETY = 1.02
"""Tabular figures are a little wider than the default ones that the font's table tells of."""

NO_BREAK = "\N{NO-BREAK SPACE}"
_BREAKS = re.compile(r"(?<=[-/])|[ \n\t]+")
_STRAY = re.compile(r" (?=\S{1,3}$)|(?<=\d) ")
_SHORT = 16
"""Characters of a text that is kept on one line where there is room: a name, an id."""


def widths(table: Table) -> list[float]:
    """The width of each column in points; together they are the width of the page."""
    for keeps in (_keeps_all, _keeps_numbers, _keeps_words):
        least = [
            max(map(_needed, keeps(table, place)), default=0.0)
            for place in range(len(table.columns))
        ]
        if sum(least) <= PAGE_WIDTH:
            break
    return [round(one, 2) for one in _shared([one.weight for one in table.columns], least)]


def header(column: Column) -> str:
    """What stands over a column: a short last word or a unit gets no line of its own."""
    return _STRAY.sub(NO_BREAK, column.header)


Said = tuple[str, bool]
"""A text that is to stay on one line, and whether it is bold."""


def _needed(said: Said) -> float:
    text, is_bold = said
    return SAFETY * TYPE_SIZE * width(text, SEMIBOLD if is_bold else REGULAR) + INSETS


def _cells(table: Table, place: int) -> Iterator[tuple[Cell, bool]]:
    for line in table.lines:
        cell = line.cells[place]
        yield cell, line.role is Role.TOTAL or cell.kind is Kind.STATUS


def _words(text: str) -> list[str]:
    return [word for word in _BREAKS.split(text) if word]


def _keeps_words(table: Table, place: int) -> Iterator[Said]:
    for word in _words(header(table.columns[place])):
        yield word, True
    for cell, is_bold in _cells(table, place):
        for word in _words(cell.text):
            yield word, is_bold


def _keeps_numbers(table: Table, place: int) -> Iterator[Said]:
    """Words, and whole the numbers, the words in the place of one, and statuses."""
    yield from _keeps_words(table, place)
    for cell, is_bold in _cells(table, place):
        if cell.kind.is_numeric or cell.kind is Kind.STATUS:
            yield cell.text, is_bold


def _keeps_all(table: Table, place: int) -> Iterator[Said]:
    """Numbers and statuses, and whole the times and short texts as well."""
    yield from _keeps_numbers(table, place)
    for cell, is_bold in _cells(table, place):
        if cell.kind is not Kind.TEXT or len(cell.text) <= _SHORT:
            yield cell.text, is_bold


def _shared(weights: Sequence[float], least: Sequence[float]) -> list[float]:
    """The page shared out by weight, each column getting what it needs at least."""
    if sum(least) > PAGE_WIDTH:
        return [PAGE_WIDTH * one / sum(least) for one in least]
    fixed: dict[int, float] = {}
    while True:
        room = PAGE_WIDTH - sum(fixed.values())
        free = sum(weight for place, weight in enumerate(weights) if place not in fixed)
        short = {
            place: least[place]
            for place, weight in enumerate(weights)
            if place not in fixed and room * weight / free < least[place]
        }
        if not short:
            return [
                fixed.get(place, room * weight / free if free else 0.0)
                for place, weight in enumerate(weights)
            ]
        fixed |= short
