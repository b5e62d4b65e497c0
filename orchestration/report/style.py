"""The house style: colours, type, and the look that every chart shares.

Belongs here: one palette (light and dark) and the Vega-Lite configuration. Does not belong here:
what a chart shows (`charts/`), the layout of a page (`templates/`).
"""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
FONTS = HERE / "fonts"
TEMPLATES = HERE / "templates"
FONT_FAMILY = "Source Sans 3"
WEB_FONT = FONTS / "SourceSans3-latin-variable.woff2"

# Contrast on paper is at least 4.5:1 for text and 3:1 for marks. Colours of charts differ in
# lightness too, so that they stay apart for every kind of colour vision and in grey.
LIGHT: dict[str, str] = {
    "paper": "#ffffff",
    "raised": "#f5f7fa",
    "ink": "#17202e",
    "muted": "#566172",
    "rule": "#d8dee6",
    "edge": "#7b8796",
    "accent": "#0b559f",
    "soft": "#5b8fc4",
    "bar": "#7f8fa3",
    "bad": "#b3261e",
    "warn": "#8a5a00",
    "good": "#1b6b3a",
    "band": "#e3e8ef",
    "fail": "#7b3f98",
    "silent": "#c2571a",
    "event": "#fae7bb",
    "mild": "#efab5c",
    "grave": "#7a1f1f",
    "note": "#eef4fb",
    "alarm": "#fdf1ef",
    "amber": "#fdf5e2",
}
DARK: dict[str, str] = {
    "paper": "#10161d",
    "raised": "#19212b",
    "ink": "#eef2f6",
    "muted": "#a6b2c1",
    "rule": "#2c3744",
    "edge": "#77869a",
    "accent": "#74b6f4",
    "soft": "#4f86b8",
    "bar": "#6d7c90",
    "bad": "#ff8f85",
    "warn": "#f3c458",
    "good": "#74d19c",
    "band": "#2a3542",
    "fail": "#c493e0",
    "silent": "#ef8a4b",
    "event": "#4d3b12",
    "mild": "#96692a",
    "grave": "#ffd3c2",
    "note": "#172534",
    "alarm": "#331c1b",
    "amber": "#30270f",
}

WIDE = 700
NARROW = 270
AXIS_WIDTH = 58
"""Width of every y axis: all plots of a report begin at the same place."""

_VARIABLE = re.compile(r"var\(--c-([a-z]+)\)")


def colour(name: str) -> str:
    """A palette colour as the CSS variable that follows light and dark mode."""
    if name not in LIGHT:
        raise KeyError(f"the palette has no colour {name!r}")
    return f"var(--c-{name})"


def on_paper(text: str) -> str:
    """Text (SVG, JSON) with every palette variable replaced by its colour on white paper."""
    return _VARIABLE.sub(lambda found: LIGHT[found[1]], text)


def css_variables(palette: dict[str, str]) -> str:
    """Declarations of the palette's CSS variables."""
    return "".join(f"--c-{name}:{value};" for name, value in palette.items())


def chart_config() -> dict[str, object]:
    """Vega-Lite configuration of every chart."""
    font = f"'{FONT_FAMILY}'"  # unquoted, the digit in the name makes all text vanish
    label = {"labelFont": font, "labelFontSize": 13, "labelColor": colour("muted")}
    title = {
        "titleFont": font,
        "titleFontSize": 13,
        "titleColor": colour("muted"),
        "titleFontWeight": "normal",
    }
    return {
        "font": font,
        "background": "transparent",
        "mark": {"aria": False},
        "text": {"font": font, "fontSize": 13, "fill": colour("ink")},
        "title": {
            "font": font,
            "fontSize": 14,
            "fontWeight": 600,
            "color": colour("ink"),
            "anchor": "start",
            "frame": "bounds",
            "offset": 8,
            "subtitleFont": font,
            "subtitleFontSize": 13,
            "subtitleColor": colour("muted"),
        },
        "axis": {
            **label,
            **title,
            "domainColor": colour("edge"),
            "tickColor": colour("edge"),
            "gridColor": colour("rule"),
            "labelPadding": 5,
            "tickSize": 4,
        },
        "axisY": {"domain": False, "ticks": False},
        "axisX": {"grid": False},
        "view": {"stroke": None},
        "concat": {"spacing": 18},
        "legend": {**label, **title},
    }
