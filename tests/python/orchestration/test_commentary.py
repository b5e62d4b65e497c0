"""The file of commentary to fill in: what stands in it, and that landing takes it filled in."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from orchestration.cli import main
from orchestration.commentary import NothingToFillIn, write_template
from orchestration.findings import Findings, Text, Wanted
from orchestration.landing import land, read_manifest
from tests.python.workspace import Workspace

MONTH, TODAY = date(2020, 9, 1), date(2020, 10, 8)
NAME = "commentary_2020-10-08.csv"


def wanted(measure_id: str, scope: str = "All", *, is_supplied: bool = False) -> Wanted:
    return Wanted(
        measure_id, scope, "name", "All", "Below Minimum",
        needs_mitigation=True, is_supplied=is_supplied, has_reason=is_supplied,
        has_mitigation=is_supplied,
    )  # fmt: skip


FOUND = Findings(
    found_at=datetime(2020, 10, 8),  # noqa: DTZ001 UTC without zone, as the manifest has it
    checks=(),
    wanted=(wanted("CPM1"), wanted("CPM2", is_supplied=True), wanted("SP-PM", "CSPN PM2")),
    texts=(
        Text("CPM2", "All", "All", '=Firmware, "slow"', None, "TOC"),
        Text("SP-PM", "CSPN PM2", "North", "Cause", None, "TOC"),
        Text("PROB-OPEN", "All", "All", "Said all the same", "Mended", "TOC"),
    ),
    touching=(),
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_comm_what_is_wanted_has_a_row_and_what_was_said_keeps_its_words(tmp_path: Path) -> None:
    path = write_template(tmp_path, MONTH, TODAY, FOUND, [])
    assert path.name == NAME
    assert [(row["measure_id"], row["region"], row["reason"]) for row in rows(path)] == [
        ("CPM1", "", ""),
        ("CPM2", "", '=Firmware, "slow"'),
        ("SP-PM/CSPN PM2", "North", "Cause"),
        ("PROB-OPEN", "", "Said all the same"),
    ]
    assert {row["reporting_month"] for row in rows(path)} == {"2020-09-01"}


def test_comm_a_file_that_somebody_fills_in_is_not_written_over(tmp_path: Path) -> None:
    write_template(tmp_path, MONTH, TODAY, FOUND, [])
    with pytest.raises(NothingToFillIn, match="fill it in, or remove it"):
        write_template(tmp_path, MONTH, TODAY, FOUND, [])


def test_comm_nothing_is_written_where_nothing_is_wanted(tmp_path: Path) -> None:
    done = Findings(FOUND.found_at, (), (wanted("CPM2", is_supplied=True),), (), ())
    with pytest.raises(NothingToFillIn, match="has it"):
        write_template(tmp_path, MONTH, TODAY, done, [])
    assert list(tmp_path.iterdir()) == []


def test_comm_landing_refuses_it_empty_and_takes_it_filled_in(workspace: Workspace) -> None:
    settings = workspace.settings
    folder = settings.landing_dir / "dcc" / "commentary"
    path = write_template(folder, MONTH, TODAY, FOUND, [])
    [refused] = land(settings).refused
    assert "rows" in str(refused.reason)

    filled = path.read_text(encoding="utf-8").replace(
        "2020-09-01,CPM1,,,,", "2020-09-01,CPM1,,Firmware,Repaired,TOC"
    )
    path.write_text(filled, encoding="utf-8")
    [landed] = land(settings).landed
    assert (landed.rows_landed, landed.rows_quarantined) == (4, 0)

    # The next file of the day replaces the one that landed, so it is the next version.
    again = write_template(folder, MONTH, TODAY, FOUND, read_manifest(settings.manifest_dir))
    assert again.name == "commentary_2020-10-08_v2.csv"


def test_comm_before_a_run_nobody_knows_what_is_wanted(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in workspace.environment.items():
        monkeypatch.setenv(name, value)
    assert main(["commentary", "2020-09"]) == 1
    assert "make draft MONTH=2020-09" in capsys.readouterr().err
