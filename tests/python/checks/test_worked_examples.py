"""The worked examples of the rules: dbt's unit tests, which stand beside the models.

Belongs here: running them, on a warehouse that has every relation that they ask for its columns.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.project import dbt_project
from orchestration.settings import PROJECT_ROOT
from tests.python.workspace import Workspace

pytestmark = pytest.mark.slow


def test_every_worked_example_holds(september: Workspace, tmp_path: Path) -> None:
    workspace, target = september.copy_to(tmp_path / "examples"), tmp_path / "target"
    outcome = subprocess.run(
        [str(Path(sys.executable).with_name("dbt")), "--quiet", "test",
         "--resource-type", "unit_test"],
        cwd=PROJECT_ROOT,
        env={**os.environ, **workspace.settings.dbt_environment(), "DBT_TARGET_PATH": str(target)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    results = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    failed = {one["unique_id"]: one["message"] for one in results if one["status"] != "pass"}
    assert not failed, outcome.stdout
    manifest = json.loads(dbt_project.manifest_path.read_text(encoding="utf-8"))
    assert {one["unique_id"] for one in results} == manifest["unit_tests"].keys()
