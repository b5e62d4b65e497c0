"""The checks between the marts and a final issue, as Dagster asset checks.

Belongs here: which check guards which asset, and that error severity blocks. dbt's own tests are
checks of their models already; here they are only made sure to have run. The verdict is kept for
whoever issues later, in another run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import dagster as dg

from orchestration.assets.keys import relation_key
from orchestration.checks import dbt_tests, gate
from orchestration.checks.consistency import CHECKS
from orchestration.checks.evaluate import CONSISTENCY_ASSET, consistency_name, evaluate
from orchestration.checks.expectations import check_name, load_suites
from orchestration.checks.release import CONDITIONS
from orchestration.checks.results import CheckResult, Severity
from orchestration.partitions import parse_month
from orchestration.resources import SettingsResource


def gate_checks(
    months: dg.PartitionsDefinition, marts: Iterable[dg.AssetKey]
) -> dg.AssetChecksDefinition:
    """Every check that dbt does not make; they run when every mart is built."""
    specs = [
        dg.AssetCheckSpec(
            dbt_tests.TESTS_COMPLETE,
            asset=relation_key(CONSISTENCY_ASSET),
            additional_deps=[key for key in marts if key != relation_key(CONSISTENCY_ASSET)],
            blocking=True,
            partitions_def=months,
        ),
        *(
            _spec(check_name(suite.name, severity), suite.asset, blocking, months)
            for suite in load_suites()
            for severity, blocking in _SEVERITIES.items()
        ),
        *(
            _spec(consistency_name(rule, severity), CONSISTENCY_ASSET, severity, months)
            for rule in CHECKS
            for severity in _SEVERITIES.values()
        ),
        *(_spec(name, asset, "error", months) for name, asset in CONDITIONS.items()),
    ]

    @dg.multi_asset_check(name="gate", specs=specs)
    def checks(
        context: dg.AssetCheckExecutionContext, settings: SettingsResource
    ) -> Iterator[dg.AssetCheckResult]:
        month = parse_month(context.partition_key)
        paths = settings.load()
        gate.withdraw(paths.gate_dir, month)
        verdict = evaluate(paths, month)
        gate.store(paths.gate_dir, verdict)
        for result in verdict.checks:
            if result.source != "dbt" or result.name == dbt_tests.TESTS_COMPLETE:
                yield _as_dagster(result)

    return checks


_SEVERITIES: dict[str, Severity] = {"critical": "error", "warning": "warning"}


def _spec(
    name: str, relation: str, severity: Severity, months: dg.PartitionsDefinition
) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        name,
        asset=relation_key(relation),
        blocking=severity == "error",
        partitions_def=months,
    )


def _as_dagster(result: CheckResult) -> dg.AssetCheckResult:
    is_error = result.severity == "error"
    return dg.AssetCheckResult(
        asset_key=relation_key(result.asset),
        check_name=result.name,
        passed=result.passed,
        severity=dg.AssetCheckSeverity.ERROR if is_error else dg.AssetCheckSeverity.WARN,
        description=result.message or None,
        metadata={"failures": result.failures},
    )
