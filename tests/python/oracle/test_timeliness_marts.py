"""Feeds in time against the oracle, on random small manifests (TIME).

Belongs here: the comparison of the mart and of the measures, the oracle on a manifest worked by
hand, and the proof that the comparison can fail. Does not belong here: how random manifests are
made, how SQL is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.python.oracle import timeliness
from tests.python.oracle.clock import MONTHS, local
from tests.python.oracle.comparison import differences
from tests.python.oracle.effort import QUICK, THOROUGH
from tests.python.oracle.mutants import Mutant, must_notice, replacing
from tests.python.oracle.records import Arrival, Arrivals, ContractedFeed
from tests.python.oracle.timeliness_months import arrivals
from tests.python.oracle.warehouse import Warehouse

Month = tuple[date, Arrivals]
SEPTEMBER = date(2020, 9, 1)


def months() -> st.SearchStrategy[Month]:
    """A month, and what the manifest, the contract and the calendar say of it."""
    return st.sampled_from(MONTHS).flatmap(lambda month: st.tuples(st.just(month), arrivals(month)))


def disagreements(warehouse: Warehouse, month: date, known: Arrivals) -> list[str]:
    """Every difference between the mart, the measures and the rules."""
    warehouse.fill_arrivals(known)
    warehouse.run(month, ("feed_timeliness", "int_measures__timeliness"))
    compared = (
        ("feed_timeliness", ["system", "feed", "part"], timeliness.feed_timeliness),
        ("int_measures__timeliness", ["measure_id"], timeliness.measures),
    )
    return [
        f"{name}: {difference}"
        for name, key, by_the_rules in compared
        for difference in differences(
            by_the_rules(known, month),
            [row for row in warehouse.rows(name) if row["reporting_month"] == month],
            key,
        )
    ]


@QUICK
@given(months())
def test_timeliness_follows_the_rules(warehouse: Warehouse, known_in_month: Month) -> None:
    month, known = known_in_month
    assert disagreements(warehouse, month, known) == []


@pytest.mark.thorough
@THOROUGH
@given(months())
def test_timeliness_follows_the_rules_in_many_months(
    warehouse: Warehouse, known_in_month: Month
) -> None:
    month, known = known_in_month
    assert disagreements(warehouse, month, known) == []


# ---- the oracle on a manifest worked by hand

# The first Working Days of October 2020 are Thursday the 1st, Friday the 2nd and Monday the 5th.
OCTOBER_DAYS = [date(2020, 10, day) for day in (1, 2, 5, 6, 7, 8, 9)]
FEED = ContractedFeed("dsms", "incidents", "monthly", 3, mandatory=True)
DUE = local(2020, 10, 6)  # the end of the day
TICK = timedelta(milliseconds=1)
CAME = Arrival("dsms", "incidents", SEPTEMBER, DUE - TICK)
NEWS = Arrival("smki", "requests", SEPTEMBER, local(2020, 10, 1))


def told(*files: Arrival, feed: ContractedFeed = FEED) -> tuple[object, ...]:
    """State, first arrival and latest version of the one part."""
    known = Arrivals([feed], OCTOBER_DAYS, list(files))
    [row] = timeliness.feed_timeliness(known, SEPTEMBER)
    assert row["due_on"] == date(2020, 10, 5)
    return row["state"], row["first_landed_at"], row["latest_version"]


def test_time_the_working_day_itself_is_in_time() -> None:
    assert told(CAME) == ("on time", DUE - TICK, 1)
    assert told(replace(CAME, arrived_at=DUE)) == ("late", DUE, 1)


def test_time_a_new_version_makes_nothing_late() -> None:
    old, new = replace(CAME, is_current=False), replace(CAME, version=2, arrived_at=DUE)
    assert told(old, new) == ("on time", DUE - TICK, 2)


def test_time_nothing_is_missing_before_the_month_is_over() -> None:
    assert told(NEWS) == ("missing", None, None)
    assert told(replace(NEWS, arrived_at=local(2020, 10, 1) - TICK)) == ("not due", None, None)
    assert told(NEWS, feed=replace(FEED, mandatory=False)) == ("not due", None, None)


def test_time_a_daily_feed_is_there_with_the_last_of_its_days() -> None:
    daily = replace(FEED, cadence="daily")
    days = [
        replace(CAME, file_date=date(2020, 9, day), arrived_at=DUE + (day - 7) * TICK)
        for day in range(1, 31)
    ]
    assert told(*days, feed=daily) == ("late", DUE + 23 * TICK, 1)
    assert told(*days[:6], NEWS, feed=daily) == ("missing", DUE - TICK, 1)
    not_mandatory = replace(daily, mandatory=False)
    assert told(*days[:6], NEWS, feed=not_mandatory) == ("missing", DUE - TICK, 1)


def test_time_commentary_is_of_the_months_that_its_last_version_names() -> None:
    feed = ContractedFeed("dcc", "commentary", "any_time", 3, mandatory=False)
    file = Arrival("dcc", "commentary", date(2020, 10, 5), DUE - TICK, is_current=False)
    again = replace(file, version=2, arrived_at=DUE, is_current=True, about=(SEPTEMBER,))
    assert told(file, again, feed=feed) == ("on time", DUE - TICK, 2)


# ---- the comparison can fail

MUTANTS: Mapping[str, Mutant] = {
    "the day itself is in time": (
        "int_feeds__judged_parts",
        replacing("<= due_on", "< due_on"),
        "state",
    ),
    "the local date of arrival decides": (
        "int_feeds__judged_parts",
        replacing("Europe/London", "UTC"),
        "state",
    ),
    "what began and is not complete is missing": (
        "int_feeds__judged_parts",
        replacing("periods_landed = 0 and not", "not"),
        "state",
    ),
    "nothing is missing before the month is over": (
        "int_feeds__judged_parts",
        replacing("and not is_over", "and false"),
        "state",
    ),
    "a month is over at its extract point": (
        "int_feeds__closed_months",
        replacing(r"latest\.arrived_at >=", "latest.arrived_at >"),
        "state",
    ),
    "a daily feed has as many days as its month": (
        "int_feeds__due_parts",
        replacing("= 'daily'", "= 'hourly'"),
        "periods_expected",
    ),
    "the following month's Working Days": (
        "int_feeds__due_dates",
        replacing("due_working_day = ", "due_working_day + 1 = "),
        "due_on",
    ),
    "the last day of a daily feed": (
        "int_feeds__arrivals",
        replacing(r"max\(periods\.first", "min(periods.first"),
        "first_landed_at",
    ),
    "the first version that landed": (
        "int_feeds__periods",
        replacing(r"min\(arrived_at\)", "max(arrived_at)"),
        "first_landed_at",
    ),
    "what was refused has not landed": (
        "int_feeds__periods",
        replacing("where state = 'landed'", "where true"),
        "first_landed_at",
    ),
    "what was refused is no version": (
        "int_feeds__periods",
        replacing("where state <> 'refused'", "where true"),
        "latest_version",
    ),
    "what was replaced has no rows": (
        "int_feeds__periods",
        replacing(r"sum\(rows_landed\) filter \(where is_current\)", "sum(rows_landed)"),
        "rows_landed",
    ),
    "what was settled is refused no more": (
        "int_feeds__periods",
        replacing("and not is_settled", ""),
        "refused_files",
    ),
    "a part that nobody expects is listed": (
        "int_feeds__expected_parts",
        replacing("where periods_landed > 0", "where false"),
        "missing:",
    ),
    "a part of which nothing landed is not": (
        "int_feeds__expected_parts",
        replacing("where periods_landed > 0", ""),
        "extra:",
    ),
    "commentary is of the months that it names": (
        "int_feeds__files_by_month",
        replacing(r"named\.reporting_month, cast", "cast"),
        "commentary",
    ),
    "what is not due is no part of the share": (
        "int_measures__timeliness",
        replacing("where state <> 'not due'", ""),
        "denominator",
    ),
    "nothing due is no event": (
        "int_measures__timeliness",
        replacing("'No Events'", "'Reported'"),
        "int_measures__timeliness",
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("rule", MUTANTS)
def test_a_broken_rule_of_timeliness_is_noticed(warehouse: Warehouse, rule: str) -> None:
    must_notice(warehouse, MUTANTS[rule], months(), disagreements)
