"""The oracle's own answers on deliveries of alerts, worked out by hand (rule O9)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.python.oracle import deliveries
from tests.python.oracle.clock import utc
from tests.python.oracle.incidents import Row
from tests.python.oracle.records import Alert, Device, Facts

SEPTEMBER = date(2020, 9, 1)
NOON = utc(2020, 9, 7, 12)


def alert(
    seconds: float | None = 30,
    disposition: str = "delivered",
    count: int | None = None,
    *,
    raised_at: datetime = NOON,
    code: str = "AD1",
    device_id: str = "H1",
) -> Alert:
    """An alert that was sent so many seconds after it was raised, or never."""
    return Alert(
        file_date=raised_at.date(),
        alert_id="A1",
        alert_code=code,
        device_id=device_id,
        raised_at=raised_at,
        disposition=disposition,
        sent_at=None if seconds is None else raised_at + timedelta(seconds=seconds),
        alert_count=count,
    )


def delivered(*alerts: Alert) -> dict[tuple[object, ...], Row]:
    """What September makes of them, a hub of the South and a SMETS1 meter being known."""
    facts = Facts(
        alerts=list(alerts),
        devices=[
            Device(SEPTEMBER, "H1", "CHF", "SMETS2+", "H1", region="South"),
            Device(SEPTEMBER, "S1", "ESME", "SMETS1", "H2", region="North"),
        ],
    )
    return {
        (row["alert_code"], row["smets"], row["region"]): row
        for row in deliveries.alert_delivery(facts, SEPTEMBER)
    }


@pytest.mark.parametrize(
    ("seconds", "band", "is_on_time"),
    [
        (0, "le_60s", True),
        (-1, "le_60s", True),
        (60, "le_60s", True),
        (60.001, "le_5m", False),
        (300, "le_5m", False),
        (300.001, "le_1h", False),
        (3600, "le_1h", False),
        (3600.001, "later", False),
        (90_000, "later", False),
        (None, "never", False),
    ],
)
def test_o9_a_band_ends_with_its_last_instant(
    seconds: float | None, band: str, is_on_time: bool
) -> None:
    one = alert(seconds)
    assert (deliveries.band(one), deliveries.is_on_time(one)) == (band, is_on_time)


def test_o9_every_count_is_of_what_the_rows_stand_for() -> None:
    row = delivered(alert(count=3), alert(None, count=4), alert(61), alert(61, "suppressed", 5))[
        "All", "All", "All"
    ]
    assert (row["raised"], row["eligible"], row["suppressed"]) == (13, 8, 5)
    assert (row["on_time"], row["late"], row["on_time_pct"]) == (3, 5, 37.5)
    assert (row["le_60s"], row["le_5m"], row["never"]) == (3, 1, 4)


def test_o9_undelivered_is_eligible_and_what_is_left_out_has_no_share() -> None:
    assert delivered(alert(None, "undelivered"))["AD1", "All", "All"]["on_time_pct"] == 0
    row = delivered(alert(10, "exempt"))["AD1", "All", "All"]
    assert (row["eligible"], row["exempt"], row["on_time_pct"]) == (0, 1, None)


def test_a11_an_alert_is_in_its_place_and_in_the_totals() -> None:
    found = delivered(alert(code="0xad1"), alert(device_id="S1"), alert(device_id="nobody's"))
    assert {place for place in found if place[0] == "AD1"} == {
        ("AD1", "All", "All"),
        ("AD1", "SMETS1", "All"),
        ("AD1", "SMETS2+", "All"),
        ("AD1", "SMETS2+", "South"),
        ("AD1", "Unknown", "All"),
        ("AD1", "Unknown", "Unknown"),
    }
    assert found["AD1", "All", "All"]["raised"] == 3


def test_t2_an_alert_is_of_the_local_month_in_which_it_was_raised() -> None:
    assert delivered(alert(raised_at=utc(2020, 9, 30, 23))) == {}
    assert delivered(alert(raised_at=utc(2020, 8, 31, 23))) != {}
