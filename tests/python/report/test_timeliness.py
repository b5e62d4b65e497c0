"""What the report says of due days, of commentary with its context, and of flags that differ."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from orchestration.report.builder import build_document
from orchestration.report.document import Document, Paragraph, Section, Table
from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts

MONTH = date(2020, 9, 1)


def built(warehouse: duckdb.DuckDBPyConnection, issue: IssueInfo) -> Document:
    return build_document(Marts(warehouse, MONTH), issue)


def section(document: Document, section_id: str) -> Section:
    return next(one for one in document.walk() if one.id == section_id)


def said(part: Section) -> list[str]:
    return [block.text for block in part.blocks if isinstance(block, Paragraph)]


def rows(document: Document, table_id: str) -> list[list[str]]:
    table = next(
        block for _, block in document.blocks() if isinstance(block, Table) and block.id == table_id
    )
    return [[cell.text for cell in line.cells] for line in table.lines]


def test_the_appendix_says_when_the_report_was_due_and_what_came_in_time(
    document: Document,
) -> None:
    sentences = said(section(document, "feed-timeliness"))
    assert sentences[1] == "Report: due on 14 Oct 2020, Working Day 10 after the month."
    assert sentences[2] == "Of the extracts that were due, on time: 92.50%; late: 2; missing: 1."


def test_incidents_stand_as_context_beside_commentary_that_is_wanted(document: Document) -> None:
    [sentence] = [
        one
        for one in said(section(document, "code-performance-cpm2"))
        if one.startswith("Major Incidents that touched it")
    ]
    assert "INC000000629108 (Category 1, Maintenance that overran)." in sentence


def test_how_much_commentary_is_wanted_and_there_is_said(document: Document) -> None:
    assert "Measures that want commentary: 4; with all that is wanted: 75.00%." in said(
        section(document, "data-quality")
    )


def test_i1_every_flag_that_differs_is_listed_with_both_answers(document: Document) -> None:
    assert rows(document, "incident_disagreements") == [
        ["INC000000629108", "1", "Closed", "Yes", "1.33", "Yes", "No"]
    ]


def test_i1_no_flag_that_differs_is_said(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute("delete from marts.incident_sla_disagreements")
    sentences = said(section(built(warehouse, final_issue), "incident-resolution"))
    assert any(one.startswith("The source agrees for every Incident") for one in sentences)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("restored_or_resolved", "the earlier of restored and resolved"),
        ("resolved", "From raised to resolved,"),
    ],
)
def test_i1_the_report_says_which_end_counts(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo, setting: str, words: str
) -> None:
    warehouse.execute("update marts.incident_resolution set clock_end = ?", [setting])
    document = built(warehouse, final_issue)
    [table] = [
        block
        for _, block in document.blocks()
        if isinstance(block, Table) and block.id == "incident_resolution_hours"
    ]
    assert words in table.notes[0]


def test_i7_major_incidents_stand_against_what_is_accepted(document: Document) -> None:
    assert [line[1:] for line in rows(document, "major_incident_limits")] == [
        ["\N{EM DASH}", "3", "1", "Below Target"],
        ["\N{EM DASH}", "3", "1", "Below Target"],
    ]


def test_cpm5_c_the_share_within_the_initial_response_target_is_shown(document: Document) -> None:
    [category_3] = [one for one in rows(document, "incident_resolution") if one[0] == "Category 3"]
    assert category_3[6] == "97.25%"
