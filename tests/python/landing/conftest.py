"""Fixtures of the landing tests. Does not belong here: tests, and what builds extracts (`room`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.settings import Settings
from tests.python.landing.room import Room


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(
        Settings.load(
            {
                "PMR_LANDING_DIR": str(tmp_path / "landing"),
                "PMR_WAREHOUSE_DIR": str(tmp_path / "warehouse"),
                "PMR_EXPORTS_DIR": str(tmp_path / "exports"),
            }
        )
    )
