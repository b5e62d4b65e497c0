"""Part of section "operations": the health of the estate.

Belongs here: ESTATE, devices that do not communicate, noisy ones, and how current firmware is. Does
not belong here: meter reads of silent devices (`reads.py`), images on their way to devices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from orchestration.report import charts
from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context
from orchestration.report.document import Block, Cell, Column, Kind, Line, Role, Section, Table
from orchestration.report.marts import Row
from orchestration.report.sections.process_tables import (
    NO_EVENTS,
    PLACES,
    WHOLE,
    Place,
)
from orchestration.report.sections.wording import column, say, strong, summed

LOOK_BACK_DAYS = 60
DEVICES, SILENT, NOISY = "ESTATE-DEVICES", "ESTATE-SILENT", "ESTATE-NOISY"
FIRMWARE = {
    "ESTATE-FIRMWARE-LATEST": "Latest",
    "ESTATE-FIRMWARE-ONE": "One behind",
    "ESTATE-FIRMWARE-TWO": "Two behind",
    "ESTATE-FIRMWARE-OLDER": "Older",
}
CHARTED_FIRMWARE = charts.Bands(
    names=tuple(FIRMWARE.values()),
    whole="With a version",
    counted="Devices",
    panel="Devices with a version, per cent",
)
Cells = Mapping[tuple[str, str, str, str], Row]
"""(measure, device type, generation, region) → its figure."""


def section(context: Context) -> Section:
    """Devices out of touch and noisy ones by region and type, and their firmware by type."""
    cells = _cells(context)
    context.shown.update(measure for measure, *_ in cells)
    return Section("operations-estate", "Estate health", _blocks(context, cells))


def _cells(context: Context) -> Cells:
    rows = context.marts.rows(
        "pmr_measures",
        "measure_id, device_type, smets, region",
        {"measure_id": (DEVICES, SILENT, NOISY, *FIRMWARE)},
    )
    return {
        (
            row.text("measure_id"),
            row.text("device_type"),
            row.text("smets"),
            row.text("region"),
        ): row
        for row in rows
    }


def _blocks(context: Context, cells: Cells) -> tuple[Block, ...]:
    whole = context.marts.rows(
        "estate_health", "device_type", {"device_type": (ALL,), "smets": (ALL,), "region": (ALL,)}
    )
    estate = cells.get((DEVICES, ALL, ALL, ALL))
    if estate is None or estate.number("value") is None or not whole:
        said = None if estate is None else estate.words("value_text")
        return (say(f"Devices of the estate: {said or NO_EVENTS}."),)
    types = (*_types(cells), ALL)
    figure = charts.bands_figure(
        "estate-firmware",
        "Currency of firmware, by device type",
        "Device type",
        CHARTED_FIRMWARE,
        [_bar(name, found) for name in types if (found := _currencies(cells, name))],
    )
    return (
        _said(whole[0]),
        _health(
            "estate_by_region",
            "region",
            column("region", "Region", weight=1.2),
            [
                Line(
                    (fmt.text(place.name), *_healths(cells, ALL, place)),
                    _role(place == WHOLE),
                    facts=place.facts(),
                )
                for place in PLACES
                if (DEVICES, ALL, place.smets, place.region) in cells
            ],
        ),
        _health(
            "estate_by_type",
            "device type",
            column("device_type", "Device type", weight=1.2),
            [
                Line((fmt.text(name), *_healths(cells, name, WHOLE)), _role(name == ALL))
                for name in types
            ],
        ),
        _firmware_said(whole[0]),
        *(() if figure is None else (figure,)),
        _firmware(cells, types),
    )


# --- what is said --------------------------------------------------------------------------------


def _said(whole: Row) -> Block:
    history = whole.whole("history_days")
    return say(
        "Devices commissioned at the end of the month. One does not communicate when it was asked "
        "for meter reads on the 60 days before the last day of the month and answered none of them "
        "successfully, or when an N13 of the last seven days says that a response failed and no "
        "successful one came since. Noisy are those in the top 0.1% of their type by alerts, with "
        "more than 100 in the month. Of the 60 days before the month, the extracts of ",
        strong(f"{history}"),
        " have landed."
        if history == LOOK_BACK_DAYS
        else " have landed; a device that answered on another day may be taken for silent.",
    )


def _firmware_said(whole: Row) -> Block:
    since = whole.day("firmware_seen_since")
    return say(
        "A version is as old as the first snapshot of devices that has it, among those of its "
        "device type and model. The snapshots begin with ",
        strong("nothing" if since is None else fmt.month_text(since)),
        ". Of versions first seen in one snapshot, as in that one, the higher number is taken for "
        "the later: so it is for ",
        strong(fmt.count(whole.whole("firmware_ranked_by_number")).text),
        " devices.",
    )


# --- tables --------------------------------------------------------------------------------------


def _types(cells: Cells) -> list[str]:
    """Device types, those with most devices first."""
    found = {
        device_type: row.number("value") or 0
        for (measure, device_type, smets, region), row in cells.items()
        if measure == DEVICES and device_type != ALL and (smets, region) == (ALL, ALL)
    }
    return sorted(found, key=lambda name: (-found[name], name))


def _role(is_total: bool) -> Role:
    return Role.TOTAL if is_total else Role.BODY


def _figure(row: Row | None, unit: str) -> Cell:
    """A figure; nought where there is no device, words where it was not told."""
    if row is None:
        return fmt.not_applicable(fmt.unit_kind(unit))
    value, said = row.number("value"), row.words("value_text")
    if value is None and said == NO_EVENTS and unit == "count":
        return fmt.count(0)
    return fmt.level(value, said, unit)


def _counted(row: Row | None) -> Cell:
    """What a share counts, in the same words where it has none."""
    numerator = None if row is None else row.number("numerator")
    return _figure(row, "count") if numerator is None else fmt.count(numerator)


def _healths(cells: Cells, device_type: str, place: Place) -> tuple[Cell, ...]:
    """Devices, those that do not communicate and their share, and noisy ones."""
    key = (device_type, place.smets, place.region)
    silent = cells.get((SILENT, *key))
    return (
        _figure(cells.get((DEVICES, *key)), "count"),
        _counted(silent),
        _figure(silent, "percent"),
        _figure(cells.get((NOISY, *key)), "count"),
    )


def _health(name: str, by: str, first: Column, lines: Sequence[Line]) -> Table:
    return Table(
        name,
        f"Devices that do not communicate, and noisy devices, by {by}",
        (
            first,
            summed("devices", "Devices"),
            summed("silent", "Not communicating", weight=1.2),
            column("silent_pct", "Share", Kind.PERCENT),
            summed("noisy", "Noisy"),
        ),
        tuple(lines),
        ("pmr_measures",),
    )


def _currencies(cells: Cells, device_type: str) -> list[Row]:
    """The figures of a device type, one for each currency; none where one is missing."""
    found = (cells.get((measure, device_type, ALL, ALL)) for measure in FIRMWARE)
    rows = [row for row in found if row is not None]
    return rows if len(rows) == len(FIRMWARE) else []


def _bar(name: str, rows: Sequence[Row]) -> charts.Banded:
    return charts.Banded(
        name,
        _whole(rows[0], "denominator"),
        tuple(_whole(row, "numerator") for row in rows),
        tuple(_figure(row, "percent") for row in rows),
    )


def _whole(row: Row, name: str) -> int:
    return int(row.number(name) or 0)


def _firmware(cells: Cells, types: Sequence[str]) -> Table:
    return Table(
        "estate_firmware",
        "Currency of firmware, by device type",
        (
            column("device_type", "Device type", weight=1.2),
            summed("with_version", "With a version", weight=1.1),
            *(
                one
                for place, words in enumerate(FIRMWARE.values(), start=1)
                for one in (
                    summed(f"currency_{place}", words),
                    column(f"currency_{place}_pct", f"{words} %", Kind.PERCENT),
                )
            ),
        ),
        tuple(
            Line(
                (
                    fmt.text(name),
                    fmt.count(_whole(rows[0], "denominator")),
                    *(
                        cell
                        for row in rows
                        for cell in (
                            fmt.count(_whole(row, "numerator")),
                            _figure(row, "percent"),
                        )
                    ),
                ),
                _role(name == ALL),
            )
            for name in types
            if (rows := _currencies(cells, name))
        ),
        ("pmr_measures",),
        row_total="with_version",
    )
