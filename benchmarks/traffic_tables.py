"""Whether the models and the script by hand have made the same.

Belongs here: comparing two databases table by table. Every row and every column counts; a column
that one of them lacks is a difference.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks.month_by_hand import MONTH

# Row-level tables are compared by sums of hashes; of the others the columns that tell rows apart.
ROW_LEVEL = ("fct_service_requests", "fct_alerts")
KEYS = {
    "rsvp_daily": (
        *("activity_date", "business_process", "srv", "timing_class"),
        *("smets", "region", "device_type"),
    ),
    "rsvp_monthly": ("business_process", "srv", "timing_class", "smets", "region", "device_type"),
    "credential_pairs": ("srv", "smets", "region"),
    "data_warnings": ("warning", "detail"),
    "process_iterations": ("business_process", "smets", "region"),
    "install_daily": ("activity_date", "device_type", "region"),
    "install_outcomes": ("activity_date", "region"),
    "change_of_supplier": ("activity_date", "device_type", "smets", "region", "response_code"),
    "change_of_supplier_open": ("age_band", "smets", "region"),
    "meter_reads": ("srv", "smets", "region"),
    "top_ups": ("device_type", "smets", "region"),
    "top_up_failures": ("region", "response_code"),
    "payment_mode_changes": ("srv", "device_type", "smets", "region"),
    "alert_delivery": ("alert_code", "smets", "region"),
    "firmware_images": ("device_type", "region"),
    "hub_firmware": ("region", "image_version"),
    "estate_health": ("device_type", "smets", "region"),
    "service_degradation": ("started_at", "region"),
}
# Means and shares are divided in another order, and the models' sums of interim speeds are decimals
# of nine places: the last digits of a double may differ. Medians may not.
RELATIVE_TOLERANCE = 1e-9


def differences(models: Path, by_hand: Path) -> list[str]:
    """What the marts and the script's tables do not agree on; none when they are the same."""
    with duckdb.connect() as con:
        con.execute(f"attach '{models}' as models (read_only)")
        con.execute(f"attach '{by_hand}' as by_hand (read_only)")
        rows = [text for name in ROW_LEVEL for text in _different_rows(con, name)]
        return rows + [text for name in KEYS for text in _different_cells(con, name)]


def _columns(con: duckdb.DuckDBPyConnection, name: str) -> tuple[dict[str, str], list[str]]:
    """Columns that both have, by type, and those that one lacks."""
    types = [
        {str(row[0]): str(row[1]) for row in con.execute(f"describe {side}").fetchall()}
        for side in (f"models.marts.{name}", f"by_hand.{name}")
    ]
    lacking = sorted(types[0].keys() ^ types[1].keys())
    return {key: types[0][key] for key in types[0] if key in types[1]}, lacking


def _different_rows(con: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """Row-level tables: rows, a sum of each column's hashes, and a sum over whole rows."""
    columns, lacking = _columns(con, name)
    sums = ", ".join(f"sum(hash({column})::hugeint) as {column}" for column in columns)
    query = f"select count(*) as rows, sum(hash({', '.join(columns)})::hugeint) as whole, {sums} "
    rows = [
        con.execute(f"{query} from {side}").fetchall()[0]
        for side in (f"models.marts.{name}", f"by_hand.{name}")
    ]
    names = ["rows", "whole rows", *columns]
    wrong = [name for name, one, other in zip(names, *rows, strict=True) if one != other]
    return [f"{name}: {column}" for column in [*lacking, *wrong]]


def _different_cells(con: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """Aggregates: each cell of each; counts and medians exactly, quotients to their last bits."""
    columns, lacking = _columns(con, name)
    keys = KEYS[name]
    tests = {}
    for column, kind in columns.items():
        one, other = f'models."{column}"', f'by_hand."{column}"'
        if kind == "DOUBLE" and "median" not in column:
            tests[column] = (
                f"coalesce(abs({one} - {other}) > {RELATIVE_TOLERANCE} * abs({other}), "
                f"{one} is distinct from {other})"
            )
        elif column not in keys:
            tests[column] = f"{one} is distinct from {other}"
    counted = ", ".join(f"count(*) filter ({test})" for test in tests.values())
    row = con.execute(
        f"""
        select
            count(*),
            count(*) filter (models.{keys[0]} is null),
            count(*) filter (by_hand.{keys[0]} is null),
            {counted}
        from (from models.marts.{name} where reporting_month = date '{MONTH}') as models
        full outer join by_hand.{name} as by_hand using ({", ".join(keys)})
        """
    ).fetchall()[0]
    names = ["cells", "cells by hand alone", "cells of the models alone", *tests]
    counts = dict(zip(names, row, strict=True))
    if counts.pop("cells") == 0:
        return [f"{name}: no rows"]
    wrong = [f"{name}: {column}: {count} cells" for column, count in counts.items() if count]
    return [f"{name}: {column}" for column in lacking] + wrong
