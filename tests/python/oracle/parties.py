"""Figures by party: rules O1, O5 and O7 of each, the leagues of O13, and their order by P1.

Belongs here: what each party comes to, which have a place, and which are taken together. Does not
belong here: what the rules say of a single request, change or install (the modules beside this
one); how SQL groups; what a pseudonym is made of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tests.python.oracle.incidents import Row
from tests.python.oracle.installs import WEEK, Attempt, attempt, landed_days
from tests.python.oracle.records import Facts
from tests.python.oracle.requests import UNATTRIBUTED, RequestRules, judge, judged_in, month_of
from tests.python.oracle.supplier_changes import changes
from tests.python.oracle.top_ups import TOP_UP, succeeded

OTHERS = "Others"
FEWEST_REQUESTS = 10
FEWEST_PARTIES = 2


@dataclass(frozen=True)
class Called:
    """What a party is called in a month."""

    reporting_month: date
    user_id: str
    pseudonym: str


def called(user_id: str, month: date) -> str:
    """A name that tells nothing of the order of the ids, and another one each month."""
    return hashlib.sha256(f"{user_id} in {month}".encode()).hexdigest()[:8].upper()


def pseudonyms(facts: Facts, months: Iterable[date]) -> list[Called]:
    """The map of these months, of every party that sent anything."""
    users = sorted({request.user_id for request in facts.service_requests})
    return [Called(month, user, called(user, month)) for month in months for user in users]


# ---- by party and day


def installs_of_parties(facts: Facts, rules: RequestRules) -> dict[tuple[date, str], set[Attempt]]:
    """O5: the installs of each day that a party asked for; two parties may share one."""
    found: dict[tuple[date, str], set[Attempt]] = {}
    for request in facts.service_requests:
        one = attempt(facts, request, rules)
        if one is not None:
            found.setdefault((one.day, request.user_id), set()).add(one)
    return found


def install_by_party(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """O5 and O7 by party."""
    days = installs_of_parties(facts, rules)
    landed = landed_days(facts)
    expected = {(day + WEEK, user) for day, user in days if day in landed and day + WEEK in landed}
    rows: list[Row] = []
    for day, user in days.keys() | expected:
        if month_of(day) != month:
            continue
        own = days.get((day, user), set())
        is_known = day - WEEK in landed
        rows.append(
            {
                "reporting_month": month,
                "activity_date": day,
                "pseudonym": called(user, month),
                "attempted": len(own),
                "succeeded": sum(one.succeeded for one in own),
                "predicted": len(days.get((day - WEEK, user), set())) if is_known else None,
                "predicted_state": "predicted" if is_known else "no history",
            }
        )
    return rows


def change_of_supplier_by_party(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """O1 by party."""
    judged = [judge(facts, request, rules) for request in facts.service_requests]
    found: dict[tuple[date, str], list[bool]] = {}
    for change in changes(judged):
        if month_of(change.request.activity_date) == month:
            key = (change.request.activity_date, change.request.user_id)
            found.setdefault(key, []).append(change.succeeded)
    return [
        {
            "reporting_month": month,
            "activity_date": day,
            "pseudonym": called(user, month),
            "attempts": len(own),
            "succeeded": sum(own),
            "succeeded_pct": 100 * sum(own) / len(own),
        }
        for (day, user), own in found.items()
    ]


# ---- leagues

Outcomes = dict[str, list[bool]]
"""Party → of each thing that counts in a league, whether it succeeded."""


def leagues(facts: Facts, month: date, rules: RequestRules) -> Mapping[str, Outcomes]:
    """O13: what each party brings into each league."""
    found: dict[str, Outcomes] = {}

    def count(league: str, user: str, outcome: bool) -> None:
        found.setdefault(league, {}).setdefault(user, []).append(outcome)

    judged = judged_in(facts, month, rules)
    for one in judged:
        if not one.is_reported:
            continue
        if one.srv == TOP_UP:
            count("Top-ups", one.user_id, succeeded(one))
        assert one.business_process is not None
        if one.business_process != UNATTRIBUTED:
            is_answered = one.response_sent_at is not None
            count(one.business_process, one.user_id, is_answered and not one.delivery_failed)
    for change in changes(judged):
        count("Change of Supplier", change.request.user_id, change.succeeded)
    for (day, user), own in installs_of_parties(facts, rules).items():
        if month_of(day) == month:
            for install in own:
                count("Installs", user, install.succeeded)
    return found


def share(outcomes: list[bool]) -> float:
    """Percent of what succeeded."""
    return 100 * sum(outcomes) / len(outcomes)


def table(parties: Outcomes, month: date) -> Iterator[Row]:
    """P1: one league in its order, and Others after it, if they may be there."""
    own = {called(user, month): outcomes for user, outcomes in parties.items()}
    placed = sorted(
        (name for name, outcomes in own.items() if len(outcomes) >= FEWEST_REQUESTS),
        key=lambda name: (-share(own[name]), name),
    )
    for rank, name in enumerate(placed, start=1):
        yield {"pseudonym": name, "rank": rank, "parties": 1, **_figures(own[name])}
    few = [outcomes for name, outcomes in own.items() if name not in placed]
    together = [outcome for outcomes in few for outcome in outcomes]
    if len(few) >= FEWEST_PARTIES and len(together) >= FEWEST_REQUESTS:
        yield {"pseudonym": OTHERS, "rank": None, "parties": len(few), **_figures(together)}


def _figures(outcomes: list[bool]) -> Row:
    return {
        "volume": len(outcomes),
        "succeeded": sum(outcomes),
        "succeeded_pct": share(outcomes),
    }


def league_table(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """O13 and P1: every league of the month."""
    return [
        {"reporting_month": month, "league": league, **row}
        for league, parties in leagues(facts, month, rules).items()
        for row in table(parties, month)
    ]
