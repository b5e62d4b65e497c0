"""The marts of installs against the oracle, on random small months (rules O5, O6, O7).

Belongs here: the comparison of each mart. Does not belong here: how random months are made, how SQL
is run.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.python.oracle import installs, marts
from tests.python.oracle.effort import QUICK, THOROUGH
from tests.python.oracle.install_months import install_facts
from tests.python.oracle.marts import Mart, Month, months_of
from tests.python.oracle.records import Facts
from tests.python.oracle.warehouse import Warehouse

MARTS: dict[str, Mart] = {
    "install_daily": (["activity_date", "device_type", "region"], installs.install_daily),
    "install_outcomes": (["activity_date", "region"], installs.install_outcomes),
}


def months() -> st.SearchStrategy[Month]:
    """A month and its facts."""
    return months_of(install_facts)


def disagreements(warehouse: Warehouse, month: date, facts: Facts) -> list[str]:
    """Every difference between the marts and the rules, by mart."""
    return marts.disagreements(warehouse, MARTS, month, facts)


@QUICK
@given(months())
def test_install_marts_follow_the_rules(warehouse: Warehouse, month_of_facts: Month) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


@pytest.mark.thorough
@THOROUGH
@given(months())
def test_install_marts_follow_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []
