"""The gate between the marts and a final issue: an asset whose checks block what comes after it.

Belongs here: which checks there are for Dagster, and that error severity blocks. dbt's own tests
are checks of their models already; here they are only made sure to have run. The verdict is kept
for whoever issues later, in another run.
"""

from collections.abc import Iterable, Iterator

import dagster as dg

from orchestration import findings
from orchestration.assets.keys import CHECKS_GROUP, PMR_GATE
from orchestration.checks import dbt_tests, gate
from orchestration.checks.consistency import CHECKS
from orchestration.checks.evaluate import consistency_name, evaluate
from orchestration.checks.expectations import check_name, load_suites
from orchestration.checks.release import CONDITIONS
from orchestration.checks.results import CheckResult, Severity
from orchestration.partitions import parse_month
from orchestration.resources import SettingsResource

_OF_DBT_AS_A_WHOLE = {dbt_tests.TESTS_COMPLETE, dbt_tests.BUILT_FROM_WHAT_IS_THERE}
_SEVERITIES: dict[str, Severity] = {"critical": "error", "warning": "warning"}


def gate_asset(
    months: dg.PartitionsDefinition, marts: Iterable[dg.AssetKey]
) -> dg.AssetsDefinition:
    """The verdict of a month, made when every mart is built, with every check that made it."""

    @dg.asset(
        key=PMR_GATE,
        group_name=CHECKS_GROUP,
        deps=list(marts),
        check_specs=list(_specs()),
        partitions_def=months,
        backfill_policy=dg.BackfillPolicy.multi_run(max_partitions_per_run=1),
        kinds={"greatexpectations"},
    )
    def pmr_gate(
        context: dg.AssetExecutionContext, settings: SettingsResource
    ) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]:
        """The verdict of a month: what every check said of exactly the data that the marts hold."""
        month = parse_month(context.partition_key)
        paths = settings.load()
        gate.withdraw(paths.gate_dir, month)
        context.log.info("running expectations, consistency rules and release conditions")
        verdict = evaluate(paths, month)
        gate.store(paths.gate_dir, verdict)
        findings.keep(paths, month, verdict.checks, findings.now_utc())
        rows = verdict.fingerprints
        yield dg.MaterializeResult(
            metadata={
                "is_open": not verdict.blocking,
                "checks": len(verdict.checks),
                "warnings": sum(not check.passed and not check.blocks for check in verdict.checks),
                "blocking": dg.MetadataValue.md(
                    "\n".join(f"- **{one.name}**: {one.message}" for one in verdict.blocking)
                    or "nothing"
                ),
                "rows_of_the_month": dg.MetadataValue.md(
                    "\n".join(
                        ["| mart | rows |", "|---|---|"]
                        + [f"| {name} | {one.rows:,} |" for name, one in rows.items()]
                    )
                ),
            }
        )
        # A blocking failure ends the step: what passed is told first.
        for result in sorted(verdict.checks, key=lambda check: check.blocks):
            if result.source != "dbt" or result.name in _OF_DBT_AS_A_WHOLE:
                yield _as_dagster(result)

    return pmr_gate


def _specs() -> Iterator[dg.AssetCheckSpec]:
    yield _spec(dbt_tests.TESTS_COMPLETE, "error", "All of dbt's tests ran on the month as it is.")
    yield _spec(
        dbt_tests.BUILT_FROM_WHAT_IS_THERE,
        "error",
        "The marts were built from the extracts, published issues and code that are there.",
    )
    for suite in load_suites():
        for severity, blocking in _SEVERITIES.items():
            yield _spec(check_name(suite.name, severity), blocking, suite.purpose)
    for rule, check in CHECKS.items():
        for severity in _SEVERITIES.values():
            yield _spec(consistency_name(rule, severity), severity, check.description)
    for name, condition in CONDITIONS.items():
        yield _spec(name, "error", condition.description)


def _spec(name: str, severity: Severity, description: str) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        name,
        asset=PMR_GATE,
        description=description,
        blocking=severity == "error",
    )


def _as_dagster(result: CheckResult) -> dg.AssetCheckResult:
    is_error = result.severity == "error"
    return dg.AssetCheckResult(
        asset_key=PMR_GATE,
        check_name=result.name,
        passed=result.passed,
        severity=dg.AssetCheckSeverity.ERROR if is_error else dg.AssetCheckSeverity.WARN,
        description=result.message or None,
        metadata={"failures": result.failures, "guards": result.asset},
    )
