"""What charts over the days of a month share: the axis of days, panels, bands of incidents, labels.

Belongs here: geometry in days and pixels. Does not belong here: which figures a chart shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from orchestration.report import formatting as fmt
from orchestration.report.charts.drawing import HOVER
from orchestration.report.document import Spec
from orchestration.report.style import AXIS_WIDTH, NARROW, WIDE, colour

LABEL_ROOM = 168
"""Pixels right of a wide plot for what its lines are called; a narrow one names them above."""
HEADROOM = 1.12
NAME_HEIGHT = 16
LABEL_LINE = 15
LABEL_ROW = 33
PIXELS_PER_CHARACTER = 6.6
GAP_BETWEEN_LABELS = 10
_TICKS = (1, 5, 10, 15, 20, 25, 30)
_TICKS_NARROW = (1, 10, 20, 30)


@dataclass(frozen=True)
class Month:
    """The days of one month as an x axis: day 7 lies between 6.5 and 7.5."""

    first: date

    @property
    def days(self) -> int:
        """How many days it has."""
        following = (self.first.replace(day=28) + timedelta(days=4)).replace(day=1)
        return (following - self.first).days

    @property
    def dates(self) -> list[date]:
        """Every day of it."""
        return [self.first + timedelta(days=place) for place in range(self.days)]


@dataclass(frozen=True)
class Plot:
    """The width of a chart's panels, and what follows from being wide, narrow, or the lowest.

    `room` is what a wide plot leaves free to its right.
    """

    month: Month
    is_narrow: bool
    is_last: bool = False
    room: int = 0

    @property
    def width(self) -> int:
        """Pixels between the axes."""
        return NARROW if self.is_narrow else WIDE - self.room

    @property
    def pixels_per_day(self) -> float:
        """Width of one day."""
        return self.width / self.month.days

    def x(self, field: str) -> Spec:
        """The axis of days; the lowest panel alone bears its labels."""
        ticks = _TICKS_NARROW if self.is_narrow else _TICKS
        title = f"Day of month, {fmt.month_text(self.month.first)}" if self.is_last else None
        return {
            "field": field,
            "type": "quantitative",
            "scale": {
                "domain": [0.5, self.month.days + 0.5],
                "nice": False,
                "zero": False,
                "padding": 0,
            },
            "axis": {
                "title": title,
                "titleAnchor": "start",
                "titlePadding": 3,
                "values": [day for day in ticks if day <= self.month.days],
                "labels": self.is_last,
                "ticks": self.is_last,
                "format": "d",
                "labelFlush": False,
            },
        }


@dataclass(frozen=True)
class Label:
    """Words above the days `first` to `last`: a heading and a line of detail."""

    first: int
    last: int
    heading: str
    detail: str

    @property
    def pixels(self) -> float:
        """Width of the longer line, roughly: it decides only which labels get a row of their own.

        The font's mean character is 6.2 pixels wide at this size; a little more is on the safe
        side.
        """
        return max(len(self.heading), len(self.detail)) * PIXELS_PER_CHARACTER


@dataclass(frozen=True)
class PlacedLabel:
    """A label with its middle in days and its row, counted from the plot upwards."""

    label: Label
    middle: float
    row: int


def placed(labels: Iterable[Label], plot: Plot) -> list[PlacedLabel]:
    """Each label over its days, moved inside the plot, in the lowest row where it has room."""
    found: list[PlacedLabel] = []
    ends: list[float] = []
    for label in sorted(labels, key=lambda one: (one.first, one.last, one.heading)):
        half = label.pixels / 2
        wanted = ((label.first + label.last) / 2 - 0.5) * plot.pixels_per_day
        middle = min(max(wanted, half), plot.width - half)
        row = next(
            (row for row, end in enumerate(ends) if end + GAP_BETWEEN_LABELS <= middle - half),
            len(ends),
        )
        if row == len(ends):
            ends.append(0)
        ends[row] = middle + half
        found.append(PlacedLabel(label, middle / plot.pixels_per_day + 0.5, row))
    return found


def label_layers(labels: Sequence[PlacedLabel], plot: Plot, *, above: int) -> list[Spec]:
    """The labels as text, `above` pixels over the plot; data set `labels`."""
    layers: list[Spec] = []
    for row in sorted({one.row for one in labels}):
        base = -above - row * LABEL_ROW
        for field, weight, up in (("heading", 600, LABEL_LINE), ("detail", 400, 0)):
            layers.append(
                {
                    "data": {"name": "labels"},
                    "transform": [{"filter": f"datum.row === {row}"}],
                    "mark": {
                        "type": "text",
                        "align": "center",
                        "baseline": "bottom",
                        "fontSize": 12,
                        "fontWeight": weight,
                        "color": colour("warn"),
                    },
                    "encoding": {
                        "x": plot.x("middle"),
                        "y": {"value": base - up},
                        "text": {"field": field, "type": "nominal"},
                    },
                }
            )
    return layers


def label_values(labels: Sequence[PlacedLabel]) -> list[dict[str, object]]:
    """Rows of the data set `labels`."""
    return [
        {
            "middle": round(one.middle, 3),
            "row": one.row,
            "heading": one.label.heading,
            "detail": one.label.detail,
        }
        for one in labels
    ]


def band_values(days: Iterable[int]) -> list[dict[str, float]]:
    """Rows of the data set `bands`: each run of days once, so that no band darkens another."""
    runs: list[tuple[int, int]] = []
    for day in sorted(set(days)):
        if runs and runs[-1][1] == day - 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return [{"from": first - 0.5, "to": last + 0.5} for first, last in runs]


def band_layer(plot: Plot) -> Spec:
    """Whole days behind the marks of a panel."""
    return {
        "data": {"name": "bands"},
        "mark": {"type": "rect", "color": colour("event"), "opacity": 0.75},
        "encoding": {"x": plot.x("from"), "x2": {"field": "to"}},
    }


def hover_layer(
    plot: Plot, name: str, tooltip: Sequence[str], *, field: str = "day", lit: float = 0.16
) -> Spec:
    """A transparent column per day that shows the day's figures and lights up under the pointer.

    Where the columns are of something else, `field` is what; `lit` is how opaque one then is.
    """
    return {
        "name": HOVER,
        "params": [
            {
                "name": name,
                "select": {
                    "type": "point",
                    "on": "pointerover",
                    "clear": "pointerout",
                    "fields": [field],
                },
            }
        ],
        "mark": {"type": "rect", "color": colour("edge")},
        "encoding": {
            "x": plot.x("from"),
            "x2": {"field": "to"},
            "opacity": {"condition": {"param": name, "empty": False, "value": lit}, "value": 0},
            "tooltip": [{"field": field, "type": "nominal"} for field in tooltip],
        },
    }


# How an axis prints seconds (9.5) and counts (120k): d3 formats, short enough for every axis.
SECONDS = "datum.value < 10000 ? ',.6~g' : '~s'"
COUNTS = "datum.value < 1000 ? ',d' : '~s'"


def y(field: str, highest: float, number_format: str, *, ticks: int = 3) -> Spec:
    """An axis from 0 to a little above the highest value."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [0, top_of(highest)], "nice": False, "padding": 0},
        "axis": {
            "title": None,
            "tickCount": ticks,
            "labelExpr": f"format(datum.value, {number_format})",
            "minExtent": AXIS_WIDTH,
            "maxExtent": AXIS_WIDTH,
        },
    }


