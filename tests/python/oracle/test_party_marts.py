"""The marts by party against the oracle, on random small months (rules O1, O5, O7, O13, P1).

Belongs here: the comparison of each mart, the oracle on leagues worked by hand, and the proof that
the comparison can fail. Does not belong here: how random months are made, how SQL is run; what a
pseudonym is made of.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.python.oracle import marts, parties
from tests.python.oracle.clock import local, to_local
from tests.python.oracle.effort import QUICK, THOROUGH
from tests.python.oracle.incidents import Row
from tests.python.oracle.marts import RULES, Mart, Month, months_of
from tests.python.oracle.mutants import must_notice, replacing
from tests.python.oracle.party_months import party_facts
from tests.python.oracle.records import Device, Facts, ServiceRequest
from tests.python.oracle.warehouse import Rewrite, Warehouse

SEPTEMBER = date(2020, 9, 1)
MARTS: dict[str, Mart] = {
    "install_by_party": (["activity_date", "pseudonym"], parties.install_by_party),
    "change_of_supplier_by_party": (
        ["activity_date", "pseudonym"],
        parties.change_of_supplier_by_party,
    ),
    "league_table": (["reporting_month", "league", "pseudonym"], parties.league_table),
}


def months() -> st.SearchStrategy[Month]:
    """A month and its facts."""
    return months_of(party_facts)


def disagreements(warehouse: Warehouse, month: date, facts: Facts) -> list[str]:
    """Every difference between the marts and the rules, by mart."""
    return marts.disagreements(warehouse, MARTS, month, facts)


@QUICK
@given(months())
def test_marts_by_party_follow_the_rules(warehouse: Warehouse, month_of_facts: Month) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


@pytest.mark.thorough
@THOROUGH
@given(months())
def test_marts_by_party_follow_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


MUTANTS: dict[str, tuple[str, Rewrite, str]] = {
    "P1 ten are enough": (
        "int_parties__places",
        replacing("volume < 10", "volume <= 10"),
        "league_table",
    ),
    "P1 ties by pseudonym": (
        "int_parties__places",
        replacing("pseudonym asc", "pseudonym desc"),
        "rank",
    ),
    "P1 the greatest share is first": (
        "int_parties__places",
        replacing("succeeded_pct desc", "succeeded_pct asc"),
        "rank",
    ),
    "P1 one party alone is no Others": (
        "league_table",
        replacing(r"count\(\*\) >= 2", "count(*) >= 1"),
        "Others",
    ),
    "P1 Others have ten requests": (
        "league_table",
        replacing(r"sum\(volume\) >= 10", "sum(volume) >= 9"),
        "Others",
    ),
    "O13 a delivery failure is no success": (
        "int_parties__process_days",
        replacing("and not delivery_failed", ""),
        "league_table",
    ),
    "O13 in a process an answer is enough": (
        "int_parties__process_days",
        replacing("'received_successful', 'received_unsuccessful'", "'received_successful'"),
        "league_table",
    ),
    "O13 what belongs to no process is in no league": (
        "int_parties__process_days",
        replacing("and business_process <> 'Unattributed'", ""),
        "Unattributed",
    ),
    "O5 what was commissioned before is nobody's": (
        "int_installs__party_days",
        replacing("in_denominator", "true"),
        "install_by_party",
    ),
    "O5 an install is of every party that asked": (
        "int_installs__asked",
        replacing("list(distinct user_id order by user_id)".replace("(", r"\(").replace(")", r"\)"),
                  "[min(user_id)]"),
        "install_by_party",
    ),
    "O7 the same party": (
        "int_installs__party_days_in_period",
        replacing("and cells.user_id = week_before.user_id", ""),
        "install_by_party",
    ),
    "O7 seven days": (
        "int_installs__party_days_in_period",
        replacing(r"week_before\.activity_date \+ 7", "week_before.activity_date + 6"),
        "predicted",
    ),
    "O1 what is in flight is in no figure": (
        "int_supplier_changes__party_days",
        replacing("where in_denominator", ""),
        "change_of_supplier_by_party",
    ),
}  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("rule", MUTANTS)
def test_a_broken_rule_of_parties_is_noticed(warehouse: Warehouse, rule: str) -> None:
    must_notice(warehouse, MUTANTS[rule], months(), disagreements)


# ---- the oracle on examples worked by hand

NOON = local(2020, 9, 8, 12)


def asked(number: int, user: str, at: datetime = NOON, **others: object) -> ServiceRequest:
    """A top-up that reached the device."""
    values = {"srv": "2.2", "device_id": "E1", "response_code": "I0", **others}
    return ServiceRequest(
        file_date=to_local(at).date(),
        request_id=f"R{number}",
        received_at=at,
        response_sent_at=at,
        user_id=user,
        **values,  # type: ignore[arg-type]  # by name
    )


def top_ups(volumes: dict[str, tuple[int, int]]) -> Facts:
    """Of each party so many top-ups, and so many of them successful."""
    outcomes = [
        (user, place < succeeded)
        for user, (volume, succeeded) in volumes.items()
        for place in range(volume)
    ]
    return Facts(
        service_requests=[
            asked(number, user, response_code="I0" if good else "E21")
            for number, (user, good) in enumerate(outcomes)
        ],
        devices=[Device(SEPTEMBER, "E1", "ESME", "SMETS2+", "H1", "South")],
    )


def league(facts: Facts, name: str) -> list[Row]:
    return [row for row in parties.league_table(facts, SEPTEMBER, RULES) if row["league"] == name]


def test_p1_places_go_by_share_and_few_are_taken_together() -> None:
    facts = top_ups({"A": (10, 5), "B": (20, 19), "C": (9, 9), "D": (1, 0), "E": (12, 6)})
    found = league(facts, "Top-ups")
    tied = sorted(parties.called(user, SEPTEMBER) for user in ("A", "E"))
    assert [(row["pseudonym"], row["rank"], row["volume"]) for row in found[:1]] == [
        (parties.called("B", SEPTEMBER), 1, 20)
    ]
    assert [row["pseudonym"] for row in found[1:3]] == tied
    assert found[3] == {
        "reporting_month": SEPTEMBER,
        "league": "Top-ups",
        "pseudonym": "Others",
        "rank": None,
        "parties": 2,
        "volume": 10,
        "succeeded": 9,
        "succeeded_pct": 90,
    }
    # O13: in the league of the process they were all answered, and E21 is a delivery failure.
    assert [row["succeeded"] for row in league(facts, "Pre-Payment") if row["rank"] == 1] == [19]


@pytest.mark.parametrize("few", [{"C": (9, 9)}, {"C": (4, 4), "D": (5, 5)}, {}])
def test_p1_too_few_are_left_out(few: dict[str, tuple[int, int]]) -> None:
    found = league(top_ups({"A": (10, 5), **few}), "Top-ups")
    assert [row["rank"] for row in found] == [1]


def test_o7_a_party_is_predicted_by_its_own_week_before() -> None:
    week = timedelta(days=7)
    facts = Facts(
        service_requests=[
            asked(1, "A", NOON, srv="8.11"),
            asked(2, "B", NOON, srv="8.1.1"),
            asked(3, "B", NOON, srv="8.11", device_id="E2"),
            asked(4, "C", NOON + week),
        ],
        devices=[
            Device(SEPTEMBER, "E1", "ESME", "SMETS2+", "H1", "South", commissioned_at=NOON),
            Device(SEPTEMBER, "E2", "ESME", "SMETS2+", "H1", "South"),
        ],
    )
    found = {
        (row["activity_date"], row["pseudonym"]): (
            row["attempted"],
            row["succeeded"],
            row["predicted"],
        )
        for row in parties.install_by_party(facts, SEPTEMBER, RULES)
    }
    a, b = (parties.called(user, SEPTEMBER) for user in "AB")
    first, second = to_local(NOON).date(), to_local(NOON + week).date()
    assert found == {
        (first, a): (1, 1, None),
        (first, b): (2, 1, None),
        (second, a): (0, 0, 1),
        (second, b): (0, 0, 2),
    }
