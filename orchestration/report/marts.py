"""Reading marts and seeds for the report: typed rows of one month.

Belongs here: the connection, the month, and typed access to a row. Does not belong here: arithmetic
(the report computes nothing) and wording.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import duckdb

from orchestration.report.formatting import exact

_MARTS, _SEEDS = "marts", "seeds"
_NUMERIC = (
    "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT", "UINTEGER", "FLOAT",
    "DOUBLE", "DECIMAL",
)  # fmt: skip


class MartError(LookupError):
    """A mart lacks what the report reads; the message says where and what to do."""


class Row:
    """One row of a mart with typed access; reading a missing column or a wrong type is an error."""

    def __init__(self, mart: str, values: Mapping[str, object]) -> None:
        """Keep the values under the name of their mart."""
        self._mart = mart
        self._values = values

    def has(self, column: str) -> bool:
        """Whether the mart has this (optional) column."""
        return column in self._values

    def _value(self, column: str) -> object:
        try:
            return self._values[column]
        except KeyError:
            raise MartError(
                f"{self._mart} has no column {column}; the report reads it: add it to the model."
            ) from None

    def _wrong(self, column: str, wanted: str) -> MartError:
        return MartError(
            f"{self._mart}.{column} holds {self._value(column)!r} where the report reads {wanted}."
        )

    def text(self, column: str) -> str:
        """Text that must be there."""
        value = self._value(column)
        if not isinstance(value, str):
            raise self._wrong(column, "text")
        return value

    def words(self, column: str) -> str | None:
        """Text, or None where it is null or empty."""
        value = self._value(column)
        if value is None or value == "":
            return None
        return self.text(column)

    def optional_words(self, column: str) -> str | None:
        """Text of a column that the contract leaves optional."""
        return self.words(column) if self.has(column) else None

    def number(self, column: str) -> Decimal | None:
        """A number as the marts' decimal(18, 9), or None."""
        value = self._value(column)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise self._wrong(column, "a number")
        return exact(value)

    def whole(self, column: str) -> int:
        """A whole number that must be there."""
        value = self.number(column)
        if value is None or value != value.to_integral_value():
            raise self._wrong(column, "a whole number")
        return int(value)

    def flag(self, column: str) -> bool | None:
        """True, false, or unknown."""
        value = self._value(column)
        if value is None or isinstance(value, bool):
            return value
        raise self._wrong(column, "true or false")

    def day(self, column: str) -> date | None:
        """A calendar day, or None."""
        value = self._value(column)
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        raise self._wrong(column, "a date")

    def moment(self, column: str) -> datetime | None:
        """A moment in UTC, or None."""
        value = self._value(column)
        if value is None or isinstance(value, datetime):
            return value
        raise self._wrong(column, "a timestamp")


