"""All checks of a month together: dbt's tests, expectations, consistency rules, release conditions.

Belongs here: gathering results into a verdict. What each check looks for stands with the check.
"""

from __future__ import annotations

import json
from datetime import date

import duckdb

from orchestration.checks import dbt_tests, expectations, release
from orchestration.checks.consistency import CHECKS, Finding, run_all
from orchestration.checks.gate import Verdict, fingerprints
from orchestration.checks.results import CheckResult
from orchestration.project import dbt_project
from orchestration.report import build_document, printed_figures
from orchestration.report.issue import IssueInfo, IssueStatus
from orchestration.report.marts import Marts
from orchestration.settings import Settings

CONSISTENCY_ASSET = "marts.pmr_measures"


def evaluate(settings: Settings, month: date) -> Verdict:
    """Run every check on the month as the warehouse holds it."""
    manifest = json.loads(dbt_project.manifest_path.read_text(encoding="utf-8"))
    run = dbt_tests.load(settings.runs_dir, month)
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        checks = [
            dbt_tests.completeness(run, manifest),
            *(run.results.values() if run else ()),
            *expectations.run_suites(connection, month),
            *check_consistency(connection, settings.time_zone, month),
            *release.check_release(connection, month),
        ]
        return Verdict(
            month=month, fingerprints=fingerprints(connection, month), checks=tuple(checks)
        )


def check_consistency(
    connection: duckdb.DuckDBPyConnection, time_zone: str, month: date
) -> list[CheckResult]:
    """Apply every rule of consistency to the report as it would be printed now."""
    marts = Marts(connection, month, time_zone)
    info = IssueInfo(month=month, version="1.0", status=IssueStatus.FINAL)
    findings = run_all(printed_figures(build_document(marts, info), marts))
    return [
        _result(name, [one for one in findings if one.check == name and one.severity == severity],
                severity)
        for name in CHECKS
        for severity in ("error", "warning")
    ]


def consistency_name(rule: str, severity: str) -> str:
    """Name of the check that a rule's findings of one severity make up."""
    return rule if severity == "error" else f"{rule}_warnings"


def _result(rule: str, findings: list[Finding], severity: str) -> CheckResult:
    return CheckResult(
        name=consistency_name(rule, severity),
        source="consistency",
        asset=CONSISTENCY_ASSET,
        severity="error" if severity == "error" else "warning",
        passed=not findings,
        message="; ".join(f"{one.where}: {one.message}" for one in findings),
        failures=len(findings),
    )
