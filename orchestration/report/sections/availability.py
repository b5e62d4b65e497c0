"""Section: Service availability. Levels, days, hours, regions, reliability, business processes.

Belongs here: AVAIL, DOWN, REL and BP-AVAIL as the marts have them. Does not belong here: outages
that the requests tell of (`outages.py`), and the records of Major Incidents (`major_incidents.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.report import charts
from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context, ProcessKey
from orchestration.report.document import (
    MAX_SHEET_NAME,
    Block,
    Cell,
    Kind,
    Line,
    Role,
    Section,
    Table,
)
from orchestration.report.marts import Row
from orchestration.report.sections import impacts, outages
from orchestration.report.sections.process_tables import CHARTED
from orchestration.report.sections.wording import (
    PREVIOUS,
    column,
    commentary_blocks,
    line,
    previous,
    ref,
    say,
)

ID = "availability"
LEVEL = "AVAIL"
FAMILIES = ("AVAIL", "DOWN", "REL", "BP-AVAIL")
OVERALL = "All Services"
# No Service depends on a component of SMETS1 alone: incidents of SMETS1 did not take one down.
MARKED_SMETS = "SMETS2+"
WHOLE_DAY, OPERATIONAL, INACTIVE = ALL, "Operational", "Inactive"
BANDS = {
    WHOLE_DAY: "All hours",
    OPERATIONAL: "Operational activity",
    INACTIVE: "Inactivity",
}
CHARTED_REGIONS = {place.region: number for number, place in enumerate(CHARTED)}
LEVEL_DASH = (
    "A dash stands for a target or minimum where none is agreed, for a status then, and for a "
    "previous level where none was published."
)


def measure_name(scope: str) -> str:
    """How the figures printed of a Service's availability are known: `AVAIL dcc_user_interface`."""
    return LEVEL if scope == ALL else f"{LEVEL} {scope}"


def region_name(service: str, region: str) -> str:
    """The same of a region, or of what has no regions."""
    return f"AVAIL-R {service} {region}"


def _table_id(prefix: str, name: str) -> str:
    """An id that is a sheet's name too: `availability_dcc_user`."""
    short = name.removesuffix("s").removesuffix("_interface")
    return f"{prefix}_{short}"[:MAX_SHEET_NAME]


def service_titles(context: Context) -> dict[str, str]:
    """Service → its name, in the order of the reference data."""
    return {row.text("service_id"): row.text("service") for row in context.marts.seed("services")}


def process_name(process: str, smets: str, region: str) -> str:
    """The same of a business process."""
    return f"BP-AVAIL {process} | {smets} | {region}"


def section_id(service: str) -> str:
    """Id of the part about one Service, for links."""
    return f"availability-{service.replace('_', '-')}"


def build(context: Context) -> Section:
    """The Services together, each of them, the business processes, the components."""
    for family in FAMILIES:
        context.show_family(family)
    services = {
        row.text("service_id"): row
        for row in context.marts.seed("services")
        if _holds(context, row)
    }
    bands = context.marts.rows("service_availability", "service_id, region, band")
    if not bands:
        return Section(
            ID,
            "Service availability",
            (
                say(
                    "Service availability: Not Reported. The extracts of component events of the "
                    "month have not come."
                ),
            ),
            (_reliability(context, services), outages.build(context)),
        )
    return Section(
        ID,
        "Service availability",
        (
            say(
                "A Service is down while any component that it depends on is. Availability is the "
                "share of the time that was not planned to be down in which the Service was up. Of "
                "a Service with regions it is worked out from the mean of the regions' minutes; "
                "the figure for all Services is the mean of their availability."
            ),
            _levels(context, services),
            _time_of_day(context, services),
        ),
        (
            *(_service(context, name, row, bands) for name, row in services.items()),
            _reliability(context, services),
            _processes(context),
            _components(context),
            outages.build(context),
        ),
    )


# --- all Services --------------------------------------------------------------------------------


def _named(services: dict[str, Row], scope: str) -> str:
    return OVERALL if scope == ALL else services[scope].text("service")


