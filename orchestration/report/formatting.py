"""How values are printed, once for all formats (rule N1).

Belongs here: value → printed cell, and printed text → number for the consistency rules. Does not
belong here: what a value means or where it comes from.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from orchestration.report.document import DASH, Cell, Kind

MINUS = "\N{MINUS SIGN}"
TIMES = "\N{MULTIPLICATION SIGN}"
DIVIDED = "\N{DIVISION SIGN}"

_MART_SCALE = Decimal("0.000000001")
_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)
_MINUTES_PER_HOUR = 60
_SECONDS_WITHOUT_DECIMALS = 100
_SECONDS_WITH_ONE_DECIMAL = 10

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # not the locale's: an issue must come out the same on every machine
_MONTHS_SHORT = tuple(name[:3] for name in _MONTHS)

_NUMBER = re.compile(r"[-\N{MINUS SIGN}]?\d[\d,]*(?:\.\d+)?")
_MOMENT = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))?")
_DURATION = re.compile(r"(?:(?P<hours>[\d,]+) h )?(?P<minutes>\d+) min")

Number = Decimal | int | float


def exact(value: Number) -> Decimal:
    """`value` as the marts' decimal(18, 9): what N1 rounds, free of binary noise."""
    return Decimal(str(value)).quantize(_MART_SCALE, rounding=ROUND_HALF_UP)


def shown(value: Number) -> Decimal:
    """A share as it is shown (N1): two decimals, half away from zero.

    A share below 100 never shows as 100.00, one above 0 never as 0.00.
    """
    kept = exact(value)
    rounded = kept.quantize(_CENT, rounding=ROUND_HALF_UP)
    if kept < _HUNDRED <= rounded:
        return _HUNDRED - _CENT
    if kept > 0 and rounded == 0:
        return _CENT
    return rounded


