"""Section: installs. What became of installations, by device type and region, and day by day.

Belongs here: installs that succeeded and failed, installs against what was predicted, and hubs that
were commissioned, left, or await their status. Does not belong here: the speed of the requests of
an installation (`processes.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from orchestration.report import charts
from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context
from orchestration.report.document import Block, Cell, Kind, Section, Table
from orchestration.report.marts import Row
from orchestration.report.sections import leagues
from orchestration.report.sections.process_tables import REGIONS
from orchestration.report.sections.wording import column, line, say

ID = "installs"
SUCCEEDED, FAILED, PREDICTED = "IC-VOL-SUCCEEDED", "IC-VOL-FAILED", "IC-PRED"
OUTCOMES = {
    "IC-LEAVE-COMMISSIONED": "Commissioned",
    "IC-LEAVE-LEFT": "Left",
    "IC-LEAVE-AWAITING": "Awaiting",
    "IC-LEAVE-OPEN": "Under investigation",
    "IC-LEAVE-SUBMITTED": "Incidents opened",
    "IC-LEAVE-CLOSED": "Incidents closed",
}
MEASURES = (SUCCEEDED, FAILED, PREDICTED, *OUTCOMES)
DEVICE_TYPES = {
    ALL: "All",
    "CHF": "Communications Hub",
    "ESME": "Electricity meter",
    "GSME": "Gas meter",
}
DASH = "A dash stands where there is no figure beside the words."
Figures = Mapping[tuple[str, str, str], Row]
"""Measure, device type and region → its row, of SMETS2+ devices."""


def build(context: Context) -> Section | None:
    """All that the marts say of the month's installs; None where no measure of them is there."""
    found = _figures(context)
    if not found:
        return None
    context.shown.update(measure for measure, _, _ in found)
    return Section(
        ID,
        "Installs",
        (
            say(
                "An install is a Communications Hub, electricity or gas meter of SMETS2+ that gets "
                "a request of an installation on a day and was not commissioned before it. It "
                "succeeded when it is commissioned that day; a hub only when a meter of its home "
                "is commissioned as well. Predicted is what was attempted on the same weekday of "
                "the week before."
            ),
            *_installs(found),
            *_days(context),
            *leagues.installs_by_day(context),
            *_outcomes(found),
        ),
    )


def _figures(context: Context) -> Figures:
    rows = context.marts.rows(
        "pmr_measures", "measure_id, device_type, smets, region", {"measure_id": MEASURES}
    )
    # All together and SMETS2+ are the same installs; one of the two rows stands for both.
    return {
        (row.text("measure_id"), row.text("device_type"), row.text("region")): row
        for row in rows
        if row.text("smets") == "SMETS2+"
    }


def _regions(found: Figures) -> list[str]:
    """All, then the regions that the month has, the ones of old first."""
    order = {place.region: at for at, place in enumerate(REGIONS)}
    own = {region for _, _, region in found if region != ALL}
    return [ALL, *sorted(own, key=lambda region: (order.get(region, len(order)), region))]


def _cell(found: Figures, measure: str, device_type: str, region: str, unit: str) -> Cell:
    row = found.get((measure, device_type, region))
    if row is None:
        return fmt.not_applicable(fmt.unit_kind(unit))
    return fmt.level(row.number("value"), row.words("value_text"), unit)


def _input(found: Figures, name: str, device_type: str, region: str) -> Cell:
    row = found.get((PREDICTED, device_type, region))
    return fmt.limit(None if row is None else row.number(name), "count")


def _installs(found: Figures) -> list[Block]:
    return [
        Table(
            "installs_by_type",
            "Installs by device type and region",
            (
                column("device_type", "Device type", weight=1.5),
                column("region", "Region"),
                column("succeeded", "Succeeded", Kind.COUNT),
                column("failed", "Failed", Kind.COUNT),
                column("attempted", "Attempted, days with a prediction", Kind.COUNT, weight=1.3),
                column("predicted", "Predicted for these", Kind.COUNT, weight=1.1),
                column("against", "Attempted against predicted", Kind.PERCENT, weight=1.2),
            ),
            tuple(
                line(
                    fmt.text(name),
                    fmt.text(region),
                    _cell(found, SUCCEEDED, device_type, region, "count"),
                    _cell(found, FAILED, device_type, region, "count"),
                    _input(found, "numerator", device_type, region),
                    _input(found, "denominator", device_type, region),
                    _cell(found, PREDICTED, device_type, region, "percent"),
                )
                for device_type, name in DEVICE_TYPES.items()
                for region in _regions(found)
                if (SUCCEEDED, device_type, region) in found
            ),
            ("pmr_measures",),
            notes=(
                "Attempted against predicted can exceed 100%: more was installed than on the same "
                "weekdays of the weeks before. Not Reported: the week before is known for no day.",
            ),
            dash_note=DASH,
        )
    ]


def _days(context: Context) -> list[Block]:
    rows = context.marts.rows("install_daily", "region, activity_date", {"device_type": (ALL,)})
    by_region: dict[str, dict[date, Row]] = {}
    for row in rows:
        day = row.day("activity_date")
        if day is not None:
            by_region.setdefault(row.text("region"), {})[day] = row
    order = {place.region: at for at, place in enumerate(REGIONS)}
    regions = sorted(
        (region for region in by_region if region != ALL),
        key=lambda region: (order.get(region, len(order)), region),
    )
    figures = [
        charts.install_figure(
            "installs-daily",
            "Installs by day and region: succeeded and failed",
            context.month,
            {region: by_region[region] for region in regions},
            charts.OUTCOME,
        ),
        charts.install_figure(
            "installs-predicted",
            "Installs by day and region: attempted against predicted",
            context.month,
            {
                "All regions" if region == ALL else region: by_region[region]
                for region in (ALL, *regions)
                if region in by_region
            },
            charts.EXPECTATION,
        ),
    ]
    found: list[Block] = [figure for figure in figures if figure is not None]
    return found or [say("No install was attempted in the month, and none was to be expected.")]


def _outcomes(found: Figures) -> list[Block]:
    return [
        Table(
            "install_outcomes",
            "What became of Communications Hubs, by region",
            (
                column("region", "Region", weight=1.2),
                *(
                    column(measure.removeprefix("IC-LEAVE-").lower(), words, Kind.COUNT)
                    for measure, words in OUTCOMES.items()
                ),
            ),
            tuple(
                line(
                    fmt.text(region),
                    *(_cell(found, measure, ALL, region, "count") for measure in OUTCOMES),
                )
                for region in _regions(found)
            ),
            ("pmr_measures",),
            notes=(
                "Commissioned: an 8.14.1 (install success) succeeded. Left: an 8.14.2 (no wide "
                "area network) did, and no 8.14.1 on that day. Awaiting: the hub became installed "
                "or commissioned, and neither succeeded by the extract point. Hubs are added up "
                "over the days.",
                "Under investigation: Install and Leave incidents that are open at the extract "
                "point and younger than 90 days. An incident about a hub that no snapshot has is "
                "in All alone.",
            ),
            dash_note=DASH,
        )
    ]
