"""After any order of arrivals and replacements the marts are those of a rebuild from nothing.

The orders are drawn from seeds, so that each run of the tests sees the same ones.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.python.incremental.extracts import ALERTS, Traffic
from tests.python.incremental.room import (
    OCTOBER,
    SEPTEMBER,
    Built,
    Dbt,
    Extract,
    Room,
    arrival_names,
)

pytestmark = pytest.mark.slow

SEED = 20200930
DAYS = [date(2020, 9, 28) + timedelta(days=n) for n in range(6)]
MONTHS = (SEPTEMBER, OCTOBER)
BATCHES = 3


@pytest.fixture(scope="module")
def extracts() -> list[Extract]:
    return Traffic(SEED, DAYS).extracts()


@pytest.fixture(scope="module")
def rebuilt(
    extracts: Sequence[Extract], dbt: Dbt, tmp_path_factory: pytest.TempPathFactory
) -> Built:
    """What a run of each month makes of everything at once, from nothing."""
    room = Room(tmp_path_factory.mktemp("rebuilt"), dbt)
    room.land(*extracts)
    room.run(*MONTHS)
    return room.built()


def orders(extracts: Sequence[Extract]) -> dict[str, list[Extract]]:
    """Orders of arrival: some that matter to somebody, and chance."""
    found = {
        "alerts first": sorted(extracts, key=lambda e: (e.feed != ALERTS, e.period, e.version)),
        "last day and last version first": sorted(
            extracts, key=lambda e: (e.period, e.version), reverse=True
        ),
    }
    chance = random.Random(SEED)  # noqa: S311 - a seeded order, no secret
    found["chance"] = chance.sample(extracts, len(extracts))
    return found


ORDERS = tuple(orders(Traffic(SEED, DAYS).extracts()))


def test_the_extracts_hold_what_the_orders_are_about(
    extracts: Sequence[Extract], rebuilt: Built
) -> None:
    versions = Counter((extract.feed, extract.period) for extract in extracts)
    assert sum(1 for count in versions.values() if count > 1) >= 8
    assert any(not extract.rows for extract in extracts)
    requests = rebuilt.tables["marts.fct_service_requests"]
    alerts = rebuilt.tables["marts.fct_alerts"]
    assert len(requests) >= 50
    assert len(alerts) >= 30
    assert len(rebuilt.tables["intermediate.int_alerts__owners"]) >= 8


@pytest.mark.parametrize("order", ORDERS)
def test_any_order_of_arrivals_ends_in_the_same_rows(
    extracts: Sequence[Extract], rebuilt: Built, dbt: Dbt, tmp_path: Path, order: str
) -> None:
    room = Room(tmp_path, dbt)
    arriving = orders(extracts)[order]
    chance = random.Random(order)  # noqa: S311 - seeded cuts, no secret
    cuts = sorted(chance.sample(range(1, len(arriving)), BATCHES - 1))
    story = []
    for start, end in zip((0, *cuts), (*cuts, len(arriving)), strict=True):
        room.land(*arriving[start:end])
        months = MONTHS if end == len(arriving) else (chance.choice(MONTHS),)
        room.run(*months)
        story.append(f"{arrival_names(arriving[start:end])}; then {months}")
    built = room.built()
    assert built.tables.keys() == rebuilt.tables.keys()
    for name, rows in rebuilt.tables.items():
        got, wanted = Counter(map(repr, built.tables[name])), Counter(map(repr, rows))
        assert got == wanted, (
            f"{name}: too many {got - wanted}, missing {wanted - got} after\n" + "\n".join(story)
        )
    assert built.periods == rebuilt.periods
