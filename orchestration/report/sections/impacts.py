"""Which Major Incidents hit a region and generation of devices, and on which days of the month.

Belongs here: picking the incidents that a chart marks. Does not belong here: their records
(`major_incidents.py`) and how a mark is drawn (`charts/`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from orchestration.report import formatting as fmt
from orchestration.report.charts import Marked
from orchestration.report.context import ALL, Context
from orchestration.report.marts import Row

SEPARATOR = " \N{MIDDLE DOT} "


def of_the_month(context: Context) -> list[Row]:
    """Major Incidents with a time of impact; a duplicate repeats its primary and is left out."""
    return [
        row
        for row in context.marts.rows("major_incidents", "impacted_at, incident_id")
        if row.moment("impacted_at") is not None and row.words("duplicate_of") is None
    ]


def marked(
    rows: Sequence[Row], smets: str, region: str, month: date, zone: ZoneInfo
) -> list[Marked]:
    """The incidents among `rows` that hit the cell in the month, by local day."""
    found: list[Marked] = []
    for row in rows:
        days = _days(row, month, zone) if hits(row, smets, region) else None
        if days is not None:
            found.append(_marked(row, days, zone))
    return found


def hits(row: Row, smets: str, region: str) -> bool:
    """Whether an incident concerns the devices of a generation in a region.

    One of no one generation or region concerns all of them; SMETS1 is one region.
    """
    if row.text("smets") not in {ALL, smets}:
        return False
    regions = set((row.words("regions") or ALL).split("|"))
    return region == ALL or ALL in regions or region in regions


def _days(row: Row, month: date, zone: ZoneInfo) -> tuple[int, int] | None:
    """First and last day of the month on which it lasted; None when on none.

    An impact that has no end in the extract lasts to the end of the month.
    """
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    last_of_month = following - timedelta(days=1)
    impacted, ended = row.moment("impacted_at"), row.moment("restored_at")
    if impacted is None:
        return None
    first = _local_day(impacted, zone)
    last = last_of_month if ended is None else _last_day(impacted, ended, zone)
    if first > last_of_month or last < month:
        return None
    return max(first, month).day, min(last, last_of_month).day


def _last_day(impacted: datetime, ended: datetime, zone: ZoneInfo) -> date:
    """An end at midnight belongs to the day before, unless it began then."""
    return _local_day(max(impacted, ended - timedelta(microseconds=1)), zone)


def _local_day(moment: datetime, zone: ZoneInfo) -> date:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(zone).date()


def _marked(row: Row, days: tuple[int, int], zone: ZoneInfo) -> Marked:
    impacted, ended = row.moment("impacted_at"), row.moment("restored_at")
    minutes = row.number("impact_minutes")
    words = [f"Cat {row.whole('category')}", _place(row)]
    if minutes is not None:
        words.append(fmt.duration(minutes).text)
    incident = row.text("incident_id")
    start = "" if impacted is None else fmt.timestamp(impacted, zone).text
    end = "not restored yet" if ended is None else fmt.timestamp(ended, zone).text
    return Marked(
        incident,
        *days,
        SEPARATOR.join(words),
        f"{incident} ({', '.join(words)}; {start} to {end})",
    )


def _place(row: Row) -> str:
    """Where an incident was felt: its regions, else its generation."""
    regions = row.words("regions") or ALL
    if regions != ALL:
        return ", ".join(regions.split("|"))
    return "All regions" if row.text("smets") == ALL else row.text("smets")
