"""The estate of the report's small warehouse.

Belongs here: made-up rows of its mart and measures that agree with each other. Does not belong
here: how a figure comes about.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from tests.python.report.fixture_rsvp import ALL, CENTRAL, NORTH, SMETS1, Cell, Record, percent
from tests.python.report.fixture_top_ups import PLACES, is_in

TABLES = """
create table marts.estate_health (
    reporting_month date, device_type varchar, smets varchar, region varchar, devices bigint,
    not_communicating bigint, noisy bigint, firmware_latest bigint, firmware_one_behind bigint,
    firmware_two_behind bigint, firmware_older bigint, firmware_unknown bigint,
    firmware_ranked_by_number bigint, history_days bigint, firmware_seen_since date);
"""

# Of each place and device type: devices, those out of touch, noisy ones, latest firmware, one
# behind, two behind, older, no version, ranked by number. South has no device.
COUNTS = (
    "devices", "not_communicating", "noisy", "firmware_latest", "firmware_one_behind",
    "firmware_two_behind", "firmware_older", "firmware_unknown", "firmware_ranked_by_number",
)  # fmt: skip
CELLS: dict[tuple[str, Cell], tuple[int, ...]] = {
    ("ESME", SMETS1): (120000, 900, 40, 60000, 40000, 15000, 4000, 1000, 30000),
    ("CHF", NORTH): (40000, 12, 0, 30000, 8000, 1500, 500, 0, 2000),
    ("ESME", NORTH): (40000, 310, 9, 21000, 12000, 5000, 2000, 0, 2000),
    ("ESME", CENTRAL): (55000, 420, 11, 31000, 16000, 6000, 2000, 0, 0),
    ("GSME", CENTRAL): (30000, 250, 3, 12000, 9000, 6000, 2900, 100, 400),
}
SHARES = {
    "ESTATE-SILENT": "not_communicating",
    "ESTATE-FIRMWARE-LATEST": "firmware_latest",
    "ESTATE-FIRMWARE-ONE": "firmware_one_behind",
    "ESTATE-FIRMWARE-TWO": "firmware_two_behind",
    "ESTATE-FIRMWARE-OLDER": "firmware_older",
}


def marts() -> dict[str, list[Record]]:
    """Mart → its rows."""
    cells = {
        (device_type, place): own
        for device_type, place in product((ALL, "CHF", "ESME", "GSME"), PLACES)
        if (own := _summed(device_type, place)) is not None or device_type == ALL
    }
    return {
        "estate_health": [
            {
                **_splits(device_type, place),
                **own,
                "history_days": 31,
                "firmware_seen_since": date(2020, 6, 1),
            }
            for (device_type, place), own in cells.items()
            if own is not None
        ],
        "pmr_measures": [
            record
            for (device_type, place), own in cells.items()
            for record in _measures(_splits(device_type, place), own)
        ],
    }


def _summed(device_type: str, place: Cell) -> dict[str, int] | None:
    own = [
        counts
        for (own_type, cell), counts in CELLS.items()
        if device_type in {ALL, own_type} and is_in(cell, place)
    ]
    if not own:
        return None
    return dict(zip(COUNTS, (sum(parts) for parts in zip(*own, strict=True)), strict=True))


def _splits(device_type: str, place: Cell) -> Record:
    return {"device_type": device_type, "smets": place[0], "region": place[1]}


def _measures(splits: Record, own: dict[str, int] | None) -> Iterator[Record]:
    common: Record = {
        "scope": ALL,
        "business_process": ALL,
        "srv": ALL,
        "kind": "I",
        "value_text": "No Events",
        **splits,
    }
    for measure_id, name in (("ESTATE-DEVICES", "devices"), ("ESTATE-NOISY", "noisy")):
        yield {
            **common,
            "measure_id": measure_id,
            "measure_name": measure_id,
            "unit": "count",
            "value": None if own is None else own[name],
        }
    for measure_id, name in SHARES.items():
        record: Record = {
            **common,
            "measure_id": measure_id,
            "measure_name": measure_id,
            "unit": "percent",
            "direction": "higher" if name == "firmware_latest" else "lower",
        }
        if own is not None:
            unknown = 0 if name == "not_communicating" else own["firmware_unknown"]
            whole = own["devices"] - unknown
            record |= {
                "numerator": own[name],
                "denominator": whole,
                "value": percent(own[name], whole),
            }
        yield record
