"""The comparison of installs can fail: each rule broken in a copy of the SQL is noticed.

Belongs here: one small change of compiled SQL per clause of O5 to O7. Does not belong here: whether
the SQL as it is follows the rules.
"""

from __future__ import annotations

import pytest

from tests.python.oracle import test_install_marts as marts
from tests.python.oracle.mutants import must_notice, replacing
from tests.python.oracle.warehouse import Warehouse

MUTANTS = {
    "O5 commissioned before the day is not attempted": (
        "int_installs__attempts",
        replacing("commissioned_date < activity_date", "commissioned_date <= activity_date"),
        "attempted",
    ),
    "O5 a hub needs its meter": (
        "int_installs__attempts",
        replacing("and has_its_meter", ""),
        "succeeded",
    ),
    "O5 the meter of the day counts": (
        "int_installs__attempts",
        replacing("first_meter_date <= activity_date", "first_meter_date < activity_date"),
        "succeeded",
    ),
    "O6 an 8.14.1 goes before an 8.14.2": (
        "int_installs__hub_statuses",
        replacing("bool_or", "bool_and"),
        "install_outcomes",
    ),
    "O6 the extract point bounds what was told": (
        "int_installs__hubs_awaiting",
        replacing(r"or not first_told\.first_told_date <", "or first_told.first_told_date <"),
        "awaiting",
    ),
    "O6 ninety days": (
        "int_installs__investigated_days",
        replacing(r"submitted_date \+ 90", "submitted_date + 91"),
        "under_investigation",
    ),
    "O6 closed on the day is not open at its end": (
        "int_installs__investigated_days",
        replacing("closed_date >", "closed_date >="),
        "under_investigation",
    ),
    "O7 seven days": (
        "int_installs__days_in_period",
        replacing(r"week_before\.activity_date \+ 7", "week_before.activity_date + 6"),
        "predicted",
    ),
    "O7 without an extract there is no history": (
        "int_installs__history_days",
        replacing("inner join landed", "left join landed"),
        "install_daily",
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("rule", MUTANTS)
def test_a_broken_rule_of_installs_is_noticed(warehouse: Warehouse, rule: str) -> None:
    must_notice(warehouse, MUTANTS[rule], marts.months(), marts.disagreements)
