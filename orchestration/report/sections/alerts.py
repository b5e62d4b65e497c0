"""Section: alerts. Volumes by code and region, the time of each leg, and the days of the month.

Belongs here: every alert, DCC and Device, as far as the extract has its times. Does not belong
here: whether alerts were delivered in time (`deliveries.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from orchestration.report import charts
from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context
from orchestration.report.document import Block, Cell, Column, Kind, Line, Role, Section, Table
from orchestration.report.marts import Row
from orchestration.report.sections import deliveries
from orchestration.report.sections.process_tables import CHARTED, PLACES, UNKNOWN
from orchestration.report.sections.wording import column, line, say, summed

ID = "alerts"
LEGS = (
    ("to_csp", "Hub to CSP"),
    ("to_dsp", "CSP to DSP"),
    ("to_send", "DSP to sent"),
    ("to_acknowledge", "Sent to receipt"),
)
MEASURES = ("R1-ALERT", "R1-ALERT-CSP", "R1-ALERT-DSP", "R1-ALERT-SEND", "R1-ALERT-ACK")
LEG_NOTE = "Receipt: the gateway of the User acknowledged the alert."
LEG_DASH = "A dash stands where the extract has the times of no alert for a leg."
MOST_FREQUENT = 5
POWER_GROUPS = frozenset({"power_outage", "power_restoration"})


def build(context: Context) -> Section:
    """All that the alert marts say of the month."""
    rows = context.marts.rows("alert_legs", "alert_code, smets, region")
    context.shown.update(
        row.text("measure_id") for row in context.measures if row.text("measure_id") in MEASURES
    )
    if not rows:
        return Section(
            ID,
            "Alerts",
            (say("No alert is in the extracts of the month."),),
            (deliveries.section(context),),
        )
    whole = {
        row.text("alert_code"): row
        for row in rows
        if (row.text("smets"), row.text("region")) == (ALL, ALL)
    }
    codes = sorted(
        (code for code in whole if code != ALL),
        key=lambda code: (-whole[code].whole("alerts"), code),
    )
    return Section(
        ID,
        "Alerts",
        (
            say(
                "Every alert of the month, those of the DCC and those of Devices. Counts are of "
                "alerts: one row of the extract can stand for several."
            ),
        ),
        (
            deliveries.section(context),
            Section("alert-volumes", "Volumes", tuple(_volumes(rows, whole, codes))),
            Section("alert-days", "Day by day", tuple(_days(context, whole, codes))),
            Section("alert-legs", "Time of each leg", tuple(_legs(rows, whole, codes))),
        ),
    )


def _meaning(row: Row) -> Cell:
    return fmt.text(row.words("meaning") or deliveries.NOT_LISTED)


# --- volumes -------------------------------------------------------------------------------------


def _volumes(rows: Sequence[Row], whole: dict[str, Row], codes: Sequence[str]) -> list[Block]:
    found = {
        (row.text("alert_code"), row.text("smets"), row.text("region")): row.whole("alerts")
        for row in rows
    }
    places = [
        place
        for place in PLACES
        if place in CHARTED
        or (place.smets == UNKNOWN and (ALL, place.smets, place.region) in found)
    ]

    def cells(code: str) -> list[Cell]:
        """A code without an alert in a region has no row there."""
        parts = (found.get((code, place.smets, place.region), 0) for place in places)
        return [*(fmt.count(part) for part in parts), fmt.count(whole[code].whole("alerts"))]

    lines = [
        line(
            fmt.text(code),
            _meaning(whole[code]),
            fmt.text(whole[code].words("alert_kind")),
            *cells(code),
        )
        for code in codes
    ]
    if ALL in whole:
        lines.append(
            Line((fmt.text("All codes"), fmt.text(None), fmt.text(None), *cells(ALL)), Role.TOTAL)
        )
    return [
        Table(
            "alert_volumes",
            "Alerts by code, most frequent first, and region",
            (
                column("code", "Code", weight=0.9),
                column("meaning", "Meaning", weight=2.4),
                column("kind", "Kind", weight=0.7),
                *(summed(place.name.lower(), place.name) for place in places),
                summed("all", "All"),
            ),
            tuple(lines),
            ("alert_legs",),
            row_total="all",
        )
    ]


# --- days ----------------------------------------------------------------------------------------


def _days(context: Context, whole: dict[str, Row], codes: Sequence[str]) -> list[Block]:
    rows = context.marts.rows("alert_volumes_daily", "alert_code, smets, region, activity_date")
    volumes: dict[tuple[str, str, str], dict[date, int]] = {}
    for row in rows:
        day = row.day("activity_date")
        if day is not None:
            key = (row.text("alert_code"), row.text("smets"), row.text("region"))
            volumes.setdefault(key, {})[day] = row.whole("alerts")
    most = charts.alert_figure(
        "alerts",
        "Alerts by day, the most frequent codes",
        "Code",
        context.month,
        {
            _titled(whole[code], code): volumes[code, ALL, ALL]
            for code in codes[:MOST_FREQUENT]
            if (code, ALL, ALL) in volumes
        },
        is_one_scale=False,
    )
    power = {
        row.text("alert_code")
        for row in context.marts.seed("alert_codes")
        if row.text("alert_group") in POWER_GROUPS
    }
    figures = [
        most,
        *(
            charts.alert_figure(
                f"alerts-{code.lower()}",
                f"{_titled(whole[code], code)}: alerts by day and region",
                "Region",
                context.month,
                {
                    place.name: volumes[code, place.smets, place.region]
                    for place in CHARTED
                    if (code, place.smets, place.region) in volumes
                },
                is_one_scale=True,
            )
            for code in sorted(power)
            if code in whole
        ),
    ]
    found: list[Block] = [figure for figure in figures if figure is not None]
    return found or [say("The extracts have no alert by day.")]


def _titled(row: Row, code: str) -> str:
    meaning = row.words("meaning")
    return f"{code} {meaning}" if meaning else code


# --- legs ----------------------------------------------------------------------------------------


def _leg_columns(*names: Column) -> tuple[Column, ...]:
    return (
        *names,
        *(
            column(f"{leg}_{what}", f"{words}, {what} (s)", Kind.SECONDS)
            for leg, words in LEGS
            for what in ("mean", "median")
        ),
    )


def _times(row: Row) -> list[Cell]:
    return [
        fmt.limit(row.number(f"{leg}_{what}_seconds"), "seconds")
        for leg, _ in LEGS
        for what in ("mean", "median")
    ]


def _legs(rows: Sequence[Row], whole: dict[str, Row], codes: Sequence[str]) -> list[Block]:
    places = {(place.smets, place.region): place for place in PLACES}
    by_place = {
        (row.text("smets"), row.text("region")): row
        for row in rows
        if row.text("alert_code") == ALL
    }
    ordered = (*codes, ALL) if ALL in whole else tuple(codes)
    return [
        Table(
            "alert_legs_region",
            "Time of each leg of an alert, by region",
            _leg_columns(column("region", "Region", weight=1.3)),
            tuple(
                line(fmt.text(place.name), *_times(by_place[key]))
                for key, place in places.items()
                if key in by_place
            ),
            ("alert_legs",),
            notes=(LEG_NOTE,),
            dash_note=LEG_DASH,
        ),
        Table(
            "alert_legs_code",
            "Time of each leg of an alert, by code",
            _leg_columns(column("code", "Code", weight=1.3)),
            tuple(line(_code(code), *_times(whole[code])) for code in ordered),
            ("alert_legs",),
            notes=(LEG_NOTE,),
            dash_note=LEG_DASH,
        ),
        Table(
            "alert_legs_measured",
            "Alerts of which the extract has both times of a leg, by code",
            (
                column("code", "Code"),
                column("alerts", "Alerts", Kind.COUNT),
                *(column(f"{leg}_measured", words, Kind.COUNT) for leg, words in LEGS),
            ),
            tuple(
                line(
                    _code(code),
                    fmt.count(whole[code].whole("alerts")),
                    *(fmt.count(whole[code].whole(f"{leg}_measured")) for leg, _ in LEGS),
                )
                for code in ordered
            ),
            ("alert_legs",),
        ),
    ]


def _code(code: str) -> Cell:
    return fmt.text("All codes" if code == ALL else code)
