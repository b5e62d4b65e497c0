"""The provider and code performance marts against the oracle, on random small months (C1 to C6).

Belongs here: the comparison of each mart, and what it takes to make both sides comparable. Does not
belong here: how random months are made, how SQL is run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.python.oracle import providers as oracle
from tests.python.oracle.clock import MONTHS
from tests.python.oracle.comparison import differences_by_mart
from tests.python.oracle.effort import QUICK, THOROUGH
from tests.python.oracle.incident_months import extracts
from tests.python.oracle.incidents import IncidentRules, Row
from tests.python.oracle.provider_months import CODE_REGISTER, REGISTER, provider_facts
from tests.python.oracle.records import Facts
from tests.python.oracle.reference import incident_targets, pmel_kinds
from tests.python.oracle.warehouse import Warehouse

RULES = IncidentRules(incident_targets(), pmel_kinds())
NUMBER = re.compile(r"[^0-9.\-]")
MARTS = (
    "sp_performance_measures",
    "code_performance_measures",
    "performance_exceptions",
    "service_credits",
    "dcc_assessments",
)

Month = tuple[date, Facts]


@st.composite
def _facts(draw: st.DrawFn, month: date) -> Facts:
    facts = draw(provider_facts(month))
    facts.incidents.extend(draw(extracts(month, most=6)))
    return facts


def months() -> st.SearchStrategy[Month]:
    """A month and its facts: providers' files, assessments, incidents, what was published."""
    return st.sampled_from(MONTHS).flatmap(lambda month: st.tuples(st.just(month), _facts(month)))


def spoken(row: Row) -> Row:
    """A row whose texts are read: `state` is the words, `shown` the number, that stand in them."""
    text = str(row["level_text"])
    if row["level"] is None:
        return {**row, "state": text, "shown": None}
    return {**row, "state": "Reported", "shown": Decimal(NUMBER.sub("", text))}


def wordless(row: Row) -> Row:
    """A row in which the words of a previous level count only where there is no number."""
    if row["previous_text"] is not None:
        return row
    return {name: value for name, value in row.items() if name != "previous_text"}


def disagreements(warehouse: Warehouse, month: date, facts: Facts) -> list[str]:
    """Every difference between the marts and the rules, by mart."""
    warehouse.fill(facts)
    warehouse.run(month, MARTS)
    expected: list[tuple[str, Sequence[str], Sequence[Row], Sequence[Row]]] = [
        (
            "sp_performance_measures",
            ["provider", "measure_no"],
            [wordless(row) for row in oracle.sp_performance_measures(facts, month, REGISTER)],
            [spoken(row) for row in warehouse.rows("sp_performance_measures")],
        ),
        (
            "code_performance_measures",
            ["measure"],
            [
                wordless(row)
                for row in oracle.code_performance_measures(
                    facts, month, REGISTER, CODE_REGISTER, RULES
                )
            ],
            [spoken(row) for row in warehouse.rows("code_performance_measures")],
        ),
        (
            "performance_exceptions",
            ["provider", "measure_no", "scope", "reason"],
            oracle.performance_exceptions(facts, month),
            warehouse.rows("performance_exceptions"),
        ),
        (
            "service_credits",
            ["provider", "measure_no"],
            oracle.service_credits(facts, month),
            warehouse.rows("service_credits"),
        ),
        (
            "dcc_assessments",
            ["assessment_id"],
            oracle.dcc_assessments(facts, month),
            warehouse.rows("dcc_assessments"),
        ),
    ]
    return differences_by_mart(expected)


@QUICK
@given(months())
def test_provider_marts_follow_the_rules(warehouse: Warehouse, month_of_facts: Month) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


@pytest.mark.thorough
@THOROUGH
@given(months())
def test_provider_marts_follow_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []
