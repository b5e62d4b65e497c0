"""What tests of whole months share: an empty workspace, and one September that is built once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

from tests.python.workspace import Workspace


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole months first: what takes minutes must not be left for one process at the end."""
    items.sort(key=lambda item: "pipeline" not in item.path.parts)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return Workspace(tmp_path)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this test run that all of its processes have in common."""
    root = tmp_path_factory.getbasetemp()
    return root.parent if os.environ.get("PYTEST_XDIST_WORKER") else root


@pytest.fixture(scope="session")
def september(shared: Path) -> Workspace:
    """August drafted and September issued from the bundled extracts; read it, do not change it."""
    built = Workspace(shared / "september")
    with FileLock(shared / "september.lock"):
        done = shared / "september.done"
        if not done.exists():
            for arguments in (("examples",), ("draft", "2020-08"), ("month", "2020-09")):
                outcome = built.pmr(*arguments)
                assert outcome.returncode == 0, (
                    f"pmr {arguments} failed:\n{outcome.stdout}{outcome.stderr}"
                )
            done.touch()
    return built
