"""The marts of iterations and meter reads against the oracle (BP-ITER, O3).

Belongs here: the comparison of both marts on random months, and examples of the oracle worked by
hand. Does not belong here: how random months are made, how SQL is run.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.python.oracle import iterations, marts, meter_reads
from tests.python.oracle.clock import local
from tests.python.oracle.effort import QUICK, THOROUGH
from tests.python.oracle.marts import RULES, Mart, Month, months_of
from tests.python.oracle.read_months import read_facts
from tests.python.oracle.records import Device, Facts, ServiceRequest
from tests.python.oracle.warehouse import Warehouse

SEPTEMBER = date(2020, 9, 1)
DAY = timedelta(days=1)
PLACE = ["reporting_month", "smets", "region"]
MARTS: dict[str, Mart] = {
    "process_iterations": ([*PLACE, "business_process"], iterations.process_iterations),
    "meter_reads": ([*PLACE, "srv"], meter_reads.meter_reads),
}


def months() -> st.SearchStrategy[Month]:
    """A month and its facts."""
    return months_of(read_facts)


def disagreements(warehouse: Warehouse, month: date, facts: Facts) -> list[str]:
    """Every difference between the marts and the rules, by mart."""
    return marts.disagreements(warehouse, MARTS, month, facts)


@QUICK
@given(months())
def test_iterations_and_meter_reads_follow_the_rules(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


@pytest.mark.thorough
@THOROUGH
@given(months())
def test_iterations_and_meter_reads_follow_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


# ---- by hand


def read(day: date, code: str | None = "I0", **fields: object) -> ServiceRequest:
    """A meter read at noon, answered after a minute; without a code never."""
    start = local(day.year, day.month, day.day, 12)
    base = ServiceRequest(
        file_date=day,
        request_id=f"{day} {code}",
        srv="4.6.1",
        device_id="E1",
        received_at=start,
        response_sent_at=None if code is None else start + timedelta(minutes=1),
        response_code=code,
    )
    return replace(base, **fields)  # type: ignore[arg-type]  # by name


def whole(requests: list[ServiceRequest], month: date = SEPTEMBER) -> dict[str, object]:
    """The row of all SRVs and places, of SMETS2+ devices on one hub."""
    devices = [
        Device(month, name, "ESME", "SMETS2+", "H1", region)
        for name, region in (("E1", "South"), ("E2", "North"))
    ]
    rows = meter_reads.meter_reads(Facts(service_requests=requests, devices=devices), month, RULES)
    return next(dict(row) for row in rows if (row["srv"], row["smets"]) == ("All", "All"))


@pytest.mark.parametrize(("days_before", "silent"), [(59, 0), (60, 0), (61, 1)])
def test_o3_a_device_silent_61_days_is_apart(days_before: int, silent: int) -> None:
    day = date(2020, 9, 20)
    found = whole([read(day - days_before * DAY), read(day - 3 * DAY, None), read(day)])
    # The read that nobody answered has the good one within its own sixty days.
    assert found["requests"] == 2 - silent
    assert found["silent_device_requests"] == silent


@pytest.mark.parametrize("code", [None, "E4"])
def test_o3_who_was_not_asked_is_not_silent(code: str | None) -> None:
    day = date(2020, 9, 20)
    assert whole([read(day, code), read(day, code, request_id="again")])["requests"] == 2
    in_flight = read(day - DAY, None, report_status_id=1)
    assert whole([in_flight, read(day, code)])["silent_device_requests"] == 0
    assert whole([read(day - DAY, None), read(day, code)])["silent_device_requests"] == 1


def test_o3_history_is_of_landed_days() -> None:
    assert whole([read(date(2020, 9, 1)), read(date(2020, 7, 2))])["history_days"] == 0
    assert whole([read(date(2020, 9, 1)), read(date(2020, 7, 3))])["history_days"] == 1


def test_bp_iter_one_han_in_two_regions_counts_once_in_all() -> None:
    day = date(2020, 9, 20)
    requests = [read(day, None), read(day, request_id="other", device_id="E2")]
    devices = [
        Device(SEPTEMBER, name, "ESME", "SMETS2+", "H1", region)
        for name, region in (("E1", "South"), ("E2", "North"))
    ]
    rows = iterations.process_iterations(
        Facts(service_requests=requests, devices=devices), SEPTEMBER, RULES
    )
    assert {(row["region"], row["iterations"], row["failed"]) for row in rows} == {
        ("South", 1, 1),
        ("North", 1, 1),
        ("All", 1, 1),
    }
