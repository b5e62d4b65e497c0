"""One extract from its landing folder to Parquet files that wait to be committed.

Belongs here: reading CSV or Parquet through DuckDB in one streaming pass, finding the rows that
the contract does not let pass, and refusing a file whole. Does not belong here: deciding which
extracts to land, and making the result count (`orchestration.landing.run`).

The usual file takes one pass: DuckDB reads, types and checks each row and writes Parquet, while a
thread hashes the bytes and counts the records independently. Only when rows are bad are the records
split in Python, for their line and text; and only when DuckDB and the count disagree about what the
records are does Python split them all, into JSON lines that DuckDB then reads.
"""

from __future__ import annotations

import csv
import io
import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from orchestration.feeds import ExtractName, Feed
from orchestration.landing import rules
from orchestration.landing.errors import LandingError, RefusedError, RowsNeedRepairError
from orchestration.landing.reading import (
    GZIP_ERRORS,
    LONGEST_RECORD,
    Inspection,
    Record,
    count_records,
    inspect,
    open_text,
    read_header,
    split_records,
)
from orchestration.landing.rules import identifier, literal

# zstd takes a tenth longer to write than snappy and halves the size, and months are kept.
COPY_OPTIONS = "format parquet, compression zstd"
BAD_MARK = "_is_quarantined"
MASK = "***"
# Shorter personal values would be found all over the row by chance.
SHORTEST_MASKED = 4
REASONS_SHOWN = 3
DUPLICATES_SHOWN = 3
# Keys are compared in rounds of about this many, so that memory does not grow with the file.
HASHES_AT_ONCE = 16_000_000


@dataclass(frozen=True)
class Job:
    """One extract and what is needed to judge it.

    Attributes:
        name: what its path says.
        feed: its contract.
        path: where it lies.
        workspace: empty folder for files on the way.
        time_zone: zone of the local day.
        personal: lower-case names of columns that are kept from no feed.
        known_values: of columns with a lookup, the values of the seed.
    """

    name: ExtractName
    feed: Feed
    path: Path
    workspace: Path
    time_zone: str
    personal: frozenset[str]
    known_values: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Result:
    """What landing an extract came to; the files wait in the workspace.

    Attributes:
        inspection: hash and health of the bytes.
        rows_read, rows_landed, rows_quarantined: the first is the sum of the others.
        rows_by_day: of a daily feed with an assigning time, its landed rows by local day.
        columns: contract columns that landed.
        unknown_columns: columns that no contract knows, kept aside.
        warnings: what was let pass but should be looked at.
        landed: typed rows.
        quarantine: rows that did not land; None when all did.
        aside: unknown columns; None when there are none.
    """

    inspection: Inspection
    rows_read: int
    rows_landed: int
    rows_quarantined: int
    rows_by_day: Mapping[str, int]
    columns: tuple[str, ...]
    unknown_columns: tuple[str, ...]
    warnings: tuple[str, ...]
    landed: Path
    quarantine: Path | None
    aside: Path | None


