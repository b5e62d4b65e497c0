"""The oracle itself, on examples worked by hand from the rules and the published month.

Belongs here: examples small enough to check on paper. Does not belong here: the models.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.python.oracle import incidents as rules_of_incidents
from tests.python.oracle import providers as rules_of_providers
from tests.python.oracle.clock import (
    extract_point,
    local,
    local_month,
    month_minutes,
    month_start,
    months_before,
    next_month,
    utc,
)
from tests.python.oracle.figures import shown, shown_level, shown_share, status
from tests.python.oracle.incidents import IncidentRules
from tests.python.oracle.records import (
    Assessment,
    EmptyFile,
    Facts,
    Incident,
    PublishedLevel,
    ReportedIncident,
    ServiceCredit,
    ServiceLevel,
)
from tests.python.oracle.reference import (
    RegisteredMeasure,
    code_measures,
    incident_targets,
    pmel_kinds,
    registered_measures,
)

SEPTEMBER = date(2020, 9, 1)
POINT = utc(2020, 9, 30, 23)
RULES = IncidentRules(incident_targets(), pmel_kinds())
REGISTER = registered_measures()
PUBLISHED = Path(__file__).resolve().parents[3] / "examples" / "published" / "2020-09"


def closed(**fields: object) -> Incident:
    """A Category 3 incident of a provider, closed in September, well within its target."""
    base = Incident(
        reporting_month=SEPTEMBER,
        incident_id="INC1",
        category=3,
        status="Closed",
        responsible_party="Service Provider",
        raised_at=local(2020, 9, 10, 9),
        assigned_at=local(2020, 9, 10, 9, 45),
        resolved_at=local(2020, 9, 11, 9),
        closed_at=local(2020, 9, 12, 9),
    )
    return replace(base, **fields)  # type: ignore[arg-type]  # by name


def level(provider: str, measure_no: str, **fields: object) -> ServiceLevel:
    """A Reported row of September."""
    base = ServiceLevel(SEPTEMBER, provider, measure_no, "Reported", "Monthly")
    return replace(base, **fields)  # type: ignore[arg-type]  # by name


def registered(provider: str, measure_no: str) -> RegisteredMeasure:
    """A PM of the register."""
    (found,) = [one for one in REGISTER if (one.provider, one.measure_no) == (provider, measure_no)]
    return found


# ---- T2


def test_t2_minutes_are_those_that_pass() -> None:
    assert month_minutes(date(2020, 10, 1)) == 44_700
    assert month_minutes(date(2020, 3, 1)) == 44_580
    assert month_minutes(SEPTEMBER) == 43_200


def test_t2_extract_point_is_local_midnight() -> None:
    assert extract_point(SEPTEMBER) == utc(2020, 9, 30, 23)
    assert extract_point(date(2020, 10, 1)) == utc(2020, 11, 1)
    assert month_start(date(2020, 3, 1)) == utc(2020, 3, 1)
    assert extract_point(date(2020, 3, 1)) == utc(2020, 3, 31, 23)
    assert local_month(utc(2020, 9, 30, 22, 59)) == SEPTEMBER
    assert local_month(utc(2020, 9, 30, 23)) == date(2020, 10, 1)


def test_months_step_over_years() -> None:
    assert next_month(date(2020, 12, 1)) == date(2021, 1, 1)
    assert months_before(date(2020, 2, 1), 3) == date(2019, 11, 1)
    assert months_before(date(2020, 12, 1), 12) == date(2019, 12, 1)


# ---- N1, C6


def test_n1_rounds_half_away_from_zero() -> None:
    assert shown(95.325) == Decimal("95.33")
    assert shown(2.675) == Decimal("2.68")
    assert shown(-1.005) == Decimal("-1.01")
    assert shown(99.994) == Decimal("99.99")


def test_n1_only_a_whole_share_shows_as_whole() -> None:
    assert shown_share(99.997) == Decimal("99.99")
    assert shown_share(100.0) == Decimal("100.00")
    assert shown_share(0.001) == Decimal("0.01")
    assert shown_share(0.0) == Decimal("0.00")
    assert shown_share(387.847) == Decimal("387.85")
    assert shown_level(0.001, "count") == Decimal("0.00")


@pytest.mark.parametrize(
    ("figure", "unit", "direction", "limits", "expected"),
    [
        (99.81, "percent", "higher", ("99.90", "96.00"), "Below Target"),
        (99.895, "percent", "higher", ("99.90", "96.00"), "Above Target"),
        (99.8949, "percent", "higher", ("99.90", "96.00"), "Below Target"),
        (95.995, "percent", "higher", ("99.90", "96.00"), "Below Target"),
        (95.99, "percent", "higher", ("99.90", "96.00"), "Below Minimum"),
        (99.999, "percent", "higher", ("100.00", "95.00"), "Below Target"),
        (0.0, "percent", "higher", ("99.00", None), "Below Target"),
        (0.0, "count", "lower", ("0", "5"), "Above Target"),
        (5.0, "count", "lower", ("0", "5"), "Below Target"),
        (6.0, "count", "lower", ("0", "5"), "Below Minimum"),
        (None, "percent", "higher", ("99.00", "96.00"), None),
    ],
)
def test_c6_status_of_what_is_shown(
    figure: float | None, unit: str, direction: str, limits: tuple[str, str | None], expected: str
) -> None:
    target, low = limits
    minimum = None if low is None else Decimal(low)
    assert status(figure, unit, direction, Decimal(target), minimum) == expected


# ---- I1


def test_i1_restoration_counts_when_it_is_earlier() -> None:
    known = closed(
        category=1,
        raised_at=local(2020, 9, 11, 2, 23),
        restored_at=local(2020, 9, 11, 3, 42),
        resolved_at=local(2020, 9, 11, 8, 26),
    )
    assert rules_of_incidents.resolution_time(known, RULES) == timedelta(hours=1, minutes=19)
    assert rules_of_incidents.within_resolution(known, RULES)
    by_resolution = replace(RULES, clock_end="resolved")
    assert rules_of_incidents.resolution_time(known, by_resolution) == timedelta(hours=6, minutes=3)
    assert not rules_of_incidents.within_resolution(known, by_resolution)


def test_i1_equal_is_within_and_no_end_is_not() -> None:
    raised = local(2020, 9, 10, 9)
    exact = closed(raised_at=raised, resolved_at=raised + timedelta(hours=72))
    assert rules_of_incidents.within_resolution(exact, RULES)
    late = closed(raised_at=raised, resolved_at=raised + timedelta(hours=72, milliseconds=1))
    assert not rules_of_incidents.within_resolution(late, RULES)
    stopped = replace(late, clock_stopped_minutes=1)
    assert rules_of_incidents.within_resolution(stopped, RULES)
    endless = closed(resolved_at=None)
    assert not rules_of_incidents.within_resolution(endless, RULES)
    assert rules_of_incidents.within_response(exact, RULES)
    assert not rules_of_incidents.within_response(closed(assigned_at=None), RULES)
    assert not rules_of_incidents.within_response(
        closed(assigned_at=local(2020, 9, 10, 9, 45) + timedelta(seconds=1)), RULES
    )


# ---- I2, I3, I4


def test_i2_the_local_month_decides() -> None:
    assert rules_of_incidents.is_in_period(closed(closed_at=POINT - timedelta(seconds=1)))
    assert not rules_of_incidents.is_in_period(closed(closed_at=POINT))
    assert rules_of_incidents.is_in_period(closed(closed_at=utc(2020, 8, 31, 23)))
    assert not rules_of_incidents.is_in_period(closed(closed_at=utc(2020, 8, 31, 22, 59)))
    assert not rules_of_incidents.is_in_period(closed(status="Resolved"))
    assert not rules_of_incidents.is_in_period(closed(status="Cancelled"))


def test_i2_only_listed_reasons_exclude() -> None:
    assert rules_of_incidents.is_counted(closed(), RULES)
    assert rules_of_incidents.is_counted(closed(exclusion_reason="Weather"), RULES)
    assert not rules_of_incidents.is_counted(closed(exclusion_reason="User Request"), RULES)
    assert not rules_of_incidents.is_counted(closed(responsible_party="Service User"), RULES)


def test_i4_a_duplicate_without_the_reason_counts() -> None:
    assert rules_of_incidents.is_counted(closed(duplicate_of="INC2"), RULES)
    assert not rules_of_incidents.is_counted(
        closed(duplicate_of="INC2", exclusion_reason="Duplicate"), RULES
    )


def test_i3_states_and_levels() -> None:
    late = closed(incident_id="INC2", raised_at=local(2020, 9, 1))
    excluded = closed(incident_id="INC3", exclusion_reason="Duplicate")
    five = (3, 4, 5)
    all_three = [closed(), late, excluded]
    counted = rules_of_incidents.level_of(all_three, five, RULES)
    assert (counted.level, counted.state) == (50.0, "Reported")
    before = rules_of_incidents.level_before_exclusions(all_three, five, RULES)
    assert (before.numerator, before.denominator) == (2, 3)
    assert rules_of_incidents.level_of([excluded], five, RULES).state == "Data Exempted"
    assert rules_of_incidents.level_of([], five, RULES).state == "No Events"
    assert rules_of_incidents.level_of(all_three, (1, 2), RULES).state == "No Events"


# ---- I5


def test_i5_open_at_the_extract_point() -> None:
    second = timedelta(seconds=1)
    is_open = rules_of_incidents.is_open_at_extract
    still = closed(status="Open", resolved_at=None, closed_at=None)
    assert is_open(still)
    assert is_open(replace(still, exclusion_reason="Duplicate"))
    assert not is_open(replace(still, raised_at=POINT))
    assert is_open(replace(still, raised_at=POINT - second))
    assert is_open(closed(status="Resolved", resolved_at=POINT, closed_at=None))
    assert not is_open(closed(status="Resolved", resolved_at=POINT - second, closed_at=None))
    assert is_open(closed(resolved_at=None, closed_at=POINT))
    assert is_open(closed(status="Cancelled", resolved_at=None, closed_at=POINT))
    assert not is_open(closed(status="Cancelled", resolved_at=None, closed_at=POINT - second))
    # Resolved before the point and closed after it: INC-RES, not aged.
    between = closed(resolved_at=POINT - second, closed_at=POINT)
    assert not is_open(between)
    assert rules_of_incidents.is_resolved_not_closed(between)
    # Closed at the point; what is reopened and resolved again later does not make it open before.
    later = closed(
        status="Resolved",
        resolved_at=POINT + 2 * second,
        closed_at=POINT - second,
        reopened_at=POINT + second,
    )
    assert not is_open(later)
    assert not rules_of_incidents.is_resolved_not_closed(later)


def test_i5_reopened_and_not_yet_ended_again_is_open() -> None:
    is_open = rules_of_incidents.is_open_at_extract
    august = local(2020, 8, 10)
    again = closed(
        raised_at=local(2020, 8, 1),
        resolved_at=august,
        reopened_at=local(2020, 9, 20),
        closed_at=POINT + timedelta(hours=2),
    )
    assert is_open(again)
    assert not is_open(replace(again, resolved_at=local(2020, 9, 21)))
    assert not is_open(replace(again, closed_at=local(2020, 9, 22)))


def test_i5_aged_rows() -> None:
    old = closed(
        status="Open",
        resolved_at=None,
        closed_at=None,
        raised_at=utc(2020, 6, 30, 23, 30),
        responsible_party="Service User",
    )
    facts = Facts(incidents=[old])
    assert rules_of_incidents.incidents_aged(facts, SEPTEMBER) == [
        {
            "responsible": "Service User",
            "raised_month": date(2020, 7, 1),
            "category": category,
            "incidents": 1,
        }
        for category in ("3", "All")
    ]
    assert rules_of_incidents.incidents_aged_reasons(facts, SEPTEMBER) == [
        {
            "responsible": "Service User",
            "issue_type": "Unknown",
            "incidents": 1,
            "older_than_90_days": 1,
        }
    ]
    assert rules_of_incidents.incidents_aged(facts, date(2020, 10, 1)) == []


# ---- I6, I7


def test_i6_the_earlier_level_is_given_anew() -> None:
    august = date(2020, 8, 1)
    # Reopened in September, resolved anew six weeks after it was raised: no longer within target.
    again = closed(raised_at=local(2020, 8, 1), reopened_at=local(2020, 9, 5))
    facts = Facts(
        incidents=[again, closed(incident_id="INC2")],
        reported_incidents=[
            ReportedIncident(august, "v1.0", "INC1", 3, True),
            ReportedIncident(august, "v1.0", "INC7", 3, True),
            ReportedIncident(august, "v1.0", "INC8", 3, False),
            ReportedIncident(august, "v1.0", "INC2", 3, True),
        ],
        published_levels=[PublishedLevel(august, "v1.0", "CPM5", "All", 75.0, None)],
    )
    assert rules_of_incidents.incidents_reopened(facts, SEPTEMBER, RULES) == [
        {
            "incident_id": "INC1",
            "first_reported_month": august,
            "published_level": 75.0,
            "restated_level": 50.0,
        }
    ]
    excluded = replace(facts, incidents=[replace(again, exclusion_reason="Duplicate")])
    (row,) = rules_of_incidents.incidents_reopened(excluded, SEPTEMBER, RULES)
    assert row["restated_level"] == 100 * 2 / 3
    never_published = replace(facts, reported_incidents=[])
    assert rules_of_incidents.incidents_reopened(never_published, SEPTEMBER, RULES) == []


def test_i7_exclusions_of_any_party() -> None:
    facts = Facts(
        incidents=[
            closed(exclusion_reason="Duplicate", responsible_party="Service User"),
            closed(incident_id="INC2", exclusion_reason="Weather"),
            closed(incident_id="INC3", status="Cancelled"),
            closed(incident_id="INC4", status="Cancelled", exclusion_reason="User Request"),
            closed(incident_id="INC5", status="Cancelled", closed_at=POINT),
            closed(incident_id="INC7", status="Cancelled", exclusion_reason="Weather"),
            closed(incident_id="INC6", status="Open", exclusion_reason="Duplicate"),
        ]
    )
    rows = rules_of_incidents.incident_exclusions(facts, SEPTEMBER, RULES)
    assert sorted((str(row["kind"]), str(row["reason"]), row["incidents"]) for row in rows) == [
        ("Exception", "User Request", 1),
        ("Exclusion", "Cancelled", 1),
        ("Exclusion", "Duplicate", 1),
    ]


def test_i7_major_incidents_touch_the_month() -> None:
    impacted = closed(
        category=1,
        impacted_at=local(2020, 8, 27, 15, 40),
        restored_at=local(2020, 8, 27, 16, 25),
        raised_at=local(2020, 8, 27, 15, 58),
        resolved_at=local(2020, 8, 27, 18, 51),
    )
    untouched = replace(impacted, incident_id="INC2", closed_at=local(2020, 8, 30))
    minor = closed(incident_id="INC3")
    rows = rules_of_incidents.major_incidents(
        Facts(incidents=[impacted, untouched, minor]), SEPTEMBER, RULES
    )
    assert [row["incident_id"] for row in rows] == ["INC1"]
    assert (rows[0]["impact_minutes"], rows[0]["incident_minutes"]) == (45.0, 173.0)
    assert rows[0]["counted"] is True


def test_incident_resolution_of_all_and_of_one_generation() -> None:
    facts = Facts(
        incidents=[
            closed(smets="SMETS1"),
            closed(incident_id="INC2", smets="All", restored_at=local(2020, 9, 10, 10)),
            closed(incident_id="INC3", smets="SMETS1", exclusion_reason="Duplicate"),
            closed(incident_id="INC4", status="Cancelled"),
            closed(incident_id="INC5", status="Resolved", closed_at=None),
        ]
    )
    rows = {
        (row["category"], row["smets"]): row
        for row in rules_of_incidents.incident_resolution(facts, SEPTEMBER, RULES)
    }
    whole, one = rows[("3", "All")], rows[("3", "SMETS1")]
    assert (whole["raised"], whole["closed_before_exclusions"], whole["closed"]) == (3, 3, 2)
    assert (one["raised"], one["closed_before_exclusions"], one["closed"]) == (1, 2, 1)
    assert (whole["resolved_not_closed"], whole["resolved_within_target"]) == (1, 1)
    assert (whole["mean_resolution_hours"], whole["max_resolution_hours"]) == (12.5, 24.0)


# ---- C1 to C5


def _published_rows() -> list[dict[str, str]]:
    with (PUBLISHED / "sp_performance_measures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("level", {"CPM1": "95.10", "CPM2": "99.81", "CPM3": "99.46", "CPM6": "100.00"}),
        ("previous_level", {"CPM1": "95.32", "CPM2": "99.89", "CPM3": "98.87"}),
    ],
)
def test_c1_published_levels_are_means_of_shown_levels(
    column: str, expected: dict[str, str]
) -> None:
    facts = Facts(
        service_levels=[
            level(row["provider"], row["measure_no"], level=float(row[column]))
            if row[column] not in ("", "Not Reported", "No Events", "Data Exempted")
            else level(row["provider"], row["measure_no"], state=row[column] or "Not Reported")
            for row in _published_rows()
        ]
    )
    rows = {
        row["measure"]: row
        for row in rules_of_providers.code_performance_measures(
            facts, SEPTEMBER, REGISTER, code_measures(), RULES
        )
    }
    for measure, printed in expected.items():
        assert rows[measure]["shown"] == Decimal(printed), measure


def test_c1_a_state_shared_by_all_is_the_measures() -> None:
    def state(*words: str) -> object:
        contributors = [one for one in REGISTER if one.contributes_to == "CPM3"]
        facts = Facts(
            service_levels=[
                level(one.provider, one.measure_no, state=words[index % len(words)])
                for index, one in enumerate(contributors)
            ]
        )
        figures = rules_of_providers.measure_figures(facts, SEPTEMBER, REGISTER)
        return rules_of_providers.mean_of_shown("CPM3", figures, REGISTER)[0].state

    assert state("No Events") == "No Events"
    assert state("No Events", "Data Exempted") == "Not Reported"


@pytest.mark.parametrize(
    ("provider", "measure_no", "numerator", "denominator", "expected"),
    [
        ("CSPN", "2", 39964, 73324, "54.50"),
        ("CSPC", "2", 234561, 235887, "99.44"),
        ("CSPS", "2", 219086, 220299, "99.45"),
        ("CSPN", "12.2", 6864, 6929, "387.85"),
        ("CSPC", "12.2", 14838, 14838, "396.00"),
        ("CSPS", "12.2", 12957, 12957, "395.42"),
        ("DSP", "3", 4, None, "4.00"),
    ],
)
def test_c2_formulas(
    provider: str, measure_no: str, numerator: float, denominator: float | None, expected: str
) -> None:
    row = level(provider, measure_no, numerator=numerator, denominator=denominator)
    found = rules_of_providers.formula_level(registered(provider, measure_no), row)
    assert found is not None
    assert shown(found) == Decimal(expected)


def test_c2_who_stands_in_the_month() -> None:
    quarterly = registered("DSP", "7")
    assert quarterly.period == "Quarterly"
    without = rules_of_providers.measure_figures(Facts(), SEPTEMBER, REGISTER)
    assert ("DSP", "7") not in without
    assert without[("DSP", "1.1")].state == "Not Reported"
    given = Facts(service_levels=[level("DSP", "7", level=100.0, period="Quarterly")])
    assert ("DSP", "7") in rules_of_providers.measure_figures(given, SEPTEMBER, REGISTER)
    assert ("DSP", "7") not in rules_of_providers.measure_figures(
        given, date(2020, 10, 1), REGISTER
    )


def test_c3_the_latest_issue_speaks_for_the_month() -> None:
    august = date(2020, 8, 1)
    scope = "DSP PM1.1"

    def previous(*levels: PublishedLevel) -> tuple[float | None, str | None]:
        facts = Facts(published_levels=list(levels))
        return rules_of_providers.published(facts, [august], "SP-PM", scope, "percent")

    nine = PublishedLevel(august, "v9.0", "SP-PM", scope, 98.995, "99.00")
    ten = replace(nine, issue="v10.0", value=98.0, value_text="98.00")
    assert previous(nine) == (99.0, None)
    assert previous(nine, ten) == (98.0, None)
    assert previous(nine, replace(ten, scope="DSP PM1.2")) == (None, "Not Published")
    assert previous(replace(nine, value=None, value_text="No Events")) == (None, "No Events")


def test_c3_the_period_before() -> None:
    july, august = date(2020, 7, 1), date(2020, 8, 1)
    assert rules_of_providers.previous_months(SEPTEMBER, "Monthly") == [august]
    spring = [date(2020, 6, 1), date(2020, 5, 1), date(2020, 4, 1)]
    assert rules_of_providers.previous_months(SEPTEMBER, "Quarterly") == spring
    assert rules_of_providers.previous_months(july, "Quarterly") == spring


def test_c4_credits_belong_to_measures_below_target() -> None:
    facts = Facts(
        service_levels=[level("CSPN", "2", numerator=39964.0, denominator=73324.0)],
        service_credits=[
            ServiceCredit(SEPTEMBER, "CSPN", "2", 175, Decimal("45377.00")),
            ServiceCredit(SEPTEMBER, "CSPN", "3.1", 14, Decimal("3630.00")),
            ServiceCredit(SEPTEMBER, "CSPN", "3.2", 0, Decimal("0.00")),
        ],
    )
    assert rules_of_providers.misplaced_credits(facts, SEPTEMBER, REGISTER) == {("CSPN", "3.1")}
    prices = [row["gbp_per_point"] for row in rules_of_providers.service_credits(facts, SEPTEMBER)]
    assert prices == [pytest.approx(259.297142857), pytest.approx(259.285714286), None]


def test_c5_due_in_the_month_and_completed_by_then() -> None:
    facts = Facts(
        assessments=[
            Assessment(SEPTEMBER, "A", date(2020, 9, 1), date(2020, 9, 1)),
            Assessment(SEPTEMBER, "B", date(2020, 9, 30), date(2020, 10, 1)),
            Assessment(SEPTEMBER, "C", date(2020, 9, 15)),
            Assessment(SEPTEMBER, "D", date(2020, 10, 1), date(2020, 9, 1)),
        ]
    )
    figure, in_time, due = rules_of_providers.assessments_figure(facts, SEPTEMBER)
    assert (in_time, due) == (1, 3)
    assert figure.level == pytest.approx(100 / 3)
    empty = Facts(empty_files=[EmptyFile(SEPTEMBER, "assessments")])
    assert rules_of_providers.assessments_figure(empty, SEPTEMBER)[0].state == "No Events"
    assert rules_of_providers.assessments_figure(Facts(), SEPTEMBER)[0].state == "Not Reported"
