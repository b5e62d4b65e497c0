"""Rules of the contract as SQL: strict typed values, and what is wrong with a row.

Belongs here: pure functions from the contract to SQL text. Does not belong here: running it.
A value that does not convert becomes null in the typed column; a row with a problem is marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from orchestration.feeds.contract import Cadence, Column, DataType, Feed, Kind

WINDOW = timedelta(hours=24)
SHOWN_CHARACTERS = 80

_INTEGER = "[+-]?[0-9]+"
_DOUBLE = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_DATE = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"
_TIMESTAMP = _DATE + r"T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?Z"

_WANTED = {
    Kind.INTEGER: "a whole number without point or exponent",
    Kind.DOUBLE: "a number",
    Kind.BOOLEAN: "true or false",
    Kind.DATE: "a date YYYY-MM-DD",
    Kind.TIMESTAMP: "a UTC time YYYY-MM-DDTHH:MM:SS[.fff]Z",
}
_INTEGERS = {
    f"{sign}{size}"
    for sign in ("", "U")
    for size in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
}
_FLOATS = {"FLOAT", "DOUBLE"}
_TIMES = {"TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"}


@dataclass(frozen=True)
class Window:
    """The times that rows of a daily file may be assigned to (UTC, both ends included).

    Attributes:
        first, last: the file's local day, widened by 24 h of elapsed time at both ends.
        day: the file's local day.
        days: the local days that the window touches, each with its start and its end (exclusive).
    """

    first: datetime
    last: datetime
    day: date
    days: tuple[tuple[date, datetime, datetime], ...]


@dataclass(frozen=True)
class RowRules:
    """The SQL of one extract.

    Attributes:
        typed: SQL expression per landed column, over the columns of the reader.
        raw: reader's column per contract column that the extract has.
        feed: whose rules they are.
        window: of a daily feed with an assigning time, else None.
        raw_is_text: the reader's columns are text in which empty is null already (CSV).
    """

    typed: Mapping[str, str]
    raw: Mapping[str, str]
    feed: Feed
    window: Window | None
    raw_is_text: bool


def literal(value: str | int) -> str:
    """Return `value` as an SQL literal."""
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return `name` as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def window_of(feed: Feed, day: date, time_zone: str) -> Window | None:
    """Return the local day of a daily extract, widened by 24 h of elapsed time at both ends."""
    if feed.assigning_time is None or feed.cadence is not Cadence.DAILY:
        return None
    # Two days on either side: where the clocks change, 24 h reach beyond the neighbouring day.
    midnights = [_midnight(day + timedelta(days=n), time_zone) for n in range(-2, 4)]
    return Window(
        first=midnights[2] - WINDOW,
        last=midnights[3] + WINDOW,
        day=day,
        days=tuple(
            (day + timedelta(days=n), midnights[n + 2], midnights[n + 3]) for n in range(-2, 3)
        ),
    )


def _midnight(day: date, time_zone: str) -> datetime:
    """The first instant of a local day, UTC without zone."""
    local = datetime.combine(day, time(), tzinfo=ZoneInfo(time_zone))
    return local.astimezone(UTC).replace(tzinfo=None)


def rows_by_day(feed: Feed, window: Window, relation: str) -> str:
    """SQL that counts the landed rows of `relation` by local day: one column per day in `days`."""
    counts = (
        f"count(*) filter (where ({feed.assigning_time}) >= timestamp '{starts}' "
        f"and ({feed.assigning_time}) < timestamp '{ends}')"
        for _, starts, ends in window.days
    )
    return f"select {', '.join(counts)} from {relation}"


def typed_from_text(data_type: DataType, raw: str) -> str:
    """SQL of the typed value of the text expression `raw`; null when it does not convert."""
    cast = f"try_cast({raw} as {data_type.sql})"
    decimal = rf"[+-]?[0-9]+(?:\.[0-9]{{0,{data_type.scale}}}0*)?"
    # GLOB tells the usual form of a number or time apart at half the cost of the regular
    # expression; what it lets pass beyond that does not convert.
    usual_time = f"{raw} glob '[1-9]???-??-??T[0-2]?:??:??.???Z'"
    usual_number = f"not ({raw} glob '*[!0-9]*')"
    return {
        Kind.TEXT: raw,
        Kind.BOOLEAN: f"case {raw} when 'true' then true when 'false' then false end",
        Kind.INTEGER: (
            f"case when {usual_number} then {cast} "
            f"when regexp_full_match({raw}, '{_INTEGER}') then {cast} end"
        ),
        Kind.DOUBLE: (
            f"case when regexp_full_match({raw}, '{_DOUBLE}') and isfinite({cast}) then {cast} end"
        ),
        Kind.DECIMAL: f"case when regexp_full_match({raw}, '{decimal}') then {cast} end",
        Kind.DATE: f"case when regexp_full_match({raw}, '{_DATE}') then {cast} end",
        Kind.TIMESTAMP: (
            f"case when {usual_time} then {cast} "
            f"when regexp_full_match({raw}, '{_TIMESTAMP}') then {cast} end"
        ),
    }[data_type.kind]


def typed_from_parquet(data_type: DataType, raw: str, source_type: str) -> str | None:
    """SQL of the typed value of a Parquet column; None when the types do not go together."""
    kind, cast = data_type.kind, f"try_cast({raw} as {data_type.sql})"
    if source_type in {"VARCHAR", "UUID"} or source_type.startswith("ENUM"):
        return typed_from_text(data_type, f"nullif(cast({raw} as varchar), '')")
    is_decimal = source_type.startswith("DECIMAL")
    fits = {
        Kind.TEXT: False,
        Kind.INTEGER: source_type in _INTEGERS,
        Kind.DOUBLE: source_type in _INTEGERS | _FLOATS or is_decimal,
        Kind.DECIMAL: source_type in _INTEGERS | _FLOATS or is_decimal,
        Kind.BOOLEAN: source_type == "BOOLEAN",
        Kind.DATE: source_type == "DATE",
        Kind.TIMESTAMP: source_type in _TIMES or source_type == "TIMESTAMP WITH TIME ZONE",
    }[kind]
    if not fits:
        return None
    if source_type == "TIMESTAMP WITH TIME ZONE":
        return f"({raw} at time zone 'UTC')"
    if kind is Kind.DOUBLE:
        return f"case when isfinite({cast}) then {cast} end"
    if kind is Kind.DECIMAL:
        # A cast rounds; what does not fit is to be seen, not rounded away.
        return f"case when cast({cast} as double) = cast({raw} as double) then {cast} end"
    return cast


def is_bad(rules: RowRules) -> str:
    """SQL condition, never null: the row has a problem. Over typed and reader's columns."""
    conditions = [
        condition
        for column in rules.feed.landed_columns
        for condition, _ in _problems(rules, column, is_marking=True)
    ]
    return f"coalesce({' or '.join(conditions)}, false)" if conditions else "false"


