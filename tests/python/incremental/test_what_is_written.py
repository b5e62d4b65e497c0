"""A run writes again the days whose inputs changed, and no others.

Two things show it: the fingerprints that the warehouse keeps of each period, and a mark on the
rows that stand, which those lose that are written again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tests.python.incremental.extracts import (
    ALERTS,
    COLUMNS,
    DEVICES,
    REQUESTS,
    TARGETS,
    local,
    text,
)
from tests.python.incremental.room import (
    FACTS,
    OCTOBER,
    SEPTEMBER,
    Dbt,
    Extract,
    Room,
    differing,
)
from tests.python.landing.room import Row

pytestmark = pytest.mark.slow

FIRST, SECOND, THIRD, LAST = (date(2020, 9, day) for day in (27, 28, 29, 30))
OF_OCTOBER = date(2020, 10, 1)

# Tables whose rows are marked, and the column that takes the mark.
MARKED = {"marts.fct_service_requests": "user_role", "marts.fct_alerts": "disposition"}
Written = Mapping[str, set[date]]


def request(name: str, day: date, **values: str) -> Row:
    """A request at noon that nobody answered: an N12 may belong to it."""
    return {
        "request_id": name,
        "srv": "4.8.1",
        "user_id": "supplier",
        "user_role": "IS",
        "device_id": "meter",
        "mode_of_operation": "2",
        "report_status_id": "34",
        "received_at": text(local(day, 12)),
        **values,
    }


def alert(name: str, day: date, **values: str) -> Row:
    """An N12 of one in the morning, to whom the request of the day before may belong."""
    return {
        "alert_id": name,
        "alert_code": "N12",
        "alert_kind": "DCC",
        "device_id": "meter",
        "user_id": "supplier",
        "raised_at": text(local(day, 1)),
        "disposition": "delivered",
        **values,
    }


def extract(feed: str, period: object, *rows: Row, version: int = 1) -> Extract:
    return Extract(feed, str(period), version, COLUMNS[feed], rows)


METER: Row = {
    "device_id": "meter",
    "device_type": "ESME",
    "smets": "SMETS2+",
    "comms_hub_id": "hub",
    "region": "North",
    "status": "Commissioned",
}
IMAGE = request("image", SECOND, srv="11.1", device_id="DCC", response_code="I0")
BASIS = (
    extract(REQUESTS, FIRST, request("1", FIRST), request("1b", FIRST, user_id="other")),
    extract(REQUESTS, SECOND, request("2", SECOND), IMAGE),
    extract(REQUESTS, THIRD, request("3", THIRD)),
    extract(REQUESTS, OF_OCTOBER, request("4", OF_OCTOBER)),
    extract(ALERTS, SECOND, alert("a", SECOND, alert_code="8F35")),
    extract(ALERTS, OF_OCTOBER, alert("b", OF_OCTOBER, alert_code="8F35")),
    extract(DEVICES, "2020-08", METER),
)


class Watched:
    """A room of which it is known what a run wrote."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def arrive(self, *extracts: Extract, month: date = SEPTEMBER) -> Written:
        """Land extracts and run a month; days that lost their mark, and periods of the state."""
        self.room.land(*extracts)
        return self.run(month)

    def run(self, month: date, *, with_views: bool = False) -> Written:
        """Run a month; periods of the state that changed, as the marked rows bear out."""
        for table, column in MARKED.items():
            self.room.execute(f"update {table} set {column} = 'seen'")
        before = self.room.periods()
        self.room.run(month, with_views=with_views)
        written = differing(before, self.room.periods())
        for table, column in MARKED.items():
            days = self.room.query(
                f"select activity_date, bool_or({column} = 'seen') from {table} group by all"
            )
            new = {day for day, is_marked in days if isinstance(day, date) and not is_marked}
            # Of a day that lost all its rows none could be marked.
            there = {day for day, _ in days}
            assert new == written.get(table.removeprefix("marts."), set()) & there, table
        return written


@pytest.fixture(scope="module")
def basis(dbt: Dbt, tmp_path_factory: pytest.TempPathFactory) -> Room:
    room = Room(tmp_path_factory.mktemp("basis"), dbt)
    room.land(*BASIS)
    room.run(SEPTEMBER, OCTOBER)
    return room


@pytest.fixture
def watched(basis: Room, tmp_path: Path) -> Watched:
    return Watched(basis.copy_to(tmp_path / "copy"))


