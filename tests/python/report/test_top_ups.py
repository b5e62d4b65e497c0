"""Top-ups and payment modes in the document: what is printed, and when reasons are given."""

from __future__ import annotations

from datetime import date

import duckdb

from orchestration.report.builder import build_document
from orchestration.report.document import Document, Paragraph, Section, Table
from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts
from tests.python.report.findings import errors

MONTH = date(2020, 9, 1)
ID = "process-pre-payment-top-ups"


def table(document: Document, name: str) -> Table:
    return next(found for found in document.tables() if found.id == name)


def rows(document: Document, name: str) -> dict[str, list[str]]:
    return {
        line.cells[0].text: [cell.text for cell in line.cells[1:]]
        for line in table(document, name).lines
    }


def section(document: Document) -> Section:
    return next(found for found in document.walk() if found.id == ID)


def sentences(document: Document) -> str:
    return "\n".join(
        block.text for block in section(document).blocks if isinstance(block, Paragraph)
    )


def built(connection: duckdb.DuckDBPyConnection, issue: IssueInfo) -> Document:
    return build_document(Marts(connection, MONTH), issue)


def test_pp1_is_printed_by_region_and_device_type(document: Document) -> None:
    found = rows(document, "top_ups_region")
    assert list(found) == ["All", "SMETS1", "SMETS2+", "North", "Central", "South"]
    assert found["North"] == ["24,000", "23,520", "—", "98.00%", "None agreed", "—", "—"]
    assert found["South"] == ["0", "0", "—", "No Events", "None agreed", "—", "—"]
    kinds = [
        [cell.text for cell in line.cells[:3]] for line in table(document, "top_ups_type").lines
    ]
    assert ["GSME", "Central", "9,000"] in kinds
    assert ["GSME", "North", "0"] not in kinds


def test_pp1_vol_and_local_stand_beside_each_other(document: Document) -> None:
    found = rows(document, "top_ups_volume")
    assert found["Central"] == ["37,200", "2,800", "10,400", "2,200"]
    assert found["South"] == ["0", "0", "0", "0"]
    assert found["All"] == ["148,990", "6,010", "39,400", "6,500"]


def test_pp1_try_shows_attempts_before_success(document: Document) -> None:
    found = rows(document, "top_ups_attempts")
    assert found["North"] == ["23,600", "23,100", "97.88%", "23,400", "99.15%", "80", "0.34%"]
    assert "South" not in found


def test_reasons_are_given_where_more_than_five_in_a_hundred_failed(document: Document) -> None:
    listed = table(document, "top_ups_reasons")
    assert [column.header for column in listed.columns] == ["Code", "Meaning", "Central"]
    found = rows(document, "top_ups_reasons")
    assert list(found) == ["E20", "E21", "I0", "Z9", "All codes"]
    assert found["I0"] == ["Success, but no response was received", "300"]
    assert found["Z9"] == ["Not in the list of response codes", "100"]
    assert found["All codes"] == ["", "2,800"]


def test_exactly_five_in_a_hundred_want_no_reason(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute(
        "update marts.pmr_measures set value = 95 where measure_id = 'PP1' and region = 'Central'"
    )
    document = built(warehouse, final_issue)
    assert not any(found.id == "top_ups_reasons" for found in document.tables())
    assert "In no region more than five in a hundred top-ups failed." in sentences(document)


def test_pp2_is_printed_by_region_srv_and_device_type(document: Document) -> None:
    assert rows(document, "payment_modes_region")["Central"][:4] == [
        "1,200", "1,100", "—", "91.67%",
    ]  # fmt: skip
    found = rows(document, "payment_modes_srv")
    assert found["1.6"] == [
        "Update Payment Mode", "1,200", "1,188", "99.00%", "None agreed", "—", "—",
    ]  # fmt: skip
    assert rows(document, "payment_modes_type")


def test_missing_history_is_said(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo, document: Document
) -> None:
    assert "last day before the month" not in sentences(document)
    warehouse.execute("update marts.top_ups set has_look_back = false")
    assert "last day before the month are not held" in sentences(built(warehouse, final_issue))


def test_a_month_without_any_says_so_and_shows_its_measures(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute(
        "delete from marts.pmr_measures where measure_id like 'PP%'; "
        "delete from marts.top_ups; delete from marts.top_up_failures"
    )
    document = built(warehouse, final_issue)
    assert sentences(document) == "Of top-ups nothing is told this month."
    assert "measures_shown_are_registered" not in errors(document, Marts(warehouse, MONTH))


def test_the_figures_agree_with_each_other(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    assert errors(built(warehouse, final_issue), Marts(warehouse, MONTH)) == set()
    warehouse.execute(
        "update marts.pmr_measures set value = 12 "
        "where measure_id = 'PP1' and region = 'North' and device_type = 'All'"
    )
    assert errors(built(warehouse, final_issue), Marts(warehouse, MONTH)) != set()
