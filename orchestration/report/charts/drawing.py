"""From a specification to a picture, and what every chart of the report has in common.

Belongs here: drawing, and the small parts that several charts share. Does not belong here: what a
chart shows (the modules beside this one), colours and type (`style.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import cache, lru_cache

import vl_convert

from orchestration.report.document import Spec
from orchestration.report.style import FONTS, chart_config

VEGA_LITE = "6.4"
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
HOVER = "hover"
"""Name of a layer that only answers the pointer: a still picture is drawn without it."""

_CLIP = re.compile(r"(?<=[\"#])clip(\d+)")
_TAG = re.compile(r"<[^<>]*>")
# Of no use in a picture that hides behind its text alternative, and a third of its size.
_IDLE = re.compile(
    r' (?:aria-[a-z]+="[^"]*"|role="graphics-[^"]*"|pointer-events="none"|opacity="1")'
)
_KEPT = 512
"""Drawings kept: a page and a PDF show the same chart, and drawing is the dearest part of both."""
_DRAWERS = 2
"""Charts drawn at a time: drawing is all computing, and every machine has two cores."""


@cache
def _fonts_registered() -> None:
    vl_convert.register_font_directory(str(FONTS))


def svg(spec: Spec) -> str:
    """The chart as SVG; colours are palette variables (`style.on_paper` replaces them)."""
    return drawn(json.dumps(still(spec)))


def draw_all(specs: Iterable[Spec]) -> None:
    """Draw many charts side by side; `svg` then has them at hand."""
    with ThreadPoolExecutor(max_workers=_DRAWERS) as drawers:
        for _ in drawers.map(svg, specs):
            pass


@lru_cache(maxsize=_KEPT)
def drawn(packed: str) -> str:
    """The picture of a specification packed as JSON.

    Raises:
        ValueError: Vega draws nothing of it.
    """
    _fonts_registered()
    made = str(vl_convert.vegalite_to_svg(packed, vl_version=VEGA_LITE, allowed_base_urls=[]))
    if "role-mark" not in made:
        # Vega writes its errors to the terminal and returns an empty picture.
        raise ValueError("a chart came out empty; its specification has an error (see the log)")
    return _renumbered(_TAG.sub(lambda found: _IDLE.sub("", found[0]), made))


def still(spec: Spec) -> Spec:
    """The specification without the layers that only answer a pointer."""
    kept: Spec = {}
    for key, value in spec.items():
        match value:
            case list() if key in {"layer", "vconcat"}:
                kept[key] = [still(part) for part in value if part.get("name") != HOVER]
            case _:
                kept[key] = value
    return kept


def _renumbered(made: str) -> str:
    """The picture with its clip ids counted from 0: Vega counts on from picture to picture."""
    numbers: dict[str, int] = {}
    return _CLIP.sub(lambda found: f"clip{numbers.setdefault(found[1], len(numbers))}", made)


def chart(body: Spec) -> Spec:
    """A whole specification: schema and house style around what a chart shows."""
    return {
        "$schema": SCHEMA,
        "config": chart_config(),
        "padding": {"left": 2, "right": 2, "top": 2, "bottom": 2},
        **body,
    }


def as_float(value: Decimal | None) -> float | None:
    """A mart's number as Vega takes it."""
    return None if value is None else float(value)
