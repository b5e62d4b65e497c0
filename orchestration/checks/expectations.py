"""Great Expectations at the two boundaries: the extracts that came in, the figures that go out.

Belongs here: running the suites of `expectations/*.json` on frames of the warehouse. What is
expected stands in the suites (and which rows, as a query in their `meta`); what a failure blocks is
Dagster's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from orchestration.checks.results import CheckResult
from orchestration.settings import PROJECT_ROOT

if TYPE_CHECKING:
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult

SUITES_DIR = PROJECT_ROOT / "expectations"


@dataclass(frozen=True)
class Suite:
    """One file of expectations.

    Attributes:
        name: name of the file and of the suite.
        purpose: what it is for, in a sentence.
        asset: relation that it guards, as ``schema.name``.
        query: SQL of the frame it looks at, with ``$month`` for the reporting month.
        expectations: what is expected, as Great Expectations configures it.
    """

    name: str
    purpose: str
    asset: str
    query: str
    expectations: list[dict[str, object]]


def load_suites(folder: Path = SUITES_DIR) -> list[Suite]:
    """Every suite of `folder`, by name."""
    suites = []
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        meta = content["meta"]
        suites.append(
            Suite(
                name=path.stem,
                purpose=meta["purpose"],
                asset=meta["asset"],
                query=meta["query"],
                expectations=content["expectations"],
            )
        )
    return suites


def run_suites(
    connection: duckdb.DuckDBPyConnection, month: date, suites: list[Suite] | None = None
) -> list[CheckResult]:
    """Run each suite on its frame of `month`: one result a suite and severity.

    A suite with critical and warning expectations gives two results, so that a warning is never
    hidden behind an error nor an error softened by a warning.
    """
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("warehouse")
    results = []
    for suite in load_suites() if suites is None else suites:
        frame = connection.execute(suite.query, {"month": month}).df()
        batch = (
            source.add_dataframe_asset(suite.name)
            .add_batch_definition_whole_dataframe(suite.name)
            .get_batch({"dataframe": frame})
        )
        expectations = gx.ExpectationSuite(name=suite.name, expectations=suite.expectations)
        outcomes = batch.validate(expectations).results
        results.append(_summary(suite, "critical", outcomes))
        results.append(_summary(suite, "warning", outcomes))
    return results


def _summary(
    suite: Suite, severity: str, outcomes: list[ExpectationValidationResult]
) -> CheckResult:
    mine = [one for one in outcomes if _severity(one) == severity]
    failed = [one for one in mine if not one.success]
    return CheckResult(
        name=check_name(suite.name, severity),
        source="expectations",
        asset=suite.asset,
        severity="error" if severity == "critical" else "warning",
        passed=not failed,
        message="; ".join(_describe(one) for one in failed),
        failures=len(failed),
    )


def check_name(suite: str, severity: str) -> str:
    """Name of the check that a suite's expectations of one severity make up."""
    return f"expect_{suite}" if severity == "critical" else f"expect_{suite}_warnings"


def _severity(outcome: ExpectationValidationResult) -> str:
    config = outcome.expectation_config
    return "critical" if config is None else str(config.severity).rpartition(".")[2].lower()


def _describe(outcome: ExpectationValidationResult) -> str:
    config = outcome.expectation_config
    if config is None:
        return "an expectation without a name failed"
    notes = (config.meta or {}).get("notes")
    details = outcome.result or {}
    found = details.get("partial_unexpected_list", details.get("observed_value", ""))
    error = (outcome.exception_info or {}).get("exception_message")
    column = config.kwargs.get("column", "")
    return f"{notes or config.type} ({column}): found {error or found}"
