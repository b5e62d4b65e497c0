"""A page under watch: what it asks for, and what it complains of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize

DESKTOP = 1280
PHONE = 390
OWN = ("file:", "data:", "blob:")
PATIENCE_MS = 120_000


@dataclass
class Watched:
    """A page with its requests to any network and its errors and warnings."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def opened(
    browser: Browser, file: Path, *, width: int = DESKTOP, dark: bool = False
) -> Iterator[Watched]:
    """`file` as a reader opens it: from the disk, with a window of `width` pixels."""
    context = browser.new_context(
        viewport=ViewportSize(width=width, height=900),
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    watched = Watched(page)

    def note_request(request: Request) -> None:
        if not request.url.startswith(OWN):
            watched.requests.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            watched.complaints.append(message.text)

    page.on("request", note_request)
    page.on("console", note_message)
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    try:
        page.goto(file.as_uri())
        yield watched
    finally:
        context.close()