def _levels(context: Context, services: dict[str, Row]) -> Table:
    lines = []
    for scope in (*services, ALL):
        row = context.measure(LEVEL, scope)
        if row is None:
            continue
        name = _named(services, scope)
        lines.append(
            Line(
                (
                    fmt.text(name)
                    if scope == ALL
                    else Cell(Kind.TEXT, name, name, link=section_id(scope)),
                    previous(row),
                    fmt.level(row.number("value"), row.words("value_text"), "percent"),
                    fmt.limit(row.number("target"), "percent"),
                    fmt.limit(row.number("minimum"), "percent"),
                    fmt.status(row.words("status")),
                ),
                Role.TOTAL if scope == ALL else Role.BODY,
                measure=measure_name(scope),
                facts=(("unit", "percent"), ("direction", "higher")),
            )
        )
    sources = context.marts.seed("service_availability_targets")
    return Table(
        "availability_levels",
        "Availability of the Services",
        (
            column("service", "Service", weight=2.4),
            PREVIOUS,
            column("level", "Level", Kind.PERCENT),
            column("target", "Target", Kind.PERCENT),
            column("minimum", "Minimum", Kind.PERCENT),
            column("status", "Status", Kind.STATUS, weight=1.4),
        ),
        tuple(lines),
        ("pmr_measures", "service_availability"),
        content="measures",
        notes=tuple(
            f"{_named(services, row.text('service_id'))}: target and minimum by "
            f"{row.text('source')}."
            for row in sources
            if row.text("service_id") in services and _holds(context, row)
        ),
        dash_note=LEVEL_DASH,
    )


def _holds(context: Context, row: Row) -> bool:
    """Whether reference data holds in the month."""
    starts, ends = row.day("valid_from"), row.day("valid_to")
    return (starts is None or starts <= context.month) and (ends is None or ends >= context.month)


def _time_of_day(context: Context, services: dict[str, Row]) -> Table:
    def level(measure: str, scope: str) -> Cell:
        row = context.measure(measure, scope)
        if row is None:
            return fmt.not_applicable(Kind.PERCENT)
        return fmt.level(row.number("value"), row.words("value_text"), "percent")

    return Table(
        "availability_time_of_day",
        "Availability by time of day, and on the worst day",
        (
            column("service", "Service", weight=2.4),
            column("operational", "Operational activity", Kind.PERCENT, weight=1.4),
            column("inactive", "Inactivity", Kind.PERCENT, weight=1.4),
            column("worst", "Worst day", Kind.PERCENT),
        ),
        tuple(
            Line(
                (
                    fmt.text(_named(services, scope)),
                    *(
                        level(measure, scope)
                        for measure in ("AVAIL-T-OPERATIONAL", "AVAIL-T-INACTIVE", "AVAIL-D")
                    ),
                ),
                Role.TOTAL if scope == ALL else Role.BODY,
            )
            for scope in (*services, ALL)
        ),
        ("pmr_measures",),
        notes=(
            "Operational activity: Monday to Friday 08:00 to 20:00, Saturday 08:00 to 12:00, bank "
            "holidays too.",
        ),
        dash_note="A dash stands where there is no figure.",
    )


# --- one Service ---------------------------------------------------------------------------------


def _service(context: Context, service: str, seed: Row, bands: Sequence[Row]) -> Section:
    name = seed.text("service")
    own = [row for row in bands if row.text("service_id") == service]
    days = context.marts.rows(
        "service_availability_daily",
        "activity_date",
        {"service_id": (service,), "region": (ALL,)},
    )
    hours = context.marts.rows(
        "service_availability_hourly", "started_at", {"service_id": (service,), "region": (ALL,)}
    )
    figure = context.measure(LEVEL, service)
    incidents = [
        row
        for row in impacts.of_the_month(context)
        if service in (row.words("services") or "").split("|")
    ]
    slug = service.replace("_", "-")
    line_figure = charts.availability_line_figure(
        charts.ShownLine(
            f"figure-availability-{slug}",
            _table_id("fig_days", service),
            name,
            context.month,
            None if figure is None else figure.number("value"),
            None if figure is None else figure.number("target"),
            None if figure is None else figure.number("minimum"),
        ),
        days,
        impacts.marked(incidents, MARKED_SMETS, ALL, context.month, context.marts.zone),
    )
    heat = charts.heat_map_figure(
        charts.ShownHours(
            f"figure-hours-{slug}",
            _table_id("fig_hours", service),
            name,
            context.month,
            context.marts.zone,
            "service_availability_hourly",
        ),
        hours,
    )
    blocks: list[Block] = [_places(service, name, own, is_regional=seed.flag("is_regional"))]
    blocks.extend(commentary_blocks(context, service, name))
    if line_figure is not None:
        blocks.append(line_figure)
    if heat is not None and _has_downtime(hours):
        blocks.append(heat)
    elif heat is not None:
        blocks.append(
            say("In no hour of the month was it down, planned or not: there is no map of hours.")
        )
    return Section(section_id(service), name, tuple(blocks))