class Marts:
    """The marts of one month (schema `marts`) and the seeds (schema `seeds`)."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        month: date,
        time_zone: str = "Europe/London",
    ) -> None:
        """Read `connection`, which the caller opens (read-only will do) and closes."""
        self._connection = connection
        self.month = month
        self.zone = ZoneInfo(time_zone)
        self.time_zone = time_zone
        self._read_so_far: dict[str, str] = {}

    @property
    def names_read(self) -> tuple[str, ...]:
        """Marts and seeds that rows were read of so far, in order."""
        return tuple(sorted(self._read_so_far))

    def rows(
        self, mart: str, order_by: str, only: Mapping[str, Sequence[str]] | None = None
    ) -> list[Row]:
        """The rows of the mart in the reporting month.

        Args:
            mart: its name.
            order_by: columns, separated by commas.
            only: column → the values wanted; None takes every row.

        Raises:
            MartError: the mart does not exist.
        """
        wanted = only or {}
        conditions = "".join(
            f" and {_identifier(name)} in ({', '.join('?' * len(values))})"
            for name, values in wanted.items()
        )
        self._read_so_far[mart] = _MARTS
        return self._read(
            mart,
            f"select * from marts.{_identifier(mart)} where reporting_month = ?{conditions} "
            f"order by {_ordering(order_by)}",
            [self.month, *(value for values in wanted.values() for value in values)],
        )

    def of_party(self, relation: str, user_id: str, order_by: str) -> list[Row]:
        """What a restricted relation (schema `intermediate`) has of one party in the month.

        For the pack of that party alone: the report reads marts, which know no party (P2).
        """
        return self._read(
            relation,
            f"select * from intermediate.{_identifier(relation)} "
            f"where reporting_month = ? and user_id = ? order by {_ordering(order_by)}",
            [self.month, user_id],
        )

    def seed(self, name: str, order_by: str = "") -> list[Row]:
        """Every row of a seed, in the given order or as the file has it."""
        ordering = f" order by {_ordering(order_by)}" if order_by else ""
        self._read_so_far[name] = _SEEDS
        return self._read(
            name,
            f"select * from seeds.{_identifier(name)}{ordering}",
            [],
        )

    def texts_with_digits(self) -> frozenset[str]:
        """The texts with a digit in the marts (of the month) and seeds that were read so far."""
        found: set[str] = set()
        for name in self.names_read:
            for column, _ in self._columns(name, "VARCHAR"):
                rows = self._connection.execute(
                    f"select distinct {column} from {self._relation(name)} "
                    f"where regexp_matches({column}, '[0-9]')"
                ).fetchall()
                found.update(str(text) for (text,) in rows)
        return frozenset(found)

    def holds(self, name: str, wanted: Collection[str]) -> frozenset[str]:
        """Those of the `wanted` numbers, dates and times that a mart or seed shows so.

        Args:
            name: of the mart (its month is looked at) or seed.
            wanted: numbers with the decimals of print ("54.50", "93 min"), days and months (ISO),
                local times.
        """
        return self._numbers(name, wanted) | self._times(name, wanted)

    def _numbers(self, name: str, wanted: Collection[str]) -> frozenset[str]:
        columns = [column for column, _ in self._columns(name, *_NUMERIC)]
        printed = [one for one in wanted if re.fullmatch(r"-?\d+(\.\d+)?( min)?", one)]
        if not columns or not printed:
            return frozenset()
        values = " union all ".join(
            f"select cast({column} as double) as number from {self._relation(name)}"
            for column in columns
        )
        rows = self._connection.execute(
            f"""
            with held as (
                select distinct cast(number as decimal(28, 9)) as number from ({values})
            ),
            wanted as (
                select
                    printed,
                    contains(printed, ' min') as is_duration,
                    replace(printed, ' min', '') as digits,
                    length(split_part(digits, '.', 2)) as places,
                    cast(digits as decimal(28, 9)) as shown
                from (select unnest($printed) as printed)
            ),
            shown as (
                -- a count is whole; what is cut to a whole number is a speed of 100 s or more
                select number as shown, 0 as places, false as is_duration from held
                where number = trunc(number)
                union all select round(number, 0), 0, false from held where abs(number) >= 100
                union all select round(number, 1), 1, false from held
                union all select round(number, 2), 2, false from held
                -- rule N1: just under 100 is not shown as 100, just over 0 not as 0
                union all select 99.99, 2, false from held where number >= 99.995 and number < 100
                union all select 0.01, 2, false from held where number > 0 and number < 0.005
                union all select trunc(number), 0, true from held
            )
            select printed from wanted
            where exists (
                select 1 from shown
                where cast(shown.shown as decimal(28, 9)) = wanted.shown
                and shown.places = wanted.places
                and shown.is_duration = wanted.is_duration
            )
            """,
            {"printed": printed},
        ).fetchall()
        return frozenset(str(one) for (one,) in rows)

    def _times(self, name: str, wanted: Collection[str]) -> frozenset[str]:
        held: set[str] = set()
        for column, kind in self._columns(name, "DATE", "TIMESTAMP"):
            rows = self._connection.execute(
                f"select distinct {column} from {self._relation(name)} where {column} is not null"
            ).fetchall()
            for (moment,) in rows:
                if kind == "DATE":
                    held.update({f"{moment:%Y-%m-%d}", f"{moment:%Y-%m}"})
                else:
                    local = moment.replace(tzinfo=UTC).astimezone(self.zone)
                    held.update({f"{local:%Y-%m-%d %H:%M:%S}", f"{local:%Y-%m-%d}"})
        return frozenset(held & set(wanted))

    def _columns(self, name: str, *kinds: str) -> list[tuple[str, str]]:
        described = self._connection.execute(
            f"describe select * from {self._relation(name)}"
        ).fetchall()
        return [
            (f'"{row[0]}"', str(row[1]).partition("(")[0])
            for row in described
            if str(row[1]).partition("(")[0] in kinds
        ]

    def _relation(self, name: str) -> str:
        schema = self._read_so_far.get(name, _MARTS)
        relation = f"{schema}.{_identifier(name)}"
        if schema != _MARTS:
            return relation
        return f"(select * from {relation} where reporting_month = date '{self.month}')"

    def _read(self, name: str, query: str, parameters: list[object]) -> list[Row]:
        try:
            cursor = self._connection.execute(query, parameters)
        except duckdb.CatalogException as error:
            raise MartError(
                f"the report reads {name}, which is not in the warehouse: build it with dbt first."
            ) from error
        except duckdb.BinderException as error:
            raise MartError(f"the report cannot read {name}: {error}") from error
        names = [column[0] for column in cursor.description or ()]
        return [Row(name, dict(zip(names, values, strict=True))) for values in cursor.fetchall()]


def _identifier(name: str) -> str:
    if not name.isidentifier():
        raise ValueError(f"{name!r} is no name of a relation")
    return name


def _ordering(columns: str) -> str:
    parts: Iterable[str] = (part.strip() for part in columns.split(","))
    return ", ".join(f"{_identifier(part)} nulls last" for part in parts)