def top_of(highest: float) -> float:
    """Where an axis ends whose highest value is `highest`."""
    return highest * HEADROOM if highest > 0 else 1.0


def bars(plot: Plot, at: str, height: Spec, name: str, share: float) -> Spec:
    """A layer of columns, `height` over the days `at`; one is `share` of a day wide."""
    return {
        "mark": {
            "type": "bar",
            "size": round(max(2.0, plot.pixels_per_day * share), 2),
            "color": colour(name),
        },
        "encoding": {
            "x": plot.x(at),
            "y": height,
        },
    }


def label_room(plot: Plot) -> Spec:
    """Empty room right of a wide plot: however long its labels, all plots are of one size."""
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rect", "opacity": 0},
        "encoding": {
            "x": {"value": plot.width},
            "x2": {"value": plot.width + (0 if plot.is_narrow else plot.room)},
        },
    }


def named_at(x: float, at: float, words: str, name: str, align: str = "left") -> Spec:
    """Words at a place of the plot, in the colour of the marks that they name."""
    return {
        "data": {"values": [{}]},
        "mark": {
            "type": "text",
            "align": align,
            "baseline": "middle",
            "fontWeight": 600,
            "color": colour(name),
        },
        "encoding": {"x": {"value": x}, "y": {"value": at}, "text": {"value": words}},
    }


def named_above(names: Sequence[tuple[str, str]], plot: Plot) -> list[Spec]:
    """Words and their colours above a narrow plot: one at its left end, another at its right."""
    ends = ((0.0, "left"), (float(plot.width), "right"))
    return [
        named_at(x, -NAME_HEIGHT / 2, words, name, align)
        for (words, name), (x, align) in zip(names, ends, strict=False)
    ]
