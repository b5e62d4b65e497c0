"""Builds of the models that the tests of this room share, and how many examples they try.

Belongs here: fixtures and Hypothesis profiles. Does not belong here: rules or rows.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import configuration

from tests.python.oracle.clock import MONTHS
from tests.python.oracle.compile_models import MARTS
from tests.python.oracle.warehouse import Build, Warehouse, build

configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "pmr-hypothesis")


@pytest.fixture(scope="session")
def built(shared: Path) -> Build:
    """The models with the project's own settings, built once for all processes of a test run."""
    folder = shared / "built"
    with FileLock(shared / "built.lock"):
        if (shared / "built.done").exists():
            return Build(folder / "target", folder / "pmr.duckdb", tuple(MONTHS), tuple(MARTS))
        folder.mkdir()
        found = build(folder, MONTHS, {})
        (shared / "built.done").touch()
    return found


@pytest.fixture(scope="session")
def warehouse(built: Build) -> Warehouse:
    """The models ready to work."""
    return Warehouse(built)
