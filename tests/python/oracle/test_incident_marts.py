"""The incident marts against the oracle, on random small months (rules T2, I1 to I7).

Belongs here: the comparison of each mart, and what it takes to make both sides comparable. Does not
belong here: how random months are made, how SQL is run.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.python.oracle import incidents as oracle
from tests.python.oracle.clock import MONTHS
from tests.python.oracle.comparison import differences_by_mart
from tests.python.oracle.effort import QUICK, THOROUGH
from tests.python.oracle.incident_months import incident_facts
from tests.python.oracle.incidents import IncidentRules, Row
from tests.python.oracle.records import Facts
from tests.python.oracle.reference import incident_targets, pmel_kinds
from tests.python.oracle.warehouse import Warehouse

RULES = IncidentRules(incident_targets(), pmel_kinds())
COUNTS = ("raised", "closed_before_exclusions", "closed", "resolved_not_closed")
MARTS = (
    "fct_incidents",
    "incident_resolution",
    "incident_exclusions",
    "incidents_aged",
    "incidents_aged_reasons",
    "incidents_reopened",
    "major_incidents",
)

Month = tuple[date, Facts]


def months() -> st.SearchStrategy[Month]:
    """A month and its facts."""
    return st.sampled_from(MONTHS).flatmap(
        lambda month: st.tuples(st.just(month), incident_facts(month))
    )


def something(rows: Sequence[Row]) -> list[Row]:
    """Rows into which something falls; whether a cell of zeros is a row, no rule says."""
    return [row for row in rows if any(row[name] for name in COUNTS)]


def disagreements(
    warehouse: Warehouse, month: date, facts: Facts, rules: IncidentRules = RULES
) -> list[str]:
    """Every difference between the marts and the rules, by mart."""
    warehouse.fill(facts)
    warehouse.run(month, MARTS)
    expected: list[tuple[str, Sequence[str], Sequence[Row], Sequence[Row]]] = [
        (
            "fct_incidents",
            ["incident_id"],
            oracle.fct_incidents(facts, month, rules),
            warehouse.rows("fct_incidents"),
        ),
        (
            "incident_resolution",
            ["category", "smets"],
            something(oracle.incident_resolution(facts, month, rules)),
            something(warehouse.rows("incident_resolution")),
        ),
        (
            "incident_exclusions",
            ["kind", "reason"],
            oracle.incident_exclusions(facts, month, rules),
            warehouse.rows("incident_exclusions"),
        ),
        (
            "incidents_aged",
            ["responsible", "raised_month", "category"],
            oracle.incidents_aged(facts, month),
            warehouse.rows("incidents_aged"),
        ),
        (
            "incidents_aged_reasons",
            ["responsible", "issue_type"],
            oracle.incidents_aged_reasons(facts, month),
            warehouse.rows("incidents_aged_reasons"),
        ),
        (
            "incidents_reopened",
            ["incident_id"],
            oracle.incidents_reopened(facts, month, rules),
            warehouse.rows("incidents_reopened"),
        ),
        (
            "major_incidents",
            ["incident_id"],
            oracle.major_incidents(facts, month, rules),
            warehouse.rows("major_incidents"),
        ),
    ]
    return differences_by_mart(expected)


@QUICK
@given(months())
def test_incident_marts_follow_the_rules(warehouse: Warehouse, month_of_facts: Month) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


@pytest.mark.thorough
@THOROUGH
@given(months())
def test_incident_marts_follow_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []
