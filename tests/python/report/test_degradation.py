"""Degraded service and detected outages in the document, with history and without.

Belongs here: the two sections. Does not belong here: the figures of norms.
"""

from __future__ import annotations

from datetime import date

import duckdb

from orchestration.report.builder import build_document
from orchestration.report.document import BulletList, Document, Paragraph, Section
from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts
from orchestration.report.printed import printed_figures
from tests.python.report.findings import errors

MONTH = date(2020, 9, 1)
DASH = "\N{EM DASH}"
MINUS = "\N{MINUS SIGN}"


def rows(document: Document, name: str) -> list[list[str]]:
    table = next(found for found in document.tables() if found.id == name)
    return [[cell.text for cell in line.cells] for line in table.lines]


def section(document: Document, name: str) -> Section:
    return next(found for found in document.walk() if found.id == name)


def said(found: Section) -> list[str]:
    sentences = [block.text for block in found.blocks if isinstance(block, Paragraph)]
    for block in found.blocks:
        if isinstance(block, BulletList):
            sentences += [item.text for item in block.items]
    return sentences


def test_ic2_stands_in_the_part_of_install_and_commission(document: Document) -> None:
    process = section(document, "process-install-and-commission")
    assert "degradation" in [child.id for child in process.children]


def test_ic2_each_incident_is_told_beside_the_norm(document: Document) -> None:
    told = said(section(document, "degradation"))
    assert (
        "INC000000627085 (Category 1) in North: 124 requests against a norm of 410.75, a deviation "
        f"of {MINUS}69.81%; 0 installs against a norm of 3.00, a deviation of {MINUS}100.00%."
    ) in told
    assert (
        "INC000000629108 (Category 1): 1,172 requests against a norm of 6,756.50, a deviation of "
        f"{MINUS}82.65%; no installs were to be expected."
    ) in told
    assert rows(document, "incident_degradation")[2] == [
        "INC000000627085", "North", "2", "124", "410.75", f"{MINUS}69.81%", "0", "3.00",
        f"{MINUS}100.00%",
    ]  # fmt: skip


def test_ic2_every_hour_with_a_norm_is_drawn_beside_the_incidents(document: Document) -> None:
    [figure] = [one for one in document.figures() if one.id == "figure-degradation"]
    assert [[cell.text for cell in line.cells] for line in figure.data.lines] == [
        ["7 Sep 2020 15:00", "1,882", "2,150.00", f"{MINUS}0.12", "12", "14.25", f"{MINUS}0.16",
         "INC000000627085"],
        ["11 Sep 2020 02:00", "1,172", "6,756.50", f"{MINUS}0.83", "0", "0.00", DASH,
         "INC000000629108"],
        ["19 Sep 2020 13:00", "2,600", "2,150.00", "0.21", "0", "0.00", DASH, ""],
    ]  # fmt: skip
    assert "Requests: furthest below it in the hour from 11 Sep 2020 02:00, 1,172" in figure.alt
    for spec in (figure.spec, figure.narrow_spec):
        sets = spec["datasets"]
        assert isinstance(sets, dict)
        # From 7:40 on day 1; midnight of a day is half a day before it.
        assert sets["bands"][0] == {"from": 0.8194, "to": 0.9299}
        assert {one["heading"] for one in sets["labels"]} == {
            "INC000000624768", "INC000000627085", "INC000000629108",
        }  # fmt: skip


