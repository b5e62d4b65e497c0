"""Firmware in the document: what is printed, drawn, and said where there is nothing."""

from __future__ import annotations

from datetime import date

import duckdb

from orchestration.report.builder import build_document
from orchestration.report.document import Document, Figure, Paragraph, Section
from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts
from tests.python.report.findings import errors

MONTH = date(2020, 9, 1)
NONE_AGREED = ["None agreed", "—", "—"]


def rows(document: Document, name: str) -> list[list[str]]:
    table = next(found for found in document.tables() if found.id == name)
    return [[cell.text for cell in line.cells] for line in table.lines]


def section(document: Document) -> Section:
    return next(found for found in document.walk() if found.id == "firmware")


def figures(document: Document) -> list[Figure]:
    return [block for block in section(document).blocks if isinstance(block, Figure)]


def sentences(document: Document) -> str:
    return "\n".join(
        block.text for block in section(document).blocks if isinstance(block, Paragraph)
    )


def built(connection: duckdb.DuckDBPyConnection, issue: IssueInfo) -> Document:
    return build_document(Marts(connection, MONTH), issue)


def test_firmware_stands_in_the_part_of_its_process(document: Document) -> None:
    process = next(
        found for found in document.walk() if found.id == "process-update-device-firmware"
    )
    assert process.children[0].title == "Firmware"


def test_df1_is_printed_by_region_and_device_type(document: Document) -> None:
    found = {line[0]: line[1:] for line in rows(document, "firmware_region")}
    assert list(found) == ["All", "SMETS1", "SMETS2+", "North", "Central", "South"]
    assert found["North"] == ["5,000", "4,840", "3,000", "—", "96.80%", *NONE_AGREED]
    assert found["South"] == ["0", "0", "0", "—", "No Events", *NONE_AGREED]
    by_type = {(line[0], line[1]): line[2:6] for line in rows(document, "firmware_type")}
    assert by_type["GSME", "North"] == ["1,000", "960", "600", "96.00%"]
    assert ("GSME", "Central") not in by_type


def test_the_funnel_has_a_panel_for_each_region_with_images(document: Document) -> None:
    [figure] = figures(document)
    lines = {line.cells[0].text: [c.text for c in line.cells[1:]] for line in figure.data.lines}
    assert list(lines) == ["All", "SMETS1", "North", "Central"]
    assert lines["North"] == ["5,000", "4,840", "3,000", "2,600"]
    assert "North: requested 5,000, acknowledged 4,840" in figure.alt


def test_a_region_of_which_a_step_is_awaited_has_no_panel(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute(
        "update marts.pmr_measures set value = null, value_text = 'Not Reported', "
        "numerator = null where measure_id = 'DF1-HANS' and region = 'North'"
    )
    document = built(warehouse, final_issue)
    [figure] = figures(document)
    assert [line.cells[0].text for line in figure.data.lines] == ["All", "SMETS1", "Central"]
    found = {line[0]: line[3] for line in rows(document, "firmware_region")}
    assert found["North"] == "Not Reported"


def test_df2_tells_what_became_of_acknowledged_images(document: Document) -> None:
    found = {line[0]: line[1:] for line in rows(document, "firmware_outcomes")}
    assert found["North"] == [
        "4,840", "2,600", "53.72%", "110", "2.27%", "1,240", "25.62%", "890", "18.39%",
    ]  # fmt: skip
    assert found["South"][0] == "0"


def test_df3_tells_of_activations(document: Document) -> None:
    found = {line[0]: line[1:] for line in rows(document, "firmware_activations")}
    assert found["Central"] == ["4,700", "4,690", "99.79%", "10", "0.21%"]


def test_chf_is_printed_by_region_and_by_version(document: Document) -> None:
    delivered = {line[0]: line[1:5] for line in rows(document, "hub_firmware_delivered")}
    activated = {line[0]: line[1:5] for line in rows(document, "hub_firmware_activated")}
    assert delivered["Central"] == ["800", "770", "—", "96.25%"]
    assert activated["Central"] == ["800", "740", "—", "92.50%"]
    assert delivered["South"] == ["0", "0", "—", "No Events"]
    assert rows(document, "hub_firmware_versions") == [
        ["4.22.1", "All", "1,900", "1,650", "86.84%", "1,590", "83.68%"],
        ["4.22.1", "North", "500", "310", "62.00%", "300", "60.00%"],
        ["4.22.1", "Central", "600", "580", "96.67%", "560", "93.33%"],
        ["4.23.1", "All", "200", "190", "95.00%", "180", "90.00%"],
        ["4.23.1", "Central", "200", "190", "95.00%", "180", "90.00%"],
    ]


def test_a_month_without_figures_of_firmware_has_no_section(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute(
        "delete from marts.pmr_measures where measure_id like 'DF%' and measure_id not like 'DEF%' "
        "or measure_id like 'CHF%'; delete from marts.hub_firmware"
    )
    document = built(warehouse, final_issue)
    assert not any(found.id == "firmware" for found in document.walk())


def test_hubs_are_told_of_without_images(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute("delete from marts.pmr_measures where measure_id similar to 'DF[123].*'")
    document = built(warehouse, final_issue)
    assert "that an 11.1 names: nothing is told this month." in sentences(document)
    assert figures(document) == []
    assert rows(document, "hub_firmware_delivered")


def test_the_figures_agree_with_each_other(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    assert errors(built(warehouse, final_issue), Marts(warehouse, MONTH)) == set()
    warehouse.execute(
        "update marts.pmr_measures set value = 12 where measure_id = 'CHF2' and region = 'North'"
    )
    assert errors(built(warehouse, final_issue), Marts(warehouse, MONTH)) != set()
