"""Users compared in the document: places, bars without names, what is shown by User and day.

Belongs here: leagues, charts by User, and the pack of one. Does not belong here: who has a place.
"""

from __future__ import annotations

import io
import json
from datetime import date

import duckdb
import openpyxl
import pytest

from orchestration.checks.consistency import run_all
from orchestration.report.builder import build_document
from orchestration.report.context import Context
from orchestration.report.document import Document, Paragraph
from orchestration.report.html import render_html
from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts
from orchestration.report.pack import Party, build_pack
from orchestration.report.printed import printed_figures, registered_measures
from orchestration.report.xlsx import render_xlsx

MONTH = date(2020, 9, 1)
OWN = Party("70B3D5-OWN", "BBBB-2222", "Calder <b>Utilities</b>")


def rows(document: Document, name: str) -> list[list[str]]:
    table = next(found for found in document.tables() if found.id == name)
    return [[cell.text for cell in line.cells] for line in table.lines]


def test_a_league_stands_in_its_process_others_last(document: Document) -> None:
    process = next(found for found in document.walk() if found.id == "process-pre-payment")
    section = process.children[-1]
    assert section.title == "Users compared"
    said = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    assert "All Users together: 96.12%. Users with a place: 3." in said[1]
    assert rows(document, "league_top_ups") == [
        ["1", "AAAA-2222", "5,000", "4,990", "99.80%"],
        ["2", "CCCC-2222", "100,000", "96,000", "96.00%"],
        ["3", "BBBB-2222", "49,990", "47,986", "95.99%"],
        ["—", "Others", "10", "10", "100.00%"],
    ]
    assert [line[0] for line in rows(document, "pre_payment_league")] == ["1", "2"]


def test_bars_bear_no_names_and_grow_from_what_all_come_to(document: Document) -> None:
    found = {figure.id: figure for figure in document.figures()}
    figure = found["figure-league-top-ups"]
    packed = json.dumps([figure.spec, figure.narrow_spec, figure.alt])
    assert "2222" not in packed
    assert "All Users 96.12%" in packed
    assert {value["base"] for value in figure.spec["data"]["values"]} == {96.12}  # type: ignore[index]


