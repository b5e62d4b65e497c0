"""The marts of changes of supplier against the oracle, on random small months (rules O1, O2).

Belongs here: the comparison, and examples worked by hand. Does not belong here: how random months
are made, how SQL is run.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.python.oracle import marts, supplier_changes
from tests.python.oracle.clock import local, to_local
from tests.python.oracle.compile_models import PROJECT
from tests.python.oracle.effort import QUICK, THOROUGH
from tests.python.oracle.marts import RULES, Mart, Month, months_of
from tests.python.oracle.records import Facts, ServiceRequest
from tests.python.oracle.request_months import request_facts
from tests.python.oracle.supplier_change_months import changing
from tests.python.oracle.warehouse import Warehouse

SEPTEMBER = date(2020, 9, 1)
NOON = local(2020, 9, 8, 12)
MS = timedelta(milliseconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DEVICES = ("E1", "E1", "E2", "S1", "X1")
with (PROJECT / "seeds" / "response_codes.csv").open(encoding="utf-8", newline="") as listed:
    REJECTING = frozenset(
        row["response_code"]
        for row in csv.DictReader(listed)
        if row["response_class"] == "rejected"
    )
MARTS: dict[str, Mart] = {
    "change_of_supplier": (
        ["activity_date", "device_type", "smets", "region", "response_code"],
        lambda facts, month, rules: supplier_changes.change_of_supplier(
            facts, month, rules, REJECTING
        ),
    ),
    "change_of_supplier_open": (
        ["reporting_month", "age_band", "smets", "region"],
        supplier_changes.change_of_supplier_open,
    ),
}


def asked(at: datetime = NOON, **fields: object) -> ServiceRequest:
    """A 6.23 that came to nothing."""
    base = ServiceRequest(
        file_date=to_local(at).date(),
        request_id="R1",
        srv="6.23",
        device_id="E1",
        received_at=at,
        response_sent_at=at,
        response_code="E21",
    )
    return replace(base, **fields)  # type: ignore[arg-type]  # by name


def months() -> st.SearchStrategy[Month]:
    """A month and its facts: ordinary ones, and those full of changes."""
    return months_of(lambda month: st.one_of(changing(month), request_facts(month)))


def disagreements(warehouse: Warehouse, month: date, facts: Facts) -> list[str]:
    """Every difference between the marts and the rules, by mart."""
    return marts.disagreements(warehouse, MARTS, month, facts)


@QUICK
@given(months())
def test_changes_of_supplier_follow_the_rules(
    warehouse: Warehouse, month_of_facts: tuple[date, Facts]
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


@pytest.mark.thorough
@THOROUGH
@given(months())
def test_changes_of_supplier_follow_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: tuple[date, Facts]
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


# ---- by hand


def outcome(*requests: ServiceRequest) -> tuple[object, ...]:
    """Attempts, succeeded, by inference and User-caused of the month."""
    rows = supplier_changes.change_of_supplier(
        Facts(service_requests=list(requests)), SEPTEMBER, RULES, REJECTING
    )
    names = ("attempts", "succeeded", "succeeded_by_inference", "user_caused")
    whole = next(
        row
        for row in rows
        if all(row[name] == "All" for name in ("device_type", "smets", "response_code"))
    )
    return tuple(whole[name] for name in names)


def test_o1_worked_an_e21_with_a_good_68_the_same_day_succeeded_by_inference() -> None:
    good = asked(NOON + HOUR, request_id="R2", srv="6.8", response_code="I0")
    assert outcome(asked(), good) == (1, 1, 1, 0)
    assert outcome(asked(), replace(good, user_id="another")) == (1, 0, 0, 0)
    assert outcome(asked(), replace(good, received_at=NOON)) == (1, 0, 0, 0)
    assert outcome(asked(), replace(good, response_sent_at=None)) == (1, 0, 0, 0)
    assert outcome(asked(), replace(good, report_status_id=1)) == (1, 0, 0, 0)
    assert outcome(asked(response_code="E4"), good) == (1, 1, 1, 0)


def test_o1_i0_has_to_be_received_and_i99_is_none() -> None:
    assert outcome(asked(response_code="I0")) == (1, 1, 0, 0)
    assert outcome(asked(response_code="I0", response_sent_at=None)) == (1, 0, 0, 0)
    assert outcome(asked(response_code="I99")) == (1, 0, 0, 0)
    assert outcome(asked(response_code="E4")) == (1, 0, 0, 1)


def test_o2_a_run_goes_back_over_the_month_to_the_last_success() -> None:
    days = (20, 25, 31)
    august = [
        asked(local(2020, 8, day), request_id=f"R{day}", response_code="I0" if day == 20 else "E21")
        for day in days
    ]
    facts = Facts(service_requests=[*august, asked()])
    (row, *_) = supplier_changes.change_of_supplier_open(facts, SEPTEMBER, RULES)
    assert (row["age_band"], row["requests"]) == ("Over 30 days", 3)
    later = replace(facts, service_requests=[*august, asked(response_code="I0")])
    assert supplier_changes.change_of_supplier_open(later, SEPTEMBER, RULES) == []
