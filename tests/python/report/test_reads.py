"""Parts of processes: meter reads (B1), missed target times of installations (IC1), iterations."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from orchestration.checks.consistency import run_all
from orchestration.report.builder import build_document
from orchestration.report.document import Document, Paragraph, Section, Table
from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts
from orchestration.report.printed import printed_figures

MONTH = date(2020, 9, 1)


def section(document: Document, name: str) -> Section:
    return next(found for found in document.walk() if found.id == name)


def rows(document: Document, name: str) -> dict[str, list[str]]:
    table = next(block for _, block in document.blocks()
                 if isinstance(block, Table) and block.id == name)  # fmt: skip
    return {line.cells[0].text: [cell.text for cell in line.cells[1:]] for line in table.lines}


def words(document: Document, name: str) -> str:
    blocks = section(document, name).blocks
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph))


def build(warehouse: duckdb.DuckDBPyConnection, issue: IssueInfo) -> Document:
    return build_document(Marts(warehouse, MONTH), issue)


def test_b1_is_printed_by_region_and_srv_with_its_limits(document: Document) -> None:
    counts, judged = ["2,000", "50"], ["2.50%", "None agreed", "\N{EM DASH}", "\N{EM DASH}"]
    by_region = rows(document, "meter_reads_by_region")
    assert list(by_region) == ["All", "SMETS2+", "South"]
    assert by_region["South"] == [*counts, "\N{EM DASH}", *judged]
    assert rows(document, "meter_reads_by_srv") == {
        "All": [*counts, *judged],
        "4.8.1": [*counts, *judged],
    }
    assert "Returned a failure or nothing: 2.50%. No target is agreed." in words(
        document, "meter-reads"
    )


def test_b1_silent_devices_and_scheduled_reads_stand_apart(document: Document) -> None:
    assert rows(document, "meter_reads_apart")["South"] == ["1,200", "1,180", "98.33%", "7"]
    assert "the extracts of 31 have landed; a device that answered" in words(
        document, "meter-reads"
    )


def test_ic1_is_of_smets2_alone(document: Document) -> None:
    assert list(rows(document, "install_times")) == ["SMETS2+", "South"]
    assert rows(document, "install_times")["South"][:3] == ["400", "5", "1.25%"]
    assert "Missed their Target Response Time: 1.25%" in words(document, "install-times")


def test_bp_iter_has_a_row_for_each_process_that_has_a_figure(document: Document) -> None:
    assert list(rows(document, "process_iterations")) == ["Meter Reads"]


@pytest.mark.parametrize(
    ("measure", "part", "table"),
    [("B1", "meter-reads", "meter_reads_by_region"), ("IC1", "install-times", "install_times")],
)
def test_an_agreed_target_shows_with_its_status(
    warehouse: duckdb.DuckDBPyConnection,
    final_issue: IssueInfo,
    measure: str,
    part: str,
    table: str,
) -> None:
    warehouse.execute(
        "update marts.pmr_measures set target = 1, minimum = 2, status = case measure_id "
        "when 'B1' then 'Below Minimum' else 'Below Target' end "
        "where measure_id = ? and srv = 'All'",
        [measure],
    )
    document = build(warehouse, final_issue)
    status = "Below Minimum" if measure == "B1" else "Below Target"
    assert rows(document, table)["South"][-3:] == ["1.00%", "2.00%", status]
    assert f", {status}." in words(document, part)
    found = {one.check for one in run_all(printed_figures(document))}
    assert found.isdisjoint({"status_agrees_with_level", "summary_agrees_with_tables"})


def test_a_month_without_reads_has_no_such_part(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute("delete from marts.meter_reads")
    warehouse.execute("delete from marts.pmr_measures where measure_id = 'IC1'")
    ids = {part.id for part in build(warehouse, final_issue).walk()}
    assert ids.isdisjoint({"meter-reads", "install-times"})


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (
            "update marts.pmr_measures set numerator = numerator + 40 where measure_id = 'B1' "
            "and srv = 'All' and region = 'South'",
            "levels_agree_with_inputs",
        ),
        (
            "update marts.pmr_measures set denominator = denominator + 1 where measure_id = 'B1' "
            "and srv = '4.8.1'",
            "totals_add_up",
        ),
        (
            "update marts.pmr_measures set target = 5, status = 'Below Target' "
            "where measure_id = 'IC1' and region = 'South'",
            "status_agrees_with_level",
        ),
        (
            "update marts.meter_reads set silent_device_requests = 8 "
            "where srv = 'All' and region = 'South'",
            "totals_add_up",
        ),
        (
            "update marts.pmr_measures set value_text = 'No Events', value = null "
            "where measure_id = 'B1' and region = 'South'",
            "no_events_only_where_nothing_happened",
        ),
    ],
)
def test_a_wrong_figure_is_found_in_what_is_printed(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo, change: str, check: str
) -> None:
    warehouse.execute(change)
    found = run_all(printed_figures(build(warehouse, final_issue)))
    assert check in {one.check for one in found if one.severity == "error"}
