"""What the rules of consistency find in a document of the small warehouse.

Belongs here: asking them. Does not belong here: what a test expects of them.
"""

from __future__ import annotations

from orchestration.checks.consistency import run_all
from orchestration.report.document import Document
from orchestration.report.marts import Marts
from orchestration.report.printed import printed_figures, registered_measures


def errors(document: Document, marts: Marts | None = None) -> set[str]:
    """Names of the rules of error severity that the document breaks.

    Without marts, nothing is held against the register of measures.
    """
    registered = None if marts is None else registered_measures(marts)
    found = run_all(printed_figures(document, registered_measures=registered))
    return {one.check for one in found if one.severity == "error"}
