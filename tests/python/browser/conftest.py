"""Debian's Chromium without a window, and pages that may ask no network for anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.python.browser.pages import PATIENCE_MS


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module: Playwright's loop must not stay open for other tests' loops."""
    chromium = shutil.which("chromium")
    assert chromium, "the tests of pages drive Chromium, and there is none: run `make browser`"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium)
        yield started
        started.close()
