"""The comparison can fail: each rule broken in a copy of the SQL is noticed.

Belongs here: one small change of compiled SQL per rule, and the proof that random months notice it.
Does not belong here: whether the SQL as it is follows the rules.

A change that finds nothing to change fails too: the model was rewritten, and the change with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from tests.python.oracle import test_incident_marts as incidents
from tests.python.oracle import test_provider_marts as providers
from tests.python.oracle.effort import QUICK
from tests.python.oracle.records import Facts
from tests.python.oracle.warehouse import Build, Rewrite, Warehouse

# The first month that notices is enough, however large. The examples of one run resemble each
# other, so that a rare edge may be in none of them: several short runs see more than a long one.
SEEDS = range(20)
FIRST = settings(
    QUICK,
    max_examples=40,
    derandomize=False,
    phases=[Phase.generate],
    report_multiple_bugs=False,
)


def replacing(pattern: str, by: str) -> Rewrite:
    """A rewrite by regular expression; spaces in the pattern stand for any blanks."""
    compiled = re.compile(pattern.replace(" ", r"\s+"))
    return lambda sql: compiled.sub(by, sql)


class NoticedError(AssertionError):
    """Rules and SQL disagree at the place where they should."""


def look(
    warehouse: Warehouse,
    months: st.SearchStrategy[tuple[date, Facts]],
    disagreements: Callable[[Warehouse, date, Facts], list[str]],
    place: str,
) -> None:
    """Raise `NoticedError` for the first month with a disagreement at the place; else return."""

    @FIRST
    @given(months)
    def look_at(one: tuple[date, Facts]) -> None:
        found = [difference for difference in disagreements(warehouse, *one) if place in difference]
        if found:
            raise NoticedError(found[0])

    for number in SEEDS:
        seed(number)(look_at)()


INCIDENT_MUTANTS = {
    "I1 equal is within, resolution": (
        "int_incidents__judged",
        replacing("resolution_us <= ", "resolution_us < "),
        "within_resolution_target",
    ),
    "I1 equal is within, response": (
        "int_incidents__judged",
        replacing("response_us <= ", "response_us < "),
        "within_response_target",
    ),
    "I2 the extract point is no part of the month": (
        "int_incidents__counted",
        replacing(r"closed_at < months\.extract_at", "closed_at <= months.extract_at"),
        "is_in_period",
    ),
    "I2 cancelled is left out": (
        "int_incidents__resolution_summed",
        replacing("status <> 'Cancelled'", "status <> 'Nothing'"),
        "incident_resolution",
    ),
    "I5 ended before it was reopened is not ended again": (
        "int_incidents__placed_at_extract",
        replacing("and resolved_at >= reopened_at", ""),
        "is_open_at_extract",
    ),
    "I5 older than 90 days": (
        "int_incidents__aged",
        replacing("interval 90 day", "interval 91 day"),
        "older_than_90_days",
    ),
    "I7 cancelled in the month is an exclusion": (
        "int_incidents__counted",
        replacing(r"in \('Closed', 'Cancelled'\)", "in ('Closed')"),
        "incident_exclusions",
    ),
    "I7 closed in the month touches it": (
        "int_incidents__major",
        replacing(r"\(closed_at >=", "(raised_at >="),
        "major_incidents",
    ),
    "T2 months are local": (
        "int_calendar__periods",
        replacing("Europe/London", "UTC"),
        "fct_incidents",
    ),
}

PROVIDER_MUTANTS = {
    "C1 means are of shown levels": (
        "int_providers__levels",
        replacing(r"as decimal\(18, 9\)\), 2\)", "as decimal(18, 9)), 3)"),
        "code_performance_measures",
    ),
    "C1 the mean itself is not rounded": (
        "int_code_performance__means",
        replacing(r"cast\(level as double\)", "round(cast(level as double), 2)"),
        "level",
    ),
    "C2 the formula of PM12.2": (
        "int_providers__levels",
        replacing(r"0\.25", "0.26"),
        "level",
    ),
    "C6 equal to the target is Above Target": (
        "sp_performance_measures",
        replacing("shown_level >= ", "shown_level > "),
        "status",
    ),
    "N1 only a whole share shows as whole": (
        "int_providers__levels",
        replacing(r"99\.99", "100.00"),
        "shown_level",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("rule", INCIDENT_MUTANTS)
def test_a_broken_incident_rule_is_noticed(built: Build, rule: str) -> None:
    model, rewrite, place = INCIDENT_MUTANTS[rule]
    mutant = Warehouse(built, {model: rewrite})
    with pytest.raises(NoticedError):
        look(mutant, incidents.months(), incidents.disagreements, place)


@pytest.mark.slow
@pytest.mark.parametrize("rule", PROVIDER_MUTANTS)
def test_a_broken_provider_rule_is_noticed(built: Build, rule: str) -> None:
    model, rewrite, place = PROVIDER_MUTANTS[rule]
    mutant = Warehouse(built, {model: rewrite})
    with pytest.raises(NoticedError):
        look(mutant, providers.months(), providers.disagreements, place)


def test_a_rewrite_that_changes_nothing_is_refused(built: Build) -> None:
    with pytest.raises(ValueError, match="finds nothing to change"):
        Warehouse(built, {"int_incidents__judged": replacing("no such text", "")})
