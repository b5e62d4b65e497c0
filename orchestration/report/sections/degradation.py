"""Section: degraded service. Requests and installs beside their norm while Incidents lasted (IC2).

Belongs here: what each Category 1 and 2 Incident of the month did to requests and installs, and of
how much of the month there is a norm at all. Does not belong here: the records of the Incidents
(`major_incidents.py`), outages that nobody recorded (`outages.py`).
"""

from __future__ import annotations

from orchestration.report import charts
from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context
from orchestration.report.document import (
    Block,
    BulletList,
    Cell,
    Kind,
    Paragraph,
    Section,
    Table,
)
from orchestration.report.marts import Row
from orchestration.report.sections.wording import column, line, say, strong

ID = "degradation"
MART, HOURS_MART = "incident_degradation", "service_degradation"
REQUESTS, INSTALLS, HISTORY = "IC2-REQUESTS", "IC2-INSTALLS", "IC2-HISTORY"
COMPARED, NO_HISTORY = "compared", "no history"
WHATS = ("requests", "installs")
DASH = "A dash stands where there is nothing to compare with."


def build(context: Context) -> Section | None:
    """What Incidents did to requests and installs; None where no measure of it is there."""
    history = context.measure(HISTORY)
    if history is None:
        return None
    rows = context.marts.rows(MART, "started_at, incident_id, region")
    return Section(
        ID,
        "Impact of degraded service",
        (
            say(
                "The norm of an hour is the mean of the same weekday and hour in the four weeks "
                "before, over those weeks whose extract has arrived; with fewer than two there is "
                "none. The deviation is how far an hour lies above or below its norm. Installs "
                "count in the hour in which their device was commissioned."
            ),
            _known(history),
            *_all_together(context),
            *_hours(context, rows),
            *_incidents(rows),
        ),
    )


def _known(history: Row) -> Paragraph:
    """Of how much of the month there is a norm; where of none, why."""
    value = history.number("value")
    if value is None:
        said = history.text("value_text")
        return say("Hours of the month with a norm: ", strong(said), ".")
    share = fmt.percent(value).text
    if value == 0:
        return say(
            "No hour of the month has a norm: the extracts of the weeks before it have not landed. "
            "What an Incident did to requests and installs has ",
            strong("no history"),
            " to be held against.",
        )
    return say(
        "Of the hours of the month ",
        strong(share),
        " have a norm."
        if fmt.shown(value) == fmt.shown(100)
        else " have a norm. The others have no history: in fewer than two of the four weeks before "
        "them the day was landed.",
    )


def _all_together(context: Context) -> list[Block]:
    found: list[Block] = []
    for measure, what in ((REQUESTS, "requests"), (INSTALLS, "installs")):
        row = context.measure(measure)
        if row is None:
            continue
        value = row.number("value")
        if value is None:
            found.append(
                say(
                    f"All hours of Category 1 and 2 Incidents together, {what} against the norm: ",
                    strong(row.text("value_text")),
                    ".",
                )
            )
            continue
        actual, norm = (_amount(row, name).text for name in ("numerator", "denominator"))
        found.append(
            say(
                f"In all hours of Category 1 and 2 Incidents that have a norm, {what} came to ",
                strong(fmt.percent(value).text),
                f" of it: {actual} against {norm}.",
            )
        )
    return found


def _hours(context: Context, rows: list[Row]) -> list[Block]:
    """Every hour that has a norm, over the whole network, with the Incidents as bands."""
    incidents: dict[str, charts.HourIncident] = {}
    for row in rows:
        started, ended = row.moment("started_at"), row.moment("ended_at")
        if started is not None and ended is not None:
            incident = row.text("incident_id")
            incidents[incident] = charts.HourIncident(
                incident, row.whole("category"), started, ended
            )
    figure = charts.degradation_figure(
        charts.HoursShown(
            "figure-degradation",
            "degradation_hours",
            HOURS_MART,
            context.month,
            context.marts.zone,
        ),
        context.marts.rows(HOURS_MART, "started_at", {"region": (ALL,)}),
        list(incidents.values()),
    )
    if figure is None:
        return []
    return [
        say(
            "Over the whole network, hour by hour. Shaded are the hours of Category 1 and 2 "
            "Incidents. What is more than twice the norm is drawn as twice."
        ),
        figure,
    ]


def _incidents(rows: list[Row]) -> list[Block]:
    if not rows:
        return [say("No Category 1 or 2 Incident had its impact in the month.")]
    return [
        BulletList(tuple(_told(row) for row in _one_each(rows))),
        Table(
            "incident_degradation",
            "Requests and installs in the hours of Category 1 and 2 Incidents, against the norm",
            (
                column("incident", "Incident", weight=1.7),
                column("region", "Region"),
                column("hours", "Hours", Kind.COUNT, weight=0.7),
                column("requests", "Requests", Kind.COUNT),
                column("requests_norm", "Norm", Kind.DECIMAL),
                column("requests_deviation", "Deviation", Kind.PERCENT, weight=1.1),
                column("installs", "Installs", Kind.COUNT),
                column("installs_norm", "Norm of installs", Kind.DECIMAL),
                column("installs_deviation", "Deviation of installs", Kind.PERCENT, weight=1.1),
            ),
            tuple(
                line(
                    fmt.text(row.text("incident_id")),
                    fmt.text(row.text("region")),
                    fmt.count(row.whole("hours")),
                    *(cell for what in WHATS for cell in _compared(row, what)),
                )
                for row in rows
            ),
            (MART,),
            notes=(
                "Hours are those that any part of the impact falls into. Requests and norms are of "
                "the hours that have a norm. All is the whole network, SMETS1 included; what hit "
                "SMETS1 alone is in All alone.",
            ),
            dash_note=DASH,
        ),
    ]


def _one_each(rows: list[Row]) -> list[Row]:
    """Of each incident the row that tells most: its one region, else the whole network."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.text("incident_id"), []).append(row)
    picked = []
    for own in found.values():
        regions = [row for row in own if row.text("region") != ALL]
        whole = [row for row in own if row.text("region") == ALL]
        picked.append(regions[0] if len(regions) == 1 else whole[0])
    return picked


def _told(row: Row) -> Paragraph:
    region = row.text("region")
    place = "" if region == ALL else f" in {region}"
    return say(
        strong(row.text("incident_id")),
        f" (Category {row.whole('category')}){place}: ",
        f"{_sentence(row, 'requests')}; {_sentence(row, 'installs')}.",
    )


def _sentence(row: Row, what: str) -> str:
    state = row.text(f"{what}_state")
    if state == NO_HISTORY:
        return f"no history of {what}"
    if state != COMPARED:
        return f"no {what} were to be expected"
    actual, norm, deviation = (cell.text for cell in _compared(row, what))
    return f"{actual} {what} against a norm of {norm}, a deviation of {deviation}"


def _compared(row: Row, what: str) -> tuple[Cell, Cell, Cell]:
    state = row.text(f"{what}_state")
    if state == NO_HISTORY:
        dash = fmt.not_applicable(Kind.COUNT), fmt.not_applicable(Kind.DECIMAL)
        return (*dash, fmt.words("No history", Kind.PERCENT))
    deviation = row.number(f"{what}_deviation_pct")
    return (
        fmt.count(row.whole(what)),
        _amount(row, f"{what}_norm"),
        fmt.words("Nothing expected", Kind.PERCENT)
        if deviation is None
        else fmt.percent(deviation),
    )


def _amount(row: Row, name: str) -> Cell:
    """A count, or a mean of counts in two decimals."""
    value = row.number(name)
    if value is None:
        return fmt.not_applicable(Kind.DECIMAL)
    return fmt.count(value) if name == "numerator" else fmt.decimal(value)
