"""The oracle of installs on examples worked by hand from rules O5, O6 and O7.

Belongs here: examples small enough to check on paper. Does not belong here: the models.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.python.oracle import installs
from tests.python.oracle.clock import local
from tests.python.oracle.incidents import Row
from tests.python.oracle.marts import RULES
from tests.python.oracle.records import (
    Device,
    DeviceStatus,
    Facts,
    InstallAndLeave,
    ServiceRequest,
)

SEPTEMBER = date(2020, 9, 1)
DAY = date(2020, 9, 8)
NOON = local(2020, 9, 8, 12)
HUB = Device(SEPTEMBER, "H1", "CHF", "SMETS2+", "H1", "South", commissioned_at=NOON)
METER = Device(SEPTEMBER, "E1", "ESME", "SMETS2+", "H1", "South", commissioned_at=NOON)
ASKED = ServiceRequest(
    DAY, "U:D:1", "8.14.1", "H1", NOON, response_sent_at=NOON, response_code="I0"
)
LEFT = replace(ASKED, request_id="U:D:2", srv="8.14.2")


def daily(facts: Facts) -> list[Row]:
    return [
        row
        for row in installs.install_daily(facts, SEPTEMBER, RULES)
        if (row["device_type"], row["region"]) == ("CHF", "South")
    ]


def outcomes(facts: Facts, day: date = DAY) -> Row | None:
    return next(
        (
            row
            for row in installs.install_outcomes(facts, SEPTEMBER, RULES)
            if (row["activity_date"], row["region"]) == (day, "All")
        ),
        None,
    )


@pytest.mark.parametrize(
    ("meter", "succeeded"),
    [
        (None, 0),
        (METER, 1),
        (replace(METER, commissioned_at=local(2020, 9, 9)), 0),
        (replace(METER, commissioned_at=None), 0),
        (replace(METER, comms_hub_id="H9"), 0),
    ],
)
def test_o5_a_hub_commissioned_without_a_meter_failed(meter: Device | None, succeeded: int) -> None:
    devices = [HUB] if meter is None else [HUB, meter]
    (row,) = daily(Facts(service_requests=[ASKED], devices=devices))
    assert (row["attempted"], row["succeeded"]) == (1, succeeded)


def test_o5_commissioned_before_the_local_day_is_no_attempt() -> None:
    before = replace(HUB, commissioned_at=local(2020, 9, 8) - timedelta(milliseconds=1))
    assert daily(Facts(service_requests=[ASKED], devices=[before])) == []


def test_o7_the_week_before_is_known_or_it_is_not() -> None:
    earlier = replace(ASKED, request_id="U:D:9", received_at=NOON - timedelta(days=7))
    facts = Facts(
        service_requests=[ASKED, replace(earlier, file_date=date(2020, 9, 1))], devices=[HUB]
    )
    assert [row["predicted"] for row in daily(facts) if row["activity_date"] == DAY] == [1]
    # A row that lies in the next day's file is no landed day.
    facts = Facts(
        service_requests=[ASKED, replace(earlier, file_date=date(2020, 9, 2))], devices=[HUB]
    )
    (row,) = (row for row in daily(facts) if row["activity_date"] == DAY)
    assert (row["predicted"], row["predicted_state"]) == (None, "no history")


def test_o6_left_and_then_commissioned_on_one_day_is_commissioned() -> None:
    row = outcomes(Facts(service_requests=[LEFT, ASKED], devices=[HUB]))
    assert row is not None
    assert (row["commissioned"], row["left"]) == (1, 0)


def test_o6_a_hub_awaits_until_something_is_told_of_it() -> None:
    status = DeviceStatus(DAY, "H1", "InstalledNotCommissioned", NOON)
    other = replace(ASKED, device_id="X")
    waiting = Facts(service_requests=[other], devices=[HUB], device_status=[status])
    row = outcomes(waiting)
    assert row is not None
    assert (row["awaiting"], row["awaiting_state"]) == (1, "Reported")
    row = outcomes(replace(waiting, service_requests=[ASKED]))
    assert row is not None
    assert row["awaiting"] == 0


@pytest.mark.parametrize(("days_old", "is_open"), [(89, True), (90, False)])
def test_o6_an_investigation_of_ninety_days_is_over(days_old: int, is_open: bool) -> None:
    submitted = NOON - timedelta(days=days_old)
    assert installs.is_open(submitted, None, DAY) is is_open
    facts = Facts(
        service_requests=[ASKED],
        devices=[HUB],
        install_and_leave=[InstallAndLeave(SEPTEMBER, "I1", "H1", submitted)],
    )
    row = outcomes(facts)
    assert row is not None
    assert row["under_investigation"] == int(is_open)
