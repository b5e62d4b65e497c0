"""Packs for one User: made when somebody asks for one, beside the issue that it goes with.

Belongs here: whose pack, of which issue, and where it is put. What it says does not
(`report/pack.py`). An issue is never changed after it was made, so a pack is no part of its folder:
it stands in `exports/<month>/restricted/<issue>/<pseudonym>/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from orchestration.files import folder_in_one_piece
from orchestration.issuing import RESTRICTED, RESTRICTED_MODE, is_of_these_marts, latest_issue
from orchestration.partitions import month_label
from orchestration.report.context import Context
from orchestration.report.html import render_html
from orchestration.report.issue import IssueInfo, IssueStatus
from orchestration.report.marts import Marts
from orchestration.report.pack import Party, build_pack
from orchestration.report.xlsx import render_xlsx
from orchestration.settings import Settings

HTML_FILE, XLSX_FILE = "pack.html", "pack.xlsx"


class PackRefused(RuntimeError):
    """No pack can be made; the message says why and what to do."""


@dataclass(frozen=True)
class Pack:
    """A pack on disk; `is_new` is False when it stood there already."""

    folder: Path
    is_new: bool

    @property
    def files(self) -> tuple[Path, ...]:
        """What a User is given."""
        return tuple(self.folder / name for name in (HTML_FILE, XLSX_FILE))


def make_pack(settings: Settings, month: date, user_id: str) -> Pack:
    """Write the pack of one User for the month's latest issue, final before draft.

    Raises:
        PackRefused: the month has no issue, its marts have changed since, somebody is writing them,
            or nobody of that id is known in the month.
    """
    label = month_label(month)
    issue = latest_issue(settings, month)
    if issue is None or not settings.database.exists():
        raise PackRefused(
            f"{label} has no issue that a pack could go with; run `make month MONTH={label}` or, "
            f"before it is complete, `make draft MONTH={label}`."
        )
    try:
        connection = duckdb.connect(str(settings.database), read_only=True)
    except duckdb.IOException as error:
        raise PackRefused(
            f"The warehouse cannot be read now ({error}). If a run is writing it, wait for its end."
        ) from error
    with connection:
        if not is_of_these_marts(issue, connection, month):
            raise PackRefused(
                f"The marts of {label} no longer hold what {issue.name} says; run "
                f"`make month MONTH={label}` first."
            )
        party = _party(connection, month, user_id)
        target = settings.exports_dir / label / RESTRICTED / issue.name / party.pseudonym
        if target.exists():
            return Pack(target, is_new=False)
        info = IssueInfo(
            month=month,
            version=issue.name.removeprefix("v").removesuffix("-draft"),
            status=IssueStatus.DRAFT if issue.name.endswith("-draft") else IssueStatus.FINAL,
        )
        document = build_pack(Context(Marts(connection, month, settings.time_zone), info), party)
    restricted = settings.exports_dir / label / RESTRICTED
    restricted.mkdir(exist_ok=True)
    restricted.chmod(RESTRICTED_MODE)
    with folder_in_one_piece(target) as folder:
        (folder / HTML_FILE).write_text(render_html(document), encoding="utf-8")
        (folder / XLSX_FILE).write_bytes(render_xlsx(document))
        for path in folder.iterdir():
            path.chmod(0o400)
        folder.chmod(RESTRICTED_MODE)
    return Pack(target, is_new=True)


def _party(connection: duckdb.DuckDBPyConnection, month: date, user_id: str) -> Party:
    row = connection.execute(
        "select called.pseudonym, parties.party_name "
        "from staging.stg_register__pseudonyms as called "
        "left join staging.stg_dcc__parties as parties "
        "on called.reporting_month = parties.reporting_month and called.user_id = parties.user_id "
        "where called.reporting_month = $month and called.user_id = $user",
        {"month": month, "user": user_id},
    ).fetchone()
    if row is None:
        raise PackRefused(
            f"No User with the id {user_id!r} is in the extracts of {month_label(month)}; the file "
            "pseudonyms.csv in the folder `restricted` of each issue lists them."
        )
    pseudonym, name = row
    return Party(user_id, str(pseudonym), None if name is None else str(name))
