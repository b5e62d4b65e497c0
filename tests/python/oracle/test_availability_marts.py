"""The marts of availability against the oracle, on random small months (rules V1 to V6, T2, T3).

Belongs here: the comparison of each mart. Does not belong here: how random months are made, how SQL
is run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.python.oracle import availability
from tests.python.oracle.availability import AvailabilityRules
from tests.python.oracle.availability_months import availability_facts
from tests.python.oracle.effort import FEW, QUICK
from tests.python.oracle.incidents import Row
from tests.python.oracle.marts import Month, disagreements_by, months_of
from tests.python.oracle.records import Facts
from tests.python.oracle.reference import (
    component_regionality,
    operational_hours,
    process_components,
    regions_at,
    service_components,
    service_regionality,
)
from tests.python.oracle.warehouse import Warehouse

RULES = AvailabilityRules(
    services=service_regionality(),
    service_components=service_components(),
    components=component_regionality(),
    process_components=process_components(),
    regions=regions_at(date(2020, 9, 1)),
    hours=operational_hours(),
)
MARTS: dict[str, tuple[Sequence[str], Callable[[Facts, date, AvailabilityRules], list[Row]]]] = {
    "service_availability": (["service_id", "region", "band"], availability.service_availability),
    "service_availability_daily": (
        ["activity_date", "service_id", "region"],
        availability.service_availability_daily,
    ),
    "component_availability_hourly": (
        ["started_at", "component_id", "region"],
        availability.component_availability_hourly,
    ),
    "process_availability": (
        ["business_process", "smets", "region"],
        availability.process_availability,
    ),
}


def months() -> st.SearchStrategy[Month]:
    """A month and its facts."""
    return months_of(availability_facts)


def disagreements(warehouse: Warehouse, month: date, facts: Facts) -> list[str]:
    """Every difference between the marts and the rules, by mart."""
    return disagreements_by(RULES, warehouse, MARTS, month, facts)


@FEW
@given(months())
def test_availability_marts_follow_the_rules(warehouse: Warehouse, month_of_facts: Month) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


@pytest.mark.thorough
@QUICK
@given(months())
def test_availability_marts_follow_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []
