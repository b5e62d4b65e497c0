"""Section: firmware. Which images were acknowledged and verified, and what hubs got themselves.

Belongs here: images of devices (DF1, DF2), their activation (DF3), and Communications Hubs' own
images (CHF1, CHF2). Does not belong here: how fast the requests were answered (`processes.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from orchestration.report import charts
from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context
from orchestration.report.document import (
    Block,
    Cell,
    Kind,
    Line,
    Role,
    Section,
    Span,
    Statement,
    Table,
)
from orchestration.report.marts import Row
from orchestration.report.sections.process_tables import (
    CHARTED,
    LEVEL_DASH,
    NO_EVENTS,
    PLACES,
    REGIONS,
    UNKNOWN,
    WHOLE,
    Place,
    target,
)
from orchestration.report.sections.wording import (
    PREVIOUS,
    PREVIOUS_DASH,
    column,
    commentary_blocks,
    previous,
    say,
    strong,
    summed,
)

ID = "firmware"
IMAGES, HANS, ACTIVATED, NOT_ACTIVATED = "DF1", "DF1-HANS", "DF3", "DF3-FAILED"
VERIFIED = "DF2-VERIFIED"
OUTCOMES = {
    VERIFIED: "Verified",
    "DF2-FAILED": "Verification failed",
    "DF2-PROGRESS": "In progress",
    "DF2-SILENT": "Silent",
}
HUB_DELIVERED, HUB_ACTIVATED = "CHF1", "CHF2"
MEASURES = (
    IMAGES, HANS, *OUTCOMES, ACTIVATED, NOT_ACTIVATED, HUB_DELIVERED, HUB_ACTIVATED,
)  # fmt: skip
STEPS = ("Requested", "Acknowledged", "HANs received", "Verified")

Figures = Mapping[tuple[str, str, str, str], Row]
"""Measure, device type, generation and region → the row of `pmr_measures`."""


def build(context: Context) -> Section | None:
    """All that the marts say of the month's firmware; None where no measure of it is there."""
    found: Figures = {
        (
            row.text("measure_id"),
            row.text("device_type"),
            row.text("smets"),
            row.text("region"),
        ): row
        for row in context.marts.rows(
            "pmr_measures", "measure_id, device_type, smets, region", {"measure_id": MEASURES}
        )
    }
    if not found:
        return None
    context.shown.update(measure for measure, *_ in found)
    return Section(
        ID,
        "Firmware",
        (
            _said(found, IMAGES, "Images acknowledged by the devices that an 11.1 names"),
            *_images(found),
            *commentary_blocks(context, IMAGES, "Firmware images acknowledged"),
            *_funnel(found),
            *_outcomes(found),
            *_activations(found),
            _said(
                found, HUB_DELIVERED, "Images delivered to Communications Hubs, of those attempted"
            ),
            *_hub_levels(found),
            *commentary_blocks(context, HUB_DELIVERED, "Communications Hub images delivered"),
            *commentary_blocks(context, HUB_ACTIVATED, "Communications Hub images activated"),
            *_hub_versions(context),
        ),
    )


def _said(found: Figures, measure: str, words: str) -> Block:
    """The level over all regions in a sentence."""
    row = found.get((measure, ALL, ALL, ALL))
    if row is None:
        return say(f"{words}: nothing is told this month.")
    level = fmt.level(row.number("value"), row.words("value_text"), "percent").text
    parts: list[str | Span] = [f"{words}: ", strong(level)]
    parts.append("." if row.number("target") is not None else ". No target is agreed.")
    return say(*parts, states=[Statement(measure, level, named=words)])


def _counted(row: Row | None, name: str) -> Cell:
    """A count: nought where nothing happened, words where it was not told."""
    value = None if row is None else row.number(name)
    if value is not None:
        return fmt.count(value)
    said = None if row is None else row.words("value_text")
    return fmt.count(0) if said == NO_EVENTS else fmt.level(None, said, "count")


def _share(row: Row | None) -> Cell:
    if row is None:
        return fmt.not_applicable(Kind.PERCENT)
    return fmt.level(row.number("value"), row.words("value_text"), "percent")


def _role(place: Place) -> Role:
    return Role.TOTAL if place == WHOLE else Role.BODY


def _limits(row: Row) -> tuple[Cell, ...]:
    return (
        target(row),
        fmt.limit(row.number("minimum"), "percent"),
        fmt.status(row.words("status")),
    )


def _facts(row: Row) -> tuple[tuple[str, str], ...]:
    return (("unit", "percent"), ("direction", row.text("direction")), ("formula", "ratio"))


LIMITS = (
    column("target", "Target", Kind.PERCENT, weight=1.2),
    column("minimum", "Minimum", Kind.PERCENT),
    column("status", "Status", Kind.STATUS, weight=1.3),
)

# --- images of devices ---------------------------------------------------------------------------


def _images(found: Figures) -> list[Block]:
    """DF1 by region, and by device type."""
    counts = (
        column("denominator", "Requested", Kind.COUNT),
        column("numerator", "Acknowledged", Kind.COUNT, weight=1.1),
        column("hans", "HANs that received it", Kind.COUNT, weight=1.1),
    )
    judged = (column("level", "Level", Kind.PERCENT), *LIMITS)

    def one(row: Row, device_type: str, place: Place, names: Sequence[Cell]) -> Line:
        splits = (part for part in (device_type, place.name) if part != ALL)
        return Line(
            (
                *names,
                _counted(row, "denominator"),
                _counted(row, "numerator"),
                _counted(found.get((HANS, device_type, place.smets, place.region)), "value"),
                *((previous(row),) if device_type == ALL else ()),
                _share(row),
                *_limits(row),
            ),
            _role(place) if device_type == ALL else Role.BODY,
            ", ".join((IMAGES, *splits)),
            (*_facts(row), *(place.facts() if device_type == ALL else ())),
        )

    def cells(device_type: str) -> list[tuple[Place, Row]]:
        return [
            (place, row)
            for place in PLACES
            if (row := found.get((IMAGES, device_type, place.smets, place.region))) is not None
        ]

    types = sorted({key[1] for key in found if key[0] == IMAGES and key[1] != ALL})
    by_place = [one(row, ALL, place, (fmt.text(place.name),)) for place, row in cells(ALL)]
    by_type = [
        one(row, device_type, place, (fmt.text(device_type), fmt.text(place.name)))
        for device_type in types
        for place, row in cells(device_type)
    ]
    blocks: list[Block] = []
    for name, words, columns, lines, dash in (
        (
            "region",
            "region",
            (column("region", "Region", weight=1.2), *counts, PREVIOUS, *judged),
            by_place,
            f"{LEVEL_DASH} {PREVIOUS_DASH}",
        ),
        (
            "type",
            "device type and region",
            (
                column("device_type", "Device type"),
                column("region", "Region", weight=1.1),
                *counts,
                *judged,
            ),
            by_type,
            LEVEL_DASH,
        ),
    ):
        if lines:
            blocks.append(
                Table(
                    f"firmware_{name}",
                    f"Firmware images acknowledged, by {words}",
                    columns,
                    tuple(lines),
                    ("pmr_measures",),
                    content="measures",
                    dash_note=dash,
                )
            )
    return blocks


def _funnel(found: Figures) -> list[Block]:
    """From requested to verified, in all and in each region."""
    panels: list[charts.Funnel] = []
    for place in (WHOLE, *CHARTED):
        images, hans, verified = (
            found.get((measure, ALL, place.smets, place.region))
            for measure in (IMAGES, HANS, VERIFIED)
        )
        counts = (
            None if images is None else images.number("denominator"),
            None if images is None else images.number("numerator"),
            None if hans is None else hans.number("value"),
            None if verified is None else verified.number("numerator"),
        )
        # What is awaited is not nought: a region of which a step is not told has no panel.
        told = [int(count) for count in counts if count is not None]
        if len(told) == len(STEPS):
            panels.append(charts.Funnel(place.name, tuple(told)))
    figure = charts.funnel_figure(
        "firmware-funnel",
        "Firmware images from requested to verified, by region",
        STEPS,
        panels,
        "pmr_measures",
    )
    return [] if figure is None else [figure]


def _outcomes(found: Figures) -> list[Block]:
    """DF2: what became of the images that were acknowledged."""
    lines = []
    for place in PLACES:
        rows = [found.get((measure, ALL, place.smets, place.region)) for measure in OUTCOMES]
        if all(row is None for row in rows):
            continue
        shares = [(_counted(row, "numerator"), _share(row)) for row in rows]
        lines.append(
            Line(
                (
                    fmt.text(place.name),
                    _counted(rows[0], "denominator"),
                    *(cell for both in shares for cell in both),
                ),
                _role(place),
                facts=place.facts(),
            )
        )
    if not lines:
        return []
    return [
        Table(
            "firmware_outcomes",
            "What became of acknowledged images, by region",
            (
                column("region", "Region", weight=1.3),
                summed("acknowledged", "Acknowledged", weight=1.2),
                *(
                    one
                    for place, words in enumerate(OUTCOMES.values(), start=1)
                    for one in (
                        summed(f"outcome_{place}", words),
                        column(f"outcome_{place}_pct", f"{words} %", Kind.PERCENT),
                    )
                ),
            ),
            tuple(lines),
            ("pmr_measures",),
            row_total="acknowledged",
            notes=(
                "The first alert 8F72 (verified) or 8F1C (verification failed) of the device "
                "within 120 hours of the 11.1 decides. Without one an image is in progress as long "
                "as its 120 hours were not over at the extract point, else silent. An alert that "
                "arrives later moves what is in progress, in a re-issue.",
            ),
        )
    ]


