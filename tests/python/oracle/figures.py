"""Figures as the report shows them, and the status they have (rules N1 and C6).

Belongs here: rounding and comparing. Does not belong here: what the figures are made of.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

NINE_PLACES = Decimal("0.000000001")
TWO_PLACES = Decimal("0.01")


def shown(value: float) -> Decimal:
    """A figure with two decimals: to nine places first, halves away from zero both times."""
    nine = Decimal(value).quantize(NINE_PLACES, rounding=ROUND_HALF_UP)
    return nine.quantize(TWO_PLACES, rounding=ROUND_HALF_UP)


def shown_share(value: float) -> Decimal:
    """A share (percent) with two decimals: only 100 shows as 100.00, only 0 as 0.00."""
    if value < 100 and shown(value) >= 100:
        return Decimal("99.99")
    if value > 0 and shown(value) <= 0:
        return Decimal("0.01")
    return shown(value)


def shown_level(value: float, unit: str) -> Decimal:
    """A level in its unit: percentages are shares, all else is a figure."""
    return shown_share(value) if unit == "percent" else shown(value)


def status(
    level: float | None,
    unit: str,
    direction: str,
    target: Decimal | None,
    minimum: Decimal | None,
) -> str | None:
    """Status of a measure by what is shown of its level; None when there is no number or target."""
    if level is None or target is None:
        return None
    figure = shown_level(level, unit)
    meets_target = figure <= target if direction == "lower" else figure >= target
    if meets_target:
        return "Above Target"
    if minimum is None:
        return "Below Target"
    meets_minimum = figure <= minimum if direction == "lower" else figure >= minimum
    return "Below Target" if meets_minimum else "Below Minimum"