def read_extract(con: duckdb.DuckDBPyConnection, job: Job) -> Result:
    """Read, type and check one extract.

    Raises:
        RefusedError: nothing of it may land.
        BusyExtractError: it changed while it was read.
        LandingError: something outside the extract is in the way (memory, disk).
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        inspection = pool.submit(inspect, job.path, job.name.format)
        try:
            if job.name.format == "parquet":
                return _ParquetReading(con, job, inspection).run()
            return _CsvReading(con, job, inspection).run()
        except (RefusedError, duckdb.Error) as error:
            # What the bytes say (cut off, no UTF-8) explains more than where the reader stumbled.
            unreadable = inspection.result().unreadable
            if unreadable is not None:
                raise RefusedError(unreadable) from error
            raise


@dataclass(frozen=True)
class _Layout:
    """Which column of the file is what.

    Attributes:
        names: header.
        known: contract column to position.
        unknown: positions of columns that no contract knows.
        personal: positions of personal columns; never read on.
    """

    names: Sequence[str]
    known: Mapping[str, int]
    unknown: Sequence[int]
    personal: Sequence[int]


def _lay_out(names: Sequence[str], job: Job) -> _Layout:
    contract = {column.name for column in job.feed.landed_columns}
    personal = [i for i, name in enumerate(names) if name.strip().lower() in job.personal]
    known = {name: i for i, name in enumerate(names) if name in contract and i not in personal}
    missing = [c.name for c in job.feed.landed_columns if c.required and c.name not in known]
    if missing:
        raise RefusedError(
            f"required column{'s' * (len(missing) > 1)} {', '.join(missing)} missing; the file has "
            f"{', '.join(name or '(no name)' for name in names)}. Column names are compared "
            "letter by letter; add the column and send the file again"
        )
    unknown = [i for i, _ in enumerate(names) if i not in personal and i not in known.values()]
    return _Layout(names, known, unknown, personal)


class _Reading(ABC):
    """What reading CSV and reading Parquet have in common: the draft and the checks on it."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, job: Job, inspection: Future[Inspection]
    ) -> None:
        self.con = con
        self.job = job
        self.inspection = inspection
        self.draft = job.workspace / "draft.parquet"
        self.window = rules.window_of(job.feed, job.name.file_date, job.time_zone)

    # -------------------------------------------------------------------------------- the draft

    def write_draft(self, relation: str, row_rules: rules.RowRules, layout: _Layout) -> None:
        """Type, check and write every row of `relation` in one pass, bad rows marked."""
        columns = [
            *(identifier(column.name) for column in self.job.feed.landed_columns),
            f"{rules.is_bad(row_rules)} as {BAD_MARK}",
            *(f"cast(c{i} as varchar) as _unknown_{i}" for i in layout.unknown),
        ]
        self.copy(
            f"select {', '.join(columns)} from ({typed_rows(relation, row_rules)})", self.draft
        )

    def copy(self, query: str, path: Path) -> None:
        self.con.execute(f"copy ({query}) to {literal(str(path))} ({COPY_OPTIONS})")

    def number(self, sql: str) -> int:
        row = self.con.execute(sql).fetchone()
        if row is None:
            raise LandingError(f"{self.job.name.file}: a count gave no row; report this")
        return int(row[0])

    def scan(self, with_rows: bool = False) -> str:
        extra = ", file_row_number=true" if with_rows else ""
        return f"read_parquet({literal(str(self.draft))}{extra})"

    def bad_ordinals(self) -> list[int]:
        """Positions (from 0) of the draft's bad rows."""
        found = self.con.execute(
            f"select file_row_number from {self.scan(True)} where {BAD_MARK} order by 1"
        ).fetchall()
        return [int(row[0]) for row in found]

    # ------------------------------------------------------------------------------- the checks

    def check_key(self) -> None:
        """Refuse the file when two rows share a key; bad rows count, since they are in the file."""
        if not self.job.feed.key:
            return
        key = ", ".join(identifier(name) for name in self.job.feed.key)
        whole = " and ".join(f"{identifier(name)} is not null" for name in self.job.feed.key)
        if self._has_distinct_hashes(f"hash({key})", whole):
            return
        duplicates = self.con.execute(
            f"select count(*) over (), list(file_row_number order by file_row_number)[:2], {key} "
            f"from {self.scan(True)} where {whole} group by {key} having count(*) > 1 "
            f"order by min(file_row_number) limit {DUPLICATES_SHOWN}"
        ).fetchall()
        if not duplicates:
            return
        lines = self.lines_of({ordinal for row in duplicates for ordinal in row[1]})
        shown = "; ".join(
            f"{', '.join(str(value) for value in values)} in {self.unit}s "
            f"{' and '.join(str(lines[ordinal]) for ordinal in ordinals)}"
            for _, ordinals, *values in duplicates
        )
        raise RefusedError(
            f"duplicate key {', '.join(self.job.feed.key)}: {duplicates[0][0]:,} value(s) stand in "
            f"more than one row: {shown}. Remove the repeated rows and send the file again"
        )

    def _has_distinct_hashes(self, key_hash: str, whole: str) -> bool:
        """Whether no two keys share a hash; sorting hashes costs a fifth of grouping keys."""
        rounds = 1 + self.number(f"select count(*) from {self.scan()}") // HASHES_AT_ONCE
        for number in range(rounds):
            of_round = f" and {key_hash} % {rounds} = {number}" if rounds > 1 else ""
            found = self.con.execute(
                f"select {key_hash} as key_hash from {self.scan()} where {whole}{of_round}"
            ).fetchnumpy()
            hashes = np.asarray(found["key_hash"])
            hashes.sort()
            if (hashes[1:] == hashes[:-1]).any():
                return False
        return True

    def check_share(self, bad: int, read: int, reasons: Iterable[tuple[str, int]]) -> None:
        """Refuse the file when too many of its rows are bad."""
        limit = self.job.feed.quarantine_limit_pct
        if bad == 0 or 100 * bad <= limit * read:
            return
        shown = "; ".join(f"{reason} ({count:,} rows)" for reason, count in reasons)
        raise RefusedError(
            f"{bad:,} of {read:,} rows ({100 * bad / read:.2f} %) would be quarantined, more than "
            f"the {limit:g} % that {self.job.feed.id} allows. Most frequent: {shown}. The first is "
            f"in {self.unit} {self.first_bad_line()}. Correct them and send the file again"
        )

    def lookup_warnings(self) -> list[str]:
        """Values that a spreadsheet has robbed of their last zeros."""
        found = []
        for column, known in self.job.known_values.items():
            name = identifier(column)
            values = self.con.execute(
                f"select {name}, count(*) from {self.scan()} where not {BAD_MARK} "
                f"and {name} is not null group by {name} order by {name}"
            ).fetchall()
            for value, rows in values:
                meant = _without_lost_zeros(value, known)
                if meant is not None:
                    found.append(
                        f"{column} is '{value}' in {rows:,} rows: no known value, while '{meant}' "
                        "is one. A spreadsheet turns such text into numbers and drops the last "
                        "zero; export the column as text and send the file as a new version"
                    )
        return found

    def finish(
        self,
        layout: _Layout,
        *,
        quarantine: Path | None,
        rows_read: int,
        rows_quarantined: int,
        warnings: Sequence[str],
    ) -> Result:
        """Write what lands, and the unknown columns, from the draft."""
        landed, aside = self.draft, None
        bad_in_draft = self.number(f"select count(*) from {self.scan()} where {BAD_MARK}")
        if bad_in_draft or layout.unknown:
            landed = self.job.workspace / "landed.parquet"
            unknown = ", ".join(f"_unknown_{i}" for i in layout.unknown)
            left_out = f" exclude ({unknown})" if unknown else ""
            self.copy(f"select *{left_out} from {self.scan()} where not {BAD_MARK}", landed)
        if layout.unknown:
            aside = self.job.workspace / "aside.parquet"
            columns = [
                "file_row_number + 1 as row_number",
                *(identifier(name) for name in self.job.feed.key),
                *(f"_unknown_{i} as {name}" for i, name in _aside_names(layout, self.job.feed)),
            ]
            self.copy(f"select {', '.join(columns)} from {self.scan(True)}", aside)
        rows_landed = self.number(f"select count(*) from read_parquet({literal(str(landed))})")
        if rows_landed + rows_quarantined != rows_read:
            raise LandingError(
                f"{self.job.name.file}: read {rows_read} rows but landed {rows_landed} and "
                f"quarantined {rows_quarantined}; nothing was kept. Report this with the file"
            )
        return Result(
            inspection=self.inspection.result(),
            rows_read=rows_read,
            rows_landed=rows_landed,
            rows_quarantined=rows_quarantined,
            rows_by_day=self.rows_by_day(landed, rows_landed),
            columns=tuple(c.name for c in self.job.feed.landed_columns),
            unknown_columns=tuple(layout.names[i] for i in layout.unknown),
            warnings=(*warnings, *self.missing_warnings(layout), *self.lookup_warnings()),
            landed=landed,
            quarantine=quarantine,
            aside=aside,
        )

    def rows_by_day(self, landed: Path, rows_landed: int) -> dict[str, int]:
        """Landed rows by local day of their assigning time; days without rows are left out."""
        if self.window is None:
            return {}
        relation = f"read_parquet({literal(str(landed))})"
        counts = self.con.execute(
            rules.rows_by_day(self.job.feed, self.window, relation)
        ).fetchone()
        by_day = {
            day.isoformat(): int(count)
            for (day, _, _), count in zip(self.window.days, counts or (), strict=True)
            if count
        }
        if sum(by_day.values()) != rows_landed:
            raise LandingError(
                f"{self.job.name.file}: landed {rows_landed} rows but {sum(by_day.values())} of "
                "them by day; nothing was kept. Report this with the file"
            )
        return by_day

    def missing_warnings(self, layout: _Layout) -> list[str]:
        missing = [c.name for c in self.job.feed.landed_columns if c.name not in layout.known]
        return [f"not in the file, so landed empty: {', '.join(missing)}"] if missing else []

    # ------------------------------------------------------------- what the formats do differently

    unit = "line"

    @abstractmethod
    def lines_of(self, ordinals: set[int]) -> dict[int, int]:
        """Line in the file of each position of the draft."""

    @abstractmethod
    def first_bad_line(self) -> int:
        """Line of the first row that is bad."""


