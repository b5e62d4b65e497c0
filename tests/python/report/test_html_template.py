"""The page prints no number of its own: all of them come from the description of the document.

Belongs here: the template of the page. The rule `every_number_is_in_a_mart` looks at the
description; here the description has its digits taken out, and none may be left on the page.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from html.parser import HTMLParser
from pathlib import Path

import pytest

from orchestration.report import html as page
from orchestration.report.document import Document
from orchestration.report.style import TEMPLATES

LETTERS = str.maketrans("0123456789", "abcdefghij")
# Ids are no text, and a chart is drawn of its specification, whose data the description prints.
KEPT = frozenset({"id", "target", "link", "key", "marts", "spec", "narrow_spec"})
HIDDEN = frozenset({"script", "style", "svg", "title"})
SAID_BY_ATTRIBUTES = frozenset({"alt", "aria-label", "placeholder", "title", "data-head"})
# Numbers of tables and figures are part of the description too; as nought they are known.
UNNUMBERED = frozenset({"Figure 0.", "Table 0 as CSV"})
MAIN = '<main id="content" tabindex="-1">'


def without_digits(part: object, name: str = "") -> object:
    """The description with every digit of its texts replaced by a letter."""
    made = part
    if name in KEPT or isinstance(part, Enum):
        pass
    elif isinstance(part, str):
        made = part.translate(LETTERS)
    elif isinstance(part, tuple):
        made = tuple(without_digits(one) for one in part)
    elif is_dataclass(part) and not isinstance(part, type):
        made = replace(
            part, **{one.name: without_digits(getattr(part, one.name), one.name)
                     for one in fields(part)}
        )  # fmt: skip
    elif name == "number":
        made = 0
    return made


class Visible(HTMLParser):
    """Collects the texts that a reader of the page sees or is read out, and list numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self._hidden += 1
        for name, value in attrs:
            if value and (name in SAID_BY_ATTRIBUTES or (tag, name) == ("li", "value")):
                self.texts.append(value.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.texts.append(data.strip())


def numbers_of_its_own(document: Document) -> list[str]:
    """The texts with a digit on the page of a document that has none."""
    described = without_digits(document)
    assert isinstance(described, Document)
    reader = Visible()
    reader.feed(page.render_html(described))
    assert sum(len(text) for text in reader.texts) > 10_000
    return [
        text
        for text in reader.texts
        if any(character.isdigit() for character in text) and text not in UNNUMBERED
    ]


def test_the_page_prints_no_number_that_is_not_of_the_document(document: Document) -> None:
    assert numbers_of_its_own(document) == []


@pytest.mark.parametrize(
    "planted",
    [
        "<p>There were 87,654 of them.</p>",
        '<ul><li value="4">And more.</li></ul>',
        '<p aria-label="99.90 per cent">Nearly all.</p>',
        "{% for section in document.sections %}<p>Part {{ loop.index }}</p>{% endfor %}",
    ],
)
def test_a_number_planted_in_the_template_is_found(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, planted: str
) -> None:
    copied = tmp_path / "templates"
    shutil.copytree(TEMPLATES, copied)
    template = copied / "report.html.j2"
    text = template.read_text(encoding="utf-8")
    assert text.count(MAIN) == 1
    template.write_text(text.replace(MAIN, MAIN + planted), encoding="utf-8")
    monkeypatch.setattr(page, "TEMPLATES", copied)
    assert numbers_of_its_own(document)


def test_styles_count_nothing_and_write_no_number() -> None:
    css = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    written = re.findall(r"content:([^;}]*)", css)
    assert written
    assert not [one for one in written if "counter" in one or re.search(r'"[^"]*\d', one)]
