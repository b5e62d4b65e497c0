"""Own shares of one User by day beside those of all: two lines over the days of a month.

Belongs here: how they are drawn. Does not belong here: what succeeded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from orchestration.report import formatting as fmt
from orchestration.report.charts import days
from orchestration.report.charts.days import Month, Plot
from orchestration.report.charts.drawing import as_float, chart
from orchestration.report.charts.user_days import ShareOfUser
from orchestration.report.document import Cell, Column, Figure, Kind, Line, Spec, Table
from orchestration.report.style import AXIS_WIDTH, colour

HEIGHT = 150
ROOM = 110
"""Pixels right of a plot for what its lines are called."""


@dataclass(frozen=True)
class Beside:
    """What a chart of own shares beside all is of; `table_id` and `sources` are of its figures."""

    id: str
    table_id: str
    sources: tuple[str, ...]
    caption: str
    volume: str
    month: date


def beside_figure(
    shown: Beside, own: Mapping[date, ShareOfUser], everybody: Mapping[date, ShareOfUser]
) -> Figure:
    """Two lines over the days of a month: own shares, and those of all Users together."""
    listed = sorted(own.keys() | everybody.keys())
    return Figure(
        shown.id,
        shown.caption,
        _alt(own, everybody),
        _spec(shown, own, everybody, is_narrow=False),
        _spec(shown, own, everybody, is_narrow=True),
        Table(
            shown.table_id,
            f"{shown.caption}: figures shown in the chart",
            (
                Column("day", "Day", Kind.DATE),
                Column("own", f"Own {shown.volume.lower()}", Kind.COUNT),
                Column("own_share", "Own share", Kind.PERCENT),
                Column("all", f"{shown.volume} of all", Kind.COUNT),
                Column("all_share", "Share of all", Kind.PERCENT),
            ),
            tuple(
                Line((fmt.day(day), *_cells(own.get(day)), *_cells(everybody.get(day))))
                for day in listed
            ),
            shown.sources,
            dash_note="A dash stands where there was none.",
        ),
    )


def _cells(one: ShareOfUser | None) -> tuple[Cell, Cell]:
    if one is None:
        return fmt.not_applicable(Kind.COUNT), fmt.not_applicable(Kind.PERCENT)
    return fmt.count(one.volume), fmt.percent(one.share)


def _alt(own: Mapping[date, ShareOfUser], everybody: Mapping[date, ShareOfUser]) -> str:
    said = []
    for words, by_day in (("Own", own), ("All", everybody)):
        if by_day:
            lowest = min(by_day.values(), key=lambda one: (one.share, one.day))
            said.append(
                f"{words}: lowest on {fmt.day_text(lowest.day)}, {fmt.percent(lowest.share).text}."
            )
    return f"Two lines over the days of the month. {' '.join(said)}"


def _spec(
    shown: Beside,
    own: Mapping[date, ShareOfUser],
    everybody: Mapping[date, ShareOfUser],
    *,
    is_narrow: bool,
) -> Spec:
    plot = Plot(
        Month(shown.month), is_narrow=is_narrow, is_last=True, room=0 if is_narrow else ROOM
    )
    shares = [float(one.share) for one in (*own.values(), *everybody.values())]
    y: Spec = {
        "type": "quantitative",
        "scale": {
            "domain": [max(0.0, min(shares) // 10 * 10 - 10), 100],
            "nice": False,
            "zero": False,
        },
        "axis": {
            "title": None,
            "tickCount": 4,
            "labelExpr": "format(datum.value, 'd') + '%'",
            "minExtent": AXIS_WIDTH,
            "maxExtent": AXIS_WIDTH,
        },
    }
    lines = [
        {
            "mark": {
                "type": "line",
                "color": colour(name),
                "strokeWidth": stroke,
                "point": {"filled": True, "size": 20, "color": colour(name)},
            },
            "encoding": {"x": plot.x("day"), "y": {**y, "field": field}},
        }
        for field, name, stroke in (("all", "bar", 1.6), ("own", "accent", 2.4))
    ]
    names = [("Own", "accent"), ("All suppliers", "bar")]
    named = (
        days.named_above(names, plot)
        if is_narrow
        else [
            days.named_at(plot.width + 8, place * days.NAME_HEIGHT + 8, words, name)
            for place, (words, name) in enumerate(names)
        ]
    )
    values = [_value(shown, day, own.get(day), everybody.get(day)) for day in plot.month.dates]
    hover = days.hover_layer(plot, "on_day", ("Day", "Own", f"Own {shown.volume.lower()}", "All"))
    return chart(
        {
            "data": {"values": values},
            "width": plot.width,
            "height": HEIGHT,
            "layer": [days.label_room(plot), *lines, *named, hover],
        }
    )


def _value(
    shown: Beside, day: date, own: ShareOfUser | None, everybody: ShareOfUser | None
) -> dict[str, object]:
    return {
        "day": day.day,
        "from": day.day - 0.5,
        "to": day.day + 0.5,
        "own": None if own is None else as_float(own.share),
        "all": None if everybody is None else as_float(everybody.share),
        "Day": fmt.day_text(day),
        "Own": "None" if own is None else fmt.percent(own.share).text,
        f"Own {shown.volume.lower()}": "None" if own is None else fmt.grouped(own.volume),
        "All": "None" if everybody is None else fmt.percent(everybody.share).text,
    }
