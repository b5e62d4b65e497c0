"""Chart of the Code Performance Measures: level against target and minimum."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.report import formatting as fmt
from orchestration.report.charts.drawing import as_float, chart
from orchestration.report.document import Column, Figure, Kind, Line, Spec, Table
from orchestration.report.marts import Row
from orchestration.report.style import AXIS_WIDTH, NARROW, WIDE, colour

BELOW_TARGET, BELOW_MINIMUM = "Below Target", "Below Minimum"
MARGIN_BELOW = 2


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
                "level": as_float(level),
                "previous": as_float(previous),
                "target": as_float(target),
                "minimum": as_float(minimum),
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
    return chart(
        {
            "title": {"text": "Service level, per cent", "subtitle": subtitle},
            "data": {"values": values},
            "width": width,
            "height": {"step": 27},
            "encoding": {"y": y},
            "layer": layers,
        }
    )
