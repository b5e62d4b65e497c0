"""The health of the estate in the document, and how a wrong figure of it is found."""

from __future__ import annotations

import duckdb
import pytest

from orchestration.report import charts
from orchestration.report.builder import build_document
from orchestration.report.document import Document
from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts
from tests.python.report.findings import errors
from tests.python.report.test_deliveries import MONTH, figure, rows, sentences


def test_estate_by_region_and_by_device_type_are_the_same_devices(document: Document) -> None:
    by_region, by_type = rows(document, "estate_by_region"), rows(document, "estate_by_type")
    assert list(by_region) == ["All", "SMETS1", "SMETS2+", "North", "Central", "South"]
    assert list(by_type) == ["ESME", "CHF", "GSME", "All"]
    assert by_region["All"] == by_type["All"] == ["285,000", "1,892", "0.66%", "63"]
    assert by_region["South"] == ["0", "0", "No Events", "0"]


def test_estate_every_device_with_a_version_has_one_currency(document: Document) -> None:
    for cells in rows(document, "estate_firmware").values():
        whole, *parts = (int(text.replace(",", "")) for text in (cells[0], *cells[1::2]))
        assert sum(parts) == whole


def test_estate_firmware_is_drawn_by_device_type(document: Document) -> None:
    drawn = figure(document, "figure-estate-firmware")
    assert [line.cells[0].text for line in drawn.data.lines] == ["ESME", "CHF", "GSME", "All"]
    assert "CHF: Latest 75.00%, One behind 20.00%" in drawn.alt
    for spec in (drawn.spec, drawn.narrow_spec):
        picture = charts.svg(spec)
        for words in ("ESME", "75.00%", "Latest", "Older"):
            assert words in picture


def test_estate_says_how_far_back_it_was_seen(document: Document) -> None:
    said = sentences(document, "operations-estate")
    assert "the extracts of 31 have landed; a device that answered on another day" in said
    assert "begin with June 2020" in said
    assert "so it is for 34,400 devices." in said


def test_estate_what_no_extract_tells_is_in_words(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo
) -> None:
    warehouse.execute(
        "update marts.pmr_measures set value = null, numerator = null, denominator = null, "
        "value_text = 'Not Reported' where measure_id in ('ESTATE-SILENT', 'ESTATE-NOISY') "
        "and value is not null"
    )
    marts = Marts(warehouse, MONTH)
    found = build_document(marts, final_issue)
    assert rows(found, "estate_by_type")["CHF"] == ["40,000", *["Not Reported"] * 3]
    assert errors(found, marts) == set()
    warehouse.execute(
        "update marts.pmr_measures set value = null, numerator = null, denominator = null, "
        "value_text = 'Not Reported' where starts_with(measure_id, 'ESTATE')"
    )
    warehouse.execute("delete from marts.estate_health")
    found = build_document(marts, final_issue)
    assert "Devices of the estate: Not Reported." in sentences(found, "operations-estate")
    assert errors(found, marts) == set()


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (
            "update marts.pmr_measures set value = value + 1 "
            "where measure_id = 'ESTATE-DEVICES' and device_type = 'CHF' and smets = 'All'",
            "totals_add_up",
        ),
        (
            "update marts.pmr_measures set value = value + 1 "
            "where measure_id = 'ESTATE-NOISY' and device_type = 'All' and region = 'North'",
            "totals_add_up",
        ),
        (
            "update marts.pmr_measures set numerator = numerator + 1 "
            "where measure_id = 'ESTATE-FIRMWARE-OLDER' and device_type = 'ESME' "
            "and smets = 'All'",
            "totals_add_up",
        ),
        (
            "delete from marts.pmr_measures where measure_id = 'ESTATE-FIRMWARE-TWO'",
            "measures_shown_are_registered",
        ),
    ],
)
def test_a_wrong_figure_of_the_estate_is_found(
    warehouse: duckdb.DuckDBPyConnection, final_issue: IssueInfo, change: str, check: str
) -> None:
    warehouse.execute(change)
    marts = Marts(warehouse, MONTH)
    assert errors(build_document(marts, final_issue), marts) == {check}
