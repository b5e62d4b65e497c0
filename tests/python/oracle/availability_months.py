"""Random small months of component events, full of the edges that rules V1 to V6 have.

Belongs here: Hypothesis strategies of events and maintenance windows. Does not belong here:
expectations; what the rules make of the months is in `availability.py`.

Times gather around a few moments (borders of days, bands, months and clock changes), so that events
overlap, touch and cross them often.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from tests.python.oracle.availability import TICK
from tests.python.oracle.clock import extract_point, local, month_start, next_month, to_local
from tests.python.oracle.records import (
    ComponentEvent,
    EmptyFile,
    Facts,
    Maintenance,
    PublishedLevel,
)

COMPONENTS = (
    *("dsp_database", "dsp_database", "csp_wan_gateway", "csp_wan_gateway", "csp_network"),
    *("dsp_gateway", "csp_hub_manager", "registration_store", "smki_ra", "ssi_portal", "dco"),
)
REGIONS = (None, None, "North", "South", "Central")
LENGTHS = (
    *(timedelta(0), TICK, 2 * TICK, 4 * TICK, 5 * TICK, timedelta(minutes=2)),
    *(timedelta(minutes=15), timedelta(hours=1), timedelta(hours=7), timedelta(days=2)),
)
SHIFTS = tuple(number * TICK for number in (-9, -4, -3, -1, 0, 0, 0, 1, 2, 4, 6, 240, -240))
PREVIOUS = ("Meter Reads | SMETS1 | All", "Meter Reads | SMETS2+ | North")


def _edges(month: date) -> list[datetime]:
    """Moments where something begins or ends whatever happens."""
    year, number = month.year, month.month
    changes = {3: 29, 10: 25}
    saturday = next(day for day in range(8, 15) if date(year, number, day).isoweekday() == 6)
    edges = [
        month_start(month),
        extract_point(month),
        local(year, number, 9),
        local(year, number, 9, 8),
        local(year, number, 9, 20),
        local(year, number, saturday, 12),
    ]
    if number in changes:
        day = changes[number]
        edges += [
            local(year, number, day),
            local(year, number, day, 1),
            local(year, number, day, 3),
        ]
    return edges


def moments(month: date) -> st.SearchStrategy[datetime]:
    """A time on a tick, mostly near an edge."""
    return st.tuples(st.sampled_from(_edges(month)), st.sampled_from(SHIFTS)).map(sum_of)


def sum_of(parts: tuple[datetime, timedelta]) -> datetime:
    """A moment, moved."""
    return parts[0] + parts[1]


@st.composite
def events(draw: st.DrawFn, month: date, number: int) -> list[ComponentEvent]:
    """An event, sometimes told again by a later file."""
    started = draw(moments(month))
    ended = draw(
        st.one_of(
            st.sampled_from(LENGTHS).map(lambda length: started + length),
            moments(month).filter(lambda moment: moment >= started),
            st.none(),
        )
    )
    first = to_local(started).date()
    event = ComponentEvent(
        file_date=first,
        event_id=f"E{number}",
        component_id=draw(st.sampled_from(COMPONENTS)),
        region=draw(st.sampled_from(REGIONS)),
        started_at=started,
        ended_at=ended,
        kind=draw(st.sampled_from(["unplanned", "planned", "planned"])),
    )
    if draw(st.booleans()) or ended is None:
        return [event]
    return [
        ComponentEvent(**{**vars(event), "ended_at": None}),
        ComponentEvent(**{**vars(event), "file_date": first + timedelta(days=1)}),
    ]


@st.composite
def windows(draw: st.DrawFn, month: date, number: int) -> Maintenance:
    """A maintenance window, of one component or two, sometimes in another month's extract."""
    starts = draw(moments(month))
    return Maintenance(
        reporting_month=draw(st.sampled_from([month, month, month, next_month(month)])),
        maintenance_id=f"M{number}",
        component_ids=draw(
            st.sampled_from(
                ["dsp_database", "csp_wan_gateway", "dsp_database|csp_wan_gateway", "dco | smki_ra"]
            )
        ),
        region=draw(st.sampled_from(REGIONS)),
        starts_at=starts,
        ends_at=starts
        + draw(
            st.sampled_from([TICK, timedelta(minutes=1), timedelta(hours=6), timedelta(days=1)])
        ),
    )


@st.composite
def availability_facts(draw: st.DrawFn, month: date) -> Facts:
    """All that the rules of availability read."""
    count = draw(st.integers(0, 9))
    told = [event for number in range(count) for event in draw(events(month, number))]
    empty = draw(st.sampled_from([True, True, True, False]))
    return Facts(
        component_events=told,
        maintenance=[draw(windows(month, number)) for number in range(draw(st.integers(0, 4)))],
        empty_files=[EmptyFile(month, "component_events")] if empty else [],
        published_levels=[
            PublishedLevel(
                date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1),
                "v1.0",
                "BP-AVAIL",
                scope,
                99.25,
                "99.25",
            )
            for scope in PREVIOUS
            if draw(st.booleans())
        ],
    )
