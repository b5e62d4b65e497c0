"""Random small manifests, full of the edges that being in time has.

Belongs here: Hypothesis strategies of a contract, a calendar and arrivals. Does not belong here:
expectations; what the rules make of them is in `timeliness.py`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from tests.python.oracle.clock import local, months_before, next_month
from tests.python.oracle.records import Arrival, Arrivals, ContractedFeed

MONTHLY = (("dsms", "incidents"), ("providers", "service_levels"))
DAILY = (("dsp", "alerts"), ("smki", "requests"))
PARTS = ("CSPN", "CSPC", "S1SP_VODAFONE")
A_TICK = timedelta(milliseconds=1)


def _days(first: date, until: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((until - first).days)]


def _midnight(day: date) -> datetime:
    """UTC time of the local beginning of a day."""
    return local(day.year, day.month, day.day)


@st.composite
def _contracts(draw: st.DrawFn) -> list[ContractedFeed]:
    """Feeds of each cadence, some with parts, some that nobody waits for."""
    chosen = [(*name, "monthly") for name in MONTHLY] + [(*name, "daily") for name in DAILY]
    chosen.append(("dcc", "commentary", "any_time"))
    return [
        ContractedFeed(
            system,
            feed,
            cadence,
            draw(st.integers(1, 9)),
            draw(st.booleans()),
            draw(st.sampled_from([(), PARTS[:2]])) if cadence != "any_time" else (),
        )
        for system, feed, cadence in draw(
            st.lists(st.sampled_from(chosen), min_size=1, max_size=4, unique=True)
        )
    ]


@st.composite
def _versions(
    draw: st.DrawFn, feed: ContractedFeed, part: str, day: date, times: list[datetime]
) -> list[Arrival]:
    """One or more versions of an extract, in the order in which they came."""
    states = draw(
        st.sampled_from(
            [
                ["landed"], ["landed"], ["refused"], ["landed", "landed"], ["landed", "unchanged"],
                ["refused", "landed"], ["landed", "refused"],
            ]
        )
    )  # fmt: skip
    arrived = sorted(draw(st.sampled_from(times)) for _ in states)
    landed = [number for number, state in enumerate(states) if state == "landed"]
    months = (months_before(day.replace(day=1), 1), day.replace(day=1))
    about = (
        draw(st.lists(st.sampled_from(months), unique=True)) if feed.cadence == "any_time" else []
    )
    return [
        Arrival(
            feed.system,
            feed.feed,
            day,
            arrived[number],
            part,
            number + 1,
            state,
            is_current=landed[-1:] == [number],
            is_settled=state != "refused" or number < max(landed, default=-1),
            rows_landed=draw(st.integers(0, 9)) if state == "landed" else 0,
            rows_quarantined=draw(st.integers(0, 2)) if state == "landed" else 0,
            about=tuple(about),
        )
        for number, state in enumerate(states)
    ]


@st.composite
def _part(
    draw: st.DrawFn, feed: ContractedFeed, part: str, month: date, times: list[datetime]
) -> list[Arrival]:
    """What came of a part: nothing, all, or of a daily feed a part of its days."""
    if draw(st.integers(0, 4)) == 0:
        return []
    if feed.cadence == "any_time":
        somewhere = [month, next_month(month), next_month(month) + timedelta(days=8)]
        days = draw(st.lists(st.sampled_from(somewhere), min_size=1, max_size=2, unique=True))
    elif feed.cadence == "monthly":
        days = draw(st.sampled_from([[month], [month], [months_before(month, 1)]]))
    else:
        days = _days(month, next_month(month))
        lacking = draw(st.sampled_from([[], [], days[:1], days[-1:], days[:-1], days[3:5]]))
        # Each day comes by itself; one time for most, so that it is mostly some day that decides.
        at, special = draw(st.sampled_from(times)), draw(st.sampled_from(days))
        plain = [
            Arrival(feed.system, feed.feed, day, at, part, rows_landed=1)
            for day in [month - timedelta(days=1), *days, next_month(month)]
            if day not in lacking and day != special
        ]
        return plain + draw(_versions(feed, part, special, times))
    return [file for day in days for file in draw(_versions(feed, part, day, times))]


@st.composite
def arrivals(draw: st.DrawFn, month: date) -> Arrivals:
    """A contract, Working Days with holidays, and extracts around due days and midnights."""
    after = next_month(month)
    weekdays = [day for day in _days(month, next_month(next_month(after))) if day.weekday() < 5]
    holidays = draw(st.sets(st.sampled_from(weekdays), max_size=6))
    working_days = [day for day in weekdays if day not in holidays]
    following = [day for day in working_days if day.month == after.month]
    feeds = draw(_contracts())
    # About the ends of the days on which something is due, and of the month.
    times = [
        _midnight(following[feed.due_working_day - 1] + timedelta(days=1)) + by
        for feed in feeds
        for by in (-A_TICK, timedelta(0))
    ]
    times += [_midnight(after) + by for by in (-A_TICK, timedelta(0))]
    times += [_midnight(month) + timedelta(days=2), _midnight(following[-1])]
    if draw(st.integers(0, 3)) == 0:
        # A month that is not over, or just so: nothing came after its extract point.
        last = draw(st.sampled_from([-A_TICK, timedelta(0)]))
        times = [_midnight(after) + last, _midnight(month) + timedelta(days=2)]
    known = [
        file
        for feed in feeds
        for part in [*(feed.parts or ("",)), *draw(st.sampled_from([[], [], [PARTS[2]]]))]
        for file in draw(_part(feed, part, month, times))
    ]
    elsewhere = Arrival("smki", "other", month, draw(st.sampled_from(times)))
    return Arrivals(feeds, working_days, [*known, elsewhere])
