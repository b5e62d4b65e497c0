"""dbt's models of a month as Dagster assets, and dbt's tests as their checks.

Belongs here: how a partition becomes dbt's arguments and dbt's results become Dagster's. Models are
built first and tested then, so that a draft can show what a failing test is about; what a failure
blocks is decided by the checks.
"""

import json
import shutil
import subprocess
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import dagster as dg
import duckdb
from dagster_dbt import (
    DagsterDbtTranslator,
    DagsterDbtTranslatorSettings,
    DbtCliResource,
    DbtProject,
    dbt_assets,
)

from orchestration import dbt_process, findings
from orchestration.assets.keys import DRAFT_JOB
from orchestration.checks import dbt_tests, gate
from orchestration.checks.asked import asked_by
from orchestration.checks.basis import basis_of
from orchestration.partitions import dbt_window, parse_month
from orchestration.project import dbt_project
from orchestration.resources import SettingsResource

EVERYTHING = "fqn:*"
KEPT_RUNS = 5


class LayerTranslator(DagsterDbtTranslator):
    """Groups models by their layer (seeds by themselves), and says in words what a test asks."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """Name of the layer."""
        schema = dbt_resource_props["config"].get("schema")
        return str(schema) if schema else None

    def get_asset_check_spec(
        self,
        asset_spec: dg.AssetSpec,
        manifest: Mapping[str, Any],
        unique_id: str,
        project: DbtProject | None,
    ) -> dg.AssetCheckSpec | None:
        """The check of a test, with what it asks as the description."""
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        return spec and spec._replace(description=asked_by(manifest["nodes"][unique_id]))


def warehouse_assets(
    months: dg.PartitionsDefinition, select: str = EVERYTHING
) -> dg.AssetsDefinition:
    """The one dbt step of a month: all of the project, or what `select` says in dbt's words."""

    @dbt_assets(
        manifest=dbt_project.manifest_path,
        project=dbt_project,
        name="warehouse",
        select=select,
        partitions_def=months,
        backfill_policy=dg.BackfillPolicy.multi_run(max_partitions_per_run=1),
        dagster_dbt_translator=LayerTranslator(
            DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True)
        ),
    )
    def warehouse(
        context: dg.AssetExecutionContext, dbt: DbtCliResource, settings: SettingsResource
    ) -> Iterator[Any]:  # the kinds of event that dagster-dbt yields have no common type
        month = parse_month(context.partition_key)
        paths = settings.load()
        gate.withdraw(paths.gate_dir, month)
        dbt_tests.forget(paths.runs_dir, month)
        findings.forget(paths.runs_dir, month)
        with duckdb.connect(str(paths.database), read_only=True) as connection:
            basis = basis_of(connection, month)
        _prune(Path(dbt_project.project_dir) / dbt_project.target_path)

        # What the tests find fails no step: the checks and the gate tell it.
        run = dbt.cli(
            [dbt_process.BUILD_THEN_TEST, *dbt_window(month)], context=context, raise_on_error=False
        )
        for told in told_by(run):
            yield _without_blocking(told) if context.job_name == DRAFT_JOB else told
        if run.process.returncode:
            raise dg.Failure("dbt could not build the models; its log above says which.")
        dbt_tests.keep(
            paths.runs_dir,
            month,
            basis,
            run_results=run.get_artifact("run_results.json"),
            manifest=json.loads(dbt_project.manifest_path.read_text(encoding="utf-8")),
        )

    return warehouse


class Telling(Protocol):
    """A run of dbt: its process, and what it tells."""

    process: subprocess.Popen[bytes]

    def stream(self) -> Iterator[Any]:
        """What it tells, as Dagster's events."""


def told_by(run: Telling) -> Generator[Any, None, None]:
    """What dbt tells; where nobody listens to its end, dbt is ended.

    Raises:
        dg.Failure: it tells of a model or test that is not in the manifest.
    """
    try:
        yield from run.stream()
    except KeyError as unknown:
        raise dg.Failure(
            f"dbt came upon {unknown}, which was not there when the project was parsed: "
            f"`make` (or `pmr parse`) reads it anew, and the UI when it is started again.",
            allow_retries=False,
        ) from None  # who is told the cause would be told no more
    finally:
        if run.process.poll() is None:
            run.process.terminate()


def _without_blocking(told: object) -> object:
    """In a draft what a test finds is told as a warning: nothing in it blocks."""
    if isinstance(told, dg.AssetCheckResult) and not told.passed:
        return told._replace(severity=dg.AssetCheckSeverity.WARN)
    return told


def _prune(target: Path) -> None:
    """Drop the artifacts of old runs: each of dbt's calls leaves a folder of its own."""
    runs = sorted(target.glob("warehouse-*"), key=lambda path: path.stat().st_mtime)
    for folder in runs[:-KEPT_RUNS]:
        shutil.rmtree(folder)
