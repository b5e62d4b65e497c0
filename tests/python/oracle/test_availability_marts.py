"""The marts of availability against the oracle, on random small months (rules V1 to V6, T2, T3).

Belongs here: the comparison of each mart, and the proof that it can fail. Does not belong here: how
random months are made, how SQL is run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from tests.python.oracle.mutants import Mutant, must_notice, replacing
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


MUTANTS: Mapping[str, Mutant] = {
    "V1 an open end is the extract point": (
        "int_availability__events",
        replacing("events.ended_at, true", "events.ended_at, false"),
        "minutes",
    ),
    "V1 an event without a region hits all": (
        "int_availability__hits",
        replacing(r"in \('All', dependents\.region\)", "in (dependents.region)"),
        "minutes",
    ),
    "V1 what has no regions is hit by any event": (
        "int_availability__hits",
        replacing(r"where dependents\.region = 'All' or", "where"),
        "minutes",
    ),
    "V1 an event hits its own region": (
        "int_availability__hits",
        replacing(r"or downtimes\.region in \('All', dependents\.region\)", "or true"),
        "minutes",
    ),
    "V2 only what is planned is planned": (
        "int_availability__planned_parts",
        replacing(r"hits\.kind = 'planned'", "true"),
        "planned_minutes",
    ),
    "V2 a window is of its component": (
        "int_availability__planned_parts",
        replacing(r"and hits\.component_id = windows\.component_id", ""),
        "planned_minutes",
    ),
    "V2 a window is of its region": (
        "int_availability__planned_parts",
        replacing(r"and windows\.region in \('All', hits\.hit_region\)", ""),
        "planned_minutes",
    ),
    "V2 a window of no region is one of all": (
        "int_availability__planned_parts",
        replacing(r"in \('All', hits\.hit_region\)", "in (hits.hit_region)"),
        "planned_minutes",
    ),
    "V3 what is planned is not unplanned": (
        "int_availability__bands",
        replacing(r"- coalesce\(lost\.planned_minutes, 0\)", ""),
        "unplanned_minutes",
    ),
    "V3 nor in an hour": (
        "int_availability__hours",
        replacing(r"- coalesce\(lost\.planned_minutes, 0\)", ""),
        "component_availability_hourly",
    ),
    "V4 the overall figure is the mean of totals": (
        "int_availability__service_figures",
        replacing("where region = 'All'", ""),
        "service_availability",
    ),
    "V4 of a day too": (
        "int_availability__service_days",
        replacing("where region = 'All'", ""),
        "service_availability_daily",
    ),
    "V5 an outage counts once in a band": (
        "int_availability__bands",
        replacing(r"count\(distinct of_started_at\)", "count(of_started_at)"),
        "outages",
    ),
    "V5 mean times are of outages": (
        "int_availability__service_figures",
        replacing(r"outage_minutes / nullif\(outages", "outage_minutes / nullif(outages + 1"),
        "mttr_hours",
    ),
    "V6 processes of SMETS1 are down as a whole": (
        "int_availability__dependencies",
        replacing(r"process_components\.smets = 'SMETS2\+' as", "true as"),
        "process_availability",
    ),
    "C3 previous is that of the same place": (
        "int_availability__process_figures",
        replacing("where measure_id = 'BP-AVAIL'", "where measure_id = 'CPM1'"),
        "previous_pct",
    ),
    "T3 hours of activity are local": (
        "int_availability__cells",
        replacing("Europe/London", "UTC"),
        "service_availability",
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("rule", MUTANTS)
def test_a_broken_rule_of_availability_is_noticed(warehouse: Warehouse, rule: str) -> None:
    must_notice(warehouse, MUTANTS[rule], months(), disagreements)