def _has_downtime(hours: Sequence[Row]) -> bool:
    return any(row.number("planned_minutes") or row.number("unplanned_minutes") for row in hours)


def _minutes(value: Row, column_name: str) -> Cell:
    """Minutes of a place are whole; the mean of regions may not be."""
    minutes = value.number(column_name)
    if minutes is None:
        return fmt.not_applicable(Kind.DECIMAL)
    return fmt.decimal(minutes, 0 if minutes == minutes.to_integral_value() else 2)


def _places(service: str, name: str, rows: Sequence[Row], *, is_regional: bool | None) -> Table:
    """Regions, then the bands of all of them together."""

    def printed(row: Row, what: str, measure: str, role: Role = Role.BODY) -> Line:
        return Line(
            (
                fmt.text(what),
                fmt.level(row.number("availability_pct"), "Data Exempted", "percent"),
                _minutes(row, "unplanned_minutes"),
                fmt.limit(row.number("unplanned_hours"), "hours"),
                _minutes(row, "planned_minutes"),
                _minutes(row, "planned_over_allowance_minutes"),
                fmt.count(row.whole("outages")),
            ),
            role,
            measure=measure,
            facts=(("unit", "percent"), ("direction", "higher")),
        )

    by_place = {(row.text("region"), row.text("band")): row for row in rows}
    regions = sorted(
        {region for region, _ in by_place} - {ALL},
        key=lambda region: (CHARTED_REGIONS.get(region, len(CHARTED_REGIONS)), region),
    )
    lines = [
        printed(by_place[region, WHOLE_DAY], region, region_name(service, region))
        for region in regions
    ]
    lines += [
        printed(
            by_place[ALL, band],
            words if not is_regional else f"All regions, {words[0].lower()}{words[1:]}",
            f"{measure_name(service)}, {words}" if band != WHOLE_DAY else measure_name(service),
            Role.TOTAL if band == WHOLE_DAY else Role.BODY,
        )
        for band, words in BANDS.items()
        if (ALL, band) in by_place
    ]
    notes = [
        "Planned downtime is left out of availability, also beyond the six hours a month that SEC "
        "Section H8 allows. An outage is an unbroken interval of unplanned downtime; it counts in "
        "each band that it touches."
    ]
    if is_regional:
        notes.append("Minutes of all regions are the mean of the regions, outages their sum.")
    return Table(
        _table_id("availability", service),
        f"{name}: availability and downtime",
        (
            column("place", "Region or hours" if is_regional else "Hours", weight=2.2),
            column("level", "Level", Kind.PERCENT),
            column("unplanned", "Unplanned (min)", Kind.DECIMAL),
            column("hours", "Unplanned (h)", Kind.DECIMAL),
            column("planned", "Planned (min)", Kind.DECIMAL),
            column("over", "Over allowance (min)", Kind.DECIMAL, weight=1.2),
            column("outages", "Outages", Kind.COUNT),
        ),
        tuple(lines),
        ("service_availability",),
        content="measures",
        notes=tuple(notes),
        dash_note="A dash stands where there is no figure.",
    )


# --- reliability, processes, components ----------------------------------------------------------


def _reliability(context: Context, services: dict[str, Row]) -> Section:
    def figure(measure: str, scope: str) -> Cell:
        unit = context.units.get(measure, "count")
        row = context.measure(measure, scope)
        if row is None:
            return fmt.not_applicable(fmt.unit_kind(unit))
        return fmt.level(row.number("value"), row.words("value_text"), unit)

    return Section(
        "availability-reliability",
        "Reliability",
        (
            Table(
                "availability_reliability",
                "Incidents and outages of the Services",
                (
                    column("service", "Service", weight=2.4),
                    column("incidents", "Incidents", Kind.COUNT),
                    column("incidents_12", "Category 1 and 2", Kind.COUNT),
                    column("incidents_35", "Category 3 to 5", Kind.COUNT),
                    column("mttr", "MTTR (hours)", Kind.DECIMAL),
                    column("mtbf", "MTBF (days)", Kind.DECIMAL),
                ),
                tuple(
                    line(
                        fmt.text(row.text("service")),
                        *(
                            figure(measure, service)
                            for measure in (
                                "REL-INCIDENTS",
                                "REL-INCIDENTS-CAT12",
                                "REL-INCIDENTS-CAT35",
                                "REL-MTTR",
                                "REL-MTBF",
                            )
                        ),
                    )
                    for service, row in services.items()
                ),
                ("pmr_measures", "service_reliability"),
                notes=(
                    "Incidents that name the Service, closed in the month, of DCC responsibility "
                    "and not excluded; one that names several counts for each.",
                    "MTTR: Mean Time To Repair, unplanned downtime per outage. MTBF: Mean Time "
                    "Between Failures, time up per outage. No Events: there was no outage.",
                ),
                dash_note="A dash stands where there is no figure.",
            ),
        ),
    )


