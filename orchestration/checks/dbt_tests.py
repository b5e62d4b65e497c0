"""The results of dbt's tests of a month, kept from the run that made them to the gate.

Belongs here: reading dbt's artifacts and keeping what the gate needs of them. What is tested stands
beside the models.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orchestration.checks.results import CheckResult, Severity
from orchestration.files import write_json
from orchestration.partitions import month_label

TESTS_COMPLETE = "every_dbt_test_has_run"
BUILT_FROM_WHAT_IS_THERE = "marts_are_built_from_what_is_there"
# How many of the missing tests a message names.
_NAMED = 5
_PASSED = {"pass", "success"}
_NOT_RUN = {"error", "runtime error", "skipped"}


class ProjectChanged(Exception):
    """The dbt project is another one than `make` parsed."""


@dataclass(frozen=True)
class TestRun:
    """dbt's tests of one month.

    Attributes:
        invocation_id: dbt's id of the run.
        basis: what the models had been built from (`basis.py`).
        results: one result for each test that ran, by dbt's unique id.
    """

    __test__ = False  # not a test of pytest's, whatever its name

    invocation_id: str
    basis: str
    results: dict[str, CheckResult]


def keep(
    runs_dir: Path,
    month: date,
    basis: str,
    *,
    run_results: Mapping[str, object],
    manifest: Mapping[str, object],
) -> None:
    """Keep the results of dbt's `run_results.json` as the month's tests.

    Raises:
        ProjectChanged: a test ran that the manifest does not know.
    """
    nodes = _mapping(manifest["nodes"])
    kept = {}
    for result in _sequence(run_results["results"]):
        outcome = _mapping(result)
        unique_id = str(outcome["unique_id"])
        if unique_id not in nodes:
            raise ProjectChanged(
                f"dbt ran {unique_id}, which the parsed project does not have: a file of the "
                "project changed since. Run `make` again (in the UI, restart `make ui`)."
            )
        node = _mapping(nodes[unique_id])
        kept[unique_id] = CheckResult(
            name=str(node["name"]),
            source="dbt",
            asset=_guarded(node, nodes),
            severity=_severity(node, str(outcome["status"])),
            passed=outcome["status"] in _PASSED,
            message=_message(outcome),
            failures=int(str(outcome["failures"] or 0)),
        ).as_json()
    metadata = _mapping(run_results["metadata"])
    write_json(
        _path(runs_dir, month),
        {"invocation_id": metadata["invocation_id"], "basis": basis, "results": kept},
    )


def forget(runs_dir: Path, month: date) -> None:
    """Drop the month's results, because its models are about to be built again."""
    _path(runs_dir, month).unlink(missing_ok=True)


def load(runs_dir: Path, month: date) -> TestRun | None:
    """The month's kept results; None when no tests have run since its models were built."""
    path = _path(runs_dir, month)
    if not path.exists():
        return None
    content = json.loads(path.read_text(encoding="utf-8"))
    return TestRun(
        invocation_id=content["invocation_id"],
        basis=content["basis"],
        results={key: CheckResult(**kept) for key, kept in content["results"].items()},
    )


def completeness(run: TestRun | None, manifest: Mapping[str, object]) -> CheckResult:
    """Whether every data test of the project is among the month's results."""
    nodes = _mapping(manifest["nodes"])
    wanted = {key for key, node in nodes.items() if _mapping(node)["resource_type"] == "test"}
    missing = sorted(wanted - (run.results.keys() if run else set()))
    names = ", ".join(str(_mapping(nodes[key])["name"]) for key in missing[:_NAMED])
    return CheckResult(
        name=TESTS_COMPLETE,
        source="dbt",
        asset="marts.pmr_measures",
        severity="error",
        passed=not missing,
        message=(
            f"{len(missing)} of {len(wanted)} dbt tests have not run on the month as it is "
            f"({names}{', …' if len(missing) > _NAMED else ''}); materialise the whole month."
            if missing
            else ""
        ),
        failures=len(missing),
    )


def freshness(run: TestRun | None, basis: str) -> CheckResult:
    """Whether the marts were built from the extracts, the register and the code that are there."""
    passed = run is not None and run.basis == basis
    return CheckResult(
        name=BUILT_FROM_WHAT_IS_THERE,
        source="dbt",
        asset="marts.pmr_measures",
        severity="error",
        passed=passed,
        message=(
            ""
            if passed
            else "extracts, published issues or code changed after the marts were built; "
            "materialise the whole month."
        ),
        failures=0 if passed else 1,
    )


def _severity(node: Mapping[str, object], status: str) -> Severity:
    if status in _NOT_RUN:
        return "error"  # nobody knows what it would have found
    configured = str(_mapping(node["config"]).get("severity") or "error").lower()
    return "warning" if configured == "warn" else "error"


def _message(outcome: Mapping[str, object]) -> str:
    return "" if outcome["status"] in _PASSED else str(outcome["message"] or outcome["status"])


def _guarded(node: Mapping[str, object], nodes: Mapping[str, object]) -> str:
    attached = node.get("attached_node")
    if isinstance(attached, str) and attached in nodes:
        guarded = _mapping(nodes[attached])
        return f"{guarded['schema']}.{guarded['name']}"
    return "marts.pmr_measures"


def _path(runs_dir: Path, month: date) -> Path:
    return runs_dir / month_label(month) / "dbt_tests.json"


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(f"dbt's artifact holds {type(value).__name__} where an object was due")
    return value


def _sequence(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"dbt's artifact holds {type(value).__name__} where a list was due")
    return value