def test_o10_without_a_norm_there_is_nothing_to_draw(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute(
        "update marts.service_degradation set requests_norm = null, requests_deviation = null, "
        "requests_state = 'no history', installs_norm = null, installs_deviation = null, "
        "installs_state = 'no history'"
    )
    document = build_document(Marts(warehouse, MONTH), final_issue)
    assert "figure-degradation" not in {one.id for one in document.figures()}


def test_o10_without_history_a_figure_says_so(document: Document) -> None:
    told = said(section(document, "degradation"))
    assert "INC000000624768 (Category 2): no history of requests; no history of installs." in told
    assert rows(document, "incident_degradation")[0] == [
        "INC000000624768", "All", "4", DASH, DASH, "No history", DASH, DASH, "No history",
    ]  # fmt: skip
    assert any("53.33% have a norm" in one and "no history" in one for one in told)


def test_o10_a_month_without_any_history_says_why(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute(
        "update marts.pmr_measures set value = 0, numerator = 0 where measure_id = 'IC2-HISTORY'"
    )
    warehouse.execute(
        "update marts.pmr_measures set value = null, value_text = 'Not Reported' "
        "where measure_id in ('IC2-REQUESTS', 'IC2-INSTALLS', 'OUT-DET', 'OUT-DET-UNEXPLAINED')"
    )
    warehouse.execute("delete from marts.detected_outages")
    document = build_document(Marts(warehouse, MONTH), final_issue)
    told = said(section(document, "degradation"))
    assert any("the extracts of the weeks before it have not landed" in one for one in told)
    told = said(section(document, "detected-outages"))
    assert any("no outage could be detected" in one for one in told)


def test_out_det_says_of_how_much_of_the_month_nothing_can_be_detected(document: Document) -> None:
    told = said(section(document, "detected-outages"))
    assert any("53.33% have a norm; in the others" in one for one in told)


def test_out_det_is_printed_with_what_explains_it(document: Document) -> None:
    assert rows(document, "detected_outages") == [
        ["North", "7 Sep 2020 15:30", "7 Sep 2020 16:45", "252.75", "17",
         "EV1, EV2, INC000000627085"],
        ["All", "11 Sep 2020 02:00", "11 Sep 2020 03:30", "5,218.00", "200",
         "INC000000629108, commentary"],
        ["South", "19 Sep 2020 10:00", "19 Sep 2020 10:30", "61.50", "3", "commentary"],
    ]  # fmt: skip


def test_out_det_a_record_without_effect_is_listed(document: Document) -> None:
    states = {line[0]: (line[3], line[-1]) for line in rows(document, "recorded_outages")}
    assert states == {
        "EV1": ("Unplanned", "Detected"),
        "EV2": ("Unplanned", "Detected"),
        "EV3": ("Planned", "Without effect"),
        "EV4": ("Unplanned", "No history"),
    }


def test_out_det_what_nothing_explains_is_printed_and_breaks_a_rule(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute(
        "update marts.detected_outages set has_commentary = false, is_explained = false "
        "where region = 'South'"
    )
    warehouse.execute(
        "update marts.pmr_measures set numerator = 1, value = 1, value_text = '1' "
        "where measure_id = 'OUT-DET-UNEXPLAINED'"
    )
    marts = Marts(warehouse, MONTH)
    document = build_document(marts, final_issue)
    assert rows(document, "detected_outages")[-1][-1] == "Nothing"
    told = said(section(document, "detected-outages"))
    assert "Detected outages that nobody has explained: 1." in told
    [outage] = printed_figures(document).unexplained_outages
    assert outage.label == "South, from 19 Sep 2020 10:00"
    # Services of the small warehouse were wholly available.
    assert errors(document, marts) == {"no_full_availability_beside_an_unexplained_outage"}


def test_out_det_a_month_without_records_says_so(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute("delete from marts.recorded_outages")
    document = build_document(Marts(warehouse, MONTH), final_issue)
    told = said(section(document, "detected-outages"))
    assert "No unavailability of a component was recorded in the month." in told
    warehouse.execute(
        "update marts.pmr_measures set value = null, value_text = 'Not Reported' "
        "where measure_id = 'OUT-DET-SILENT'"
    )
    document = build_document(Marts(warehouse, MONTH), final_issue)
    told = said(section(document, "detected-outages"))
    assert "No extract of recorded unavailability has landed for the month." in told
