"""The figures that a report prints, in a form that rules can be applied to.

Belongs here: the shape alone. A report of ours fills it from its document, an audit fills it from
the transcription of a report that somebody else published; the same rules then read both. What the
rules are does not belong here (`consistency.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class MeasureFigure:
    """One printed line of a measure: its level and what it is held against.

    Levels are the printed numbers (two decimals for percentages); `level_text` is what stands in
    their place when there is none ("No Events", "Not Reported", "Data Exempted").
    """

    where: str  # the table or section, as a reader would name it
    measure: str  # "CPM1", "CSPN PM12.2"
    provider: str | None = None
    level: Decimal | None = None
    level_text: str | None = None
    previous_level: Decimal | None = None
    previous_text: str | None = None
    shows_previous: bool = True  # the place prints previous levels, be it without one here
    target: Decimal | None = None
    minimum: Decimal | None = None
    direction: str = "higher"
    unit: str = "percent"
    status: str | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    formula: str | None = None  # "ratio", "pm12.2", "count"; None where the inputs are not printed
    working: str | None = (
        None  # the formula as printed with its numbers, e.g. "100 * (6864 / (...))"
    )
    contributes_to: str | None = None
    events: Decimal | None = None  # how many things happened, where printed; for "No Events"
    printed_as: str | None = None  # the number printed, where it differs from the name used here


@dataclass(frozen=True)
class PrintedTotal:
    """A printed total and the printed parts it claims to add up.

    A total may be printed with fewer decimals than its parts; it is then their sum, rounded.
    """

    where: str
    label: str
    parts: tuple[Decimal, ...]
    total: Decimal
    unknown_parts: tuple[str, ...] = ()  # parts printed without a number ("TBC"), by their label


@dataclass(frozen=True)
class Claim:
    """What a sentence says of a measure: its level, its status, or both."""

    where: str
    sentence: str
    measure: str
    level: Decimal | None = None
    status: str | None = None


@dataclass(frozen=True)
class Credit:
    """Service points and credits printed for one measure of a provider.

    `level` and `target` are what the credits section itself says of the measure, where it does.
    """

    where: str
    provider: str
    measure: str
    service_points: int
    credit_gbp: Decimal
    level: Decimal | None = None
    target: Decimal | None = None


@dataclass(frozen=True)
class Duration:
    """A printed duration in whole minutes and the two printed times it lies between."""

    where: str
    label: str
    starts_at: datetime | None
    ends_at: datetime | None
    minutes: int | None


@dataclass(frozen=True)
class Caption:
    """A table, the providers that its caption and rows name, and the caption itself.

    `provider` is the one whose section the table stands in; empty for a table of no provider.
    """

    where: str
    provider: str
    named: tuple[str, ...]
    text: str | None = None  # the caption without its number; "" for a table that has none


@dataclass(frozen=True)
class ExceptionFigure:
    """Events left out of a measure, by the reason printed."""

    where: str
    measure: str
    reason: str
    events: int
    is_listed: bool  # the reason is on the agreed exceptions list


@dataclass(frozen=True)
class IncidentRecord:
    """A Major Incident as printed."""

    where: str
    incident_id: str
    times: dict[str, datetime | None] = field(default_factory=dict)


@dataclass(frozen=True)
class TimeStatement:
    """A time of a Major Incident that is printed outside its record, in a text for example."""

    where: str
    incident_id: str
    event: str  # a key of `IncidentRecord.times`
    at: datetime


@dataclass(frozen=True)
class DateOrder:
    """Two printed dates of which one cannot lie before the other."""

    where: str
    label: str
    first: date  # for example the month in which a problem was reported
    then: date  # for example the date by which it was to be solved


@dataclass(frozen=True)
class StatedCount:
    """How many of something a text says there are, and how many the report then shows."""

    where: str
    label: str
    stated: int
    shown: int


@dataclass(frozen=True)
class Outage:
    """An outage that the report records and the availability measures that it says it hit."""

    where: str
    label: str
    minutes: int
    measures: tuple[str, ...]


@dataclass(frozen=True)
class PrintedDowntime:
    """Unplanned downtime, in minutes, that a line of a measure of availability prints."""

    where: str
    measure: str
    minutes: Decimal


@dataclass(frozen=True)
class UnexplainedOutage:
    """A detected outage of which the report prints that nothing explains it (rule O10)."""

    where: str
    label: str


@dataclass(frozen=True)
class PrintedNumber:
    """A number, date or time that the report prints, and the marts one of which has to hold it.

    `value` is the number without signs of print, with its decimals; without marts, any will do.
    """

    where: str
    said: str
    value: str
    marts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tolerance:
    """By how much printed minutes may differ from printed times, why, and since when."""

    minutes: int
    reason: str
    decided_on: date


@dataclass(frozen=True)
class PublishedLevel:
    """What an issue published before said of a measure; the truth for "previous"."""

    measure: str
    issue: str
    level: Decimal | None
    level_text: str | None


@dataclass(frozen=True)
class ReportFigures:
    """Everything printed in one report that a rule can be applied to."""

    month: date
    title: str
    measures: tuple[MeasureFigure, ...] = ()
    totals: tuple[PrintedTotal, ...] = ()
    claims: tuple[Claim, ...] = ()
    credits: tuple[Credit, ...] = ()
    durations: tuple[Duration, ...] = ()
    captions: tuple[Caption, ...] = ()
    exceptions: tuple[ExceptionFigure, ...] = ()
    incidents: tuple[IncidentRecord, ...] = ()
    time_statements: tuple[TimeStatement, ...] = ()
    date_orders: tuple[DateOrder, ...] = ()
    stated_counts: tuple[StatedCount, ...] = ()
    outages: tuple[Outage, ...] = ()
    recorded_outages: tuple[Outage, ...] = ()  # by the extracts, whatever the report says of them
    downtimes: tuple[PrintedDowntime, ...] = ()
    unexplained_outages: tuple[UnexplainedOutage, ...] = ()
    period_minutes: int | None = None  # minutes that really pass in the month (rule T2)
    duration_tolerance: Tolerance | None = None  # None: durations agree to the minute
    extract_incident_ids: frozenset[str] | None = (
        None  # Major Incidents of the extract; None when unknown
    )
    published: tuple[PublishedLevel, ...] = ()
    registered_measures: frozenset[str] | None = (
        None  # the catalogue; None when there is none to compare
    )
    shown_measures: frozenset[str] | None = None
    numbers: tuple[PrintedNumber, ...] = ()
    held_numbers: Mapping[str, frozenset[str]] | None = (
        None  # mart → the printed numbers that it holds; None when there are no marts
    )
