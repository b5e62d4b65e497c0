"""The document as one HTML file that needs no network.

Belongs here: turning blocks into markup through the template, inlining font, styles, scripts,
charts. Does not belong here: wording or formatting of values. All text goes through the template's
escaping; only our own styles, scripts and rendered charts are trusted.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from orchestration.report import charts
from orchestration.report.document import Cell, Document, Figure, Spec
from orchestration.report.style import DARK, LIGHT, TEMPLATES, WEB_FONT, css_variables

STATUS_CLASSES = {"Above Target": "good", "Below Target": "warn", "Below Minimum": "bad"}
_SIZE = re.compile(r'<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)"')
_CLIP = re.compile(r"(?<=[\"#])clip(\d+)")


@dataclass(frozen=True)
class Chart:
    """A figure ready for the page: still pictures, and the specifications that come alive."""

    wide: Markup
    narrow: Markup
    specs: Markup


def render_html(document: Document) -> str:
    """The whole page; the same document gives the same text."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["sort_key"] = sort_key
    environment.filters["status_class"] = lambda cell: STATUS_CLASSES.get(cell.text, "")
    environment.tests["block"] = lambda block, name: type(block).__name__ == name
    charts.draw_all(
        spec for figure in document.figures() for spec in (figure.spec, figure.narrow_spec)
    )
    figures = {figure.id: _chart(figure) for figure in document.figures()}
    scripts = [_vega(), _template("report.js")] if figures else [_template("report.js")]
    page = environment.get_template("report.html.j2").render(
        document=document,
        charts=figures,
        styles=Markup(_styles()),  # noqa: S704 - our own file
        scripts=[Markup(script) for script in scripts],  # noqa: S704 - our own file and Vega's
        policy=_policy(scripts),
    )
    return page


def sort_key(cell: Cell) -> str:
    """What a column is sorted by in the page: numbers and times by value, words by themselves."""
    match cell.value:
        case None:
            return ""
        case datetime() | date():
            return cell.value.isoformat()
        case _:
            return str(cell.value)


def _chart(figure: Figure) -> Chart:
    specs = {"wide": figure.spec, "narrow": figure.narrow_spec}
    return Chart(
        _svg(figure.spec, f"{figure.id}-w"),
        _svg(figure.narrow_spec, f"{figure.id}-n"),
        Markup(_json(specs)),  # noqa: S704 - escaped by _json
    )


def _svg(spec: Spec, prefix: str) -> Markup:
    """A chart for inlining: it scales with its box, and its inner ids are its own."""
    drawn = charts.svg(spec)
    drawn = _CLIP.sub(rf"{prefix}-clip\1", drawn)
    drawn = _SIZE.sub(r'<svg \1style="width:100%;max-width:\2px;height:auto"', drawn, count=1)
    drawn = drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return Markup(drawn)  # noqa: S704 - drawn by Vega, which escapes its texts


def _json(value: object) -> str:
    """JSON that cannot end the script element it stands in."""
    packed = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return packed.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


@cache
def _vega() -> str:
    return vl_convert.javascript_bundle(
        "window.vegaEmbed = vegaEmbed;", vl_version=charts.VEGA_LITE
    ).replace("</script", "<\\/script")


@cache
def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _styles() -> str:
    font = base64.b64encode(WEB_FONT.read_bytes()).decode("ascii")
    dark = css_variables(DARK)
    return (
        "@font-face{font-family:'Source Sans 3';font-weight:200 900;font-style:normal;"
        f"font-display:block;src:url(data:font/woff2;base64,{font}) format('woff2')}}"
        f":root{{color-scheme:light;{css_variables(LIGHT)}}}"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}"
        "@media screen and (prefers-color-scheme:dark){"
        f":root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}" + _template("report.css")
    )


def _policy(scripts: list[str]) -> str:
    """A content security policy: nothing is fetched, and only these scripts run.

    Vega compiles its expressions, hence 'unsafe-eval'; the policy keeps any script that is not ours
    out.
    """
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    )
    return (
        "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data: blob:; "
        f"script-src 'unsafe-eval' {hashes}; base-uri 'none'; form-action 'none'"
    )
