"""Section: changes of supplier. What became of them, why they failed, and who still waits.

Belongs here: the tables of COS1, COS1-WHY, COS1-AGE and COS1-RETRY and the daily charts. Does not
belong here: the speed of the requests, which the process has as every other (`processes.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.report import charts
from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context
from orchestration.report.document import Block, Cell, Kind, Line, Role, Section, Table
from orchestration.report.marts import Row
from orchestration.report.sections import leagues
from orchestration.report.sections.process_tables import PLACES, target
from orchestration.report.sections.wording import (
    PREVIOUS,
    PREVIOUS_DASH,
    column,
    commentary_blocks,
    previous,
    say,
    strong,
    summed,
)

ID = "changes-of-supplier"
LEVEL, WHY, USER, AGE, RETRY = "COS1", "COS1-WHY", "COS1-WHY-USER", "COS1-AGE", "COS1-RETRY"
BANDS = ("Under 7 days", "7 to 30 days", "Over 30 days")
NOT_LISTED = "Not in the list of response codes"
NO_CODE = "None"


def build(context: Context) -> Section | None:
    """What became of the month's changes of supplier; None when the month has no figure of them."""
    rows = context.marts.rows(
        "pmr_measures",
        "measure_id, scope, device_type, smets, region",
        {"measure_id": (LEVEL, WHY, USER, AGE, RETRY)},
    )
    if not rows:
        return None
    context.shown.update(row.text("measure_id") for row in rows)
    figures = {
        (
            row.text("measure_id"),
            row.text("scope"),
            row.text("smets"),
            row.text("region"),
            row.text("device_type"),
        ): row
        for row in rows
    }
    blocks: list[Block] = [
        say(
            "A change of supplier (SRV 6.23) succeeded when it was answered with I0, or when its "
            "User got a successful response to a 1.1.1 or 6.8 that it sent to the same device "
            "later that day: only a supplier that the device already knows gets one."
        ),
        *_levels(figures),
        *commentary_blocks(context, LEVEL, "Changes of supplier that succeeded"),
        *_reasons(context, figures),
        *_days(context),
        *leagues.changes_by_day(context),
        *_waiting(context, figures),
    ]
    return Section(ID, "Changes of supplier", tuple(blocks))


Figures = dict[tuple[str, str, str, str, str], Row]


def _level_line(
    row: Row,
    names: Sequence[Cell],
    facts: tuple[tuple[str, str], ...] = (),
    *,
    with_previous: bool = False,
) -> Line:
    splits = [cell.text for cell in reversed(names) if cell.text != ALL]
    return Line(
        (
            *names,
            _events(row, "denominator"),
            _events(row, "numerator"),
            *((previous(row),) if with_previous else ()),
            fmt.level(row.number("value"), row.words("value_text"), "percent"),
            target(row),
            fmt.limit(row.number("minimum"), "percent"),
            fmt.status(row.words("status")),
        ),
        Role.TOTAL if ("total_of", ALL) in facts else Role.BODY,
        ", ".join((LEVEL, *splits)),
        (
            ("unit", "percent"),
            ("direction", row.text("direction")),
            ("formula", "ratio"),
            *facts,
        ),
    )


def _events(row: Row, name: str) -> Cell:
    value = row.number(name)
    if value is not None:
        return fmt.count(value)
    if row.words("value_text") == "No Events":
        return fmt.count(0)
    return fmt.not_applicable(Kind.COUNT)


def _levels(figures: Figures) -> list[Block]:
    """COS1 by region, and by device type."""
    counts = (
        column("attempts", "Changes", Kind.COUNT),
        column("succeeded", "Succeeded", Kind.COUNT),
    )
    limits = (
        column("level", "Level", Kind.PERCENT),
        column("target", "Target", Kind.PERCENT),
        column("minimum", "Minimum", Kind.PERCENT),
        column("status", "Status", Kind.STATUS, weight=1.3),
    )
    dash = "A dash stands where no minimum or status is agreed, or the figures are awaited."
    found: list[Block] = []
    by_place = [
        _level_line(row, (fmt.text(place.name),), place.facts(), with_previous=True)
        for place in PLACES
        if (row := figures.get((LEVEL, ALL, place.smets, place.region, ALL))) is not None
    ]
    if by_place:
        found.append(
            Table(
                "cos_region",
                "Changes of supplier that succeeded, by region",
                (column("region", "Region", weight=1.2), *counts, PREVIOUS, *limits),
                tuple(by_place),
                ("pmr_measures",),
                content="measures",
                dash_note=f"{dash} {PREVIOUS_DASH}",
            )
        )
    types = sorted({key[4] for key in figures if key[0] == LEVEL} - {ALL})
    by_type = [
        _level_line(row, (fmt.text(device_type), fmt.text(place.name)))
        for device_type in types
        for place in PLACES
        if (row := figures.get((LEVEL, ALL, place.smets, place.region, device_type))) is not None
    ]
    if by_type:
        found.append(
            Table(
                "cos_devices",
                "Changes of supplier that succeeded, by device type and region",
                (
                    column("device_type", "Device type"),
                    column("region", "Region", weight=1.1),
                    *counts,
                    *limits,
                ),
                tuple(by_type),
                ("pmr_measures",),
                content="measures",
                dash_note=dash,
            )
        )
    return found


