"""The landing contract: what the dbt sources YAML says of each feed, as typed, checked objects.

Belongs here: reading `models/staging/*/_*__sources.yml` and refusing a contract that cannot be
meant. Does not belong here: anything that is said of one feed alone; that stands in the YAML.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import cast

import duckdb
import yaml

SOURCES_GLOB = "models/staging/*/_*__sources.yml"
LAST_WORKING_DAY = 10
PERCENT = 100


class ContractError(ValueError):
    """The sources YAML says something that cannot be meant; the message names the place."""


class Cadence(StrEnum):
    """How often a feed comes, and so what its file names must carry."""

    DAILY = "daily"
    MONTHLY = "monthly"
    ANY_TIME = "any_time"


class Kind(StrEnum):
    """Families of contract types, each with its own strict reading."""

    TEXT = "text"
    INTEGER = "integer"
    DOUBLE = "double"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"


@dataclass(frozen=True)
class DataType:
    """A contract type.

    Attributes:
        name: as the contract writes it, such as ``decimal(12,2)``.
        kind: family of the type.
        sql: DuckDB's name of the type that lands; a timestamp is UTC without zone.
        scale: digits after the point, for a decimal.
    """

    name: str
    kind: Kind
    sql: str
    scale: int = 0


@dataclass(frozen=True)
class Lookup:
    """A column of a seed that lists values.

    Attributes:
        seed: name of the seed, without ``.csv``.
        column: column of the seed.
    """

    seed: str
    column: str


@dataclass(frozen=True)
class Column:
    """One column of a feed.

    Attributes:
        name: name in the extract's header and in the landed file.
        data_type: contract type.
        description: for readers of the documentation.
        required: a value must be there in every row, and the column in every file.
        required_when: SQL condition over the typed columns under which a value must be there.
        allowed: values that may stand there; empty when any may.
        minimum: least value of a number, None when there is none.
        maximum: greatest value of a number, None when there is none.
        pattern: regular expression that a text must match as a whole, None when any may.
        not_before: another timestamp column that this one may not precede.
        personal: personal data; stops at landing.
        lookup: known values; others are let pass, but a spreadsheet's damage is reported.
    """

    name: str
    data_type: DataType
    description: str = ""
    required: bool = False
    required_when: str | None = None
    allowed: tuple[str | int, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    not_before: str | None = None
    personal: bool = False
    lookup: Lookup | None = None


@dataclass(frozen=True)
class Feed:
    """One feed: what its extracts must hold.

    Attributes:
        system: system that sends it; folder and dbt source.
        name: feed; folder, file name prefix and dbt source table.
        description: for readers of the documentation; ends with the grain.
        contract_version: a higher one lands every extract again.
        cadence: how often it comes.
        key: columns whose values are together unique in a file; empty when none are.
        assigning_time: SQL expression over the typed columns that puts a row on a day; daily feeds.
        owner: who answers for it.
        due_working_day: working day after month end on which it is due.
        mandatory: whether a final issue needs it.
        parts: seed column that lists the expected parts (one file each), or None for one file.
        quarantine_limit_pct: a file with a greater share of bad rows is refused (0-100).
        columns: in contract order.
    """

    system: str
    name: str
    description: str
    contract_version: int
    cadence: Cadence
    key: tuple[str, ...]
    assigning_time: str | None
    owner: str
    due_working_day: int
    mandatory: bool
    parts: Lookup | None
    quarantine_limit_pct: float
    columns: tuple[Column, ...]

    @property
    def id(self) -> str:
        """`<system>/<feed>`."""
        return f"{self.system}/{self.name}"

    @property
    def landed_columns(self) -> tuple[Column, ...]:
        """Columns that land: all but personal ones."""
        return tuple(column for column in self.columns if not column.personal)

    def column(self, name: str) -> Column:
        """Return the column called `name`; KeyError when the contract has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.id} has no column {name}")


Contract = Mapping[tuple[str, str], Feed]


def load_contract(project_root: Path) -> dict[tuple[str, str], Feed]:
    """Read every feed of the project.

    Args:
        project_root: folder that holds ``models/`` and ``seeds/``.

    Returns:
        Feeds by (system, feed), in order of their names.

    Raises:
        ContractError: there is no contract, or it says something that cannot be meant.
    """
    paths = sorted(project_root.glob(SOURCES_GLOB))
    feeds: dict[tuple[str, str], Feed] = {}
    for path in paths:
        for feed in _read_file(path):
            if (feed.system, feed.name) in feeds:
                raise ContractError(f"{path}: the feed {feed.id} is described twice; keep one.")
            feeds[feed.system, feed.name] = feed
    if not feeds:
        raise ContractError(
            f"{project_root / SOURCES_GLOB} describes no feed; run from the project's own folder."
        )
    _check_sql(feeds.values())
    return dict(sorted(feeds.items()))


