"""dbt's documentation as one page: it opens without a network, and shows what a mart leads to."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from orchestration.settings import PROJECT_ROOT
from tests.python.browser.pages import opened

pytestmark = pytest.mark.slow

EXPOSURE = "exposure.pmr.report_service_provider_measures"


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of `make docs`, but of no warehouse: that may be another process's."""
    target = tmp_path_factory.mktemp("docs")
    shutil.copyfile(PROJECT_ROOT / "target" / "manifest.json", target / "manifest.json")
    made = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "--quiet", "docs", "generate", "--static",
         "--no-compile", "--empty-catalog", "--target-path", str(target)],
        cwd=PROJECT_ROOT,
        env={**os.environ, "PMR_DATABASE": ":memory:"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    return target / "static_index.html"


def test_the_measures_lead_to_their_section_of_the_report(browser: Browser, docs: Path) -> None:
    with opened(browser, docs) as watched:
        page = watched.page
        page.goto(f"{docs.as_uri()}#!/model/model.pmr.sp_performance_measures")
        expect(page.get_by_role("heading", name="sp_performance_measures").first).to_be_visible()
        # Of what refers to it, the exposures.
        page.locator("a[ng-click^=setType]", has_text="Exposures").click()
        link = page.locator(f"a[href*='{EXPOSURE}']").locator("visible=true").first
        link.click()
        expect(page).to_have_url(re.compile(re.escape(EXPOSURE)))
        expect(
            page.get_by_text("Report: Service Provider Performance Measures").first
        ).to_be_visible()
        assert watched.requests == []
