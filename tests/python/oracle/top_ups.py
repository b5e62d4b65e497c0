"""Top-ups and changes of payment mode by rules O4 and PP2 of O11, word by word.

Belongs here: sequences of attempts, and what a month makes of them, cell by cell. Does not belong
here: what the rules say of a single request (`requests.py`); how SQL groups.

A sequence is told from every attempt that is landed, back to the first one: how far SQL looks back
is its own affair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from tests.python.oracle.clock import extract_point, month_start, months_before, to_local
from tests.python.oracle.incidents import Row
from tests.python.oracle.records import Alert, Facts
from tests.python.oracle.requests import (
    UNKNOWN,
    JudgedRequest,
    RequestRules,
    alert_code,
    device_in,
    judge,
    month_of,
    region_of,
)
from tests.python.oracle.rsvp import ALL, places

TOP_UP = "2.2"
MODE_CHANGES = ("1.6", "2.1")
CREDIT_ADDED_LOCALLY = "810E"
LONGEST_GAP = timedelta(hours=24)


@dataclass(frozen=True)
class Cell:
    """Where a request, a sequence or an alert counts, before totals."""

    device_type: str
    smets: str
    region: str


@dataclass
class Figures:
    """What a cell of the month comes to."""

    attempts: int = 0
    succeeded: int = 0
    sequences: int = 0
    first_time: int = 0
    by_second: int = 0
    never: int = 0
    continued: int = 0
    credits: int = 0


def reported(facts: Facts, srvs: Iterable[str], rules: RequestRules) -> list[JudgedRequest]:
    """S1: the reported requests of these SRVs in all that is landed."""
    wanted = tuple(srvs)
    judged = [judge(facts, request, rules) for request in facts.service_requests]
    return [one for one in judged if one.is_reported and one.srv in wanted]


def succeeded(judged: JudgedRequest) -> bool:
    """S5: response received and code I0."""
    return judged.response_sent_at is not None and judged.response_code == "I0"


def cell_of(judged: JudgedRequest) -> Cell:
    """The device's own, in the month of the request."""
    return Cell(judged.device_type, judged.smets, judged.region)


def cells(cell: Cell) -> list[Cell]:
    """Its own row and every total in which it counts."""
    return [
        Cell(device_type, smets, region)
        for device_type, (smets, region) in product(
            (cell.device_type, ALL), places(cell.smets, cell.region)
        )
    ]


def sequences(attempts: Iterable[JudgedRequest]) -> list[list[JudgedRequest]]:
    """O4: those of one User on one device, up to a success or a gap of more than 24 hours."""
    found: list[list[JudgedRequest]] = []
    by_pair: dict[tuple[str, str], list[JudgedRequest]] = {}
    for attempt in attempts:
        by_pair.setdefault((attempt.user_id, attempt.device_id), []).append(attempt)
    for own in by_pair.values():
        sequence: list[JudgedRequest] = []
        for attempt in sorted(own, key=lambda one: (one.started_at, one.request_id)):
            if sequence and (
                succeeded(sequence[-1])
                or attempt.started_at - sequence[-1].started_at > LONGEST_GAP
            ):
                found.append(sequence)
                sequence = []
            sequence.append(attempt)
        found.append(sequence)
    return found


def in_month(judged: JudgedRequest, month: date) -> bool:
    """T2: by the local day of the start."""
    return month_of(judged.activity_date) == month


def share(part: int, whole: int) -> float | None:
    """Percent; None of nothing."""
    return 100 * part / whole if whole else None


def has_landed(facts: Facts, feed: str, month: date) -> bool:
    """Whether a file of the feed and month is there."""
    rows = facts.service_requests if feed == "service_requests" else facts.alerts
    return any(month_of(row.file_date) == month for row in rows) or any(
        empty.feed == feed and month_of(empty.reporting_month) == month
        for empty in facts.empty_files
    )


def has_landed_on(facts: Facts, day: date) -> bool:
    """Whether the requests of a day are there."""
    return any(row.file_date == day for row in facts.service_requests)


def credit_cell(facts: Facts, alert: Alert, month: date) -> Cell:
    """A11 of an alert: by its device in the month."""
    device = device_in(facts, alert.device_id, month)
    if device is None:
        return Cell(UNKNOWN, UNKNOWN, UNKNOWN)
    return Cell(device.device_type, device.smets, region_of(device))


