"""What stands today between a month and its final report, and which Working Day it is.

Belongs here: gathering what is known without building anything, and saying it. It reads the
contract, the calendar, the manifest of landing, the landing folder, the issues, and what the last
run found; never the private database, so that it can be asked while a run goes on. The clock is
here and nowhere else, and the caller passes it in.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from orchestration import findings
from orchestration.calendar import due_day, working_days_after
from orchestration.checks import release
from orchestration.checks.results import CheckResult
from orchestration.commentary import asked_on
from orchestration.feeds import load_contract
from orchestration.findings import Findings, Wanted
from orchestration.landing import (
    Entry,
    WaitingFile,
    current_entries,
    is_settled,
    read_manifest,
    waiting_files,
)
from orchestration.partitions import month_label, next_month
from orchestration.register import final_issues
from orchestration.settings import Settings
from orchestration.timeliness import Asked, Part, PartState, parts_of

# The release conditions are told as they are today, not as the last run found them.
_TOLD_ANEW = frozenset(release.CONDITIONS)
_MESSAGE_LENGTH = 240
_DAYS_NAMED = 6


@dataclass(frozen=True)
class Milestone:
    """What is due of us: commentary, and the report itself."""

    name: str
    due_on: date
    working_day: int


@dataclass(frozen=True)
class Status:
    """A month as it stands on a day.

    Attributes:
        month: first day of the reporting month.
        today: the local day that was asked about.
        working_day: how many Working Days have begun since the month ended; 0 before the first.
        is_working_day: whether today is one.
        milestones: commentary and report, in order.
        parts: every part of every feed.
        waiting: files that the next run will land, of whatever month.
        refused: extracts of the month that stand refused, with the reason.
        quarantined: extracts of the month with rows kept apart: file, rows kept apart, rows read.
        asked: measure → the days on which its commentary was asked for.
        found: what the last run found; None when none has come to its end.
        is_outdated: whether extracts landed, or wait, that the last run did not see.
        issue: the latest final issue; None before the first.
    """

    month: date
    today: date
    working_day: int
    is_working_day: bool
    milestones: tuple[Milestone, ...]
    parts: tuple[Part, ...]
    waiting: tuple[WaitingFile, ...]
    refused: tuple[tuple[str, str], ...]
    quarantined: tuple[tuple[str, int, int], ...]
    asked: Mapping[str, tuple[date, ...]]
    found: Findings | None
    is_outdated: bool
    issue: str | None

    @property
    def missing(self) -> tuple[Part, ...]:
        """Mandatory parts that are not complete, due or not: a final needs them."""
        return tuple(one for one in self.parts if one.feed.mandatory and one.arrived_at is None)

    @property
    def failing(self) -> tuple[CheckResult, ...]:
        """Blocking checks that failed in the last run, but for what is told as it is today."""
        checks = self.found.checks if self.found else ()
        return tuple(one for one in checks if one.blocks and one.name not in _TOLD_ANEW)

    @property
    def commentary(self) -> tuple[Wanted, ...]:
        """Commentary that is wanted and not there."""
        return tuple(one for one in self.found.wanted if not one.is_supplied) if self.found else ()

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands between now and a final."""
        return (
            self.found is not None
            and not self.is_outdated
            and not self.missing
            and not self.refused
            and not self.failing
            and not self.commentary
        )


def today_in(settings: Settings) -> date:
    """Today's local date. The one clock of the status, for the command line to pass in."""
    return datetime.now(ZoneInfo(settings.time_zone)).date()


