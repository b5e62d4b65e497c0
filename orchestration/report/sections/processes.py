"""Section: measures by business process. Per process its level, its days, and what stands behind.

Belongs here: which tables and charts a process gets, in which order, and what is said around them.
Does not belong here: the rows of a table (`process_tables.py`) and the drawing of a chart
(`charts/rsvp.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from orchestration.report import charts
from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context, ProcessKey
from orchestration.report.document import (
    Block,
    Cell,
    Kind,
    Line,
    Paragraph,
    Section,
    Statement,
    Table,
)
from orchestration.report.marts import Row
from orchestration.report.sections import (
    change_of_supplier,
    degradation,
    firmware,
    impacts,
    installs,
    leagues,
    reads,
    top_ups,
)
from orchestration.report.sections import process_tables as tables
from orchestration.report.sections.process_tables import CHARTED, LEVEL, PLACES, UNKNOWN, WHOLE
from orchestration.report.sections.wording import column, commentary_blocks, ref, say, strong

ID = "processes"
UNATTRIBUTED = "Unattributed"
UNATTRIBUTED_ID = "process-unattributed"
# Judged by single device types as well (RSVP-M3), and where credentials come in pairs (A10).
BY_DEVICE = {"Install and Commission": ("ESME", "GSME")}
WITH_PAIRS = frozenset({"Security and Key Management"})
# What became of a process, where a measure says it: a section of its own before the days. Each is
# a module that takes the month's marts and gives a section, or none when nothing happened.
OUTCOMES: Mapping[str, tuple[Callable[[Context], Section | None], ...]] = {
    "Install and Commission": (installs.build, reads.install_times, degradation.build),
    "Change of Supplier (Gain)": (change_of_supplier.build,),
    "Pre-Payment": (top_ups.build,),
    "Meter Reads": (reads.meter_reads,),
    "Update Device Firmware": (firmware.build,),
}
SLUG_LENGTH = 22
"""A table's id is a sheet's name of at most 31 characters; the longest ending takes nine."""


def slug(process: str) -> str:
    """A process as part of an id: whole words, cut where a sheet's name would get too long."""
    first, *others = (found[0] for found in re.finditer(r"[a-z0-9]+", process.lower()))
    kept = first
    for word in others:
        if len(kept) + 1 + len(word) > SLUG_LENGTH:
            break
        kept = f"{kept}_{word}"
    return kept


def section_id(process: str) -> str:
    """Id of the part about one process, for links."""
    return f"process-{slug(process).replace('_', '-')}"


def build(context: Context) -> Section:
    """Every process of Table 4, then the requests of none."""
    months = _Months(context)
    context.show_family("RSVP-D")
    context.show_family("LEAGUE")
    children = [_process(context, months, process) for process in context.processes]
    children.append(_unattributed(context, months))
    return Section(
        ID,
        "Measures by business process",
        (
            say(
                "Every Service Request of the month belongs to one business process, the first "
                "whose rule it fits; what fits none is in ",
                ref(UNATTRIBUTED_ID),
                ". A level is the share of requests answered within the Target Response Time of "
                "their own Service Request Variant (SRV) and mode of operation; a request without "
                "response is not within it, and one without a target time is in no level.",
            ),
            *_overview(context),
            *reads.iterations(context),
            *_without_traffic(context, months),
            *commentary_blocks(context, LEVEL, "Responses within the Target Response Time"),
        ),
        tuple(children),
    )


class _Months:
    """Rows of `rsvp_monthly` and `rsvp_daily` that the section reads, by process."""

    def __init__(self, context: Context) -> None:
        one = (ALL,)
        order = "business_process, srv, timing_class, smets, region, device_type"
        self.by_place = _grouped(
            context.marts.rows(
                "rsvp_monthly", order, {"srv": one, "timing_class": one, "device_type": one}
            )
        )
        self.by_part = _grouped(
            context.marts.rows("rsvp_monthly", order, {"smets": one, "region": one})
        )
        self.by_day = _grouped(
            context.marts.rows(
                "rsvp_daily",
                "business_process, smets, region, activity_date",
                {"srv": one, "timing_class": one, "device_type": one},
            )
        )
        self.incidents = impacts.of_the_month(context)
        self.srv_names = {
            row.text("srv"): row.text("srv_name") for row in context.marts.seed("srvs")
        }

    def parts(self, process: str, split: str) -> dict[str, Row]:
        """Value of one split → its row, the other splits at All; All among them."""
        others = {"srv", "timing_class", "device_type"} - {split}
        return {
            row.text(split): row
            for row in self.by_part.get(process, [])
            if all(row.text(other) == ALL for other in others)
        }


def _grouped(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.text("business_process"), []).append(row)
    return found


