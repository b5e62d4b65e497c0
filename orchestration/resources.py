"""Resources that assets share, so that tests can swap them.

Belongs here: settings as a Dagster resource, and dbt set up from them.
"""

import os
import sys
from collections.abc import Sequence
from functools import cached_property
from importlib import metadata
from pathlib import Path

import dagster as dg
from dagster_dbt import DbtCliResource
from packaging.version import Version

from orchestration.project import dbt_project
from orchestration.settings import Settings


class SettingsResource(dg.ConfigurableResource[Settings]):
    """The settings of the environment, read when a step starts."""

    def load(self) -> Settings:
        """Settings of this process.

        Raises:
            SettingsError: a variable has a value that cannot be used.
        """
        return Settings.load()


class QuickDbt(DbtCliResource):
    """dbt without what Dagster asks beforehand and this project never uses.

    That is a process that tells dbt's version, and an adapter to look into the database with, for
    which all macros are parsed; together they take seconds for each call.
    """

    @cached_property
    def _cli_version(self) -> Version:
        return Version(metadata.version("dbt-core"))

    def _initialize_dbt_core_adapter(  # type: ignore[override]  # Dagster goes on without one
        self, args: Sequence[str]
    ) -> None:
        return None


def default_resources() -> dict[str, object]:
    """What a run uses outside tests. dbt inherits this process' environment, so it is set here."""
    os.environ.update(Settings.load().dbt_environment())
    # dbt of this very installation, whatever the PATH of whoever started the process.
    dbt = QuickDbt(
        project_dir=str(dbt_project.project_dir),
        profiles_dir=str(dbt_project.profiles_dir),
        dbt_executable=str(Path(sys.executable).with_name("pmr-dbt")),
    )
    return {"settings": SettingsResource(), "dbt": dbt}
