"""Each rule that dbt tests on a month's data passes on the real one and is tripped by a fixture.

The tests run as dbt compiled them, on a copy of the warehouse that each fixture damages in its way.
Tests of reference data and of views over them are left to dbt's unit tests.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from orchestration.settings import PROJECT_ROOT
from tests.python.checks.test_expectations import drop_constraints
from tests.python.workspace import Workspace

pytestmark = pytest.mark.slow

with (PROJECT_ROOT / "tests/data/checks/dbt_test_damage.csv").open(encoding="utf-8") as stream:
    DAMAGE = {row["test"]: row["damage"] for row in csv.DictReader(stream)}

# Rules whose test reads a mart; the grain of a mart is damaged in the same way for each of them.
RULES = {
    *("expression_is_true", "adds_up", "agrees_by_cell", "is_registered", "has_the_cells_of"),
    "key_in_one_file",
}


def compile_tests(september: Workspace, target: Path) -> None:
    """Leave dbt's manifest with the SQL of each test in the target folder."""
    target.mkdir()
    # A copy: dbt opens it to write, and another process of the suite may be reading.
    database = target / "pmr.duckdb"
    shutil.copyfile(september.settings.database, database)
    subprocess.run(
        [str(Path(sys.executable).with_name("dbt")), "--quiet", "compile",
         "--select", "resource_type:test"],
        cwd=PROJECT_ROOT,
        env={**os.environ, **september.settings.dbt_environment(), "PMR_MONTH": "2020-09-01",
             "PMR_DATABASE": str(database), "DBT_TARGET_PATH": str(target)},
        check=True,
    )  # fmt: skip


@pytest.fixture(scope="session")
def compiled(september: Workspace, shared: Path) -> Mapping[str, Mapping[str, str]]:
    """Every data test by its name: its SQL for September, its kind and the relation it tests."""
    target = shared / "compiled"
    done = shared / "compiled.done"
    with FileLock(shared / "compiled.lock"):
        if not done.exists():
            compile_tests(september, target)
            done.touch()
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    found = {}
    for node in nodes.values():
        if node["resource_type"] == "test" and node.get("attached_node") in nodes:
            tested = nodes[node["attached_node"]]
            found[node["name"]] = {
                "sql": node["compiled_code"],
                "kind": node["test_metadata"]["name"],
                "relation": f"{tested['schema']}.{tested['name']}",
            }
    return found


def failing_rows(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(f"select count(*) from ({sql})").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("test", DAMAGE)
def test_damage_is_noticed(
    warehouse: duckdb.DuckDBPyConnection, compiled: Mapping[str, Mapping[str, str]], test: str
) -> None:
    sql = compiled[test]["sql"]
    is_listed_once_for_good = test == "c4_a_provider_has_one_price_per_point"
    assert failing_rows(warehouse, sql) == (1 if is_listed_once_for_good else 0)
    drop_constraints(warehouse, DAMAGE[test])
    warehouse.execute(DAMAGE[test])
    assert failing_rows(warehouse, sql) > (1 if is_listed_once_for_good else 0)


def test_a_row_twice_is_noticed_in_every_mart(
    warehouse: duckdb.DuckDBPyConnection, compiled: Mapping[str, Mapping[str, str]]
) -> None:
    grains = {
        name: test
        for name, test in compiled.items()
        if test["kind"] == "unique_combination" and test["relation"].startswith("marts.")
    }
    assert len({test["relation"] for test in grains.values()}) >= 20
    for name, test in grains.items():
        relation = test["relation"]
        drop_constraints(warehouse, relation)
        rows = f"from {relation} where reporting_month = date '2020-09-01' limit 1"
        assert failing_rows(warehouse, test["sql"]) == 0, name
        warehouse.execute(f"insert into {relation} {rows}")
        if warehouse.execute(rows).fetchall():
            assert failing_rows(warehouse, test["sql"]) > 0, name


def test_each_rule_of_a_mart_has_its_damage(
    compiled: Mapping[str, Mapping[str, str]],
) -> None:
    rules = {
        name
        for name, test in compiled.items()
        if test["kind"] in RULES and test["relation"].startswith("marts.")
    }
    assert rules <= set(DAMAGE)


def test_an_unlisted_reason_is_noticed(
    warehouse: duckdb.DuckDBPyConnection, compiled: Mapping[str, Mapping[str, str]]
) -> None:
    on_the_list = [
        test["sql"]
        for name, test in compiled.items()
        if test["relation"] == "marts.fct_incidents" and "exclusion_reason" in name
    ]
    assert on_the_list
    drop_constraints(warehouse, "marts.fct_incidents")
    warehouse.execute("update marts.fct_incidents set exclusion_reason = 'Not at home'")
    assert all(failing_rows(warehouse, sql) > 0 for sql in on_the_list)
