"""Charts of availability: by day against the minimum, and by day and hour.

Belongs here: the line of a Service's days, and the heat map of its or a component's hours. Does not
belong here: which Services are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from orchestration.report import formatting as fmt
from orchestration.report.charts import days
from orchestration.report.charts.days import Month, Plot
from orchestration.report.charts.drawing import chart
from orchestration.report.charts.rsvp import Marked
from orchestration.report.document import Cell, Column, Figure, Kind, Line, Spec, Table
from orchestration.report.marts import Row
from orchestration.report.style import AXIS_WIDTH, colour

LINE_HEIGHT, HOUR_HEIGHT = 150, 9
WHOLE = 100.0
LEAST_SPAN = 1.0
"""Points that the axis of availability covers at least: a minute of a day is not a cliff."""
BELOW_SPAN = 1.15
LABEL_LINES = 15
TOOLTIP = ("Day", "Availability", "Unplanned (min)", "Planned (min)", "Incidents")
FULL, PLANNED = "99% or more", "Planned downtime"
# From the best to the worst, darker at every step; planned downtime looks like none of them.
STEPS = (
    (FULL, 99.0, "band"),
    ("95 to 99%", 95.0, "event"),
    ("90 to 95%", 90.0, "mild"),
    ("80 to 90%", 80.0, "silent"),
    ("Below 80%", float("-inf"), "grave"),
)
HEAT = (*((name, tone) for name, _, tone in STEPS), (PLANNED, "soft"))


@dataclass(frozen=True)
class ShownLine:
    """What one line of availability is of; `level` is that of the month."""

    id: str
    table_id: str
    name: str
    month: date
    level: Decimal | None
    target: Decimal | None
    minimum: Decimal | None


def availability_line_figure(
    shown: ShownLine, rows: Sequence[Row], incidents: Sequence[Marked]
) -> Figure | None:
    """A Service's days (rows of `service_availability_daily`); None when there is none."""
    by_day = {day: row for row in rows if (day := row.day("activity_date")) is not None}
    if not by_day:
        return None
    month = Month(shown.month)
    values = [_day(day, by_day.get(day), shown.minimum, incidents) for day in month.dates]
    return Figure(
        shown.id,
        f"{shown.name}: availability by day",
        _line_alt(shown, by_day, incidents),
        _line_spec(
            shown,
            values,
            incidents,
            Plot(month, is_narrow=False, is_last=True, room=days.LABEL_ROOM),
        ),
        _line_spec(shown, values, incidents, Plot(month, is_narrow=True, is_last=True)),
        _line_data(shown, by_day),
    )


def _pct(row: Row) -> Cell:
    return fmt.level(row.number("availability_pct"), "Data Exempted", "percent")


def _minutes(row: Row, name: str) -> Cell:
    value = row.number(name)
    if value is None:
        return fmt.not_applicable(Kind.DECIMAL)
    return fmt.decimal(value, 0 if value == value.to_integral_value() else 2)


def _day(
    day: date, row: Row | None, minimum: Decimal | None, incidents: Sequence[Marked]
) -> dict[str, object]:
    place = day.day
    base: dict[str, object] = {
        "day": place,
        "from": place - 0.5,
        "to": place + 0.5,
        "Day": fmt.day_text(day),
        "Incidents": ", ".join(one.incident_id for one in incidents if one.is_on(place)) or "None",
    }
    level = None if row is None else row.number("availability_pct")
    if row is None or level is None:
        return {**base, **dict.fromkeys(TOOLTIP[1:-1], "None"), "level": None, "is_low": False}
    return {
        **base,
        "level": float(level),
        "is_low": minimum is not None and fmt.shown(level) < minimum,
        "said": fmt.percent(level).text,
        "Availability": fmt.percent(level).text,
        "Unplanned (min)": _minutes(row, "unplanned_minutes").text,
        "Planned (min)": _minutes(row, "planned_minutes").text,
    }


