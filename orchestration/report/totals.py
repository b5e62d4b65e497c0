"""Where `pmr_measures` keeps the totals that tables print; the report adds nothing up itself.

Belongs here: measure id and scope of each total, and nothing else. A total that the mart does not
have is not printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from orchestration.report.context import ALL, Context, pm_name


def aged(
    context: Context, responsible: str, categories: Sequence[str]
) -> tuple[Decimal, ...] | None:
    """Open incidents of all months raised, for each of `categories` ("1"…"5", "All").

    The mart has a row where something falls into it: a category without one has no open incident,
    unless the total itself is missing.
    """
    if context.value("INC-AGE", f"{responsible} | {ALL} | {ALL}") is None:
        return None
    said = (ALL if category == ALL else f"Category {category}" for category in categories)
    found = (context.value("INC-AGE", f"{responsible} | {ALL} | {name}") for name in said)
    return tuple(Decimal(0) if value is None else value for value in found)


def exclusions(context: Context) -> Decimal | None:
    """Incidents left out for any reason."""
    return context.value("INC-PMEL", ALL)


def provider_credits(context: Context, provider: str) -> Decimal | None:
    """Service credits of one provider in the month."""
    return context.value("CREDIT-TOTAL", provider)


def all_credits(context: Context) -> Decimal | None:
    """Service credits of all providers in the month."""
    return context.value("CREDIT-TOTAL", ALL)


def exception_events(
    context: Context, provider: str, measure_no: str, scope: str
) -> Decimal | None:
    """Events left out of one measure of a provider ("In period", "Total estate")."""
    return context.value("PM-EXC", f"{pm_name(provider, measure_no)} | {scope}")