def test_an_agreed_minimum_is_where_bars_begin(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute("update marts.pmr_measures set minimum = 97 where measure_id = 'LEAGUE'")
    document = build_document(Marts(warehouse, MONTH), final_issue)
    figure = next(one for one in document.figures() if one.id == "figure-league-top-ups")
    packed = json.dumps(figure.spec)
    assert "Minimum 97.00%" in packed
    assert {value["base"] for value in figure.spec["data"]["values"]} == {97}  # type: ignore[index]


def test_a_league_nobody_has_a_place_in_is_not_there(document: Document) -> None:
    assert not any(table.id == "league_changes" for table in document.tables())
    assert {"LEAGUE", "LEAGUE-PARTIES"} <= document.shown_measures


def test_installs_are_drawn_by_user_those_with_most_first(document: Document) -> None:
    figure = next(one for one in document.figures() if one.id == "figure-installs-users")
    assert figure.data.lines[0].cells[0].text == "BBBB-2222"
    assert figure.data.lines[0].cells[-1].text == "\N{EM DASH}"
    assert figure.data.marts == ("install_by_party",)


@pytest.fixture
def changing(warehouse: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Two suppliers that changed customers, one of them with too few for a place."""
    warehouse.execute(
        "insert into marts.league_table values "
        "(?, 'Change of Supplier', 'CCCC-2222', 12, 75, 1, 9, 1)",
        [MONTH],
    )
    warehouse.execute(
        "insert into marts.change_of_supplier_by_party values "
        "(?, '2020-09-07', 'CCCC-2222', 4, 4, 100), (?, '2020-09-08', 'CCCC-2222', 8, 5, 62.5), "
        "(?, '2020-09-08', 'BBBB-2222', 2, 1, 50)",
        [MONTH] * 3,
    )
    warehouse.execute(
        "insert into marts.change_of_supplier values "
        "(?, '2020-09-07', 'All', 'All', 'All', 'All', 4, 4, 0, 0, 0, 100), "
        "(?, '2020-09-08', 'All', 'All', 'All', 'All', 10, 6, 0, 4, 0, 60)",
        [MONTH, MONTH],
    )
    for measure, scope, value, words in (
        ("COS1", "All", 71.43, "71.43"),
        ("COS1-DAY", "All", 71.43, "71.43"),
        ("COS1-WHY", "All", 4, "4"),
    ):
        warehouse.execute(
            "insert into marts.pmr_measures (reporting_month, measure_id, scope, business_process, "
            "srv, smets, region, device_type, measure_name, kind, value, value_text, unit, "
            "direction) values (?, ?, ?, 'All', 'All', 'All', 'All', 'All', ?, 'I', ?, ?, "
            "'percent', 'higher')",
            [MONTH, measure, scope, measure, value, words],
        )
    return warehouse


def test_changes_of_supplier_are_drawn_by_user_and_day(
    changing: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    document = build_document(Marts(changing, MONTH), final_issue)
    figure = next(one for one in document.figures() if one.id == "figure-cos-users")
    assert [[cell.text for cell in line.cells] for line in figure.data.lines] == [
        ["CCCC-2222", "7 Sep 2020", "4", "4", "100.00%"],
        ["CCCC-2222", "8 Sep 2020", "8", "5", "62.50%"],
    ]
    shades = [value["opacity"] for value in figure.spec["data"]["values"]]  # type: ignore[index]
    assert shades == [0.1, 1.0]
    assert "COS1-DAY" in document.shown_measures


def test_no_rule_of_consistency_finds_fault_with_a_league(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    marts = Marts(warehouse, MONTH)
    document = build_document(marts, final_issue)
    found = run_all(printed_figures(document, registered_measures=registered_measures(marts)))
    own = ("LEAGUE", "IC-PRED-PARTY", "COS1-DAY")
    assert [one for one in found if any(name in one.message for name in own)] == []


# --- the pack of one User ------------------------------------------------------------------------


@pytest.fixture
def pack(changing: duckdb.DuckDBPyConnection, final_issue: IssueInfo) -> Document:
    changing.execute("create schema intermediate")
    changing.execute(
        "create table intermediate.int_parties__places as "
        "select reporting_month, league, case pseudonym when 'BBBB-2222' then ? else pseudonym end "
        "as user_id, pseudonym, volume, succeeded, succeeded_pct, rank as league_rank "
        "from marts.league_table where pseudonym <> 'Others'",
        [OWN.user_id],
    )
    changing.execute(
        "insert into intermediate.int_parties__places values "
        "(?, 'Change of Supplier', ?, 'BBBB-2222', 2, 1, 50, null)",
        [MONTH, OWN.user_id],
    )
    return build_pack(Context(Marts(changing, MONTH), final_issue), OWN)


def test_p2_a_pack_has_the_own_figures_beside_those_of_all(pack: Document) -> None:
    assert rows(pack, "own_places") == [
        ["Installs that succeeded", "1", "2", "1,200", "1,150", "95.83%", "92.86%"],
        ["Changes of supplier that succeeded", "Among Others", "—", "2", "1", "50.00%", "—"],
        ["Top-ups that reached the device", "3", "3", "49,990", "47,986", "95.99%", "96.12%"],
    ]
    figures = {figure.id: figure for figure in pack.figures()}
    changes = figures["figure-own-changes"].data.lines
    assert [[cell.text for cell in line.cells] for line in changes] == [
        ["7 Sep 2020", "—", "—", "4", "100.00%"],
        ["8 Sep 2020", "2", "50.00%", "10", "60.00%"],
    ]
    assert {"figure-own-installs", "figure-all-installs"} <= figures.keys()
    assert pack.classification == "Confidential, for Calder <b>Utilities</b> alone"


def test_p1_a_pack_names_no_other_user(pack: Document) -> None:
    html = render_html(pack)
    assert "AAAA-2222" not in html
    assert "CCCC-2222" not in html
    assert "<b>Utilities" not in html
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(pack)))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("BBBB-2222" in cell or "own" in cell.lower() for cell in cells)
    assert not any("AAAA-2222" in cell for cell in cells)


def test_one_bar_of_a_pack_is_the_own_one(pack: Document) -> None:
    figure = next(one for one in pack.figures() if one.id == "figure-league-top-ups")
    colours = [value["colour"] for value in figure.spec["data"]["values"]]  # type: ignore[index]
    assert colours.index("var(--c-ink)") == 2
    assert colours.count("var(--c-ink)") == 1


def test_a_pack_of_a_user_that_sent_nothing_says_so(
    changing: duckdb.DuckDBPyConnection, final_issue: IssueInfo, pack: Document
) -> None:
    nobody = Party("70B3D5-NOBODY", "DDDD-2222", None)
    found = build_pack(Context(Marts(changing, MONTH), final_issue), nobody)
    said = " ".join(block.text for _, block in found.blocks() if isinstance(block, Paragraph))
    assert "It sent nothing in the month that a league counts." in said
    assert "It changed no supplier in the month." in said
    assert "70B3D5-NOBODY" in said
    assert pack != found
