"""The marts of top-ups and payment modes against the oracle, on random small months (O4, O11).

Belongs here: the comparison of each mart, the oracle on examples worked by hand, and the proof that
the comparison can fail. Does not belong here: how random months are made, how SQL is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.python.oracle import marts, top_ups
from tests.python.oracle.clock import local
from tests.python.oracle.effort import QUICK, THOROUGH
from tests.python.oracle.incidents import Row
from tests.python.oracle.marts import RULES, Mart, Month, months_of
from tests.python.oracle.mutants import must_notice, replacing
from tests.python.oracle.records import Alert, Device, Facts, ServiceRequest
from tests.python.oracle.top_up_months import top_up_facts
from tests.python.oracle.warehouse import Rewrite, Warehouse

PLACE = ("device_type", "smets", "region")
MARTS: dict[str, Mart] = {
    "top_ups": (["reporting_month", *PLACE], top_ups.top_ups),
    "top_up_failures": (["reporting_month", "region", "response_code"], top_ups.top_up_failures),
    "payment_mode_changes": (["reporting_month", "srv", *PLACE], top_ups.payment_mode_changes),
}


def months() -> st.SearchStrategy[Month]:
    """A month and its facts."""
    return months_of(top_up_facts)


def disagreements(warehouse: Warehouse, month: date, facts: Facts) -> list[str]:
    """Every difference between the marts and the rules, by mart."""
    return marts.disagreements(warehouse, MARTS, month, facts)


@QUICK
@given(months())
def test_marts_of_top_ups_follow_the_rules(warehouse: Warehouse, month_of_facts: Month) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


@pytest.mark.thorough
@THOROUGH
@given(months())
def test_marts_of_top_ups_follow_the_rules_in_many_months(
    warehouse: Warehouse, month_of_facts: Month
) -> None:
    month, facts = month_of_facts
    assert disagreements(warehouse, month, facts) == []


# ---- the oracle by hand

SEPTEMBER, OCTOBER = date(2020, 9, 1), date(2020, 10, 1)
NOON = local(2020, 9, 8, 12)
MS = timedelta(milliseconds=1)
MINUTES = timedelta(minutes=1)
DAY = timedelta(days=1)
METER = Device(SEPTEMBER, "E1", "ESME", "SMETS2+", "H1", "South")


def attempt(
    at: datetime, code: str | None = "E20", name: str | None = None, **fields: str
) -> ServiceRequest:
    """A top-up that was answered at once."""
    return ServiceRequest(
        file_date=at.date(),
        request_id=name or f"{at:%d%H%M%S%f}",
        srv="2.2",
        device_id=fields.get("device_id", "E1"),
        received_at=at,
        user_id=fields.get("user_id", "U1"),
        response_sent_at=at,
        response_code=code,
    )


def whole(requests: list[ServiceRequest], month: date = SEPTEMBER) -> Row:
    """The row of all cells."""
    rows = top_ups.top_ups(Facts(service_requests=requests, devices=[METER]), month, RULES)
    return next(row for row in rows if {row[name] for name in PLACE} == {"All"})


def outcome(requests: list[ServiceRequest], month: date = SEPTEMBER) -> tuple[object, ...]:
    """Sequences, first time, by second, never, and attempts of the month before's sequences."""
    row = whole(requests, month)
    names = ("sequences", "first_time", "by_second", "never", "attempts_continued")
    return tuple(row[name] for name in names)


def test_o4_two_failures_and_a_success_are_one_sequence_neither_first_time_nor_by_second() -> None:
    worked = [attempt(NOON), attempt(NOON + 20 * MINUTES), attempt(NOON + 50 * MINUTES, "I0")]
    assert outcome(worked) == (1, 0, 0, 0, 0)
    assert whole(worked)["succeeded_pct"] == pytest.approx(100 / 3)


