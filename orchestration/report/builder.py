"""From the marts of a month to the document: which sections there are and in what order.

Belongs here: the list of sections. A section that comes later is one module in `sections/` and one
line here; ids stay, numbers follow from the order. Does not belong here: what a section says.
"""

from __future__ import annotations

from collections.abc import Callable

from orchestration.report.context import Context
from orchestration.report.document import Document, Section, numbered
from orchestration.report.formatting import month_text
from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts
from orchestration.report.sections import (
    alerts,
    appendices,
    availability,
    code_performance,
    credits,
    front,
    incidents,
    introduction,
    operations,
    processes,
    service_providers,
    summary,
)

TITLE = "Performance Measurement Report"

SECTIONS: tuple[Callable[[Context], Section], ...] = (
    introduction.build,
    summary.build,
    processes.build,
    availability.build,
    alerts.build,
    incidents.build,
    operations.build,
    code_performance.build,
    service_providers.build,
    credits.build,
    appendices.restatements,
    appendices.quality,
    appendices.timeliness,
    appendices.methodology,
    appendices.exception_definitions,
    appendices.glossary,
)


def build_document(marts: Marts, issue: IssueInfo) -> Document:
    """The report of one month, numbered and ready to be rendered.

    Raises:
        MartError: a mart or column that the report reads is not there.
        ValueError: `issue` and `marts` are of different months.
    """
    if marts.month != issue.month:
        raise ValueError(f"the marts are of {marts.month}, the issue of {issue.month}")
    context = Context(marts, issue)
    sections = tuple(build(context) for build in SECTIONS)
    return numbered(
        Document(
            title=TITLE,
            month=issue.month,
            period=month_text(issue.month),
            version=issue.version,
            is_draft=issue.is_draft,
            classification=issue.classification,
            front=front.build(context),
            sections=sections,
            shown_measures=frozenset(context.shown),
        )
    )