# --- all processes -------------------------------------------------------------------------------


def _overview(context: Context) -> list[Block]:
    """The level of each process, and once more by region so that one can look across."""
    lines: list[Line] = []
    across: list[Line] = []
    for process in context.processes:
        row = context.process_measure(ProcessKey(LEVEL, process))
        if row is None:
            continue
        name = Cell(Kind.TEXT, process, process, link=section_id(process))
        lines.append(tables.level_line(row, (name,), tables.measure_name(process)))
        across.append(Line((name, *_across(context, process))))
    if not lines:
        return [say("No figure of a business process is there for this month.")]
    return [
        Table(
            "process_levels",
            "Responses within the Target Response Time, by business process",
            tables.level_columns(column("process", "Business process", weight=2.4)),
            tuple(lines),
            ("pmr_measures",),
            content="measures",
            dash_note=tables.LEVEL_DASH,
        ),
        Table(
            "process_levels_by_region",
            "Level of each business process, by generation and region",
            (
                column("process", "Business process", weight=2.4),
                *(
                    column(place.name.lower(), place.name, Kind.PERCENT)
                    for place in (WHOLE, *CHARTED)
                ),
            ),
            tuple(across),
            ("pmr_measures",),
            dash_note="A dash stands where a process does not exist for the generation.",
        ),
    ]


def _without_traffic(context: Context, months: _Months) -> list[Block]:
    """In a month without any request the indicators are told in a sentence, not in tables."""
    if any(tables.volumes(months.by_place.get(process, [])) for process in context.processes):
        return []
    context.shown.update(
        row.text("measure_id")
        for row in context.process_measures
        if row.text("measure_id") in tables.INDICATORS
    )
    return [
        say(
            "No request of a business process is in the extracts of the month, so there is no "
            "round-trip time, volume or delivery to show."
        )
    ]


def _across(context: Context, process: str) -> list[Cell]:
    cells: list[Cell] = []
    for place in (WHOLE, *CHARTED):
        row = context.process_measure(ProcessKey(LEVEL, process, place.smets, place.region))
        cells.append(
            fmt.not_applicable(Kind.PERCENT)
            if row is None
            else fmt.level(row.number("value"), row.words("value_text"), "percent")
        )
    return cells


# --- one process ---------------------------------------------------------------------------------


def _process(context: Context, months: _Months, process: str) -> Section:
    name = slug(process)
    blocks: list[Block] = [_said(context, process)]
    level = tables.levels(context, process, name)
    if level is not None:
        blocks.append(level)
    by_device = tables.device_levels(context, process, name, BY_DEVICE.get(process, ()))
    if by_device is not None:
        blocks.append(by_device)
    blocks.extend(commentary_blocks(context, process, process))
    rows = months.by_place.get(process, [])
    outcomes = (build(context) for build in OUTCOMES.get(process, ()))
    children = [section for section in outcomes if section is not None]
    if tables.volumes(rows):
        children += [_days(context, months, process), _behind(context, months, process)]
    compared = leagues.build(
        context, leagues.of_process(process, name), f"{section_id(process)}-users"
    )
    if compared is not None:
        children.append(compared)
    return Section(
        section_id(process), process, tuple(blocks), tuple(children), starts_page=bool(children)
    )


def _said(context: Context, process: str) -> Paragraph:
    """The level over all regions in a sentence, with what it is held against."""
    row = context.process_measure(ProcessKey(LEVEL, process))
    if row is None:
        return say("No request of this process is in the month.")
    measure = tables.measure_name(process)
    named = "Answered within their Target Response Time"
    level = fmt.level(row.number("value"), row.words("value_text"), "percent").text
    if row.number("value") is None:
        return say(
            "Responses within the Target Response Time: ",
            strong(level),
            ". No target is agreed." if row.number("target") is None else ".",
        )
    parts = (f"{named}: ", strong(level))
    status = row.words("status")
    if status is None:
        return say(
            *parts,
            ". No target is agreed for this process.",
            states=[Statement(measure, level, named=named)],
        )
    return say(
        *parts, ", ", strong(status), limits(row), states=[Statement(measure, level, status, named)]
    )


def limits(row: Row) -> str:
    """Target and minimum of a level at the end of a sentence."""
    said = [f"target {fmt.limit(row.number('target'), 'percent').text}"]
    if row.number("minimum") is not None:
        said.append(f"minimum {fmt.limit(row.number('minimum'), 'percent').text}")
    return f" ({', '.join(said)})."


