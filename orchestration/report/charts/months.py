"""Charts over months: Incidents still open by month raised, service credits by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from orchestration.report import formatting as fmt
from orchestration.report.charts.drawing import as_float, chart
from orchestration.report.document import Cell, Column, Figure, Kind, Line, Spec, Table
from orchestration.report.marts import Row
from orchestration.report.style import AXIS_WIDTH, NARROW, WIDE, colour

MONTHS_PER_LABEL_WIDE, MONTHS_PER_LABEL_NARROW = 3, 12


# --- Open incidents by month raised ---------------------------------------------------------


def ageing_figure(rows: Sequence[Row]) -> Figure:
    """Open incidents by month raised, a panel and a scale for each side responsible."""
    counts: dict[tuple[str, date], dict[str, int]] = {}
    for row in rows:
        month = row.day("raised_month")
        if month is not None:
            own = counts.setdefault((row.text("responsible"), month), {})
            own[row.text("category")] = row.whole("incidents")
    months = _all_months(sorted({month for _, month in counts}))
    sides = sorted({side for side, _ in counts}, key=lambda side: side != "Service User")
    values: list[dict[str, object]] = []
    lines: list[Line] = []
    for side in sides:
        for place, month in enumerate(months):
            own = counts.get((side, month), {})
            total = own.get("All", 0)
            values.append(
                {
                    "side": side,
                    "place": place,
                    "incidents": total,
                    "Raised in": fmt.month(month).text,
                    "Open": fmt.count(total).text,
                    **{f"Category {item}": own.get(item, 0) for item in ("3", "4", "5")},
                }
            )
            if own:
                lines.append(Line((fmt.text(side), fmt.month(month), fmt.count(total))))
    return Figure(
        "figure-ageing",
        "Open Incidents by month raised",
        _ageing_alt(sides, months, counts),
        _ageing(values, sides, months, WIDE, MONTHS_PER_LABEL_WIDE),
        _ageing(values, sides, months, NARROW, MONTHS_PER_LABEL_NARROW),
        Table(
            "figure_ageing",
            "Open Incidents shown in the chart",
            (
                Column("side", "Responsible"),
                Column("month", "Raised in", Kind.MONTH),
                Column("incidents", "Open", Kind.COUNT),
            ),
            tuple(lines),
            ("incidents_aged",),
        ),
    )


def _ageing_alt(
    sides: Sequence[str], months: Sequence[date], counts: dict[tuple[str, date], dict[str, int]]
) -> str:
    said: list[str] = []
    for side in sides:
        own = {month: counts.get((side, month), {}).get("All", 0) for month in months}
        peak = max(own, key=lambda month: own[month])
        said.append(
            f"{side}: most from {fmt.month_text(peak)}, {fmt.grouped(own[peak])}; "
            f"from {fmt.month_text(months[-1])}, {fmt.grouped(own[months[-1]])}"
        )
    return (
        "Columns, one per month in which Incidents still open were raised, from "
        f"{fmt.month_text(months[0])} to {fmt.month_text(months[-1])}; a panel each with its own "
        f"scale. {'. '.join(said)}."
    )


def _all_months(found: Sequence[date]) -> list[date]:
    """Every month from the first to the last found."""
    first, last = found[0], found[-1]
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    places = (first.year * 12 + first.month - 1 + step for step in range(count))
    return [date(place // 12, place % 12 + 1, 1) for place in places]


def _month_axis(months: Sequence[date], every: int, *, labels: bool) -> Spec:
    """An x axis over the places of `months`; the last month always has its label."""
    ticks = [place for place in range(len(months)) if (len(months) - 1 - place) % every == 0]
    names = {str(place): fmt.month(months[place]).text for place in ticks}
    listed = ", ".join(f"'{place}': '{name}'" for place, name in names.items())
    return {
        "title": None,
        "values": ticks,
        "labels": labels,
        "labelExpr": f"({{{listed}}})[toString(datum.value)]",
        "labelAngle": 0,
        "labelFlush": False,
        "labelOverlap": False,
    }


def _columns(months: Sequence[date], axis: Spec) -> Spec:
    return {
        "field": "place",
        "type": "quantitative",
        "scale": {"domain": [-0.6, len(months) - 0.4], "nice": False, "padding": 0},
        "axis": axis,
    }


def _panel(
    title: str,
    values: list[dict[str, object]],
    encoding: Spec,
    *,
    width: int,
    height: int,
    months: Sequence[date],
    tooltip: list[str],
    label: str,
) -> Spec:
    """One panel of columns; the column with the highest value bears its figure."""
    size = max(3.0, width / len(months) - 3)
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "size": size, "color": colour("soft"), "cornerRadiusEnd": 1},
            "encoding": {
                "tooltip": [{"field": name, "type": "nominal"} for name in tooltip],
            },
        },
        {
            "transform": [{"filter": "datum.labelled"}],
            "mark": {
                "type": "text",
                "dy": -8,
                "fontWeight": 600,
                # over the first columns it would run into the labels of the y axis
                "align": {"expr": "datum.place < 2 ? 'left' : 'center'"},
            },
            "encoding": {"text": {"field": label, "type": "nominal"}},
        },
    ]
    return {
        "title": title,
        "data": {"values": values},
        "width": width,
        "height": height,
        "encoding": encoding,
        "layer": layers,
    }


def _y(name: str, label: str, highest: float) -> Spec:
    return {
        "field": name,
        "type": "quantitative",
        # Room above the highest column for its label.
        "scale": {"domain": [0, highest * 1.16], "nice": False},
        "axis": {
            "title": None,
            "tickCount": 3,
            "labelExpr": label,
            "minExtent": AXIS_WIDTH,
            "maxExtent": AXIS_WIDTH,
        },
    }


def _ageing(
    values: list[dict[str, object]],
    sides: Sequence[str],
    months: Sequence[date],
    width: int,
    every: int,
) -> Spec:
    panels: list[Spec] = []
    for side in sides:
        own = [value for value in values if value["side"] == side]
        highest = max(_amount(value["incidents"]) for value in own)
        peak = next(value for value in own if _amount(value["incidents"]) == highest)
        last = own[-1]
        marked = [{**value, "labelled": value is peak or value is last} for value in own]
        panels.append(
            _panel(
                f"Open Incidents, {side}",
                marked,
                {
                    "x": _columns(months, _month_axis(months, every, labels=True)),
                    "y": _y("incidents", "format(datum.value, ',d')", max(highest, 1)),
                },
                width=width,
                height=150,
                months=months,
                tooltip=["Raised in", "Open", "Category 3", "Category 4", "Category 5"],
                label="Open",
            )
        )
    return chart({"vconcat": panels})


def _amount(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


# --- Service credits by month ---------------------------------------------------------------


def credits_figure(paid: Sequence[tuple[date, str, Decimal]]) -> Figure | None:
    """Credits by month, a panel for each provider that paid any; None when none did."""
    providers = [
        provider
        for provider in dict.fromkeys(provider for _, provider, _ in paid)
        if any(amount > 0 for _, name, amount in paid if name == provider)
    ]
    if not providers:
        return None
    months = _all_months(sorted({month for month, _, _ in paid}))
    amounts = {(month, provider): amount for month, provider, amount in paid}
    values: list[dict[str, object]] = []
    lines: list[Line] = []
    for provider in providers:
        for place, month in enumerate(months):
            amount = amounts.get((month, provider))
            cell = Cell(Kind.GBP, "None reported") if amount is None else fmt.gbp(amount)
            values.append(
                {
                    "provider": provider,
                    "place": place,
                    "amount": as_float(amount),
                    "Month": fmt.month(month).text,
                    "Credit": cell.text,
                }
            )
            if amount is not None:
                lines.append(Line((fmt.text(provider), fmt.month(month), cell)))
    return Figure(
        "figure-credits",
        "Service credits by month and provider",
        _credits_alt(providers, months, amounts),
        _credits(values, providers, months, WIDE, 1),
        _credits(values, providers, months, NARROW, 5),
        Table(
            "figure_credits",
            "Service credits shown in the chart",
            (
                Column("provider", "Provider"),
                Column("month", "Month", Kind.MONTH),
                Column("credit", "Service credit", Kind.GBP),
            ),
            tuple(lines),
            ("service_credit_months",),
        ),
    )


def _credits_alt(
    providers: Sequence[str], months: Sequence[date], amounts: dict[tuple[date, str], Decimal]
) -> str:
    said: list[str] = []
    for provider in providers:
        own = {month: amount for (month, name), amount in amounts.items() if name == provider}
        peak = max(sorted(own), key=lambda month: own[month])
        said.append(f"{provider}: most in {fmt.month_text(peak)}, {fmt.gbp(own[peak]).text}")
    return (
        f"Columns, one per month from {fmt.month_text(months[0])} to "
        f"{fmt.month_text(months[-1])}, a "
        f"panel for each provider with any service credit, all on one scale. {'. '.join(said)}."
    )


def _credits(
    values: list[dict[str, object]],
    providers: Sequence[str],
    months: Sequence[date],
    width: int,
    every: int,
) -> Spec:
    highest = max(_amount(value["amount"]) for value in values)
    panels: list[Spec] = []
    for provider in providers:
        own = [value for value in values if value["provider"] == provider]
        top = max(_amount(value["amount"]) for value in own)
        peak = next(value for value in own if _amount(value["amount"]) == top)
        marked = [{**value, "labelled": value is peak} for value in own]
        panels.append(
            _panel(
                provider,
                marked,
                {
                    "x": _columns(
                        months, _month_axis(months, every, labels=provider == providers[-1])
                    ),
                    "y": _y("amount", "'£' + format(datum.value, ',d')", highest),
                },
                width=width,
                height=62,
                months=months,
                tooltip=["Month", "Credit"],
                label="Credit",
            )
        )
    return chart({"vconcat": panels, "spacing": 10})
