"""No file of an issue outside `restricted/` tells who a party is, or names a device or request.

Belongs here: issues as they are made, packs, and the proof that a leak is noticed. Does not belong
here: what a pseudonym is made of.
"""

from __future__ import annotations

import csv
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest

from orchestration.simulation.traffic import tables
from tests.python.anonymity.leaks import found_in, texts
from tests.python.workspace import Workspace

pytestmark = pytest.mark.slow

IDS = {
    "user_id": "raw_dsp.service_requests",
    "device_id": "raw_dsp.devices",
    "comms_hub_id": "raw_dsp.devices",
    "request_id": "raw_dsp.service_requests",
}
# How ids look in the bundled month: EUI-64, and what requests are numbered with.
WORDS = re.compile(r"[0-9A-F:]{16,}", re.IGNORECASE)


@pytest.fixture(scope="module")
def issue(september: Workspace) -> Path:
    """The final issue of September."""
    return september.settings.exports_dir / "2020-09" / "v1.0"


Said = list[tuple[str, str]]


@pytest.fixture(scope="module")
def said(issue: Path) -> Said:
    """Everything that it says, read once: pages of a PDF take long."""
    return list(texts(issue))


@pytest.fixture(scope="module")
def parties(september: Workspace) -> list[dict[str, str]]:
    """Every party of the month, from its extract: id and name."""
    with duckdb.connect(str(september.settings.database), read_only=True) as connection:
        rows = connection.execute(
            "select user_id, name from raw_dcc.parties where _file_date = '2020-09-01' "
            "union select user_id, user_id from raw_dsp.service_requests"
        ).fetchall()
    found = [{"user_id": str(user), "name": str(name)} for user, name in rows]
    assert {party.name for party in tables.parties()} <= {one["name"] for one in found}
    return found


def names(parties: list[dict[str, str]]) -> set[str]:
    return {value for party in parties for value in party.values()}


def test_p1_no_party_is_named(said: Said, parties: list[dict[str, str]]) -> None:
    assert found_in(said, names(parties)) == []
    kinds = {Path(name).suffix for name, _ in said}
    assert {".html", ".pdf", ".parquet", ".csv", ".json", ".xml"} <= kinds, "each was looked into"


def test_p1_every_draft_is_as_silent(september: Workspace, parties: list[dict[str, str]]) -> None:
    draft = september.settings.exports_dir / "2020-08" / "v0.1-draft"
    assert found_in(texts(draft), names(parties)) == []


BY_PARTY = {"league_table", "install_by_party", "change_of_supplier_by_party"}


def test_p2_no_other_mart_carries_parties(september: Workspace, said: Said) -> None:
    with duckdb.connect(str(september.settings.database), read_only=True) as connection:
        rows = connection.execute(
            "select pseudonym from raw_register.pseudonyms where reporting_month = '2020-09-01'"
        ).fetchall()
    called = {str(one) for (one,) in rows}
    assert called
    data = [(name, text) for name, text in said if name.startswith("data/")]
    assert {Path(name).stem for name, _ in found_in(data, called)} == BY_PARTY
    assert not found_in((one for one in said if one[0] == "manifest.json"), called)


@pytest.mark.parametrize("column", IDS)
def test_no_id_of_a_device_or_request_stands_in_an_issue(
    september: Workspace, said: Said, column: str
) -> None:
    with duckdb.connect(str(september.settings.database), read_only=True) as connection:
        rows = connection.execute(f"select distinct {column} from {IDS[column]}").fetchall()
    ids = {str(value).casefold() for (value,) in rows}
    assert ids
    assert all(WORDS.fullmatch(one) for one in ids), "the pattern finds every id"
    for name, text in said:
        assert ids.isdisjoint(word.casefold() for word in WORDS.findall(text)), name


LEAKS = ("report.html", "data/league_table.csv", "manifest.json", "tables.xlsx", "data/x.parquet")


@pytest.mark.parametrize("name", LEAKS)
def test_a_leak_is_noticed(
    issue: Path, parties: list[dict[str, str]], tmp_path: Path, name: str
) -> None:
    party = parties[0]["user_id"]
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    if (issue / name).exists():
        shutil.copyfile(issue / name, path)
    if name.endswith(".xlsx"):
        book = openpyxl.load_workbook(path)
        book[book.sheetnames[-1]]["A9"] = f"of {party}"
        book.save(path)
    elif name.endswith(".parquet"):
        with duckdb.connect() as connection:
            connection.execute(f"copy (select '{party}' as x) to '{path}' (format parquet)")
    else:
        path.write_text(path.read_text(encoding="utf-8") + party.lower(), encoding="utf-8")
    assert {leak for _, leak in found_in(texts(tmp_path), names(parties))} == {party}


