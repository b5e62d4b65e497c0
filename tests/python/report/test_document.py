"""The document from the marts: what it says, how it is numbered, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import duckdb
import pytest

from orchestration.checks.consistency import run_all
from orchestration.checks.results import CheckResult
from orchestration.report.builder import build_document
from orchestration.report.document import (
    Commentary,
    Document,
    Paragraph,
    Record,
    Section,
    Span,
    SpanKind,
    Statement,
    Table,
    Working,
    numbered,
)
from orchestration.report.issue import FigureChange, IssueInfo, IssueStatus
from orchestration.report.marts import MartError, Marts
from orchestration.report.printed import printed_figures, registered_measures

MONTH = date(2020, 9, 1)


def table(document: Document, name: str) -> Table:
    return next(found for found in document.tables() if found.id == name)


def row(document: Document, name: str, first: str) -> list[str]:
    return next(
        [cell.text for cell in line.cells]
        for line in table(document, name).lines
        if line.cells[0].text == first
    )


def section(document: Document, name: str) -> Section:
    return next(found for found in document.walk() if found.id == name)


def words(document: Document, name: str) -> str:
    found: list[str] = []
    for part in section(document, name).walk():
        for block in part.blocks:
            if isinstance(block, Paragraph):
                found.append(block.text)
            found.extend(
                item.text for item in getattr(block, "items", ()) if isinstance(item, Paragraph)
            )
    return "\n".join(found)


def test_sections_that_exist_are_numbered_in_order(document: Document) -> None:
    assert [(part.number, part.id) for part in document.sections] == [
        ("1", "introduction"),
        ("2", "summary"),
        ("3", "processes"),
        ("4", "availability"),
        ("5", "alerts"),
        ("6", "incidents"),
        ("7", "operations"),
        ("8", "code-performance"),
        ("9", "service-providers"),
        ("10", "credits"),
        ("A", "restatements"),
        ("B", "data-quality"),
        ("C", "feed-timeliness"),
        ("D", "methodology"),
        ("E", "exception-definitions"),
        ("F", "glossary"),
    ]
    assert [found.number for found in document.tables()] == list(
        range(1, len(list(document.tables())) + 1)
    )


def test_published_levels_and_statuses_are_printed(document: Document) -> None:
    assert row(document, "code_performance", "CPM1")[2:] == [
        "95.32%", "95.10%", "99.00%", "96.00%", "Below Minimum",
    ]  # fmt: skip
    assert row(document, "code_performance", "CPM2")[2:] == [
        "99.89%", "99.81%", "99.90%", "96.00%", "Below Target",
    ]  # fmt: skip
    assert row(document, "code_performance", "CPM9")[3:] == ["No Events", "100.00%", "100.00%", "—"]


def test_totals_are_printed_as_the_marts_have_them(document: Document) -> None:
    assert row(document, "aged_service_user", "All months")[-1] == "24,159"
    assert row(document, "aged_provider_or_dcc", "All months")[-1] == "2,535"
    assert row(document, "incident_exclusions", "All")[-1] == "10,068"
    assert row(document, "service_credits", "CSPN in all")[4] == "£70,528.00"
    assert row(document, "service_credits", "DSP in all")[4] == "£3,014.75"


def test_a_total_that_no_mart_has_is_not_made_up(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute("delete from marts.pmr_measures where measure_id = 'INC-PMEL'")
    document = build_document(Marts(warehouse, MONTH), final_issue)
    assert not any(line.role == "total" for line in table(document, "incident_exclusions").lines)


def test_summary_says_what_missed_and_links_to_it(document: Document) -> None:
    said = words(document, "summary-code-performance")
    assert "CPM1 Below Minimum: 95.10% (target 99.00%, minimum 96.00%; previous 95.32%)" in said
    assert "CPM2 Below Target: 99.81%" in said
    assert "CPM3 at 99.46%" in said
    assert "See section 8.1." in said


def test_pm_12_2_shows_its_working_with_the_operands_in_place(document: Document) -> None:
    working = next(
        block
        for _, block in document.blocks()
        if isinstance(block, Working) and block.measure == "CSPN PM12.2"
    )
    assert working.expression == "100 × 6,864 ÷ ((6,929 − 50) × 0.25 + 50)"  # noqa: RUF001
    assert working.result == "387.85%"
    assert working.explanation is not None


def test_every_major_incident_is_a_record_with_its_times(document: Document) -> None:
    records = {
        block.title.partition(":")[0]: block
        for _, block in document.blocks()
        if isinstance(block, Record)
    }
    assert len(records) == 12
    fields = {field.key: field.cell.text for field in records["INC000000629108"].fields}
    assert fields["impacted_at"] == "11 Sep 2020 02:00"
    assert fields["impact_minutes"] == "1 h 42 min"
    assert fields["incident_minutes"] == "6 h 03 min"
    assert records["INC000000623269"].actions[0].owner == "DCO"


def test_commentary_stands_beside_its_measure_and_a_gap_is_shown(document: Document) -> None:
    said = {block.measure: block for _, block in document.blocks() if isinstance(block, Commentary)}
    assert said["CPM1"].mitigation is not None
    assert said["CPM2"].reason is None
    assert said["CPM2"].needs_reason
    assert said["CSPN PM6.2"] in section(document, "service-provider-cspn").blocks


def test_commentary_on_a_measure_without_a_place_is_not_lost(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute(
        "insert into marts.commentary values (?, 'PROB-OPEN', '2020-08', null, 'Why', null, 'DCC')",
        [MONTH],
    )
    document = build_document(Marts(warehouse, MONTH), final_issue)
    kept = section(document, "data-quality").blocks
    assert any(isinstance(block, Commentary) and block.reason == "Why" for block in kept)


def test_a_draft_says_what_it_lacks_and_a_reissue_what_changed(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    issue = IssueInfo(
        MONTH,
        "2.0",
        IssueStatus.DRAFT,
        reason="CSPN sent its levels again.",
        replaces="1.0",
        changes=(FigureChange("CPM1", "95.10%", "95.12%", "CSPN PM2"),),
        checks=(
            CheckResult(
                "totals", "consistency", "report", "error", passed=False, message="off by 1"
            ),
        ),
        missing_feeds=("dsms/problems",),
        missing_commentary=("CPM2",),
    )
    document = build_document(Marts(warehouse, MONTH), issue)
    assert [part.id for part in document.front] == ["draft-status", "changes-in-this-issue"]
    callout = document.front[0].blocks[0]
    said = repr(callout)
    for part in ("dsms/problems", "CPM2", "totals: off by 1"):
        assert part in said
    assert row(document, "changes", "CPM1") == ["CPM1", "95.10%", "95.12%", "CSPN PM2"]
    assert row(document, "failing_checks", "Totals")[2] == "Blocks a final"


def test_a_first_final_has_no_front_pages(document: Document) -> None:
    assert document.front == ()


def test_a_missing_column_is_named(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute("alter table marts.code_performance_measures drop column contributions")
    with pytest.raises(MartError, match=r"code_performance_measures has no column contributions"):
        build_document(Marts(warehouse, MONTH), final_issue)


def test_a_missing_mart_is_named(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute("drop table marts.problem_records")
    with pytest.raises(MartError, match=r"problem_records.*build it with dbt"):
        build_document(Marts(warehouse, MONTH), final_issue)


def test_another_month_is_refused(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    with pytest.raises(ValueError, match="the issue of 2020-09-01"):
        build_document(Marts(warehouse, date(2020, 8, 1)), final_issue)


def test_an_empty_month_still_makes_a_report(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    names = warehouse.execute(
        "select table_name from information_schema.tables where table_schema = 'marts'"
    ).fetchall()
    for (name,) in names:
        warehouse.execute(f"delete from marts.{name}")
    document = build_document(Marts(warehouse, MONTH), final_issue)
    assert "No service credit fell to the month." in words(document, "credits")
    assert "No Category 1 or 2 Incident touches the month." in words(document, "incidents")


def test_a_sentence_cannot_state_what_it_does_not_say() -> None:
    with pytest.raises(ValueError, match="does not say"):
        Paragraph((Span("CPM1 reached 95.10%."),), (Statement("CPM1", "95.11%"),))


def test_a_reference_that_leads_nowhere_is_refused(document: Document) -> None:
    lost = Section("lost", "Lost", (Paragraph((Span("", SpanKind.LINK, "nowhere"),)),))
    with pytest.raises(ValueError, match="nowhere"):
        numbered(replace(document, sections=(lost,)))


def test_two_parts_with_one_id_are_refused(document: Document) -> None:
    twin = Section("twin", "Twin")
    with pytest.raises(ValueError, match="twin"):
        numbered(replace(document, sections=(twin, twin)))


# --- what is printed, read back --------------------------------------------------


def test_printed_figures_keep_every_rule(
    warehouse: duckdb.DuckDBPyConnection, document: Document
) -> None:
    marts = Marts(warehouse, MONTH)
    figures = printed_figures(
        document,
        registered_measures=registered_measures(marts),
        extract_incident_ids=frozenset(
            one.incident_id for one in printed_figures(document).incidents
        ),
    )
    found = {(one.check, one.severity) for one in run_all(figures)}
    assert found == {
        # The published money of CSPN PM3.2 does not share its provider's price of a point.
        ("credits_match_measures", "warning"),
    }
    # Two of Services, eight of the Code measures; of processes seven in the summary and one each
    # where it is told; two of Major Incidents; and IC1, PP1, DF1, CHF1 and B1 where they are told.
    assert len(figures.claims) == 2 + 8 + 7 + 4 + 2 + 5
    assert len(figures.incidents) == 12
    assert len(figures.credits) == 5


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (
            "update marts.pmr_measures set value = value + 1 where measure_id = 'INC-PMEL'",
            "totals_add_up",
        ),
        (
            "update marts.code_performance_measures set status = 'Above Target' "
            "where measure = 'CPM2'",
            "status_agrees_with_level",
        ),
        (
            "update marts.sp_performance_measures set level = 99.99 "
            "where provider = 'DSP' and measure_no = '1.1'",
            "means_of_contributing_measures",
        ),
        (
            "update marts.sp_performance_measures set numerator = denominator, "
            "denominator = numerator where measure_no = '12.2' and provider = 'CSPN'",
            "printed_formula_evaluates",
        ),
        (
            "update marts.major_incidents set impact_minutes = impact_minutes + 5 "
            "where incident_id = 'INC000000629108'",
            "durations_agree_with_times",
        ),
        (
            "update marts.major_incidents set raised_at = null "
            "where incident_id = 'INC000000629108'",
            "every_major_incident_shown",
        ),
        (
            "update marts.performance_exceptions set reason = 'Because' where events = 8749",
            "no_exception_outside_the_list",
        ),
        (
            "update marts.incident_exclusions set reason = 'Because' where reason = 'Duplicate'",
            "no_exception_outside_the_list",
        ),
        (
            "update marts.service_credits set measure_no = '1.3' where provider = 'CSPN' "
            "and measure_no = '2'",
            "credits_match_measures",
        ),
    ],
)
def test_a_wrong_figure_is_found_in_what_is_printed(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo, change: str, check: str
) -> None:
    warehouse.execute(change)
    document = build_document(Marts(warehouse, MONTH), final_issue)
    errors = {one.check for one in run_all(printed_figures(document)) if one.severity == "error"}
    assert check in errors


def test_a_dash_without_its_note_is_refused(document: Document) -> None:
    explained = table(document, "code_performance")
    with pytest.raises(ValueError, match="no note says"):
        replace(explained, dash_note="")