def test_o4_exactly_24_hours_are_no_gap_and_a_millisecond_more_is_one() -> None:
    assert outcome([attempt(NOON), attempt(NOON + DAY, "I0")]) == (1, 0, 1, 0, 0)
    assert outcome([attempt(NOON), attempt(NOON + DAY + MS, "I0")]) == (2, 1, 1, 1, 0)


def test_o4_of_equal_starts_the_lesser_id_goes_first() -> None:
    assert outcome([attempt(NOON, "E20", "b"), attempt(NOON, "I0", "a")]) == (2, 1, 1, 1, 0)
    assert outcome([attempt(NOON, "E20", "a"), attempt(NOON, "I0", "b")]) == (1, 0, 1, 0, 0)


def test_o4_users_and_devices_have_their_own_sequences_and_a_device_counts_once() -> None:
    several = [attempt(NOON), attempt(NOON + MS, "I0", user_id="U2")]
    assert outcome(several) == (2, 1, 1, 1, 0)
    assert whole(several)["devices"] == 1
    assert outcome([attempt(NOON), attempt(NOON, "I0", device_id="E2")]) == (2, 1, 1, 1, 0)


def test_o4_a_sequence_counts_in_the_month_of_its_first_attempt_as_it_stood_at_its_end() -> None:
    evening = local(2020, 9, 30, 23)
    chain = [attempt(evening), attempt(evening + 2 * 60 * MINUTES, "I0")]
    assert outcome(chain) == (1, 0, 0, 1, 0)
    assert outcome(chain, OCTOBER) == (0, 0, 0, 0, 1)
    assert whole(chain, OCTOBER)["first_time_pct"] is None


def test_o4_credit_is_the_alerts_with_or_without_a_request() -> None:
    credit = Alert(NOON.date(), "A1", "0x810e", "E1", NOON, alert_count=3)
    rows = top_ups.top_ups(Facts(alerts=[credit], devices=[METER]), SEPTEMBER, RULES)
    assert [row["credit_added_locally"] for row in rows] == [3] * len(rows)
    assert {row["attempts"] for row in rows} == {None}


# ---- the comparison can fail

MUTANTS: Mapping[str, tuple[str, Rewrite, str]] = {
    "O4 24 hours are no gap": (
        "int_pre_payment__attempts",
        replacing("> interval 24 hour", ">= interval 24 hour"),
        "top_ups",
    ),
    "O4 a success ends a sequence": (
        "int_pre_payment__attempts",
        replacing("or is_after_success", ""),
        "top_ups",
    ),
    "O4 ordered by start, then request_id": (
        "int_pre_payment__attempts",
        replacing("order by started_at, request_id", "order by started_at, request_id desc"),
        "top_ups",
    ),
    "O4 of one User": (
        "int_pre_payment__attempts",
        replacing("reporting_month, user_id, device_id", "reporting_month, device_id"),
        "top_ups",
    ),
    "O4 24 hours are looked back": (
        "int_pre_payment__attempts_looked_at",
        replacing("- interval 24 hour", "- interval 23 hour"),
        "attempts_continued",
    ),
    "O4 by second is cumulative": (
        "int_pre_payment__sequences",
        replacing("succeeded_at_attempt <= 2", "succeeded_at_attempt = 2"),
        "by_second",
    ),
    "S5 succeeded is I0": (
        "int_pre_payment__requests",
        replacing(r"response_code = 'I0'", "response_code in ('I0', 'I99')"),
        "succeeded",
    ),
    "S5 succeeded is answered": (
        "int_pre_payment__requests",
        replacing("and response_sent_at is not null", ""),
        "succeeded",
    ),
    "S1 in flight counts in nothing": (
        "int_pre_payment__evidence",
        replacing("not requests.is_reported", "false"),
        "attempts",
    ),
    "O9 credit is the sum of what alerts stand for": (
        "int_pre_payment__credits",
        replacing(r"sum\(alert_count\)", "count(*)"),
        "credit_added_locally",
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_broken_rule_of_top_ups_is_noticed(warehouse: Warehouse, mutant: str) -> None:
    must_notice(warehouse, MUTANTS[mutant], months(), disagreements)
