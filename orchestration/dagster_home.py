"""Dagster's own folder, with the project's settings of its instance.

Belongs here: preparing the folder, and pointing this process to it.
"""

from __future__ import annotations

import os
import shutil

from orchestration.settings import PROJECT_ROOT, Settings


def prepare_dagster_home(settings: Settings) -> None:
    """Make Dagster's folder with the project's instance settings, and point this process to it."""
    settings.dagster_home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(
        PROJECT_ROOT / "orchestration" / "dagster.yaml", settings.dagster_home / "dagster.yaml"
    )
    os.environ["DAGSTER_HOME"] = str(settings.dagster_home)
    os.environ["DO_NOT_TRACK"] = "1"
