"""The RSVP chart: rate, speed, volume and payload of one process in one region, day by day.

Belongs here: four panels over the days of the month. The daily mean has a panel of its own, because
the longest round trip of a day is often a hundred times the mean and one scale would flatten it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from orchestration.report import formatting as fmt
from orchestration.report.charts import days
from orchestration.report.charts.days import Label, Month, Plot
from orchestration.report.charts.drawing import as_float, chart
from orchestration.report.document import Cell, Column, Figure, Kind, Line, Spec, Table
from orchestration.report.marts import Row
from orchestration.report.style import colour

MEAN_HEIGHT, LONGEST_HEIGHT, VOLUME_HEIGHT, FAILURE_HEIGHT = 96, 46, 42, 58
PANEL_SPACING = 7
LABEL_INDENT = 9
FAILURE_OFFSET, FAILURE_SHARE = 0.2, 0.38
VOLUME_SHARE = 0.74
TOOLTIP = (
    "Day", "Mean RTT", "Longest RTT", "Requests", "Not delivered", "Without response", "Incidents",
)  # fmt: skip
SILENT, UNDELIVERED, MEAN = "Without response", "Not delivered", "Daily mean"


@dataclass(frozen=True)
class Marked:
    """A Major Incident over days of the month; `said` describes it in the text alternative."""

    incident_id: str
    first_day: int
    last_day: int
    detail: str
    said: str

    @property
    def label(self) -> Label:
        """What stands over its days."""
        return Label(self.first_day, self.last_day, self.incident_id, self.detail)

    def is_on(self, day: int) -> bool:
        """Whether it lasted into this day of the month."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Shown:
    """What one RSVP chart is of."""

    id: str
    table_id: str
    process: str
    region: str
    month: date


def rsvp_figure(shown: Shown, rows: Sequence[Row], incidents: Sequence[Marked]) -> Figure | None:
    """The chart of one cell from its rows of `rsvp_daily`; None when no day has any."""
    by_day: dict[date, Row] = {}
    for row in rows:
        day = row.day("activity_date")
        if day is not None:
            by_day[day] = row
    if not by_day:
        return None
    month = Month(shown.month)
    values = [_value(day, by_day.get(day), incidents) for day in month.dates]
    title = f"{shown.process}, {shown.region}"
    return Figure(
        shown.id,
        f"{title}: round-trip time, volume and failures by day",
        _alt(by_day, incidents),
        _spec(values, by_day, incidents, Plot(month, is_narrow=False, room=days.LABEL_ROOM)),
        _spec(values, by_day, incidents, Plot(month, is_narrow=True)),
        _data(shown.table_id, title, by_day, incidents),
    )


def _on(day: date, incidents: Sequence[Marked]) -> list[str]:
    return [one.incident_id for one in incidents if one.is_on(day.day)]


def _seconds(row: Row, name: str) -> Cell:
    value = row.number(name)
    return fmt.not_applicable(Kind.SECONDS) if value is None else fmt.seconds(value)


def _value(day: date, row: Row | None, incidents: Sequence[Marked]) -> dict[str, object]:
    """One day of the chart; a day that has no row keeps its place and breaks the lines."""
    place = day.day
    base: dict[str, object] = {
        "day": place,
        "from": place - 0.5,
        "to": place + 0.5,
        "left": round(place - FAILURE_OFFSET, 2),
        "right": round(place + FAILURE_OFFSET, 2),
        "Day": fmt.day_text(day),
        "Incidents": ", ".join(_on(day, incidents)) or "None",
    }
    if row is None:
        return {**base, **dict.fromkeys(TOOLTIP[1:-1], "None"), "mean": None, "longest": None}
    return {
        **base,
        "mean": as_float(row.number("mean_rtt_seconds")),
        "longest": as_float(row.number("max_rtt_seconds")),
        "volume": row.whole("volume"),
        "undelivered": row.whole("delivery_failures"),
        "silent": row.whole("without_response"),
        "Mean RTT": _said(row, "mean_rtt_seconds"),
        "Longest RTT": _said(row, "max_rtt_seconds"),
        "Requests": fmt.count(row.whole("volume")).text,
        "Not delivered": fmt.count(row.whole("delivery_failures")).text,
        "Without response": fmt.count(row.whole("without_response")).text,
    }


def _said(row: Row, name: str) -> str:
    value = row.number(name)
    return "None" if value is None else f"{fmt.seconds(value).text} s"


