"""Applying the rules of consistency to a report that somebody else published.

Belongs here: from a transcription to a readable list of what does not hold. Does not belong here:
the rules (`checks.consistency`), nor any knowledge of what is wrong in a report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orchestration import transcription
from orchestration.checks.consistency import CHECKS, Finding, run_all
from orchestration.checks.figures import ReportFigures
from orchestration.settings import PROJECT_ROOT


@dataclass(frozen=True)
class AuditResult:
    """What the rules found in one report.

    Attributes:
        folder: the transcription.
        figures: the figures read from it.
        findings: what does not hold, in the order of the rules.
    """

    folder: Path
    figures: ReportFigures
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The contradictions."""
        return tuple(one for one in self.findings if one.severity == "error")

    def as_text(self) -> str:
        """The findings and the rules as two Markdown tables."""
        counts = Counter(one.severity for one in self.findings)
        found_by = Counter(one.check for one in self.findings)
        findings = _table(
            ("No.", "Rule", "Severity", "Where", "What", "Printed", "By the rule"),
            (
                (
                    str(number), one.check, one.severity, one.where, one.message, one.found,
                    one.expected,
                )
                for number, one in enumerate(self.findings, start=1)
            ),
        )  # fmt: skip
        rules = _table(
            ("Rule", "Asks", "Applied to", "Findings"),
            (
                (
                    check.name,
                    check.description,
                    str(check.applies_to(self.figures) or "none: not audited"),
                    str(found_by[check.name]),
                )
                for check in CHECKS.values()
            ),
        )
        tolerance = self.figures.duration_tolerance
        note = (
            f"Durations may differ by {tolerance.minutes} minute: {tolerance.reason} "
            f"({tolerance.decided_on}).\n\n"
            if tolerance
            else ""
        )
        return (
            f"# Audit: {self.figures.title}\n\n"
            f"{counts['error']} contradictions and {counts['warning']} warnings.\n\n"
            f"{findings}\n## Rules applied\n\n{note}{rules}"
        )


def published_folder(month: date) -> Path:
    """Where the transcription of a month's published report stands."""
    return PROJECT_ROOT / "examples" / "published" / f"{month:%Y-%m}"


def audit(month_dir: Path) -> AuditResult:
    """Apply every rule to the report transcribed in `month_dir`.

    Raises:
        TranscriptionError: the transcription is not there or cannot be read.
    """
    figures = transcription.load(month_dir)
    return AuditResult(month_dir, figures, tuple(run_all(figures)))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)


def _cell(text: str) -> str:
    """Text that cannot end its cell."""
    return " ".join(text.replace("|", "\\|").split())
