"""The mart of deliveries against the oracle, on random small months (rule O9).

Belongs here: the comparison, and rules broken in a copy of the SQL that it has to notice. Does not
belong here: how random months are made, how SQL is run.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from tests.python.oracle import deliveries, marts
from tests.python.oracle.effort import QUICK, THOROUGH
from tests.python.oracle.marts import Mart, Month
from tests.python.oracle.mutants import must_notice, replacing
from tests.python.oracle.records import Facts
from tests.python.oracle.test_request_marts import months
from tests.python.oracle.warehouse import Warehouse

MARTS: dict[str, Mart] = {
    "alert_delivery": (
        ["reporting_month", "alert_code", "smets", "region"],
        lambda facts, month, _: deliveries.alert_delivery(facts, month),
    )
}

MUTANTS = {
    "O9 a minute is on time": (
        "int_alerts__timed",
        replacing("<= 60000000", "< 60000000"),
        "on_time",
    ),
    "O9 a minute is in the first band": (
        "int_alerts__banded",
        replacing("<= 60000000", "< 60000000"),
        "le_60s",
    ),
    "O9 five minutes are in the second band": (
        "int_alerts__banded",
        replacing("<= 300000000", "< 300000000"),
        "le_5m",
    ),
    "O9 an hour is in the third band": (
        "int_alerts__banded",
        replacing("<= 3600000000", "< 3600000000"),
        "le_1h",
    ),
    "O9 undelivered is eligible": (
        "int_alerts__banded",
        replacing(r"disposition in \('delivered', 'undelivered'\)", "disposition = 'delivered'"),
        "eligible",
    ),
    "O9 a suppressed alert is in no band": (
        "int_alerts__banded",
        replacing("when disposition not in", "when disposition = 'exempt' and disposition not in"),
        "suppressed",
    ),
    "O9 counts are of what the rows stand for": (
        "int_alerts__days",
        replacing("when is_eligible then alert_count", "when is_eligible then 1"),
        "eligible",
    ),
    "A11 SMETS1 is one row": (
        "int_alerts__delivery_months",
        replacing(r"having not \(grouping\(region\) = 0 and region = 'All'\)", ""),
        "twice",
    ),
}


def disagreements(warehouse: Warehouse, month: date, facts: Facts) -> list[str]:
    """Every difference between the mart and the rules."""
    return marts.disagreements(warehouse, MARTS, month, facts)


@QUICK
@given(months())
def test_deliveries_follow_the_rules(warehouse: Warehouse, month_of_facts: Month) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


@pytest.mark.thorough
@THOROUGH
@given(months())
def test_deliveries_follow_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


@pytest.mark.thorough
@pytest.mark.parametrize("rule", MUTANTS)
def test_a_broken_rule_of_deliveries_is_noticed(warehouse: Warehouse, rule: str) -> None:
    must_notice(warehouse, MUTANTS[rule], months(), disagreements)