def personal_names(contract: Contract) -> frozenset[str]:
    """Lower-case names of all personal columns; a column so called is kept from no feed."""
    return frozenset(
        column.name.lower()
        for feed in contract.values()
        for column in feed.columns
        if column.personal
    )


def seed_values(project_root: Path, lookup: Lookup) -> tuple[str, ...]:
    """Return the distinct values of a seed's column, sorted.

    Raises:
        ContractError: the seed or its column is not there.
    """
    path = project_root / "seeds" / f"{lookup.seed}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if lookup.column not in (reader.fieldnames or ()):
                raise ContractError(
                    f"{path} has no column {lookup.column}, which a feed refers to."
                )
            return tuple(sorted({row[lookup.column] for row in reader}))
    except FileNotFoundError as error:
        raise ContractError(f"{path} is not there, but a feed refers to it.") from error


# ---------------------------------------------------------------------------------------- reading


@dataclass(frozen=True)
class _Node:
    """A mapping of the YAML with the place where it stands, so that messages can name it."""

    place: str
    values: Mapping[str, object]
    known: frozenset[str] = field(default_factory=frozenset)

    def fail(self, message: str) -> ContractError:
        return ContractError(f"{self.place}: {message}")

    def check_keys(self) -> None:
        unknown = sorted(set(self.values) - self.known)
        if unknown:
            raise self.fail(
                f"meta has unknown {', '.join(unknown)}; known are {', '.join(sorted(self.known))}."
            )

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.fail(f"{key} must be text, not {value!r}.")
        return value.strip()

    def need_text(self, key: str) -> str:
        value = self.text(key)
        if value is None:
            raise self.fail(f"{key} is missing.")
        return value

    def integer(self, key: str) -> int | None:
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fail(f"{key} must be a whole number, not {value!r}.")
        return value

    def need_integer(self, key: str, least: int, most: int) -> int:
        value = self.integer(key)
        if value is None or not least <= value <= most:
            raise self.fail(f"{key} must be a whole number from {least} to {most}, not {value!r}.")
        return value

    def boolean(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(f"{key} must be true or false, not {value!r}.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(f"{key} must be a list of texts, not {value!r}.")
        return tuple(cast("list[str]", value))

    def lookup(self, key: str) -> Lookup | None:
        value = self.values.get(key)
        if value is None or value == []:
            return None
        if not isinstance(value, dict) or set(value) != {"seed", "column"}:
            raise self.fail(f"{key} must be {{seed: …, column: …}}, not {value!r}.")
        return Lookup(seed=str(value["seed"]), column=str(value["column"]))


_FEED_KEYS = frozenset(
    {
        "is_feed",
        "contract_version",
        "cadence",
        "key",
        "assigning_time",
        "owner",
        "due_working_day",
        "mandatory",
        "parts",
        "quarantine_limit_pct",
    }
)
_COLUMN_KEYS = frozenset(
    {
        "required",
        "required_when",
        "allowed",
        "minimum",
        "maximum",
        "pattern",
        "not_before",
        "personal",
        "lookup",
    }
)
_SIMPLE_TYPES = {
    "text": DataType("text", Kind.TEXT, "VARCHAR"),
    "int": DataType("int", Kind.INTEGER, "INTEGER"),
    "bigint": DataType("bigint", Kind.INTEGER, "BIGINT"),
    "double": DataType("double", Kind.DOUBLE, "DOUBLE"),
    "boolean": DataType("boolean", Kind.BOOLEAN, "BOOLEAN"),
    "date": DataType("date", Kind.DATE, "DATE"),
    "timestamp": DataType("timestamp", Kind.TIMESTAMP, "TIMESTAMP"),
}


def _read_file(path: Path) -> list[Feed]:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ContractError(f"{path} is not YAML: {error}") from error
    feeds = []
    for source in _mappings(_mapping(document, str(path)).get("sources"), f"{path}: sources"):
        system = str(source.get("name"))
        for table in _mappings(source.get("tables"), f"{path}: {system}: tables"):
            place = f"{path}: {system}.{table.get('name')}"
            meta = _Node(place, _meta(table, place), _FEED_KEYS)
            meta.check_keys()
            if meta.values.get("is_feed", True) is not False:
                feeds.append(_read_feed(system, table, meta))
    return feeds


def _read_feed(system: str, table: Mapping[str, object], meta: _Node) -> Feed:
    columns = tuple(
        _read_column(meta.place, column)
        for column in _mappings(table.get("columns"), f"{meta.place}: columns")
    )
    cadence = meta.need_text("cadence")
    if cadence not in set(Cadence):
        raise meta.fail(f"cadence must be one of {', '.join(Cadence)}, not {cadence!r}.")
    limit = meta.values.get("quarantine_limit_pct")
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not 0 <= limit <= PERCENT:
        raise meta.fail(f"quarantine_limit_pct must be from 0 to {PERCENT}, not {limit!r}.")
    feed = Feed(
        system=system,
        name=str(table.get("name")),
        description=str(table.get("description") or "").strip(),
        contract_version=meta.need_integer("contract_version", 1, 10**6),
        cadence=Cadence(cadence),
        key=meta.texts("key"),
        assigning_time=meta.text("assigning_time"),
        owner=meta.need_text("owner"),
        due_working_day=meta.need_integer("due_working_day", 1, LAST_WORKING_DAY),
        mandatory=meta.boolean("mandatory"),
        parts=meta.lookup("parts"),
        quarantine_limit_pct=float(limit),
        columns=columns,
    )
    _check_feed(feed, meta)
    return feed


def _read_column(place: str, values: Mapping[str, object]) -> Column:
    name = str(values.get("name"))
    place = f"{place}.{name}"
    meta = _Node(place, _meta(values, place), _COLUMN_KEYS)
    meta.check_keys()
    allowed = meta.values.get("allowed") or []
    if not isinstance(allowed, list) or not all(isinstance(item, str | int) for item in allowed):
        raise meta.fail(f"allowed must be a list of values, not {allowed!r}.")
    return Column(
        name=name,
        data_type=_read_type(place, str(values.get("data_type"))),
        description=str(values.get("description") or "").strip(),
        required=meta.boolean("required"),
        required_when=meta.text("required_when"),
        allowed=tuple(cast("list[str | int]", allowed)),
        minimum=meta.integer("minimum"),
        maximum=meta.integer("maximum"),
        pattern=meta.text("pattern"),
        not_before=meta.text("not_before"),
        personal=meta.boolean("personal"),
        lookup=meta.lookup("lookup"),
    )


def _read_type(place: str, name: str) -> DataType:
    if name in _SIMPLE_TYPES:
        return _SIMPLE_TYPES[name]
    match = re.fullmatch(r"decimal\((\d+),(\d+)\)", name)
    if match is None:
        known = ", ".join([*_SIMPLE_TYPES, "decimal(p,s)"])
        raise ContractError(f"{place}: data_type {name!r} is none of {known}.")
    return DataType(name, Kind.DECIMAL, name.upper(), scale=int(match[2]))


def _check_feed(feed: Feed, meta: _Node) -> None:
    names = [column.name for column in feed.columns]
    if len(set(names)) != len(names):
        raise meta.fail("a column is described twice.")
    for name in names:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise meta.fail(f"the column {name!r} must be lower case with underscores.")
    for name in feed.key:
        if name not in names or not feed.column(name).required:
            raise meta.fail(f"the key column {name} must be a required column of the feed.")
    if feed.assigning_time is not None and feed.cadence is not Cadence.DAILY:
        raise meta.fail("assigning_time is for daily feeds.")
    for column in feed.columns:
        _check_column(feed, column, meta)


def _check_column(feed: Feed, column: Column, meta: _Node) -> None:
    kind = column.data_type.kind
    if column.personal and (column.required or column.name in feed.key):
        raise meta.fail(f"{column.name} is personal, so it can be neither required nor a key.")
    if column.pattern is not None and kind is not Kind.TEXT:
        raise meta.fail(f"{column.name}: a pattern is for text.")
    number = kind is Kind.INTEGER
    if not number and (column.minimum is not None or column.maximum is not None):
        raise meta.fail(f"{column.name}: minimum and maximum are for whole numbers.")
    expected: type = int if number else str
    if any(not isinstance(value, expected) for value in column.allowed):
        raise meta.fail(f"{column.name}: allowed values must be of type {column.data_type.name}.")
    if column.not_before is not None:
        other = [c for c in feed.columns if c.name == column.not_before]
        if not other or {kind, other[0].data_type.kind} != {Kind.TIMESTAMP}:
            raise meta.fail(f"{column.name}: not_before must name a timestamp of the feed.")


def _check_sql(feeds: Iterable[Feed]) -> None:
    """Bind each SQL expression of the contract against the typed columns of its feed."""
    with duckdb.connect(":memory:") as con:
        for feed in feeds:
            expressions = [column.required_when for column in feed.columns]
            columns = ", ".join(
                f'cast(null as {column.data_type.sql}) as "{column.name}"'
                for column in feed.landed_columns
            )
            for sql in (*expressions, feed.assigning_time):
                if sql is None:
                    continue
                try:
                    con.execute(f"select ({sql}) from (select {columns})")
                except duckdb.Error as error:
                    raise ContractError(f"{feed.id}: the SQL {sql!r} fails: {error}") from error


def _meta(values: Mapping[str, object], place: str) -> Mapping[str, object]:
    config = _mapping(values.get("config") or {}, f"{place}: config")
    return _mapping(config.get("meta") or {}, f"{place}: meta")


def _mapping(value: object, place: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ContractError(f"{place} must be a mapping, not {value!r}.")
    return value


def _mappings(value: object, place: str) -> list[Mapping[str, object]]:
    if not isinstance(value, list):
        raise ContractError(f"{place} must be a list, not {value!r}.")
    return [_mapping(item, place) for item in value]
