"""A workspace of a test: folders of its own, and the command line run in them as a user would."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orchestration.settings import PROJECT_ROOT, Settings

# Enough for every process and region to have traffic, few enough for a dozen whole months.
EXAMPLE_REQUESTS = 20_000


@dataclass(frozen=True)
class Workspace:
    """Folders of one installation, apart from the user's and from every other test's."""

    root: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PMR_LANDING_DIR": str(self.root / "landing"),
            "PMR_WAREHOUSE_DIR": str(self.root / "warehouse"),
            "PMR_EXPORTS_DIR": str(self.root / "exports"),
            # The same in each, so that two of them can be compared.
            "PMR_PSEUDONYM_KEY": "the key of the tests, and of nothing else",
            "PMR_COMMENTARY_DIR": str(self.root / "commentary"),
            "PMR_EXAMPLE_REQUESTS": str(EXAMPLE_REQUESTS),
        }

    @property
    def settings(self) -> Settings:
        return Settings.load(self.environment)

    def copy_to(self, root: Path) -> Workspace:
        """The same installation elsewhere: each run registers views of the landed files anew."""
        shutil.copytree(self.root, root, symlinks=True)
        return Workspace(root)

    def pmr(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line as a user would, in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "orchestration.cli", *arguments],
            cwd=PROJECT_ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def pmr_killed(self, is_time: Callable[[str], bool], *arguments: str) -> None:
        """Run the command line and kill it, its children too, at the first line that `is_time`."""
        with subprocess.Popen(
            [sys.executable, "-u", "-m", "orchestration.cli", *arguments],
            cwd=PROJECT_ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            if process.stdout is None:
                raise RuntimeError("the process has no output to watch")
            seen = []
            for line in process.stdout:
                seen.append(line)
                if is_time(line):
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
                    return
            raise AssertionError("the moment to kill it never came:\n" + "".join(seen[-20:]))

    def dagster_materialize(
        self, selection: str, partition: str
    ) -> subprocess.CompletedProcess[str]:
        """Materialise some assets alone, as a click on them in Dagster's UI does."""
        return subprocess.run(
            [sys.executable, "-m", "dagster", "asset", "materialize", "--select", selection,
             "--partition", partition, "-m", "orchestration.definitions"],
            cwd=PROJECT_ROOT,
            env={**self.environment, "DAGSTER_HOME": str(self.settings.dagster_home)},
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
