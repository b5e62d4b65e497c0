"""The charts of the report as Vega-Lite specifications, each wide and narrow, with text and data.

Belongs here: what each chart shows. Does not belong here: colours and type (`style.py`), rendering.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

import vl_convert

from orchestration.report import formatting as fmt
from orchestration.report.document import Cell, Column, Figure, Kind, Line, Spec, Table
from orchestration.report.marts import Row
from orchestration.report.style import AXIS_WIDTH, FONTS, NARROW, WIDE, chart_config, colour

VEGA_LITE = "6.4"
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
BELOW_TARGET, BELOW_MINIMUM = "Below Target", "Below Minimum"
MARGIN_BELOW = 2
_CLIP = re.compile(r"(?<=[\"#])clip(\d+)")
MONTHS_PER_LABEL_WIDE, MONTHS_PER_LABEL_NARROW = 3, 12


@cache
def _fonts_registered() -> None:
    vl_convert.register_font_directory(str(FONTS))


def svg(spec: Spec) -> str:
    """The chart as SVG; colours are palette variables (`style.on_paper` replaces them)."""
    _fonts_registered()
    drawn = str(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[]))
    if "role-mark" not in drawn:
        # Vega writes its errors to the terminal and returns an empty picture.
        raise ValueError("a chart came out empty; its specification has an error (see the log)")
    return _renumbered(drawn)


def _renumbered(drawn: str) -> str:
    """The picture with its clip ids counted from 0: Vega counts on from picture to picture."""
    numbers: dict[str, int] = {}
    return _CLIP.sub(lambda found: f"clip{numbers.setdefault(found[1], len(numbers))}", drawn)


def _chart(body: Spec) -> Spec:
    return {
        "$schema": SCHEMA,
        "config": chart_config(),
        "padding": {"left": 2, "right": 2, "top": 2, "bottom": 2},
        **body,
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


# --- Code Performance Measures: level against target and minimum ---------------------------------


def code_measures_figure(rows: Sequence[Row]) -> Figure | None:
    """Levels of the measures that have one, against target and minimum; None when none has."""
    levelled = [row for row in rows if row.number("level") is not None]
    if not levelled:
        return None
    values: list[dict[str, object]] = []
    lines: list[Line] = []
    for row in levelled:
        level = row.number("level")
        previous, target, minimum = (
            row.number(name) for name in ("previous_level", "target", "minimum")
        )
        shown = fmt.level(level, None, "percent").text
        status = row.words("status") or ""
        values.append(
            {
                "measure": row.text("measure"),
                "level": _float(level),
                "previous": _float(previous),
                "target": _float(target),
                "minimum": _float(minimum),
                "status": status,
                "label": shown,
                "Level": shown,
                "Previous": fmt.level(previous, None, "percent").text,
                "Target": fmt.limit(target, "percent").text,
                "Minimum": fmt.limit(minimum, "percent").text,
            }
        )
        lines.append(
            Line(
                (
                    fmt.text(row.text("measure")),
                    fmt.level(previous, row.words("previous_text"), "percent"),
                    fmt.level(level, None, "percent"),
                    fmt.limit(target, "percent"),
                    fmt.limit(minimum, "percent"),
                    fmt.status(status),
                )
            )
        )
    lowest = min(
        value
        for row in levelled
        for name in ("level", "minimum", "previous_level", "target")
        if (value := row.number(name)) is not None
    )
    floor = max(0, int(lowest) - MARGIN_BELOW)
    return Figure(
        "figure-code-performance",
        "Code Performance Measures: level against target and minimum",
        _code_measures_alt(levelled),
        _levels(values, floor, WIDE - 150, narrow=False),
        _levels(values, floor, NARROW - 40, narrow=True),
        Table(
            "figure_code_performance",
            "Levels shown in the chart",
            (
                Column("measure", "Measure"),
                Column("previous", "Previous", Kind.PERCENT),
                Column("level", "Level", Kind.PERCENT),
                Column("target", "Target", Kind.PERCENT),
                Column("minimum", "Minimum", Kind.PERCENT),
                Column("status", "Status", Kind.STATUS),
            ),
            tuple(lines),
            ("code_performance_measures",),
            dash_note="A dash stands where a previous level or a limit does not exist.",
        ),
    )


def _code_measures_alt(rows: Sequence[Row]) -> str:
    said = "; ".join(
        f"{row.text('measure')} {fmt.level(row.number('level'), None, 'percent').text}, "
        f"{row.words('status') or 'no status'}"
        for row in rows
    )
    return (
        "Dot plot, one row per measure: the level of the month as a dot, the previous one as a "
        "ring, "
        f"target and minimum as bars across. {said}."
    )


def _levels(values: list[dict[str, object]], floor: int, width: int, *, narrow: bool) -> Spec:
    order = [value["measure"] for value in values]
    y: Spec = {
        "field": "measure",
        "type": "nominal",
        "sort": order,
        "axis": {
            "title": None,
            "minExtent": AXIS_WIDTH,
            "maxExtent": AXIS_WIDTH,
            "labelColor": colour("ink"),
            "labelFontWeight": 600,
            "grid": False,
        },
        "scale": {"padding": 0.5},
    }

    def x(name: str) -> Spec:
        return {
            "field": name,
            "type": "quantitative",
            "scale": {"domain": [floor, 100], "nice": False, "zero": False, "padding": 0},
            "axis": {
                "title": None,
                "labelExpr": "datum.label + '%'",
                "tickCount": 3 if narrow else 6,
                "grid": True,
                "domain": False,
                "ticks": False,
                "labelFlush": False,
            },
        }

    tooltip = [
        {"field": name, "type": "nominal"}
        for name in ("measure", "Level", "Previous", "Target", "Minimum", "status")
    ]
    by_status: Spec = {
        "condition": [
            {"test": f"datum.status === '{BELOW_MINIMUM}'", "value": colour("bad")},
            {"test": f"datum.status === '{BELOW_TARGET}'", "value": colour("warn")},
        ],
        "value": colour("accent"),
    }
    shape: Spec = {
        "condition": [
            {"test": f"datum.status === '{BELOW_MINIMUM}'", "value": "triangle-down"},
            {"test": f"datum.status === '{BELOW_TARGET}'", "value": "diamond"},
        ],
        "value": "circle",
    }
    label: Spec = (
        {"field": "label", "type": "nominal"} if narrow else {"field": "said", "type": "nominal"}
    )
    subtitle = (
        ["Dot: this month. Ring: previous.", "Dark bar: target. Light bar: minimum."]
        if narrow
        else "Filled: this month. Ring: previous month. Dark bar: target. Light bar: minimum."
    )
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "height": 8, "color": colour("band"), "cornerRadius": 1},
            "encoding": {"x": x("minimum"), "x2": {"field": "target"}},
        },
        {
            "mark": {"type": "tick", "size": 20, "thickness": 3, "color": colour("bar")},
            "encoding": {"x": x("minimum")},
        },
        {
            "mark": {"type": "tick", "size": 20, "thickness": 3, "color": colour("ink")},
            "encoding": {"x": x("target")},
        },
        {
            "transform": [{"filter": "isValid(datum.previous)"}],
            "mark": {
                "type": "point",
                "size": 90,
                "filled": False,
                "strokeWidth": 1.6,
                "stroke": colour("muted"),
                "fill": colour("paper"),
            },
            "encoding": {"x": x("previous")},
        },
        {
            "mark": {
                "type": "point",
                "size": 130,
                "filled": True,
                "opacity": 1,
                "stroke": colour("paper"),
                "strokeWidth": 1.2,
            },
            "encoding": {"x": x("level"), "color": by_status, "shape": shape, "tooltip": tooltip},
        },
        {
            "transform": [
                {
                    "calculate": "datum.label + (datum.status === 'Above Target' ? '' : "
                    "'  ' + datum.status)",
                    "as": "said",
                }
            ],
            "mark": {"type": "text", "align": "left", "baseline": "middle", "fontWeight": 600},
            "encoding": {
                "x": {"value": width + 14},
                "text": label,
                "color": {**by_status, "value": colour("ink")},
            },
        },
    ]
    return _chart(
        {
            "title": {"text": "Service level, per cent", "subtitle": subtitle},
            "data": {"values": values},
            "width": width,
            "height": {"step": 27},
            "encoding": {"y": y},
            "layer": layers,
        }
    )


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
            "mark": {"type": "text", "dy": -8, "fontWeight": 600, "align": "center"},
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
    return _chart({"vconcat": panels})


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
                    "amount": _float(amount),
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
    return _chart({"vconcat": panels, "spacing": 10})
