"""The oracle of requests, alerts and RSVP on examples worked by hand from rules T, S and A.

Belongs here: examples small enough to check on paper, one clause of a rule each. Does not belong
here: the models.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given

from tests.python.oracle import requests as rules_of_requests
from tests.python.oracle import rsvp as rules_of_rsvp
from tests.python.oracle.clock import local, to_local, utc
from tests.python.oracle.effort import QUICK
from tests.python.oracle.incidents import Row
from tests.python.oracle.marts import RULES
from tests.python.oracle.records import (
    Alert,
    Device,
    Facts,
    FirmwareTarget,
    ServiceRequest,
    TestMessage,
)
from tests.python.oracle.request_months import request_facts
from tests.python.oracle.requests import JudgedRequest

SEPTEMBER = date(2020, 9, 1)
NOON = local(2020, 9, 8, 12)
SECOND = timedelta(seconds=1)
MS = timedelta(milliseconds=1)
HUB = Device(SEPTEMBER, "H1", "CHF", "SMETS2+", "H1", "South")
METER = Device(SEPTEMBER, "E1", "ESME", "SMETS2+", "H1", "South")
OLD_METER = Device(SEPTEMBER, "S1", "ESME", "SMETS1", "H2", "North")
ESTATE = [HUB, METER, OLD_METER]


def asked(at: datetime = NOON, **fields: object) -> ServiceRequest:
    """A top-up of the SMETS2+ meter, received at the time and answered well after ten seconds."""
    base = ServiceRequest(
        file_date=to_local(at).date(),
        request_id="R1",
        srv="2.2",
        device_id="E1",
        received_at=at,
        response_sent_at=at + 10 * SECOND,
        response_code="I0",
    )
    return replace(base, **fields)  # type: ignore[arg-type]  # by name


def unanswered(at: datetime = NOON, **fields: object) -> ServiceRequest:
    """The same without a response and a code."""
    return asked(at, **{"response_sent_at": None, "response_code": None, **fields})


def n12(at: datetime, **fields: object) -> Alert:
    """An N12 about the meter, to the User of the requests."""
    base = Alert(to_local(at).date(), "A1", "N12", "E1", at, user_id="U1")
    return replace(base, **fields)  # type: ignore[arg-type]  # by name


def judged(request: ServiceRequest, *others: ServiceRequest, **facts: object) -> JudgedRequest:
    """What the rules say of the first request."""
    landed = Facts(service_requests=[request, *others], devices=ESTATE)
    return rules_of_requests.judge(replace(landed, **facts), request, RULES)  # type: ignore[arg-type]  # by name


def rule_of(request: ServiceRequest, *others: ServiceRequest, **facts: object) -> str | None:
    """The rule that decides its business process."""
    return judged(request, *others, **facts).attribution_rule


def commissioned(device: Device, at: datetime) -> Device:
    return replace(device, commissioned_at=at)


# ---- T1, T2


def test_t1_worked_half_past_eleven_utc_is_the_next_local_day() -> None:
    request = asked(utc(2020, 9, 30, 23, 30))
    assert rules_of_requests.activity_date(request) == date(2020, 10, 1)
    assert rules_of_requests.judged_in(Facts(service_requests=[request]), SEPTEMBER, RULES) == []


def test_t1_start_is_the_execution_of_modes_4_6_and_10_only() -> None:
    later = NOON + timedelta(hours=1)
    for mode, start in ((2, NOON), (3, NOON), (4, later), (6, later), (10, later)):
        request = asked(mode_of_operation=mode, execution_at=later, response_sent_at=later)
        assert rules_of_requests.started_at(request) == start


def test_t1_an_execution_after_the_response_is_not_the_start() -> None:
    request = asked(mode_of_operation=10, execution_at=NOON + 10 * SECOND)
    assert rules_of_requests.started_at(request) == NOON + 10 * SECOND
    late = replace(request, execution_at=NOON + 10 * SECOND + MS)
    assert rules_of_requests.started_at(late) == NOON
    assert rules_of_requests.started_at(replace(request, execution_at=None)) == NOON
    never = replace(late, response_sent_at=None)
    assert rules_of_requests.started_at(never) == NOON + 10 * SECOND + MS


@pytest.mark.parametrize(
    ("start", "day"),
    [
        # The night in which the clocks go forward, an hour short, and the one an hour long.
        (utc(2020, 3, 28, 23, 59), date(2020, 3, 28)),
        (utc(2020, 3, 29, 0, 0), date(2020, 3, 29)),
        (utc(2020, 3, 29, 22, 59), date(2020, 3, 29)),
        (utc(2020, 3, 29, 23, 0), date(2020, 3, 30)),
        (utc(2020, 10, 24, 22, 59), date(2020, 10, 24)),
        (utc(2020, 10, 24, 23, 0), date(2020, 10, 25)),
        (utc(2020, 10, 25, 23, 59), date(2020, 10, 25)),
        (utc(2020, 10, 26, 0, 0), date(2020, 10, 26)),
    ],
)
def test_t1_days_are_local_when_the_clocks_change(start: datetime, day: date) -> None:
    assert rules_of_requests.activity_date(asked(start)) == day


def test_t2_the_file_does_not_decide_the_month() -> None:
    request = asked(local(2020, 10, 1), file_date=date(2020, 9, 30))
    facts = Facts(service_requests=[request])
    assert rules_of_requests.judged_in(facts, SEPTEMBER, RULES) == []
    (row,) = rules_of_requests.fct_service_requests(facts, date(2020, 10, 1), RULES)
    assert row["extract_date"] == date(2020, 9, 30)


# ---- S1


def test_s1_in_flight_is_a_row_without_verdicts_and_in_nothing_else() -> None:
    request = unanswered(report_status_id=1)
    flying = judged(request)
    assert not flying.is_reported
    assert (flying.attribution_rule, flying.business_process) == (None, None)
    assert (flying.response_category, flying.within_trt) == (None, None)
    assert flying.delivery_failed is None
    assert flying.trt_seconds == 30
    facts = Facts(service_requests=[request])
    assert rules_of_rsvp.rsvp_monthly(facts, SEPTEMBER, RULES) == []
    assert rules_of_rsvp.rsvp_daily(facts, SEPTEMBER, RULES) == []
    assert rules_of_rsvp.data_warnings(facts, SEPTEMBER, RULES) == []


@pytest.mark.parametrize(
    ("status", "is_reported"),
    [
        *((status, True) for status in (2, 3, 4, 6, 7, 8, 18, 19, 22, 23, 25, 29, 32, 35)),
        *((status, False) for status in (1, 5, 9, 14, 15, 17, 20, 24, 30, 31, 36, 37)),
    ],
)
def test_s1_the_status_decides(status: int, is_reported: bool) -> None:
    assert judged(asked(report_status_id=status)).is_reported is is_reported


# ---- S2


@pytest.mark.parametrize(
    ("quarantined", "released", "seconds"),
    [
        (None, None, 100),
        (None, 50, 100),  # released from nothing
        (10, 30, 80),
        (-50, 30, 70),  # starts before the start
        (80, 150, 80),  # ends after the response
        (-50, 150, 0),
        (40, None, 40),  # not released: until the response
        (-50, -10, 100),  # over before the start
        (-50, 0, 100),
        (100, 150, 100),  # begins with the response
        (120, None, 100),
    ],
)
def test_s2_quarantine_is_what_lies_between_start_and_response(
    quarantined: int | None, released: int | None, seconds: int
) -> None:
    request = asked(
        response_sent_at=NOON + 100 * SECOND,
        quarantined_at=None if quarantined is None else NOON + quarantined * SECOND,
        released_at=None if released is None else NOON + released * SECOND,
    )
    assert judged(request).rtt_seconds == seconds
    assert judged(request).rtt_us == seconds * 1_000_000


def test_s2_quarantine_counts_from_the_execution() -> None:
    request = asked(
        mode_of_operation=4,
        execution_at=NOON + 5 * SECOND,
        quarantined_at=NOON,
        released_at=NOON + 7 * SECOND,
    )
    assert judged(request).rtt_seconds == 3


def test_s2_without_a_response_there_is_no_rtt() -> None:
    assert judged(unanswered()).rtt_seconds is None
    assert judged(unanswered(quarantined_at=NOON)).rtt_us is None
    assert judged(asked(response_sent_at=NOON)).rtt_seconds == 0


# ---- S3, S4


def test_s3_target_by_srv_and_mode() -> None:
    assert judged(asked(srv="4.6.1", mode_of_operation=6)).trt_seconds == 86_400
    assert judged(asked(srv="4.6.1")).trt_seconds == 30
    assert judged(asked(srv="4.6.1", mode_of_operation=4)).trt_seconds is None
    assert judged(asked(srv="7.4")).trt_seconds is None
    assert judged(asked(srv="7.4")).within_trt is None


def test_s3_firmware_activation_on_smets1_has_five_days_in_every_mode() -> None:
    for mode in (2, 3, 4, 6, 10):
        request = asked(srv="11.3", mode_of_operation=mode, device_id="S1")
        assert judged(request).trt_seconds == 432_000
    assert judged(asked(srv="11.3", mode_of_operation=4)).trt_seconds == 86_400
    assert judged(asked(srv="11.3", mode_of_operation=10)).trt_seconds is None
    assert judged(asked(srv="11.3", device_id="nobody")).trt_seconds == 30
    assert judged(asked(srv="11.1", mode_of_operation=3, device_id="S1")).trt_seconds == 30


def test_s4_equal_is_within_and_no_response_is_not() -> None:
    assert judged(asked(response_sent_at=NOON + 30 * SECOND)).within_trt is True
    assert judged(asked(response_sent_at=NOON + 30 * SECOND + MS)).within_trt is False
    assert judged(unanswered()).within_trt is False
    assert judged(unanswered(response_code="I0")).within_trt is False
    held = asked(
        response_sent_at=NOON + 90 * SECOND, quarantined_at=NOON, released_at=NOON + 60 * SECOND
    )
    assert judged(held).within_trt is True


def test_s4_the_share_is_of_requests_that_have_a_target() -> None:
    month = monthly(
        asked(request_id="R1"),
        unanswered(request_id="R2"),
        asked(request_id="R3", mode_of_operation=4),
    )
    row = month["Pre-Payment", "All", "All", "All", "All", "All"]
    assert (row["within_trt"], row["with_trt"], row["within_trt_pct"]) == (1, 2, 50.0)
    future = month["Pre-Payment", "All", "future_dated", "All", "All", "All"]
    assert (future["with_trt"], future["within_trt_pct"]) == (0, None)


# ---- S5


@pytest.mark.parametrize(
    ("code", "with_response", "without"),
    [
        ("I0", "received_successful", "not_received_successful"),
        ("I99", "received_successful", "not_received_successful"),
        ("E20", "received_unsuccessful", "not_received_unsuccessful"),
        ("i0", "received_unsuccessful", "not_received_unsuccessful"),
        (None, "received_unsuccessful", "not_received_unsuccessful"),
    ],
)
def test_s5_category(code: str | None, with_response: str, without: str) -> None:
    assert judged(asked(response_code=code)).response_category == with_response
    assert judged(unanswered(response_code=code)).response_category == without
    assert judged(asked(response_code=code)).response_code == (code or "None")


@pytest.mark.parametrize(
    ("landed", "code"),
    [("n12", "N12"), ("0x8f72", "8F72"), ("0X8F1c", "8F1C"), ("AD1", "AD1"), ("8F0x", "8F0X")],
)
def test_s5_alert_codes_are_upper_case_without_0x(landed: str, code: str) -> None:
    assert rules_of_requests.alert_code(n12(NOON, alert_code=landed)) == code


# ---- S6


@pytest.mark.parametrize("code", ["E20", "E21", "E30", "E31", "E4", "I0", None])
def test_s6_four_codes_are_delivery_failures(code: str | None) -> None:
    expected = code in ("E20", "E21", "E30", "E31")
    assert judged(asked(response_code=code)).delivery_failed is expected
    assert judged(unanswered(response_code=code)).delivery_failed is expected


def failed(alert: Alert, *requests: ServiceRequest, devices: list[Device] = ESTATE) -> list[str]:
    """Ids of the requests that are delivery failures, given the alert."""
    facts = Facts(service_requests=list(requests), alerts=[alert], devices=devices)
    return [
        row.request_id
        for row in rules_of_requests.judged_in(facts, SEPTEMBER, RULES)
        if row.delivery_failed
    ]


@pytest.mark.parametrize(
    ("after", "belongs"),
    [
        (-MS, False),
        (timedelta(0), True),
        (SECOND, True),
        (timedelta(hours=24), True),
        (timedelta(hours=24) + MS, False),
        (timedelta(hours=24) + SECOND, False),
    ],
)
def test_s6_an_alert_reaches_back_24_hours(after: timedelta, belongs: bool) -> None:
    assert failed(n12(NOON + after), unanswered()) == (["R1"] if belongs else [])


def test_s6_24_hours_pass_when_the_clocks_change() -> None:
    start = local(2020, 10, 24, 12)
    facts = Facts(service_requests=[unanswered(start)], alerts=[n12(local(2020, 10, 25, 12))])
    (row,) = rules_of_requests.judged_in(facts, date(2020, 10, 1), RULES)
    assert row.delivery_failed is False
    near = replace(facts, alerts=[n12(local(2020, 10, 25, 11))])
    (row,) = rules_of_requests.judged_in(near, date(2020, 10, 1), RULES)
    assert row.delivery_failed is True


def test_s6_the_latest_start_owns_the_alert() -> None:
    first, second = unanswered(), unanswered(NOON + 9 * SECOND, request_id="R2")
    assert failed(n12(NOON + 8 * SECOND), first, second) == ["R1"]
    assert failed(n12(NOON + 9 * SECOND), first, second) == ["R2"]


def test_s6_of_equal_starts_the_greatest_id_as_text_owns_it() -> None:
    nine, ten = unanswered(request_id="R9"), unanswered(request_id="R10")
    assert failed(n12(NOON), nine, ten) == failed(n12(NOON), ten, nine) == ["R9"]


def test_s6_only_candidates_can_own() -> None:
    before = unanswered(NOON - SECOND, request_id="R0")
    for other in (asked(), asked(response_code="I99"), unanswered(report_status_id=1)):
        assert failed(n12(NOON + SECOND), before, other) == ["R0"]
    # One with a failure code needs no alert, and takes none.
    with_code = unanswered(response_code="E20")
    assert failed(n12(NOON + SECOND), before, with_code) == ["R0", "R1"]
    # A successful code without a response is no successful response; nor is E4 with one.
    for other in (unanswered(response_code="I0"), asked(response_code="E4")):
        assert failed(n12(NOON + SECOND), before, other) == ["R1"]


def test_s6_device_and_user_must_be_the_same() -> None:
    assert failed(n12(NOON, user_id="U2"), unanswered()) == []
    assert failed(n12(NOON, user_id=None), unanswered()) == []
    assert failed(n12(NOON, device_id="H1"), unanswered()) == []


def test_s6_a_named_request_owns_it_whatever_the_time() -> None:
    named = n12(NOON - timedelta(days=40), request_id="R1", user_id=None, device_id="other")
    assert failed(named, unanswered()) == ["R1"]
    assert failed(replace(named, raised_at=NOON + timedelta(days=40)), unanswered()) == ["R1"]


def test_s6_a_name_that_is_no_candidate_matches_nobody() -> None:
    other = unanswered(request_id="R2")
    assert failed(n12(NOON + SECOND, request_id="R1"), asked(), other) == []
    assert failed(n12(NOON + SECOND, request_id="no such"), other) == []


@pytest.mark.parametrize("disposition", ["delivered", "undelivered", "suppressed", "exempt"])
def test_s6_disposition_does_not_matter(disposition: str) -> None:
    assert failed(n12(NOON, disposition=disposition, alert_code="0xn13"), unanswered()) == ["R1"]


def test_s6_other_alerts_own_nothing() -> None:
    assert failed(n12(NOON, alert_code="AD1"), unanswered()) == []
    assert failed(n12(NOON, alert_code="AD1", request_id="R1"), unanswered()) == []


def test_s6_a_request_may_own_several() -> None:
    alerts = [n12(NOON), n12(NOON + SECOND, alert_id="A2", alert_code="N13")]
    facts = Facts(service_requests=[unanswered()], alerts=alerts, devices=ESTATE)
    rows = rules_of_requests.fct_alerts(facts, SEPTEMBER, RULES)
    assert [row["request_id"] for row in rows] == ["R1", "R1"]


def test_s6_evidence_of_the_next_month_counts() -> None:
    last = local(2020, 9, 30, 23)
    alert = n12(local(2020, 10, 1, 3))
    assert failed(alert, unanswered(last)) == ["R1"]
    facts = Facts(service_requests=[unanswered(last)], alerts=[alert])
    assert rules_of_requests.fct_alerts(facts, SEPTEMBER, RULES) == []
    (row,) = rules_of_requests.fct_alerts(facts, date(2020, 10, 1), RULES)
    assert row["request_id"] == "R1"


# ---- O9, and what else a row of fct_alerts holds


@pytest.mark.parametrize(
    ("disposition", "after", "expected"),
    [
        ("delivered", 60_000, True),
        ("delivered", 60_001, False),
        ("undelivered", 0, True),
        ("undelivered", None, False),
        ("suppressed", 1, None),
        ("exempt", None, None),
    ],
)
def test_o9_on_time(disposition: str, after: int | None, expected: bool | None) -> None:
    alert = n12(NOON, disposition=disposition, sent_at=None if after is None else NOON + after * MS)
    assert rules_of_requests.on_time(alert) is expected


def test_o9_legs_need_both_ends_and_an_empty_count_is_one() -> None:
    alert = n12(NOON, dsp_received_at=NOON + 2 * SECOND, sent_at=NOON + 3500 * MS)
    facts = Facts(alerts=[alert, replace(alert, alert_id="A2", alert_count=7)], devices=ESTATE)
    first, second = rules_of_requests.fct_alerts(facts, SEPTEMBER, RULES)
    assert (first["alert_count"], second["alert_count"]) == (1, 7)
    assert first["seconds_to_csp"] is None
    assert first["seconds_to_dsp"] is None
    assert first["seconds_to_send"] == 1.5
    assert first["seconds_to_acknowledge"] is None
    assert (first["device_type"], first["smets"], first["region"]) == ("ESME", "SMETS2+", "South")


# ---- S7, S8


def monthly(*requests: ServiceRequest, **facts: object) -> dict[tuple[object, ...], Row]:
    """`rsvp_monthly` of September by process, SRV, timing class, smets, region, device type."""
    landed = Facts(service_requests=list(requests), devices=ESTATE)
    rows = rules_of_rsvp.rsvp_monthly(replace(landed, **facts), SEPTEMBER, RULES)  # type: ignore[arg-type]  # by name
    names = ("business_process", "srv", "timing_class", "smets", "region", "device_type")
    return {tuple(row[name] for name in names): row for row in rows}


TOP_UPS = ("Pre-Payment", "2.2", "on_demand", "SMETS2+", "South", "ESME")


def test_s7_statistics_are_over_requests_with_an_rtt() -> None:
    requests = [
        asked(request_id=f"R{seconds}", response_sent_at=NOON + seconds * SECOND)
        for seconds in (1, 2, 4, 40)
    ]
    row = monthly(*requests, unanswered(request_id="R0"))[TOP_UPS]
    assert (row["volume"], row["responses"]) == (5, 4)
    assert row["mean_rtt_seconds"] == 11.75
    assert row["median_rtt_seconds"] == 3
    assert (row["min_rtt_seconds"], row["max_rtt_seconds"]) == (1, 40)
    assert (row["received_successful"], row["not_received_unsuccessful"]) == (4, 1)
    row = monthly(unanswered())[TOP_UPS]
    assert row["volume"] == 1
    assert row["mean_rtt_seconds"] is None
    assert row["median_rtt_seconds"] is None


def test_s7_the_median_is_interpolated_between_milliseconds() -> None:
    requests = [
        asked(request_id=f"R{number}", response_sent_at=NOON + number * MS) for number in (1, 2)
    ]
    assert monthly(*requests)[TOP_UPS]["median_rtt_seconds"] == 0.0015


def test_s7_delivery_failures_are_a_share_of_all() -> None:
    row = monthly(
        asked(request_id="R1"),
        asked(request_id="R2", response_code="E31"),
        unanswered(request_id="R3"),
        unanswered(request_id="R4", device_id="H1"),
        alerts=[n12(NOON + SECOND)],
    )["Pre-Payment", "2.2", "All", "SMETS2+", "South", "All"]
    assert (row["delivery_failures"], row["delivery_failure_pct"]) == (2, 50.0)


def test_s8_timing_classes() -> None:
    found = {mode: judged(asked(mode_of_operation=mode)).timing_class for mode in (2, 3, 4, 6, 10)}
    assert found == {
        2: "on_demand",
        3: "on_demand",
        4: "future_dated",
        6: "scheduled",
        10: "future_dated",
    }


def test_totals_are_rows() -> None:
    month = monthly(asked())
    assert len(month) == 2 * 2 * 3 * 2
    assert {place[3:5] for place in month} == {
        ("SMETS2+", "South"),
        ("SMETS2+", "All"),
        ("All", "All"),
    }
    # SMETS1 has the region All whatever the snapshot says: one row less.
    smets1 = monthly(asked(device_id="S1"))
    assert {place[3:5] for place in smets1} == {("SMETS1", "All"), ("All", "All")}
    assert len(smets1) == 2 * 2 * 2 * 2
    both = monthly(asked(), asked(request_id="R2", device_id="S1"))
    assert both["Pre-Payment", "All", "All", "All", "All", "All"]["volume"] == 2
    assert both["Pre-Payment", "All", "All", "SMETS2+", "All", "All"]["volume"] == 1


def test_the_day_stands_beside_the_mean_of_the_month() -> None:
    facts = Facts(
        service_requests=[
            asked(request_id="R1"),
            asked(request_id="R2", response_sent_at=NOON + 20 * SECOND),
            asked(NOON + timedelta(days=1), request_id="R3"),
        ],
        devices=ESTATE,
    )
    rows = [
        row
        for row in rules_of_rsvp.rsvp_daily(facts, SEPTEMBER, RULES)
        if (row["srv"], row["timing_class"], row["device_type"], row["smets"])
        == ("All", "All", "All", "All")
    ]
    assert [row["activity_date"] for row in rows] == [date(2020, 9, 8), date(2020, 9, 9)]
    assert [row["mean_rtt_seconds"] for row in rows] == [15, 10]
    assert [row["max_rtt_seconds"] for row in rows] == [20, 10]
    assert [row["volume"] for row in rows] == [2, 1]
    assert {row["month_mean_rtt_seconds"] for row in rows} == {40 / 3}


# ---- S9


def message(
    at: datetime, rtt_ms: int | None, message_id: str, region: str = "South"
) -> TestMessage:
    return TestMessage(to_local(at).date(), message_id, region, at, rtt_ms)


def test_s9_interim_speed_is_the_answers_of_region_and_local_day_and_the_dsp() -> None:
    messages = [
        message(local(2020, 9, 8), 1000, "M1"),
        message(local(2020, 9, 8, 23, 59), 2000, "M2"),
        message(NOON, None, "M3"),
        message(local(2020, 9, 9), 9000, "M4"),
        message(local(2020, 9, 7, 23, 59), 9000, "M5"),
        message(NOON, 9000, "M6", "North"),
    ]
    request = asked(dsp_processing_ms=250)
    other = asked(request_id="R2", dsp_processing_ms=750)
    row = monthly(request, test_messages=messages)[TOP_UPS]
    assert row["interim_rtt_seconds"] == 1.75
    # One that lacks its DSP time, and one of SMETS1, count in no interim speed.
    lacking = asked(request_id="R3")
    old = asked(request_id="R4", device_id="S1", dsp_processing_ms=99_999)
    month = monthly(request, other, lacking, old, test_messages=messages)
    assert month["Pre-Payment", "All", "All", "All", "All", "All"]["interim_rtt_seconds"] == 2
    old_row = month["Pre-Payment", "2.2", "on_demand", "SMETS1", "All", "ESME"]
    assert old_row["interim_rtt_seconds"] is None


def test_s9_is_null_on_a_day_without_answers() -> None:
    for messages in ([], [message(NOON, None, "M1")], [message(NOON, 5, "M1", "North")]):
        row = monthly(asked(dsp_processing_ms=250), test_messages=messages)[TOP_UPS]
        assert row["interim_rtt_seconds"] is None


def test_s9_of_a_message_that_comes_again_the_later_file_counts() -> None:
    early = message(NOON, None, "M1")
    late = replace(early, file_date=date(2020, 9, 9), rtt_ms=40)
    for messages in ([early, late], [late, early]):
        row = monthly(unanswered(dsp_processing_ms=2), test_messages=messages)[TOP_UPS]
        assert row["interim_rtt_seconds"] == 0.042


# ---- attribution


def test_attribution_worked_install_then_change_of_supplier_then_tariff() -> None:
    estate = [commissioned(METER, local(2020, 9, 8, 15)), HUB]
    requests = [
        *(asked(request_id=f"I{srv}", srv=srv) for srv in ("8.11", "8.1.1", "1.1.1", "6.8")),
        asked(local(2020, 9, 20, 9), request_id="C1", srv="6.23"),
        asked(local(2020, 9, 20, 8), request_id="C2", srv="1.1.1"),
        asked(local(2020, 9, 25, 9), request_id="T1", srv="1.1.1"),
    ]
    facts = Facts(service_requests=requests, devices=estate)
    rows = rules_of_requests.judged_in(facts, SEPTEMBER, RULES)
    assert [row.attribution_rule for row in rows] == ["A-IC"] * 4 + ["A-COS"] * 2 + ["A-TAR"]
    assert [row.business_process for row in rows] == (
        ["Install and Commission"] * 4 + ["Change of Supplier (Gain)"] * 2 + ["Tariff Updates"]
    )


def test_a_ic_the_commissioning_day_is_local() -> None:
    request = asked(local(2020, 9, 8, 23), srv="8.1.1")
    for at, rule in (
        (local(2020, 9, 8), "A-IC"),
        (utc(2020, 9, 8, 22, 59), "A-IC"),
        (utc(2020, 9, 8, 23), "A-NONE"),
        (utc(2020, 9, 7, 22, 59), "A-NONE"),
    ):
        assert rule_of(request, devices=[commissioned(METER, at)]) == rule
    assert rule_of(request, devices=[METER]) == "A-NONE"


def test_a_ic_is_for_smets2_and_srvs_of_table_4() -> None:
    estate = [commissioned(device, NOON) for device in ESTATE]
    assert rule_of(asked(srv="8.7.2"), devices=estate) == "A-IC"
    assert rule_of(asked(srv="8.7.2", device_id="S1"), devices=estate) == "A-NONE"
    assert rule_of(asked(srv="8.7.1"), devices=estate) == "A-NONE"
    assert rule_of(asked(srv="2.2"), devices=estate) == "A-PP"


def test_a_ic_8_14_1_looks_at_the_hub_of_the_device() -> None:
    request = asked(srv="8.14.1", mode_of_operation=3)
    on_hub = replace(request, device_id="H1")
    with_hub = [commissioned(HUB, NOON), METER]
    with_meter = [HUB, commissioned(METER, NOON)]
    assert rule_of(request, devices=with_hub) == "A-IC"
    assert rule_of(on_hub, devices=with_hub) == "A-IC"
    assert rule_of(request, devices=with_meter) == "A-NONE"
    # A hub in no snapshot was commissioned on no day that is known.
    assert rule_of(request, devices=[commissioned(METER, NOON)]) == "A-NONE"
    # Every other SRV looks at its own device.
    assert rule_of(replace(request, srv="8.11"), devices=with_hub) == "A-NONE"


def test_a_ic_goes_before_a_cos() -> None:
    estate = [commissioned(METER, NOON)]
    change = asked(request_id="R2", srv="6.23")
    assert rule_of(asked(srv="1.1.1"), change, devices=estate) == "A-IC"
    assert rule_of(change, devices=estate) == "A-COS"


@pytest.mark.parametrize("srv", ["1.1.1", "6.8"])
def test_a_cos_needs_a_reported_6_23_of_device_and_day(srv: str) -> None:
    request = asked(srv=srv)
    otherwise = "A-TAR" if srv == "1.1.1" else "A-NONE"
    change = unanswered(local(2020, 9, 8, 23, 59), request_id="R2", srv="6.23", user_id="U9")
    assert rule_of(request, change) == "A-COS"
    assert rule_of(request, replace(change, response_code="E4")) == "A-COS"
    assert rule_of(request, replace(change, report_status_id=9)) == otherwise
    assert rule_of(request, replace(change, device_id="H1")) == otherwise
    assert rule_of(request, replace(change, received_at=local(2020, 9, 9))) == otherwise
    assert rule_of(request) == otherwise


def test_a_cos_the_day_is_that_of_the_start() -> None:
    change = asked(
        local(2020, 9, 1),
        request_id="R2",
        srv="6.23",
        mode_of_operation=10,
        execution_at=NOON,
        response_sent_at=NOON,
    )
    assert rule_of(asked(srv="1.1.1"), change) == "A-COS"
    assert rule_of(asked(srv="1.1.1", device_id="new"), replace(change, device_id="new")) == "A-COS"


@pytest.mark.parametrize(
    ("srvs", "rule"),
    [
        (("3.2",), "A-COT"),
        (("1.1.1",), "A-TAR"),
        (("1.6", "2.1", "2.2"), "A-PP"),
        (("6.15.2", "6.17"), "A-SEC"),
        (("11.1", "11.3"), "A-FW"),
        (("8.14.3", "8.14.4"), "A-LOG"),
        (("4.6.1", "4.6.2", "4.8.1", "4.8.2", "4.8.3", "4.10", "4.17"), "A-READ"),
        (("8.11", "6.21", "8.1.1", "8.7.2", "6.20.1", "6.8", "8.14.1"), "A-NONE"),
        (("7.4", "8.14.2", "4.1", "99.1", "4.1.1", "1.1.2"), "A-NONE"),
    ],
)
def test_a_srvs_alone(srvs: tuple[str, ...], rule: str) -> None:
    for srv in srvs:
        assert rule_of(asked(srv=srv)) == rule
        assert rule_of(asked(srv=srv, device_id="nobody")) == rule


@pytest.mark.parametrize("srv", ["6.15.1", "6.5", "6.22"])
def test_a_dno_is_for_network_operators(srv: str) -> None:
    for role in ("IS", "ES", "GS", "RSA", "OU"):
        assert rule_of(asked(srv=srv, user_role=role)) == "A-NONE"
    for role in ("ED", "GT"):
        assert rule_of(asked(srv=srv, user_role=role)) == "A-DNO"
    assert rule_of(asked(srv="2.2", user_role="ED")) == "A-PP"


def test_a_none_0_an_srv_that_does_not_apply_to_smets1() -> None:
    vain = ("6.21", "6.20.1", "8.14.1", "6.15.2", "6.17", "8.14.3", "8.14.4", "6.22", "4.6.2")
    for srv in (*vain, "4.17"):
        request = asked(srv=srv, device_id="S1", user_role="ED")
        assert rule_of(request) == "A-NONE"
        assert judged(request).business_process == "Unattributed"
        assert warned(request)["SRV not applicable to SMETS1", srv] == 1
        assert ("SRV not applicable to SMETS1", srv) not in warned(replace(request, device_id="E1"))
    # 8.11 applies; 7.4 is in no row of Table 4.
    assert ("SRV not applicable to SMETS1", "8.11") not in warned(asked(srv="8.11", device_id="S1"))
    assert ("SRV not applicable to SMETS1", "7.4") not in warned(asked(srv="7.4", device_id="S1"))


# ---- devices: snapshots, 11.1, A11


def warned(*requests: ServiceRequest, **facts: object) -> dict[tuple[object, object], object]:
    """`data_warnings` of September by warning and detail."""
    landed = Facts(service_requests=list(requests), devices=ESTATE)
    rows = rules_of_rsvp.data_warnings(replace(landed, **facts), SEPTEMBER, RULES)  # type: ignore[arg-type]  # by name
    return {(row["warning"], row["detail"]): row["rows"] for row in rows}


def test_the_months_snapshot_else_the_latest_earlier_one() -> None:
    july, august, october = date(2020, 7, 1), date(2020, 8, 1), date(2020, 10, 1)
    snapshots = [
        replace(METER, reporting_month=july, region="North"),
        replace(METER, reporting_month=august, region="Central"),
        METER,
        replace(METER, reporting_month=october, region="North"),
    ]
    assert judged(asked(), devices=snapshots).region == "South"
    assert judged(asked(), devices=[*snapshots[:2], snapshots[3]]).region == "Central"
    assert judged(asked(), devices=snapshots[3:]).region == "Unknown"


def test_a11_unknown_device() -> None:
    row = judged(asked(device_id="nobody"))
    assert (row.device_type, row.smets, row.region) == ("Unknown", "Unknown", "Unknown")
    assert (row.device_id, row.comms_hub_id) == ("nobody", "nobody")
    assert warned(asked(device_id="nobody"))["unknown device", "2.2"] == 1
    month = monthly(asked(device_id="nobody"))
    assert ("Pre-Payment", "2.2", "on_demand", "Unknown", "Unknown", "Unknown") in month
    assert ("Pre-Payment", "All", "All", "Unknown", "All", "All") in month
    assert ("Pre-Payment", "All", "All", "All", "All", "All") in month


def test_a11_smets1_has_region_all() -> None:
    row = judged(asked(device_id="S1"))
    assert (row.smets, row.region) == ("SMETS1", "All")


def test_11_1_is_about_its_first_target() -> None:
    request = asked(srv="11.1", mode_of_operation=3, device_id="DCC")
    targets = [FirmwareTarget(NOON.date(), "R1", name) for name in ("S1", "E1", "H1")]
    strangers = [FirmwareTarget(NOON.date(), "R2", "A0")]
    row = judged(request, firmware_targets=[*strangers, *targets])
    assert (row.device_id, row.comms_hub_id, row.device_type) == ("E1", "H1", "ESME")
    assert (row.attribution_rule, row.region) == ("A-FW", "South")
    warnings = warned(request, firmware_targets=targets)
    assert ("unknown device", "11.1") not in warnings
    # A device that is known stands for itself; a first target that is not is unknown.
    assert judged(replace(request, device_id="H1"), firmware_targets=targets).device_id == "H1"
    new = [FirmwareTarget(NOON.date(), "R1", "A0"), *targets]
    assert judged(request, firmware_targets=new).smets == "Unknown"
    assert warned(request, firmware_targets=new)["unknown device", "11.1"] == 1
    # No targets, or another SRV: the device that nobody knows.
    assert judged(request).device_id == "DCC"
    other = replace(request, srv="11.3")
    assert judged(other, firmware_targets=targets).device_id == "DCC"


# ---- what the data warn of


def test_warnings_of_targets_codes_and_srvs() -> None:
    found = warned(
        asked(request_id="R1", mode_of_operation=4),
        asked(request_id="R2", response_code="Z9"),
        asked(request_id="R3", response_code="i0"),
        asked(request_id="R4", response_code=None),
        asked(request_id="R5", srv="99.1"),
        asked(request_id="R6", srv="99.1"),
        unanswered(request_id="R7", srv="98.1", response_code="Y1", report_status_id=1),
    )
    assert found == {
        ("without target", "2.2 mode 4"): 1,
        ("unknown response code", "Z9"): 1,
        ("unknown response code", "i0"): 1,
        ("without target", "99.1 mode 2"): 2,
        ("unknown SRV", "99.1"): 2,
    }


def test_s5_alerts_of_an_unknown_code_are_counted_as_alerts() -> None:
    alerts = [
        n12(NOON, alert_id="A1"),
        n12(NOON, alert_id="A2", alert_code="0x8f72"),
        n12(NOON, alert_id="A3", alert_code="0x9zz9", alert_count=3),
        n12(NOON, alert_id="A4", alert_code="9ZZ9"),
        n12(local(2020, 10, 1), alert_id="A5", alert_code="9ZZ9"),
    ]
    assert warned(alerts=alerts) == {("unknown alert code", "9ZZ9"): 4}


# ---- A10


def pairs(*requests: ServiceRequest) -> dict[tuple[object, ...], tuple[object, ...]]:
    """`credential_pairs` of September by SRV, smets and region."""
    facts = Facts(service_requests=list(requests), devices=ESTATE)
    return {
        (row["srv"], row["smets"], row["region"]): (
            row["requests"],
            row["in_complete_pairs"],
            row["complete_pct"],
        )
        for row in rules_of_rsvp.credential_pairs(facts, SEPTEMBER, RULES)
    }


def test_a10_two_of_the_same_srv_device_and_day() -> None:
    first = asked(request_id="R1", srv="6.17")
    assert pairs(first) == dict.fromkeys(
        [(srv, *place) for srv in ("6.17", "All") for place in PLACES], (1, 0, 0.0)
    )
    for other in (
        replace(first, request_id="R2", srv="6.15.2"),
        replace(first, request_id="R2", device_id="H1"),
        replace(first, request_id="R2", received_at=local(2020, 9, 9)),
    ):
        assert pairs(first, other)["All", "All", "All"] == (2, 0, 0.0)
    again = replace(first, request_id="R2", user_id="U2", received_at=local(2020, 9, 8))
    assert pairs(first, again)["6.17", "SMETS2+", "South"] == (2, 2, 100.0)
    in_flight = replace(again, report_status_id=1)
    assert pairs(first, in_flight)["All", "All", "All"] == (1, 0, 0.0)
    assert pairs(asked()) == {}


PLACES = (("SMETS2+", "South"), ("SMETS2+", "All"), ("All", "All"))


def test_a10_a_third_one_waits_for_its_fellow() -> None:
    three = [asked(request_id=f"R{number}", srv="6.15.2") for number in range(3)]
    assert pairs(*three)["All", "All", "All"] == (3, 2, pytest.approx(200 / 3))
    four = [*three, replace(three[0], request_id="R9", response_code="E4")]
    assert pairs(*four)["All", "All", "All"] == (4, 4, 100.0)


def test_a10_smets1_is_one_row() -> None:
    request = asked(srv="6.17", device_id="S1")
    assert set(pairs(request)) == {
        (srv, *place) for srv in ("6.17", "All") for place in (("SMETS1", "All"), ("All", "All"))
    }


# ---- A9


@QUICK
@given(request_facts(date(2020, 10, 1)))
def test_a9_every_landed_request_is_counted_once(facts: Facts) -> None:
    months = {
        rules_of_requests.month_of(rules_of_requests.activity_date(request))
        for request in facts.service_requests
    }
    judged_months = [
        row for month in months for row in rules_of_requests.judged_in(facts, month, RULES)
    ]
    assert sorted(row.request_id for row in judged_months) == sorted(
        request.request_id for request in facts.service_requests
    )
    for counts in rules_of_rsvp.conservation(judged_months).values():
        assert counts.attributed + counts.unattributed == counts.reported
        assert counts.reported + counts.in_flight == counts.landed
