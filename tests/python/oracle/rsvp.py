"""Rate, speed, volume and payload by rules S3 to S9, A9 and A10, and what the data warn of.

Belongs here: sums over the judged requests of one month, cell by cell. Does not belong here: what
the rules say of a single request (`requests.py`); how SQL groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from statistics import median

from tests.python.oracle.clock import to_local
from tests.python.oracle.incidents import Row
from tests.python.oracle.records import Facts, TestMessage
from tests.python.oracle.requests import (
    UNKNOWN,
    JudgedRequest,
    RequestRules,
    alert_code,
    is_not_applicable,
    judged_in,
    month_of,
)

ALL = "All"
CATEGORIES = (
    "received_successful",
    "received_unsuccessful",
    "not_received_successful",
    "not_received_unsuccessful",
)
CREDENTIAL_SRVS = ("6.15.2", "6.17")
MICROSECONDS = timedelta(seconds=1) // timedelta(microseconds=1)
MILLISECONDS = timedelta(seconds=1) // timedelta(milliseconds=1)


@dataclass(frozen=True)
class Cell:
    """What a row of the RSVP marts is about, apart from its time; each but the first may be All."""

    business_process: str
    srv: str
    timing_class: str
    smets: str
    region: str
    device_type: str


# ---- S9: interim speed


def counted_messages(messages: Iterable[TestMessage]) -> list[TestMessage]:
    """Of a message that came in several days' files the row of the latest."""
    latest: dict[str, TestMessage] = {}
    for message in messages:
        known = latest.get(message.message_id)
        if known is None or message.file_date > known.file_date:
            latest[message.message_id] = message
    return list(latest.values())


def mean_answer(facts: Facts, region: str, day: date) -> Fraction | None:
    """Mean milliseconds of the answered test messages of a region and local day."""
    answers = [
        message.rtt_ms
        for message in counted_messages(facts.test_messages)
        if message.region == region
        and to_local(message.sent_at).date() == day
        and message.rtt_ms is not None
    ]
    return Fraction(sum(answers), len(answers)) if answers else None


def interim_speed(facts: Facts, judged: JudgedRequest) -> Fraction | None:
    """S9: milliseconds of a SMETS2+ request that has both parts; else None."""
    if judged.smets != "SMETS2+" or judged.dsp_processing_ms is None:
        return None
    answer = mean_answer(facts, judged.region, judged.activity_date)
    return None if answer is None else answer + judged.dsp_processing_ms


# ---- cells


def places(smets: str, region: str) -> list[tuple[str, str]]:
    """(smets, region) of the rows in which something counts: its own, its generation's, all."""
    found = [(smets, region), (smets, ALL), (ALL, ALL)]
    # SMETS1 has the region All: its own row is its generation's.
    return list(dict.fromkeys(found))


def cells_of(judged: JudgedRequest) -> list[Cell]:
    """Every row of the RSVP marts in which a reported request counts."""
    assert judged.business_process is not None
    return [
        Cell(judged.business_process, srv, timing_class, smets, region, device_type)
        for srv, timing_class, device_type, (smets, region) in product(
            (judged.srv, ALL),
            (judged.timing_class, ALL),
            (judged.device_type, ALL),
            places(judged.smets, judged.region),
        )
    ]


def reported(requests: Iterable[JudgedRequest]) -> list[JudgedRequest]:
    """S1: the others count in nothing."""
    return [judged for judged in requests if judged.is_reported]


def by_cell(requests: Iterable[JudgedRequest]) -> dict[Cell, list[JudgedRequest]]:
    """The reported requests of each cell into which something falls."""
    found: dict[Cell, list[JudgedRequest]] = {}
    for judged in reported(requests):
        for cell in cells_of(judged):
            found.setdefault(cell, []).append(judged)
    return found


def _round_trips(requests: Iterable[JudgedRequest]) -> list[int]:
    """Microseconds, of those that have a round trip time."""
    return [judged.rtt_us for judged in requests if judged.rtt_us is not None]


