"""The mart of the estate's health against the oracle, on random small months (rule O12).

Belongs here: the comparison, the oracle on examples worked by hand, and rules broken in a copy of
the SQL that the comparison has to notice. Does not belong here: how random months are made, how SQL
is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from tests.python.oracle import estate, marts
from tests.python.oracle.clock import local
from tests.python.oracle.effort import QUICK, THOROUGH
from tests.python.oracle.estate_months import estate_facts
from tests.python.oracle.incidents import Row
from tests.python.oracle.marts import RULES, Mart, Month, months_of
from tests.python.oracle.mutants import must_notice, replacing
from tests.python.oracle.records import Alert, Device, Facts, ServiceRequest
from tests.python.oracle.warehouse import Rewrite, Warehouse

MARTS: dict[str, Mart] = {
    "estate_health": (["reporting_month", "device_type", "smets", "region"], estate.estate_health)
}


def disagreements(warehouse: Warehouse, month: date, facts: Facts) -> list[str]:
    """Every difference between the mart and the rules."""
    return marts.disagreements(warehouse, MARTS, month, facts)


@QUICK
@given(months_of(estate_facts))
def test_the_estate_follows_the_rules(warehouse: Warehouse, month_of_facts: Month) -> None:
    assert disagreements(warehouse, *month_of_facts) == []


@pytest.mark.thorough
@THOROUGH
@given(months_of(estate_facts))
def test_the_estate_follows_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    assert disagreements(warehouse, *month_of_facts) == []


# ---- by hand

SEPTEMBER, AUGUST, JULY = date(2020, 9, 1), date(2020, 8, 1), date(2020, 7, 1)
NOON = local(2020, 9, 28, 12)
HOUR = timedelta(hours=1)
METER = Device(SEPTEMBER, "E1", "ESME", "SMETS2+", "H1", "South", model="Alder")


def n13(at: object = NOON, **fields: object) -> Alert:
    """An N13 about the meter."""
    base = Alert(date(2020, 9, 28), "A1", "N13", "E1", NOON)
    return replace(base, raised_at=at, **fields)  # type: ignore[arg-type]  # by name


def answer(**fields: object) -> ServiceRequest:
    """A request that the meter answered an hour after the N13."""
    base = ServiceRequest(
        date(2020, 9, 28), "R1", "7.4", "E1", NOON,
        response_sent_at=NOON + HOUR, response_code="I0",
    )  # fmt: skip
    return replace(base, **fields)  # type: ignore[arg-type]  # by name


def whole(facts: Facts) -> Row:
    """The row of all of September's estate."""
    rows = estate.estate_health(facts, SEPTEMBER, RULES)
    return next(row for row in rows if (row["device_type"], row["smets"]) == ("All", "All"))


@pytest.mark.parametrize(
    ("alert", "request_fields", "expected"),
    [
        (n13(), {}, 0),
        (n13(), {"response_sent_at": NOON}, 1),
        (n13(), {"response_code": "E4"}, 1),
        (n13(), {"device_id": "E2"}, 1),
        (n13(), {"response_sent_at": local(2020, 10, 1)}, 1),
        (n13(local(2020, 9, 24)), {"device_id": "E2"}, 1),
        (n13(local(2020, 9, 24) - timedelta(milliseconds=1)), {"device_id": "E2"}, 0),
        (n13(alert_code="N12"), {"device_id": "E2"}, 0),
    ],
)
def test_o12_an_n13_of_the_last_seven_days_and_no_success_since(
    alert: Alert, request_fields: dict[str, object], expected: int
) -> None:
    facts = Facts(service_requests=[answer(**request_fields)], alerts=[alert], devices=[METER])
    assert whole(facts)["not_communicating"] == expected


def test_o12_a_response_may_be_to_a_request_of_the_month_before(warehouse: Warehouse) -> None:
    old = answer(file_date=date(2020, 8, 20), received_at=local(2020, 8, 20, 12))
    now = answer(request_id="R2", device_id="E2")
    facts = Facts(service_requests=[old, now], alerts=[n13()], devices=[METER])
    assert whole(facts)["not_communicating"] == 0
    assert disagreements(warehouse, SEPTEMBER, facts) == []
    broken = replacing("interval 1 month as date", "interval 7 month as date")
    with warehouse.rewritten("int_estate__unanswered", broken):
        assert disagreements(warehouse, SEPTEMBER, facts)


def test_o12_a_device_that_is_silent_on_the_last_day_does_not_communicate() -> None:
    read = answer(srv="4.6.1", response_code="E4")
    other = n13(alert_code="AD1")
    assert (
        whole(Facts(service_requests=[read], alerts=[other], devices=[METER]))["not_communicating"]
        == 1
    )
    later = answer(
        file_date=date(2020, 9, 30), received_at=local(2020, 9, 30, 12), srv="4.6.1",
        response_code="E4", response_sent_at=local(2020, 9, 30, 13),
    )  # fmt: skip
    assert (
        whole(Facts(service_requests=[later], alerts=[other], devices=[METER]))["not_communicating"]
        == 0
    )


def test_o12_only_what_is_commissioned_is_of_the_estate() -> None:
    devices = [METER, replace(METER, device_id="E2", status="Suspended")]
    facts = Facts(devices=devices)
    assert whole(facts)["devices"] == 1
    assert whole(facts)["not_communicating"] is None
    assert whole(facts)["noisy"] is None


