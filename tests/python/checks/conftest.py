"""A warehouse of September that each test may damage; what it did is rolled back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from tests.python.workspace import Workspace

SEPTEMBER = date(2020, 9, 1)


@pytest.fixture(scope="module")
def warehouse_copy(
    september: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    copy = tmp_path_factory.mktemp("warehouse") / "pmr.duckdb"
    shutil.copyfile(september.settings.database, copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute("set timezone = 'UTC'")
        # The raw relations are views; as tables they can be damaged.
        for relation in (
            "raw_dsms.incidents",
            "raw_providers.exceptions",
            "raw_providers.service_credits",
            "raw_providers.service_levels",
        ):
            connection.execute(f"create table raw_landing.kept as from {relation}")
            connection.execute(f"drop view {relation}")
            connection.execute(f"create table {relation} as from raw_landing.kept")
            connection.execute("drop table raw_landing.kept")
        yield connection


@pytest.fixture
def warehouse(
    warehouse_copy: duckdb.DuckDBPyConnection,
) -> Iterator[duckdb.DuckDBPyConnection]:
    warehouse_copy.begin()
    yield warehouse_copy
    warehouse_copy.rollback()
