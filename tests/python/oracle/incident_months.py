"""Random small months of incidents, full of the edges that rules I1 to I7 have.

Belongs here: Hypothesis strategies of dsms/incidents extracts and of the register of issues. Does
not belong here: expectations; what the rules make of the months is in `incidents.py`.

What a source could not have meant is left out, because the rules do not decide it: an end at the
very instant of a reopening, a reopening at the very extract point.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from tests.python.oracle.clock import (
    extract_point,
    month_start,
    months_before,
    next_month,
    utc,
)
from tests.python.oracle.figures import shown_share
from tests.python.oracle.incidents import HISTORY
from tests.python.oracle.records import Facts, Incident, PublishedLevel, ReportedIncident
from tests.python.oracle.reference import incident_targets, pmel_kinds

INCIDENT_IDS = tuple(f"INC{number:012d}" for number in range(1, 11))
UNKNOWN_PRIMARY = "INC999999999999"
LISTED = tuple(pmel_kinds())
UNLISTED = ("Weather", "Known error")
ISSUE_TYPES = (None, "Wrong Hub Variant", "Credentials", "No WAN")
ISSUES = ("v1.0", "v2.0", "v10.0")
TARGETS = incident_targets()

# Seconds on both sides of a border; an hour is what a wrong zone or a clock change is worth.
NEAR = st.sampled_from([-3601, -3600, -1, -0.001, 0, 0, 0, 0.001, 1, 3599, 3600, 3601]).map(
    lambda seconds: timedelta(seconds=seconds)
)
SMALL_GAPS = st.integers(1, 4 * 86400).map(lambda seconds: timedelta(seconds=seconds))
LONG_GAPS = st.integers(0, 3 * 366 * 24).map(lambda hours: timedelta(hours=hours, seconds=7))
NEAR_TARGET = st.sampled_from([-60, -1, -0.001, 0, 0, 0, 0.001, 1, 60]).map(
    lambda seconds: timedelta(seconds=seconds)
)


def borders(month: date) -> st.SearchStrategy[datetime]:
    """Seconds around the month's start, its extract point, and a change of the clocks in it."""
    ends = [month_start(month), extract_point(month)]
    # The last Sundays of March and October 2020, 01:00 UTC.
    changes = [utc(2020, 3, 29, 1), utc(2020, 10, 25, 1)]
    here = [moment for moment in changes if moment.month == month.month]
    return st.builds(lambda at, by: at + by, st.sampled_from(ends + ends + here), NEAR)


def moments(month: date) -> st.SearchStrategy[datetime]:
    """Any time in or near the month, mostly at its borders."""
    start = month_start(month)
    seconds = int((extract_point(month) - start).total_seconds())
    inside = st.integers(0, seconds).map(lambda second: start + timedelta(seconds=second))
    earlier = st.integers(1, 60 * 86400).map(lambda second: start - timedelta(seconds=second))
    return st.one_of(borders(month), inside, earlier)


@st.composite
def _raised(draw: st.DrawFn, month: date, category: int, end: datetime, stopped: int) -> datetime:
    """A raise time before the end: at its target to the second, or anywhere."""
    target = timedelta(hours=TARGETS[category].resolution_hours)
    if draw(st.integers(0, 2)):
        return end - target - timedelta(minutes=stopped) - draw(NEAR_TARGET)
    if draw(st.booleans()):
        return min(end, draw(moments(month)))
    return end - draw(LONG_GAPS)


