"""What Dagster runs: which assets a job has, what starts a run, and of which month."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import dagster as dg
import pytest

from orchestration.assets.keys import (
    DRAFT_JOB,
    MONTH_JOB,
    PMR_DRAFT,
    PMR_EXPORT,
    PMR_GATE,
    READERS_DATABASE,
)
from orchestration.automation import daily_draft, months_of_waiting_extracts
from orchestration.dagster_home import prepare_dagster_home
from orchestration.definitions import defs
from orchestration.landing import land
from orchestration.settings import PROJECT_ROOT
from orchestration.simulation.reconstruct import write_month
from tests.python.workspace import Workspace


def assets_of(job: str) -> set[dg.AssetKey]:
    return set(defs.resolve_job_def(job).asset_layer.executable_asset_keys)


def test_the_ui_can_load_what_there_is() -> None:
    # A job in a process of its own does not see that two things have one name.
    dg.Definitions.validate_loadable(defs)


def test_the_month_goes_from_every_feed_to_the_final() -> None:
    assets = assets_of(MONTH_JOB)
    assert {PMR_GATE, READERS_DATABASE, PMR_EXPORT} <= assets
    assert PMR_DRAFT not in assets
    assert dg.AssetKey(["dsms", "incidents"]) in assets
    assert dg.AssetKey(["marts", "pmr_measures"]) in assets


def test_every_check_says_what_it_asks() -> None:
    graph = defs.resolve_job_def(MONTH_JOB).asset_layer.asset_graph
    asked = {key: graph.get_check_spec(key).description for key in graph.asset_check_keys}
    assert [key for key, description in asked.items() if not description] == []
    incidents = dg.AssetKey(["marts", "fct_incidents"])
    assert asked[dg.AssetCheckKey(incidents, "i2_exclusion_reason_is_on_the_pmel")] == (
        "Every exclusion_reason of fct_incidents is a reason of pmel_reasons."
    )


def test_a_draft_never_passes_the_gate() -> None:
    assets = assets_of(DRAFT_JOB)
    assert PMR_DRAFT in assets
    assert not {PMR_GATE, READERS_DATABASE, PMR_EXPORT} & assets


def test_a_draft_runs_every_test_of_dbt() -> None:
    def checks_of_models(job: str) -> set[dg.AssetCheckKey]:
        keys = defs.resolve_job_def(job).asset_layer.asset_graph.asset_check_keys
        return {key for key in keys if key.asset_key != PMR_GATE}

    assert checks_of_models(DRAFT_JOB) == checks_of_models(MONTH_JOB) != set()


def test_the_lineage_has_no_gap() -> None:
    graph = defs.resolve_asset_graph()
    orphans = [
        key.to_user_string()
        for key in graph.executable_asset_keys
        if key.path[0] in {"staging", "intermediate", "marts"} and not graph.get(key).parent_keys
    ]
    assert orphans == []
    upstream = graph.get(PMR_EXPORT).parent_keys
    assert PMR_GATE in upstream
    assert {key for key in graph.executable_asset_keys if key.path[0] == "marts"} <= upstream


def test_every_blocking_check_of_the_gate_blocks_the_export() -> None:
    specs = [
        defs.resolve_asset_graph().get_check_spec(key)
        for key in defs.resolve_asset_graph().asset_check_keys
        if key.asset_key == PMR_GATE
    ]
    assert {spec.name for spec in specs if spec.blocking} >= {
        "every_dbt_test_has_run",
        "expect_reconciliation",
        "summary_agrees_with_tables",
        "mandatory_feeds_are_complete",
        "wanted_commentary_is_supplied",
    }
    assert all(spec.name.endswith("_warnings") is not spec.blocking for spec in specs)


@pytest.mark.parametrize(
    ("morning", "month"),
    [
        (datetime(2020, 10, 1, 5, tzinfo=UTC), "2020-09-01"),
        (datetime(2020, 10, 2, 5, tzinfo=UTC), "2020-10-01"),
    ],
)
def test_the_morning_of_the_first_drafts_the_month_before(morning: datetime, month: str) -> None:
    schedule = daily_draft(DRAFT_JOB, "Europe/London")
    with dg.build_schedule_context(scheduled_execution_time=morning) as context:
        request = schedule(context)
    assert isinstance(request, dg.RunRequest)
    assert request.partition_key == month


def test_extracts_that_wait_start_a_draft_of_their_month(workspace: Workspace) -> None:
    settings = workspace.settings
    assert months_of_waiting_extracts(settings) == {}
    write_month(settings.landing_dir, date(2020, 8, 1))
    waiting = months_of_waiting_extracts(settings)
    assert list(waiting) == [date(2020, 8, 1)]
    assert months_of_waiting_extracts(settings) == waiting, "one run for the same files"

    land(settings)
    assert months_of_waiting_extracts(settings) == {}

    folder = settings.landing_dir / "providers" / "service_levels"
    shutil.copy2(
        folder / "service_levels_2020-08_DSP.csv", folder / "service_levels_2020-08_DSP_v2.csv"
    )
    assert list(months_of_waiting_extracts(settings)) == [date(2020, 8, 1)]


def test_dagster_home_holds_the_instance_settings(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "elsewhere")
    prepare_dagster_home(workspace.settings)
    kept = Path(os.environ["DAGSTER_HOME"]) / "dagster.yaml"
    assert kept.read_bytes() == (PROJECT_ROOT / "orchestration" / "dagster.yaml").read_bytes()
