"""Charts of alerts by day: a panel of columns for each code, or for each region of one code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from orchestration.report import formatting as fmt
from orchestration.report.charts import days
from orchestration.report.charts.days import Month, Plot
from orchestration.report.charts.drawing import chart
from orchestration.report.document import Column, Figure, Kind, Line, Spec, Table
from orchestration.report.style import colour

Volumes = Mapping[str, Mapping[date, int]]
"""Name of a panel → day → alerts."""

HEIGHT, SPACING, SHARE = 56, 8, 0.74


def alert_figure(
    name: str,
    caption: str,
    header: str,
    month: date,
    volumes: Volumes,
    *,
    is_one_scale: bool,
) -> Figure | None:
    """Columns by day, a panel for each name in `volumes`; None when there is no panel.

    Args:
        name: what its ids are made of.
        caption: what it shows.
        header: what a panel is of ("Code", "Region").
        month: first day of the month.
        volumes: the panels in their order.
        is_one_scale: whether the panels are to be compared with each other.
    """
    if not volumes:
        return None
    axis = Month(month)
    return Figure(
        f"figure-{name}",
        caption,
        _alt(volumes, is_one_scale=is_one_scale),
        _spec(volumes, Plot(axis, is_narrow=False), is_one_scale=is_one_scale),
        _spec(volumes, Plot(axis, is_narrow=True), is_one_scale=is_one_scale),
        Table(
            f"figure_{name.replace('-', '_')}",
            f"{caption}: figures shown in the chart",
            (
                Column("panel", header),
                Column("day", "Day", Kind.DATE),
                Column("alerts", "Alerts", Kind.COUNT),
            ),
            tuple(
                Line((fmt.text(name), fmt.day(day), fmt.count(count)))
                for name, by_day in volumes.items()
                for day, count in sorted(by_day.items())
            ),
            ("alert_volumes_daily",),
        ),
    )


def _peak(by_day: Mapping[date, int]) -> date:
    """The first day with the most alerts."""
    return max(sorted(by_day), key=lambda day: by_day[day])


def _alt(volumes: Volumes, *, is_one_scale: bool) -> str:
    said = [
        f"{name}: most on {fmt.day_text(_peak(by_day))}, {fmt.grouped(by_day[_peak(by_day)])}"
        for name, by_day in volumes.items()
        if by_day
    ]
    scale = "all on one scale" if is_one_scale else "each with its own scale"
    return f"Columns by day of the month, panels {scale}. {'; '.join(said)}."


def _spec(volumes: Volumes, plot: Plot, *, is_one_scale: bool) -> Spec:
    most = max((count for by_day in volumes.values() for count in by_day.values()), default=0)
    names = list(volumes)
    panels: list[Spec] = []
    for place, (name, by_day) in enumerate(volumes.items()):
        own = max(by_day.values(), default=0)
        panels.append(
            _panel(
                name,
                by_day,
                replace(plot, is_last=place == len(names) - 1),
                most if is_one_scale else own,
                place,
            )
        )
    return chart({"vconcat": panels, "spacing": SPACING})


def _panel(name: str, by_day: Mapping[date, int], plot: Plot, highest: int, place: int) -> Spec:
    peak = _peak(by_day) if by_day else None
    values: list[dict[str, object]] = [
        {
            "day": day.day,
            "from": day.day - 0.5,
            "to": day.day + 0.5,
            "alerts": count,
            "Day": fmt.day_text(day),
            "Alerts": fmt.grouped(count),
            "labelled": day == peak and count > 0,
        }
        for day, count in sorted(by_day.items())
    ]
    # Room above the highest column for its label.
    height = days.y("alerts", highest * days.HEADROOM, days.COUNTS, ticks=2)
    return {
        "title": name,
        "data": {"values": values},
        "width": plot.width,
        "height": HEIGHT,
        "layer": [
            days.bars(plot, "day", height, "soft", SHARE),
            {
                "transform": [{"filter": "datum.labelled"}],
                "mark": {
                    "type": "text",
                    "dy": -8,
                    "fontWeight": 600,
                    "color": colour("ink"),
                    # A label at the edge of the month stays inside the plot.
                    "align": _aligned(peak, plot),
                },
                "encoding": {
                    "x": plot.x("day"),
                    "y": height,
                    "text": {"field": "Alerts", "type": "nominal"},
                },
            },
            days.hover_layer(plot, f"on_alerts_{place}", ("Day", "Alerts")),
        ],
    }


def _aligned(peak: date | None, plot: Plot) -> str:
    if peak is None or 1 < peak.day < plot.month.days - 1:
        return "center"
    return "left" if peak.day == 1 else "right"
