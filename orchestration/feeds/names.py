"""Names of extracts: what `<system>/<feed>/<feed>_<date>[_<part>][_v<N>].<format>` says.

Belongs here: taking a path apart and refusing one that fits no feed. Does not belong here: looking
at the file itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from orchestration.feeds.contract import Cadence, Contract, Feed

Format = Literal["csv", "csv.gz", "parquet"]
FORMATS: tuple[Format, ...] = ("csv.gz", "csv", "parquet")
PATH_PARTS = 3

_STEM = re.compile(r"(?P<period>\d{4}-\d{2}(?:-\d{2})?)(?P<rest>(?:_.*)?)", re.ASCII)
_VERSION = re.compile(r"(?P<part>.*)_v(?P<version>\d{1,9})", re.ASCII)
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)
_LIKE_A_VERSION = re.compile(r"(?:.*_)?v\.?-?\d+", re.ASCII | re.IGNORECASE)


class ExtractNameError(ValueError):
    """A path that fits no feed; the message says what is wrong with it and what to do."""


@dataclass(frozen=True)
class ExtractName:
    """What the path of an extract says.

    Attributes:
        system: system that sends it.
        feed: feed.
        file_name: last part of the path.
        period: ``YYYY-MM-DD`` or ``YYYY-MM``, as written.
        file_date: that day, or the first of that month.
        part: provider, empty when none is named.
        version: 1 when none is written.
        format: from the extension.
    """

    system: str
    feed: str
    file_name: str
    period: str
    file_date: date
    part: str
    version: int
    format: Format

    @property
    def file(self) -> str:
        """`<system>/<feed>/<file name>`, the extract's id."""
        return f"{self.system}/{self.feed}/{self.file_name}"

    @property
    def stem(self) -> str:
        """The file name without its extension."""
        return self.file_name.removesuffix(f".{self.format}")

    @property
    def month(self) -> str:
        """``YYYY-MM``."""
        return self.period[:7]

    @property
    def is_day(self) -> bool:
        """Whether the file covers one day."""
        return len(self.period) > len("YYYY-MM")


def parse_extract_path(path: str, contract: Contract) -> ExtractName:
    """Take the path of an extract apart.

    Args:
        path: path inside the landing folder, with ``/``.
        contract: every feed.

    Raises:
        ExtractNameError: the path fits no feed.
    """
    pieces = path.split("/")
    if ".." in pieces or "\\" in path or "\0" in path or path.startswith("/"):
        raise ExtractNameError(
            f"{path!r} leads out of the landing folder; an extract stands at "
            "<system>/<feed>/<file> and its name has no path in it."
        )
    if len(pieces) != PATH_PARTS or not all(pieces):
        raise ExtractNameError(
            f"{path!r} stands in no feed's folder; put it at <system>/<feed>/<file>."
        )
    system, feed_name, file_name = pieces
    feed = contract.get((system, feed_name))
    if feed is None:
        known = ", ".join(sorted(f"{s}/{f}" for s, f in contract))
        raise ExtractNameError(
            f"{path}: {system}/{feed_name} is no feed of the contract. Feeds: {known}."
        )
    return _parse_name(file_name, feed)


def _parse_name(file_name: str, feed: Feed) -> ExtractName:
    where = f"{feed.id}/{file_name}"
    extension = next((f for f in FORMATS if file_name.endswith(f".{f}")), None)
    if extension is None:
        raise ExtractNameError(f"{where}: the extension must be .csv, .csv.gz or .parquet.")
    stem = file_name.removesuffix(f".{extension}")
    if not stem.startswith(f"{feed.name}_"):
        raise ExtractNameError(
            f"{where}: the name must begin with {feed.name}_, the feed of its folder."
        )
    match = _STEM.fullmatch(stem.removeprefix(f"{feed.name}_"))
    if match is None:
        raise ExtractNameError(f"{where}: after {feed.name}_ must come {_wanted_period(feed)}.")
    part, version = _parse_rest(match["rest"], where)
    return ExtractName(
        system=feed.system,
        feed=feed.name,
        file_name=file_name,
        period=match["period"],
        file_date=_parse_period(match["period"], feed, where),
        part=part,
        version=version,
        format=extension,
    )


def _parse_period(period: str, feed: Feed, where: str) -> date:
    is_day = len(period) > len("YYYY-MM")
    if feed.cadence is not Cadence.ANY_TIME and is_day != (feed.cadence is Cadence.DAILY):
        raise ExtractNameError(
            f"{where}: {feed.id} is a {feed.cadence} feed, so its date must be "
            f"{_wanted_period(feed)}, not {period}."
        )
    try:
        return date.fromisoformat(period if is_day else f"{period}-01")
    except ValueError as error:
        raise ExtractNameError(f"{where}: {period} is no date of the calendar.") from error


def _parse_rest(rest: str, where: str) -> tuple[str, int]:
    """Part and version from what follows the date; the last ``_v<digits>`` is the version."""
    match = _VERSION.fullmatch(rest)
    version = 1 if match is None else int(match["version"])
    before = rest if match is None else match["part"]
    part = before.removeprefix("_")
    if version < 1:
        raise ExtractNameError(f"{where}: versions begin at _v1.")
    if match is None and _LIKE_A_VERSION.fullmatch(part):
        # Landed as a part it would stand beside the version that it was meant to replace.
        raise ExtractNameError(f"{where}: a version is written _v2, not _{part.split('_')[-1]}.")
    if before and not _PART.fullmatch(part):
        raise ExtractNameError(
            f"{where}: the part {part!r} may hold letters, digits, '-' and '_' only."
        )
    return part, version


def _wanted_period(feed: Feed) -> str:
    if feed.cadence is Cadence.DAILY:
        return "the day it covers (YYYY-MM-DD)"
    if feed.cadence is Cadence.MONTHLY:
        return "the month it covers (YYYY-MM)"
    return "a day (YYYY-MM-DD) or a month (YYYY-MM)"