def _reasons(context: Context, figures: Figures) -> list[Block]:
    """COS1-WHY, with those of the User apart."""
    failed, caused = _by_code(figures, WHY), _by_code(figures, USER)
    whole = figures.get((WHY, ALL, ALL, ALL, ALL))
    if whole is None or not failed:
        return [say("No change of supplier is known to have failed.")]
    meanings = {
        row.text("response_code"): row.text("meaning")
        for row in context.marts.seed("response_codes")
    }
    meanings[NO_CODE] = "No response code"
    lines = [
        Line(
            (
                fmt.text(code),
                fmt.text(meanings.get(code, NOT_LISTED)),
                fmt.text("The User" if code in caused else None),
                fmt.count(count),
            )
        )
        for code, count in sorted(
            failed.items(), key=lambda one: (one[0] in caused, -one[1], one[0])
        )
    ]
    by_user = figures.get((USER, ALL, ALL, ALL, ALL))
    lines.append(
        Line(
            (
                fmt.text("All codes"),
                fmt.text(None),
                fmt.text(None),
                fmt.level(whole.number("value"), whole.words("value_text"), "count"),
            ),
            Role.TOTAL,
        )
    )
    return [
        say(
            "Failed: ",
            strong(fmt.level(whole.number("value"), whole.words("value_text"), "count").text),
            "; of these by the User's doing, with a code that rejects what was sent: ",
            strong(
                "0"
                if by_user is None
                else fmt.level(by_user.number("value"), by_user.words("value_text"), "count").text
            ),
            ".",
        ),
        Table(
            "cos_codes",
            "Failed changes of supplier by response code, those that the User caused last",
            (
                column("code", "Code", weight=0.8),
                column("meaning", "Meaning", weight=3),
                column("caused_by", "Caused by"),
                summed("failed", "Failed"),
            ),
            tuple(lines),
            ("pmr_measures", "response_codes"),
        ),
    ]


def _by_code(figures: Figures, measure_id: str) -> dict[str, int]:
    return {
        key[1]: row.whole("value")
        for key, row in figures.items()
        if key[0] == measure_id and key[1] != ALL and key[2:] == (ALL, ALL, ALL)
    }


def _days(context: Context) -> list[Block]:
    one = (ALL,)
    found: list[charts.ShareOfDay] = []
    for row in context.marts.rows(
        "change_of_supplier",
        "activity_date",
        {"device_type": one, "smets": one, "region": one, "response_code": one},
    ):
        day, share = row.day("activity_date"), row.number("succeeded_pct")
        if day is not None and share is not None:
            found.append(
                charts.ShareOfDay(day, row.whole("attempts"), row.whole("succeeded"), share)
            )
    figure = charts.share_figure(
        charts.Shares(
            "figure-cos-days",
            "cos_days",
            "change_of_supplier",
            "Changes of supplier by day, and the share that succeeded",
            "Share that succeeded",
            "Changes",
            "Succeeded",
            context.month,
        ),
        found,
    )
    return [] if figure is None else [figure]


def _waiting(context: Context, figures: Figures) -> list[Block]:
    """COS1-AGE and COS1-RETRY, with how far back the look goes."""
    by_band = {
        row.text("age_band"): row
        for row in context.marts.rows(
            "change_of_supplier_open", "age_band", {"smets": (ALL,), "region": (ALL,)}
        )
    }
    lines = [
        _band_line(figures, band, by_band.get(band))
        for band in BANDS
        if (AGE, band, ALL, ALL, ALL) in figures
    ]
    if not lines:
        return []
    known = next((row.day("history_from") for row in by_band.values()), None)
    notes = [
        "Age: local days from the first of the unbroken run of failures to the extract point. "
        "A band that the known requests do not reach is Not Reported."
    ]
    if known is not None:
        notes.append(
            f"Requests are known without a gap from {fmt.day_text(known)}; a run that is older "
            "begins with the first that is known."
        )
    return [
        Table(
            "cos_waiting",
            "Devices whose latest change of supplier failed, by age at the extract point",
            (
                column("age", "Age", weight=1.3),
                column("devices", "Devices", Kind.COUNT),
                column("requests", "Changes tried", Kind.COUNT),
                column("mean", "Mean of a device", Kind.DECIMAL),
                column("most", "Most of a device", Kind.COUNT),
            ),
            tuple(lines),
            ("pmr_measures", "change_of_supplier_open"),
            notes=tuple(notes),
            dash_note="A dash stands where no device waits.",
        )
    ]


def _band_line(figures: Figures, band: str, row: Row | None) -> Line:
    devices = figures[AGE, band, ALL, ALL, ALL]
    most = figures.get((RETRY, band, ALL, ALL, ALL))
    value = None if most is None else most.number("value")
    mean = None if row is None else row.number("mean_requests_per_device")
    return Line(
        (
            fmt.text(band),
            fmt.level(devices.number("value"), devices.words("value_text"), "count"),
            fmt.limit(None if row is None else row.number("requests"), "count"),
            fmt.not_applicable(Kind.DECIMAL) if mean is None else fmt.decimal(mean),
            fmt.limit(value, "count"),
        )
    )
