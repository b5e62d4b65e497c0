"""Each expectation passes on the real month and is tripped by a fixture of its own."""

from __future__ import annotations

import csv
import json

import duckdb
import pytest

from orchestration.checks.expectations import SUITES_DIR, load_suites, run_suites
from orchestration.settings import PROJECT_ROOT
from tests.python.checks.conftest import SEPTEMBER

pytestmark = pytest.mark.slow

# What trips an expectation: the suite, the expectation as its notes begin, and the damage in SQL.
with (PROJECT_ROOT / "tests/data/checks/expectation_damage.csv").open(encoding="utf-8") as stream:
    DAMAGE = [(row["suite"], row["expectation"], row["damage"]) for row in csv.DictReader(stream)]


def test_the_real_month_meets_every_expectation(warehouse: duckdb.DuckDBPyConnection) -> None:
    failed = [result for result in run_suites(warehouse, SEPTEMBER) if not result.passed]
    assert failed == []


@pytest.mark.parametrize(("suite", "notes", "damage"), DAMAGE, ids=[d[1] for d in DAMAGE])
def test_damage_is_noticed(
    warehouse: duckdb.DuckDBPyConnection, suite: str, notes: str, damage: str
) -> None:
    drop_constraints(warehouse, damage)
    warehouse.execute(damage)
    suites = [one for one in load_suites() if one.name == suite]
    failed = [result for result in run_suites(warehouse, SEPTEMBER, suites) if not result.passed]
    assert [result for result in failed if notes in result.message], failed


def test_each_expectation_has_its_damage() -> None:
    wanted = {
        (path.stem, expectation["meta"]["notes"])
        for path in SUITES_DIR.glob("*.json")
        for expectation in json.loads(path.read_text(encoding="utf-8"))["expectations"]
    }
    for suite, notes in wanted:
        assert [d for d in DAMAGE if d[0] == suite and notes.startswith(d[1])], (suite, notes)


def drop_constraints(connection: duckdb.DuckDBPyConnection, damage: str) -> None:
    """Marts enforce their contract themselves; the expectation has to stand without that."""
    for word in damage.split():
        if word.startswith("marts."):
            name = word.removeprefix("marts.")
            connection.execute(f"create table marts.unconstrained as from marts.{name}")
            connection.execute(f"drop table marts.{name}")
            connection.execute(f"alter table marts.unconstrained rename to {name}")
            return
