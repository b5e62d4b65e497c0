"""Firmware of the report's small warehouse: images, activations and hubs' own images.

Belongs here: made-up rows of their marts and measures that agree with each other. Does not belong
here: how a figure comes about.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tests.python.report.fixture_rsvp import (
    ALL,
    CENTRAL,
    NORTH,
    SMETS1,
    Cell,
    Record,
    Value,
    percent,
)
from tests.python.report.fixture_top_ups import PLACES, is_in

TABLES = """
create table marts.hub_firmware (
    reporting_month date, region varchar, image_version varchar, attempted bigint,
    delivered bigint, activated bigint, delivered_pct double, activated_pct double);
"""

# Of each place and device type: requested, acknowledged, HANs received, verified, verification
# failed, in progress, silent, activations, activations that succeeded. South got no image.
CELLS: dict[tuple[str, Cell], tuple[int, ...]] = {
    ("ESME", SMETS1): (5000, 4900, 4600, 4200, 200, 300, 200, 3900, 3850),
    ("ESME", NORTH): (4000, 3880, 2400, 2100, 90, 1000, 690, 1800, 1750),
    ("GSME", NORTH): (1000, 960, 600, 500, 20, 240, 200, 450, 440),
    ("ESME", CENTRAL): (6000, 5850, 5500, 5000, 200, 400, 250, 4700, 4690),
}
# By place and version: attempted, delivered, activated.
HUBS: dict[tuple[Cell, str], tuple[int, ...]] = {
    (SMETS1, "4.22.1"): (800, 760, 730),
    (NORTH, "4.22.1"): (500, 310, 300),
    (CENTRAL, "4.22.1"): (600, 580, 560),
    (CENTRAL, "4.23.1"): (200, 190, 180),
}
SHARES = {
    "DF1": (1, 0),
    "DF2-VERIFIED": (3, 1),
    "DF2-FAILED": (4, 1),
    "DF2-PROGRESS": (5, 1),
    "DF2-SILENT": (6, 1),
    "DF3": (8, 7),
}
"""Measure → which of the figures of a cell are its numerator and its denominator."""


def marts() -> dict[str, list[Record]]:
    """Mart → its rows."""
    return {
        "hub_firmware": list(_hub_firmware()),
        "pmr_measures": [*_images(), *_hubs()],
    }


def _summed(parts: list[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*parts, strict=True))


def _figure(measure_id: str, place: Cell, device_type: str = ALL, **values: Value) -> Record:
    is_share = values.get("denominator") is not None
    return {
        "measure_id": measure_id,
        "scope": ALL,
        "business_process": ALL if measure_id.startswith("CHF") else "Update Device Firmware",
        "srv": ALL,
        "device_type": device_type,
        "smets": place[0],
        "region": place[1],
        "measure_name": measure_id,
        "kind": "M" if measure_id in {"DF1", "CHF1", "CHF2"} else "I",
        "unit": "percent" if is_share else "count",
        "direction": "higher",
        "value_text": "No Events",
        **values,
    }


def _share(measure_id: str, part: int, whole: int, place: Cell, device_type: str = ALL) -> Record:
    value = percent(part, whole)
    return _figure(measure_id, place, device_type, numerator=part, denominator=whole, value=value)


def _images() -> Iterator[Record]:
    for device_type, place in product((ALL, "ESME", "GSME"), PLACES):
        own = [
            counts
            for (own_type, cell), counts in CELLS.items()
            if device_type in {ALL, own_type} and is_in(cell, place)
        ]
        if not own and device_type != ALL:
            continue
        counts = _summed(own) if own else (0,) * 9
        for measure_id, (part, whole) in SHARES.items():
            yield _share(measure_id, counts[part], counts[whole], place, device_type)
        yield _share("DF3-FAILED", counts[7] - counts[8], counts[7], place, device_type)
        hans = counts[2] if own else None
        yield _figure("DF1-HANS", place, device_type, numerator=hans, value=hans)


def _hubs() -> Iterator[Record]:
    for place in PLACES:
        own = [counts for (cell, _), counts in HUBS.items() if is_in(cell, place)]
        attempted, delivered, activated = _summed(own) if own else (0, 0, 0)
        yield _share("CHF1", delivered, attempted, place)
        yield _share("CHF2", activated, attempted, place)


def _hub_firmware() -> Iterator[Record]:
    for version, region in product(("4.22.1", "4.23.1"), (ALL, "North", "Central", "South")):
        own = [
            counts
            for (cell, own_version), counts in HUBS.items()
            if own_version == version and region in {ALL, cell[1]}
        ]
        if not own:
            continue
        attempted, delivered, activated = _summed(own)
        yield {
            "region": region,
            "image_version": version,
            "attempted": attempted,
            "delivered": delivered,
            "activated": activated,
            "delivered_pct": percent(delivered, attempted),
            "activated_pct": percent(activated, attempted),
        }
