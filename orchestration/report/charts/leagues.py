"""Bars of a league: Users from best to worst, without names.

Belongs here: how they are drawn. Does not belong here: who has a place in a league (P1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from orchestration.report import formatting as fmt
from orchestration.report.charts import days
from orchestration.report.charts.drawing import HOVER, as_float, chart
from orchestration.report.document import Column, Figure, Kind, Line, Spec, Table
from orchestration.report.style import AXIS_WIDTH, NARROW, WIDE, colour

HEIGHT, WIDTH_OF_BAR, NAME_GAP = 150, 0.78, 15
STEP = 5
"""Percentage points of one step of the axis."""
TICKS = 5


@dataclass(frozen=True)
class Standing:
    """One place of a league: rank (None of Others), how many of what, and their share (percent)."""

    rank: int | None
    volume: int
    share: Decimal
    is_own: bool = False


@dataclass(frozen=True)
class League:
    """What a chart of a league is of.

    Attributes:
        id, table_id: of the figure and of its figures.
        caption: what it shows.
        volume: what is counted ("Top-ups").
        together: share of all Users, drawn as a line; None when there is none.
        minimum: agreed minimum, from which the bars then grow; else they grow from `together`.
    """

    id: str
    table_id: str
    caption: str
    volume: str
    together: Decimal | None
    minimum: Decimal | None = None

    @property
    def base(self) -> Decimal:
        """Where bars begin."""
        return self.minimum or self.together or Decimal(0)


def league_figure(league: League, places: Sequence[Standing]) -> Figure | None:
    """A bar for each place, best first and without names.

    None when there is no place, or all are of one share: bars without height show nothing.
    """
    if all(one.share == league.base for one in places):
        return None
    return Figure(
        league.id,
        league.caption,
        _league_alt(league, places),
        _league_spec(league, places, is_narrow=False),
        _league_spec(league, places, is_narrow=True),
        Table(
            league.table_id,
            f"{league.caption}: figures shown in the chart",
            (
                Column("place", "Place", Kind.COUNT),
                Column("volume", league.volume, Kind.COUNT),
                Column("share", "Succeeded", Kind.PERCENT),
            ),
            tuple(
                Line(
                    (
                        fmt.limit(one.rank, "count"),
                        fmt.count(one.volume),
                        fmt.percent(one.share),
                    )
                )
                for one in places
            ),
            ("league_table",),
            dash_note="Others have no place.",
        ),
    )


def _league_alt(league: League, places: Sequence[Standing]) -> str:
    ranked = [one for one in places if one.rank is not None]
    said = [f"Bars of Users in the order of the share that succeeded; {league.volume.lower()}."]
    if ranked:
        best, last = ranked[0], ranked[-1]
        said.append(
            f"First {fmt.percent(best.share).text}, last (place {last.rank}) "
            f"{fmt.percent(last.share).text}."
        )
    if league.together is not None:
        said.append(f"All Users together: {fmt.percent(league.together).text}.")
    own = next((one for one in places if one.is_own), None)
    if own is not None:
        said.append(f"Own bar, the dark one: {fmt.percent(own.share).text}.")
    return " ".join(said)


def _league_spec(league: League, places: Sequence[Standing], *, is_narrow: bool) -> Spec:
    width = NARROW if is_narrow else WIDE - days.LABEL_ROOM
    named = league.volume
    ranked = sum(one.rank is not None for one in places)
    ends = len(places) + 0.5 + (0.5 if ranked < len(places) else 0)
    x: Spec = {
        "field": "place",
        "type": "quantitative",
        "scale": {"domain": [0.5, ends], "nice": False, "zero": False, "padding": 0},
        "axis": {
            "title": "Users, best to worst; names withheld",
            "titleAnchor": "start",
            "titlePadding": 3,
            "labels": False,
            "ticks": False,
            "grid": False,
        },
    }
    y = _league_axis(league, places)
    bar: Spec = {
        "mark": {"type": "bar", "size": round(max(2.0, width / ends * WIDTH_OF_BAR), 2)},
        "encoding": {
            "x": x,
            "y": {**y, "field": "share"},
            "y2": {"field": "base"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
        },
    }
    values = [
        _league_value(league, named, one, place, place + (0 if one.rank is not None else 0.5))
        for place, one in enumerate(places, start=1)
    ]
    layers = [_room(width, is_narrow=is_narrow), bar, _base_line(y)]
    if ranked < len(places):
        layers.append(_others(x, ends - 0.5))
    own = next((value["place"] for value in values if value["is_own"]), None)
    if own is not None:
        layers.append(_own(x, own))
    if is_narrow:
        # Above the word "Own", which stands over its bar.
        above = days.NAME_HEIGHT * (1.5 if own is not None else 0.5)
        layers += [*_dotted(league, y), *_named_above(league, width, above)]
    else:
        layers += [*_dotted(league, y), *_named_beside(league, _least(league, places), width)]
    layers.append(
        {
            "name": HOVER,
            "mark": {"type": "rect", "opacity": 0},
            "encoding": {
                "x": {**x, "field": "from"},
                "x2": {"field": "to"},
                "tooltip": [
                    {"field": field, "type": "nominal"} for field in ("Place", named, "Succeeded")
                ],
            },
        }
    )
    return chart({"data": {"values": values}, "width": width, "height": HEIGHT, "layer": layers})


def _league_value(
    league: League, named: str, one: Standing, place: int, at: float
) -> dict[str, object]:
    is_above = one.share >= league.base
    below = "bad" if league.minimum is not None else "silent"
    return {
        "place": at,
        "from": at - 0.5,
        "to": at + 0.5,
        "share": as_float(one.share),
        "base": as_float(league.base),
        "is_own": one.is_own,
        "colour": colour("ink" if one.is_own else "soft" if is_above else below),
        "Place": "Others" if one.rank is None else str(place),
        named: fmt.grouped(one.volume),
        "Succeeded": fmt.percent(one.share).text,
    }


def _league_axis(league: League, places: Sequence[Standing]) -> Spec:
    """From the round figure below the worst, so that small differences are seen; the axis says so.

    A bar that ends at its base is one of the base's height.
    """
    return {
        "type": "quantitative",
        "scale": {
            "domain": [_least(league, places), 100],
            "nice": False,
            "zero": False,
            "padding": 0,
        },
        "axis": {
            "title": None,
            "tickCount": TICKS,
            "labelExpr": "format(datum.value, '~r') + '%'",
            "minExtent": AXIS_WIDTH,
            "maxExtent": AXIS_WIDTH,
        },
    }


def _least(league: League, places: Sequence[Standing]) -> float:
    """Share at the foot of the axis."""
    lowest = min(float(league.base), *(float(one.share) for one in places))
    return max(0.0, lowest // STEP * STEP - (STEP if lowest % STEP == 0 else 0))


def _base_line(y: Spec) -> Spec:
    return {
        "mark": {"type": "rule", "color": colour("ink"), "strokeWidth": 1.4},
        "encoding": {"y": {**y, "field": "base", "aggregate": "max"}},
    }


def _lines(league: League) -> list[tuple[str, Decimal, str]]:
    """What each line of the chart is, its share and its colour, the highest first."""
    lines = [("All Users", league.together, "accent"), ("Minimum", league.minimum, "ink")]
    found = ((words, share, name) for words, share, name in lines if share is not None)
    return sorted(found, key=lambda line: -line[1])


def _dotted(league: League, y: Spec) -> list[Spec]:
    """The share of all Users, where bars do not grow from it."""
    if league.minimum is None or league.together is None:
        return []
    return [
        {
            "data": {"values": [{"share": as_float(league.together)}]},
            "mark": {
                "type": "rule",
                "color": colour("accent"),
                "strokeDash": [2, 3],
                "strokeWidth": 2,
            },
            "encoding": {"y": {**y, "field": "share"}},
        }
    ]


def _named_beside(league: League, least: float, width: int) -> list[Spec]:
    """What the lines are, at their right ends and kept apart."""
    layers: list[Spec] = []
    previous: float | None = None
    for words, share, name in _lines(league):
        at = HEIGHT * (100 - float(share)) / (100 - least)
        if previous is not None:
            at = max(at, previous + NAME_GAP)
        previous = at
        layers.append(days.named_at(width + 8, at, f"{words} {fmt.percent(share).text}", name))
    return layers


def _named_above(league: League, width: int, above: float) -> list[Spec]:
    """What the lines are, above a narrow plot: beside them they would lie on the bars."""
    ends = ((float(width), "right"), (0.0, "left"))
    return [
        days.named_at(x, -above, f"{words} {fmt.percent(share).text}", name, align)
        for (words, share, name), (x, align) in zip(_lines(league), ends, strict=False)
    ]


def _others(x: Spec, at: float) -> Spec:
    """What the bar apart is, under it."""
    return {
        "data": {"values": [{"place": at}]},
        "mark": {"type": "text", "baseline": "top", "color": colour("muted"), "align": "center"},
        "encoding": {"x": x, "y": {"value": HEIGHT + 4}, "text": {"value": "Others"}},
    }


def _own(x: Spec, at: object) -> Spec:
    """Which bar is the own one, above the plot: it may be too short to be seen."""
    return {
        "data": {"values": [{"place": at}]},
        "mark": {"type": "text", "baseline": "bottom", "fontWeight": 600, "color": colour("ink")},
        "encoding": {"x": x, "y": {"value": -4}, "text": {"value": "Own"}},
    }


def _room(width: int, *, is_narrow: bool) -> Spec:
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rect", "opacity": 0},
        "encoding": {
            "x": {"value": width},
            "x2": {"value": width + (0 if is_narrow else days.LABEL_ROOM)},
        },
    }
