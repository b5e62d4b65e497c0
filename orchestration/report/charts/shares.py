"""Charts of a share by day, with the volume that it is of: two panels over the days of a month.

Belongs here: how the two are drawn. Does not belong here: what succeeded or failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from orchestration.report import formatting as fmt
from orchestration.report.charts import days
from orchestration.report.charts.days import Month, Plot
from orchestration.report.charts.drawing import as_float, chart
from orchestration.report.document import Column, Figure, Kind, Line, Spec, Table
from orchestration.report.style import AXIS_WIDTH, colour

SHARE_HEIGHT, VOLUME_HEIGHT, SPACING, WIDTH_OF_BAR = 96, 56, 8, 0.74


@dataclass(frozen=True)
class ShareOfDay:
    """One day: how many there were, how many of them counted, and their share (percent)."""

    day: date
    volume: int
    part: int
    share: Decimal


@dataclass(frozen=True)
class Shares:
    """What a chart of shares is of; `table_id` and `source` are those of its figures."""

    id: str
    table_id: str
    source: str
    caption: str
    share: str
    volume: str
    part: str
    month: date


def share_figure(shown: Shares, found: Sequence[ShareOfDay]) -> Figure | None:
    """The chart of one share, a day in each of its rows; None when there is no day."""
    if not found:
        return None
    ordered = sorted(found, key=lambda one: one.day)
    month = Month(shown.month)
    return Figure(
        shown.id,
        shown.caption,
        _alt(shown, ordered),
        _spec(shown, ordered, Plot(month, is_narrow=False)),
        _spec(shown, ordered, Plot(month, is_narrow=True)),
        Table(
            shown.table_id,
            f"{shown.caption}: figures shown in the chart",
            (
                Column("day", "Day", Kind.DATE),
                Column("volume", shown.volume, Kind.COUNT),
                Column("part", shown.part, Kind.COUNT),
                Column("share", shown.share, Kind.PERCENT),
            ),
            tuple(
                Line(
                    (
                        fmt.day(one.day),
                        fmt.count(one.volume),
                        fmt.count(one.part),
                        fmt.percent(one.share),
                    )
                )
                for one in ordered
            ),
            (shown.source,),
        ),
    )


def _alt(shown: Shares, ordered: Sequence[ShareOfDay]) -> str:
    lowest = min(ordered, key=lambda one: one.share)
    most = max(ordered, key=lambda one: one.volume)
    return (
        f"Two panels over the days of the month. {shown.share}: lowest on "
        f"{fmt.day_text(lowest.day)}, {fmt.percent(lowest.share).text}. {shown.volume}: most on "
        f"{fmt.day_text(most.day)}, {fmt.grouped(most.volume)}."
    )


def _spec(shown: Shares, ordered: Sequence[ShareOfDay], plot: Plot) -> Spec:
    by_day = {one.day: one for one in ordered}
    tooltip = ("Day", shown.share, shown.volume, shown.part)
    # A day without any keeps its place and breaks the line.
    values = [_value(shown, day, by_day.get(day)) for day in plot.month.dates]
    lowest = min(float(one.share) for one in ordered)
    share: Spec = {
        "field": "share",
        "type": "quantitative",
        # Cut off below, since what matters is the distance from 100; the axis says where.
        "scale": {"domain": [max(0.0, lowest // 10 * 10 - 10), 100], "nice": False, "zero": False},
        "axis": {
            "title": None,
            "tickCount": 4,
            "labelExpr": "format(datum.value, 'd') + '%'",
            "minExtent": AXIS_WIDTH,
            "maxExtent": AXIS_WIDTH,
        },
    }
    line: Spec = {
        "mark": {
            "type": "line",
            "color": colour("accent"),
            "strokeWidth": 2.4,
            "point": {"filled": True, "size": 16, "color": colour("accent")},
        },
        "encoding": {"x": plot.x("day"), "y": share},
    }
    last = replace(plot, is_last=True)
    height = days.y("volume", max(one.volume for one in ordered), days.COUNTS, ticks=2)
    return chart(
        {
            "datasets": {"days": values},
            "vconcat": [
                _panel(
                    shown.share,
                    SHARE_HEIGHT,
                    plot,
                    [line, days.hover_layer(plot, "on_share", tooltip)],
                ),
                _panel(
                    shown.volume,
                    VOLUME_HEIGHT,
                    last,
                    [
                        days.bars(last, "day", height, "bar", WIDTH_OF_BAR),
                        days.hover_layer(last, "on_volume", tooltip),
                    ],
                ),
            ],
            "spacing": SPACING,
        }
    )


def _panel(title: str, height: int, plot: Plot, layers: list[Spec]) -> Spec:
    return {
        "title": title,
        "data": {"name": "days"},
        "width": plot.width,
        "height": height,
        "layer": layers,
    }


def _value(shown: Shares, day: date, one: ShareOfDay | None) -> dict[str, object]:
    return {
        "day": day.day,
        "from": day.day - 0.5,
        "to": day.day + 0.5,
        "share": None if one is None else as_float(one.share),
        "volume": 0 if one is None else one.volume,
        "Day": fmt.day_text(day),
        shown.share: "None" if one is None else fmt.percent(one.share).text,
        shown.volume: "None" if one is None else fmt.grouped(one.volume),
        shown.part: "None" if one is None else fmt.grouped(one.part),
    }
