"""Whole months, from extracts to an issue: what is made, what is refused, what a kill leaves."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.files import sha256_of
from orchestration.issuing import Issuer, issue_final
from orchestration.simulation.damage import exclude_for_unlisted_reason
from tests.python.workspace import Workspace

pytestmark = pytest.mark.slow


def manifest_of(workspace: Workspace, issue: str = "v1.0") -> dict[str, object]:
    path = workspace.settings.exports_dir / "2020-09" / issue / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def issues(workspace: Workspace, month: str = "2020-09") -> list[str]:
    folder = workspace.settings.exports_dir / month
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_september_is_issued(september: Workspace) -> None:
    folder = september.settings.exports_dir / "2020-09" / "v1.0"
    assert {path.name for path in folder.iterdir()} == {
        "report.html",
        "report.pdf",
        "tables.xlsx",
        "data",
        "manifest.json",
        "restricted",
    }
    assert {path.suffix for path in (folder / "data").iterdir()} == {".parquet", ".csv"}
    assert not list((folder / "data").glob("fct_*"))


def test_the_manifest_names_every_file_and_input(september: Workspace) -> None:
    folder = september.settings.exports_dir / "2020-09" / "v1.0"
    manifest = manifest_of(september)
    files = manifest["files"]
    assert isinstance(files, dict)
    on_disk = {
        str(path.relative_to(folder)): sha256_of(path)
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json" and path.parent.name != "restricted"
    }
    assert files == on_disk
    inputs = manifest["inputs"]
    assert isinstance(inputs, list)
    assert all(one["rows_read"] == one["rows_landed"] + one["rows_quarantined"] for one in inputs)
    assert manifest["last_input"] in {one["file"] for one in inputs}
    assert manifest["checks"]


def test_the_same_inputs_give_the_same_bytes(september: Workspace, tmp_path: Path) -> None:
    """Issued once more from the same marts, elsewhere and by another process: only times differ."""
    first = september.settings.exports_dir / "2020-09" / "v1.0"
    elsewhere = replace(september.settings, exports_dir=tmp_path / "exports")
    second = issue_final(elsewhere, date(2020, 9, 1), Issuer("somebody else")).folder
    files = {path.relative_to(first) for path in first.rglob("*") if path.is_file()}
    assert files == {path.relative_to(second) for path in second.rglob("*") if path.is_file()}
    differing = {
        str(name) for name in files if (first / name).read_bytes() != (second / name).read_bytes()
    }
    assert differing == {"manifest.json"}
    one, other = (
        json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        for folder in (first, second)
    )
    assert {name for name in one if one[name] != other[name]} <= {"issued_at", "issued_by"}


def test_comm_what_missed_its_target_wants_commentary(september: Workspace) -> None:
    """By hand from the measures of the month: none of them is of a business process."""
    with duckdb.connect(str(september.settings.readers_database), read_only=True) as marts:
        measures = marts.execute(
            "select measure_id, scope, value, target, direction, commentary_required, numerator "
            "from marts.pmr_measures where reporting_month = '2020-09-01' "
            "and (kind = 'M' or measure_id like 'COMM-%') and value is not null"
        ).fetchall()
    missed = {
        (measure, scope)
        for measure, scope, value, target, direction, *_ in measures
        if target is not None
        and (shown(value) > shown(target) if direction == "lower" else shown(value) < shown(target))
    }
    assert missed == {(measure, scope) for measure, scope, *_, wanted, _ in measures if wanted}
    counted = {measure: numerator for measure, *_, numerator in measures}
    assert counted["COMM-WANTED"] == len(missed)
    assert counted["COMM-SUPPLIED"] == len(missed), "a final has them all"


def shown(value: float) -> Decimal:
    """As it is printed (N1); no level of this month is so near to 0 or 100 that it is held off."""
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_a_draft_says_that_it_is_one(september: Workspace) -> None:
    assert issues(september, "2020-08") == ["v0.1-draft"]
    html = (september.settings.exports_dir / "2020-08" / "v0.1-draft" / "report.html").read_text(
        encoding="utf-8"
    )
    assert "dsms/incidents" in html, "the draft names the feeds that it lacks"


def test_a_second_run_changes_nothing_and_blocks_no_reader(
    september: Workspace, tmp_path: Path
) -> None:
    again = september.copy_to(tmp_path / "again")
    before = manifest_of(again)
    count = "select count(*) from marts.pmr_measures"
    with duckdb.connect(str(again.settings.readers_database), read_only=True) as reader:
        figures = reader.execute(count).fetchone()
        outcome = again.pmr("month", "2020-09")
        assert reader.execute(count).fetchone() == figures
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert "Nothing changed since 2020-09 v1.0" in outcome.stdout
    assert issues(again) == ["v1.0"]
    assert manifest_of(again) == before


def test_a_blocking_check_leaves_no_issue_behind(workspace: Workspace) -> None:
    assert workspace.pmr("examples").returncode == 0
    exclude_for_unlisted_reason(workspace.settings.landing_dir)
    outcome = workspace.pmr("month", "2020-09")
    assert outcome.returncode == 1
    assert "No final issue of 2020-09 was made" in outcome.stderr
    assert "exclusion_reason" in outcome.stderr
    assert issues(workspace) == []
    assert not workspace.settings.readers_database.exists()

    # Exporting alone, in a run of its own, is refused as well.
    alone = workspace.dagster_materialize("report/pmr_export", "2020-09-01")
    assert alone.returncode != 0
    assert issues(workspace) == []

    draft = workspace.pmr("draft", "2020-09")
    assert draft.returncode == 0, draft.stdout + draft.stderr
    assert issues(workspace) == ["v0.1-draft"]


# The condition itself trips in `checks/test_gate.py`, and the gate above.
@pytest.mark.thorough
def test_missing_commentary_keeps_the_final_back(workspace: Workspace) -> None:
    assert workspace.pmr("examples").returncode == 0
    shutil.rmtree(workspace.settings.landing_dir / "dcc" / "commentary")
    outcome = workspace.pmr("month", "2020-09")
    assert outcome.returncode == 1
    assert "wanted_commentary_is_supplied" in outcome.stderr
    assert "CPM2 (reason)" in outcome.stderr
    assert "CPM1 (reason and mitigation)" in outcome.stderr
    assert issues(workspace) == []


MOMENTS: dict[str, Callable[[str], bool]] = {
    "landing": lambda line: "service_levels_2020-09_DSP" in line,
    "dbt": lambda line: "model marts.fct_incidents" in line and "START" in line,
    "export": lambda line: "rendering HTML" in line,
}


def test_killed_runs_are_completed_by_the_next(september: Workspace, workspace: Workspace) -> None:
    """Each run goes on from what the one before left, and is killed a step later."""
    assert workspace.pmr("examples").returncode == 0
    for moment, is_time in MOMENTS.items():
        workspace.pmr_killed(is_time, "month", "2020-09")
        assert not [name for name in issues(workspace) if not name.startswith(".")], moment

    outcome = workspace.pmr("month", "2020-09")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert issues(workspace) == ["v1.0"], "nothing else is left behind"
    assert manifest_of(workspace)["marts"] == manifest_of(september)["marts"]
    assert manifest_of(workspace)["inputs"] == manifest_of(september)["inputs"]
    data = {
        name: digest for name, digest in files_of(september).items() if name.startswith("data/")
    }
    assert {n: d for n, d in files_of(workspace).items() if n.startswith("data/")} == data


def files_of(workspace: Workspace) -> dict[str, str]:
    files = manifest_of(workspace)["files"]
    assert isinstance(files, dict)
    return {str(name): str(digest) for name, digest in files.items()}
