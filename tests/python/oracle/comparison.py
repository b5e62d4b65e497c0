"""Two sets of rows held against each other.

Belongs here: equality of rows by key, with the one tolerance. Does not belong here: where rows come
from.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal

from tests.python.oracle.incidents import Row

# Since November 2026: an engine adds doubles up in another order than a loop, which moves the last
# bits; a wrong figure differs by far more than a billionth. Counts, times, texts and booleans are
# exact.
RELATIVE = 1e-9


def same(expected: object, actual: object) -> bool:
    """Equal, numbers in floating point to a billionth."""
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    if isinstance(expected, float) and isinstance(actual, int | float | Decimal):
        return math.isclose(expected, float(actual), rel_tol=RELATIVE, abs_tol=RELATIVE)
    return expected == actual


def differences(expected: Sequence[Row], actual: Sequence[Row], key: Sequence[str]) -> list[str]:
    """What is missing or extra, and which columns differ; only columns of `expected` count."""

    def by_key(rows: Iterable[Row], side: str, found: list[str]) -> dict[tuple[object, ...], Row]:
        indexed: dict[tuple[object, ...], Row] = {}
        for row in rows:
            place = tuple(row[name] for name in key)
            if place in indexed:
                found.append(f"{side} has {place} twice")
            indexed[place] = row
        return indexed

    found: list[str] = []
    wanted = by_key(expected, "the oracle", found)
    given = by_key(actual, "the mart", found)
    found += [f"missing: {wanted[place]}" for place in wanted.keys() - given.keys()]
    found += [f"extra: {given[place]}" for place in given.keys() - wanted.keys()]
    for place in wanted.keys() & given.keys():
        for name, value in wanted[place].items():
            if not same(value, given[place][name]):
                found.append(f"{place}: {name} is {given[place][name]!r}, by the rules {value!r}")
    return sorted(found)


def differences_by_mart(
    expected: Iterable[tuple[str, Sequence[str], Sequence[Row], Sequence[Row]]],
) -> list[str]:
    """The differences of several marts: of each its name, key, rows by the rules, and rows."""
    return [
        f"{mart}: {difference}"
        for mart, key, wanted, given in expected
        for difference in differences(wanted, given, key)
    ]