def rounded(value: Number, places: int) -> Decimal:
    """`value` with `places` decimals, half away from zero."""
    return exact(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def grouped(value: Decimal | int) -> str:
    """A number with thousands separators and a true minus sign."""
    return f"{value:,}".replace("-", MINUS)


def text(value: str | None) -> Cell:
    """Words; nothing at all is printed as an empty cell."""
    return Cell(Kind.TEXT, value or "", value or None)


def words(value: str, kind: Kind = Kind.TEXT) -> Cell:
    """A level that is no number, in the place of one ("No Events")."""
    return Cell(kind, value)


def not_applicable(kind: Kind = Kind.TEXT) -> Cell:
    """The dash: the split or the limit does not exist for this row."""
    return Cell(kind, DASH)


def percent(value: Number) -> Cell:
    """A percentage 0-100, two decimals (N1)."""
    kept = shown(value)
    return Cell(Kind.PERCENT, f"{grouped(kept)}%", kept)


def count(value: Number) -> Cell:
    """A whole number.

    Raises:
        ValueError: the value has decimals, so that rounding would hide something.
    """
    whole = exact(value)
    if whole != whole.to_integral_value():
        raise ValueError(f"{value} is to be printed as a count but is not whole")
    return Cell(Kind.COUNT, grouped(int(whole)), int(whole))


def decimal(value: Number, places: int = 2) -> Cell:
    """A number with a fixed count of decimals."""
    kept = rounded(value, places)
    return Cell(Kind.DECIMAL, grouped(kept), kept)


def seconds(value: Number) -> Cell:
    """A speed in seconds to two significant decimals: 9.64, 22.9, 187."""
    size = abs(exact(value))
    if size >= _SECONDS_WITHOUT_DECIMALS:
        places = 0
    elif size >= _SECONDS_WITH_ONE_DECIMAL:
        places = 1
    else:
        places = 2
    kept = rounded(value, places)
    return Cell(Kind.SECONDS, grouped(kept), kept)


def gbp(value: Number) -> Cell:
    """Pounds and pence."""
    kept = rounded(value, 2)
    sign = MINUS if kept < 0 else ""
    return Cell(Kind.GBP, f"{sign}£{abs(kept):,}", kept)


def duration(minutes: Number) -> Cell:
    """Whole minutes that passed, as hours and minutes; a started minute is not a minute."""
    whole = int(exact(minutes).to_integral_value(rounding=ROUND_DOWN))
    hours, rest = divmod(whole, _MINUTES_PER_HOUR)
    said = f"{hours:,} h {rest:02d} min" if hours else f"{rest} min"
    return Cell(Kind.DURATION, said, whole)


def timestamp(value: datetime, zone: ZoneInfo) -> Cell:
    """A moment (UTC, with or without zone) in local time, with seconds where there are any.

    Cut to minutes, two times would not always lie as far apart as the duration printed beside them.
    """
    moment = value if value.tzinfo else value.replace(tzinfo=UTC)
    local = moment.astimezone(zone).replace(tzinfo=None, microsecond=0)
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return Cell(Kind.TIMESTAMP, f"{day_text(local.date())} {clock}", local)


def day(value: date) -> Cell:
    """A calendar day."""
    return Cell(Kind.DATE, day_text(value), value)


def month(value: date) -> Cell:
    """A calendar month, short."""
    return Cell(Kind.MONTH, f"{_MONTHS_SHORT[value.month - 1]} {value.year}", value)


def day_text(value: date) -> str:
    """A day in words: 7 Sep 2020."""
    return f"{value.day} {_MONTHS_SHORT[value.month - 1]} {value.year}"


def month_text(value: date) -> str:
    """A month in words: September 2020."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def status(value: str | None) -> Cell:
    """A status; none when the level is no number (C6)."""
    return Cell(Kind.STATUS, value) if value else not_applicable(Kind.STATUS)


def yes_no(value: bool | None) -> Cell:
    """A fact that holds or not; empty where it is not known."""
    if value is None:
        return text(None)
    return text("Yes" if value else "No")


def limit(value: Number | None, unit: str) -> Cell:
    """A target or minimum in the unit of its measure; a dash where there is none."""
    if value is None:
        return not_applicable(unit_kind(unit))
    return in_unit(value, unit)


def in_unit(value: Number, unit: str) -> Cell:
    """A figure in the register's unit: percent, count, gbp, minutes, hours, days, seconds."""
    match unit:
        case "percent":
            return percent(value)
        case "count":
            return count(value)
        case "gbp":
            return gbp(value)
        case "minutes":
            return duration(value)
        case "seconds":
            return seconds(value)
        case _:
            return decimal(value)


def unit_kind(unit: str) -> Kind:
    """The kind of cell that a figure of this unit is printed in."""
    match unit:
        case "percent":
            return Kind.PERCENT
        case "count":
            return Kind.COUNT
        case "gbp":
            return Kind.GBP
        case "minutes":
            return Kind.DURATION
        case "seconds":
            return Kind.SECONDS
        case _:
            return Kind.DECIMAL


def level(value: Number | None, said: str | None, unit: str) -> Cell:
    """A level: its number, else its words, else (neither was published) a dash."""
    if value is not None:
        return in_unit(value, unit)
    if said:
        return words(said, unit_kind(unit))
    return not_applicable(unit_kind(unit))


def number_in(printed: str) -> Decimal | None:
    """The number that a reader reads in a printed value; None where words stand.

    Durations come back in minutes.
    """
    time = _DURATION.fullmatch(printed)
    if time is not None:
        hours = int((time["hours"] or "0").replace(",", ""))
        return Decimal(hours * _MINUTES_PER_HOUR + int(time["minutes"]))
    bare = printed.replace("£", "").removesuffix("%")
    if _NUMBER.fullmatch(bare) is None:
        return None
    return Decimal(bare.replace(",", "").replace(MINUS, "-"))


def moment_in(printed: str) -> datetime | None:
    """The local time that a reader reads in a printed timestamp; None where there is none."""
    found = _MOMENT.fullmatch(printed)
    if found is None or found[2] not in _MONTHS_SHORT:
        return None
    month_number = _MONTHS_SHORT.index(found[2]) + 1
    return datetime.combine(
        date(int(found[3]), month_number, int(found[1])),
        time(int(found[4]), int(found[5]), int(found[6] or 0)),
    )


def canonical_number(printed: str) -> str:
    """A printed number without its signs of print; a duration in minutes ("93 min").

    Its decimals stay, since they say how it was rounded.
    """
    if _DURATION.fullmatch(printed) is not None:
        return f"{number_in(printed)} min"
    bare = printed.replace("£", "").replace(",", "").removesuffix("%")
    return bare.replace(MINUS, "-")


def canonical_month(printed: str) -> str | None:
    """A printed month ("Sep 2020", "September 2020") as 2020-09; None where there is none."""
    name, _, year = printed.partition(" ")
    if not re.fullmatch(r"\d{4}", year):
        return None
    for names in (_MONTHS, _MONTHS_SHORT):
        if name in names:
            return f"{year}-{names.index(name) + 1:02d}"
    return None
