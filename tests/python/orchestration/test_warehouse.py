"""The step of dbt: what it does when Dagster and dbt do not agree about the project."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import dagster as dg
import pytest

from orchestration.assets.warehouse import told_by


class Run:
    """A run of dbt that tells of a model, then of one that the manifest lacks, and goes on."""

    def __init__(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])

    def stream(self) -> Iterator[str]:
        yield "a model"
        raise KeyError("model.pmr.int_new")


def test_a_model_that_the_manifest_lacks_ends_dbt_and_says_what_to_do() -> None:
    run = Run()
    told = told_by(run)
    assert next(told) == "a model"
    with pytest.raises(dg.Failure, match=r"int_new.*make") as caught:
        next(told)
    # The command line tells the cause of a failure, where it has one.
    assert caught.value.__cause__ is None
    assert run.process.wait(timeout=30) != 0


def test_dbt_ends_when_nobody_listens_any_more() -> None:
    run = Run()
    told = told_by(run)
    assert next(told) == "a model"
    told.close()
    assert run.process.wait(timeout=30) != 0