def _data(
    table_id: str, title: str, by_day: Mapping[date, Row], incidents: Sequence[Marked]
) -> Table:
    return Table(
        table_id,
        f"{title}: daily figures shown in the chart",
        (
            Column("day", "Day", Kind.DATE),
            Column("mean", "Mean RTT (s)", Kind.SECONDS),
            Column("longest", "Longest RTT (s)", Kind.SECONDS),
            Column("volume", "Requests", Kind.COUNT),
            Column("undelivered", UNDELIVERED, Kind.COUNT),
            Column("silent", SILENT, Kind.COUNT),
            Column("incidents", "Major Incidents"),
        ),
        tuple(
            Line(
                (
                    fmt.day(day),
                    _seconds(row, "mean_rtt_seconds"),
                    _seconds(row, "max_rtt_seconds"),
                    fmt.count(row.whole("volume")),
                    fmt.count(row.whole("delivery_failures")),
                    fmt.count(row.whole("without_response")),
                    fmt.text(", ".join(_on(day, incidents))),
                )
            )
            for day, row in sorted(by_day.items())
        ),
        ("rsvp_daily", "major_incidents"),
        dash_note="A dash stands where no request of the day was answered.",
    )


def _peak(by_day: Mapping[date, Row], name: str) -> tuple[date, Row] | None:
    """The first day with the highest value of a column."""
    known = [(day, row) for day, row in sorted(by_day.items()) if row.number(name) is not None]
    return max(known, key=lambda one: one[1].number(name) or 0, default=None)


def _alt(by_day: Mapping[date, Row], incidents: Sequence[Marked]) -> str:
    said = ["Four panels over the days of the month."]
    mean = _peak(by_day, "mean_rtt_seconds")
    if mean is not None:
        whole = mean[1].number("month_mean_rtt_seconds")
        against = "" if whole is None else f"; mean of the month {fmt.seconds(whole).text} s"
        said.append(
            f"Daily mean round-trip time: highest on {fmt.day_text(mean[0])}, "
            f"{_said(mean[1], 'mean_rtt_seconds')}{against}."
        )
    longest = _peak(by_day, "max_rtt_seconds")
    if longest is not None:
        said.append(
            f"Longest round-trip time: {_said(longest[1], 'max_rtt_seconds')} "
            f"on {fmt.day_text(longest[0])}."
        )
    for name, words in (
        ("volume", "Most requests"),
        ("without_response", "Most requests without response"),
        ("delivery_failures", "Most requests not delivered"),
    ):
        found = _peak(by_day, name)
        if found is not None:
            count = fmt.count(found[1].whole(name)).text
            said.append(f"{words}: {count} on {fmt.day_text(found[0])}.")
    marked = "; ".join(one.said for one in incidents)
    said.append(f"Major Incidents marked: {marked}." if marked else "No Major Incident is marked.")
    return " ".join(said)


def _highest(values: Sequence[Mapping[str, object]], *names: str) -> float:
    found = [
        float(value)
        for one in values
        for name in names
        if isinstance(value := one.get(name), int | float)
    ]
    return max(found, default=0.0)


def _spec(
    values: list[dict[str, object]],
    by_day: Mapping[date, Row],
    incidents: Sequence[Marked],
    plot: Plot,
) -> Spec:
    labels = days.placed([one.label for one in incidents], plot)
    marked = [day for one in incidents for day in range(one.first_day, one.last_day + 1)]
    return chart(
        {
            "datasets": {
                "days": values,
                "bands": days.band_values(marked),
                "labels": days.label_values(labels),
            },
            "vconcat": [
                _mean_panel(values, by_day, labels, plot),
                _longest_panel(values, plot),
                _volume_panel(values, plot),
                _failure_panel(values, replace(plot, is_last=True)),
            ],
            "spacing": PANEL_SPACING,
        }
    )


def _panel(title: str, height: int, plot: Plot, layers: list[Spec]) -> Spec:
    """A panel over the days, the incidents' bands behind its marks."""
    return {
        "title": title,
        "data": {"name": "days"},
        "width": plot.width,
        "height": height,
        "layer": [days.label_room(plot), days.band_layer(plot), *layers],
    }


