"""The issued report as a reader has it: in a browser, from a file, on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TypedDict

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.python.browser.pages import DESKTOP, PHONE, Watched, opened
from tests.python.workspace import Workspace

pytestmark = pytest.mark.slow

AXE = files("axe_playwright_python") / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# Rows of the same cells, and marks inside of pictures that are hidden from assistive technology,
# differ in nothing that axe looks at; with all of them it takes minutes.
THIN = """() => {
    const shape = (cell) => [cell.tagName, cell.className,
        ...[...cell.children].map((child) => child.tagName + child.className)].join(" ");
    for (const body of document.querySelectorAll("tbody")) {
        const seen = new Set();
        for (const row of [...body.rows]) {
            const form = [row.className, ...[...row.cells].map(shape)].join("|");
            if (seen.has(form)) row.remove();
            seen.add(form);
        }
    }
    for (const picture of document.querySelectorAll(".chart svg[aria-hidden=true]"))
        picture.replaceChildren();
    document.querySelectorAll("details").forEach((details) => { details.open = true; });
}"""
RUN_AXE = """async (rules) => {
    const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
    return found.violations.map((broken) => ({
        rule: broken.id, nodes: broken.nodes.map((node) => node.html.slice(0, 300)),
    }));
}"""

# The first column of numbers that words would sort otherwise, as [table, place of the column].
MIXED_COLUMN = """() => {
    const number = (text) => Number(text.replace(/[,%£]/g, ""));
    for (const table of document.querySelectorAll(".table table")) {
        const rows = [...table.tBodies[0].rows].filter((row) => !row.classList.contains("total"));
        for (let place = 1; place < table.tHead.rows[0].cells.length; place += 1) {
            const shown = rows.map((row) => row.cells[place].textContent.trim());
            if (shown.length < 3 || shown.includes("") || shown.map(number).some(Number.isNaN))
                continue;
            const byValue = [...shown].sort((a, b) => number(a) - number(b));
            const asWords = [...shown].sort();
            if (![asWords.join(), shown.join()].includes(byValue.join())) return [table.id, place];
        }
    }
    return null;
}"""

# Links inside of the page whose target is not there, or is not to be seen.
DEAD_LINKS = """() => [...document.querySelectorAll('a[href^="#"]')].map((link) => link.hash)
    .filter((hash) => {
        const target = document.getElementById(decodeURIComponent(hash.slice(1)));
        return !target || !target.checkVisibility() || target.getClientRects().length === 0;
    })"""


class Broken(TypedDict):
    """A rule of axe that is broken, and where."""

    rule: str
    nodes: list[str]


def report_of(september: Workspace) -> Path:
    return september.settings.exports_dir / "2020-09" / "v1.0" / "report.html"


@pytest.fixture(scope="module")
def desk(browser: Browser, september: Workspace) -> Iterator[Watched]:
    """The report on a desk, for tests that leave it as they found it."""
    with opened(browser, report_of(september)) as watched:
        yield watched


def wake(page: Page) -> None:
    """Scroll past every chart and wait until it is alive."""
    for figure in page.locator("figure").all():
        figure.evaluate("figure => figure.scrollIntoView()")
        figure.locator(".live svg").wait_for()


def numbers(cells: Locator) -> list[float]:
    return [float(re.sub(r"[,%£]", "", text)) for text in cells.all_inner_texts()]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_report_asks_no_network_and_complains_of_nothing(
    browser: Browser, september: Workspace, width: int
) -> None:
    with opened(browser, report_of(september), width=width) as watched:
        wake(watched.page)
        assert watched.requests == []
        assert watched.complaints == []


def test_a_click_sorts_a_table_by_value_with_totals_last(desk: Watched) -> None:
    table, place = desk.page.evaluate(MIXED_COLUMN)
    rows = desk.page.locator(f"#{table} tbody tr:not(.total)")
    cells = rows.locator(f":scope > :nth-child({place + 1})")
    header = desk.page.locator(f"#{table} thead th").nth(place)
    as_printed = numbers(cells)

    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    assert numbers(cells) == sorted(as_printed)
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    assert numbers(cells) == sorted(as_printed, reverse=True)
    is_total = desk.page.locator(f"#{table} tbody tr").evaluate_all(
        "rows => rows.map((row) => row.classList.contains('total'))"
    )
    assert is_total == sorted(is_total)


def test_a_chart_shows_its_values_under_the_pointer(desk: Watched) -> None:
    # The round-trip times of a process: the nearest day answers, wherever the pointer is.
    figure = desk.page.locator("figure", has_text="round-trip time, volume and failures").first
    figure.scroll_into_view_if_needed()
    drawn = figure.locator(".live svg")
    drawn.wait_for()
    drawn.hover(position={"x": 300, "y": 150})
    tip = desk.page.locator("#vg-tooltip-element")
    tip.wait_for()
    expect(tip).to_contain_text(re.compile(r"day", re.IGNORECASE))
    expect(tip).to_contain_text(re.compile(r"\d"))


def test_every_link_inside_of_the_page_leads_to_something_visible(desk: Watched) -> None:
    assert desk.page.locator('main a[href^="#"]').count() > 20
    assert desk.page.evaluate(DEAD_LINKS) == []


def test_the_contents_lead_to_their_sections(desk: Watched) -> None:
    page = desk.page
    links = page.locator(".contents > details > ol > li > a")
    assert links.count() > 10
    for link in links.all():
        link.click()
        expect(page.locator(f"[id='{str(link.get_attribute('href'))[1:]}']")).to_be_in_viewport()
    links.nth(2).click()
    # Parts of a section are listed while it is read.
    part = page.locator(".contents li.open li a").first
    part.click()
    expect(page.locator(f"[id='{str(part.get_attribute('href'))[1:]}']")).to_be_in_viewport()


# Colours do not depend on the width, nor the layout on the colours.
@pytest.mark.parametrize(("width", "dark"), [(DESKTOP, False), (PHONE, True)])
def test_the_report_has_no_barrier_that_axe_knows(
    browser: Browser, september: Workspace, width: int, dark: bool
) -> None:
    with opened(browser, report_of(september), width=width, dark=dark) as watched:
        watched.page.evaluate(THIN)
        watched.page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
        broken: list[Broken] = watched.page.evaluate(RUN_AXE, WCAG)
        assert broken == []


def test_a_phone_scrolls_the_page_in_one_direction_only(
    browser: Browser, september: Workspace
) -> None:
    with opened(browser, report_of(september), width=PHONE) as watched:
        wake(watched.page)
        assert watched.page.evaluate("document.documentElement.scrollWidth") == PHONE
        too_wide = watched.page.evaluate(
            "() => [...document.querySelectorAll('figure')].filter((figure) => "
            "figure.querySelector('.live svg').getBoundingClientRect().right > innerWidth)"
            ".map((figure) => figure.id)"
        )
        assert too_wide == []


def test_every_chart_is_told_in_words_and_numbers(desk: Watched) -> None:
    figures = desk.page.locator("figure")
    assert figures.count() > 10
    pictures = figures.get_by_role("img")
    assert pictures.count() == figures.count()
    rows = figures.evaluate_all(
        "all => all.map((one) => one.querySelectorAll('details table tbody tr').length)"
    )
    labels = pictures.evaluate_all("all => all.map((one) => one.ariaLabel)")
    for label, count in zip(labels, rows, strict=True):
        assert len(label.split()) >= 8, label
        assert count > 0 or "no downtime" in label, label
    details = figures.first.locator("details")
    details.locator("summary").click()
    expect(details.get_by_role("table")).to_be_visible()
    details.locator("summary").click()
