"""Rules broken on purpose, and the look for a month that notices.

Belongs here: what every test of a broken rule shares. Does not belong here: which rules are broken,
nor whether the SQL as it is follows them.

A change that finds nothing to change fails too: the model was rewritten, and the change with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from tests.python.oracle.effort import QUICK
from tests.python.oracle.warehouse import Rewrite, Warehouse

Mutant = tuple[str, Rewrite, str]
"""A model, the change of its SQL, and a text that stands in a difference which that makes."""
Known = TypeVar("Known")

# The first month that notices is enough, however large. The examples of one run resemble each
# other, so that a rare edge may be in none of them: several short runs see more than a long one.
SEEDS = range(20)
FIRST = settings(
    QUICK,
    max_examples=40,
    derandomize=False,
    phases=[Phase.generate],
    report_multiple_bugs=False,
)


def replacing(pattern: str, by: str) -> Rewrite:
    """A rewrite by regular expression; spaces in the pattern stand for any blanks."""
    compiled = re.compile(pattern.replace(" ", r"\s+"))
    return lambda sql: compiled.sub(by, sql)


class NoticedError(AssertionError):
    """Rules and SQL disagree at the place where they should."""


def look(
    warehouse: Warehouse,
    months: st.SearchStrategy[tuple[date, Known]],
    disagreements: Callable[[Warehouse, date, Known], list[str]],
    place: str,
) -> None:
    """Raise `NoticedError` for the first month with a disagreement at the place; else return."""

    @FIRST
    @given(months)
    def look_at(one: tuple[date, Known]) -> None:
        found = [difference for difference in disagreements(warehouse, *one) if place in difference]
        if found:
            raise NoticedError(found[0])

    for number in SEEDS:
        seed(number)(look_at)()


def must_notice(
    warehouse: Warehouse,
    mutant: Mutant,
    months: st.SearchStrategy[tuple[date, Known]],
    disagreements: Callable[[Warehouse, date, Known], list[str]],
) -> None:
    """Break the rule, and fail unless a random month shows a difference at the mutant's place."""
    model, rewrite, place = mutant
    with warehouse.rewritten(model, rewrite), pytest.raises(NoticedError):
        look(warehouse, months, disagreements, place)
