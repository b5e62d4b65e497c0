"""Runs the script by hand in this process, as a database client would.

Belongs here: the connection and the three variables that the script wants. What the script does
stands in `month_by_hand.sql` and, for the outcomes, in `outcomes_by_hand.sql`. It says on stdout
what each statement took.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import duckdb

from orchestration.settings import PROJECT_ROOT, Settings

SCRIPTS = ("month_by_hand.sql", "outcomes_by_hand.sql")
DATABASE = "by_hand.duckdb"
MONTH = date(2020, 9, 1)


def main(settings: Settings) -> None:
    """Make the tables of the month in a new database, with the memory limit that dbt has."""
    database = settings.warehouse_dir / DATABASE
    database.unlink(missing_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory_limit
    }
    if settings.threads:
        config["threads"] = settings.threads
    with duckdb.connect(str(database), config=config) as con:
        con.execute("set TimeZone = 'UTC'")
        con.execute("set enable_progress_bar = false")
        con.execute(f"set variable month = date '{MONTH}'")
        con.execute(f"set variable landed = '{settings.landed_dir}'")
        con.execute(f"set variable seeds = '{PROJECT_ROOT / 'seeds'}'")
        folder = Path(__file__).parent
        text = "".join((folder / name).read_text(encoding="utf-8") for name in SCRIPTS)
        for statement in con.extract_statements(f"{text}checkpoint;"):
            started = time.monotonic()
            con.execute(statement)
            took = time.monotonic() - started
            sys.stdout.write(f"{took:.3f} {_first_line(statement.query)}\n")


def _first_line(sql: str) -> str:
    lines = (line for line in sql.splitlines() if line.strip() and not line.startswith("--"))
    return next(lines, "").strip().removesuffix(" as")


if __name__ == "__main__":
    main(Settings.load())
