"""Section: top-ups and payment modes, what became of the requests of Pre-Payment.

Belongs here: whether top-ups and changes of payment mode reached the device (PP1, PP2), how many
attempts they took, and what came back where too many failed. Does not belong here: how fast they
were answered (`processes.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context
from orchestration.report.document import (
    Block,
    Cell,
    Column,
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
    LEVEL_DASH,
    NO_EVENTS,
    PLACES,
    REGIONS,
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

ID = "process-pre-payment-top-ups"
TOP_UPS, MODE_CHANGES = "PP1", "PP2"
VOLUMES = ("PP1-VOL-SUCCEEDED", "PP1-VOL-FAILED", "PP1-VOL-DEVICES", "PP1-LOCAL")
TRIES = (
    ("PP1-TRY-FIRST", "first_time", "at the first attempt"),
    ("PP1-TRY-SECOND", "by_second", "by the second attempt"),
    ("PP1-TRY-NEVER", "never", "never"),
)
# Reasons are given where more than five in a hundred top-ups failed, as the share is shown.
REASONS_BELOW = Decimal(95)

Key = tuple[str, str, str, str, str]
Measures = Mapping[Key, Row]


def build(context: Context) -> Section:
    """Levels, attempts, reasons and payment modes; in a month without any, a sentence."""
    context.show_family(TOP_UPS)
    context.show_family(MODE_CHANGES)
    measures = _measures(context)
    levels = _levels(measures, TOP_UPS)
    blocks: list[Block] = [_said(context, measures)]
    if levels:
        blocks.append(_by_region("top_ups_region", "Top-ups", TOP_UPS, "Top-ups", levels))
        blocks.extend(_by_device_type("top_ups_type", "Top-ups", TOP_UPS, "Top-ups", measures))
        blocks.append(_volumes(measures))
        blocks.extend(_attempts(context))
        blocks.extend(_reasons(context, measures))
    blocks.extend(commentary_blocks(context, TOP_UPS, "Top-ups"))
    changes = _levels(measures, MODE_CHANGES)
    if changes:
        name = "Changes of payment mode"
        blocks.append(_by_region("payment_modes_region", name, MODE_CHANGES, "Requests", changes))
        blocks.extend(_by_srv(context, measures))
        blocks.extend(
            _by_device_type("payment_modes_type", name, MODE_CHANGES, "Requests", measures)
        )
    blocks.extend(commentary_blocks(context, MODE_CHANGES, "Changes of payment mode"))
    return Section(ID, "Top-ups and payment modes", tuple(blocks))


def _measures(context: Context) -> Measures:
    """Measure, SRV, device type and place → the row of `pmr_measures`."""
    wanted = (TOP_UPS, *VOLUMES, *(measure for measure, _, _ in TRIES), MODE_CHANGES)
    rows = context.marts.rows(
        "pmr_measures", "measure_id, srv, device_type, smets, region", {"measure_id": wanted}
    )
    return {
        (
            row.text("measure_id"),
            row.text("srv"),
            row.text("device_type"),
            row.text("smets"),
            row.text("region"),
        ): row
        for row in rows
    }


def _said(context: Context, measures: Measures) -> Block:
    row = measures.get((TOP_UPS, ALL, ALL, ALL, ALL))
    if row is None:
        return say("Of top-ups nothing is told this month.")
    level = fmt.level(row.number("value"), row.words("value_text"), "percent").text
    parts: list[str | Span] = [
        "Top-ups (2.2) that reached the device, with a response and code I0: ",
        strong(level),
        "." if row.number("target") is not None else ". No target is agreed.",
    ]
    whole = context.marts.rows(
        "top_ups", "device_type", {"device_type": (ALL,), "smets": (ALL,), "region": (ALL,)}
    )
    if whole and whole[0].flag("has_look_back") is False:
        parts.append(
            " The requests of the last day before the month are not held, so that attempts which "
            "went on from that day count as if they began in the month."
        )
    return say(*parts, states=[Statement(TOP_UPS, level, named="Top-ups (2.2)")])


# --- levels --------------------------------------------------------------------------------------


def _levels(measures: Measures, measure: str) -> list[tuple[Place, Row]]:
    """The level of each place, over all SRVs and device types."""
    return [
        (place, row)
        for place in PLACES
        if (row := measures.get((measure, ALL, ALL, place.smets, place.region))) is not None
    ]


def _level_columns(
    requests: str, *names: Column, with_previous: bool = False
) -> tuple[Column, ...]:
    return (
        *names,
        column("denominator", requests, Kind.COUNT),
        column("numerator", "Reached the device", Kind.COUNT, weight=1.1),
        *((PREVIOUS,) if with_previous else ()),
        column("level", "Level", Kind.PERCENT),
        column("target", "Target", Kind.PERCENT),
        column("minimum", "Minimum", Kind.PERCENT),
        column("status", "Status", Kind.STATUS, weight=1.3),
    )


def _level_line(
    row: Row,
    names: Sequence[Cell],
    measure: str,
    facts: Sequence[tuple[str, str]] = (),
    *,
    with_previous: bool = False,
) -> Line:
    return Line(
        (
            *names,
            _counted(row, "denominator"),
            _counted(row, "numerator"),
            *((previous(row),) if with_previous else ()),
            fmt.level(row.number("value"), row.words("value_text"), "percent"),
            target(row),
            fmt.limit(row.number("minimum"), "percent"),
            fmt.status(row.words("status")),
        ),
        Role.TOTAL if dict(facts).get("total_of") == ALL else Role.BODY,
        measure,
        (
            ("unit", "percent"),
            ("direction", row.text("direction")),
            ("formula", "ratio"),
            *facts,
        ),
    )


def _counted(row: Row | None, name: str) -> Cell:
    """A count: nought where nothing happened, words where it was not told."""
    value = None if row is None else row.number(name)
    if value is not None:
        return fmt.count(value)
    said = NO_EVENTS if row is None else row.words("value_text")
    return fmt.count(0) if said == NO_EVENTS else fmt.level(None, said, "count")


def _by_region(
    name: str, title: str, measure: str, requests: str, levels: Sequence[tuple[Place, Row]]
) -> Table:
    return Table(
        name,
        f"{title} that reached the device, by region",
        _level_columns(requests, column("region", "Region", weight=1.2), with_previous=True),
        tuple(
            _level_line(
                row,
                (fmt.text(place.name),),
                _named(measure, place.name),
                place.facts(),
                with_previous=True,
            )
            for place, row in levels
        ),
        ("pmr_measures",),
        content="measures",
        dash_note=f"{LEVEL_DASH} {PREVIOUS_DASH}",
    )


def _named(measure: str, *splits: str) -> str:
    """The printed name of a level: PP1, ESME, North."""
    return ", ".join((measure, *(split for split in splits if split != ALL)))


def _by_device_type(
    name: str, title: str, measure: str, requests: str, measures: Measures
) -> list[Block]:
    types = sorted(
        {key[2] for key in measures if key[0] == measure and key[1] == ALL and key[2] != ALL}
    )
    lines = [
        _level_line(
            row,
            (fmt.text(device_type), fmt.text(place.name)),
            _named(measure, device_type, place.name),
        )
        for device_type in types
        for place in PLACES
        if (row := measures.get((measure, ALL, device_type, place.smets, place.region))) is not None
    ]
    if not lines:
        return []
    return [
        Table(
            name,
            f"{title} that reached the device, by device type and region",
            _level_columns(
                requests,
                column("device_type", "Device type"),
                column("region", "Region", weight=1.1),
            ),
            tuple(lines),
            ("pmr_measures",),
            content="measures",
            dash_note=LEVEL_DASH,
        )
    ]


def _by_srv(context: Context, measures: Measures) -> list[Block]:
    names = {row.text("srv"): row.text("srv_name") for row in context.marts.seed("srvs")}
    lines = [
        _level_line(
            row,
            (fmt.text(key[1]), fmt.text(names.get(key[1]))),
            _named(MODE_CHANGES, key[1]),
        )
        for key, row in measures.items()
        if key[0] == MODE_CHANGES and key[1] != ALL and key[2:] == (ALL, ALL, ALL)
    ]
    if not lines:
        return []
    return [
        Table(
            "payment_modes_srv",
            "Changes of payment mode that reached the device, by Service Request Variant",
            _level_columns(
                "Requests", column("srv", "SRV", weight=0.8), column("name", "Name", weight=2)
            ),
            tuple(lines),
            ("pmr_measures",),
            content="measures",
            dash_note=LEVEL_DASH,
        )
    ]


# --- volumes and attempts ------------------------------------------------------------------------


def _volumes(measures: Measures) -> Table:
    """What succeeded and failed, and the credit that needed no request, by region."""
    return Table(
        "top_ups_volume",
        "Top-ups that succeeded and failed, and credit added locally, by region",
        (
            column("region", "Region", weight=1.3),
            summed("succeeded", "Succeeded"),
            summed("failed", "Failed"),
            summed("devices", "Devices with a top-up"),
            summed("local", "Credit added locally"),
        ),
        tuple(
            Line(
                (
                    fmt.text(place.name),
                    *(
                        _counted(
                            measures.get((measure, ALL, ALL, place.smets, place.region)), "value"
                        )
                        for measure in VOLUMES
                    ),
                ),
                Role.TOTAL if place == WHOLE else Role.BODY,
                facts=place.facts(),
            )
            for place in PLACES
            if any(
                (measure, ALL, ALL, place.smets, place.region) in measures for measure in VOLUMES
            )
        ),
        ("pmr_measures",),
        notes=("Credit added locally: alerts 810E, with or without a top-up to the device.",),
    )


def _attempts(context: Context) -> list[Block]:
    """How many attempts a top-up took: of the sequences that began in the month."""
    rows = {
        (row.text("smets"), row.text("region")): row
        for row in context.marts.rows("top_ups", "smets, region", {"device_type": (ALL,)})
        if row.number("sequences")
    }
    if not rows:
        return []
    return [
        Table(
            "top_ups_attempts",
            "Attempts before success, by region",
            (
                column("region", "Region", weight=1.3),
                summed("sequences", "Sequences"),
                *(
                    one
                    for _, name, words in TRIES
                    for one in (
                        summed(name, words.capitalize()),
                        column(f"{name}_pct", f"Share {words}", Kind.PERCENT),
                    )
                ),
            ),
            tuple(
                Line(
                    (
                        fmt.text(place.name),
                        fmt.count(row.whole("sequences")),
                        *(
                            cell
                            for _, name, _ in TRIES
                            for cell in (
                                fmt.count(row.whole(name)),
                                fmt.limit(row.number(f"{name}_pct"), "percent"),
                            )
                        ),
                    ),
                    Role.TOTAL if place == WHOLE else Role.BODY,
                    facts=place.facts(),
                )
                for place in PLACES
                if (row := rows.get((place.smets, place.region))) is not None
            ),
            ("top_ups",),
            notes=(
                "A sequence: the attempts of one User on one device, up to a success or to a gap "
                "of more than 24 hours between starts. It counts in the month of its first "
                "attempt, as it stands at the extract point. Those at the first attempt are among "
                "those by the second.",
            ),
        )
    ]


# --- reasons -------------------------------------------------------------------------------------


def _reasons(context: Context, measures: Measures) -> list[Block]:
    """What came back, for each region where the share of failures is above five per cent."""
    wanted = [
        place
        for place in (WHOLE, *REGIONS)
        if (row := measures.get((TOP_UPS, ALL, ALL, place.smets, place.region))) is not None
        and (value := row.number("value")) is not None
        and fmt.shown(value) < REASONS_BELOW
    ]
    if not wanted:
        return [say("In no region more than five in a hundred top-ups failed.")]
    found = {
        (row.text("response_code"), row.text("region")): row.whole("requests")
        for row in context.marts.rows("top_up_failures", "response_code, region")
    }
    meanings = {
        row.text("response_code"): row.text("meaning")
        for row in context.marts.seed("response_codes")
    }
    regions = {place.region for place in wanted}
    # Of the first region that is listed, all of them together where that is one.
    most = wanted[0].region
    codes = sorted(
        {code for code, region in found if region in regions},
        key=lambda code: (-found.get((code, most), 0), code),
    )
    lines = [
        Line(
            (
                fmt.text(code),
                fmt.text(_meaning(code, meanings)),
                *(fmt.count(found.get((code, place.region), 0)) for place in wanted),
            )
        )
        for code in codes
    ]
    failed = (
        _counted(measures.get(("PP1-VOL-FAILED", ALL, ALL, place.smets, place.region)), "value")
        for place in wanted
    )
    lines.append(Line((fmt.text("All codes"), fmt.text(None), *failed), Role.TOTAL))
    return [
        Table(
            "top_ups_reasons",
            "What came back of top-ups that failed, where more than five in a hundred did",
            (
                column("code", "Code", weight=0.9),
                column("meaning", "Meaning", weight=2.4),
                *(summed(place.name.lower(), place.name) for place in wanted),
            ),
            tuple(lines),
            ("top_up_failures", "pmr_measures"),
            notes=("All: every generation and region. SMETS1 has no region of its own.",),
        )
    ]


def _meaning(code: str, meanings: Mapping[str, str]) -> str:
    if code == "None":
        return "No code"
    if code == "I0":
        return "Success, but no response was received"
    return meanings.get(code, "Not in the list of response codes")
