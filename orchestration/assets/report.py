"""The end of a month: the readers' database, the final issue, and the draft, as Dagster assets.

Belongs here: what they depend on and what a person is told. How an issue is made does not
(`issuing.py`), nor whether it may be (`checks/gate.py`).
"""

import time
from collections.abc import Iterable

import dagster as dg
import duckdb

from orchestration import findings
from orchestration.assets.keys import (
    PMR_DRAFT,
    PMR_EXPORT,
    PMR_GATE,
    READERS_DATABASE,
    REPORT_GROUP,
)
from orchestration.checks.evaluate import evaluate
from orchestration.checks.gate import GateClosed, require_open
from orchestration.issuing import Issue, Issuer, ReasonMissing, issue_draft, issue_final
from orchestration.partitions import parse_month
from orchestration.publish import publish
from orchestration.resources import SettingsResource


class IssueConfig(dg.Config):
    """What whoever issues may say.

    Attributes:
        reason: why a published month is issued again; needed for a re-issue alone.
    """

    reason: str = ""


def report_assets(
    months: dg.PartitionsDefinition, marts: Iterable[dg.AssetKey]
) -> list[dg.AssetsDefinition]:
    """The assets that read the marts."""
    drafted = list(marts)
    checked = [*drafted, PMR_GATE]
    one_month = dg.BackfillPolicy.multi_run(max_partitions_per_run=1)

    @dg.asset(
        key=READERS_DATABASE,
        group_name=REPORT_GROUP,
        deps=checked,
        partitions_def=months,
        backfill_policy=one_month,
        kinds={"duckdb"},
    )
    def readers_database(
        context: dg.AssetExecutionContext, settings: SettingsResource
    ) -> dg.MaterializeResult[None]:
        """The marts as a DuckDB file for analysts: read while the next run goes on."""
        paths, month = settings.load(), parse_month(context.partition_key)
        started = time.monotonic()
        try:
            with duckdb.connect(str(paths.database), read_only=True) as connection:
                require_open(paths.gate_dir, connection, month)
        except GateClosed as refusal:
            raise dg.Failure(description=str(refusal), allow_retries=False) from refusal
        rows = publish(paths.database, paths.readers_database, month)
        return dg.MaterializeResult(
            metadata={
                "path": dg.MetadataValue.path(paths.readers_database),
                "rows": dg.MetadataValue.int(sum(rows.values())),
                "marts": dg.MetadataValue.int(len(rows)),
                "seconds": round(time.monotonic() - started, 2),
            }
        )

    @dg.asset(
        key=PMR_EXPORT,
        group_name=REPORT_GROUP,
        deps=checked,
        partitions_def=months,
        backfill_policy=one_month,
        kinds={"html", "pdf", "excel"},
    )
    def pmr_export(
        context: dg.AssetExecutionContext, settings: SettingsResource, config: IssueConfig
    ) -> dg.MaterializeResult[None]:
        """The final issue of the report: made only of data that every blocking check has passed."""
        started = time.monotonic()
        try:
            issue = issue_final(
                settings.load(),
                parse_month(context.partition_key),
                Issuer.current(config.reason),
                context.log.info,
            )
        except (GateClosed, ReasonMissing) as refusal:
            raise dg.Failure(description=str(refusal), allow_retries=False) from refusal
        return dg.MaterializeResult(metadata=_metadata(issue, started))

    @dg.asset(
        key=PMR_DRAFT,
        group_name=REPORT_GROUP,
        deps=drafted,
        partitions_def=months,
        backfill_policy=one_month,
        kinds={"html", "pdf", "excel"},
    )
    def pmr_draft(
        context: dg.AssetExecutionContext, settings: SettingsResource, config: IssueConfig
    ) -> dg.MaterializeResult[None]:
        """A draft of the month as it stands: watermarked, with what it lacks and what fails."""
        started = time.monotonic()
        paths, month = settings.load(), parse_month(context.partition_key)
        context.log.info("running every check")
        checks = evaluate(paths, month).checks
        findings.keep(paths, month, checks, findings.now_utc())
        issue = issue_draft(paths, month, Issuer.current(config.reason), checks, context.log.info)
        return dg.MaterializeResult(metadata=_metadata(issue, started))

    return [readers_database, pmr_export, pmr_draft]


def _metadata(issue: Issue, started: float) -> dict[str, dg.MetadataValue | float]:
    return {
        "report": dg.MetadataValue.url(issue.report.as_uri()),
        "folder": dg.MetadataValue.path(issue.folder),
        "is_new": dg.MetadataValue.bool(issue.is_new),
        "changed_figures": dg.MetadataValue.int(len(issue.changes)),
        "seconds": round(time.monotonic() - started, 2),
    }