def _activations(found: Figures) -> list[Block]:
    """DF3: 11.3 that succeeded and failed."""
    lines = [
        Line(
            (
                fmt.text(place.name),
                _counted(row, "denominator"),
                _counted(row, "numerator"),
                _share(row),
                _counted(failed, "numerator"),
                _share(failed),
            ),
            _role(place),
            facts=place.facts(),
        )
        for place in PLACES
        if (row := found.get((ACTIVATED, ALL, place.smets, place.region))) is not None
        for failed in (found.get((NOT_ACTIVATED, ALL, place.smets, place.region)),)
    ]
    if not lines:
        return []
    return [
        Table(
            "firmware_activations",
            "Activations of firmware (11.3), by region",
            (
                column("region", "Region", weight=1.3),
                summed("activations", "Activations"),
                summed("succeeded", "Succeeded"),
                column("succeeded_pct", "Succeeded %", Kind.PERCENT),
                summed("failed", "Failed"),
                column("failed_pct", "Failed %", Kind.PERCENT),
            ),
            tuple(lines),
            ("pmr_measures",),
            row_total="activations",
        )
    ]


# --- hubs' own images ----------------------------------------------------------------------------


def _hub_levels(found: Figures) -> list[Block]:
    """CHF1 and CHF2 by region."""
    blocks: list[Block] = []
    for measure, words in ((HUB_DELIVERED, "Delivered"), (HUB_ACTIVATED, "Activated")):
        lines = [
            Line(
                (
                    fmt.text(place.name),
                    _counted(row, "denominator"),
                    _counted(row, "numerator"),
                    previous(row),
                    _share(row),
                    *_limits(row),
                ),
                _role(place),
                measure if place == WHOLE else f"{measure}, {place.name}",
                (*_facts(row), *place.facts()),
            )
            for place in PLACES
            if (row := found.get((measure, ALL, place.smets, place.region))) is not None
        ]
        if lines:
            blocks.append(
                Table(
                    f"hub_firmware_{words.lower()}",
                    f"Communications Hub images {words.lower()}, by region",
                    (
                        column("region", "Region", weight=1.2),
                        column("denominator", "Attempted", Kind.COUNT),
                        column("numerator", words, Kind.COUNT),
                        PREVIOUS,
                        column("level", "Level", Kind.PERCENT),
                        *LIMITS,
                    ),
                    tuple(lines),
                    ("pmr_measures",),
                    content="measures",
                    dash_note=f"{LEVEL_DASH} {PREVIOUS_DASH}",
                )
            )
    return blocks


def _hub_versions(context: Context) -> list[Block]:
    """Each version of a hub's image, by region."""
    rows = context.marts.rows("hub_firmware", "image_version, region")
    if not rows:
        return []
    order = {region: at for at, region in enumerate((ALL, *(place.region for place in REGIONS)))}
    ordered = sorted(
        rows,
        key=lambda row: (
            row.text("image_version"),
            order.get(row.text("region"), len(order)),
            row.text("region"),
        ),
    )
    return [
        Table(
            "hub_firmware_versions",
            "Communications Hub images by version and region",
            (
                column("version", "Version"),
                column("region", "Region", weight=1.1),
                column("attempted", "Attempted", Kind.COUNT),
                column("delivered", "Delivered", Kind.COUNT),
                column("delivered_pct", "Delivered %", Kind.PERCENT),
                column("activated", "Activated", Kind.COUNT),
                column("activated_pct", "Activated %", Kind.PERCENT),
            ),
            tuple(
                Line(
                    (
                        fmt.text(row.text("image_version")),
                        fmt.text(_region(row.text("region"))),
                        fmt.count(row.whole("attempted")),
                        fmt.count(row.whole("delivered")),
                        fmt.limit(row.number("delivered_pct"), "percent"),
                        fmt.count(row.whole("activated")),
                        fmt.limit(row.number("activated_pct"), "percent"),
                    )
                )
                for row in ordered
            ),
            ("hub_firmware",),
            notes=("All: every generation and region. SMETS1 has no region of its own.",),
        )
    ]


def _region(region: str) -> str:
    return "Unknown hub" if region == UNKNOWN else region
