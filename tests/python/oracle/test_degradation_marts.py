"""The marts of degradation and of detected outages against the oracle (rule O10).

Belongs here: the comparison of each mart, and rules broken in a copy of the SQL that it has to
notice. Does not belong here: how random months are made, how SQL is run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.python.oracle import degradation
from tests.python.oracle.clock import MONTHS, local, utc
from tests.python.oracle.comparison import differences
from tests.python.oracle.degradation import HOUR
from tests.python.oracle.degradation_months import degradation_facts
from tests.python.oracle.effort import FEW, THOROUGH
from tests.python.oracle.incidents import Row
from tests.python.oracle.marts import RULES
from tests.python.oracle.mutants import replacing
from tests.python.oracle.records import ComponentEvent, EmptyFile, Facts, Incident
from tests.python.oracle.requests import RequestRules
from tests.python.oracle.test_degradation_by_hand import (
    MONDAY,
    QUARTER,
    SEPTEMBER,
    WEEK,
    facts,
    outage,
    started,
)
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


def disagreements(warehouse: Warehouse, month: date, landed: Facts) -> list[str]:
    """Every difference between the marts and the rules, by mart."""
    warehouse.fill(landed)
    warehouse.run(month, tuple(MARTS))
    return [
        f"{mart}: {difference}"
        for mart, (key, by_the_rules) in MARTS.items()
        for difference in differences(by_the_rules(landed, month, RULES), warehouse.rows(mart), key)
    ]


# A month has four weeks before it, and every quarter-hour of them a norm: a few months are many.
@FEW
@given(months())
def test_degradation_marts_follow_the_rules(warehouse: Warehouse, month_of_facts: Month) -> None:
    assert disagreements(warehouse, *month_of_facts) == []


@pytest.mark.thorough
@THOROUGH
@given(months())
def test_degradation_marts_follow_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    assert disagreements(warehouse, *month_of_facts) == []


# ---- the comparison can fail

OCTOBER, TUESDAY = date(2020, 10, 1), MONDAY + timedelta(days=1)
LOW = outage(3, 3)
OVER_THE_MONTHS_END = replace(
    outage(0, 0, at=local(2020, 10, 1) - QUARTER),
    empty_files=[EmptyFile(day, "service_requests") for day in (date(2020, 9, 30), OCTOBER)],
)
EVENT = ComponentEvent(MONDAY.date(), "EV1", "csp_network", MONDAY, MONDAY + 2 * QUARTER, "South")
INCIDENT = Incident(
    SEPTEMBER, "INC1", 1, "Closed", "DCC", MONDAY - HOUR, smets="SMETS1",
    impacted_at=MONDAY - HOUR, restored_at=MONDAY,
)  # fmt: skip
# What each rule needs to show; few and small, so that every one is held against the rules as it is.
EXAMPLES: dict[str, Month] = {
    "four weeks": (SEPTEMBER, facts((MONDAY, 3), *((MONDAY - n * WEEK, n) for n in range(1, 5)))),
    "one week": (SEPTEMBER, facts((MONDAY, 3), (MONDAY - WEEK, 8))),
    "a landed day without a request": (
        SEPTEMBER,
        facts((MONDAY, 3), (MONDAY - WEEK, 8), empty=[(MONDAY - 2 * WEEK).date()]),
    ),
    "a day that lies in the next day's file": (
        SEPTEMBER,
        replace(
            facts((TUESDAY, 3), (TUESDAY - WEEK, 8)),
            service_requests=[
                *started((TUESDAY, 3), (TUESDAY - WEEK, 8)),
                replace(started((MONDAY - 2 * WEEK, 1))[0], file_date=(TUESDAY - 2 * WEEK).date()),
            ],
        ),
    ),
    "the clock went back": (
        OCTOBER,
        facts((utc(2020, 10, 26, 10), 2), (utc(2020, 10, 19, 9), 4), (utc(2020, 10, 12, 9), 4)),
    ),
    "an outage": (SEPTEMBER, LOW),
    "a fifth": (SEPTEMBER, outage(3, 4)),
    "a quarter-hour": (SEPTEMBER, outage(3)),
    "an outage over the month's end": (OCTOBER, OVER_THE_MONTHS_END),
    "a record": (SEPTEMBER, replace(LOW, component_events=[EVENT])),
    "a record of the region": (
        SEPTEMBER,
        replace(LOW, component_events=[replace(EVENT, region="North")]),
    ),
    "an incident": (SEPTEMBER, replace(LOW, incidents=[INCIDENT])),
}
MUTANTS = {
    "O10 the four weeks before": (
        "int_traffic__norms",
        replacing(r"range\(1, 5\)", "range(1, 4)"),
        "four weeks",
    ),
    "O10 at least two": (
        "int_traffic__hours",
        replacing("weeks >= 2", "weeks >= 1"),
        "one week",
    ),
    "O10 the same local time": (
        "int_traffic__quarters",
        replacing("Europe/London", "UTC"),
        "the clock went back",
    ),
    "O10 a landed day without a request has nought": (
        "int_traffic__landed_days",
        replacing("landed.is_empty or", "false or"),
        "a landed day without a request",
    ),
    "O10 a day that has not landed has no history": (
        "int_traffic__landed_days",
        replacing("where landed.is_empty or built.activity_date is not null", "where true"),
        "a day that lies in the next day's file",
    ),
    "OUT-DET at least twenty": (
        "int_outages__quarters",
        replacing(r">= 20 \*", "> 20 *"),
        "an outage",
    ),
    "OUT-DET less than a fifth": (
        "int_outages__quarters",
        replacing(r"weeks < quarters\.requests_in_weeks", "weeks <= quarters.requests_in_weeks"),
        "a fifth",
    ),
    "OUT-DET two quarter-hours": (
        "int_outages__runs",
        replacing(r"count\(\*\) >= 2", "count(*) >= 1"),
        "a quarter-hour",
    ),
    "OUT-DET the one before the month": (
        "int_traffic__looked_at",
        replacing(r"interval \(15\) minute", "interval (30) minute"),
        "an outage over the month's end",
    ),
    "OUT-DET a record of another region is none": (
        "int_outages__records_beside",
        replacing(r"runs\.region in \('All', recorded\.region\)", "true"),
        "a record",
    ),
    "OUT-DET whole quarter-hours": (
        "int_outages__records_covered",
        replacing(r"recorded\.ended_at >=", "recorded.ended_at >"),
        "a record of the region",
    ),
    "IC2 an incident that ended at the hour's start did not touch it": (
        "int_traffic__incident_hours",
        replacing(r"incidents\.ended_at > hours", "incidents.ended_at >= hours"),
        "an incident",
    ),
    "IC2 SMETS1 is in All alone": (
        "int_traffic__incidents",
        replacing("smets <> 'SMETS1'", "smets <> 'Nothing'"),
        "an incident",
    ),
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_follows_the_rules(warehouse: Warehouse, example: str) -> None:
    assert disagreements(warehouse, *EXAMPLES[example]) == []


@pytest.mark.parametrize("rule", MUTANTS)
def test_a_broken_rule_of_degradation_is_noticed(warehouse: Warehouse, rule: str) -> None:
    model, rewrite, example = MUTANTS[rule]
    with warehouse.rewritten(model, rewrite):
        assert disagreements(warehouse, *EXAMPLES[example]) != []
