"""A run killed in the middle of a table leaves whole days, and the next ends in the same rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.python.incremental.extracts import ALERTS, DEVICES, REQUESTS, local, text
from tests.python.incremental.room import FACTS, SEPTEMBER, Dbt, Room
from tests.python.incremental.test_what_is_written import METER, alert, extract

pytestmark = pytest.mark.slow

# Days that do not follow one another are written in a statement and a transaction each.
DAYS = [date(2020, 9, day) for day in (3, 10, 17)]
ROWS_PER_DAY = 100_000


def fill(room: Room) -> None:
    """Days large enough that writing each takes its time."""
    for day in DAYS:
        path = room.settings.landing_dir / extract(REQUESTS, day).file
        path.parent.mkdir(parents=True, exist_ok=True)
        duckdb.execute(
            f"""
            copy (
                select
                    'a:{day}:' || i as request_id, '4.8.1' as srv, 'supplier' as user_id,
                    'IS' as user_role, 'meter' || i as device_id, 2 as mode_of_operation,
                    34 as report_status_id, '{text(local(day, 12))}' as received_at
                from range({ROWS_PER_DAY}) as listed (i)
            ) to '{path}' (format csv, header)
            """
        )
    room.land(
        extract(ALERTS, DAYS[1], alert("n", DAYS[1], request_id=f"a:{DAYS[0]}:7")),
        extract(DEVICES, "2020-09", METER),
    )


def figures(room: Room) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a run is to end in, however often it was killed; rows as one number a day."""
    found = {
        table: room.query(
            f"select reporting_month, count(*), bit_xor(hash(listed)) from {table} as listed "
            "group by all order by all"
        )
        for table in room.tables()
        # It knows no month, and there are no targets here.
        if table != "intermediate.int_requests__first_targets"
    }
    return {**found, "state": room.query("from state.built_periods order by all")}


def assert_whole_days(room: Room) -> None:
    """What the state vouches for is there, and nothing else; and there was more to come."""
    done = {period for model, period in room.periods() if model == "fct_service_requests"}
    rows = room.query(
        "select activity_date, count(*) from marts.fct_service_requests group by all order by all"
    )
    assert rows == [(day, ROWS_PER_DAY) for day in sorted(done)]
    assert DAYS[0] in done
    assert DAYS[-1] not in done


def test_a_killed_run_is_completed_by_the_next(
    dbt: Dbt, start_dbt: Callable[[], Dbt], tmp_path: Path
) -> None:
    undisturbed = Room(tmp_path / "undisturbed", dbt, FACTS)
    fill(undisturbed)
    disturbed = undisturbed.copy_to(tmp_path / "disturbed")
    undisturbed.run(SEPTEMBER)

    dbt.run(disturbed.database, "--quiet", "seed")
    with start_dbt() as killed:
        killed.ask(disturbed.database, *disturbed.arguments(SEPTEMBER))
        killed.kill_at(f"fct_service_requests: {DAYS[1]} (2 of 3)")
    assert_whole_days(disturbed)
    disturbed.run(SEPTEMBER)
    assert figures(disturbed) == figures(undisturbed)
