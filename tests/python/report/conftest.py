"""Fixtures of the report's tests: the filled marts, the document, and its rendered files."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

from orchestration.report.builder import build_document
from orchestration.report.document import Document
from orchestration.report.html import render_html
from orchestration.report.issue import IssueInfo, IssueStatus
from orchestration.report.marts import Marts
from orchestration.report.pdf import render_pdf
from orchestration.report.xlsx import render_xlsx


def _load(name: str) -> ModuleType:
    """Tests are no package (`--import-mode=importlib`), so the fixture is loaded by its path."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


fixture_marts = _load("fixture_marts")

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")<script>alert(1)</script> #let x = [*y*] $z$ \\u{41}'
)


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """A filled warehouse that a test may change."""
    with fixture_marts.warehouse() as connection:
        yield connection


@pytest.fixture(scope="session")
def standing_marts() -> Iterator[Marts]:
    """The marts of a filled warehouse that no test changes."""
    with fixture_marts.warehouse() as connection:
        yield Marts(connection, fixture_marts.MONTH)


@pytest.fixture(scope="session")
def final_issue() -> IssueInfo:
    """A first final issue."""
    return IssueInfo(fixture_marts.MONTH, "1.0", IssueStatus.FINAL)


@pytest.fixture(scope="session")
def document(final_issue: IssueInfo) -> Iterator[Document]:
    """The report of the filled warehouse."""
    with fixture_marts.warehouse() as connection:
        yield build_document(Marts(connection, fixture_marts.MONTH), final_issue)


@pytest.fixture(scope="session")
def hostile() -> Iterator[Document]:
    """A draft whose texts from outside try to be markup, formulas and code."""
    with fixture_marts.warehouse() as connection:
        for table, columns in {
            "commentary": ("reason", "mitigation", "author_role"),
            "problem_records": ("title", "latest"),
            "major_incidents": ("title", "summary", "customer_impact"),
            "major_incident_actions": ("description", "owner"),
            "sp_performance_measures": ("measure_name",),
            "alert_legs": ("meaning",),
            "alert_delivery": ("meaning",),
            "data_warnings": ("detail",),
        }.items():
            sets = ", ".join(f"{column} = $hostile" for column in columns)
            connection.execute(f"update marts.{table} set {sets}", {"hostile": HOSTILE})
        # No text from outside is in these charts, and reading them back from a PDF takes long.
        connection.execute("delete from marts.rsvp_daily")
        yield build_document(
            Marts(connection, fixture_marts.MONTH),
            IssueInfo(
                fixture_marts.MONTH,
                "0.1",
                IssueStatus.DRAFT,
                missing_feeds=("providers/service_levels of TSP",),
                missing_commentary=("CPM2",),
            ),
        )


@pytest.fixture(scope="session")
def html(document: Document) -> str:
    """The page of the report."""
    return render_html(document)


@pytest.fixture(scope="session")
def pdf(document: Document) -> bytes:
    """The PDF of the report."""
    return render_pdf(document)


@pytest.fixture(scope="session")
def xlsx(document: Document) -> bytes:
    """The workbook of the report."""
    return render_xlsx(document)