def problems(rules: RowRules) -> str:
    """SQL list of structs (column_name, kind, reason): everything wrong with a row.

    The reason names column, value and what was expected; the kind is the same for all rows with the
    same trouble, so that troubles can be counted.
    """
    items = []
    for column in rules.feed.landed_columns:
        whens = " ".join(
            f"when {condition} then {_struct(column.name, reason)}"
            for condition, reason in _problems(rules, column)
        )
        if whens:
            items.append(f"case {whens} end")
    return f"list_filter([{', '.join(items)}], lambda p: p is not null)"


@dataclass(frozen=True)
class _Reason:
    """What is wrong: `kind` is fixed text; `detail` is an SQL text expression."""

    kind: str
    detail: str


def _struct(column: str, reason: _Reason) -> str:
    return (
        f"{{'column_name': {literal(column)}, 'kind': {literal(f'{column} {reason.kind}')}, "
        f"'reason': {reason.detail}}}"
    )


def _problems(
    rules: RowRules, column: Column, *, is_marking: bool = False
) -> list[tuple[str, _Reason]]:
    """Conditions (SQL, null counts as false) with their reasons, the plainest first.

    To mark a row it is enough that a required value is null: what does not convert is null too.
    """
    found: list[tuple[str, _Reason]] = []
    name, value = column.name, identifier(column.name)
    raw = rules.raw.get(name)
    wanted = _wanted(column.data_type)
    is_said_by_null = is_marking and column.required
    if raw is not None and column.data_type.kind is not Kind.TEXT and not is_said_by_null:
        said = f"{literal(f'{name} is ')} || {_shown(raw)} || {literal(f'; expected {wanted}')}"
        found.append(
            (f"({_given(rules, raw)} and {value} is null)", _Reason(f"is not {wanted}", said))
        )
    if column.required:
        found.append((f"{value} is null", _fixed(name, "is empty but required")))
    if column.required_when is not None:
        words = f"is empty but required when {column.required_when}"
        found.append((f"({value} is null and ({column.required_when}))", _fixed(name, words)))
    if column.allowed:
        allowed = ", ".join(str(item) for item in column.allowed)
        listed = ", ".join(literal(item) for item in column.allowed)
        found.append((f"{value} not in ({listed})", _value(name, value, f"none of {allowed}")))
    for limit, sign, word in ((column.minimum, "<", "below"), (column.maximum, ">", "above")):
        if limit is not None:
            found.append((f"{value} {sign} {limit}", _value(name, value, f"{word} {limit}")))
    if column.pattern is not None:
        condition = f"not regexp_full_match({value}, {literal(column.pattern)})"
        found.append((condition, _value(name, value, f"not of the pattern {column.pattern}")))
    if column.not_before is not None:
        other = identifier(column.not_before)
        said = (
            f"{literal(f'{name} ')} || {_time(value)} || "
            f"{literal(f' lies before {column.not_before} ')} || {_time(other)}"
        )
        found.append((f"{value} < {other}", _Reason(f"lies before {column.not_before}", said)))
    if rules.window is not None and name == _assigning_column(rules.feed):
        found.append(_outside(rules))
    return found


