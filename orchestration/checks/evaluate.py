"""All checks of a month together: dbt's tests, expectations, consistency rules, release conditions.

Belongs here: gathering results into a verdict. What each check looks for stands with the check.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import duckdb

from orchestration.checks import dbt_tests, expectations, release
from orchestration.checks.basis import basis_of
from orchestration.checks.consistency import CHECKS, Finding, run_all
from orchestration.checks.figures import PublishedLevel
from orchestration.checks.gate import Verdict, fingerprints
from orchestration.checks.levels import shown
from orchestration.checks.outages import recorded_outages
from orchestration.checks.results import CheckResult, Severity
from orchestration.project import dbt_project
from orchestration.report.builder import build_document
from orchestration.report.formatting import duration, number_in
from orchestration.report.issue import IssueInfo, IssueStatus
from orchestration.report.marts import Marts
from orchestration.report.printed import printed_figures, registered_measures
from orchestration.settings import Settings

CONSISTENCY_ASSET = "marts.pmr_measures"
_SEVERITIES: tuple[Severity, ...] = ("error", "warning")


def evaluate(settings: Settings, month: date) -> Verdict:
    """Run every check on the month as the warehouse holds it."""
    manifest = json.loads(dbt_project.manifest_path.read_text(encoding="utf-8"))
    run = dbt_tests.load(settings.runs_dir, month)
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        basis = basis_of(connection, month)
        checks = [
            dbt_tests.completeness(run, manifest),
            dbt_tests.freshness(run, basis),
            *(run.results.values() if run else ()),
            *expectations.run_suites(connection, month),
            *check_consistency(connection, settings.time_zone, month),
            *release.check_release(connection, month),
        ]
        return Verdict(
            month=month,
            basis=basis,
            fingerprints=fingerprints(connection, month),
            checks=tuple(checks),
        )


def check_consistency(
    connection: duckdb.DuckDBPyConnection, time_zone: str, month: date
) -> list[CheckResult]:
    """Apply every rule of consistency to the report as it would be printed now."""
    marts = Marts(connection, month, time_zone)
    info = IssueInfo(month=month, version="1.0", status=IssueStatus.FINAL)
    figures = printed_figures(
        build_document(marts, info),
        published=_published_before(
            connection,
            month,
            {row.text("measure_id"): row.text("unit") for row in marts.seed("measures")},
        ),
        registered_measures=registered_measures(marts),
        extract_incident_ids=_major_incidents_of_the_extract(connection, month),
        marts=marts,
        recorded_outages=recorded_outages(connection, month),
    )
    findings = run_all(figures)
    return [
        _result(name, severity, findings, is_applied=rule.applies_to(figures) > 0)
        for name, rule in CHECKS.items()
        for severity in _SEVERITIES
    ]


def _published_before(
    connection: duckdb.DuckDBPyConnection, month: date, units: Mapping[str, str]
) -> tuple[PublishedLevel, ...]:
    """What the issues of the previous period said, named as the report's lines are."""
    rows = connection.execute(
        "select case when scope = 'All' then measure_id when measure_id = 'SP-PM' then scope "
        "else measure_id || ' ' || scope end, issue, previous_value, "
        "previous_text from intermediate.int_register__previous_levels "
        "where reporting_month = ? "
        "and (measure_id in ('SP-PM', 'AVAIL', 'BP-AVAIL') or scope = 'All') order by all",
        [month],
    ).fetchall()
    return tuple(
        PublishedLevel(
            measure=str(measure),
            issue=str(issue),
            level=None if value is None else as_printed(str(value), units.get(str(measure))),
            level_text=str(text) if value is None else None,
        )
        for measure, issue, value, text in rows
    )


def as_printed(value: str, unit: str | None) -> Decimal | None:
    """A published level as a report prints it (C3): of time that passed, whole minutes alone."""
    if unit == "minutes":
        return number_in(duration(Decimal(value)).text)
    return shown(Decimal(value))


def _major_incidents_of_the_extract(
    connection: duckdb.DuckDBPyConnection, month: date
) -> frozenset[str]:
    """Category 1 and 2 Incidents that touch the month (I7), from the extract and not from the mart.

    The mart is what the report reads: a row that it lost would be missing on both sides.
    """
    rows = connection.execute(
        "select incident_id from staging.stg_dsms__incidents as incidents "
        "inner join intermediate.int_calendar__periods as period using (reporting_month) "
        "where reporting_month = ? and category <= 2 and exists ("
        "    select 1 "
        "    from unnest([impacted_at, raised_at, resolved_at, closed_at]) as times (moment) "
        "    where moment >= period.period_starts_at and moment < period.extract_at"
        ")",
        [month],
    ).fetchall()
    return frozenset(str(incident) for (incident,) in rows)


def consistency_name(rule: str, severity: str) -> str:
    """Name of the check that a rule's findings of one severity make up."""
    return rule if severity == "error" else f"{rule}_warnings"


def _result(
    rule: str, severity: Severity, findings: list[Finding], *, is_applied: bool
) -> CheckResult:
    mine = [one for one in findings if one.check == rule and one.severity == severity]
    return CheckResult(
        name=consistency_name(rule, severity),
        source="consistency",
        asset=CONSISTENCY_ASSET,
        severity=severity,
        passed=not mine,
        message=(
            "; ".join(f"{one.where}: {one.message}" for one in mine)
            if is_applied
            else "not applied: the report prints nothing that this rule looks at"
        ),
        failures=len(mine),
    )
