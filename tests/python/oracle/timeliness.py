"""Which extract was due when and came when, by the texts of the feeds, slowly and plainly (TIME).

Belongs here: what the rules make of a manifest, a contract and a calendar. Does not belong here:
SQL, and how random ones are made.

A feed is due on the nth Working Day after month end, and the day itself is still in time. What
decides is the local date of arrival: of the first version, and of a daily feed of its last day. A
part that is not complete is missing when the month is over, by the latest arrival of any extract,
and the feed is mandatory or the part begun; otherwise it is not due.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from tests.python.oracle.clock import extract_point, next_month, to_local
from tests.python.oracle.incidents import Row
from tests.python.oracle.records import Arrival, Arrivals, ContractedFeed


def due_on(known: Arrivals, month: date, number: int) -> date:
    """The Working Day of that number after the month."""
    after = next_month(month)
    days = [day for day in known.working_days if (day.year, day.month) == (after.year, after.month)]
    return sorted(days)[number - 1]


def is_about(file: Arrival, month: date, known: Arrivals) -> bool:
    """Whether an extract is one of the month: by its rows where they name months, else its name.

    Of what was replaced nobody has the rows any more: it was about what replaced it is about.
    """
    for other in known.arrivals:
        same = (other.system, other.feed, other.file_date, other.part)
        is_same = same == (file.system, file.feed, file.file_date, file.part)
        if is_same and other.is_current and other.about:
            return month in other.about
    return file.file_date.replace(day=1) == month


def feed_timeliness(known: Arrivals, month: date) -> list[Row]:
    """Rows of the mart for the month."""
    rows = []
    for feed in known.feeds:
        mine = [
            file
            for file in known.arrivals
            if (file.system, file.feed) == (feed.system, feed.feed) and is_about(file, month, known)
        ]
        came = {file.part for file in mine if file.state == "landed"}
        for part in sorted({*(feed.parts or ("",)), *came}):
            of_part = [file for file in mine if file.part == part]
            rows.append(_row(known, month, feed, part, of_part))
    return rows


def _row(
    known: Arrivals, month: date, feed: ContractedFeed, part: str, files: Sequence[Arrival]
) -> Row:
    landed = [file for file in files if file.state == "landed"]
    first = {
        day: min(file.arrived_at for file in landed if file.file_date == day)
        for day in {file.file_date for file in landed}
    }
    expected = monthrange(month.year, month.month)[1] if feed.cadence == "daily" else 1
    last_or_first = max if feed.cadence == "daily" else min
    arrived = last_or_first(first.values()) if first else None
    due = due_on(known, month, feed.due_working_day)
    is_over = max(file.arrived_at for file in known.arrivals) >= extract_point(month)
    if arrived is not None and len(first) >= expected:
        state = "on time" if to_local(arrived).date() <= due else "late"
    elif is_over and (feed.mandatory or first):
        state = "missing"
    else:
        state = "not due"
    current = [file for file in files if file.is_current]
    return {
        "reporting_month": month,
        "system": feed.system,
        "feed": feed.feed,
        "part": part or "All",
        "due_on": due,
        "due_working_day": feed.due_working_day,
        "first_landed_at": arrived,
        # Content that is there already is a version that came, though not a new one.
        "latest_version": max(
            (file.version for file in files if file.state != "refused"), default=None
        ),
        "rows_landed": sum(file.rows_landed for file in current),
        "rows_quarantined": sum(file.rows_quarantined for file in current),
        "state": state,
        "is_mandatory": feed.mandatory,
        "cadence": feed.cadence,
        "periods_expected": expected,
        "periods_landed": len(first),
        "refused_files": sum(file.state == "refused" and not file.is_settled for file in files),
    }


def measures(known: Arrivals, month: date) -> list[Row]:
    """Figures of TIME: of the parts that were due, those on time, late and missing."""
    states = [str(row["state"]) for row in feed_timeliness(known, month)]
    due = [state for state in states if state != "not due"]
    return [
        {
            "reporting_month": month,
            "measure_id": measure_id,
            "state": "Reported" if due else "No Events",
            "numerator": float(due.count(state)) if due else None,
            "denominator": float(len(due)) if due and is_share else None,
        }
        for measure_id, state, is_share in (
            ("TIME-ON-TIME", "on time", True),
            ("TIME-LATE", "late", False),
            ("TIME-MISSING", "missing", False),
        )
    ]