def _days(context: Context, months: _Months, process: str) -> Section:
    """One chart for each region that has traffic."""
    figures: list[Block] = []
    quiet: list[str] = []
    for place in CHARTED:
        own = [
            row
            for row in months.by_day.get(process, [])
            if (row.text("smets"), row.text("region")) == (place.smets, place.region)
        ]
        name = f"{slug(process)}_{place.name.lower()}"
        figure = charts.rsvp_figure(
            charts.Shown(
                f"figure-rsvp-{name.replace('_', '-')}",
                name,
                process,
                place.name,
                context.month,
            ),
            own,
            impacts.marked(
                months.incidents, place.smets, place.region, context.month, context.marts.zone
            ),
        )
        if figure is None:
            quiet.append(place.name)
        else:
            figures.append(figure)
    blocks: list[Block] = [
        say(
            "Days that a Category 1 or 2 Incident touched in the region or generation are shaded. "
            "A failure is a request without response or one that was not delivered; it can be both."
        ),
        *figures,
    ]
    if quiet:
        blocks.append(say(f"No request of this process concerned {_listed(quiet)}."))
    return Section(f"{section_id(process)}-days", "Day by day", tuple(blocks))


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _behind(context: Context, months: _Months, process: str) -> Section:
    """The supplementary indicators."""
    name = slug(process)
    rows = months.by_place.get(process, [])
    found: list[Table | None] = [
        tables.speed(context, process, name, rows),
        tables.responses(context, process, name, rows),
        tables.timing(context, process, name, list(months.parts(process, "timing_class").values())),
        _by_srv(context, months, process),
        _by_device_type(months, process),
        tables.credential_pairs(context) if process in WITH_PAIRS else None,
    ]
    return Section(
        f"{section_id(process)}-indicators",
        "Supplementary indicators",
        tuple(table for table in found if table is not None),
    )


def _by_srv(context: Context, months: _Months, process: str) -> Table | None:
    found = months.parts(process, "srv")
    if ALL not in found:
        return None
    order = {srv: place for place, srv in enumerate(context.processes.get(process, []))}
    own = sorted(
        (srv for srv in found if srv != ALL), key=lambda srv: (order.get(srv, len(order)), srv)
    )
    return tables.split(
        f"{slug(process)}_srv",
        process,
        "Service Request Variant",
        (column("srv", "SRV", weight=0.8), column("name", "Name", weight=3)),
        {
            srv: ((fmt.text(srv), fmt.text(months.srv_names.get(srv))), found[srv])
            for srv in (ALL, *own)
        },
    )


def _by_device_type(months: _Months, process: str) -> Table | None:
    found = months.parts(process, "device_type")
    if ALL not in found:
        return None
    own = sorted((kind for kind in found if kind != ALL), key=lambda kind: (kind == UNKNOWN, kind))
    return tables.split(
        f"{slug(process)}_type",
        process,
        "device type",
        (column("device_type", "Device type", weight=1.2),),
        {kind: ((fmt.text(kind),), found[kind]) for kind in (ALL, *own)},
    )


# --- requests of no process ----------------------------------------------------------------------


def _unattributed(context: Context, months: _Months) -> Section:
    """Volumes of what no rule gives to a process."""
    blocks: list[Block] = [
        say(
            "Requests that no business process claims: Service Request Variants outside Table 4 of "
            "the Operational Metrics, installation requests on another day than the installation, "
            "and requests to SMETS1 devices of a Variant that Table 4 has for SMETS2+ alone. They "
            "have no level."
        )
    ]
    by_place = tables.volumes(months.by_place.get(UNATTRIBUTED, []))
    if not by_place:
        blocks.append(say("There was none in the month."))
        return Section(UNATTRIBUTED_ID, "Requests without a business process", tuple(blocks))
    blocks.append(
        tables.counts(
            "unattributed_region",
            "Requests without a business process, by region",
            (column("region", "Region", weight=1.4),),
            [
                ((fmt.text(place.name),), row, place.facts())
                for place in PLACES
                if (row := by_place.get((place.smets, place.region))) is not None
            ],
        )
    )
    found = months.parts(UNATTRIBUTED, "srv")
    own = sorted(
        (srv for srv in found if srv != ALL), key=lambda srv: (-found[srv].whole("volume"), srv)
    )
    blocks.append(
        tables.counts(
            "unattributed_srv",
            "Requests without a business process, by Service Request Variant, most frequent first",
            (column("srv", "SRV", weight=0.8), column("name", "Name", weight=3)),
            [
                *(
                    [((fmt.text(ALL), fmt.text(None)), found[ALL], WHOLE.facts())]
                    if ALL in found
                    else []
                ),
                *(
                    (
                        (fmt.text(srv), fmt.text(months.srv_names.get(srv))),
                        found[srv],
                        (("part_of", ALL),),
                    )
                    for srv in own
                ),
            ],
        )
    )
    return Section(
        UNATTRIBUTED_ID, "Requests without a business process", tuple(blocks), starts_page=True
    )
