"""Configuration in one place: environment variables with their documented defaults.

Belongs here: what a user may set and the paths that follow from it. Does not belong here: rules of
the report (they are models and seeds) or anything that reads a clock.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names the variable and says what to
    do.
    """


@dataclass(frozen=True)
class Settings:
    """What a user may set.

    Attributes:
        landing_dir: where extracts arrive, as ``<system>/<feed>/<file>`` (``PMR_LANDING_DIR``).
        warehouse_dir: landed Parquet, the private database, the readers' database
            (``PMR_WAREHOUSE_DIR``).
        exports_dir: issues of the report (``PMR_EXPORTS_DIR``).
        commentary_dir: files of commentary to fill in (``PMR_COMMENTARY_DIR``).
        time_zone: zone of reporting periods, calendar days and working days (``PMR_TIME_ZONE``).
        pseudonym_key: secret that turns party ids into pseudonyms (``PMR_PSEUDONYM_KEY``); None
            when unset: then it is what `pseudonym_key_file` holds.
        pseudonym_key_file: file with that secret (``PMR_PSEUDONYM_KEY_FILE``), made when a run
            needs it and it is missing; by default beside the warehouse's folder, which may be
            built anew.
        memory_limit: DuckDB's memory limit for landing and dbt (``PMR_MEMORY_LIMIT``).
        threads: DuckDB's threads (``PMR_THREADS``); 0 leaves the choice to DuckDB.
        example_requests: Service Requests of the bundled month (``PMR_EXAMPLE_REQUESTS``).
    """

    landing_dir: Path
    warehouse_dir: Path
    exports_dir: Path
    commentary_dir: Path
    time_zone: str
    pseudonym_key: str | None
    pseudonym_key_file: Path
    memory_limit: str
    threads: int
    example_requests: int

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from `environ` (default: the process environment).

        Raises:
            SettingsError: a variable has a value that cannot be used.
        """
        env = os.environ if environ is None else environ
        warehouse_dir = _path(env, "PMR_WAREHOUSE_DIR", "data/warehouse")
        return cls(
            landing_dir=_path(env, "PMR_LANDING_DIR", "data/landing"),
            warehouse_dir=warehouse_dir,
            exports_dir=_path(env, "PMR_EXPORTS_DIR", "exports"),
            commentary_dir=_path(env, "PMR_COMMENTARY_DIR", "data/commentary"),
            time_zone=_zone(env),
            pseudonym_key=env.get("PMR_PSEUDONYM_KEY") or None,
            pseudonym_key_file=_path(
                env, "PMR_PSEUDONYM_KEY_FILE", str(warehouse_dir.parent / "pseudonym.key")
            ),
            memory_limit=env.get("PMR_MEMORY_LIMIT") or "4GB",
            threads=_whole_number(env, "PMR_THREADS", 0, "0 for DuckDB's own choice"),
            example_requests=_whole_number(
                env, "PMR_EXAMPLE_REQUESTS", 1_000_000, "the Service Requests of a month"
            ),
        )

    @property
    def landed_dir(self) -> Path:
        """Landed Parquet."""
        return self.warehouse_dir / "landed"

    @property
    def quarantine_dir(self) -> Path:
        """Rows that did not land, with their reasons."""
        return self.warehouse_dir / "quarantine"

    @property
    def aside_dir(self) -> Path:
        """Columns that no contract knows."""
        return self.warehouse_dir / "aside"

    @property
    def manifest_dir(self) -> Path:
        """One JSON per extract seen; the commit point of landing."""
        return self.warehouse_dir / "manifest"

    @property
    def database(self) -> Path:
        """The private warehouse, written by landing and dbt only."""
        return self.warehouse_dir / "pmr.duckdb"

    @property
    def readers_database(self) -> Path:
        """The marts as published for analysts; replaced whole."""
        return self.warehouse_dir / "readers" / "pmr_marts.duckdb"

    @property
    def gate_dir(self) -> Path:
        """One verdict per month."""
        return self.warehouse_dir / "gate"

    @property
    def runs_dir(self) -> Path:
        """What the last run of each month left for the gate."""
        return self.warehouse_dir / "runs"

    @property
    def dagster_home(self) -> Path:
        """Dagster's own state (runs, events)."""
        return self.warehouse_dir / "dagster"

    def dbt_environment(self) -> dict[str, str]:
        """Variables that `profiles.yml` and `dbt_project.yml` read."""
        return {
            "PMR_DATABASE": str(self.database),
            "PMR_TIME_ZONE": self.time_zone,
            "PMR_MEMORY_LIMIT": self.memory_limit,
            "DO_NOT_TRACK": "1",
        }


def _path(env: Mapping[str, str], name: str, default: str) -> Path:
    path = Path(env.get(name) or default).expanduser()
    return path if path.is_absolute() else PROJECT_ROOT / path


def _zone(env: Mapping[str, str]) -> str:
    name = env.get("PMR_TIME_ZONE") or "Europe/London"
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(
            f"PMR_TIME_ZONE={name!r} is no time zone of the tz database; use a name such as "
            "Europe/London or unset it."
        ) from error
    return name


def _whole_number(env: Mapping[str, str], name: str, default: int, meaning: str) -> int:
    value = env.get(name) or str(default)
    if not value.isdecimal():
        raise SettingsError(f"{name}={value!r} must be a whole number: {meaning}.")
    return int(value)
