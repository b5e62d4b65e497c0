"""Service availability in the document: what is printed, drawn, and said where there is nothing.

Belongs here: the section of availability and its lines in the summary. Does not belong here: how
the figures come about.
"""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from orchestration.report.builder import build_document
from orchestration.report.document import Document, Paragraph, Section
from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts
from orchestration.report.printed import printed_figures

MONTH = date(2020, 9, 1)


def rows(document: Document, name: str) -> list[list[str]]:
    table = next(found for found in document.tables() if found.id == name)
    return [[cell.text for cell in line.cells] for line in table.lines]


def part(document: Document, name: str) -> Section:
    return next(found for found in document.walk() if found.id == name)


def test_availability_is_section_4_and_alerts_follow(document: Document) -> None:
    assert [section.id for section in document.sections[2:5]] == [
        "processes",
        "availability",
        "alerts",
    ]


def test_levels_stand_beside_their_targets(document: Document) -> None:
    assert rows(document, "availability_levels") == [
        ["DCC User Interface", "\N{EM DASH}", "99.69%", "99.95%", "99.00%", "Below Target"],
        ["Registration Data Interface", *("\N{EM DASH}", "99.76%"), *["\N{EM DASH}"] * 3],
        ["SMKI Repository Interface", *("\N{EM DASH}", "100.00%"), *["\N{EM DASH}"] * 3],
        ["SMKI Services Interfaces", *("\N{EM DASH}", "100.00%"), *["\N{EM DASH}"] * 3],
        ["Self-Service Interface", "\N{EM DASH}", "100.00%", "99.50%", "98.00%", "Above Target"],
        ["All Services", *("\N{EM DASH}", "99.89%"), *["\N{EM DASH}"] * 3],
    ]


def test_regions_come_before_the_bands_of_all(document: Document) -> None:
    found = rows(document, "availability_dcc_user")
    assert [line[:5] for line in found] == [
        ["North", "99.54%", "195", "3.25", "360"],
        ["Central", "99.76%", "102", "1.70", "360"],
        ["South", "99.76%", "102", "1.70", "360"],
        ["All regions, all hours", "99.69%", "133", "2.22", "360"],
        ["All regions, operational activity", "99.82%", "31", "0.52", "0"],
        ["All regions, inactivity", "99.61%", "102", "1.70", "360"],
    ]


def test_days_and_hours_are_drawn_for_every_service(document: Document) -> None:
    found = {figure.id: figure for figure in document.figures()}
    line = found["figure-availability-dcc-user-interface"]
    assert "Below 100.00% on 2 of 30 days: 11 Sep 2020 92.27%, 7 Sep 2020 97.85%." in line.alt
    assert "Minimum 99.00%." in line.alt
    assert "100.00% on each of 30 days" in found["figure-availability-self-service-interface"].alt
    heat = found["figure-hours-dcc-user-interface"]
    assert "Hours with downtime: 10 of 720" in heat.alt
    assert "10 Sep 2020 20:00 Data Exempted (planned)" in heat.alt
    assert len(heat.data.lines) == 10


def test_a_service_that_was_never_down_has_a_sentence_in_place_of_a_map(document: Document) -> None:
    found = {figure.id for figure in document.figures()}
    assert "figure-hours-self-service-interface" not in found
    own = part(document, "availability-self-service-interface")
    said = [block.text for block in own.blocks if isinstance(block, Paragraph)]
    assert any("In no hour of the month was it down" in one for one in said)


def test_only_components_with_downtime_have_a_heat_map(document: Document) -> None:
    assert [
        figure.id for figure in document.figures() if figure.id.startswith("figure-hours-of")
    ] == ["figure-hours-of-dsp-database"]


def test_processes_are_available_or_degraded(document: Document) -> None:
    assert rows(document, "availability_processes") == [
        ["Pre-Payment", "SMETS2+", "\N{EM DASH}", "99.69%", "Available"],
        ["Pre-Payment", "SMETS2+, North", "\N{EM DASH}", "99.54%", "Available"],
        ["Pre-Payment", "SMETS1", "\N{EM DASH}", "99.06%", "Degraded"],
    ]


def test_the_summary_says_the_overall_figure_and_who_missed(document: Document) -> None:
    said = part(document, "summary-availability")
    first = said.blocks[0]
    assert isinstance(first, Paragraph)
    assert "the mean of the Services, was 99.89%" in first.text
    assert {
        claim.measure for block in said.blocks for claim in getattr(block, "statements", ())
    } == {"AVAIL"}
    claims = {
        claim.measure: claim.status
        for claim in printed_figures(document).claims
        if claim.measure.startswith("AVAIL ")
    }
    assert claims == {"AVAIL dcc_user_interface": "Below Target"}


def test_printed_downtimes_are_read_back_by_their_measure(document: Document) -> None:
    found = {one.measure: one.minutes for one in printed_figures(document).downtimes}
    assert found["AVAIL-R dcc_user_interface North"] == 195
    assert found["AVAIL self_service_interface"] == 0


@pytest.mark.parametrize("mart", ["service_availability"])
def test_without_extracts_nothing_is_claimed(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo, mart: str
) -> None:
    warehouse.execute(f"delete from marts.{mart}")
    warehouse.execute(
        "update marts.pmr_measures set value = null, value_text = 'Not Reported' "
        "where measure_id like 'AVAIL%'"
    )
    document = build_document(Marts(warehouse, MONTH), final_issue)
    section = part(document, "availability")
    first = section.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.text.startswith("Service availability: Not Reported.")
    assert [child.id for child in section.children] == [
        "availability-reliability",
        "detected-outages",
    ]
    said = part(document, "summary-availability").blocks[0]
    assert isinstance(said, Paragraph)
    assert said.text == "Overall availability: Not Reported."