def status_of(settings: Settings, month: date, today: date, project_root: Path) -> Status:
    """How `month` stands on `today` (a local date)."""
    contract = load_contract(project_root)
    entries = read_manifest(settings.manifest_dir)
    waiting = waiting_files(settings, entries)
    days = working_days_after(month, today)
    found = findings.load(settings.runs_dir, month)
    current = [entry for entry in current_entries(entries) if _is_of(entry, month)]
    label = month_label(month)
    finals = final_issues(settings.exports_dir)
    issues = [folder.name for folder in finals if folder.parent.name == label]
    return Status(
        month=month,
        today=today,
        working_day=len(days),
        is_working_day=bool(days) and days[-1] == today,
        milestones=tuple(_milestones(month, project_root)),
        parts=tuple(
            parts_of(
                Asked(month, today, ZoneInfo(settings.time_zone)),
                contract,
                project_root,
                entries,
                waiting,
            )
        ),
        waiting=tuple(waiting),
        refused=tuple(_refused(entries, month)),
        quarantined=tuple(
            (entry.file, entry.rows_quarantined, entry.rows_read or 0)
            for entry in current
            if entry.rows_quarantined
        ),
        asked=asked_on(settings.commentary_dir, month),
        found=found,
        is_outdated=bool(found and _is_outdated(found, entries, waiting)),
        issue=issues[-1] if issues else None,
    )


