"""The marts of degradation and of detected outages against the oracle (rule O10).

Belongs here: the comparison of each mart, and rules broken in a copy of the SQL that it has to
notice. Does not belong here: how random months are made, how SQL is run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.python.oracle import degradation
from tests.python.oracle.clock import MONTHS
from tests.python.oracle.comparison import differences
from tests.python.oracle.degradation_months import degradation_facts
from tests.python.oracle.effort import QUICK, THOROUGH
from tests.python.oracle.incidents import Row
from tests.python.oracle.marts import RULES
from tests.python.oracle.records import Facts
from tests.python.oracle.requests import RequestRules
from tests.python.oracle.test_mutations import NoticedError, look, replacing
from tests.python.oracle.warehouse import Warehouse

Mart = tuple[Sequence[str], Callable[[Facts, date, RequestRules], list[Row]]]
MARTS: dict[str, Mart] = {
    "service_degradation": (["started_at", "region"], degradation.service_degradation),
    "incident_degradation": (["incident_id", "region"], degradation.incident_degradation),
    "detected_outages": (["region", "started_at"], degradation.detected_outages),
    "recorded_outages": (["event_id"], degradation.recorded_outages),
}
Month = tuple[date, Facts]


def months() -> st.SearchStrategy[Month]:
    """A month and its facts."""
    return st.sampled_from(MONTHS).flatmap(
        lambda month: st.tuples(st.just(month), degradation_facts(month))
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


# A month has four weeks before it, and every quarter-hour of them a norm: a few months are many.
@settings(QUICK, max_examples=20)
@given(months())
def test_degradation_marts_follow_the_rules(warehouse: Warehouse, month_of_facts: Month) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


@pytest.mark.slow
@settings(THOROUGH, max_examples=80)
@given(months())
def test_degradation_marts_follow_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


# ---- the comparison can fail

MUTANTS = {
    "O10 the four weeks before": (
        "int_traffic__norms",
        replacing(r"range\(1, 5\)", "range(1, 4)"),
        "norm",
    ),
    "O10 at least two": (
        "int_traffic__hours",
        replacing("weeks >= 2", "weeks >= 1"),
        "service_degradation",
    ),
    "O10 the same local time": (
        "int_traffic__quarters",
        replacing("Europe/London", "UTC"),
        "service_degradation",
    ),
    "O10 a local time that came twice is one": (
        "int_traffic__local_times",
        replacing(r"sum\(requests\) / count\(\*\)", "sum(requests)"),
        "requests_norm",
    ),
    "O10 a landed day without a request has nought": (
        "int_traffic__landed_days",
        replacing("landed.is_empty or", "false or"),
        "service_degradation",
    ),
    "O10 a day that has not landed has no history": (
        "int_traffic__landed_days",
        replacing("where landed.is_empty or built.activity_date is not null", "where true"),
        "service_degradation",
    ),
    "OUT-DET at least twenty": (
        "int_outages__quarters",
        replacing(r">= 20 \*", "> 20 *"),
        "outages",
    ),
    "OUT-DET less than a fifth": (
        "int_outages__quarters",
        replacing(r"weeks < quarters\.requests_in_weeks", "weeks <= quarters.requests_in_weeks"),
        "detected_outages",
    ),
    "OUT-DET two quarter-hours": (
        "int_outages__runs",
        replacing(r"count\(\*\) >= 2", "count(*) >= 1"),
        "detected_outages",
    ),
    "OUT-DET the one before the month": (
        "int_traffic__looked_at",
        replacing(r"interval \(15\) minute", "interval (30) minute"),
        "detected_outages",
    ),
    "OUT-DET a record of another region is none": (
        "int_outages__records_beside",
        replacing(r"runs\.region in \('All', recorded\.region\)", "true"),
        "recorded_event_ids",
    ),
    "OUT-DET whole quarter-hours": (
        "int_outages__records_covered",
        replacing(r"recorded\.ended_at >=", "recorded.ended_at >"),
        "recorded_outages",
    ),
    "IC2 an incident that ended at the hour's start did not touch it": (
        "int_traffic__incident_hours",
        replacing(r"incidents\.ended_at > hours", "incidents.ended_at >= hours"),
        "incident_ids",
    ),
    "IC2 SMETS1 is in All alone": (
        "int_traffic__incidents",
        replacing("smets <> 'SMETS1'", "smets <> 'Nothing'"),
        "incident",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("rule", MUTANTS)
def test_a_broken_rule_of_degradation_is_noticed(warehouse: Warehouse, rule: str) -> None:
    model, rewrite, place = MUTANTS[rule]
    with warehouse.rewritten(model, rewrite), pytest.raises(NoticedError):
        look(warehouse, months(), disagreements, place)
