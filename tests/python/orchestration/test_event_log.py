"""The log of Dagster's events: Dagster's own reads it, and it closes what it need not keep."""

import threading
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from orchestration.dagster_home import prepare_dagster_home
from orchestration.event_log import MOST_OPEN, OpenSqliteEventLog
from orchestration.settings import Settings


@dg.asset
def figure(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
    context.log.info("a line of its own")
    return dg.MaterializeResult(metadata={"rows": 3})


@dg.asset_check(asset=figure)
def is_right() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=False, severity=dg.AssetCheckSeverity.WARN)


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    monkeypatch.setenv("DAGSTER_HOME", "")
    monkeypatch.setenv("DO_NOT_TRACK", "1")
    prepare_dagster_home(Settings.load({"PMR_WAREHOUSE_DIR": str(tmp_path)}))
    with dg.DagsterInstance.get() as instance:
        yield instance


def log_of(instance: dg.DagsterInstance) -> OpenSqliteEventLog:
    log = instance.event_log_storage
    assert isinstance(log, OpenSqliteEventLog)
    return log


def run(instance: dg.DagsterInstance) -> str:
    result = dg.materialize([figure, is_right], instance=instance)
    assert result.success
    return str(result.run_id)


def test_dagsters_own_log_reads_what_it_wrote(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    run_id = run(instance)
    said = [record.message for record in instance.all_logs(run_id)]
    assert "a line of its own" in " ".join(said)
    own = SqliteEventLogStorage(str(tmp_path / "dagster" / "history" / "runs"))
    own.register_instance(instance)
    assert [record.message for record in own.get_logs_for_run(run_id)] == said
    [materialized] = own.fetch_materializations(figure.key, limit=9).records
    assert materialized.asset_materialization is not None
    assert materialized.asset_materialization.metadata["rows"].value == 3
    [checked] = own.get_asset_check_execution_history(next(iter(is_right.check_keys)), limit=9)
    assert checked.status.value == "FAILED"


def test_many_runs_leave_few_files_open(instance: dg.DagsterInstance) -> None:
    runs = [run(instance) for _ in range(MOST_OPEN + 2)]
    log = log_of(instance)
    assert len(log._engines) <= MOST_OPEN
    assert {len(instance.all_logs(one)) for one in runs} == {len(instance.all_logs(runs[0]))}
    log.dispose()
    assert not log._engines


def test_threads_write_one_after_the_other(instance: dg.DagsterInstance) -> None:
    run_id = run(instance)
    before = len(instance.all_logs(run_id))
    problems: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for line in range(10):
                instance.report_engine_event(
                    f"{number}, {line}", run_id=run_id, job_name="__ephemeral_asset_job__"
                )
        except BaseException as problem:
            problems.append(problem)
            raise

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(instance.all_logs(run_id)) == before + 40
