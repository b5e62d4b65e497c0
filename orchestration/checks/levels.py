"""Levels as they are shown, and what follows from a shown level.

Belongs here: rules N1, C1, C2 and C6 on single figures, in decimal arithmetic. Does not belong
here: which figures a report prints, or what is said when they do not hold (`consistency.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

ABOVE_TARGET = "Above Target"
BELOW_TARGET = "Below Target"
BELOW_MINIMUM = "Below Minimum"

NO_EVENTS = "No Events"
DATA_EXEMPTED = "Data Exempted"
NOT_REPORTED = "Not Reported"
# The only words that may stand in the place of a level.
STATES = (NO_EVENTS, DATA_EXEMPTED, NOT_REPORTED)

HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_STORED = Decimal("0.000000001")


def shown(value: Decimal) -> Decimal:
    """The value in two decimals, half away from zero (rule N1).

    A share below 100 never shows as 100.00, one above 0 never as 0.00.
    """
    rounded = value.quantize(_STORED, ROUND_HALF_UP).quantize(_CENT, ROUND_HALF_UP)
    if rounded == HUNDRED and value < HUNDRED:
        return HUNDRED - _CENT
    if rounded == 0 and value > 0:
        return _CENT
    return rounded


def rounded_as(value: Decimal, printed: Decimal) -> Decimal:
    """The value with as many decimals as the printed number has, half away from zero."""
    exponent = printed.as_tuple().exponent
    places = min(exponent, 0) if isinstance(exponent, int) else 0
    return value.quantize(Decimal(1).scaleb(places), ROUND_HALF_UP)


def status_of(
    level: Decimal, target: Decimal, minimum: Decimal | None, direction: str = "higher"
) -> str:
    """The status of a shown level (rule C6); `direction` is `higher` or `lower` (is better)."""
    sign = -1 if direction == "lower" else 1
    if sign * level >= sign * target:
        return ABOVE_TARGET
    if minimum is None or sign * level >= sign * minimum:
        return BELOW_TARGET
    return BELOW_MINIMUM


def level_of(formula: str, numerator: Decimal, denominator: Decimal | None) -> Decimal | None:
    """The unrounded level that the inputs give (rule C2); None when they give none.

    `ratio` is 100 * numerator / denominator, `pm12.2` is
    100 * numerator / ((denominator - 50) * 0.25 + 50), `count` is the numerator.

    Raises:
        ValueError: the formula has another name.
    """
    if formula == "count":
        return numerator
    if formula not in ("ratio", "pm12.2"):
        raise ValueError(f"no formula is called {formula!r}; known are ratio, pm12.2, count.")
    if denominator is None:
        return None
    divisor = denominator
    if formula == "pm12.2":
        divisor = (denominator - 50) * Decimal("0.25") + 50
    return HUNDRED * numerator / divisor if divisor else None


def mean(levels: Sequence[Decimal]) -> Decimal:
    """The unweighted mean of shown levels (rule C1), not yet rounded."""
    return sum(levels, Decimal(0)) / len(levels)
