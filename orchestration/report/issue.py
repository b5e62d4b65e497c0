"""What an issue of the report is, apart from its figures.

Belongs here: version, status, what a draft lacks, what a re-issue changed. Does not belong here:
when it was issued and by whom (the manifest says so; the report itself reads no clock).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from orchestration.checks.results import CheckResult


class IssueStatus(StrEnum):
    """A draft can be made at any time; a final only when nothing is missing."""

    DRAFT = "draft"
    FINAL = "final"


@dataclass(frozen=True)
class FigureChange:
    """One figure that differs from the issue before; `before` and `after` as printed."""

    measure: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class IssueInfo:
    """One issue.

    Attributes:
        month: first day of the reporting month.
        version: label without "v", "1.0".
        status: draft or final.
        classification: printed in every header.
        reason: why a re-issue was made; None for a first issue.
        replaces: version label of the issue before; None for a first issue.
        changes: figure by figure, what a re-issue changed.
        checks: outcome of every check of the gate.
        missing_feeds: extracts not there yet, as a reader would name them ("dsms/incidents").
        missing_commentary: measures whose commentary is wanted and not supplied.
        not_there_yet: other reasons why a draft is a draft.
    """

    month: date
    version: str
    status: IssueStatus
    classification: str = "DCC Public"
    reason: str | None = None
    replaces: str | None = None
    changes: tuple[FigureChange, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    missing_feeds: tuple[str, ...] = ()
    missing_commentary: tuple[str, ...] = ()
    not_there_yet: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an issue whose month is no month."""
        if self.month.day != 1:
            raise ValueError(f"the month of an issue is its first day, not {self.month}")

    @property
    def is_draft(self) -> bool:
        """Whether the issue is watermarked."""
        return self.status is IssueStatus.DRAFT

    @property
    def failing_checks(self) -> tuple[CheckResult, ...]:
        """The checks that did not pass, blocking ones first."""
        failed = (check for check in self.checks if not check.passed)
        return tuple(sorted(failed, key=lambda check: (not check.blocks, check.asset, check.name)))
