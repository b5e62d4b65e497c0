"""Requests and installs of each hour of a month, as deviation from their norm.

Belongs here: two panels over the hours of a month, with the Incidents of Category 1 and 2 as bands.
Does not belong here: what a norm is, and how an Incident is told in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from orchestration.report import formatting as fmt
from orchestration.report.charts import days
from orchestration.report.charts.days import Label, Month, Plot
from orchestration.report.charts.drawing import as_float, chart
from orchestration.report.document import Cell, Column, Figure, Kind, Line, Spec, Table
from orchestration.report.marts import Row
from orchestration.report.style import AXIS_WIDTH, colour

# Of an hour under the pointer: its column is too thin for what lights up a day.
LIT = 0.3
HEIGHT, SPACING, LABEL_INDENT = 84, 10, 9
HOURS_PER_DAY, MINUTES_PER_HOUR = 24, 60
LEAST_SHADED = 2.0
"""Days without a norm from which on there is room to say so."""
WHATS = (("requests", "Requests"), ("installs", "Installs"))
ABOVE, BELOW = "Above the norm", "Below the norm"
COMPARED = "compared"
NO_NORM = "No norm yet"


@dataclass(frozen=True)
class HourIncident:
    """A Category 1 or 2 Incident and the times that its impact lasted (UTC)."""

    incident_id: str
    category: int
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True)
class HoursShown:
    """What a chart of hours is of: ids, the month and its local time."""

    id: str
    table_id: str
    source: str
    month: date
    zone: ZoneInfo


def degradation_figure(
    shown: HoursShown, rows: Sequence[Row], incidents: Sequence[HourIncident]
) -> Figure | None:
    """Deviation from the norm by hour; None where no hour has a norm to be held against.

    Args:
        shown: what its ids are, and the month.
        rows: hours of one region of `service_degradation`, in their order.
        incidents: those whose impact lasted into the month, each once.
    """
    compared = [
        row for row in rows if any(row.text(f"{what}_state") == COMPARED for what, _ in WHATS)
    ]
    if not compared:
        return None
    return Figure(
        shown.id,
        "Requests and installs by hour, against the norm of the same hour of the week",
        _alt(shown, compared, incidents),
        _spec(
            shown,
            compared,
            incidents,
            Plot(Month(shown.month), is_narrow=False, room=days.LABEL_ROOM),
        ),
        _spec(shown, compared, incidents, Plot(Month(shown.month), is_narrow=True)),
        Table(
            shown.table_id,
            "Requests and installs by hour, against the norm: figures shown in the chart",
            (
                Column("hour", "Hour", Kind.TIMESTAMP),
                *(
                    one
                    for what, words in WHATS
                    for one in (
                        Column(what, words, Kind.COUNT),
                        Column(f"{what}_norm", f"Norm of {words.lower()}", Kind.DECIMAL),
                        Column(f"{what}_deviation", "Deviation, of the norm", Kind.DECIMAL),
                    )
                ),
                Column("incidents", "Incidents"),
            ),
            tuple(
                Line(
                    (
                        _hour(shown, row),
                        *(cell for what, _ in WHATS for cell in _cells(row, what)),
                        fmt.text((row.words("incident_ids") or "").replace("|", ", ")),
                    )
                )
                for row in compared
            ),
            (shown.source,),
            dash_note="A dash stands where nothing was to be expected, or there is no norm.",
        ),
    )


def _hour(shown: HoursShown, row: Row) -> Cell:
    return fmt.timestamp(_moment(row), shown.zone)


def _moment(row: Row) -> datetime:
    moment = row.moment("started_at")
    if moment is None:
        raise ValueError("an hour of the month has no beginning")
    return moment


def _cells(row: Row, what: str) -> tuple[Cell, Cell, Cell]:
    norm, deviation = row.number(f"{what}_norm"), row.number(f"{what}_deviation")
    return (
        fmt.limit(row.number(what), "count"),
        fmt.not_applicable(Kind.DECIMAL) if norm is None else fmt.decimal(norm),
        fmt.not_applicable(Kind.DECIMAL) if deviation is None else fmt.decimal(deviation),
    )


def _alt(shown: HoursShown, rows: Sequence[Row], incidents: Sequence[HourIncident]) -> str:
    said = []
    for what, words in WHATS:
        found = [row for row in rows if row.number(f"{what}_deviation") is not None]
        if found:
            lowest = min(found, key=lambda row: (row.number(f"{what}_deviation"), _moment(row)))
            actual, norm, _ = _cells(lowest, what)
            said.append(
                f"{words}: furthest below it in the hour from {_hour(shown, lowest).text}, "
                f"{actual.text} against {norm.text}."
            )
    named = ", ".join(one.incident_id for one in incidents)
    ending = f" Bands mark the impact of {named}." if named else ""
    return f"Bars by hour, up and down from the norm. {' '.join(said)}{ending}"


def _spec(
    shown: HoursShown, rows: Sequence[Row], incidents: Sequence[HourIncident], plot: Plot
) -> Spec:
    bands = [(one, _band(shown, one, plot.month.days)) for one in incidents]
    labels = days.placed(
        (
            Label(
                int(band["from"] + 0.5),
                int(band["to"] + 0.5),
                one.incident_id,
                f"Cat {one.category}",
            )
            for one, band in bands
        ),
        plot,
    )
    return chart(
        {
            "datasets": {
                "bands": [band for _, band in bands],
                "labels": days.label_values(labels),
            },
            "data": {"values": [_value(shown, row) for row in rows]},
            "vconcat": [
                _panel(
                    what,
                    words,
                    rows,
                    replace(plot, is_last=place == len(WHATS) - 1),
                    labels if place == 0 else (),
                )
                for place, (what, words) in enumerate(WHATS)
            ],
            "spacing": SPACING,
        }
    )


def _x(shown: HoursShown, moment: datetime) -> float:
    """Where a time stands on the axis of days: midnight of day 7 is 6.5."""
    local = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(shown.zone)
    passed = (local.hour + local.minute / MINUTES_PER_HOUR) / HOURS_PER_DAY
    return round((local.date() - shown.month).days + 0.5 + passed, 4)


def _band(shown: HoursShown, incident: HourIncident, last: int) -> dict[str, float]:
    return {
        "from": max(_x(shown, incident.started_at), 0.5),
        "to": min(_x(shown, incident.ended_at), last + 0.5),
    }


def _value(shown: HoursShown, row: Row) -> dict[str, object]:
    start = _x(shown, _moment(row))
    said: dict[str, object] = {}
    for what, words in WHATS:
        actual, norm, _ = _cells(row, what)
        said[what] = as_float(row.number(f"{what}_deviation"))
        said[words] = f"{actual.text} against {norm.text}"
    return {
        "hour": start,
        "from": start,
        "to": round(start + 1 / HOURS_PER_DAY, 4),
        "Hour": _hour(shown, row).text,
        **said,
        "Incidents": (row.words("incident_ids") or "None").replace("|", ", "),
    }


def _panel(
    what: str, words: str, rows: Sequence[Row], plot: Plot, labels: Sequence[days.PlacedLabel]
) -> Spec:
    is_first = what == WHATS[0][0]
    above = days.NAME_HEIGHT + 4 if plot.is_narrow and is_first else 4
    return {
        "title": f"{words}: deviation from the norm",
        "width": plot.width,
        "height": HEIGHT,
        "layer": [
            days.label_room(plot),
            *_without_norm(rows, plot, what),
            days.band_layer(plot),
            _norm(plot),
            *(_bars(what, plot, test, name) for test, name in (("> 0", "soft"), ("< 0", "fail"))),
            *days.label_layers(labels, plot, above=above),
            *(_named(plot) if is_first else ()),
            days.hover_layer(
                plot, f"on_{what}", ("Hour", words, "Incidents"), field="hour", lit=LIT
            ),
        ],
    }


def _y() -> Spec:
    """An axis from all of the norm below it to as much above; what is further is cut there."""
    return {
        "type": "quantitative",
        "scale": {"domain": [-1, 1], "nice": False, "clamp": True, "padding": 0},
        "axis": {
            "title": None,
            "values": [-1, 0, 1],
            "labelExpr": "datum.value === 0 ? 'Norm' : format(datum.value, '+.0%')",
            "minExtent": AXIS_WIDTH,
            "maxExtent": AXIS_WIDTH,
        },
    }


def _bars(what: str, plot: Plot, test: str, name: str) -> Spec:
    return {
        "transform": [{"filter": f"datum.{what} {test}"}],
        "mark": {"type": "rect", "color": colour(name)},
        "encoding": {
            "x": plot.x("from"),
            "x2": {"field": "to"},
            "y": {**_y(), "field": what},
            "y2": {"datum": 0},
        },
    }


def _norm(plot: Plot) -> Spec:
    return {
        "data": {"values": [{"norm": 0, "from": 0.5, "to": plot.month.days + 0.5}]},
        "mark": {"type": "rule", "color": colour("edge")},
        "encoding": {
            "x": plot.x("from"),
            "x2": {"field": "to"},
            "y": {**_y(), "field": "norm"},
        },
    }


def _without_norm(rows: Sequence[Row], plot: Plot, what: str) -> list[Spec]:
    """The days before the first hour that has a norm, where there is room to say so."""
    first = min(
        (
            day.day
            for row in rows
            if row.text(f"{what}_state") == COMPARED and (day := row.day("activity_date"))
        ),
        default=plot.month.days + 1,
    )
    if first - 1 < LEAST_SHADED:
        return []
    ends = {"from": 0.5, "to": first - 0.5, "middle": first / 2}
    return [
        {
            "data": {"values": [ends]},
            "mark": {"type": "rect", "color": colour("band"), "opacity": 0.5},
            "encoding": {"x": plot.x("from"), "x2": {"field": "to"}},
        },
        {
            "data": {"values": [ends]},
            "mark": {
                "type": "text",
                "align": "center",
                "baseline": "middle",
                "color": colour("muted"),
            },
            "encoding": {
                "x": plot.x("middle"),
                "y": {"value": HEIGHT * 3 / 4},
                "text": {"value": NO_NORM},
            },
        },
    ]


def _named(plot: Plot) -> list[Spec]:
    """What the two colours are, once: right of a wide plot, above a narrow one."""
    names = ((ABOVE, "soft"), (BELOW, "fail"))
    if plot.is_narrow:
        return days.named_above(names, plot)
    middle = (HEIGHT - days.NAME_HEIGHT) / 2
    return [
        days.named_at(plot.width + LABEL_INDENT, middle + place * days.NAME_HEIGHT, words, name)
        for place, (words, name) in enumerate(names)
    ]
