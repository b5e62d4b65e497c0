"""Top-ups and changes of payment mode of the report's small warehouse.

Belongs here: made-up rows of their marts and measures that agree with each other. Does not belong
here: how a figure comes about.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
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

TABLES = """
create table marts.top_ups (
    reporting_month date, device_type varchar, smets varchar, region varchar, attempts bigint,
    succeeded bigint, succeeded_pct double, devices bigint, sequences bigint, first_time bigint,
    by_second bigint, never bigint, first_time_pct double, by_second_pct double, never_pct double,
    attempts_continued bigint, has_look_back boolean, credit_added_locally bigint);
create table marts.top_up_failures (
    reporting_month date, region varchar, response_code varchar, requests bigint);
"""

# Of each place and device type: attempts, succeeded, devices, sequences, first time, by second,
# never, credit added locally. South has no traffic. In Central seven in a hundred fail.
COUNTS = (
    "attempts", "succeeded", "devices", "sequences", "first_time", "by_second", "never", "local",
)  # fmt: skip
CELLS: dict[tuple[str, Cell], tuple[int, ...]] = {
    ("ESME", SMETS1): (61000, 59170, 15100, 59600, 57900, 58800, 500, 2100),
    ("GSME", SMETS1): (30000, 29100, 7800, 29300, 28200, 28900, 200, 1300),
    ("ESME", NORTH): (24000, 23520, 6100, 23600, 23100, 23400, 80, 900),
    ("ESME", CENTRAL): (31000, 28830, 8000, 29900, 27100, 28400, 1100, 1500),
    ("GSME", CENTRAL): (9000, 8370, 2400, 8700, 7800, 8200, 400, 700),
}
# By SRV: requests, and how many reached the device.
CHANGES: dict[tuple[str, Cell], tuple[int, int]] = {
    ("1.6", SMETS1): (800, 790),
    ("1.6", NORTH): (400, 398),
    ("2.1", CENTRAL): (1200, 1100),
}
FAILURES: dict[tuple[str, str], int] = {
    ("North", "E20"): 300,
    ("North", "None"): 180,
    ("Central", "E20"): 1500,
    ("Central", "E21"): 900,
    ("Central", "Z9"): 100,
    ("Central", "I0"): 300,
    (ALL, "E20"): 5310,
    (ALL, "E21"): 900,
    (ALL, "Z9"): 100,
    (ALL, "I0"): 300,
    (ALL, "None"): 1400,
}
PLACES: tuple[Cell, ...] = (
    (ALL, ALL), SMETS1, ("SMETS2+", ALL), NORTH, CENTRAL, ("SMETS2+", "South"),
)  # fmt: skip


def marts() -> dict[str, list[Record]]:
    """Mart → its rows."""
    return {
        "top_ups": list(_top_ups()),
        "top_up_failures": [
            {"region": region, "response_code": code, "requests": requests}
            for (region, code), requests in FAILURES.items()
        ],
        "pmr_measures": [*_measures(), *_changes()],
    }


def is_in(cell: Cell, place: Cell) -> bool:
    """Whether a cell counts in the row of a place."""
    return place[0] in {ALL, cell[0]} and place[1] in {ALL, cell[1]}


def _summed(device_type: str, place: Cell) -> dict[str, int] | None:
    own = [
        counts
        for (own_type, cell), counts in CELLS.items()
        if device_type in {ALL, own_type} and is_in(cell, place)
    ]
    if not own:
        return None
    return dict(zip(COUNTS, (sum(parts) for parts in zip(*own, strict=True)), strict=True))


def _top_ups() -> Iterator[Record]:
    for device_type, place in product((ALL, "ESME", "GSME"), PLACES):
        own = _summed(device_type, place)
        if own is None:
            continue
        yield {
            "device_type": device_type,
            "smets": place[0],
            "region": place[1],
            **{name: count for name, count in own.items() if name != "local"},
            "succeeded_pct": percent(own["succeeded"], own["attempts"]),
            **{
                f"{name}_pct": percent(own[name], own["sequences"])
                for name in ("first_time", "by_second", "never")
            },
            "attempts_continued": 0,
            "has_look_back": True,
            "credit_added_locally": own["local"],
        }


def _figure(measure_id: str, **values: Value) -> Record:
    is_share = values.get("denominator") is not None
    return {
        "measure_id": measure_id,
        "scope": ALL,
        "business_process": "Pre-Payment",
        "srv": ALL,
        "device_type": ALL,
        "measure_name": measure_id,
        "kind": "M" if measure_id in {"PP1", "PP2"} else "I",
        "unit": "percent" if is_share else "count",
        "direction": "higher",
        "value_text": "No Events",
        **values,
    }


def _level(measure_id: str, part: int, whole: int, **splits: Value) -> Record:
    value: Decimal | None = percent(part, whole)
    return _figure(measure_id, numerator=part, denominator=whole, value=value, **splits)


def _measures() -> Iterator[Record]:
    for device_type, place in product((ALL, "ESME", "GSME"), PLACES):
        own = _summed(device_type, place)
        if own is None and device_type != ALL:
            continue
        found = own or dict.fromkeys(COUNTS, 0)
        splits: Record = {"device_type": device_type, "smets": place[0], "region": place[1]}
        yield _level("PP1", found["succeeded"], found["attempts"], **splits)
        for measure_id, value in (
            ("PP1-VOL-SUCCEEDED", found["succeeded"]),
            ("PP1-VOL-FAILED", found["attempts"] - found["succeeded"]),
            ("PP1-VOL-DEVICES", found["devices"]),
            ("PP1-LOCAL", found["local"]),
        ):
            yield _figure(measure_id, value=value if own else None, **splits)
        for measure_id, name in (
            ("PP1-TRY-FIRST", "first_time"),
            ("PP1-TRY-SECOND", "by_second"),
            ("PP1-TRY-NEVER", "never"),
        ):
            yield _level(measure_id, found[name], found["sequences"], **splits)


def _changes() -> Iterator[Record]:
    for srv, place in product((ALL, "1.6", "2.1"), PLACES):
        own = [
            counts
            for (own_srv, cell), counts in CHANGES.items()
            if srv in {ALL, own_srv} and is_in(cell, place)
        ]
        if not own and srv != ALL:
            continue
        requests, succeeded = (sum(counts[at] for counts in own) for at in (0, 1))
        for device_type in (ALL, "ESME") if requests else (ALL,):
            yield _level(
                "PP2", succeeded, requests,
                srv=srv, device_type=device_type, smets=place[0], region=place[1],
            )  # fmt: skip