def _line_data(shown: ShownLine, by_day: Mapping[date, Row]) -> Table:
    return Table(
        shown.table_id,
        f"{shown.name}: availability by day, figures shown in the chart",
        (
            Column("day", "Day", Kind.DATE),
            Column("level", "Availability", Kind.PERCENT),
            Column("minimum", "Minimum", Kind.PERCENT),
            Column("unplanned", "Unplanned (min)", Kind.DECIMAL),
            Column("planned", "Planned (min)", Kind.DECIMAL),
        ),
        tuple(
            Line(
                (
                    fmt.day(day),
                    _pct(row),
                    fmt.limit(shown.minimum, "percent"),
                    _minutes(row, "unplanned_minutes"),
                    _minutes(row, "planned_minutes"),
                )
            )
            for day, row in sorted(by_day.items())
        ),
        ("service_availability_daily", "pmr_measures"),
        dash_note="A dash stands for a minimum where none is agreed.",
    )


def _line_alt(shown: ShownLine, by_day: Mapping[date, Row], incidents: Sequence[Marked]) -> str:
    low = sorted(
        (level, day)
        for day, row in by_day.items()
        if (level := row.number("availability_pct")) is not None and level < WHOLE
    )
    parts = [f"Line over the days of {fmt.month_text(shown.month)}."]
    if low:
        said = ", ".join(f"{fmt.day_text(day)} {fmt.percent(level).text}" for level, day in low)
        parts.append(f"Below 100.00% on {len(low)} of {len(by_day)} days: {said}.")
    else:
        parts.append(f"100.00% on each of {len(by_day)} days.")
    if shown.minimum is not None:
        parts.append(f"Minimum {fmt.percent(shown.minimum).text}.")
    parts.extend(f"Incident {one.said}." for one in incidents)
    return " ".join(parts)


def _line_spec(
    shown: ShownLine,
    values: list[dict[str, object]],
    incidents: Sequence[Marked],
    plot: Plot,
) -> Spec:
    labels = days.placed((one.label for one in incidents), plot)
    levels = [level for one in values if isinstance(level := one["level"], float)]
    lowest = min([*levels, *([float(shown.minimum)] if shown.minimum is not None else [])])
    span = max(WHOLE - lowest, LEAST_SPAN) * BELOW_SPAN
    height: Spec = {
        "field": "level",
        "type": "quantitative",
        "scale": {"domain": [WHOLE - span, WHOLE + span * 0.06], "nice": False, "zero": False},
        "axis": {
            "title": None,
            "tickCount": 4,
            "labelExpr": "datum.value > 100 ? '' : datum.label + '%'",
            "minExtent": AXIS_WIDTH,
            "maxExtent": AXIS_WIDTH,
        },
    }
    names: list[tuple[float, str, str]] = []
    layers: list[Spec] = []
    if shown.minimum is not None:
        level = float(shown.minimum)
        layers.append(
            {
                "data": {"values": [{"level": level}]},
                "mark": {"type": "rule", "color": colour("bad"), "strokeDash": [6, 4], "size": 2},
                "encoding": {"y": height},
            }
        )
        names.append((level, f"Minimum {fmt.percent(shown.minimum).text}", "bad"))
    layers.append(
        {
            "mark": {"type": "line", "color": colour("accent"), "strokeWidth": 2.4},
            "encoding": {"x": plot.x("day"), "y": height},
        }
    )
    layers.extend(_low_points(plot, height))
    if levels:
        said = "Each day" if shown.level is None else f"Month {fmt.percent(shown.level).text}"
        names.insert(0, (levels[-1], said, "accent"))
    layers.extend(_names(names, span, plot))
    above = days.NAME_HEIGHT + 4 if plot.is_narrow else 4
    layers.extend(days.label_layers(labels, plot, above=above))
    layers.append(days.hover_layer(plot, f"on_{shown.id.replace('-', '_')}", TOOLTIP))
    return chart(
        {
            "datasets": {
                "days": values,
                "labels": days.label_values(labels),
                "bands": days.band_values(
                    day for one in incidents for day in range(one.first_day, one.last_day + 1)
                ),
            },
            "title": "Availability by day, per cent",
            "data": {"name": "days"},
            "width": plot.width,
            "height": LINE_HEIGHT,
            "layer": [days.label_room(plot), days.band_layer(plot), *layers],
        }
    )