def credits_added_locally(facts: Facts, month: date) -> list[tuple[Cell, int]]:
    """O4: of each alert 810E of the month its cell, and what it stands for (O9)."""
    return [
        (credit_cell(facts, alert, month), 1 if alert.alert_count is None else alert.alert_count)
        for alert in facts.alerts
        if alert_code(alert) == CREDIT_ADDED_LOCALLY
        and month_of(to_local(alert.raised_at).date()) == month
    ]


def top_ups(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """PP1, PP1-VOL, PP1-TRY and PP1-LOCAL."""
    attempts = reported(facts, [TOP_UP], rules)
    found: dict[Cell, Figures] = {}
    devices: dict[Cell, set[str]] = {}

    def figures(cell: Cell) -> list[Figures]:
        return [found.setdefault(one, Figures()) for one in cells(cell)]

    for attempt in attempts:
        if in_month(attempt, month):
            for own in figures(cell_of(attempt)):
                own.attempts += 1
                own.succeeded += succeeded(attempt)
            for cell in cells(cell_of(attempt)):
                devices.setdefault(cell, set()).add(attempt.device_id)

    for sequence in sequences(attempts):
        first = sequence[0]
        if not in_month(first, month):
            # Its attempts are of this month all the same.
            for attempt in sequence:
                if in_month(attempt, month):
                    for own in figures(cell_of(attempt)):
                        own.continued += 1
            continue
        # As it stands at the extract point.
        known = [one for one in sequence if one.started_at < extract_point(month)]
        outcomes = [succeeded(one) for one in known]
        for own in figures(cell_of(first)):
            own.sequences += 1
            own.first_time += outcomes[0]
            own.by_second += any(outcomes[:2])
            own.never += not any(outcomes)

    for cell, credits in credits_added_locally(facts, month):
        for own in figures(cell):
            own.credits += credits

    has_requests = has_landed(facts, "service_requests", month)
    has_alerts = has_landed(facts, "alerts", month)
    day_before = to_local(month_start(month)).date() - timedelta(days=1)
    assert month_of(day_before) == months_before(month, 1)
    return [
        {
            "reporting_month": month,
            "device_type": cell.device_type,
            "smets": cell.smets,
            "region": cell.region,
            **{
                name: value if has_requests else None
                for name, value in {
                    "attempts": own.attempts,
                    "succeeded": own.succeeded,
                    "devices": len(devices.get(cell, ())),
                    "sequences": own.sequences,
                    "first_time": own.first_time,
                    "by_second": own.by_second,
                    "never": own.never,
                    "attempts_continued": own.continued,
                }.items()
            },
            "succeeded_pct": share(own.succeeded, own.attempts),
            "first_time_pct": share(own.first_time, own.sequences),
            "by_second_pct": share(own.by_second, own.sequences),
            "never_pct": share(own.never, own.sequences),
            "credit_added_locally": own.credits if has_alerts else None,
            **(
                {"has_look_back": has_landed_on(facts, day_before)}
                if has_requests or has_alerts
                else {}
            ),
        }
        for cell, own in found.items()
    ]


def top_up_failures(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """PP1-TRY: what came back of those that failed; SMETS1 has no region and counts in All."""
    counted: Counter[tuple[str, str]] = Counter()
    for attempt in reported(facts, [TOP_UP], rules):
        if in_month(attempt, month) and not succeeded(attempt):
            for region in {attempt.region, ALL}:
                counted[region, attempt.response_code] += 1
    return [
        {
            "reporting_month": month,
            "region": region,
            "response_code": response_code,
            "requests": requests,
        }
        for (region, response_code), requests in counted.items()
    ]


def payment_mode_changes(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """PP2: 1.6 and 2.1 that succeeded."""
    counted: Counter[tuple[str, Cell]] = Counter()
    good: Counter[tuple[str, Cell]] = Counter()
    for judged in reported(facts, MODE_CHANGES, rules):
        if in_month(judged, month):
            for place in product((judged.srv, ALL), cells(cell_of(judged))):
                counted[place] += 1
                good[place] += succeeded(judged)
    return [
        {
            "reporting_month": month,
            "srv": srv,
            "device_type": cell.device_type,
            "smets": cell.smets,
            "region": cell.region,
            "requests": requests,
            "succeeded": good[srv, cell],
            "succeeded_pct": share(good[srv, cell], requests),
        }
        for (srv, cell), requests in counted.items()
    ]
