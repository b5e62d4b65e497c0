"""dbt in a process of its own, asked again and again: dbt keeps global state, and parsing is slow.

Belongs here: one loop that reads commands and answers with what became of them. Does not belong
here: which models, which months, and anything that looks at rows.

Run as `python -m tests.python.incremental.dbt_process <project>`, with DBT_TARGET_PATH and
PMR_DATABASE set. The first line of the standard output says that the project is parsed. Each line
of the standard input is `{"database": …, "arguments": […]}`; each answer is one line of JSON, and
dbt's own words go to the standard error.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import IO

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest


def parsed(project: Path) -> Manifest:
    """The project as dbt reads it; it reads again only what changed since it last did."""
    outcome = dbtRunner().invoke(["parse", "--quiet", *common(project)])
    if not isinstance(outcome.result, Manifest):
        raise RuntimeError(f"dbt cannot read the project: {outcome.exception}")
    return outcome.result


def common(project: Path) -> list[str]:
    """What every command of dbt is told."""
    return ["--project-dir", str(project), "--profiles-dir", str(project)]


def answer(project: Path, manifest: Manifest, line: str) -> dict[str, object]:
    """Run one command; say how it ended and what each node said."""
    asked = json.loads(line)
    os.environ["PMR_DATABASE"] = asked["database"]
    outcome = dbtRunner(manifest=manifest).invoke([*asked["arguments"], *common(project)])
    # The database is to be free for whoever asked.
    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]  # dbt has no types here
    nodes = {
        result.node.name: f"{result.status}: {result.message}"
        for result in getattr(outcome.result, "results", ())
    }
    return {
        "success": outcome.success,
        "message": str(outcome.exception or ""),
        "nodes": nodes,
    }


def main(project: Path, answers: IO[str]) -> None:
    """Answer until nobody asks any more."""
    manifest = parsed(project)
    answers.write("parsed\n")
    answers.flush()
    for line in sys.stdin:
        answers.write(json.dumps(answer(project, manifest, line)) + "\n")
        answers.flush()


if __name__ == "__main__":
    # dbt writes to the standard output; the answers have it to themselves.
    own = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    main(Path(sys.argv[1]), own)