def _low_points(plot: Plot, height: Spec) -> list[Spec]:
    """Days below the minimum, as points with their level."""
    where = [{"filter": "datum.is_low"}]
    return [
        {
            "transform": where,
            "mark": {
                "type": "point",
                "filled": True,
                "size": 60,
                "opacity": 1,
                "color": colour("bad"),
                "stroke": colour("paper"),
            },
            "encoding": {"x": plot.x("day"), "y": height},
        },
        {
            "transform": where,
            "mark": {
                "type": "text",
                "dy": 13,
                "fontWeight": 600,
                "color": colour("bad"),
            },
            "encoding": {
                "x": plot.x("day"),
                "y": height,
                "text": {"field": "said", "type": "nominal"},
            },
        },
    ]


def _names(names: Sequence[tuple[float, str, str]], span: float, plot: Plot) -> list[Spec]:
    """Names of the lines at their ends, kept apart; side by side above a narrow plot."""
    if plot.is_narrow:
        return days.named_above([(words, name) for _, words, name in names], plot)
    found: list[Spec] = []
    lowest_free = 0.0
    for level, words, name in sorted(names, key=lambda one: -one[0]):
        wanted = (WHOLE + span * 0.06 - level) / (span * 1.06) * LINE_HEIGHT
        at = max(wanted, lowest_free)
        lowest_free = at + LABEL_LINES
        found.append(days.named_at(plot.width + 8, at, words, name))
    return found


# --- heat map ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownHours:
    """What one heat map is of: `of` as a reader knows it, `mart` where its rows come from."""

    id: str
    table_id: str
    of: str
    month: date
    zone: ZoneInfo
    mart: str


def heat_map_figure(shown: ShownHours, rows: Sequence[Row]) -> Figure | None:
    """Hours of a Service or component, days across and hours down; None when there is none.

    Args:
        shown: what it is of.
        rows: rows of an hourly mart, in the order of time.
    """
    if not rows:
        return None
    month = Month(shown.month)
    values = [value for row in rows if (value := _hour(row, shown.zone)) is not None]
    # Where the clocks go back an hour of the clock comes twice: the worse of the two is shown.
    worst: dict[tuple[object, object], dict[str, object]] = {}
    for value in values:
        place = (value["day"], value["hour"])
        if place not in worst or int(str(value["order"])) > int(str(worst[place]["order"])):
            worst[place] = value
    kept = list(worst.values())
    lost = [row for row in rows if row.number("planned_minutes") or row.number("unplanned_minutes")]
    return Figure(
        shown.id,
        f"{shown.of}: availability by day and hour",
        _heat_alt(shown.of, len(rows), lost, shown.zone),
        _heat_spec(kept, Plot(month, is_narrow=False, is_last=True)),
        _heat_spec(kept, Plot(month, is_narrow=True, is_last=True)),
        Table(
            shown.table_id,
            f"{shown.of}: hours with downtime, figures shown in the chart",
            (
                Column("hour", "Hour from", Kind.TIMESTAMP),
                Column("level", "Availability", Kind.PERCENT),
                Column("unplanned", "Unplanned (min)", Kind.DECIMAL),
                Column("planned", "Planned (min)", Kind.DECIMAL),
            ),
            tuple(
                Line(
                    (
                        fmt.timestamp(_moment(row), shown.zone),
                        _pct(row),
                        _minutes(row, "unplanned_minutes"),
                        _minutes(row, "planned_minutes"),
                    )
                )
                for row in lost
            ),
            (shown.mart,),
            notes=("Every other hour of the month has no downtime.",),
        ),
    )


