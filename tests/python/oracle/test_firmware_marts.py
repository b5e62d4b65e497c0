"""The marts of firmware against the oracle, on random small months (O8; O11, CHF1 and CHF2).

Belongs here: the comparison of each mart, the oracle on examples worked by hand, and the proof that
the comparison can fail. Does not belong here: how random months are made, how SQL is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.python.oracle import firmware, marts
from tests.python.oracle.clock import local
from tests.python.oracle.effort import QUICK, THOROUGH
from tests.python.oracle.firmware_months import firmware_facts
from tests.python.oracle.incidents import Row
from tests.python.oracle.marts import RULES, Mart, Month, months_of
from tests.python.oracle.mutants import must_notice, replacing
from tests.python.oracle.records import (
    Alert,
    Device,
    Facts,
    FirmwareTarget,
    HubFirmware,
    ImageDelivery,
    ServiceRequest,
)
from tests.python.oracle.warehouse import Rewrite, Warehouse

MARTS: dict[str, Mart] = {
    "firmware_images": (["reporting_month", "device_type", "region"], firmware.firmware_images),
    "hub_firmware": (["reporting_month", "region", "image_version"], firmware.hub_firmware),
}


def months() -> st.SearchStrategy[Month]:
    """A month and its facts."""
    return months_of(firmware_facts)


def disagreements(warehouse: Warehouse, month: date, facts: Facts) -> list[str]:
    """Every difference between the marts and the rules, by mart."""
    return marts.disagreements(warehouse, MARTS, month, facts)


@QUICK
@given(months())
def test_marts_of_firmware_follow_the_rules(warehouse: Warehouse, month_of_facts: Month) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


@pytest.mark.thorough
@THOROUGH
@given(months())
def test_marts_of_firmware_follow_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


# ---- the oracle by hand

SEPTEMBER = date(2020, 9, 1)
NOON = local(2020, 9, 8, 12)
END = local(2020, 10, 1)
SECOND = timedelta(seconds=1)
MS = timedelta(milliseconds=1)
HOUR = timedelta(hours=1)
FIVE_DAYS = timedelta(days=5)
UPDATE = ServiceRequest(NOON.date(), "U", "11.1", "DCC", NOON, mode_of_operation=3)
METER = Device(SEPTEMBER, "E1", "ESME", "SMETS2+", "H1", "South")


def alert(raised_at: datetime, code: str = "8F72", name: str = "A1") -> Alert:
    """An alert of the meter."""
    return Alert(raised_at.date(), name, code, "E1", raised_at, alert_kind="Device")


def whole(facts: Facts) -> Row:
    """The row of all cells."""
    rows = firmware.firmware_images(facts, SEPTEMBER, RULES)
    return next(row for row in rows if (row["device_type"], row["region"]) == ("All", "All"))


def became(*alerts: Alert, start: datetime = NOON, code: str | None = "I99") -> dict[str, object]:
    """What is counted of one acknowledged image, where it is not nought."""
    row = whole(
        Facts(
            service_requests=[replace(UPDATE, received_at=start, file_date=start.date())],
            firmware_targets=[FirmwareTarget(start.date(), "U", "E1", code)],
            alerts=[*alerts, alert(NOON - 7 * 24 * HOUR, "8F72", "before")],
            devices=[METER],
        )
    )
    return {name: row[name] for name in ("acknowledged", *firmware.OUTCOMES) if row[name]}


def test_o8_120_hours_are_in_time_and_a_second_more_is_silent() -> None:
    assert became(alert(NOON + FIVE_DAYS)) == {"acknowledged": 1, "verified": 1}
    assert became(alert(NOON + FIVE_DAYS + SECOND)) == {"acknowledged": 1, "silent": 1}
    assert became(alert(NOON)) == {"acknowledged": 1, "verified": 1}
    assert became(alert(NOON - MS)) == {"acknowledged": 1, "silent": 1}


def test_o8_the_first_alert_decides() -> None:
    both = (alert(NOON + HOUR, "8F1C"), alert(NOON + 2 * HOUR, "8F72", "A2"))
    assert became(*both) == {"acknowledged": 1, "verification_failed": 1}
    other = (alert(NOON + HOUR), alert(NOON + 2 * HOUR, "0x8f1c", "A2"))
    assert became(*other) == {"acknowledged": 1, "verified": 1}


def test_o8_an_image_is_in_progress_until_its_120_hours_are_over_at_the_extract_point() -> None:
    late = END - FIVE_DAYS + MS
    assert became(start=late) == {"acknowledged": 1, "in_progress": 1}
    assert became(start=late - MS) == {"acknowledged": 1, "silent": 1}
    assert became(alert(END), start=late) == {"acknowledged": 1, "verified": 1}


def test_o8_only_what_is_acknowledged_has_an_outcome() -> None:
    assert became(alert(NOON + HOUR), code="E5") == {}
    assert became(alert(NOON + HOUR), code=None) == {}


def test_o8_a_hub_is_a_han_once_for_each_11_1() -> None:
    def reached(request: str, device: str, hub: str, outcome: str = "delivered") -> ImageDelivery:
        at = NOON + len(deliveries) * HOUR
        return ImageDelivery(NOON.date(), request, device, hub, at, outcome)

    deliveries: list[ImageDelivery] = []
    for one in (
        ("U", "E1", "H1"), ("U", "E1", "H1"), ("U", "G1", "H1"), ("U", "E1", "H2", "failed"),
        ("V", "E1", "H1"), ("V", "G1", "H1"),
    ):  # fmt: skip
        deliveries.append(reached(*one))
    facts = Facts(
        service_requests=[UPDATE, replace(UPDATE, request_id="V")],
        firmware_targets=[
            FirmwareTarget(NOON.date(), request, device)
            for request, device in (("U", "E1"), ("U", "G1"), ("V", "E1"))
        ],
        image_deliveries=deliveries,
        devices=[METER, replace(METER, device_id="G1", device_type="GSME")],
    )
    assert whole(facts)["hans_received"] == 2
    by_type = {
        row["device_type"]: row["hans_received"]
        for row in firmware.firmware_images(facts, SEPTEMBER, RULES)
        if row["region"] == "South"
    }
    assert by_type == {"All": 2, "ESME": 2, "GSME": 1}


def test_o11_an_attempt_is_of_its_local_month_and_counts_as_it_was_told_last() -> None:
    evening = local(2020, 9, 30, 23)
    told = HubFirmware(evening.date(), "H1", "4.20.1", evening, "in_progress")
    later = replace(told, file_date=date(2020, 10, 1), outcome="activated")
    october = replace(told, attempted_at=END, outcome="delivered")
    rows = firmware.hub_firmware(Facts(hub_firmware=[told, later, october]), SEPTEMBER, RULES)
    assert {row["region"] for row in rows} == {"Unknown", "All"}
    assert all((row["attempted"], row["delivered"], row["activated"]) == (1, 1, 1) for row in rows)


# ---- the comparison can fail

MUTANTS: Mapping[str, tuple[str, Rewrite, str]] = {
    "O8 120 hours are in time": (
        "int_firmware__verifications",
        replacing("<= 432000000000", "< 432000000000"),
        "verified",
    ),
    "O8 a millisecond more is not": (
        "int_firmware__verifications",
        replacing("432000000000", "432000001000"),
        "verified",
    ),
    "O8 from the start on": (
        "int_firmware__verifications",
        replacing("started_at <= raised", "started_at < raised"),
        "verified",
    ),
    "O8 over with the extract point": (
        "int_firmware__evidence",
        replacing("< 432000000000", "<= 432000000000"),
        "in_progress",
    ),
    "O8 8F1C is a failure": (
        "int_firmware__evidence",
        replacing("alert_code = '8F1C'", "alert_code = '8F1D'"),
        "verification_failed",
    ),
    "O8 of two at once the least id": (
        "int_firmware__verifications",
        replacing("arg_min_null", "arg_max_null"),
        "verified",
    ),
    "O8 acknowledged is I99": (
        "int_firmware__targets",
        replacing("response_code = 'I99'", "response_code is not null"),
        "acknowledged",
    ),
    "O8 a hub is a HAN once": (
        "int_firmware__image_regions",
        replacing(r"count\(distinct received\)", "count(received)"),
        "hans_received",
    ),
    "O8 a time of delivery is a delivery": (
        "stg_csp__image_deliveries",
        replacing("delivered_at is not null or", ""),
        "hans_received",
    ),
    "O8 the latest row of a delivery counts": (
        "stg_csp__image_deliveries",
        replacing("_file_date desc", "_file_date asc"),
        "hans_received",
    ),
    "O8 an activation succeeded with I0": (
        "int_firmware__requests",
        replacing("response_code = 'I0'", "response_code in ('I0', 'I99')"),
        "activations_succeeded",
    ),
    "S1 what is in flight counts in nothing": (
        "int_firmware__targets",
        replacing("not requests.is_reported", "false"),
        "requested",
    ),
    "O11 activated implies delivered": (
        "stg_csp__hub_firmware",
        replacing(r"outcome in \('delivered', 'activated'\)", "outcome = 'delivered'"),
        "delivered",
    ),
    "O11 by the local month": (
        "int_firmware__hub_attempts",
        replacing("'Europe/London'", "'UTC'"),
        "hub_firmware",
    ),
    "O11 the latest row of an attempt counts": (
        "stg_csp__hub_firmware",
        replacing("_file_date desc", "_file_date asc"),
        "hub_firmware",
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_broken_rule_of_firmware_is_noticed(warehouse: Warehouse, mutant: str) -> None:
    must_notice(warehouse, MUTANTS[mutant], months(), disagreements)