def _assigning_column(feed: Feed) -> str:
    """The column that a row outside the file's day is reported under."""
    sql = feed.assigning_time or ""
    times = [c.name for c in feed.landed_columns if c.data_type.kind is Kind.TIMESTAMP]
    return next((name for name in times if sql == name), next(n for n in times if n in sql))


def _outside(rules: RowRules) -> tuple[str, _Reason]:
    window, sql = rules.window, rules.feed.assigning_time
    if window is None or sql is None:
        raise ValueError(f"{rules.feed.id} has no assigning time")
    name = _assigning_column(rules.feed)
    first, last = (f"timestamp '{moment}'" for moment in (window.first, window.last))
    words = f"more than 24 h outside the file's day {window.day}"
    said = (
        f"'the row belongs to ' || {_time(f'({sql})')} || {literal(f' (by {name}), {words}')}"
        if sql == name
        else f"'the row starts at ' || {_time(f'({sql})')} || {literal(f', {words}')}"
    )
    return f"(({sql}) < {first} or ({sql}) > {last})", _Reason(f"lies {words}", said)


def _fixed(name: str, words: str) -> _Reason:
    return _Reason(words, literal(f"{name} {words}"))


def _value(name: str, value: str, words: str) -> _Reason:
    said = f"{literal(f'{name} is ')} || {_shown(value)} || {literal(f', {words}')}"
    return _Reason(f"is {words}", said)


def _given(rules: RowRules, raw: str) -> str:
    """The source gave a value; an empty text is none, also in Parquet."""
    value = raw if rules.raw_is_text else f"nullif(cast({raw} as varchar), '')"
    return f"{value} is not null"


def _shown(value: str) -> str:
    return f"'''' || left(cast({value} as varchar), {SHOWN_CHARACTERS}) || ''''"


def _time(value: str) -> str:
    return f"strftime({value}, '%Y-%m-%dT%H:%M:%S.%gZ')"


def _wanted(data_type: DataType) -> str:
    if data_type.kind is Kind.DECIMAL:
        return f"a number that fits {data_type.name}"
    suffix = f" ({data_type.name})" if data_type.kind is Kind.INTEGER else ""
    return _WANTED.get(data_type.kind, "text") + suffix