def _mean_panel(
    values: list[dict[str, object]],
    by_day: Mapping[date, Row],
    labels: Sequence[days.PlacedLabel],
    plot: Plot,
) -> Spec:
    month_mean = next(
        (
            mean
            for _, row in sorted(by_day.items())
            if (mean := row.number("month_mean_rtt_seconds")) is not None
        ),
        None,
    )
    highest = max(_highest(values, "mean"), as_float(month_mean) or 0.0)
    height = days.y("mean", highest, days.SECONDS, ticks=4)
    layers: list[Spec] = []
    names: list[tuple[float, str, str]] = []
    top = days.top_of(highest)
    if month_mean is not None:
        level = float(month_mean)
        layers.append(
            {
                "data": {"values": [{"level": level}]},
                "mark": {"type": "rule", "color": colour("bad"), "strokeDash": [2, 3], "size": 2},
                "encoding": {"y": {**height, "field": "level"}},
            }
        )
        names.append((level, f"Month mean {fmt.seconds(month_mean).text} s", "bad"))
    last = [value for one in values if isinstance(value := one["mean"], float)]
    if last:
        names.append((last[-1], MEAN, "accent"))
    layers.append(_line(plot, height, "accent", 2.4))
    layers.extend(_names(names, top, plot))
    above = days.NAME_HEIGHT + 4 if plot.is_narrow and names else 4
    layers.extend(days.label_layers(labels, plot, above=above))
    layers.append(days.hover_layer(plot, "on_mean", TOOLTIP))
    return _panel("Mean round-trip time, seconds", MEAN_HEIGHT, plot, layers)


def _line(plot: Plot, height: Spec, name: str, size: float) -> Spec:
    """A line with its days as dots: a day between two without traffic is no line."""
    return {
        "mark": {
            "type": "line",
            "color": colour(name),
            "strokeWidth": size,
            "point": {"filled": True, "size": 16, "color": colour(name)},
        },
        "encoding": {"x": plot.x("day"), "y": height},
    }


def _names(names: Sequence[tuple[float, str, str]], top: float, plot: Plot) -> list[Spec]:
    """Names of the lines: at their ends, kept apart; side by side above a narrow plot."""
    if plot.is_narrow:
        return days.named_above([(words, name) for _, words, name in reversed(names)], plot)
    found: list[Spec] = []
    floor = float("-inf")
    for level, words, name in sorted(names, key=lambda one: -one[0]):
        at = max(MEAN_HEIGHT * (1 - level / top), floor)
        floor = at + days.NAME_HEIGHT
        found.append(days.named_at(plot.width + LABEL_INDENT, round(at, 1), words, name))
    return found


def _longest_panel(values: list[dict[str, object]], plot: Plot) -> Spec:
    height = days.y("longest", _highest(values, "longest"), days.SECONDS, ticks=2)
    return _panel(
        "Longest round-trip time, seconds",
        LONGEST_HEIGHT,
        plot,
        [
            _line(plot, height, "soft", 1.4),
            days.hover_layer(plot, "on_longest", TOOLTIP),
        ],
    )


def _volume_panel(values: list[dict[str, object]], plot: Plot) -> Spec:
    height = days.y("volume", _highest(values, "volume"), days.COUNTS, ticks=2)
    return _panel(
        "Requests",
        VOLUME_HEIGHT,
        plot,
        [
            days.bars(plot, "day", height, "bar", VOLUME_SHARE),
            days.hover_layer(plot, "on_volume", TOOLTIP),
        ],
    )


def _failure_panel(values: list[dict[str, object]], plot: Plot) -> Spec:
    """Requests without response beside those not delivered; one request can be both."""
    height = days.y("silent", _highest(values, "silent", "undelivered"), days.COUNTS, ticks=2)
    names = ((SILENT, "silent"), (UNDELIVERED, "fail"))
    middle = (FAILURE_HEIGHT - days.NAME_HEIGHT) / 2
    named = (
        days.named_above(names, plot)
        if plot.is_narrow
        else [
            days.named_at(plot.width + LABEL_INDENT, middle + place * days.NAME_HEIGHT, words, name)
            for place, (words, name) in enumerate(names)
        ]
    )
    return _panel(
        "Failures",
        FAILURE_HEIGHT,
        plot,
        [
            days.bars(plot, "left", height, "silent", FAILURE_SHARE),
            days.bars(plot, "right", {**height, "field": "undelivered"}, "fail", FAILURE_SHARE),
            *named,
            days.hover_layer(plot, "on_failures", TOOLTIP),
        ],
    )
