"""Rule C3: tables of levels show what was published of the period before, beside the level."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from orchestration.checks.evaluate import as_printed
from orchestration.report import formatting as fmt
from orchestration.report.builder import build_document
from orchestration.report.document import Document, Table
from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts

MONTH = date(2020, 9, 1)
DASH = "\N{EM DASH}"
TABLES = {
    "A1": "alert_delivery",
    "B1": "meter_reads_by_region",
    "CHF1": "hub_firmware_delivered",
    "CHF2": "hub_firmware_activated",
    "DF1": "firmware_region",
    "PP1": "top_ups_region",
    "PP2": "payment_modes_region",
}


def previous(document: Document, table_id: str) -> dict[str, str]:
    """First cell of each row → its previous level."""
    [table] = [one for one in document.tables() if one.id == table_id]
    return {
        line.cells[0].text: cell.text
        for line in table.lines
        if (cell := table.cell(line, "previous")) is not None
    }


@pytest.mark.parametrize(
    "published", [(87.125, "87.13", "87.13%"), (None, "Not Reported", "Not Reported")], ids=str
)
def test_c3_a_table_by_region_shows_the_previous_level_of_all_of_them(
    warehouse: duckdb.DuckDBPyConnection,
    final_issue: IssueInfo,
    published: tuple[float | None, str, str],
) -> None:
    value, words, printed = published
    for measure in TABLES:
        _publish(warehouse, measure, value, words)
    document = build_document(Marts(warehouse, MONTH), final_issue)
    for table_id in TABLES.values():
        found = previous(document, table_id)
        assert found.pop("All") == printed
        assert found
        assert set(found.values()) == {DASH}


def test_c3_where_nothing_was_published_a_dash_stands(document: Document) -> None:
    for table_id in TABLES.values():
        assert set(previous(document, table_id).values()) == {DASH}


@pytest.mark.parametrize(
    ("measure", "value", "printed"), [("INC-MAJOR-CAT1", 2, "2"), ("INC-MAJOR-CAT2", 0, "0")]
)
def test_c3_limits_of_major_incidents_show_the_previous_count(
    warehouse: duckdb.DuckDBPyConnection,
    final_issue: IssueInfo,
    measure: str,
    value: float,
    printed: str,
) -> None:
    _publish(warehouse, measure, value, str(value))
    document = build_document(Marts(warehouse, MONTH), final_issue)
    [table] = [one for one in document.tables() if one.id == "major_incident_limits"]
    [line] = [one for one in table.lines if one.measure == measure]
    assert _said(table, "previous", measure) == printed
    assert table.cell(line, "level") is not None


@pytest.mark.parametrize(
    ("value", "unit"),
    [("784.5", "minutes"), ("784", "minutes"), ("99.995", "percent"), ("3", "count")],
)
def test_c3_a_published_level_is_held_against_what_is_printed_of_it(value: str, unit: str) -> None:
    """Half a minute is published and not printed: it is no difference."""
    printed = fmt.in_unit(Decimal(value), unit).text
    assert as_printed(value, unit) == fmt.number_in(printed)


def _said(table: Table, key: str, measure: str) -> str:
    [line] = [one for one in table.lines if one.measure == measure]
    cell = table.cell(line, key)
    return "" if cell is None else cell.text


def _publish(
    warehouse: duckdb.DuckDBPyConnection, measure: str, value: float | None, words: str | None
) -> None:
    """The previous level of a measure over all regions, as the mart has it."""
    warehouse.execute(
        "alter table marts.pmr_measures add column if not exists previous_text varchar"
    )
    warehouse.execute(
        "update marts.pmr_measures set previous_value = ?, previous_text = ? where measure_id = ? "
        "and (srv, device_type, smets, region) = ('All', 'All', 'All', 'All')",
        [value, words, measure],
    )
