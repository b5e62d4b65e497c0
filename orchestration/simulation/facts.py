"""Reading the transcribed facts and our own words of a month.

Belongs here: the two folders of `examples` and how a row of them is read. Does not belong here:
what is made of the rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from orchestration.settings import PROJECT_ROOT
from orchestration.simulation.errors import ReconstructionError

EXAMPLES_DIR = PROJECT_ROOT / "examples"
SEEDS_DIR = PROJECT_ROOT / "seeds"

Row = dict[str, str]


@dataclass(frozen=True)
class Facts:
    """The published facts of one report (`published`) and our words for it (`reconstruction`)."""

    report: str  # the reported month, `2020-09`

    def published(self, table: str) -> list[Row]:
        """A table as published; one dict of texts per row."""
        return read_rows(EXAMPLES_DIR / "published" / self.report / f"{table}.csv")

    def own(self, table: str) -> list[Row]:
        """A table of our own words or assumptions."""
        return read_rows(EXAMPLES_DIR / "reconstruction" / self.report / f"{table}.csv")


def read_rows(path: Path) -> list[Row]:
    """All rows of a CSV with a header.

    Raises:
        ReconstructionError: the file is not there.
    """
    if not path.is_file():
        raise ReconstructionError(
            f"{path} is missing; it is part of the repository: restore it with `git checkout`."
        )
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def providers() -> list[str]:
    """The providers that report service levels, in the register's order: one file each."""
    return unique(row["provider"] for row in read_rows(SEEDS_DIR / "performance_measures.csv"))


def resolution_targets() -> dict[int, tuple[int, int]]:
    """Category → target of initial response and of resolution, both in minutes (rule I1)."""
    return {
        int(row["category"]): (
            int(row["initial_response_minutes"]),
            int(row["resolution_hours"]) * 60,
        )
        for row in read_rows(SEEDS_DIR / "incident_targets.csv")
    }


def unique(values: Iterable[str]) -> list[str]:
    """The values in their first order, each once."""
    return list(dict.fromkeys(values))
