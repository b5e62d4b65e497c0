"""The document in all its formats, written into the folder of an issue.

Belongs here: which files there are. Does not belong here: the data files, the manifest, and making
the folder appear whole (the export does that).
"""

from __future__ import annotations

from pathlib import Path

from orchestration.report.document import Document
from orchestration.report.html import render_html
from orchestration.report.pdf import render_pdf
from orchestration.report.xlsx import render_xlsx

HTML_FILE = "report.html"
PDF_FILE = "report.pdf"
XLSX_FILE = "tables.xlsx"


def render(document: Document, folder: Path) -> tuple[Path, ...]:
    """Write `report.html`, `report.pdf` and `tables.xlsx` into `folder`, which must exist.

    The same document gives the same bytes. Returns the files written.
    """
    files: dict[str, bytes] = {
        HTML_FILE: render_html(document).encode("utf-8"),
        PDF_FILE: render_pdf(document),
        XLSX_FILE: render_xlsx(document),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in files)
