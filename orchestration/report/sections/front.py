"""Front pages: what a draft lacks, and what a re-issue changed.

Belongs here: what `IssueInfo` says. Does not belong here: figures of the month.
"""

from __future__ import annotations

from orchestration.report import formatting as fmt
from orchestration.report.context import Context
from orchestration.report.document import BulletList, Callout, Paragraph, Section, Table, Tone
from orchestration.report.sections.wording import column, line, say


def build(context: Context) -> tuple[Section, ...]:
    """The pages before section 1; none for a first final issue."""
    pages: list[Section] = []
    if context.issue.is_draft:
        pages.append(_draft(context))
    if context.issue.changes or context.issue.reason:
        pages.append(_changes(context))
    return tuple(pages)


def _draft(context: Context) -> Section:
    issue = context.issue
    blocks: list[Paragraph | BulletList] = [
        say(
            "This issue is for checking only. Its figures may change, and it is not to be "
            "passed on."
        )
    ]
    for title, items in (
        ("Extracts missing", issue.missing_feeds),
        ("Commentary missing", issue.missing_commentary),
        (
            "Checks that fail",
            tuple(_failure(check.name, check.message) for check in issue.failing_checks),
        ),
        ("Besides", issue.not_there_yet),
    ):
        if items:
            blocks.append(say(f"{title}:"))
            blocks.append(BulletList(tuple(say(item) for item in items)))
    if len(blocks) == 1:
        blocks.append(say("No extract and no commentary is missing, and no check fails."))
    return Section(
        "draft-status", "Draft", (Callout(Tone.DRAFT, "What this draft lacks", tuple(blocks)),)
    )


def _failure(name: str, message: str) -> str:
    return f"{name}: {message}" if message else name


def _changes(context: Context) -> Section:
    issue = context.issue
    opening = [say(issue.reason)] if issue.reason else []
    replaced = f" This issue replaces version {issue.replaces}." if issue.replaces else ""
    blocks: list[Paragraph | BulletList] = [*opening]
    if replaced:
        blocks.append(say(replaced.strip()))
    callout = Callout(Tone.CHANGE, "What changed, and why", tuple(blocks))
    if not issue.changes:
        return Section("changes", "Changes in this issue", (callout,))
    table = Table(
        "changes",
        "Figures that differ from the issue before",
        (
            column("measure", "Measure", weight=1.5),
            column("before", "Before"),
            column("after", "Now"),
            column("reason", "Why", weight=3),
        ),
        tuple(
            line(
                fmt.text(change.measure),
                fmt.text(change.before),
                fmt.text(change.after),
                fmt.text(change.reason),
            )
            for change in issue.changes
        ),
        (),
    )
    return Section("changes-in-this-issue", "Changes in this issue", (callout, table))
