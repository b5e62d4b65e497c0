"""The comparison can fail: each rule broken in a copy of the SQL is noticed.

Belongs here: one small change of compiled SQL per rule, and the proof that random months notice it.
Does not belong here: whether the SQL as it is follows the rules.

A change that finds nothing to change fails too: the model was rewritten, and the change with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

import pytest
from hypothesis import given, seed, settings

from tests.python.oracle import rsvp
from tests.python.oracle import test_incident_marts as incidents
from tests.python.oracle import test_provider_marts as providers
from tests.python.oracle import test_request_marts as requests
from tests.python.oracle.clock import months_before, next_month
from tests.python.oracle.comparison import differences
from tests.python.oracle.incidents import Row
from tests.python.oracle.marts import RULES
from tests.python.oracle.mutants import FIRST, must_notice, replacing
from tests.python.oracle.records import Facts
from tests.python.oracle.request_months import request_facts, together, told_apart
from tests.python.oracle.requests import judged_in
from tests.python.oracle.warehouse import Warehouse

INCIDENT_MUTANTS = {
    "I1 equal is within, resolution": (
        "int_incidents__judged",
        replacing("resolution_us <= ", "resolution_us < "),
        "within_resolution_target",
    ),
    "I1 equal is within, response": (
        "int_incidents__judged",
        replacing("response_us <= ", "response_us < "),
        "within_response_target",
    ),
    "I2 the extract point is no part of the month": (
        "int_incidents__counted",
        replacing(r"closed_at < months\.extract_at", "closed_at <= months.extract_at"),
        "is_in_period",
    ),
    "I2 cancelled is left out": (
        "int_incidents__resolution_summed",
        replacing("status <> 'Cancelled'", "status <> 'Nothing'"),
        "incident_resolution",
    ),
    "I5 ended before it was reopened is not ended again": (
        "int_incidents__placed_at_extract",
        replacing("and resolved_at >= reopened_at", ""),
        "is_open_at_extract",
    ),
    "I5 older than 90 days": (
        "int_incidents__aged",
        replacing("interval 90 day", "interval 91 day"),
        "older_than_90_days",
    ),
    "I7 cancelled in the month is an exclusion": (
        "int_incidents__counted",
        replacing(r"in \('Closed', 'Cancelled'\)", "in ('Closed')"),
        "incident_exclusions",
    ),
    "I7 closed in the month touches it": (
        "int_incidents__major",
        replacing(r"\(closed_at >=", "(raised_at >="),
        "major_incidents",
    ),
    "T2 months are local": (
        "int_calendar__periods",
        replacing("Europe/London", "UTC"),
        "fct_incidents",
    ),
}

PROVIDER_MUTANTS = {
    "C1 means are of shown levels": (
        "int_providers__levels",
        replacing(r"as decimal\(18, 9\)\), 2\)", "as decimal(18, 9)), 3)"),
        "code_performance_measures",
    ),
    "C1 the mean itself is not rounded": (
        "int_code_performance__means",
        replacing(r"cast\(level as double\)", "round(cast(level as double), 2)"),
        "level",
    ),
    "C2 the formula of PM12.2": (
        "int_providers__levels",
        replacing(r"0\.25", "0.26"),
        "level",
    ),
    "C6 equal to the target is Above Target": (
        "sp_performance_measures",
        replacing("shown_level >= ", "shown_level > "),
        "status",
    ),
    "N1 only a whole share shows as whole": (
        "int_providers__levels",
        replacing(r"99\.99", "100.00"),
        "shown_level",
    ),
}

REQUEST_MUTANTS = {
    "T1 an execution after the response is not the start": (
        "int_requests__started",
        replacing(r"and \(response_sent_at is null or execution_at <= response_sent_at\)", ""),
        "started_at",
    ),
    "T1 without a response the execution is the start": (
        "int_requests__started",
        replacing("response_sent_at is null or", ""),
        "started_at",
    ),
    "T1 mode 10 has an execution": (
        "int_requests__started",
        replacing(r"\(4, 6, 10\)", "(4, 6)"),
        "started_at",
    ),
    "T1 the day is local": (
        "int_requests__started",
        replacing("Europe/London", "UTC"),
        "fct_service_requests",
    ),
    "T1 a day ends before its last instant is another's": (
        "int_requests__started",
        replacing(r"started_at < days\.ends_at", "started_at <= days.ends_at"),
        "activity_date",
    ),
    "S1 what is in flight has no verdict": (
        "int_requests__judged",
        replacing("requests.is_reported and requests.trt_seconds", "requests.trt_seconds"),
        "within_trt",
    ),
    "S2 quarantine begins with the start at the earliest": (
        "int_requests__timed",
        replacing(r"greatest\(quarantined_at, started_at\)", "quarantined_at"),
        "rtt_us",
    ),
    "S2 quarantine ends with the response at the latest": (
        "int_requests__timed",
        replacing(
            r"least\(coalesce\(released_at, response_sent_at\), response_sent_at\)",
            "coalesce(released_at, response_sent_at)",
        ),
        "rtt_us",
    ),
    "S2 a quarantine outside is none": (
        "int_requests__timed",
        replacing(r"else 0\s+end as quarantine_us", "else 1 end as quarantine_us"),
        "rtt_us",
    ),
    "S3 11.3 on SMETS1 has five days": (
        "int_requests__placed",
        replacing("432000", "431999"),
        "trt_seconds",
    ),
    "S4 equal is within": (
        "int_requests__judged",
        replacing(r"rtt_us <= 1000000 \*", "rtt_us < 1000000 *"),
        "within_trt",
    ),
    "S5 I99 is a successful code": (
        "int_requests__categorised",
        replacing(r"\('I0', 'I99'\)", "('I0')"),
        "response_category",
    ),
    "S5 alert codes are upper case": (
        "stg_dsp__alerts",
        replacing(r"upper\(", "("),
        "alert_code",
    ),
    "S6 E30 is a delivery failure": (
        "int_requests__categorised",
        replacing("'E30', ", ""),
        "delivery_failed",
    ),
    "S6 what is in flight is no candidate": (
        "int_requests__categorised",
        replacing("is_reported and not has_delivery", "not has_delivery"),
        "fct_",
    ),
    "S6 a successful code without a response is no success": (
        "int_requests__categorised",
        replacing(r"not \(is_received and has_successful_code\)", "not has_successful_code"),
        "fct_",
    ),
    "S6 24 hours are within": (
        "int_alerts__matched",
        replacing("<= 86400000000", "< 86400000000"),
        "fct_",
    ),
    "S6 no more than 24 hours are": (
        "int_alerts__matched",
        replacing("<= 86400000000", "<= 86400001000"),
        "fct_",
    ),
    "S6 a request that starts with the alert may own it": (
        "int_alerts__matched",
        replacing(r"raised_at >= starts\.started_at", "raised_at > starts.started_at"),
        "fct_",
    ),
    "S6 of equal starts the greatest request_id": (
        "int_alerts__matched",
        replacing(r"max\(request_id\)", "min(request_id)"),
        "fct_",
    ),
    "S6 the user must be the same": (
        "int_alerts__matched",
        replacing(r"and unnamed\.user_id = starts\.user_id", ""),
        "fct_",
    ),
    "S6 an alert whose name matches nothing belongs to none": (
        "int_alerts__matched",
        replacing("where named_request_id is null and", "where"),
        "fct_",
    ),
    "A-IC is for SMETS2+": (
        "int_requests__attributed",
        replacing(r"requests\.smets = 'SMETS2\+' and", ""),
        "attribution_rule",
    ),
    "A-IC the commissioning day is local": (
        "int_devices__in_month",
        replacing("Europe/London", "UTC"),
        "attribution_rule",
    ),
    "A-IC the hub's day for 8.14.1": (
        "int_requests__attributed",
        replacing(r"requests\.hub_commissioned_date", "requests.commissioned_date"),
        "attribution_rule",
    ),
    "A-COS the same day": (
        "int_requests__attributed",
        replacing(r"and requests\.activity_date = supplier_changes\.activity_date", ""),
        "fct_service_requests",
    ),
    "A-COS a 6.23 in flight changes nothing": (
        "int_requests__deciding",
        replacing(r"is_reported and srv = '6.23'|srv = '6.23' and is_reported", "srv = '6.23'"),
        "attribution_rule",
    ),
    "A-DNO is for ED and GT": (
        "int_requests__attributed",
        replacing("'ED', 'GT'", "'ED', 'GS'"),
        "attribution_rule",
    ),
    "A-* of an 11.1 the first target": (
        "int_requests__firmware_devices",
        replacing(r"min\(first_device_id\)", "max(first_device_id)"),
        "device_id",
    ),
    "A11 the month's snapshot goes before older ones": (
        "int_devices__known",
        replacing("where in_own_snapshot.device_id is null", ""),
        "fct_",
    ),
    "A11 a device that the month's snapshot lacks is in an older one": (
        "int_devices__known",
        replacing(r"reporting_month > devices\.", "reporting_month < devices."),
        "fct_",
    ),
    "A11 SMETS1 has the region All": (
        "int_devices__in_month",
        replacing("when smets = 'SMETS1' then 'All'", "when smets is null then 'All'"),
        "region",
    ),
    "O9 60 seconds are on time": (
        "int_alerts__timed",
        replacing("<= 60000000", "< 60000000"),
        "on_time",
    ),
}

RSVP_MUTANTS = {
    "S3 what is in flight lacks no target": (
        "int_requests__counted",
        replacing("is_reported and trt_seconds is null", "trt_seconds is null"),
        "data_warnings",
    ),
    "S4 the share is of requests with a target": (
        "int_rsvp__days",
        replacing(r"count\(within_trt\)", "count(*)"),
        "with_trt",
    ),
    "S5 no code at all is no unknown one": (
        "int_requests__warnings",
        replacing(r"counted\.response_code = 'None' or", ""),
        "data_warnings",
    ),
    "S6 delivery failures are a share of all": (
        "rsvp_monthly",
        replacing("delivery_failures / volume", "delivery_failures / nullif(responses, 0)"),
        "delivery_failure_pct",
    ),
    "S7 what has no response counts in no mean": (
        "int_rsvp__days",
        replacing(r"count\(rtt_us\)", "count(*)"),
        "mean_rtt_seconds",
    ),
    "S7 the median lies between two middles": (
        "int_rsvp__medians",
        replacing(r"\(max\(lower_us\) \+ max\(upper_us\)\) / 2\.0", "max(upper_us) / 1.0"),
        "median_rtt_seconds",
    ),
    "S7 a day stands beside the mean of its month": (
        "rsvp_daily",
        replacing(r"months\.mean_rtt_seconds", "totals.mean_rtt_seconds"),
        "month_mean_rtt_seconds",
    ),
    "S9 unanswered messages are in no mean": (
        "int_rsvp__days_in_period",
        replacing("where rtt_ms is not null", ""),
        "interim_rtt_seconds",
    ),
    "S9 the day of a message is local": (
        "int_rsvp__days_in_period",
        replacing(r"'Europe/London', timezone\('UTC', sent_at", "'UTC', timezone('UTC', sent_at"),
        "interim_rtt_seconds",
    ),
    "S9 a request that lacks a part is in no mean": (
        "int_rsvp__days_in_period",
        replacing(
            "case when answers.region is null then 0 else days.processing_requests end",
            "days.processing_requests",
        ),
        "interim_rtt_seconds",
    ),
    "S9 of a message that comes again the last row counts": (
        "stg_csp__test_messages",
        replacing("_file_date desc", "_file_date"),
        "interim_rtt_seconds",
    ),
    "A-NONE only SMETS1 devices are asked in vain": (
        "int_requests__warnings",
        replacing("smets = 'SMETS1' and is_not_applicable", "is_not_applicable"),
        "data_warnings",
    ),
    "A10 one of three waits for its fellow": (
        "int_rsvp__paired_by_day",
        replacing("requests - requests % 2", "requests"),
        "in_complete_pairs",
    ),
    "A11 SMETS1 is one row": (
        "int_rsvp__months",
        replacing(r"having not \(grouping\(region\) = 0 and region = 'All'\)", ""),
        "twice",
    ),
    "O9 a count of alerts is of what they stand for": (
        "int_alerts__days",
        replacing(r"sum\(alert_count\)", "count(*)"),
        "data_warnings",
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("rule", INCIDENT_MUTANTS)
def test_a_broken_incident_rule_is_noticed(warehouse: Warehouse, rule: str) -> None:
    must_notice(warehouse, INCIDENT_MUTANTS[rule], incidents.months(), incidents.disagreements)


@pytest.mark.thorough
@pytest.mark.parametrize("rule", PROVIDER_MUTANTS)
def test_a_broken_provider_rule_is_noticed(warehouse: Warehouse, rule: str) -> None:
    must_notice(warehouse, PROVIDER_MUTANTS[rule], providers.months(), providers.disagreements)


# Requests and alerts of many months landed together: one look at a crowd sees as much as hundreds
# at single months. October has both borders, and days with and without summer time.
CROWD = 300
CROWD_OF_RSVP = 80
OCTOBER = date(2020, 10, 1)


@cache
def crowd(size: int) -> list[Facts]:
    """Random months of October 2020 that share no id."""
    drawn: list[Facts] = []

    @seed(0)
    @settings(FIRST, max_examples=size)
    @given(request_facts(OCTOBER))
    def draw(facts: Facts) -> None:
        drawn.append(told_apart(facts, str(len(drawn))))

    draw()
    return drawn


@cache
def rows_of_crowd() -> Mapping[str, Sequence[Row]]:
    """What the rules make of the crowd's requests and alerts, which know nothing of each other."""
    around = (months_before(OCTOBER, 1), OCTOBER, next_month(OCTOBER))
    return {
        mart: [
            row
            for facts in crowd(CROWD)
            for month in around
            for row in requests.MARTS[mart][1](facts, month, RULES)
        ]
        for mart in requests.ROW_MARTS
    }


