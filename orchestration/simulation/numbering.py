"""Incident numbers for reconstructed incidents: unique, rising with the time raised.

Belongs here: where in the source's own sequence an incident raised at some time would stand. Does
not belong here: the incidents.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime

# Time raised → number, from published incidents; the first point is a guess that carries the
# sequence back to the oldest open incident.
ANCHORS = (
    (datetime(2018, 5, 1, tzinfo=UTC), 270000),
    (datetime(2019, 8, 9, 16, tzinfo=UTC), 479406),
    (datetime(2019, 9, 12, 22, tzinfo=UTC), 491661),
    (datetime(2020, 6, 1, 8, tzinfo=UTC), 595042),
    (datetime(2020, 8, 27, 14, 58, tzinfo=UTC), 623269),
    (datetime(2020, 9, 21, 9, 15, tzinfo=UTC), 632638),
)

# Numbers of real incidents that the published report mentions without showing them.
MENTIONED = frozenset({"INC000000550023", "INC000000598205", "INC000000627139"})


class Numbers:
    """Hands out numbers in rising order of time raised, never one that is reserved."""

    def __init__(self, reserved: Iterable[str]) -> None:
        """`reserved` are the numbers of real incidents."""
        self._reserved = frozenset(reserved) | MENTIONED
        self._last = 0

    def next(self, raised_at: datetime) -> str:
        """The number of the next incident; call it in the order of `raised_at`."""
        number = max(self._last + 1, expected_number(raised_at))
        while _text(number) in self._reserved:
            number += 1
        self._last = number
        return _text(number)


def expected_number(raised_at: datetime) -> int:
    """Where the source's sequence stands at that time, between the nearest two anchors."""
    after = bisect_right([at for at, _ in ANCHORS], raised_at)
    left = min(max(after - 1, 0), len(ANCHORS) - 2)
    (start, first), (end, last) = ANCHORS[left], ANCHORS[left + 1]
    return first + round((raised_at - start) / (end - start) * (last - first))


def _text(number: int) -> str:
    return f"INC{number:012d}"
