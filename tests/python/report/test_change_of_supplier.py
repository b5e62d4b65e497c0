"""Changes of supplier in the document: what is printed of them, and what is said of their history.

Belongs here: the section of one outcome. Does not belong here: how a change is judged.
"""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from orchestration.report.builder import build_document
from orchestration.report.document import Document, Table
from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts
from tests.python.report.findings import errors

MONTH = date(2020, 9, 1)
ALL = ("All", "All", "All")
NORTH = ("SMETS2+", "North", "All")
# Measure, scope, (generation, region, device type), numerator, denominator, value, words.
FIGURES = (
    ("COS1", "All", ALL, 8, 10, 80.0, "80.00"),
    ("COS1", "All", ("SMETS2+", "All", "All"), 8, 10, 80.0, "80.00"),
    ("COS1", "All", NORTH, 8, 10, 80.0, "80.00"),
    ("COS1", "All", ("SMETS1", "All", "All"), None, None, None, "No Events"),
    ("COS1", "All", ("All", "All", "ESME"), 8, 10, 80.0, "80.00"),
    ("COS1-WHY", "All", ALL, 2, None, 2, "2"),
    ("COS1-WHY", "E4", ALL, 1, None, 1, "1"),
    ("COS1-WHY", "Z9", ALL, 1, None, 1, "1"),
    ("COS1-WHY-USER", "All", ALL, 1, None, 1, "1"),
    ("COS1-WHY-USER", "E4", ALL, 1, None, 1, "1"),
    ("COS1-AGE", "All", ALL, 2, None, 2, "2"),
    ("COS1-AGE", "Under 7 days", ALL, 2, None, 2, "2"),
    ("COS1-AGE", "7 to 30 days", ALL, 0, None, 0, "0"),
    ("COS1-AGE", "Over 30 days", ALL, None, None, None, "Not Reported"),
    ("COS1-RETRY", "Under 7 days", ALL, 3, None, 3, "3"),
)


@pytest.fixture
def changing(warehouse: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A month with ten changes of supplier, two of which failed."""
    for measure, scope, (smets, region, device_type), part, whole, value, words in FIGURES:
        unit = "percent" if measure == "COS1" else "count"
        warehouse.execute(
            "insert into marts.pmr_measures (reporting_month, measure_id, scope, business_process, "
            "srv, smets, region, device_type, measure_name, kind, numerator, denominator, value, "
            "value_text, unit, direction) values "
            "(?, ?, ?, 'Change of Supplier (Gain)', 'All', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'higher')",
            [MONTH, measure, scope, smets, region, device_type, measure,
             "M" if measure == "COS1" else "I", part, whole, value, words, unit],
        )  # fmt: skip
    for measure in dict.fromkeys(figure[0] for figure in FIGURES):
        warehouse.execute(
            "insert into seeds.measures (measure_id, measure_name, kind, unit, methodology) "
            "values (?, ?, 'I', ?, 'As it is.')",
            [measure, measure, "percent" if measure == "COS1" else "count"],
        )
    warehouse.execute(
        "insert into marts.change_of_supplier values "
        "(?, '2020-09-07', 'All', 'All', 'All', 'All', 4, 4, 1, 0, 0, 100), "
        "(?, '2020-09-08', 'All', 'All', 'All', 'All', 6, 4, 0, 2, 1, 66.66666)",
        [MONTH, MONTH],
    )
    warehouse.execute(
        "insert into marts.change_of_supplier_open values "
        "(?, 'Under 7 days', 'All', 'All', 2, 4, 3, 2, '2020-09-01')",
        [MONTH],
    )
    return warehouse


def table(document: Document, name: str) -> Table:
    return next(found for found in document.tables() if found.id == name)


def rows(document: Document, name: str) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in table(document, name).lines]


def test_cos1_is_printed_by_region_and_device_type(
    changing: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    marts = Marts(changing, MONTH)
    document = build_document(marts, final_issue)
    assert rows(document, "cos_region") == [
        ["All", "10", "8", "—", "80.00%", "None agreed", "—", "—"],
        ["SMETS1", "0", "0", "—", "No Events", "None agreed", "—", "—"],
        ["SMETS2+", "10", "8", "—", "80.00%", "None agreed", "—", "—"],
        ["North", "10", "8", "—", "80.00%", "None agreed", "—", "—"],
    ]
    assert rows(document, "cos_devices")[0][:4] == ["ESME", "All", "10", "8"]
    assert errors(document, marts) == set()


def test_failures_of_the_user_stand_apart_and_an_unknown_code_is_told(
    changing: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    document = build_document(Marts(changing, MONTH), final_issue)
    assert rows(document, "cos_codes") == [
        ["Z9", "Not in the list of response codes", "", "1"],
        ["E4", "Invalid User or User Role for the Device", "The User", "1"],
        ["All codes", "", "", "2"],
    ]


def test_a_band_that_history_does_not_reach_says_so(
    changing: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    document = build_document(Marts(changing, MONTH), final_issue)
    assert rows(document, "cos_waiting") == [
        ["Under 7 days", "2", "4", "2.00", "3"],
        ["7 to 30 days", "0", "—", "—", "—"],
        ["Over 30 days", "Not Reported", "—", "—", "—"],
    ]
    assert any("1 Sep 2020" in note for note in table(document, "cos_waiting").notes)


def test_the_share_of_a_day_is_drawn_with_its_volume(
    changing: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    document = build_document(Marts(changing, MONTH), final_issue)
    figure = next(one for one in document.figures() if one.id == "figure-cos-days")
    assert "lowest on 8 Sep 2020, 66.67%" in figure.alt
