"""Months of simulated traffic to measure with, and warehouses that have landed them.

Belongs here: everything that a benchmark needs beforehand and does not measure. Does not belong
here: what is measured.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.month_by_hand import MONTH
from orchestration.landing import land, register
from orchestration.pseudonyms import register_pseudonyms
from orchestration.register import register_knowledge
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.simulation.traffic import write_traffic


def prepare(work: Path, requests: int) -> Path:
    """A month of `requests` requests, landed; kept below `work` for the next time."""
    folder = work / f"{requests}"
    made_by = folder / "made_by"
    simulator = _hash_of(PROJECT_ROOT / "orchestration" / "simulation")
    if not made_by.exists() or made_by.read_text() != simulator:
        shutil.rmtree(folder, ignore_errors=True)
        print(f"making {requests:,} requests below {folder}", file=sys.stderr)
        write_traffic(folder / "landing", MONTH, requests=requests)
        made_by.write_text(simulator)
    # Does nothing when all of it has landed.
    report = land(settings_of(folder, "landed"), progress=lambda _: None)
    if report.refused:
        raise SystemExit(f"{report.refused[0].file}: {report.refused[0].reason}")
    return folder


def settings_of(folder: Path, warehouse: str) -> Settings:
    """Settings of one of a month's warehouses."""
    return Settings.load(environment_of(folder, warehouse))


def environment_of(folder: Path, warehouse: str) -> dict[str, str]:
    """This process' environment, pointed to one of a month's warehouses."""
    return {
        **os.environ,
        "PMR_LANDING_DIR": str(folder / "landing"),
        "PMR_WAREHOUSE_DIR": str(folder / warehouse),
        "PMR_EXPORTS_DIR": str(folder / "exports"),
    }


def parse(settings: Settings) -> None:
    """Parse the project as `make` does, for the environment of a warehouse.

    dbt keeps what it has parsed by its profile, the path of the database included.
    """
    subprocess.run(  # noqa: S603 - no shell; the project's own dbt
        [str(Path(sys.executable).with_name("dbt")), "--quiet", "parse"],
        cwd=PROJECT_ROOT,
        env={**os.environ, **settings.dbt_environment()},
        check=True,
    )


def fresh_warehouse(folder: Path, name: str, *, without: date | None = None) -> Settings:
    """A warehouse that has the month's landed files (those of one day left out), and no model."""
    shutil.rmtree(folder / name, ignore_errors=True)

    def left_out(_: str, names: list[str]) -> set[str]:
        return {one for one in names if without is not None and f"_{without}." in one}

    for part in ("landed", "manifest"):
        shutil.copytree(
            folder / "landed" / part, folder / name / part, ignore=left_out, copy_function=os.link
        )
    settings = settings_of(folder, name)
    register_all(settings)
    return settings


def register_all(settings: Settings) -> None:
    """The raw relations over what has landed."""
    register(settings, progress=lambda _: None)
    with duckdb.connect(str(settings.database)) as connection:
        register_knowledge(settings, connection)
        register_pseudonyms(settings, connection, MONTH)


def _hash_of(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".csv"}:
            digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()
