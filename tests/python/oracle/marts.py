"""Marts against the rules: the comparison that each of their tests makes.

Belongs here: a random month through the models and through the rules, and what differs. Does not
belong here: how random months are made, what the rules say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from hypothesis import strategies as st

from tests.python.oracle.clock import MONTHS
from tests.python.oracle.comparison import differences
from tests.python.oracle.incidents import Row
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
"""Key of a mart, and what the rules make of a month."""
Month = tuple[date, Facts]
Rules = TypeVar("Rules")


def months_of(facts_of: Callable[[date], st.SearchStrategy[Facts]]) -> st.SearchStrategy[Month]:
    """Any of the months that the models are tried in, with facts of it."""
    return st.sampled_from(MONTHS).flatmap(lambda month: st.tuples(st.just(month), facts_of(month)))


def disagreements(
    warehouse: Warehouse, marts: Mapping[str, Mart], month: date, facts: Facts
) -> list[str]:
    """Every difference between the marts of the month and the rules of requests, by mart."""
    return disagreements_by(RULES, warehouse, marts, month, facts)


def disagreements_by(
    rules: Rules,
    warehouse: Warehouse,
    marts: Mapping[str, tuple[Sequence[str], Callable[[Facts, date, Rules], list[Row]]]],
    month: date,
    facts: Facts,
) -> list[str]:
    """The same by rules of other kinds than those of requests."""
    warehouse.fill(facts)
    warehouse.run(month, tuple(marts))
    return [
        f"{mart}: {difference}"
        for mart, (key, by_the_rules) in marts.items()
        for difference in differences(by_the_rules(facts, month, rules), warehouse.rows(mart), key)
    ]