def _mean_seconds(requests: Iterable[JudgedRequest]) -> float | None:
    taken = _round_trips(requests)
    return float(Fraction(sum(taken), len(taken) * MICROSECONDS)) if taken else None


def _median_seconds(requests: Iterable[JudgedRequest]) -> float | None:
    taken = [Fraction(microseconds, MICROSECONDS) for microseconds in _round_trips(requests)]
    return float(median(taken)) if taken else None


def _interim_seconds(facts: Facts, requests: Iterable[JudgedRequest]) -> float | None:
    speeds = [speed for judged in requests if (speed := interim_speed(facts, judged)) is not None]
    return float(Fraction(sum(speeds), len(speeds) * MILLISECONDS)) if speeds else None


def _share(part: int, whole: int) -> float | None:
    return float(Fraction(100 * part, whole)) if whole else None


def _cell_row(cell: Cell) -> Row:
    return {
        "business_process": cell.business_process,
        "srv": cell.srv,
        "timing_class": cell.timing_class,
        "smets": cell.smets,
        "region": cell.region,
        "device_type": cell.device_type,
    }


def _counts(requests: Sequence[JudgedRequest]) -> Row:
    return {
        "volume": len(requests),
        "responses": len(_round_trips(requests)),
        "delivery_failures": len([judged for judged in requests if judged.delivery_failed]),
        "within_trt": len([judged for judged in requests if judged.within_trt]),
        "with_trt": len([judged for judged in requests if judged.trt_seconds is not None]),
    }


# ---- the marts of one month


def rsvp_monthly(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """S4 to S9 of each cell of the month (RSVP-M1 to M8)."""
    return monthly_rows(facts, month, judged_in(facts, month, rules))


def monthly_rows(facts: Facts, month: date, judged_month: Sequence[JudgedRequest]) -> list[Row]:
    """The same of requests that are judged already."""
    rows: list[Row] = []
    for cell, requests in by_cell(judged_month).items():
        taken = _round_trips(requests)
        with_target = [judged for judged in requests if judged.trt_seconds is not None]
        within = [judged for judged in with_target if judged.within_trt]
        failed = [judged for judged in requests if judged.delivery_failed]
        categories = Counter(judged.response_category for judged in requests)
        rows.append(
            {
                "reporting_month": month,
                **_cell_row(cell),
                **_counts(requests),
                "mean_rtt_seconds": _mean_seconds(requests),
                "median_rtt_seconds": _median_seconds(requests),
                "min_rtt_seconds": min(taken) / MICROSECONDS if taken else None,
                "max_rtt_seconds": max(taken) / MICROSECONDS if taken else None,
                "interim_rtt_seconds": _interim_seconds(facts, requests),
                "within_trt_pct": _share(len(within), len(with_target)),
                "delivery_failure_pct": _share(len(failed), len(requests)),
                **{category: categories[category] for category in CATEGORIES},
            }
        )
    return rows


def rsvp_daily(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """S4 to S9 of each cell and local day, beside the mean of the cell's month (RSVP-D)."""
    return daily_rows(facts, month, judged_in(facts, month, rules))


def daily_rows(facts: Facts, month: date, judged_month: Sequence[JudgedRequest]) -> list[Row]:
    """The same of requests that are judged already."""
    monthly = by_cell(judged_month)
    rows: list[Row] = []
    for day in sorted({judged.activity_date for judged in judged_month}):
        of_day = [judged for judged in judged_month if judged.activity_date == day]
        for cell, requests in by_cell(of_day).items():
            taken = _round_trips(requests)
            rows.append(
                {
                    "reporting_month": month,
                    "activity_date": day,
                    **_cell_row(cell),
                    **_counts(requests),
                    "mean_rtt_seconds": _mean_seconds(requests),
                    "max_rtt_seconds": max(taken) / MICROSECONDS if taken else None,
                    "interim_rtt_seconds": _interim_seconds(facts, requests),
                    "month_mean_rtt_seconds": _mean_seconds(monthly[cell]),
                }
            )
    return rows


def credential_pairs(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """A10: requests of 6.15.2 and 6.17, and how many make up pairs by SRV, device and day."""
    return pair_rows(month, judged_in(facts, month, rules))


def pair_rows(month: date, judged_month: Sequence[JudgedRequest]) -> list[Row]:
    """The same of requests that are judged already."""
    requests: dict[tuple[str, str, str], int] = {}
    paired: dict[tuple[str, str, str], int] = {}
    together: dict[tuple[str, str, date], list[JudgedRequest]] = {}
    for judged in reported(judged_month):
        if judged.srv in CREDENTIAL_SRVS:
            key = (judged.srv, judged.device_id, judged.activity_date)
            together.setdefault(key, []).append(judged)
    for (own_srv, _, _), group in together.items():
        for srv, (smets, region) in product(
            (own_srv, ALL), places(group[0].smets, group[0].region)
        ):
            place = (srv, smets, region)
            requests[place] = requests.get(place, 0) + len(group)
            # A third one waits for its fellow.
            paired[place] = paired.get(place, 0) + len(group) // 2 * 2
    return [
        {
            "reporting_month": month,
            "srv": srv,
            "smets": smets,
            "region": region,
            "requests": count,
            "in_complete_pairs": paired[srv, smets, region],
            "complete_pct": _share(paired[srv, smets, region], count),
        }
        for (srv, smets, region), count in requests.items()
    ]


def data_warnings(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """S3, S5, A-NONE, A11: what the month's reported requests and its alerts warn of, and how many.

    Every count of alerts is a sum of what they stand for (O9).
    """
    return warning_rows(facts, month, judged_in(facts, month, rules), rules)


def warning_rows(
    facts: Facts, month: date, judged_month: Sequence[JudgedRequest], rules: RequestRules
) -> list[Row]:
    """The same of requests that are judged already."""
    found: Counter[tuple[str, str]] = Counter()
    for judged in reported(judged_month):
        if judged.smets == UNKNOWN:
            found["unknown device", judged.srv] += 1
        if judged.smets == "SMETS1" and is_not_applicable(judged.srv, rules):
            found["SRV not applicable to SMETS1", judged.srv] += 1
        if judged.trt_seconds is None:
            found["without target", f"{judged.srv} mode {judged.mode_of_operation}"] += 1
        # No code at all is no unknown one.
        if judged.response_code not in (*rules.known_response_codes, "None"):
            found["unknown response code", judged.response_code] += 1
        if judged.srv not in rules.known_srvs:
            found["unknown SRV", judged.srv] += 1
    for alert in facts.alerts:
        if month_of(to_local(alert.raised_at).date()) == month:
            code = alert_code(alert)
            if code not in rules.known_alert_codes:
                found["unknown alert code", code] += (
                    1 if alert.alert_count is None else alert.alert_count
                )
    return [
        {"reporting_month": month, "warning": warning, "detail": detail, "rows": rows}
        for (warning, detail), rows in found.items()
    ]


# ---- A9: conservation


@dataclass(frozen=True)
class Conservation:
    """Counts of one day, SRV and region that have to add up."""

    landed: int
    reported: int
    in_flight: int
    attributed: int
    unattributed: int


def conservation(
    requests: Iterable[JudgedRequest],
) -> dict[tuple[date, str, str], Conservation]:
    """A9 by day, SRV and region."""
    groups: dict[tuple[date, str, str], list[JudgedRequest]] = {}
    for judged in requests:
        groups.setdefault((judged.activity_date, judged.srv, judged.region), []).append(judged)
    return {
        place: Conservation(
            landed=len(group),
            reported=len([judged for judged in group if judged.is_reported]),
            in_flight=len([judged for judged in group if not judged.is_reported]),
            attributed=len(
                [judged for judged in group if judged.attribution_rule not in (None, "A-NONE")]
            ),
            unattributed=len([judged for judged in group if judged.attribution_rule == "A-NONE"]),
        )
        for place, group in groups.items()
    }
