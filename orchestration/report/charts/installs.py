"""Charts of installs over the days of a month, a panel for each region.

Belongs here: installs that succeeded beside those that failed, and installs attempted beside what
was predicted; a panel may be of a User too. Does not belong here: how a prediction is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from orchestration.report import formatting as fmt
from orchestration.report.charts import days
from orchestration.report.charts.days import Month, Plot
from orchestration.report.charts.drawing import chart
from orchestration.report.document import Column, Figure, Kind, Line, Spec, Table
from orchestration.report.marts import Row

Panels = Mapping[str, Mapping[date, Row]]
"""Name of a panel → day → its row of the mart."""

HEIGHT, SPACING, OFFSET, SHARE = 60, 8, 0.2, 0.38
NO_HISTORY = "A dash stands where the week before has no history."


@dataclass(frozen=True)
class Pair:
    """Two columns of a day: field of the mart, its name, its colour."""

    left: tuple[str, str, str]
    right: tuple[str, str, str]

    @property
    def both(self) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
        """Left before right."""
        return (self.left, self.right)


OUTCOME = Pair(("succeeded", "Succeeded", "accent"), ("failed", "Failed", "fail"))
EXPECTATION = Pair(("attempted", "Attempted", "accent"), ("predicted", "Predicted", "silent"))


@dataclass(frozen=True)
class Source:
    """Where the rows of a chart are from: the mart, and what a panel of them is."""

    mart: str
    panel: str


BY_REGION = Source("install_daily", "Region")
BY_USER = Source("install_by_party", "User")


def install_figure(
    name: str, caption: str, month: date, panels: Panels, pair: Pair, *, source: Source = BY_REGION
) -> Figure | None:
    """Two columns by day, a panel for each region in `panels`; None when there is no panel.

    Args:
        name: what its ids are made of.
        caption: what it shows.
        month: first day of the month.
        panels: the panels in their order.
        pair: which two figures of a day stand beside each other.
        source: what a panel is of, if not of a region.
    """
    if not panels:
        return None
    axis = Month(month)
    return Figure(
        f"figure-{name}",
        caption,
        _alt(panels, pair),
        _spec(panels, Plot(axis, is_narrow=False, room=days.LABEL_ROOM), pair),
        _spec(panels, Plot(axis, is_narrow=True), pair),
        Table(
            f"figure_{name.replace('-', '_')}",
            f"{caption}: figures shown in the chart",
            (
                Column("panel", source.panel),
                Column("day", "Day", Kind.DATE),
                *(Column(field, words, Kind.COUNT) for field, words, _ in pair.both),
            ),
            tuple(
                Line(
                    (
                        fmt.text(region),
                        fmt.day(day),
                        *(fmt.limit(row.number(field), "count") for field, _, _ in pair.both),
                    )
                )
                for region, by_day in panels.items()
                for day, row in sorted(by_day.items())
            ),
            (source.mart,),
            dash_note=NO_HISTORY,
        ),
    )


def _count(row: Row, field: str) -> int | None:
    return None if row.number(field) is None else row.whole(field)


def _alt(panels: Panels, pair: Pair) -> str:
    said = []
    for region, by_day in panels.items():
        peaks = []
        for field, words, _ in pair.both:
            known = {day: count for day, row in by_day.items() if (count := _count(row, field))}
            if known:
                peak = max(sorted(known), key=lambda day: known[day])
                peaks.append(f"most {words.lower()} on {fmt.day_text(peak)}, {known[peak]}")
        said.append(f"{region}: {'; '.join(peaks) or 'none'}.")
    names = " beside ".join(words for _, words, _ in pair.both)
    return f"Columns by day of the month, {names.lower()}, all on one scale. {' '.join(said)}"


def _spec(panels: Panels, plot: Plot, pair: Pair) -> Spec:
    counts = [
        count
        for by_day in panels.values()
        for row in by_day.values()
        for field, _, _ in pair.both
        if (count := _count(row, field)) is not None
    ]
    drawn = [
        _panel(
            region,
            by_day,
            replace(plot, is_last=place == len(panels) - 1),
            max(counts, default=0),
            pair,
            place=place,
        )
        for place, (region, by_day) in enumerate(panels.items())
    ]
    return chart({"vconcat": drawn, "spacing": SPACING})


def _value(day: date, row: Row, pair: Pair) -> dict[str, object]:
    counts = {field: _count(row, field) for field, _, _ in pair.both}
    return {
        "day": day.day,
        "from": day.day - 0.5,
        "to": day.day + 0.5,
        "left": round(day.day - OFFSET, 2),
        "right": round(day.day + OFFSET, 2),
        "Day": fmt.day_text(day),
        **counts,
        **{
            words: "No history" if counts[field] is None else fmt.grouped(counts[field] or 0)
            for field, words, _ in pair.both
        },
    }


def _panel(
    region: str,
    by_day: Mapping[date, Row],
    plot: Plot,
    highest: int,
    pair: Pair,
    *,
    place: int,
) -> Spec:
    (left, _, left_colour), (right, _, right_colour) = pair.both
    height = days.y(left, highest, days.COUNTS, ticks=2)
    names = [(words, name) for _, words, name in pair.both]
    return {
        "title": region,
        "data": {"values": [_value(day, row, pair) for day, row in sorted(by_day.items())]},
        "width": plot.width,
        "height": HEIGHT,
        "layer": [
            days.label_room(plot),
            days.bars(plot, "left", height, left_colour, SHARE),
            days.bars(plot, "right", {**height, "field": right}, right_colour, SHARE),
            *(_named(names, plot) if place == 0 else ()),
            days.hover_layer(plot, f"on_{left}_{place}", ("Day", *dict(names))),
        ],
    }


def _named(names: Sequence[tuple[str, str]], plot: Plot) -> list[Spec]:
    """What the two colours are, once: right of a wide plot, above a narrow one."""
    if plot.is_narrow:
        return days.named_above(names, plot)
    middle = (HEIGHT - days.NAME_HEIGHT) / 2
    return [
        days.named_at(plot.width + OFFSET * HEIGHT, middle + place * days.NAME_HEIGHT, words, name)
        for place, (words, name) in enumerate(names)
    ]