@st.composite
def incidents(draw: st.DrawFn, month: date, incident_id: str) -> Incident:
    """One incident of a month's extract, built backwards from its last event."""
    category = draw(st.integers(1, 5))
    status = draw(st.sampled_from(["Closed", "Closed", "Closed", "Resolved", "Open", "Cancelled"]))
    stopped = draw(st.sampled_from([None, None, 0, 1, 90, 1440]))
    last = draw(moments(month))
    closed_at: datetime | None = None
    resolved_at: datetime | None = None
    if status in ("Closed", "Cancelled"):
        closed_at = last
    # Cancelled after it was resolved, Closed without ever being resolved: rare, and allowed.
    if closed_at is not None and draw(st.integers(0, 5)) > (0 if status == "Closed" else 3):
        resolved_at = last - draw(st.one_of(st.just(timedelta(0)), SMALL_GAPS))
    if status == "Resolved" and draw(st.integers(0, 5)):
        resolved_at = last
    basis = resolved_at or last
    restored_at = draw(
        st.one_of(
            st.none(),
            st.just(basis),
            SMALL_GAPS.map(lambda gap: basis - gap),
            SMALL_GAPS.map(lambda gap: basis + gap),
        )
    )
    ends = [end for end in (resolved_at, restored_at, last) if end is not None]
    if status == "Open" and draw(st.booleans()):
        raised_at = extract_point(month) - timedelta(days=90) + draw(NEAR)
    elif status == "Cancelled" and draw(st.booleans()):
        raised_at = min(*ends, month_start(month) + draw(SMALL_GAPS))
    else:
        raised_at = draw(_raised(month, category, min(ends), stopped or 0))

    reopened_at: datetime | None = None
    if draw(st.integers(0, 3)) == 0:
        point = extract_point(month)
        reopened_at = draw(
            st.one_of(
                st.builds(lambda gap: last - gap, SMALL_GAPS),
                st.sampled_from([-1, -3600]).map(lambda by: point + timedelta(seconds=by)),
                st.builds(lambda gap: (resolved_at or last) - gap, SMALL_GAPS),
            )
        )
        if status in ("Open", "Resolved"):
            # What it was before it was reopened; an Open one keeps both times.
            closed_at = reopened_at - draw(SMALL_GAPS)
            if status == "Open":
                resolved_at = closed_at
            elif resolved_at is None:
                resolved_at = last
        raised_at = min(
            moment
            for moment in (raised_at, reopened_at, closed_at, resolved_at)
            if moment is not None
        )
        if reopened_at in (resolved_at, closed_at, point):
            reopened_at = None
            closed_at = last if status in ("Closed", "Cancelled") else None
            resolved_at = None if status == "Open" else resolved_at

    target = timedelta(minutes=TARGETS[category].initial_response_minutes)
    assigned_at = draw(
        st.one_of(
            st.none(),
            NEAR_TARGET.map(lambda by: raised_at + target + by),
            SMALL_GAPS.map(lambda gap: raised_at + gap),
        )
    )
    is_duplicate = draw(st.integers(0, 4)) == 0
    return Incident(
        reporting_month=month,
        incident_id=incident_id,
        category=category,
        status=status,
        responsible_party=draw(st.sampled_from(["DCC", "Service Provider", "Service User"])),
        raised_at=raised_at,
        problem_id=draw(st.sampled_from([None, "PBI000000000001"])),
        issue_type=draw(st.sampled_from(ISSUE_TYPES)),
        smets=draw(st.sampled_from(["SMETS1", "SMETS2+", "All", None])),
        regions=draw(st.sampled_from([None, "North", "North|South"])),
        assigned_at=assigned_at,
        impacted_at=draw(
            st.one_of(st.none(), SMALL_GAPS.map(lambda gap: raised_at - gap), moments(month))
        ),
        restored_at=restored_at,
        resolved_at=resolved_at,
        closed_at=closed_at,
        reopened_at=reopened_at,
        sla_met=draw(st.sampled_from([None, True, False])),
        clock_stopped_minutes=stopped,
        exclusion_reason=draw(
            st.one_of(st.none(), st.none(), st.sampled_from(LISTED), st.sampled_from(UNLISTED))
        ),
        duplicate_of=(
            draw(st.sampled_from([*INCIDENT_IDS[:3], UNKNOWN_PRIMARY])) if is_duplicate else None
        ),
    )


@st.composite
def extracts(draw: st.DrawFn, month: date, most: int = 8) -> list[Incident]:
    """The incidents of one month's file; ids come again in other months' files."""
    least = draw(st.sampled_from([0, most // 2, most // 2]))
    ids = draw(st.lists(st.sampled_from(INCIDENT_IDS), unique=True, min_size=least, max_size=most))
    return [draw(incidents(month, incident_id)) for incident_id in ids]


@st.composite
def published_levels(
    draw: st.DrawFn, month: date, issue: str, measure_id: str, scope: str = "All"
) -> PublishedLevel:
    """A published percentage, unrounded with the text that was printed, or words alone."""
    words = draw(st.sampled_from([None, None, None, "No Events", "Data Exempted", "Not Reported"]))
    if words is not None:
        return PublishedLevel(month, issue, measure_id, scope, None, words)
    value = draw(
        st.one_of(
            st.integers(0, 700).map(lambda sevenths: sevenths / 7),
            st.integers(0, 100_000).map(lambda thousandths: thousandths / 1000),
            st.sampled_from([0.001, 99.996]),
        )
    )
    text = f"{shown_share(value):.2f}"
    if issue == HISTORY:
        # A transcription knows no more than was printed.
        value = float(text)
    return PublishedLevel(month, issue, measure_id, scope, value, text)


@st.composite
def registers(
    draw: st.DrawFn, month: date, current: list[Incident]
) -> tuple[list[ReportedIncident], list[PublishedLevel]]:
    """What issues of the three months before counted and printed.

    An incident that is reopened here was counted before its reopening, in one month at most.
    """
    counted: list[ReportedIncident] = []
    levels: list[PublishedLevel] = []
    free = set(INCIDENT_IDS)
    for back in (3, 2, 1):
        earlier = months_before(month, back)
        mine = draw(st.sets(st.sampled_from(INCIDENT_IDS), max_size=6))
        if draw(st.booleans()):
            mine |= {one.incident_id for one in current if one.reopened_at is not None}
        mine &= free
        free -= mine
        reopened_earlier = {
            incident.incident_id
            for incident in current
            if incident.reopened_at is not None and incident.reopened_at < extract_point(earlier)
        }
        for issue in sorted(draw(st.sets(st.sampled_from(ISSUES), max_size=3))):
            for measure in ("CPM4", "CPM5"):
                if draw(st.integers(0, 4)):
                    levels.append(draw(published_levels(earlier, issue, measure)))
            for incident_id in sorted(mine):
                if incident_id in reopened_earlier or draw(st.integers(0, 4)) == 0:
                    continue
                counted.append(
                    ReportedIncident(
                        reporting_month=earlier,
                        issue=issue,
                        incident_id=incident_id,
                        category=draw(st.integers(1, 5)),
                        within_resolution_target=draw(st.booleans()),
                    )
                )
    return counted, levels


@st.composite
def incident_facts(draw: st.DrawFn, month: date) -> Facts:
    """Extracts of the month and its neighbours, and the register of issues before it."""
    current = draw(extracts(month))
    around = [
        incident
        for other in (months_before(month, 1), next_month(month))
        for incident in draw(extracts(other, most=2))
    ]
    counted, levels = draw(registers(month, current))
    return Facts(incidents=[*current, *around], reported_incidents=counted, published_levels=levels)
