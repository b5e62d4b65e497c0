"""dbt for the tests of this folder. Does not belong here: tests, and what they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from tests.python.incremental.room import Dbt


@pytest.fixture(scope="session")
def start_dbt(shared: Path) -> Callable[[], Dbt]:
    """Starts dbt; whoever comes first lets it read the whole project."""
    folder = shared / "incremental"

    def start() -> Dbt:
        with FileLock(f"{folder}.lock"):
            return Dbt(folder)

    return start


@pytest.fixture(scope="session")
def dbt(start_dbt: Callable[[], Dbt]) -> Iterator[Dbt]:
    with start_dbt() as process:
        yield process
