"""Builds of the models that the tests of this room share, and how many examples they try.

Belongs here: fixtures and Hypothesis profiles. Does not belong here: rules or rows.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import configuration

from tests.python.oracle.clock import MONTHS
from tests.python.oracle.warehouse import Build, Warehouse, build

configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "pmr-hypothesis")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The models with the project's own settings."""
    return build(tmp_path_factory.mktemp("built"), MONTHS, {})


@pytest.fixture(scope="session")
def warehouse(built: Build) -> Warehouse:
    """The models ready to work."""
    return Warehouse(built)