def _processes(context: Context) -> Section:
    lines = []
    rows = context.marts.rows("process_availability", "business_process, smets, region")
    order = {process: place for place, process in enumerate(context.processes)}
    rows.sort(
        key=lambda row: (
            order[row.text("business_process")],
            row.text("smets") != "SMETS2+",
            row.text("region") != ALL,
            CHARTED_REGIONS.get(row.text("region"), len(CHARTED_REGIONS)),
        )
    )
    for row in rows:
        process, smets, region = (
            row.text(name) for name in ("business_process", "smets", "region")
        )
        context.process_measure(ProcessKey("BP-AVAIL", process, smets, region))
        lines.append(
            Line(
                (
                    fmt.text(process),
                    fmt.text(smets if region == ALL else f"{smets}, {region}"),
                    fmt.level(row.number("previous_pct"), None, "percent"),
                    fmt.level(row.number("availability_pct"), "Data Exempted", "percent"),
                    fmt.text(row.words("state")),
                ),
                measure=process_name(process, smets, region),
                facts=(("unit", "percent"), ("direction", "higher")),
            )
        )
    return Section(
        "availability-processes",
        "Business processes",
        (
            say(
                "A business process could not work while any component that it depends on was "
                "down: in a region for SMETS2+, anywhere for SMETS1. What requests met is in ",
                ref("processes"),
                ".",
            ),
            Table(
                "availability_processes",
                "Share of the time in which each business process could work",
                (
                    column("process", "Business process", weight=2.4),
                    column("place", "Devices", weight=1.5),
                    column("previous", "Previous", Kind.PERCENT),
                    column("level", "Level", Kind.PERCENT),
                    column("state", "State", weight=1.1),
                ),
                tuple(lines),
                ("process_availability",),
                content="measures",
                notes=("Degraded: the level as shown is below 99.50%.",),
                dash_note="A dash stands for a previous level where none was published.",
            ),
        ),
    )


def _components(context: Context) -> Section:
    """How many hours each component lost, and the heat map of those that lost any."""
    names = {
        row.text("component_id"): row.text("component") for row in context.marts.seed("components")
    }
    hours: dict[str, list[Row]] = {}
    for row in context.marts.rows(
        "component_availability_hourly", "component_id, started_at", {"region": (ALL,)}
    ):
        hours.setdefault(row.text("component_id"), []).append(row)
    figures = [
        charts.heat_map_figure(
            charts.ShownHours(
                f"figure-hours-of-{component.replace('_', '-')}",
                _table_id("fig_hours", component),
                name,
                context.month,
                context.marts.zone,
                "component_availability_hourly",
            ),
            hours[component],
        )
        for component, name in names.items()
        if _has_downtime(hours.get(component, ()))
    ]
    return Section(
        "availability-components",
        "Components",
        (
            Table(
                "availability_components",
                "Hours in which a component had unplanned downtime, in any region",
                (
                    column("component", "Component", weight=2.4),
                    column("hours", "Hours", Kind.COUNT),
                ),
                tuple(
                    line(fmt.text(name), _hours_of(context, component))
                    for component, name in names.items()
                ),
                ("pmr_measures",),
                notes=("Heat maps follow for the components that had downtime, planned or not.",),
                dash_note="A dash stands where there is no figure.",
            ),
            *(figure for figure in figures if figure is not None),
        ),
    )


def _hours_of(context: Context, component: str) -> Cell:
    row = context.measure("AVAIL-H", component)
    if row is None:
        return fmt.not_applicable(Kind.COUNT)
    return fmt.level(row.number("value"), row.words("value_text"), "count")
