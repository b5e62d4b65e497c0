"""Section: service credits and cost. Points and credits by measure, and twelve months by provider.

Belongs here: what the credits marts say. Does not belong here: how points are agreed in the
contracts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from orchestration.report import charts, totals
from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context, pm_key, pm_name
from orchestration.report.document import (
    Block,
    Cell,
    Kind,
    Line,
    Role,
    Section,
    Table,
)
from orchestration.report.sections.wording import column, line, say, strong, summed

ID = "credits"
HISTORY_MART = "service_credit_months"
MONTHS = 12
SCHEMES = ("SMETS2", "SMETS1")


@dataclass(frozen=True)
class Paid:
    """What one provider's credits were in one month; `said` stands where there was no amount."""

    scheme: str
    provider: str
    month: date
    amount: Decimal | None
    said: str | None


def build(context: Context) -> Section:
    """Credits of the month and of the twelve months up to it."""
    context.show_family("CREDIT")
    children = [
        Section("credits-month", "By measure", _by_measure(context)),
        Section("credits-cost", "Reduction of External Costs", _cost(context)),
    ]
    history = _history_blocks(context)
    if history:
        children.append(Section("credits-history", "Twelve months by provider", history))
    return Section(
        ID,
        "Service credits and cost",
        (
            say(
                "A provider that misses the target of a measure incurs service points, which its "
                "contract "
                "turns into service credits. Measures that are key performance indicators carry "
                "none."
            ),
        ),
        tuple(children),
    )


def _by_measure(context: Context) -> tuple[Block, ...]:
    rows = context.marts.rows("service_credits", "provider, measure_no")
    paid = [row for row in rows if row.whole("service_points") or row.number("credit_gbp")]
    if not paid:
        return (say("No service credit fell to the month."),)
    levels = {pm_key(row): row for row in context.provider_measures}
    order = {provider: place for place, (provider, _) in enumerate(context.pm_register)}
    lines: list[Line] = []
    for provider in sorted(
        {row.text("provider") for row in paid}, key=lambda item: order.get(item, 0)
    ):
        for row in paid:
            if row.text("provider") != provider:
                continue
            level = levels.get(pm_key(row))
            price = row.number("gbp_per_point")
            credit = row.number("credit_gbp")
            name = pm_name(*pm_key(row))
            lines.append(
                Line(
                    (
                        fmt.text(name),
                        fmt.not_applicable(Kind.PERCENT)
                        if level is None
                        else fmt.level(level.number("level"), level.words("level_text"), "percent"),
                        fmt.not_applicable(Kind.PERCENT)
                        if level is None
                        else fmt.limit(level.number("target"), "percent"),
                        fmt.count(row.whole("service_points")),
                        fmt.gbp(credit if credit is not None else 0),
                        fmt.not_applicable(Kind.GBP) if price is None else fmt.gbp(price),
                    ),
                    measure=name,
                    facts=(("provider", provider),),
                )
            )
        lines.extend(_total(f"{provider} in all", totals.provider_credits(context, provider)))
    lines.extend(_total("All providers", totals.all_credits(context)))
    return (
        Table(
            "service_credits",
            "Service points and service credits of the month",
            (
                column("measure", "Measure", weight=1.6),
                column("level", "Level", Kind.PERCENT),
                column("target", "Target", Kind.PERCENT),
                column("points", "Service points", Kind.COUNT),
                summed("credit", "Service credit", Kind.GBP, weight=1.2),
                column("price", "Price of a point", Kind.GBP, weight=1.2),
            ),
            tuple(lines),
            ("service_credits", "sp_performance_measures", "pmr_measures"),
            content="credits",
            dash_note="A dash stands for what only a single measure has.",
        ),
    )


def _total(label: str, amount: Decimal | None) -> list[Line]:
    if amount is None:
        return []
    return [
        Line(
            (
                fmt.text(label),
                fmt.not_applicable(Kind.PERCENT),
                fmt.not_applicable(Kind.PERCENT),
                fmt.not_applicable(Kind.COUNT),
                fmt.gbp(amount),
                fmt.not_applicable(Kind.GBP),
            ),
            role=Role.TOTAL,
        )
    ]


def _cost(context: Context) -> tuple[Block, ...]:
    total = totals.all_credits(context)
    if total is None:
        return (say("No total of service credits was reported for the month."),)
    return (
        say(
            "Service credits reduce what DCC pays its providers: External Costs of the month "
            "are lower "
            "by ",
            strong(fmt.gbp(total).text),
            ". Internal Costs are not touched.",
        ),
    )


def _history(context: Context) -> list[Paid]:
    """Credits of the months up to this one, by company."""
    return [
        Paid(
            row.text("scheme"),
            row.text("provider"),
            month,
            row.number("credit_gbp"),
            row.words("credit_text"),
        )
        for row in sorted(
            context.marts.rows(HISTORY_MART, "credit_month, provider"),
            key=lambda row: SCHEMES.index(row.text("scheme")),
        )
        if (month := row.day("credit_month")) is not None
        and month > _months_before(context.month, MONTHS)
    ]


def _months_before(month: date, count: int) -> date:
    """First day of the month `count` months before `month`."""
    place = month.year * 12 + month.month - 1 - count
    return date(place // 12, place % 12 + 1, 1)


def _history_blocks(context: Context) -> tuple[Block, ...]:
    paid = _history(context)
    if not paid:
        return ()
    blocks: list[Block] = []
    for scheme in dict.fromkeys(item.scheme for item in paid):
        blocks.append(_history_table(scheme, [item for item in paid if item.scheme == scheme]))
    first = blocks[0]
    figure = charts.credits_figure(
        [
            (item.month, item.provider, item.amount)
            for item in paid
            if item.provider != ALL and item.amount is not None
        ]
    )
    if figure is not None and isinstance(first, Table):
        blocks.insert(0, figure)
    return tuple(blocks)


def _history_table(scheme: str, paid: list[Paid]) -> Table:
    providers = sorted({item.provider for item in paid if item.provider != ALL})
    has_total = any(item.provider == ALL for item in paid)
    cells = {(item.month, item.provider): _amount(item) for item in paid}
    missing = fmt.not_applicable(Kind.GBP)
    shown = [*providers, ALL] if has_total else providers
    return Table(
        f"credits_history_{scheme.lower().replace('+', '')}",
        f"Service credits of {scheme} providers by month",
        (
            column("month", "Month", Kind.MONTH),
            *(summed(f"provider_{item.lower()}", item, Kind.GBP) for item in providers),
            *((summed("all", "All", Kind.GBP),) if has_total else ()),
        ),
        tuple(
            line(fmt.month(month), *(cells.get((month, provider), missing) for provider in shown))
            for month in sorted({item.month for item in paid})
        ),
        (HISTORY_MART,),
        row_total="all" if has_total else None,
        notes=("As known now: an amount may differ from what its own month published.",),
        dash_note="A dash stands where no amount was due from the provider in the month.",
    )


def _amount(item: Paid) -> Cell:
    if item.amount is not None:
        return fmt.gbp(item.amount)
    return fmt.words(item.said or "Not Reported", Kind.GBP)
