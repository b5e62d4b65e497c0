"""Chart of deliveries: of each kind of alert or each region, the share that took how long.

Belongs here: stacked bars of shares, and the late ones once more, larger. Does not belong here:
which alerts are shown, and what the bands are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.report import formatting as fmt
from orchestration.report.charts.drawing import chart
from orchestration.report.document import Cell, Column, Figure, Kind, Line, Spec, Table
from orchestration.report.style import AXIS_WIDTH, NARROW, WIDE, colour

# From on time to never; the late ones in colours that do not look like the early ones.
COLOURS = ("accent", "soft", "bar", "silent", "fail")
ROOM = 78
"""Pixels right of the bars for the first share."""
BAR, STEP = 18, 30


@dataclass(frozen=True)
class Delivered:
    """A bar: its name, how many alerts it is of, and how many of them fall into each band."""

    name: str
    eligible: int
    alerts: tuple[int, ...]
    shares: tuple[Cell, ...]


def delivery_figure(
    name: str, caption: str, header: str, bands: Sequence[str], bars: Sequence[Delivered]
) -> Figure | None:
    """A bar for each of `bars` that has any alert; None when none has.

    Args:
        name: what its ids are made of.
        caption: what it shows.
        header: what a bar is of ("Code", "Region").
        bands: names of the bands, the fastest first.
        bars: the bars in their order.
    """
    drawn = [bar for bar in bars if bar.eligible > 0]
    if not drawn:
        return None
    return Figure(
        f"figure-{name}",
        caption,
        _alt(header, bands, drawn),
        _spec(bands, drawn, is_narrow=False),
        _spec(bands, drawn, is_narrow=True),
        Table(
            f"figure_{name.replace('-', '_')}",
            f"{caption}: figures shown in the chart",
            (
                Column("name", header),
                Column("eligible", "To be delivered", Kind.COUNT),
                *(
                    Column(f"band_{place}", band, Kind.PERCENT)
                    for place, band in enumerate(bands, start=1)
                ),
            ),
            tuple(
                Line((fmt.text(bar.name), fmt.count(bar.eligible), *bar.shares)) for bar in drawn
            ),
            ("pmr_measures",),
        ),
    )


def _alt(header: str, bands: Sequence[str], bars: Sequence[Delivered]) -> str:
    said = "; ".join(
        f"{bar.name}: "
        + ", ".join(f"{band} {share.text}" for band, share in zip(bands, bar.shares, strict=True))
        for bar in bars
    )
    return (
        f"Stacked bars of one length, one for each {header.lower()}; below, the late alerts alone. "
        f"{said}."
    )


def _spec(bands: Sequence[str], bars: Sequence[Delivered], *, is_narrow: bool) -> Spec:
    """All alerts, and the late ones once more on a scale on which they can be seen."""
    values: list[dict[str, object]] = [
        {
            "name": bar.name,
            "band": band,
            "place": place,
            "share": 100 * count / bar.eligible,
            "Share": share.text,
            "Alerts": fmt.grouped(count),
        }
        for bar in bars
        for place, (band, count, share) in enumerate(
            zip(bands, bar.alerts, bar.shares, strict=True)
        )
    ]
    latest = max(100 * sum(bar.alerts[1:]) / bar.eligible for bar in bars)
    width = NARROW - ROOM if is_narrow else WIDE - ROOM
    order = [bar.name for bar in bars]
    ticks = 2 if is_narrow else 5
    return chart(
        {
            "data": {"values": values},
            "vconcat": [
                _panel(
                    "All that were to be delivered, per cent",
                    width,
                    [_bars(bands, order, 100, ticks, is_narrow=is_narrow), _first(bands, width)],
                ),
                _panel(
                    "The late ones alone, per cent of all",
                    width,
                    [
                        {
                            "transform": [{"filter": "datum.place > 0"}],
                            **_bars(bands, order, latest or 1, ticks, is_narrow=is_narrow),
                        }
                    ],
                ),
            ],
        }
    )


def _panel(title: str, width: int, layers: list[Spec]) -> Spec:
    return {"title": title, "width": width, "height": {"step": STEP}, "layer": layers}


def _y(order: Sequence[str]) -> Spec:
    return {
        "field": "name",
        "type": "nominal",
        "sort": list(order),
        "axis": {
            "title": None,
            "minExtent": AXIS_WIDTH,
            "maxExtent": AXIS_WIDTH,
            "labelColor": colour("ink"),
            "labelFontWeight": 600,
            "grid": False,
        },
    }


def _bars(
    bands: Sequence[str], order: Sequence[str], most: float, ticks: int, *, is_narrow: bool
) -> Spec:
    return {
        "mark": {"type": "bar", "height": BAR},
        "encoding": {
            "y": _y(order),
            "x": {
                "field": "share",
                "type": "quantitative",
                "stack": "zero",
                "scale": {"domain": [0, most], "nice": False, "padding": 0, "clamp": True},
                "axis": {
                    "title": None,
                    "labelExpr": "datum.label + '%'",
                    "tickCount": ticks,
                    "labelFlush": False,
                },
            },
            "order": {"field": "place", "type": "ordinal"},
            "color": {
                "field": "band",
                "type": "nominal",
                "scale": {"domain": list(bands), "range": [colour(name) for name in COLOURS]},
                "legend": {
                    "title": None,
                    "orient": "top",
                    "direction": "horizontal",
                    "columns": 2 if is_narrow else len(bands),
                    "symbolType": "square",
                    "symbolStrokeWidth": 0,
                    "labelLimit": 0,
                },
            },
            "tooltip": [
                {"field": field, "type": "nominal"} for field in ("name", "band", "Alerts", "Share")
            ],
        },
    }


def _first(bands: Sequence[str], width: int) -> Spec:
    """The share that was on time, right of its bar."""
    return {
        "transform": [{"filter": {"field": "band", "equal": bands[0]}}],
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "fontWeight": 600,
            "color": colour("accent"),
        },
        "encoding": {
            "y": {"field": "name", "type": "nominal"},
            "x": {"value": width + 8},
            "text": {"field": "Share", "type": "nominal"},
        },
    }
