"""The marts of installs against the oracle, on random small months (rules O5, O6, O7).

Belongs here: the comparison of each mart. Does not belong here: how random months are made, how SQL
is run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.python.oracle import installs
from tests.python.oracle.clock import MONTHS
from tests.python.oracle.comparison import differences
from tests.python.oracle.effort import QUICK, THOROUGH
from tests.python.oracle.incidents import Row
from tests.python.oracle.install_months import install_facts
from tests.python.oracle.records import Facts
from tests.python.oracle.reference import (
    known_alert_codes,
    known_response_codes,
    known_srvs,
    reported_statuses,
    table_4,
    target_response_times,
    timing_classes,
)
from tests.python.oracle.requests import RequestRules
from tests.python.oracle.warehouse import Warehouse

RULES = RequestRules(
    reported_statuses=reported_statuses(),
    timing_classes=timing_classes(),
    target_seconds=target_response_times(),
    table_4=table_4(),
    known_srvs=known_srvs(),
    known_response_codes=known_response_codes(),
    known_alert_codes=known_alert_codes(),
)
Mart = tuple[Sequence[str], Callable[[Facts, date, RequestRules], list[Row]]]
MARTS: dict[str, Mart] = {
    "install_daily": (["activity_date", "device_type", "region"], installs.install_daily),
    "install_outcomes": (["activity_date", "region"], installs.install_outcomes),
}
Month = tuple[date, Facts]


def months() -> st.SearchStrategy[Month]:
    """A month and its facts."""
    return st.sampled_from(MONTHS).flatmap(
        lambda month: st.tuples(st.just(month), install_facts(month))
    )


def disagreements(warehouse: Warehouse, month: date, facts: Facts) -> list[str]:
    """Every difference between the marts and the rules, by mart."""
    warehouse.fill(facts)
    warehouse.run(month, tuple(MARTS))
    return [
        f"{mart}: {difference}"
        for mart, (key, by_the_rules) in MARTS.items()
        for difference in differences(by_the_rules(facts, month, RULES), warehouse.rows(mart), key)
    ]


@QUICK
@given(months())
def test_install_marts_follow_the_rules(warehouse: Warehouse, month_of_facts: Month) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


@pytest.mark.slow
@THOROUGH
@given(months())
def test_install_marts_follow_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []
