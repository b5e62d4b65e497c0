"""The gate: it opens for exactly the data that was checked, and for nothing that was not."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import duckdb
import pytest

from orchestration.checks import gate, release
from orchestration.checks.basis import basis_of
from orchestration.checks.dbt_tests import TestRun, completeness, freshness, keep, load
from orchestration.checks.gate import GateClosed, Verdict
from orchestration.checks.results import CheckResult
from tests.python.checks.conftest import SEPTEMBER

pytestmark = pytest.mark.slow

GOOD = CheckResult("good", "release", "marts.x", "error", passed=True)
BAD = CheckResult("bad", "release", "marts.x", "error", passed=False, message="why", failures=1)
ODD = CheckResult("odd", "release", "marts.x", "warning", passed=False, message="look", failures=1)


def store(folder: Path, connection: duckdb.DuckDBPyConnection, *checks: CheckResult) -> None:
    prints = gate.fingerprints(connection, SEPTEMBER)
    basis = basis_of(connection, SEPTEMBER)
    gate.store(folder, Verdict(SEPTEMBER, basis, prints, checks))


def test_open_for_what_was_checked(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    store(tmp_path, warehouse, GOOD, ODD)
    assert gate.require_open(tmp_path, warehouse, SEPTEMBER).checks == (GOOD, ODD)


def test_closed_without_a_verdict(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(GateClosed, match="No checks have passed on 2020-09"):
        gate.require_open(tmp_path, warehouse, SEPTEMBER)


def test_closed_when_withdrawn(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    store(tmp_path, warehouse, GOOD)
    gate.withdraw(tmp_path, SEPTEMBER)
    with pytest.raises(GateClosed, match="No checks have passed"):
        gate.require_open(tmp_path, warehouse, SEPTEMBER)


def test_closed_by_a_failed_check(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    store(tmp_path, warehouse, GOOD, BAD)
    with pytest.raises(GateClosed, match="- bad: why"):
        gate.require_open(tmp_path, warehouse, SEPTEMBER)


@pytest.mark.parametrize(
    "change",
    [
        "update marts.service_credits set credit_gbp = credit_gbp + 1 "
        "where reporting_month = date '2020-09-01' and provider = 'DSP'",
        "delete from marts.problem_records where reporting_month = date '2020-09-01' "
        "and problem_id = 'PBI000000120211'",
        "create table marts.another as select date '2020-09-01' as reporting_month",
    ],
)
def test_closed_when_a_mart_changed_afterwards(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, change: str
) -> None:
    store(tmp_path, warehouse, GOOD)
    warehouse.execute(change)
    with pytest.raises(GateClosed, match="changed after they were checked"):
        gate.require_open(tmp_path, warehouse, SEPTEMBER)


@pytest.mark.parametrize(
    "change",
    [
        # A later version of an extract landed, and no model has read it yet.
        "update raw_landing.files set sha256 = 'other' where file like 'providers/%DSP%'",
        "insert into raw_register.reported_incidents values "
        "('2020-08-01', 'v1.0', 'INC1', 3, true)",
        # Parties are called by another key.
        "update raw_register.pseudonyms set pseudonym = reverse(pseudonym) "
        "where reporting_month = date '2020-09-01'",
    ],
)
def test_closed_when_what_the_marts_follow_from_changed(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, change: str
) -> None:
    store(tmp_path, warehouse, GOOD)
    built = TestRun("id", basis_of(warehouse, SEPTEMBER), {})
    assert freshness(built, basis_of(warehouse, SEPTEMBER)).passed
    warehouse.execute(change)
    assert freshness(built, basis_of(warehouse, SEPTEMBER)).blocks
    with pytest.raises(GateClosed, match="changed after 2020-09 was checked"):
        gate.require_open(tmp_path, warehouse, SEPTEMBER)


def test_a_test_that_did_not_run_blocks_whatever_its_severity(tmp_path: Path) -> None:
    node = {"name": "t", "config": {"severity": "warn"}, "attached_node": None}
    for status, blocks in (("warn", False), ("error", True), ("skipped", True), ("pass", False)):
        result = {"unique_id": "test.t", "status": status, "failures": None, "message": None}
        keep(
            tmp_path,
            SEPTEMBER,
            "basis",
            run_results={"results": [result], "metadata": {"invocation_id": "id"}},
            manifest={"nodes": {"test.t": node}},
        )
        run = load(tmp_path, SEPTEMBER)
        assert run is not None
        assert run.results["test.t"].blocks is blocks, status


def test_another_months_change_does_not_close_it(
    warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    store(tmp_path, warehouse, GOOD)
    warehouse.execute("delete from marts.pmr_measures where reporting_month = date '2020-08-01'")
    gate.require_open(tmp_path, warehouse, SEPTEMBER)


def test_two_rows_that_swap_a_value_change_the_fingerprint(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    before = gate.fingerprints(warehouse, SEPTEMBER)["service_credits"]
    warehouse.execute(
        "update marts.service_credits set service_points = 35 - service_points "
        "where reporting_month = date '2020-09-01' and service_points in (14, 21)"
    )
    after = gate.fingerprints(warehouse, SEPTEMBER)["service_credits"]
    assert after.rows == before.rows
    assert after.hash != before.hash


def test_every_dbt_test_has_to_have_run() -> None:
    manifest = {
        "nodes": {
            "test.a": {"resource_type": "test", "name": "a"},
            "test.b": {"resource_type": "test", "name": "b"},
            "model.m": {"resource_type": "model", "name": "m"},
        }
    }
    whole = TestRun("id", "basis", {"test.a": GOOD, "test.b": GOOD})
    assert completeness(whole, manifest).passed
    part = dataclasses.replace(whole, results={"test.a": GOOD})
    assert "1 of 2 dbt tests have not run" in completeness(part, manifest).message
    assert completeness(None, manifest).blocks


def conditions(connection: duckdb.DuckDBPyConnection) -> dict[str, CheckResult]:
    return {result.name: result for result in release.check_release(connection, SEPTEMBER)}


def test_the_real_month_may_be_issued(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert all(result.passed for result in conditions(warehouse).values())


@pytest.mark.parametrize(
    ("condition", "message", "change"),
    [
        (
            release.FEEDS_COMPLETE,
            "providers/service_levels (CSPN)",
            "update marts.feed_timeliness set periods_landed = 0 where part = 'CSPN' "
            "and feed = 'service_levels' and reporting_month = date '2020-09-01'",
        ),
        (
            release.NOTHING_REFUSED,
            "dsms/incidents/incidents_2020-09.csv.gz",
            "update raw_landing.files set state = 'refused', is_settled = false "
            "where feed = 'incidents'",
        ),
        (
            release.NOTHING_REFUSED,
            "providers/service_levels/service_level_2020-09_DSP_v2.csv",
            "insert into raw_landing.files (file, state, is_current, is_settled) values "
            "('providers/service_levels/service_level_2020-09_DSP_v2.csv', 'refused', false, "
            "false)",
        ),
        (
            release.COMMENTARY_SUPPLIED,
            "SP-PM/DSP PM2.1 (reason)",
            "update marts.commentary_wanted set is_supplied = false "
            "where scope = 'DSP PM2.1' and reporting_month = date '2020-09-01'",
        ),
    ],
)
def test_each_condition_of_a_final_can_be_lacking(
    warehouse: duckdb.DuckDBPyConnection, condition: str, message: str, change: str
) -> None:
    warehouse.execute(change)
    result = conditions(warehouse)[condition]
    assert result.blocks
    assert message in result.message