def typed_rows(relation: str, row_rules: rules.RowRules) -> str:
    """SQL: the rows of `relation` with a typed column beside each of the reader's."""
    typed = [f"{sql} as {identifier(name)}" for name, sql in row_rules.typed.items()]
    return f"select *, {', '.join(typed)} from {relation}"


def _without_lost_zeros(value: str, known: frozenset[str]) -> str | None:
    """The known value that `value` is when one or two last zeros are put back, else None."""
    if value in known:
        return None
    candidates = [value + zeros for zeros in ("0", "00") if value.count(".") == 1]
    return next((candidate for candidate in candidates if candidate in known), None)


def _aside_names(layout: _Layout, feed: Feed) -> list[tuple[int, str]]:
    """Names of the unknown columns that are unique whatever their case."""
    taken = {"row_number", *feed.key}
    found = []
    for i in layout.unknown:
        name = layout.names[i] or f"column_{i + 1}"
        while name.lower() in taken:
            name += "_"
        taken.add(name.lower())
        found.append((i, identifier(name)))
    return found


# -------------------------------------------------------------------------------------------- CSV


class _CsvReading(_Reading):
    """Reads a CSV, plain or gzipped."""

    def run(self) -> Result:
        self.layout = _lay_out(read_header(self.job.path, self.job.name.format), self.job)
        self.rules = rules.RowRules(
            typed={
                column.name: rules.typed_from_text(column.data_type, self._raw(column.name))
                for column in self.job.feed.landed_columns
            },
            raw={name: f"c{i}" for name, i in self.layout.known.items()},
            feed=self.job.feed,
            window=self.window,
            raw_is_text=True,
        )
        try:
            return self._run_directly()
        except RowsNeedRepairError:
            return self._run_carefully()

    def _raw(self, name: str) -> str:
        position = self.layout.known.get(name)
        return "cast(null as varchar)" if position is None else f"c{position}"

    def _run_directly(self) -> Result:
        relation = self._reader(self.job.path, self.job.name.format == "csv.gz")
        try:
            self.write_draft(relation, self.rules, self.layout)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            self._check_bytes()
            raise RowsNeedRepairError from error
        self._check_bytes()
        rows = self.number(f"select count(*) from {self.scan()}")
        if not self._is_every_record(rows):
            raise RowsNeedRepairError
        return self._check(relation, rows, _Structural())

    def _run_carefully(self) -> Result:
        """Split every record in Python; DuckDB reads them from a CSV that leaves no doubt."""
        plain = self.job.workspace / "plain.json"
        rows, structural = self._write_plain(plain)
        relation = _json_reader(plain, self._texts())
        self.write_draft(relation, self.rules, self.layout)
        drafted = self.number(f"select count(*) from {self.scan()}")
        if drafted != rows:
            raise LandingError(
                f"{self.job.name.file}: {rows} records were split but {drafted} were read; nothing "
                "was kept. Report this with the file"
            )
        try:
            return self._check(relation, rows, structural)
        except RowsNeedRepairError as error:
            raise LandingError(
                f"{self.job.name.file}: bad rows could not be found again in the file; nothing was "
                "kept. Report this with the file"
            ) from error

    def _is_every_record(self, rows: int) -> bool:
        """Whether header and rows are all that the file holds, by a count of our own."""
        if rows + 1 == self.inspection.result().lines:
            return True
        return rows + 1 == count_records(self.job.path, self.job.name.format)

    def _check_bytes(self) -> None:
        unreadable = self.inspection.result().unreadable
        if unreadable is not None:
            raise RefusedError(unreadable)

    def _reader(self, path: Path, is_gzip: bool) -> str:
        columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(self.layout.names)))
        return (
            f"read_csv({literal(str(path))}, columns={{{columns}}}, header=true, "
            "auto_detect=false, delim=',', quote='\"', escape='\"', "
            f"compression='{'gzip' if is_gzip else 'none'}')"
        )

    def _check(self, relation: str, rows: int, structural: _Structural) -> Result:
        bad = self.number(f"select count(*) from {self.scan()} where {BAD_MARK}")
        read = rows + structural.count
        self.structural = structural
        if bad or structural.count:
            self.check_share(bad + structural.count, read, self._reasons(relation))
        self.check_key()
        quarantine = None
        if bad or structural.count:
            quarantine = self._write_quarantine(bad)
        return self.finish(
            self.layout,
            quarantine=quarantine,
            rows_read=read,
            rows_quarantined=bad + structural.count,
            warnings=(),
        )

    # -------------------------------------------------------------------- records, split in Python

    def _records(self) -> Iterator[tuple[Record, str | None]]:
        """The file's records without the header, each with why it is no row, or None."""
        width = len(self.layout.names)
        try:
            with open_text(self.job.path, self.job.name.format) as file:
                records = split_records(file)
                next(records, None)
                for record in records:
                    yield record, _structure(record, width)
        except GZIP_ERRORS as error:
            raise RefusedError(f"the gzip stream is damaged ({error})") from error

    def _rows(self) -> Iterator[tuple[int, Record]]:
        """The records that are rows, with their position in the draft."""
        ordinal = 0
        for record, problem in self._records():
            if problem is None:
                yield ordinal, record
                ordinal += 1

    def _texts(self) -> dict[str, str]:
        return {f"c{i}": "VARCHAR" for i in range(len(self.layout.names))}

    def _write_plain(self, plain: Path) -> tuple[int, _Structural]:
        rows = 0
        structural = _Structural(self.job.workspace / "structural.json")
        with plain.open("w", encoding="utf-8") as file, structural:
            for record, problem in self._records():
                if problem is None and record.fields is not None:
                    file.write(json.dumps(self._values(record.fields)) + "\n")
                    rows += 1
                    continue
                if not record.is_complete:
                    raise RefusedError(
                        f"the last line ({record.line}) has no line end and {problem}: the file is "
                        "cut off; send it again"
                    )
                structural.add(record, problem or "", self._shown(record, is_split=False))
        return rows, structural

    def _values(self, fields: Sequence[str]) -> dict[str, str | int]:
        """What DuckDB is to read of a record: no empty values, no personal ones."""
        return {
            f"c{i}": fields[i]
            for i in range(len(self.layout.names))
            if fields[i] and i not in self.layout.personal
        }

    def _shown(self, record: Record, *, is_split: bool = True) -> str:
        """The record's text; personal values masked wherever they stand in it."""
        if not self.layout.personal:
            return record.raw
        if record.fields is None or not is_split:
            return "(withheld: the row cannot be split and the file has a personal column)"
        secrets = [record.fields[i] for i in self.layout.personal]
        fields = [MASK if i in self.layout.personal else f for i, f in enumerate(record.fields)]
        for secret in secrets:
            if len(secret) >= SHORTEST_MASKED:
                fields = [value.replace(secret, MASK) for value in fields]
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(fields)
        return line.getvalue()

    def lines_of(self, ordinals: set[int]) -> dict[int, int]:
        lines, last = {}, max(ordinals, default=-1)
        for ordinal, record in self._rows():
            if ordinal in ordinals:
                lines[ordinal] = record.line
            if ordinal >= last:
                break
        return lines

    def first_bad_line(self) -> int:
        bad = self.bad_ordinals()[:1]
        lines = self.lines_of(set(bad)).values()
        return min([*lines, *([self.structural.first_line] if self.structural.count else [])])

    # ---------------------------------------------------------------------------------- quarantine

    def _reasons(self, relation: str) -> list[tuple[str, int]]:
        counted = self.con.execute(
            "select p.kind, count(*) from (select unnest("
            f"{rules.problems(self.rules)}) as p from ({typed_rows(relation, self.rules)})) "
            f"group by p.kind order by count(*) desc, p.kind limit {REASONS_SHOWN}"
        ).fetchall()
        found = [*((str(kind), int(count)) for kind, count in counted)]
        found += self.structural.kinds.items()
        return sorted(found, key=lambda item: -item[1])[:REASONS_SHOWN]

    def _write_quarantine(self, bad: int) -> Path:
        """Look the bad rows up in the file and say of each its line, text and reasons."""
        rows = self.job.workspace / "bad.json"
        wanted = iter(self.bad_ordinals())
        next_bad = next(wanted, None)
        found = 0
        with rows.open("w", encoding="utf-8") as file:
            for ordinal, record in self._rows() if next_bad is not None else ():
                if ordinal == next_bad and record.fields is not None:
                    values = self._values(record.fields)
                    values |= {"ordinal": ordinal, "line": record.line}
                    file.write(json.dumps({**values, "raw_text": self._shown(record)}) + "\n")
                    found += 1
                    next_bad = next(wanted, None)
        types = {"ordinal": "BIGINT", "line": "BIGINT", "raw_text": "VARCHAR"}
        relation = _json_reader(rows, self._texts() | types)
        self._check_found(relation, bad, found)
        path = self.job.workspace / "quarantine.parquet"
        described = (
            f"select line, {rules.problems(self.rules)} as found, raw_text "
            f"from ({typed_rows(relation, self.rules)})"
        )
        self.copy(
            f"select {literal(self.job.name.file)} as file, line, {_COLUMN_NAMES} as column_name, "
            f"raw_text, {_REASON} as reason from ({described}) "
            f"{self.structural.union(self.job.name.file)} order by line",
            path,
        )
        return path

    def _check_found(self, relation: str, bad: int, found: int) -> None:
        """See to it that the rows found in the file are the ones that DuckDB marked."""
        same = " and ".join(
            f"found.{identifier(c.name)} is not distinct from drafted.{identifier(c.name)}"
            for c in self.job.feed.landed_columns
        )
        described = (
            f"select *, len({rules.problems(self.rules)}) as problem_count "
            f"from ({typed_rows(relation, self.rules)})"
        )
        matching = self.number(
            f"select count(*) from ({described}) found join {self.scan(True)} drafted "
            f"on drafted.file_row_number = found.ordinal where {same} and problem_count > 0"
            if found
            else "select 0"
        )
        if found != bad or matching != bad:
            raise RowsNeedRepairError


