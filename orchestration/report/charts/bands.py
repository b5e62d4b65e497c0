"""Charts of bands: of each kind of alert, region or device type, which share falls into which.

Belongs here: stacked bars of shares, and those after the first band once more, larger. Does not
belong here: what is shown, and what the bands are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.report import formatting as fmt
from orchestration.report.charts.drawing import chart
from orchestration.report.document import Cell, Column, Figure, Kind, Line, Spec, Table
from orchestration.report.style import AXIS_WIDTH, NARROW, WIDE, colour

# From the best band to the worst; the bad ones in colours that do not look like the good ones.
COLOURS = ("accent", "soft", "bar", "silent", "fail")
ROOM = 78
"""Pixels right of the bars for the first share."""
BAR, STEP = 18, 30


@dataclass(frozen=True)
class Banded:
    """A bar: its name, how many it is of, and how many of them fall into each band."""

    name: str
    whole: int
    counts: tuple[int, ...]
    shares: tuple[Cell, ...]


@dataclass(frozen=True)
class Bands:
    """What the bars of a chart are of.

    Attributes:
        names: the bands, the best first.
        whole: header of what a bar is of ("To be delivered").
        counted: what is counted, as a tooltip says it ("Alerts").
        panel: title of the panel of all of them.
        rest: title of a second panel, of those after the first band, larger; None for none.
    """

    names: tuple[str, ...]
    whole: str
    counted: str
    panel: str
    rest: str | None = None


def bands_figure(
    name: str, caption: str, header: str, bands: Bands, bars: Sequence[Banded]
) -> Figure | None:
    """A bar for each of `bars` that is of anything; None when none is.

    Args:
        name: what its ids are made of.
        caption: what it shows.
        header: what a bar is of ("Code", "Region").
        bands: what the bars are made up of.
        bars: the bars in their order.
    """
    drawn = [bar for bar in bars if bar.whole > 0]
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
                Column("whole", bands.whole, Kind.COUNT),
                *(
                    Column(f"band_{place}", band, Kind.PERCENT)
                    for place, band in enumerate(bands.names, start=1)
                ),
            ),
            tuple(Line((fmt.text(bar.name), fmt.count(bar.whole), *bar.shares)) for bar in drawn),
            ("pmr_measures",),
        ),
    )


def _alt(header: str, bands: Bands, bars: Sequence[Banded]) -> str:
    said = "; ".join(
        f"{bar.name}: "
        + ", ".join(
            f"{band} {share.text}" for band, share in zip(bands.names, bar.shares, strict=True)
        )
        for bar in bars
    )
    below = "; below, those after the first band alone" if bands.rest else ""
    return f"Stacked bars of one length, one for each {header.lower()}{below}. {said}."


def _spec(bands: Bands, bars: Sequence[Banded], *, is_narrow: bool) -> Spec:
    """All of them, and those after the first band once more on a scale on which they are seen."""
    values: list[dict[str, object]] = [
        {
            "name": bar.name,
            "band": band,
            "place": place,
            "share": 100 * count / bar.whole,
            "Share": share.text,
            bands.counted: fmt.grouped(count),
        }
        for bar in bars
        for place, (band, count, share) in enumerate(
            zip(bands.names, bar.counts, bar.shares, strict=True)
        )
    ]
    width = NARROW - ROOM if is_narrow else WIDE - ROOM
    order = [bar.name for bar in bars]
    ticks = 2 if is_narrow else 5
    panels = [
        _panel(
            bands.panel,
            width,
            [_bars(bands, order, 100, ticks, is_narrow=is_narrow), _first(bands, order, width)],
        )
    ]
    if bands.rest is not None:
        most = max(100 * sum(bar.counts[1:]) / bar.whole for bar in bars)
        rest = {
            "transform": [{"filter": "datum.place > 0"}],
            **_bars(bands, order, most or 1, ticks, is_narrow=is_narrow),
        }
        panels.append(_panel(bands.rest, width, [rest]))
    return chart({"data": {"values": values}, "vconcat": panels})


def _panel(title: str, width: int, layers: list[Spec]) -> Spec:
    return {"title": title, "width": width, "height": {"step": STEP}, "layer": layers}


def _in_order(order: Sequence[str]) -> Spec:
    """The rows as given: sorted in each layer, their domains would be in conflict."""
    return {"sort": None, "scale": {"domain": list(order)}}


def _y(order: Sequence[str]) -> Spec:
    return {
        "field": "name",
        "type": "nominal",
        **_in_order(order),
        "axis": {
            "title": None,
            "minExtent": AXIS_WIDTH,
            "maxExtent": AXIS_WIDTH,
            "labelColor": colour("ink"),
            "labelFontWeight": 600,
            "grid": False,
        },
    }


def _bars(bands: Bands, order: Sequence[str], most: float, ticks: int, *, is_narrow: bool) -> Spec:
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
                "scale": {
                    "domain": list(bands.names),
                    "range": [colour(name) for name in COLOURS[: len(bands.names)]],
                },
                "legend": {
                    "title": None,
                    "orient": "top",
                    "direction": "horizontal",
                    "columns": 2 if is_narrow else len(bands.names),
                    "symbolType": "square",
                    "symbolStrokeWidth": 0,
                    "labelLimit": 0,
                },
            },
            "tooltip": [
                {"field": field, "type": "nominal"}
                for field in ("name", "band", bands.counted, "Share")
            ],
        },
    }


def _first(bands: Bands, order: Sequence[str], width: int) -> Spec:
    """The share of the first band, right of its bar."""
    return {
        "transform": [{"filter": {"field": "band", "equal": bands.names[0]}}],
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "fontWeight": 600,
            "color": colour("accent"),
        },
        "encoding": {
            "y": {"field": "name", "type": "nominal", **_in_order(order)},
            "x": {"value": width + 8},
            "text": {"field": "Share", "type": "nominal"},
        },
    }