def test_a_leak_on_a_page_of_the_pdf_is_noticed(said: Said) -> None:
    pages = [(name, text) for name, text in said if name == "report.pdf"]
    assert found_in(pages, ["Top-ups that reached the device"])


# --- restricted/ ---------------------------------------------------------------------------------


def test_restricted_has_the_map_and_is_for_its_owner_alone(
    issue: Path, parties: list[dict[str, str]]
) -> None:
    folder = issue / "restricted"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with (folder / "pseudonyms.csv").open(encoding="utf-8", newline="") as stream:
        listed = {row["user_id"]: row for row in csv.DictReader(stream)}
    assert listed.keys() == {party["user_id"] for party in parties}
    league = (issue / "data" / "league_table.csv").read_text(encoding="utf-8")
    called = {row["pseudonym"] for row in listed.values()}
    assert any(one in league for one in called)
    assert "restricted" not in (issue / "manifest.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def room(september: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """September elsewhere: packs are put beside its issue."""
    target = tmp_path_factory.mktemp("packs") / "september"
    yield september.copy_to(target)
    shutil.rmtree(target)


def some_user(workspace: Workspace) -> tuple[str, str, str]:
    """Id, pseudonym and name of the User with most top-ups."""
    with duckdb.connect(str(workspace.settings.database), read_only=True) as connection:
        row = connection.execute(
            "select user_id, pseudonym, party_name from intermediate.int_parties__places "
            "inner join staging.stg_dcc__parties using (reporting_month, user_id) "
            "where reporting_month = '2020-09-01' and league = 'Top-ups' "
            "order by volume desc, user_id limit 1"
        ).fetchone()
    assert row is not None
    return str(row[0]), str(row[1]), str(row[2])


def test_p2_a_pack_is_made_beside_its_issue_and_changes_none(
    room: Workspace, parties: list[dict[str, str]]
) -> None:
    user, called, name = some_user(room)
    exports = room.settings.exports_dir / "2020-09"
    before = {path: path.read_bytes() for path in exports.rglob("*") if path.is_file()}
    made = room.pmr("pack", "2020-09", user)
    assert made.returncode == 0, made.stderr
    folder = exports / "restricted" / "v1.0" / called
    assert sorted(path.name for path in folder.iterdir()) == ["pack.html", "pack.xlsx"]
    assert stat.S_IMODE((exports / "restricted").stat().st_mode) == 0o700
    assert all(path.read_bytes() == kept for path, kept in before.items())
    html = (folder / "pack.html").read_text(encoding="utf-8")
    assert name in html
    assert called in html
    others = names(parties) - {user, name}
    assert not [other for other in others if other in html], "no other User is named"

    again = room.pmr("pack", "2020-09", user)
    assert again.returncode == 0
    assert "Already there" in again.stdout


def test_packs_that_cannot_be_made_say_why(room: Workspace) -> None:
    unknown = room.pmr("pack", "2020-09", "nobody")
    assert unknown.returncode == 1
    assert "No User with the id 'nobody'" in unknown.stderr
    assert "Traceback" not in unknown.stderr
    without_run = room.pmr("pack", "2020-11", "nobody")
    assert without_run.returncode == 1
    assert "make month MONTH=2020-11" in without_run.stderr
    no_month = room.pmr("pack", "2020-13", "nobody")
    assert no_month.returncode == 2
    nobody = room.pmr("pack", "2020-09", "")
    assert nobody.returncode == 2
    assert "USER=" in nobody.stderr


def test_a_pack_of_other_marts_than_the_issues_is_refused(room: Workspace) -> None:
    user, _, _ = some_user(room)
    with duckdb.connect(str(room.settings.database)) as connection:
        connection.execute(
            "update marts.league_table set volume = volume + 1 "
            "where reporting_month = '2020-09-01' and rank = 1"
        )
    refused = room.pmr("pack", "2020-09", user)
    assert refused.returncode == 1
    assert "no longer hold what v1.0 says" in refused.stderr