def _moment(row: Row) -> datetime:
    found = row.moment("started_at")
    if found is None:
        raise ValueError("an hour of availability has no start")
    return found


def step_of(row: Row) -> str:
    """The step of the scale that an hour falls into."""
    level = row.number("availability_pct")
    if level is None or (level >= STEPS[0][1] and row.number("planned_minutes")):
        return PLANNED
    return next(name for name, least, _ in STEPS if level >= least)


def _hour(row: Row, zone: ZoneInfo) -> dict[str, object] | None:
    day = row.day("activity_date")
    if day is None:
        return None
    local = _moment(row).replace(tzinfo=UTC).astimezone(zone)
    step = step_of(row)
    return {
        "day": day.day,
        "from": day.day - 0.5,
        "to": day.day + 0.5,
        "hour": local.hour,
        "until": local.hour + 1,
        "step": step,
        "order": [name for name, _ in HEAT].index(step),
        "Hour": fmt.timestamp(_moment(row), zone).text,
        "Availability": _pct(row).text,
        "Unplanned (min)": _minutes(row, "unplanned_minutes").text,
        "Planned (min)": _minutes(row, "planned_minutes").text,
    }


def _heat_alt(of: str, hours: int, lost: Sequence[Row], zone: ZoneInfo) -> str:
    if not lost:
        return f"Heat map of days and hours: {of} had no downtime in any of {hours} hours."
    said = "; ".join(
        f"{fmt.timestamp(_moment(row), zone).text} {_pct(row).text}"
        + (" (planned)" if step_of(row) == PLANNED else "")
        for row in lost
    )
    return f"Heat map of days and hours. Hours with downtime: {len(lost)} of {hours}. {said}."


def _heat_spec(values: list[dict[str, object]], plot: Plot) -> Spec:
    tones = [tone for _, tone in HEAT]
    shown = {str(value["step"]) for value in values} | {FULL}
    return chart(
        {
            "title": "Availability by hour of day",
            "data": {"values": values},
            "width": plot.width,
            "height": 24 * HOUR_HEIGHT,
            "layer": [
                {
                    "mark": {"type": "rect", "stroke": colour("paper"), "strokeWidth": 1},
                    "encoding": {
                        "x": plot.x("from"),
                        "x2": {"field": "to"},
                        "y": {
                            "field": "hour",
                            "type": "quantitative",
                            "scale": {"domain": [24, 0], "nice": False, "padding": 0},
                            "axis": {
                                "title": None,
                                "values": [0, 6, 12, 18],
                                "labelExpr": "(datum.value < 10 ? '0' : '') + datum.value + ':00'",
                                "labelBaseline": "top",
                                "grid": False,
                                "minExtent": AXIS_WIDTH,
                                "maxExtent": AXIS_WIDTH,
                            },
                        },
                        "y2": {"field": "until"},
                        "color": {
                            "field": "step",
                            "type": "nominal",
                            "scale": {
                                "domain": [one for one, _ in HEAT],
                                "range": [colour(tone) for tone in tones],
                            },
                            "legend": {
                                "title": None,
                                "orient": "top",
                                "direction": "horizontal",
                                "columns": 2 if plot.is_narrow else len(HEAT),
                                "symbolType": "square",
                                "symbolStrokeWidth": 0,
                                "labelLimit": 0,
                                "values": [
                                    one for one, _ in HEAT if not plot.is_narrow or one in shown
                                ],
                            },
                        },
                        "tooltip": [
                            {"field": field, "type": "nominal"}
                            for field in (
                                "Hour",
                                "Availability",
                                "Unplanned (min)",
                                "Planned (min)",
                            )
                        ],
                    },
                },
            ],
        }
    )
