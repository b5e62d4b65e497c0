"""What tests of whole months share: an empty workspace, and one September that is built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.python.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return Workspace(tmp_path)


@pytest.fixture(scope="session")
def september(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """August drafted and September issued from the bundled extracts; read it, do not change it."""
    built = Workspace(tmp_path_factory.mktemp("september"))
    for arguments in (("examples",), ("draft", "2020-08"), ("month", "2020-09")):
        outcome = built.pmr(*arguments)
        assert outcome.returncode == 0, f"pmr {arguments} failed:\n{outcome.stdout}{outcome.stderr}"
    return built
