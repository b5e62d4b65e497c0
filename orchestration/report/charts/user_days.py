"""Shares by User and day: a row for each User, a square for each day.

Belongs here: how they are drawn. Does not belong here: which Users there are, and what succeeded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from orchestration.report import formatting as fmt
from orchestration.report.charts import days
from orchestration.report.charts.days import Month, Plot
from orchestration.report.charts.drawing import chart
from orchestration.report.document import Column, Figure, Kind, Line, Spec, Table
from orchestration.report.style import AXIS_WIDTH, colour

ROW_HEIGHT, LABEL_SIZE, SQUARE, LEGEND_HEIGHT = 15, 11, 11, 22
# What succeeded on a day, the worse the darker: least share of a band, words, opacity.
BANDS = (
    (Decimal(100), "All", 0.1),
    (Decimal(95), "95% or more", 0.3),
    (Decimal(90), "90% or more", 0.5),
    (Decimal(75), "75% or more", 0.75),
    (Decimal(0), "Less", 1.0),
)


@dataclass(frozen=True)
class ShareOfUser:
    """One day of one User: how many there were, how many succeeded, and their share (percent)."""

    user: str
    day: date
    volume: int
    part: int
    share: Decimal


@dataclass(frozen=True)
class UserDays:
    """What a chart of Users and days is of; `table_id` and `source` are those of its figures."""

    id: str
    table_id: str
    source: str
    caption: str
    volume: str
    month: date


def user_days_figure(shown: UserDays, found: Sequence[ShareOfUser]) -> Figure | None:
    """A row for each User, the first first, a square for each day; None when there is no day."""
    if not found:
        return None
    users = list(dict.fromkeys(one.user for one in found))
    month = Month(shown.month)
    return Figure(
        shown.id,
        shown.caption,
        _users_alt(shown, found, users),
        _users_spec(shown, found, users, Plot(month, is_narrow=False, is_last=True)),
        _users_spec(shown, found, users, Plot(month, is_narrow=True, is_last=True)),
        Table(
            shown.table_id,
            f"{shown.caption}: figures shown in the chart",
            (
                Column("user", "User"),
                Column("day", "Day", Kind.DATE),
                Column("volume", shown.volume, Kind.COUNT),
                Column("part", "Succeeded", Kind.COUNT),
                Column("share", "Share", Kind.PERCENT),
            ),
            tuple(
                Line(
                    (
                        fmt.text(one.user),
                        fmt.day(one.day),
                        fmt.count(one.volume),
                        fmt.count(one.part),
                        fmt.percent(one.share),
                    )
                )
                for one in found
            ),
            (shown.source,),
        ),
    )


def _band(share: Decimal) -> tuple[str, float]:
    """Words and opacity of the band that a share, as it is shown, lies in."""
    shown = fmt.shown(share)
    return next((words, opacity) for least, words, opacity in BANDS if shown >= least)


def _users_alt(shown: UserDays, found: Sequence[ShareOfUser], users: Sequence[str]) -> str:
    counted: Mapping[str, int] = {
        words: sum(_band(one.share)[0] == words for one in found) for _, words, _ in BANDS
    }
    said = ", ".join(f"{words.lower()}: {count}" for words, count in counted.items())
    return (
        f"Rows of {len(users)} Users by day of the month, darker the less of the day's "
        f"{shown.volume.lower()} succeeded. Days of Users by the share that succeeded: {said}."
    )


def _users_spec(
    shown: UserDays, found: Sequence[ShareOfUser], users: Sequence[str], plot: Plot
) -> Spec:
    rows: Spec = {
        "field": "user",
        "type": "ordinal",
        "sort": list(users),
        "scale": {"padding": 0.12},
        "axis": {
            "title": None,
            "labelFontSize": LABEL_SIZE,
            "ticks": False,
            "domain": False,
            "grid": False,
            "minExtent": AXIS_WIDTH,
            "maxExtent": AXIS_WIDTH,
        },
    }
    squares: Spec = {
        "mark": {"type": "rect", "color": colour("fail")},
        "encoding": {
            "x": plot.x("from"),
            "x2": {"field": "to"},
            "y": rows,
            "opacity": {"field": "opacity", "type": "quantitative", "scale": None},
            "tooltip": [
                {"field": field, "type": "nominal"}
                for field in ("User", "Day", shown.volume, "Succeeded", "Share")
            ],
        },
    }
    values = [
        {
            "user": one.user,
            "from": one.day.day - 0.46,
            "to": one.day.day + 0.46,
            "opacity": _band(one.share)[1],
            "User": one.user,
            "Day": fmt.day_text(one.day),
            shown.volume: fmt.grouped(one.volume),
            "Succeeded": fmt.grouped(one.part),
            "Share": fmt.percent(one.share).text,
        }
        for one in found
    ]
    return chart(
        {
            "data": {"values": values},
            "width": plot.width,
            "height": ROW_HEIGHT * len(users),
            "layer": [squares, *_legend(plot)],
        }
    )


def _legend(plot: Plot) -> list[Spec]:
    """What the shades are, above the rows; on a narrow plot in two lines."""
    layers: list[Spec] = []
    per_line = 3 if plot.is_narrow else len(BANDS)
    lines = -(-len(BANDS) // per_line)
    for place, (_, words, opacity) in enumerate(BANDS):
        line, column = divmod(place, per_line)
        left = column * plot.width / per_line
        top = -LEGEND_HEIGHT * (lines - line)
        layers.append(
            {
                "data": {"values": [{}]},
                "mark": {"type": "rect", "color": colour("fail"), "opacity": opacity},
                "encoding": {
                    "x": {"value": left},
                    "x2": {"value": left + SQUARE},
                    "y": {"value": top},
                    "y2": {"value": top + SQUARE},
                },
            }
        )
        layers.append(days.named_at(left + SQUARE + 5, top + SQUARE / 2, words, "muted"))
    return layers
