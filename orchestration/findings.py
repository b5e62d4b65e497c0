"""What the last run of a month found, kept for whoever asks later without opening the warehouse.

Belongs here: the results of its checks, and the commentary that it wants and has. The private
database is no place to ask: a reader of it would make a run fail that goes on. What stands between
a month and its final is said by `status.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from orchestration.checks.results import CheckResult
from orchestration.files import write_json
from orchestration.partitions import month_label
from orchestration.settings import Settings

Kept = TypeVar("Kept")

_WANTED = (
    "select measure_id, scope, measure_name, business_process, status, needs_mitigation, "
    "is_supplied, has_reason, has_mitigation from marts.commentary_wanted "
    "where reporting_month = $month order by measure_id, scope"
)
_TEXTS = (
    "select measure_id, scope, region, reason, mitigation, author_role from marts.commentary "
    "where reporting_month = $month order by measure_id, scope, region"
)
_CONTEXT = (
    "select measure_id, scope, incident_id, category, title, impacted_at, restored_at "
    "from marts.commentary_context where reporting_month = $month "
    "order by measure_id, scope, impacted_at nulls last, incident_id"
)


@dataclass(frozen=True)
class Touching:
    """A Major Incident that touches a figure for which commentary is wanted.

    Attributes:
        measure_id, scope: the figure.
        incident_id, category, title: the Incident; `title` may be empty.
        impacted_at, restored_at: in UTC, as ISO 8601 text; empty when the extract has none.
    """

    measure_id: str
    scope: str
    incident_id: str
    category: int
    title: str
    impacted_at: str
    restored_at: str


@dataclass(frozen=True)
class Wanted:
    """Commentary that a measure wants; the columns of mart `commentary_wanted`."""

    measure_id: str
    scope: str
    measure_name: str
    business_process: str
    status: str
    needs_mitigation: bool
    is_supplied: bool
    has_reason: bool
    has_mitigation: bool

    @property
    def name(self) -> str:
        """The measure as an extract of commentary names it: ``CPM1``, ``SP-PM/CSPN PM2``."""
        return self.measure_id if self.scope == "All" else f"{self.measure_id}/{self.scope}"

    @property
    def lacks(self) -> str:
        """What is still wanted, in words; empty when nothing is."""
        if self.is_supplied:
            return ""
        parts = [] if self.has_reason else ["reason"]
        if self.needs_mitigation and not self.has_mitigation:
            parts.append("mitigation")
        return " and ".join(parts)


@dataclass(frozen=True)
class Text:
    """Commentary that was supplied; the columns of mart `commentary`."""

    measure_id: str
    scope: str
    region: str
    reason: str | None
    mitigation: str | None
    author_role: str


@dataclass(frozen=True)
class Findings:
    """What a run found.

    Attributes:
        found_at: when its checks had run (UTC, without zone).
        checks: every check's result.
        wanted: measures that want commentary.
        texts: commentary that has landed.
        touching: Major Incidents as context of what is wanted.
    """

    found_at: datetime
    checks: tuple[CheckResult, ...]
    wanted: tuple[Wanted, ...]
    texts: tuple[Text, ...]
    touching: tuple[Touching, ...]


def now_utc() -> datetime:
    """This moment in UTC, without zone, as the manifest keeps moments."""
    return datetime.now(UTC).replace(tzinfo=None)


def keep(
    settings: Settings, month: date, checks: Sequence[CheckResult], found_at: datetime
) -> Findings:
    """Keep what a run found, in place of what an earlier one did."""
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        found = Findings(
            found_at=found_at,
            checks=tuple(checks),
            wanted=tuple(Wanted(*row) for row in _rows(connection, _WANTED, month)),
            texts=tuple(Text(*row) for row in _rows(connection, _TEXTS, month)),
            touching=tuple(map(_touching, _rows(connection, _CONTEXT, month))),
        )
    write_json(_path(settings.runs_dir, month), {**asdict(found), "found_at": found_at.isoformat()})
    return found


def forget(runs_dir: Path, month: date) -> None:
    """Drop what was found, because the month is about to be built again."""
    _path(runs_dir, month).unlink(missing_ok=True)


def load(runs_dir: Path, month: date) -> Findings | None:
    """What the last run found; None when none has come to its end since the month was built."""
    path = _path(runs_dir, month)
    if not path.exists():
        return None
    content = json.loads(path.read_text(encoding="utf-8"))
    return Findings(
        found_at=datetime.fromisoformat(content["found_at"]),
        checks=_all(CheckResult, content["checks"]),
        wanted=_all(Wanted, content["wanted"]),
        texts=_all(Text, content["texts"]),
        touching=_all(Touching, content["touching"]),
    )


def _all(kind: Callable[..., Kept], rows: Iterable[Mapping[str, object]]) -> tuple[Kept, ...]:
    return tuple(kind(**row) for row in rows)


# what DuckDB gives for a row has no type of its own
def _rows(connection: duckdb.DuckDBPyConnection, query: str, month: date) -> list[Any]:
    return connection.execute(query, {"month": month}).fetchall()


def _touching(row: Sequence[Any]) -> Touching:
    measure_id, scope, incident_id, category, title, impacted_at, restored_at = row
    return Touching(
        measure_id=measure_id,
        scope=scope,
        incident_id=incident_id,
        category=category,
        title=title or "",
        impacted_at=_moment(impacted_at),
        restored_at=_moment(restored_at),
    )


def _moment(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else ""


def _path(runs_dir: Path, month: date) -> Path:
    return runs_dir / month_label(month) / "findings.json"