def _json_reader(path: Path, types: Mapping[str, str]) -> str:
    """SQL relation over JSON lines written here; unlike CSV they leave no doubt about any text."""
    columns = ", ".join(f"{name}: '{sql}'" for name, sql in types.items())
    return (
        f"read_json({literal(str(path))}, format='newline_delimited', columns={{{columns}}}, "
        f"maximum_object_size={8 * LONGEST_RECORD})"
    )


_COLUMN_NAMES = "list_aggregate(list_transform(found, lambda p: p.column_name), 'string_agg', ', ')"
_REASON = "list_aggregate(list_transform(found, lambda p: p.reason), 'string_agg', '; ')"


def _structure(record: Record, width: int) -> str | None:
    """Why a record is no row of `width` values, or None; one empty value too many is let pass."""
    if record.fields is None:
        return record.problem
    count = len(record.fields)
    if count == width or (count == width + 1 and not record.fields[-1]):
        return None
    return f"has {count} values instead of {width}"


class _Structural:
    """Records that cannot be split into the header's columns, kept in a file on the way."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.count = 0
        self.first_line = 0
        self.kinds: Counter[str] = Counter()
        self._file: io.TextIOWrapper | None = None

    def __enter__(self) -> _Structural:
        if self.path is not None:
            self._file = self.path.open("w", encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, record: Record, problem: str, shown: str) -> None:
        if self._file is None:
            raise LandingError("a record was set aside before its file was opened")
        self.count += 1
        self.first_line = self.first_line or record.line
        self.kinds[f"the row {problem}"] += 1
        said = {"line": record.line, "raw_text": shown, "reason": f"the row {problem}"}
        self._file.write(json.dumps(said) + "\n")

    def union(self, file: str) -> str:
        """SQL that adds these records to the quarantine."""
        if self.path is None or self.count == 0:
            return ""
        types = {"line": "BIGINT", "raw_text": "VARCHAR", "reason": "VARCHAR"}
        return (
            f"union all select {literal(file)}, line, '', raw_text, reason "
            f"from {_json_reader(self.path, types)}"
        )


# ---------------------------------------------------------------------------------------- Parquet


class _ParquetReading(_Reading):
    """Reads a Parquet file; its lines are its rows, counted from 1."""

    unit = "row"

    def run(self) -> Result:
        source = f"read_parquet({literal(str(self.job.path))}, file_row_number=true)"
        try:
            described = self.con.execute(f"describe select * from {source}").fetchall()
        except duckdb.Error as error:
            raise self._unreadable(error) from error
        types = {str(row[0]): str(row[1]) for row in described if row[0] != "file_row_number"}
        self.layout = _lay_out(list(types), self.job)
        names = [
            f"{identifier(name)} as c{i}"
            for i, name in enumerate(types)
            if i not in self.layout.personal
        ]
        self.relation = (
            f"(select {', '.join([*names, 'file_row_number as ordinal'])} from {source})"
        )
        self.rules = self._rules(list(types.values()))
        try:
            self.write_draft(self.relation, self.rules, self.layout)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            if self._can_be_read(source):
                raise LandingError(
                    f"{self.job.name.file} cannot be written as Parquet: {error}"
                ) from error
            raise self._unreadable(error) from error
        rows = self.number(f"select count(*) from {self.scan()}")
        bad = self.number(f"select count(*) from {self.scan()} where {BAD_MARK}")
        if bad:
            self.check_share(bad, rows, self._reasons())
        self.check_key()
        return self.finish(
            self.layout,
            quarantine=self._write_quarantine() if bad else None,
            rows_read=rows,
            rows_quarantined=bad,
            warnings=(),
        )

    def _rules(self, types: Sequence[str]) -> rules.RowRules:
        typed = {}
        for column in self.job.feed.landed_columns:
            i = self.layout.known.get(column.name)
            null = f"cast(null as {column.data_type.sql})"
            if i is None or types[i] == '"NULL"':
                typed[column.name] = null
                continue
            sql = rules.typed_from_parquet(column.data_type, f"c{i}", types[i])
            if sql is None and self.number(f"select count(c{i}) from {self.relation}") == 0:
                # Writers give a column without values any type.
                sql = null
            if sql is None:
                raise RefusedError(
                    f"column {column.name} is {types[i]} in the Parquet file but must be "
                    f"{column.data_type.name}; {_ADVICE[column.data_type.name == 'text']}"
                )
            typed[column.name] = sql
        return rules.RowRules(
            typed=typed,
            raw={name: f"c{i}" for name, i in self.layout.known.items()},
            feed=self.job.feed,
            window=self.window,
            raw_is_text=False,
        )

    def _can_be_read(self, source: str) -> bool:
        try:
            self.con.execute(f"select max(hash(columns(*))) from {source}").fetchall()
        except duckdb.Error:
            return False
        return True

    def _unreadable(self, error: duckdb.Error) -> RefusedError:
        first = str(error).splitlines()[0].replace(str(self.job.path), self.job.name.file_name)
        return RefusedError(f"the Parquet file cannot be read ({first}); send it again")

    def lines_of(self, ordinals: set[int]) -> dict[int, int]:
        return {ordinal: ordinal + 1 for ordinal in ordinals}

    def first_bad_line(self) -> int:
        return self.bad_ordinals()[0] + 1

    def _reasons(self) -> list[tuple[str, int]]:
        counted = self.con.execute(
            "select p.kind, count(*) from (select unnest("
            f"{rules.problems(self.rules)}) as p from ({typed_rows(self.relation, self.rules)})) "
            f"group by p.kind order by count(*) desc, p.kind limit {REASONS_SHOWN}"
        ).fetchall()
        return [(str(kind), int(count)) for kind, count in counted]

    def _write_quarantine(self) -> Path:
        path = self.job.workspace / "quarantine.parquet"
        shown = ", ".join(
            f"{literal(name)}: c{i}"
            for i, name in enumerate(self.layout.names)
            if i not in self.layout.personal
        )
        described = (
            f"select ordinal + 1 as line, {rules.problems(self.rules)} as found, "
            f"cast(to_json({{{shown}}}) as varchar) as raw_text "
            f"from ({typed_rows(self.relation, self.rules)})"
        )
        self.copy(
            f"select {literal(self.job.name.file)} as file, line, {_COLUMN_NAMES} as column_name, "
            f"raw_text, {_REASON} as reason from ({described}) where len(found) > 0 order by line",
            path,
        )
        return path


_ADVICE = {
    True: "numbers have lost what text keeps (4.10 becomes 4.1); write the column as text",
    False: "write the column in that type, or as text",
}