@cache
def rsvp_of_crowd() -> Mapping[str, Sequence[Row]]:
    """What the rules make of them in sum."""
    facts = together(crowd(CROWD_OF_RSVP))
    judged = [
        row
        for facts_apart in crowd(CROWD_OF_RSVP)
        for row in judged_in(facts_apart, OCTOBER, RULES)
    ]
    return {
        "rsvp_daily": rsvp.daily_rows(facts, OCTOBER, judged),
        "rsvp_monthly": rsvp.monthly_rows(facts, OCTOBER, judged),
        "credential_pairs": rsvp.pair_rows(OCTOBER, judged),
        "data_warnings": rsvp.warning_rows(facts, OCTOBER, judged, RULES),
    }


def crowd_disagreements(
    warehouse: Warehouse, size: int, by_the_rules: Mapping[str, Sequence[Row]]
) -> list[str]:
    """Every difference between the marts and the rules, by mart."""
    warehouse.fill(together(crowd(size)))
    warehouse.run(OCTOBER, tuple(by_the_rules))
    return [
        f"{mart}: {difference}"
        for mart, rows in by_the_rules.items()
        for difference in differences(rows, warehouse.rows(mart), requests.MARTS[mart][0])
    ]


@pytest.mark.thorough
@pytest.mark.parametrize("rule", REQUEST_MUTANTS)
def test_a_broken_request_rule_is_noticed(warehouse: Warehouse, rule: str) -> None:
    model, rewrite, place = REQUEST_MUTANTS[rule]
    with warehouse.rewritten(model, rewrite):
        found = crowd_disagreements(warehouse, CROWD, rows_of_crowd())
    assert any(place in difference for difference in found)


@pytest.mark.thorough
@pytest.mark.parametrize("rule", RSVP_MUTANTS)
def test_a_broken_rsvp_rule_is_noticed(warehouse: Warehouse, rule: str) -> None:
    model, rewrite, place = RSVP_MUTANTS[rule]
    with warehouse.rewritten(model, rewrite):
        found = crowd_disagreements(warehouse, CROWD_OF_RSVP, rsvp_of_crowd())
    assert any(place in difference for difference in found)


@pytest.mark.thorough
def test_unbroken_rules_leave_nothing_to_notice(warehouse: Warehouse) -> None:
    assert crowd_disagreements(warehouse, CROWD, rows_of_crowd()) == []
    assert crowd_disagreements(warehouse, CROWD_OF_RSVP, rsvp_of_crowd()) == []


def test_a_rewrite_that_changes_nothing_is_refused(warehouse: Warehouse) -> None:
    nothing = warehouse.rewritten("int_incidents__judged", replacing("no such text", ""))
    with pytest.raises(ValueError, match="finds nothing to change"), nothing:
        pass
