"""Resources that assets share, so that tests can swap them.

Belongs here: settings as a Dagster resource, and dbt set up from them.
"""

import os
import sys
from pathlib import Path

import dagster as dg
from dagster_dbt import DbtCliResource

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


def default_resources() -> dict[str, object]:
    """What a run uses outside tests. dbt inherits this process' environment, so it is set here."""
    os.environ.update(Settings.load().dbt_environment())
    # dbt of this very installation, whatever the PATH of whoever started the process.
    dbt = DbtCliResource(
        project_dir=dbt_project, dbt_executable=str(Path(sys.executable).with_name("dbt"))
    )
    return {"settings": SettingsResource(), "dbt": dbt}
