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
    """Open incidents of all months raised, for each of `categories` ("1"…"5", "All")."""
    values: list[Decimal] = []
    for category in categories:
        said = ALL if category == ALL else f"Category {category}"
        value = context.value("INC-AGE", f"{responsible} | {ALL} | {said}")
        if value is None:
            return None
        values.append(value)
    return tuple(values)


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
