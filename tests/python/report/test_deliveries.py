"""Deliveries of alerts, defects and throttling in the document, and how a wrong figure is found."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from orchestration.report import charts
from orchestration.report.builder import build_document
from orchestration.report.document import Document, Figure, Paragraph, Section, Table
from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts
from tests.python.report.findings import errors

MONTH = date(2020, 9, 1)


def table(document: Document, name: str) -> Table:
    return next(found for found in document.tables() if found.id == name)


def rows(document: Document, name: str) -> dict[str, list[str]]:
    return {
        line.cells[0].text: [cell.text for cell in line.cells[1:]]
        for line in table(document, name).lines
    }


def section(document: Document, name: str) -> Section:
    return next(found for found in document.walk() if found.id == name)


def sentences(document: Document, name: str) -> str:
    blocks = section(document, name).blocks
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph))


def figure(document: Document, name: str) -> Figure:
    return next(found for found in document.figures() if found.id == name)


# --- A1 ------------------------------------------------------------------------------------------


def test_a1_by_region_with_what_is_left_out(document: Document) -> None:
    found, counted = rows(document, "alert_delivery"), rows(document, "alert_counts")
    assert list(found) == ["All", "SMETS1", "SMETS2+", "North", "Central", "South"]
    assert list(counted) == list(found)
    for place, cells in counted.items():
        raised, suppressed, exempt, eligible, on_time, late = (
            int(text.replace(",", "")) for text in cells
        )
        assert raised == suppressed + exempt + eligible
        assert eligible == on_time + late
        assert found[place][:2] == cells[3:5]
        assert found[place][4:] == ["None agreed", "—", "—"]


def test_a1_fail_late_codes_most_frequent_first_and_none_without(document: Document) -> None:
    found = rows(document, "alert_late")
    late = [int(cells[5].replace(",", "")) for cells in found.values()]
    assert late[:-1] == sorted(late[:-1], reverse=True)
    assert sum(late[:-1]) == late[-1]
    assert list(found)[-1] == "All codes"
    assert "8F72" not in found
    assert "8F72" in rows(document, "alert_volumes")


def test_a1_a_month_without_a_late_alert_says_so(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute("update marts.alert_delivery set late = 0")
    found = build_document(Marts(warehouse, MONTH), final_issue)
    assert "No alert of the month was late." in sentences(found, "alert-delivery")


@pytest.mark.parametrize(
    ("words", "counts"), [("No Events", ["0", "0", "0"]), ("Data Exempted", ["—", "—", "—"])]
)
def test_a1_a_region_without_a_level_says_why(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo, words: str, counts: list[str]
) -> None:
    raised = 0 if words == "No Events" else 1
    warehouse.execute(
        "update marts.pmr_measures set value = null, numerator = 0, denominator = 0, "
        "value_text = ? where measure_id = 'A1' and region = 'South'",
        [words],
    )
    warehouse.execute(
        "update marts.alert_delivery set eligible = 0, on_time = 0, late = 0, raised = raised * ? "
        "where region = 'South'",
        [raised],
    )
    marts = Marts(warehouse, MONTH)
    found = build_document(marts, final_issue)
    assert rows(found, "alert_counts")["South"][3:] == counts
    south = rows(found, "alert_delivery")["South"]
    assert south[:2] == counts[:2]
    assert south[3] == words
    assert "no_events_only_where_nothing_happened" not in errors(found, marts)


def test_a1_an_awaited_month_is_not_reported_in_words(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute("delete from marts.alert_delivery")
    warehouse.execute(
        "update marts.pmr_measures set value = null, numerator = null, denominator = null, "
        "value_text = 'Not Reported' where starts_with(measure_id, 'A1')"
    )
    marts = Marts(warehouse, MONTH)
    found = build_document(marts, final_issue)
    assert set(rows(found, "alert_delivery")["All"]) == {"—", "Not Reported", "None agreed"}
    assert set(rows(found, "alert_counts")["All"]) == {"—"}
    assert errors(found, marts) == set()


# --- power alerts --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["power_delivery_code", "power_delivery_region"])
def test_a1_power_bands_add_up_to_what_was_to_be_delivered(document: Document, name: str) -> None:
    for cells in rows(document, name).values():
        eligible, *bands = (int(text.replace(",", "")) for text in (cells[0], *cells[1::2]))
        assert sum(bands) == eligible


def test_a1_power_is_drawn_by_code_and_by_region(document: Document) -> None:
    by_code = figure(document, "figure-power-delivery")
    assert [line.cells[0].text for line in by_code.data.lines] == ["8F35", "8F36", "AD1", "All"]
    by_region = figure(document, "figure-power-delivery-region")
    assert [line.cells[0].text for line in by_region.data.lines] == [
        "SMETS1", "North", "Central", "South",
    ]  # fmt: skip
    assert "AD1: Up to 60 s 96.21%, Up to 5 min 3.33%" in by_code.alt
    for spec in (by_code.spec, by_code.narrow_spec):
        picture = charts.svg(spec)
        for words in ("AD1", "96.21%", "Up to 60 s", "Never"):
            assert words in picture


def test_a_chart_of_nothing_is_none() -> None:
    bands = charts.Bands(("a", "b"), "All", "Alerts", "All of them")
    nothing = charts.Banded("AD1", 0, (0, 0), ())
    assert charts.bands_figure("x", "Caption", "Code", bands, [nothing]) is None


def test_a1_power_a_month_without_power_alerts_says_so(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute(
        "delete from marts.pmr_measures "
        "where starts_with(measure_id, 'A1-POWER') and (scope <> 'All' or region <> 'All')"
    )
    warehouse.execute(
        "update marts.pmr_measures set value = null, numerator = 0, denominator = 0 "
        "where starts_with(measure_id, 'A1-POWER')"
    )
    marts = Marts(warehouse, MONTH)
    found = build_document(marts, final_issue)
    assert "No power outage or restoration alert" in sentences(found, "alert-delivery")
    assert errors(found, marts) == set()


# --- defects and throttling ----------------------------------------------------------------------


def test_defect_by_severity_and_in_all(document: Document) -> None:
    assert rows(document, "defects") == {
        "Severity 1": ["0", "0"],
        "Severity 2": ["2", "1"],
        "Severity 3": ["7", "19"],
        "Severity 4": ["11", "40"],
        "Severity 5": ["3", "22"],
        "All severities": ["23", "82"],
    }


def test_throttle_by_direction_and_in_words_where_there_is_no_figure(document: Document) -> None:
    assert rows(document, "throttling") == {
        "Northbound (alerts)": ["4", "1", "5,424", "81,200", "640", "Not Reported"],
        "Southbound (Service Requests)": [
            "No Events", "No Events", "No Events", "—", "—", "—",
        ],
    }  # fmt: skip


def test_what_no_extract_gives_is_not_reported_in_words(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute(
        "update marts.pmr_measures set value = null, value_text = 'Not Reported' "
        "where starts_with(measure_id, 'DEFECT') or starts_with(measure_id, 'THROTTLE')"
    )
    marts = Marts(warehouse, MONTH)
    found = build_document(marts, final_issue)
    assert "Known defects: Not Reported." in sentences(found, "operations-defects")
    assert "Throttling: Not Reported." in sentences(found, "operations-throttling")
    assert errors(found, marts) == set()


# --- a wrong figure is found in what is printed --------------------------------------------------


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (
            "update marts.alert_delivery set raised = raised + 1 "
            "where alert_code = 'All' and region = 'North'",
            "totals_add_up",
        ),
        (
            "update marts.alert_delivery set late = late + 1 "
            "where alert_code = 'AD1' and smets = 'All'",
            "totals_add_up",
        ),
        (
            "update marts.pmr_measures set numerator = numerator + 1 "
            "where measure_id = 'A1-POWER-5M' and scope = 'AD1' and region = 'North'",
            None,
        ),
        (
            "update marts.pmr_measures set numerator = numerator + 1 "
            "where measure_id = 'A1-POWER-5M' and scope = 'All' and region = 'North'",
            "totals_add_up",
        ),
        (
            "update marts.pmr_measures set value = value - 1 "
            "where measure_id = 'A1' and scope = 'All' and region = 'Central'",
            "levels_agree_with_inputs",
        ),
        (
            "update marts.pmr_measures set value = value + 1 "
            "where measure_id = 'DEFECT-OPEN' and scope = 'All'",
            "totals_add_up",
        ),
        (
            "delete from marts.pmr_measures where measure_id = 'A1-POWER-NEVER'",
            "measures_shown_are_registered",
        ),
        (
            "delete from marts.pmr_measures where measure_id = 'THROTTLE-DROPPED'",
            "measures_shown_are_registered",
        ),
    ],
)
def test_a_wrong_figure_is_found_in_what_is_printed(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo, change: str, check: str | None
) -> None:
    warehouse.execute(change)
    marts = Marts(warehouse, MONTH)
    assert errors(build_document(marts, final_issue), marts) == ({check} if check else set())