def _milestones(month: date, project_root: Path) -> Iterator[Milestone]:
    with (project_root / "seeds" / "milestones.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            number = int(row["due_working_day"])
            yield Milestone(row["milestone"], due_day(month, number), number)


def _is_of(entry: Entry, month: date) -> bool:
    return entry.file_date is not None and entry.file_date.replace(day=1) == month


def _refused(entries: Sequence[Entry], month: date) -> Iterator[tuple[str, str]]:
    """As `release.refused_extracts` counts: by date, or by the month that the name mentions."""
    for entry in entries:
        is_mine = _is_of(entry, month) or (
            entry.file_date is None and month_label(month) in entry.file
        )
        if entry.state == "refused" and is_mine and not is_settled(entry, entries):
            yield entry.file, entry.reason or "no reason is on file"


def _is_outdated(found: Findings, entries: Sequence[Entry], waiting: Sequence[WaitingFile]) -> bool:
    return bool(waiting) or any(entry.landed_at > found.found_at for entry in entries)


# --------------------------------------------------------------------------------------- in words


def as_text(status: Status) -> str:
    """The status for a person at a terminal."""
    label = month_label(status.month)
    lines = [
        f"Report of {status.month:%B %Y}, as it stands on {_day(status.today)}",
        f"{_where(status)} {_report_due(status)}",
        "",
        *_verdict(status),
        *_block("Extracts missing", [_missing(one) for one in _by(status, PartState.MISSING)]),
        *_block("Extracts to come", [_missing(one) for one in _by(status, PartState.TO_COME)]),
        *_block("Came late", [_late(one) for one in _by(status, PartState.LATE)]),
        *_block("Refused by landing", [f"{file}: {reason}" for file, reason in status.refused]),
        *_block(
            "Rows in quarantine",
            [f"{file}: {apart:,} of {read:,} rows" for file, apart, read in status.quarantined],
        ),
        *_block("Files that wait to be landed", _shortened([one.file for one in status.waiting])),
        *_block("Blocking checks that failed in the last run", list(map(_check, status.failing))),
        *_block("Commentary wanted", [_wanted(status, one) for one in status.commentary]),
        *_block("Next", list(_next(status))),
        "",
        *_advice(status, label),
    ]
    return "\n".join(lines) + "\n"


def _where(status: Status) -> str:
    if not status.working_day:
        first = due_day(status.month, 1)
        over = "The month is not over" if status.today < next_month(status.month) else "It is over"
        return f"{over}; Working Day 1 is {_day(first)}."
    if status.is_working_day:
        return f"This is Working Day {status.working_day} after the month."
    return f"Working Day {status.working_day} is past, and today is none."


def _report_due(status: Status) -> str:
    last = status.milestones[-1]
    due = f"on Working Day {last.working_day}, {_day(last.due_on)}"
    if status.issue:
        is_over = status.today > last.due_on
        return f"The report {'was' if is_over else 'is'} due {due}; {status.issue} was issued."
    if status.today > last.due_on:
        return f"The report was due {due}, and is overdue."
    return f"The report is due {due}."


def _verdict(status: Status) -> list[str]:
    if status.is_ready:
        return ["Nothing stands between now and a final report."]
    count = (
        len(status.missing)
        + len(status.refused)
        + len(status.failing)
        + len(status.commentary)
        + (status.found is None or status.is_outdated)
    )
    parts = []
    if status.missing:
        parts.append(f"{_many(len(status.missing), 'mandatory extract')} not complete")
    if status.refused:
        parts.append(f"{_many(len(status.refused), 'extract')} refused")
    if status.found is None:
        parts.append("no run has come to its end, so no check has been made")
    elif status.is_outdated:
        parts.append("extracts came after the last run")
    if status.failing:
        parts.append(f"{_many(len(status.failing), 'check')} failed")
    if status.commentary:
        parts.append(f"{_many(len(status.commentary), 'measure')} without commentary")
    return [f"Between now and a final report: {_many(count, 'thing')}.", f"  {'; '.join(parts)}."]


def _by(status: Status, state: PartState) -> list[Part]:
    return [one for one in status.parts if one.state is state]


def _missing(part: Part) -> str:
    said = (
        f"{part.name}: due {_day(part.due_on)} (Working Day {part.feed.due_working_day}), "
        f"from {part.feed.owner}"
    )
    if len(part.expected) > 1:
        said += f"; {len(part.expected) - len(part.lacking)} of {len(part.expected)} days landed"
        if len(part.lacking) <= _DAYS_NAMED:
            said += f", not {', '.join(f'{day:%d %b}' for day in part.lacking)}"
    if not part.feed.mandatory:
        said += "; a final does without"
    if part.waiting & set(part.lacking):
        said += "; waits to be landed"
    return said


def _late(part: Part) -> str:
    came = f", came {_day(part.arrived_at.date())}" if part.arrived_at else ""
    return f"{part.name}: due {_day(part.due_on)}{came}"


def _check(check: CheckResult) -> str:
    message = check.message
    if len(message) > _MESSAGE_LENGTH:
        message = f"{message[:_MESSAGE_LENGTH].rsplit(' ', 1)[0]} …"
    return f"{check.name}: {message}" if message else check.name


def _wanted(status: Status, wanted: Wanted) -> str:
    said = f"{wanted.name} ({wanted.measure_name}): {wanted.status}, {wanted.lacks} wanted"
    touching = [
        one.incident_id
        for one in (status.found.touching if status.found else ())
        if (one.measure_id, one.scope) == (wanted.measure_id, wanted.scope)
    ]
    if touching:
        said += f"; touched by {', '.join(touching)}"
    requested, *chased = status.asked.get(wanted.name, (None,))
    if requested is None:
        return f"{said}; not yet requested"
    said += f"; requested on {_day(requested)}"
    return f"{said}, last chased on {_day(chased[-1])}" if chased else said


def _next(status: Status) -> Iterator[str]:
    """What is due from today on, the soonest first: one line for each day."""
    due: dict[date, list[str]] = {}
    for part in status.parts:
        if part.state is PartState.TO_COME:
            due.setdefault(part.due_on, []).append(part.name)
    for milestone in status.milestones:
        if milestone.due_on >= status.today and status.issue is None:
            due.setdefault(milestone.due_on, []).append(milestone.name.lower())
    for day, names in sorted(due.items()):
        yield f"{_day(day)}: {', '.join(_shortened(names))}"


def _advice(status: Status, label: str) -> list[str]:
    if status.is_ready:
        issued = f"{status.issue} stands; " if status.issue else ""
        return [f"{issued}`make month MONTH={label}` makes the final where figures changed."]
    said = [f"`make draft MONTH={label}` lands what waits and shows the month as it stands."]
    if status.commentary:
        said.append(f"`make commentary MONTH={label}` writes a file to fill in.")
    return said


def _shortened(names: list[str]) -> list[str]:
    if len(names) <= _DAYS_NAMED:
        return names
    return [*names[:_DAYS_NAMED], f"and {len(names) - _DAYS_NAMED} more"]


def _block(title: str, items: list[str]) -> list[str]:
    return ["", f"{title}:", *(f"  - {item}" for item in items)] if items else []


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
