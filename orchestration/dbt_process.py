"""dbt with one command more: `build-then-test` builds the models and then runs their tests.

Belongs here: running both in one process, which parses the project once. A process of dbt takes
seconds before it does anything. Which models and which month is said by the arguments, as to dbt.
If a process waits that has parsed already (`waiting_dbt.py`), the command is handed over to it.

What the tests find does not fail the command: it stands in `run_results.json`, and the results of
the models in `build_results.json` beside it. The manifest is that of `make`; none is written anew.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.waiting_dbt import handed_over

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest

BUILD_THEN_TEST = "build-then-test"
# The log goes to stdout, which Dagster keeps; a second one of every query costs a tenth more.
# Manifest and graph would be ten megabytes twice, the same in each run.
_QUIETLY = ("--log-level-file", "none", "--no-write-json")
_NOT_TESTS = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
_TESTS = ("--resource-type", "test")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run dbt; its exit code, and 0 of `build-then-test` when the models were built."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if BUILD_THEN_TEST not in given:
        # Loaded here and below, since whoever hands a command over does without.
        from dbt.cli.main import cli

        return int(cli.main(given, standalone_mode=True) or 0)
    code = handed_over(given)
    if code is not None:
        return code
    manifest = parsed(given[: given.index(BUILD_THEN_TEST)])
    return 2 if manifest is None else build_then_test(manifest, given)


def parsed(flags: Sequence[str] = ()) -> Manifest | None:
    """The project as dbt reads it; nothing when it cannot, which it says itself."""
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest

    # A short life with a million objects that all stay: looking for garbage is a tenth of the time.
    gc.disable()
    outcome = dbtRunner().invoke([*flags, *_QUIETLY, "parse"])
    return outcome.result if isinstance(outcome.result, Manifest) else None


def build_then_test(manifest: Manifest, given: Sequence[str]) -> int:
    """Build and test what the arguments select; 0 when all was built, whatever the tests find."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    at = given.index(BUILD_THEN_TEST)
    before, after = [*given[:at], *_QUIETLY], given[at + 1 :]
    runner = dbtRunner(manifest=manifest)
    try:
        built = runner.invoke([*before, "build", *_NOT_TESTS, *after])
        _keep(built, "build_results.json")
        if not built.success:
            return 1 if built.exception is None else 2
        # Not `build`, which leaves out what is below a test that fails.
        tested = runner.invoke([*before, "test", *_TESTS, *_without_window(after)])
        _keep(tested, "run_results.json")
        return 0 if tested.exception is None else 2
    finally:
        # Whoever is told that it is done may read the database.
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]  # dbt has no types here
        # Nor is there anything to look for at the end.
        gc.freeze()


def _without_window(arguments: Sequence[str]) -> list[str]:
    """The arguments as `dbt test` takes them: it has no window, and is told the month otherwise."""
    kept = list(arguments)
    for option in ("--event-time-start", "--event-time-end"):
        if option in kept:
            at = kept.index(option)
            value = kept[at + 1]
            del kept[at : at + 2]
            if option == "--event-time-start":
                os.environ["PMR_MONTH"] = value
    return kept


def _keep(outcome: dbtRunnerResult, name: str) -> None:
    """Write what became of each node, in the form of dbt's own artifact."""
    from dbt.artifacts.schemas.run import RunExecutionResult

    if isinstance(outcome.result, RunExecutionResult):
        outcome.result.write(str(Path(os.environ["DBT_TARGET_PATH"]) / name))


if __name__ == "__main__":
    sys.exit(main())
