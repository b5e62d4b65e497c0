"""Issues of the report: a folder each, written whole or not at all, never changed afterwards.

Belongs here: versions, what makes an issue new, its data files and its manifest. What the report
says does not (`report/`), nor whether a final may be made (`checks/gate.py`).
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from orchestration.checks import dbt_tests, gate, release
from orchestration.checks.results import CheckResult
from orchestration.files import folder_in_one_piece, sha256_of, write_json
from orchestration.partitions import month_label
from orchestration.register import MEASURES_FILE, version_of
from orchestration.report.builder import build_document
from orchestration.report.issue import FigureChange, IssueInfo, IssueStatus
from orchestration.report.marts import Marts
from orchestration.report.render import render
from orchestration.settings import Settings
from orchestration.version import project_version, source_sha256

# Row-level facts stay in the warehouse; everything else of a month goes into its issue.
ROW_LEVEL_PREFIX = "fct_"
# Identifiers of people's devices and of users: in no file of an issue outside `restricted/`.
FORBIDDEN_COLUMNS = {"user_id", "device_id", "comms_hub_id", "request_id"}
# Left out of what is handed on, and so out of the manifest too: who is behind a pseudonym (P1).
RESTRICTED = "restricted"
RESTRICTED_MODE = 0o700
KEY_MAP_FILE = "pseudonyms.csv"
_FIGURE = ("measure_id", "scope", "business_process", "srv", "smets", "region", "device_type")


class ReasonMissing(RuntimeError):
    """Published figures would change, and nobody said why."""


@dataclass(frozen=True)
class Issue:
    """An issue on disk.

    Attributes:
        folder: where it is.
        is_new: False when the figures are those of the latest issue, which then stands.
        changes: figures that differ from the final before.
    """

    folder: Path
    is_new: bool
    changes: tuple[FigureChange, ...] = ()

    @property
    def report(self) -> Path:
        """The report to read in a browser."""
        return self.folder / "report.html"


@dataclass(frozen=True)
class Issuer:
    """Who issues and why; stands in the manifest alone."""

    name: str = ""
    reason: str = ""

    @classmethod
    def current(cls, reason: str = "") -> Issuer:
        """The user of this process."""
        return cls(name=getpass.getuser(), reason=reason)


def issue_final(
    settings: Settings,
    month: date,
    issuer: Issuer,
    progress: Callable[[str], None] = lambda _: None,
) -> Issue:
    """Issue the final report of a month whose gate is open.

    A month whose figures are those of its latest final is not issued again.

    Raises:
        gate.GateClosed: a blocking check failed, or the marts are not those that were checked.
        ReasonMissing: the month was published with other figures and `issuer` gives no reason.
    """
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        verdict = gate.require_open(settings.gate_dir, connection, month)
        folder = settings.exports_dir / month_label(month)
        finals = _issues(folder, drafts=False)
        before = finals[-1] if finals else None
        data_hashes = _data_hashes(connection, month)
        # Other code may word or draw the same figures otherwise; then a reason issues them again.
        is_same = before and data_hashes == _kept_data_hashes(before)
        if before and is_same and (not issuer.reason or _kept_source(before) == source_sha256()):
            return Issue(folder=before, is_new=False)
        changes = _changes(connection, month, before, issuer.reason)
        if before and not issuer.reason:
            raise ReasonMissing(_reason_wanted(month, before, changes))
        major = version_of(before)[0] + 1 if before else 1
        info = IssueInfo(
            month=month,
            version=f"{major}.0",
            status=IssueStatus.FINAL,
            reason=issuer.reason if before else None,
            replaces=before.name.removeprefix("v") if before else None,
            changes=changes,
            checks=verdict.checks,
        )
        target = folder / f"v{info.version}"
        making = _Making(settings, connection, info, verdict.checks, issuer)
        _write(making, target, progress)
        return Issue(folder=target, is_new=True, changes=changes)


def issue_draft(
    settings: Settings,
    month: date,
    issuer: Issuer,
    checks: tuple[CheckResult, ...],
    progress: Callable[[str], None] = lambda _: None,
) -> Issue:
    """Issue a draft of a month as it stands: watermarked, with what it lacks and what fails.

    A draft equal to the latest one is not written again.
    """
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        folder = settings.exports_dir / month_label(month)
        finals, drafts = _issues(folder, drafts=False), _issues(folder, drafts=True)
        before = finals[-1] if finals else None
        latest = drafts[-1] if drafts else None
        if latest and _is_same_draft(latest, before, _data_hashes(connection, month), checks):
            return Issue(folder=latest, is_new=False)
        major = version_of(before)[0] if before else 0
        minor = 1 + max((v for m, v in map(version_of, drafts) if m == major), default=0)
        changes = _changes(connection, month, before, issuer.reason)
        info = IssueInfo(
            month=month,
            version=f"{major}.{minor}",
            status=IssueStatus.DRAFT,
            reason=issuer.reason or None,
            replaces=before.name.removeprefix("v") if before else None,
            changes=changes,
            checks=checks,
            missing_feeds=tuple(release.missing_feeds(connection, month)),
            missing_commentary=tuple(release.missing_commentary(connection, month)),
        )
        target = folder / f"v{info.version}-draft"
        making = _Making(settings, connection, info, checks, issuer)
        _write(making, target, progress)
        return Issue(folder=target, is_new=True, changes=changes)


@dataclass(frozen=True)
class _Making:
    """An issue that is being made: what goes into its folder."""

    settings: Settings
    connection: duckdb.DuckDBPyConnection
    info: IssueInfo
    checks: tuple[CheckResult, ...]
    issuer: Issuer


def _write(making: _Making, target: Path, progress: Callable[[str], None]) -> None:
    connection, info = making.connection, making.info
    with folder_in_one_piece(target) as folder:
        progress(f"{target.name}: writing the data of the marts")
        _write_data(connection, info.month, folder / "data")
        progress(f"{target.name}: building the report")
        marts = Marts(connection, info.month, making.settings.time_zone)
        document = build_document(marts, info)
        progress(f"{target.name}: rendering HTML, PDF and XLSX")
        render(document, folder)
        _write_restricted(connection, info.month, folder / RESTRICTED)
        progress(f"{target.name}: writing the manifest")
        write_json(folder / "manifest.json", _manifest(making, folder))
        for path in folder.rglob("*"):
            if path.is_file():
                path.chmod(0o400 if _is_restricted(path, folder) else 0o444)


def _write_data(connection: duckdb.DuckDBPyConnection, month: date, folder: Path) -> None:
    folder.mkdir()
    for mart in _issued_marts(connection):
        columns = {str(row[0]) for row in connection.execute(f"describe marts.{mart}").fetchall()}
        if leaked := columns & FORBIDDEN_COLUMNS:
            raise RuntimeError(
                f"marts.{mart} has {', '.join(sorted(leaked))}, which may stand in no issue; name "
                f"the mart {ROW_LEVEL_PREFIX}… or leave the column out."
            )
        rows = f"(from marts.{mart} where reporting_month = date '{month}' order by all)"
        connection.execute(f"copy {rows} to '{folder / mart}.parquet' (format parquet)")
        connection.execute(f"copy {rows} to '{folder / mart}.csv' (format csv, header)")


def _write_restricted(connection: duckdb.DuckDBPyConnection, month: date, folder: Path) -> None:
    """The map from pseudonym to party, for whoever tells a User its place."""
    folder.mkdir(mode=RESTRICTED_MODE)
    connection.execute(
        "copy (select called.pseudonym, called.user_id, parties.party_name as name, "
        "parties.party_type from staging.stg_register__pseudonyms as called "
        "left join staging.stg_dcc__parties as parties "
        "on called.reporting_month = parties.reporting_month and called.user_id = parties.user_id "
        f"where called.reporting_month = date '{month}' order by called.pseudonym) "
        f"to '{folder / KEY_MAP_FILE}' (format csv, header)"
    )


def _is_restricted(path: Path, folder: Path) -> bool:
    return RESTRICTED in path.relative_to(folder).parts


def _issued_marts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [mart for mart in gate.marts(connection) if not mart.startswith(ROW_LEVEL_PREFIX)]


def _data_hashes(connection: duckdb.DuckDBPyConnection, month: date) -> dict[str, str]:
    """What makes two issues of a month the same: the fingerprint of every mart that they hold."""
    prints = gate.fingerprints(connection, month)
    return {mart: f"{prints[mart].rows}:{prints[mart].hash}" for mart in _issued_marts(connection)}


def _kept_data_hashes(issue: Path) -> dict[str, str]:
    kept = _read_manifest(issue)["marts"]
    return {str(mart): str(value) for mart, value in kept.items()} if isinstance(kept, dict) else {}


def _kept_source(issue: Path) -> str:
    kept = _read_manifest(issue)["code"]
    return str(kept["source_sha256"]) if isinstance(kept, dict) else ""


def _is_same_draft(
    latest: Path,
    final: Path | None,
    data_hashes: dict[str, str],
    checks: tuple[CheckResult, ...],
) -> bool:
    manifest = _read_manifest(latest)
    return (
        data_hashes == _kept_data_hashes(latest)
        and manifest["checks"] == [check.as_json() for check in checks]
        and manifest["replaces"] == (final.name.removeprefix("v") if final else None)
    )


def _changes(
    connection: duckdb.DuckDBPyConnection, month: date, before: Path | None, reason: str
) -> tuple[FigureChange, ...]:
    if before is None:
        return ()
    keys = ", ".join(_FIGURE)
    rows = connection.execute(
        f"""
        with earlier as (
            select {keys}, value_text from read_parquet($file)
        ),
        later as (
            select {keys}, measure_name, value_text from marts.pmr_measures
            where reporting_month = $month
        )
        select {keys}, earlier.value_text, later.value_text
        from earlier full join later using ({keys})
        where earlier.value_text is distinct from later.value_text
        order by all
        """,
        {"file": str(before / "data" / MEASURES_FILE), "month": month},
    ).fetchall()
    return tuple(
        FigureChange(
            measure=" · ".join(str(part) for part in row[:-2] if part != "All"),
            before=str(row[-2] or "not in the report"),
            after=str(row[-1] or "not in the report"),
            reason=reason,
        )
        for row in rows
    )


def _reason_wanted(month: date, before: Path, changes: tuple[FigureChange, ...]) -> str:
    label = month_label(month)
    listed = "\n".join(f"- {one.measure}: {one.before} → {one.after}" for one in changes[:10])
    return (
        f"{label} was issued as {before.name} and the marts now hold other data "
        f"({len(changes)} figure(s) differ). Say why: "
        f"`make month MONTH={label} REASON='...'`.\n{listed}"
    )


def _manifest(making: _Making, folder: Path) -> dict[str, object]:
    connection, info = making.connection, making.info
    inputs = connection.execute(
        "select source_file, sha256, version, rows_read, rows_landed, rows_quarantined, arrived_at "
        "from intermediate.int_feeds__inputs_by_month "
        "where reporting_month = $month order by source_file",
        {"month": info.month},
    ).fetchall()
    names = ("file", "sha256", "version", "rows_read", "rows_landed", "rows_quarantined")
    last = max(inputs, key=lambda row: (row[-1], row[0]), default=None)
    return {
        "report": "Performance Measurement Report",
        "month": month_label(info.month),
        "version": info.version,
        "status": info.status.value,
        "issued_at": datetime.now(UTC).replace(microsecond=0, tzinfo=None).isoformat(),
        "issued_by": making.issuer.name,
        "reason": info.reason,
        "replaces": info.replaces,
        "changed_figures": len(info.changes),
        "code": {"version": project_version(), "source_sha256": source_sha256()},
        "dbt_invocation_id": _dbt_invocation(making.settings, info.month),
        "last_input": last[0] if last else None,
        "inputs": [dict(zip(names, row[:-1], strict=True)) for row in inputs],
        "marts": _data_hashes(connection, info.month),
        "checks": [check.as_json() for check in making.checks],
        "files": {
            str(path.relative_to(folder)): sha256_of(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not _is_restricted(path, folder)
        },
    }


def _dbt_invocation(settings: Settings, month: date) -> str | None:
    run = dbt_tests.load(settings.runs_dir, month)
    return run.invocation_id if run else None


def latest_issue(settings: Settings, month: date) -> Path | None:
    """Folder of the month's latest final or, without one, of its latest draft."""
    folder = settings.exports_dir / month_label(month)
    found = _issues(folder, drafts=False) or _issues(folder, drafts=True)
    return found[-1] if found else None


def is_of_these_marts(issue: Path, connection: duckdb.DuckDBPyConnection, month: date) -> bool:
    """Whether the marts still hold what the issue says."""
    return _data_hashes(connection, month) == _kept_data_hashes(issue)


def _issues(folder: Path, *, drafts: bool) -> list[Path]:
    found = [path for path in folder.glob("v*") if path.name.endswith("-draft") is drafts]
    return sorted(found, key=version_of)


def _read_manifest(issue: Path) -> dict[str, object]:
    content = json.loads((issue / "manifest.json").read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise TypeError(f"{issue / 'manifest.json'} holds no object; the issue was changed by hand")
    return content