def failed(watched: Watched) -> set[object]:
    """Requests that an alert failed."""
    found = watched.room.query(
        "select request_id from marts.fct_service_requests where delivery_failed"
    )
    return {request_id for (request_id,) in found}


def test_a_run_writes_the_days_that_something_arrived_for(watched: Watched) -> None:
    # Nothing arrived, whether the views are made again or not, whatever the month of the run.
    assert watched.run(SEPTEMBER, with_views=True) == {}
    assert watched.run(OCTOBER) == {}
    assert watched.run(SEPTEMBER) == {}
    watched.room.models = FACTS

    # A new day, one of its rows lying on the day before, and one of October.
    october = extract(REQUESTS, OF_OCTOBER, request("4", OF_OCTOBER, srv="4.10"), version=2)
    written = watched.arrive(
        extract(REQUESTS, LAST, request("5", LAST), request("6", THIRD)), october
    )
    assert written["fct_service_requests"] == {THIRD, LAST}
    assert written["int_requests__deciding"] == {THIRD, LAST, OF_OCTOBER}
    assert "fct_alerts" not in written

    # The first N12, of the night after the request that it belongs to.
    written = watched.arrive(extract(ALERTS, THIRD, alert("c", THIRD)))
    assert failed(watched) == {"2"}
    assert written["fct_service_requests"] == {SECOND}
    assert written["fct_alerts"] == {THIRD}

    # An alert that is nothing to any request.
    written = watched.arrive(extract(ALERTS, LAST, alert("d", LAST, user_id="nobody")))
    assert "fct_service_requests" not in written
    assert written["fct_alerts"] == {LAST}

    # Targets of an 11.1: the first file of its feed.
    target: Row = {"request_id": "image", "device_id": "meter"}
    written = watched.arrive(extract(TARGETS, SECOND, target))
    assert written["fct_service_requests"] == {SECOND}
    assert "fct_alerts" not in written

    # A version without the row that lay on the day before takes it from there.
    written = watched.arrive(extract(REQUESTS, LAST, request("5", LAST), version=2))
    assert written["fct_service_requests"] == {THIRD, LAST}

    # A version without rows: the day goes, and what its request owned.
    written = watched.arrive(extract(REQUESTS, SECOND, version=2))
    assert written["fct_service_requests"] == {SECOND}
    assert written["fct_alerts"] == {THIRD}
    assert failed(watched) == set()

    # What came for October while September was run is made when October is.
    assert watched.run(OCTOBER)["fct_service_requests"] == {OF_OCTOBER}


def test_a_snapshot_asks_for_the_months_that_read_it(watched: Watched) -> None:
    watched.room.models = FACTS
    october = extract(DEVICES, "2020-10", {**METER, "region": "South"})
    assert watched.arrive(october) == {}
    assert watched.run(OCTOBER)["fct_service_requests"] == {OF_OCTOBER}
    august = extract(DEVICES, "2020-08", {**METER, "region": "Central"}, version=2)
    written = watched.arrive(august)
    assert written["fct_service_requests"] == {FIRST, SECOND, THIRD}
    assert written["fct_alerts"] == {SECOND}
    assert written["int_devices__in_month"] == {SEPTEMBER}


def test_a_run_leaves_other_months_as_they_were(watched: Watched) -> None:
    of_october = "from {} where reporting_month = date '2020-10-01' order by all"
    marts = [table for table in watched.room.tables() if table.startswith("marts.")]
    before = {table: watched.room.query(of_october.format(table)) for table in marts}
    assert all(before[table] for table in MARKED)
    # An N12 of October whose request is of September, and an answer that changes October's own.
    watched.room.land(
        extract(REQUESTS, LAST, request("5", LAST)),
        extract(ALERTS, OF_OCTOBER, alert("e", OF_OCTOBER), version=2),
        extract(REQUESTS, OF_OCTOBER, request("4", OF_OCTOBER, response_code="I0"), version=2),
    )
    watched.room.run(SEPTEMBER)
    assert failed(watched) == {"5"}
    assert before == {table: watched.room.query(of_october.format(table)) for table in marts}
    watched.room.run(OCTOBER)
    owned = "select alert_id, request_id from marts.fct_alerts where request_id is not null"
    assert watched.room.query(owned) == [("e", "5")]
