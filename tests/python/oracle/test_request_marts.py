"""The request and RSVP marts against the oracle, on random small months (rules T, S and A).

Belongs here: the comparison of each mart, and what it takes to make both sides comparable. Does not
belong here: how random months are made, how SQL is run.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.python.oracle import requests, rsvp
from tests.python.oracle.clock import months_before, next_month
from tests.python.oracle.comparison import differences
from tests.python.oracle.effort import QUICK, THOROUGH
from tests.python.oracle.marts import RULES, Mart, Month, months_of
from tests.python.oracle.records import Facts
from tests.python.oracle.request_months import request_facts
from tests.python.oracle.warehouse import Warehouse

CELL = ("business_process", "srv", "timing_class", "smets", "region", "device_type")
# Key, and what the rules make of a month.
MARTS: dict[str, Mart] = {
    "fct_service_requests": (["request_id"], requests.fct_service_requests),
    "fct_alerts": (["alert_id"], requests.fct_alerts),
    "rsvp_daily": (["activity_date", *CELL], rsvp.rsvp_daily),
    "rsvp_monthly": (["reporting_month", *CELL], rsvp.rsvp_monthly),
    "credential_pairs": (["reporting_month", "srv", "smets", "region"], rsvp.credential_pairs),
    "data_warnings": (["reporting_month", "warning", "detail"], rsvp.data_warnings),
}
# Written by day: what is compiled for them makes every month at once.
ROW_MARTS = ("fct_service_requests", "fct_alerts")


def months() -> st.SearchStrategy[Month]:
    """A month and its facts."""
    return months_of(request_facts)


def disagreements(
    warehouse: Warehouse, month: date, facts: Facts, marts: Sequence[str] = tuple(MARTS)
) -> list[str]:
    """Every difference between the marts and the rules, by mart."""
    warehouse.fill(facts)
    warehouse.run(month, marts)
    found: list[str] = []
    for mart in marts:
        key, by_the_rules = MARTS[mart]
        around = (months_before(month, 1), month, next_month(month))
        wanted = [
            row
            for each in (around if mart in ROW_MARTS else (month,))
            for row in by_the_rules(facts, each, RULES)
        ]
        found += [
            f"{mart}: {difference}" for difference in differences(wanted, warehouse.rows(mart), key)
        ]
    return found


@QUICK
@given(months())
def test_request_marts_follow_the_rules(warehouse: Warehouse, month_of_facts: Month) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


@pytest.mark.thorough
@THOROUGH
@given(months())
def test_rows_of_requests_and_alerts_follow_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts, ROW_MARTS) == []
