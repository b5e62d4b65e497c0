"""dbt with one command more: `build-then-test` builds the models and then runs their tests.

Belongs here: running both in one process, which parses the project once. A process of dbt takes
seconds before it does anything. Which models and which month is said by the arguments, as to dbt.

What the tests find does not fail the command: it stands in `run_results.json`, and the results of
the models in `build_results.json` beside it.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dbt.cli.main import cli, dbtRunner
from dbt.contracts.graph.manifest import Manifest

BUILD_THEN_TEST = "build-then-test"
_NOT_TESTS = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
_TESTS = ("--resource-type", "test")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run dbt; its exit code, and 0 of `build-then-test` when the models were built."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if BUILD_THEN_TEST not in given:
        return int(cli.main(given, standalone_mode=True) or 0)
    at = given.index(BUILD_THEN_TEST)
    # Its log goes to stdout, which Dagster keeps; a second one of every query costs a tenth more.
    before, after = [*given[:at], "--log-level-file", "none"], given[at + 1 :]
    # A short life with a million objects that all stay: looking for garbage is a tenth of the time.
    gc.disable()
    parsed = dbtRunner().invoke([*before, "--no-write-json", "parse"])
    if not parsed.success or not isinstance(parsed.result, Manifest):
        return 2
    runner = dbtRunner(manifest=parsed.result)
    built = runner.invoke([*before, "build", *_NOT_TESTS, *after])
    if not built.success:
        return 1 if built.exception is None else 2
    target = Path(os.environ["DBT_TARGET_PATH"])
    (target / "run_results.json").replace(target / "build_results.json")
    tested = runner.invoke([*before, "build", *_TESTS, *after])
    return 0 if tested.exception is None else 2


if __name__ == "__main__":
    sys.exit(main())