def test_o12_firmware_is_as_old_as_the_first_snapshot_that_has_it() -> None:
    history = [
        replace(METER, reporting_month=JULY, firmware_version="3.0"),
        replace(METER, reporting_month=AUGUST, firmware_version="2.0"),
    ]

    def columns(*versions: str) -> dict[str, object]:
        own = [
            replace(METER, device_id=f"E{number}", firmware_version=version)
            for number, version in enumerate(versions, start=1)
        ]
        row = whole(Facts(devices=[*history, *own]))
        return {
            name: row[f"firmware_{name}"]
            for name in (*estate.CURRENCIES, "older", "ranked_by_number")
        }

    assert columns("2.0", "3.0", "3.0") == {
        "latest": 1, "one_behind": 2, "two_behind": 0, "older": 0, "ranked_by_number": 0,
    }  # fmt: skip
    assert columns("3.0", "2.0", "1.10", "1.9") == {
        "latest": 1, "one_behind": 1, "two_behind": 1, "older": 1, "ranked_by_number": 2,
    }  # fmt: skip


def crowd(devices: int, alerts: dict[str, int]) -> Facts:
    """So many meters, and what some of them sent."""
    return Facts(
        devices=[replace(METER, device_id=f"E{number}") for number in range(1, devices + 1)],
        alerts=[
            n13(alert_id=device_id, device_id=device_id, alert_code="8F35", alert_count=count)
            for device_id, count in alerts.items()
        ],
    )


@pytest.mark.parametrize(
    ("devices", "alerts", "expected"),
    [
        (1000, {"E1": 102, "E2": 101}, 1),
        (1001, {"E1": 102, "E2": 101}, 2),
        (1000, {"E1": 102, "E2": 102, "E3": 101}, 2),
        (3, {"E1": 100}, 0),
        (3, {"E1": 101}, 1),
    ],
)
def test_o12_the_top_of_a_thousand_is_one_and_of_one_more_two(
    warehouse: Warehouse, devices: int, alerts: dict[str, int], expected: int
) -> None:
    facts = crowd(devices, alerts)
    assert whole(facts)["noisy"] == expected
    assert disagreements(warehouse, SEPTEMBER, facts) == []


# ---- broken rules are noticed

MUTANTS: Mapping[str, tuple[str, Rewrite, str]] = {
    "O12 commissioned at the extract point": (
        "int_estate__commissioned",
        replacing("devices.status <> 'Commissioned'", "devices.status = 'Pending'"),
        "devices",
    ),
    "O12 commissioned before the extract point": (
        "int_estate__commissioned",
        replacing(r"when not devices\.commissioned_date <", "when false and not '2020-01-01' <"),
        "devices",
    ),
    "O12 silent on the last day": (
        "int_estate__out_of_touch",
        replacing(r"interval \(-1\) day", "interval (-2) day"),
        "not_communicating",
    ),
    "O12 seven days": (
        "int_estate__last_n13s",
        replacing(r"interval \(-7\) day", "interval (-6) day"),
        "not_communicating",
    ),
    "O12 the last N13": (
        "int_estate__last_n13s",
        replacing(r"max\(raised_at\)", "min(raised_at)"),
        "not_communicating",
    ),
    "O12 N13": (
        "int_estate__last_n13s",
        replacing("alert_code = 'N13'", "alert_code <> 'N14'"),
        "not_communicating",
    ),
    "O12 a response since": (
        "int_estate__unanswered",
        replacing("last_n13_at < requests", "last_n13_at <= requests"),
        "not_communicating",
    ),
    "O12 a response by the extract point": (
        "int_estate__unanswered",
        replacing("extract_at > requests", "extract_at + interval 2 hour > requests"),
        "not_communicating",
    ),
    "O12 above a hundred": (
        "int_estate__many_alerts",
        replacing("> 100", ">= 100"),
        "noisy",
    ),
    "O9 alerts are what the rows stand for": (
        "int_estate__many_alerts",
        replacing(r"having sum\(alert_count\)", "having count(*) + max(alert_count) - 1"),
        "noisy",
    ),
    "O12 the top of its own type": (
        "int_estate__noisy_devices",
        replacing(
            r"partition by estate\.reporting_month, estate\.device_type",
            "partition by estate.reporting_month",
        ),
        "noisy",
    ),
    "O12 by the first snapshot": (
        "int_estate__firmware_ranks",
        replacing(r"min\(seen\.reporting_month\)", "max(seen.reporting_month)"),
        "firmware_",
    ),
    "O12 by number, not by text": (
        "int_estate__firmware_ranks",
        replacing(r"lpad\(part, 20, '0'\)", "part"),
        "firmware_",
    ),
    "O12 a version is seen on a commissioned device": (
        "int_estate__firmware_seen",
        replacing("and status = 'Commissioned'", ""),
        "firmware_",
    ),
    "O12 of its model family": (
        "int_estate__firmware_ranks",
        replacing("device_type, model_family order", "device_type order"),
        "firmware_",
    ),
}  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_broken_rule_of_the_estate_is_noticed(warehouse: Warehouse, mutant: str) -> None:
    must_notice(warehouse, MUTANTS[mutant], months_of(estate_facts), disagreements)
