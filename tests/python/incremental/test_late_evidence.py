"""What lands after a month was built moves what was open at its extract point (O6, O8).

An image in progress is verified by an alert of the next month, within its 120 hours and not after
them; a hub that awaited its status has told it, in a new version of its day's requests.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from tests.python.incremental.extracts import ALERTS, COLUMNS, DEVICES, REQUESTS, TARGETS, text
from tests.python.incremental.room import SEPTEMBER, Dbt, Extract, Room
from tests.python.landing.room import Row
from tests.python.oracle.clock import extract_point, local

pytestmark = pytest.mark.slow

STATUSES = "dsp/device_status"
END = extract_point(SEPTEMBER)
SENT = local(2020, 9, 28, 12)
FIVE_DAYS = timedelta(days=5)
INSTALLED = local(2020, 9, 8, 10)


def extract(feed: str, period: str, rows: Sequence[Row], version: int = 1) -> Extract:
    """A file with the columns that its rows name."""
    columns = tuple(column for column in COLUMNS.get(feed, tuple(rows[0])) if column in rows[0])
    return Extract(feed, period, version, columns, tuple(rows))


def request(srv: str, device_id: str, at: str, code: str) -> Row:
    """A request that was answered at once, or, without a code, never."""
    return {
        "request_id": f"U:{device_id}:{srv}",
        "srv": srv,
        "user_id": "U",
        "user_role": "IS",
        "device_id": device_id,
        "mode_of_operation": "3",
        "report_status_id": "3",
        "received_at": at,
        "response_sent_at": at if code else "",
        "response_code": code,
    }


def device(device_id: str, device_type: str) -> Row:
    """A device of one home in South."""
    return {
        "device_id": device_id,
        "device_type": device_type,
        "smets": "SMETS2+",
        "comms_hub_id": "hub",
        "region": "South",
        "status": "Commissioned",
        "commissioned_at": text(INSTALLED),
    }


def verified(alert_id: str, device_id: str, raised_at: str) -> Row:
    """An 8F72."""
    return {
        "alert_id": alert_id,
        "alert_code": "8F72",
        "alert_kind": "Device",
        "device_id": device_id,
        "raised_at": raised_at,
        "disposition": "delivered",
    }


@pytest.fixture(scope="module")
def room(dbt: Dbt, tmp_path_factory: pytest.TempPathFactory) -> Room:
    """September as it stood on the 1st of October."""
    room = Room(
        tmp_path_factory.mktemp("late"), dbt, models=("+firmware_images", "+install_outcomes")
    )
    room.land(
        extract(DEVICES, "2020-09", [device("hub", "CHF"), device("E1", "ESME"),
                                     device("E2", "ESME")]),
        extract(REQUESTS, "2020-09-08", [request("8.14.1", "hub", text(INSTALLED), "")]),
        extract(STATUSES, "2020-09-08", [{"device_id": "hub", "status": "Commissioned",
                                          "changed_at": text(INSTALLED)}]),
        extract(REQUESTS, "2020-09-28", [request("11.1", "DCC", text(SENT), "I99")]),
        extract(TARGETS, "2020-09-28", [
            {"request_id": "U:DCC:11.1", "device_id": one, "response_code": "I99"}
            for one in ("E1", "E2")
        ]),
        extract(ALERTS, "2020-09-30", [verified("A1", "other", text(END - timedelta(hours=1)))]),
    )  # fmt: skip
    room.run(SEPTEMBER)
    return room


def images(room: Room) -> tuple[object, ...]:
    """In progress, verified, silent."""
    [row] = room.query(
        "select in_progress, verified, silent from marts.firmware_images "
        "where device_type = 'All' and region = 'All'"
    )
    return row


def hubs(room: Room) -> tuple[object, ...]:
    """Awaiting, commissioned."""
    [row] = room.query(
        "select sum(awaiting)::int, sum(commissioned)::int from marts.install_outcomes "
        "where region = 'South'"
    )
    return row


def test_what_lands_later_moves_what_was_open(room: Room) -> None:
    assert images(room) == (2, 0, 0)
    assert hubs(room) == (1, 0)

    second = timedelta(seconds=1)
    room.land(
        extract(ALERTS, "2020-10-03", [
            verified("A2", "E1", text(SENT + FIVE_DAYS)),
            verified("A3", "E2", text(SENT + FIVE_DAYS + second)),
        ]),
        extract(REQUESTS, "2020-09-08", [request("8.14.1", "hub", text(INSTALLED), "I0")], 2),
    )  # fmt: skip
    room.run(SEPTEMBER)
    assert images(room) == (1, 1, 0), "a second after the 120 hours is none"
    assert hubs(room) == (0, 1)
