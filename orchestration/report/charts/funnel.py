"""Chart of a funnel: of each region, how much of what was begun reached each step.

Belongs here: bars that begin at one side, each step under the one before it. Does not belong here:
what the steps are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.report import formatting as fmt
from orchestration.report.charts.drawing import chart
from orchestration.report.document import Column, Figure, Kind, Line, Spec, Table
from orchestration.report.style import NARROW, WIDE, colour

STEP_NAMES = 108
"""Width of the names of steps, left of the bars; they are longer than those of other charts."""
ROOM = 64
"""Pixels right of the bars for the count of a full one."""
BAR, STEP, SPACING = 13, 20, 10


@dataclass(frozen=True)
class Funnel:
    """A panel: its name, and how many were left at each step."""

    name: str
    counts: tuple[int, ...]


def funnel_figure(
    name: str, caption: str, steps: Sequence[str], panels: Sequence[Funnel], source: str
) -> Figure | None:
    """A panel for each of `panels` that began with any; None when none did.

    Args:
        name: what its ids are made of.
        caption: what it shows.
        steps: names of the steps, the first one first.
        panels: the panels in their order.
        source: mart of the figures.
    """
    drawn = [panel for panel in panels if panel.counts[0] > 0]
    if not drawn:
        return None
    return Figure(
        f"figure-{name}",
        caption,
        _alt(steps, drawn),
        _spec(steps, drawn, WIDE - STEP_NAMES - ROOM),
        _spec(steps, drawn, NARROW - STEP_NAMES - ROOM // 2),
        Table(
            f"figure_{name.replace('-', '_')}",
            f"{caption}: figures shown in the chart",
            (
                Column("name", "Region"),
                *(Column(f"step_{place}", step, Kind.COUNT) for place, step in enumerate(steps, 1)),
            ),
            tuple(
                Line((fmt.text(panel.name), *(fmt.count(count) for count in panel.counts)))
                for panel in drawn
            ),
            (source,),
        ),
    )


def _alt(steps: Sequence[str], panels: Sequence[Funnel]) -> str:
    said = "; ".join(
        f"{panel.name}: "
        + ", ".join(
            f"{step.lower()} {fmt.grouped(count)}"
            for step, count in zip(steps, panel.counts, strict=True)
        )
        for panel in panels
    )
    return (
        "Bars, a panel for each region; in a panel a bar for each step, as long as its share of "
        f"the first. {said}."
    )


def _spec(steps: Sequence[str], panels: Sequence[Funnel], width: int) -> Spec:
    return chart({"vconcat": [_panel(steps, panel, width) for panel in panels], "spacing": SPACING})


def _panel(steps: Sequence[str], panel: Funnel, width: int) -> Spec:
    first = panel.counts[0]
    y: Spec = {
        "field": "step",
        "type": "nominal",
        "sort": list(steps),
        "axis": {
            "title": None,
            "minExtent": STEP_NAMES,
            "maxExtent": STEP_NAMES,
            "labelColor": colour("ink"),
            "labelLimit": 0,
            "grid": False,
        },
    }
    x: Spec = {
        "field": "part",
        "type": "quantitative",
        # More HANs than images, where one device has two hubs, fill the bar.
        "scale": {"domain": [0, 1], "nice": False, "padding": 0, "clamp": True},
        "axis": None,
    }
    return {
        "title": panel.name,
        "data": {
            "values": [
                {"step": step, "part": count / first, "Count": fmt.grouped(count), "Of": panel.name}
                for step, count in zip(steps, panel.counts, strict=True)
            ]
        },
        "width": width,
        "height": {"step": STEP},
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "bar", "height": BAR, "color": colour("accent")},
                "encoding": {
                    "x": x,
                    "tooltip": [
                        {"field": field, "type": "nominal"} for field in ("Of", "step", "Count")
                    ],
                },
            },
            {
                "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6},
                "encoding": {"x": x, "text": {"field": "Count", "type": "nominal"}},
            },
        ],
    }
