"""Installs in the document: what is printed, drawn, and said where there is nothing.

Belongs here: the section of installs. Does not belong here: the figures of a process's requests.
"""

from __future__ import annotations

from datetime import date

import duckdb

from orchestration.report.builder import build_document
from orchestration.report.document import Document, Paragraph, Section
from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts

MONTH = date(2020, 9, 1)


def rows(document: Document, name: str) -> list[list[str]]:
    table = next(found for found in document.tables() if found.id == name)
    return [[cell.text for cell in line.cells] for line in table.lines]


def section(document: Document) -> Section:
    return next(found for found in document.walk() if found.id == "installs")


def test_installs_stand_in_the_part_of_their_process(document: Document) -> None:
    process = next(
        found for found in document.walk() if found.id == "process-install-and-commission"
    )
    assert process.children[0].title == "Installs"


def test_totals_are_printed_by_device_type_and_region(document: Document) -> None:
    found = rows(document, "installs_by_type")
    assert [line[:2] for line in found[:5]] == [
        ["All", "All"],
        ["All", "North"],
        ["All", "Central"],
        ["All", "South"],
        ["Communications Hub", "All"],
    ]
    assert len(found) == 16


def test_actual_against_predicted_shows_both_counts(document: Document) -> None:
    by_cell = {(line[0], line[1]): line for line in rows(document, "installs_by_type")}
    attempted, predicted, against = by_cell["Gas meter", "South"][4:]
    assert against == f"{100 * int(attempted) / int(predicted):.2f}%"


def test_outcomes_of_hubs_are_printed_by_region(document: Document) -> None:
    assert rows(document, "install_outcomes") == [
        ["All", "2,750", "43", "15", "255", "52", "45"],
        ["North", "900", "31", "4", "140", "31", "22"],
        ["Central", "1,040", "12", "6", "60", "12", "15"],
        ["South", "810", "No Events", "5", "55", "9", "8"],
    ]


def test_days_are_drawn_by_region_and_against_the_prediction(document: Document) -> None:
    found = {figure.id: figure for figure in document.figures()}
    assert "North: most succeeded on" in found["figure-installs-daily"].alt
    assert "South: most succeeded on" in found["figure-installs-daily"].alt
    predicted = found["figure-installs-predicted"]
    assert list(dict.fromkeys(line.cells[0].text for line in predicted.data.lines)) == [
        "All regions", "North", "Central", "South",
    ]  # fmt: skip
    first = predicted.data.lines[0]
    assert first.cells[-1].text == "\N{EM DASH}"


def test_o7_no_history_at_all_is_said_in_words(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute(
        "update marts.pmr_measures set value = null, value_text = 'Not Reported', "
        "numerator = null, denominator = null where measure_id = 'IC-PRED'"
    )
    document = build_document(Marts(warehouse, MONTH), final_issue)
    assert {line[-1] for line in rows(document, "installs_by_type")} == {"Not Reported"}


def test_a_month_without_installs_says_so(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute("delete from marts.install_daily")
    found = section(build_document(Marts(warehouse, MONTH), final_issue))
    said = [block.text for block in found.blocks if isinstance(block, Paragraph)]
    assert "No install was attempted in the month, and none was to be expected." in said


def test_without_a_measure_of_installs_there_is_no_section(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute("delete from marts.pmr_measures where measure_id like 'IC-%'")
    document = build_document(Marts(warehouse, MONTH), final_issue)
    assert not any(found.id == "installs" for found in document.walk())
