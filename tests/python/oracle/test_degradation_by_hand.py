"""The oracle of norms and detected outages on examples worked by hand from rule O10.

Belongs here: examples small enough to check on paper. Does not belong here: the models.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.python.oracle import degradation
from tests.python.oracle.clock import local, to_local, utc
from tests.python.oracle.incidents import Row
from tests.python.oracle.marts import RULES
from tests.python.oracle.records import (
    ComponentEvent,
    Device,
    EmptyFile,
    Facts,
    Incident,
    ServiceRequest,
)

SEPTEMBER = date(2020, 9, 1)
MONDAY = local(2020, 9, 28, 10)
WEEK, QUARTER = timedelta(weeks=1), timedelta(minutes=15)
DEVICES = [Device(date(2020, 1, 1), "E1", "ESME", "SMETS2+", "H1", "North")]


def started(*counts: tuple[datetime, int]) -> list[ServiceRequest]:
    """As many requests at each moment, each in the file of its day."""
    return [
        ServiceRequest(to_local(at).date(), f"{at}/{number}", "4.8.1", "E1", at)
        for at, count in counts
        for number in range(count)
    ]


def facts(*counts: tuple[datetime, int], empty: Iterable[date] = ()) -> Facts:
    return Facts(
        service_requests=started(*counts),
        devices=DEVICES,
        empty_files=[EmptyFile(day, "service_requests") for day in empty],
    )


def hour(told: Facts, at: datetime, region: str = "North") -> Row | None:
    month = to_local(at).date().replace(day=1)
    return next(
        (
            row
            for row in degradation.service_degradation(told, month, RULES)
            if (row["started_at"], row["region"]) == (at, region)
        ),
        None,
    )


def test_o10_the_norm_is_the_mean_of_the_landed_weeks() -> None:
    told = facts((MONDAY, 3), (MONDAY - WEEK, 8), (MONDAY - 3 * WEEK, 4), (MONDAY - 5 * WEEK, 99))
    row = hour(told, MONDAY)
    assert row is not None
    assert (row["requests"], row["requests_norm"], row["weeks"]) == (3, 6, 2)
    assert (row["requests_deviation"], row["requests_state"]) == (-0.5, "compared")


def test_o10_a_landed_day_without_requests_counts_as_nought() -> None:
    told = facts((MONDAY, 3), (MONDAY - WEEK, 8), empty=[(MONDAY - 2 * WEEK).date()])
    row = hour(told, MONDAY)
    assert row is not None
    assert (row["requests_norm"], row["requests_deviation"]) == (4, -0.25)


def test_o10_one_week_is_no_history_and_nothing_expected_is_no_deviation() -> None:
    row = hour(facts((MONDAY, 3), (MONDAY - WEEK, 8)), MONDAY)
    assert row is not None
    assert (row["requests_norm"], row["requests_state"]) == (None, "no history")
    row = hour(facts((MONDAY, 3), empty=[(MONDAY - n * WEEK).date() for n in (1, 2)]), MONDAY)
    assert row is not None
    assert (row["requests_norm"], row["requests_deviation"]) == (0, None)
    assert row["requests_state"] == "nothing expected"


def test_o10_the_norm_is_of_the_local_hour_across_a_change_of_clocks() -> None:
    # 10:00 local is 09:00 UTC before 25 October and 10:00 UTC after it.
    after = utc(2020, 10, 26, 10)
    before = utc(2020, 10, 19, 9)
    row = hour(facts((after, 2), (before, 4), (before - WEEK, 4)), after)
    assert row is not None
    assert row["requests_norm"] == 4


def test_o10_an_hour_that_came_twice_is_held_against_one_norm_and_counts_with_its_mean() -> None:
    first, second = utc(2020, 10, 25, 0), utc(2020, 10, 25, 1)
    week_before = utc(2020, 10, 18, 0)
    told = facts((first, 4), (second, 7), (week_before, 2), (week_before - WEEK, 2))
    assert [row and row["requests_norm"] for row in (hour(told, first), hour(told, second))] == [
        2,
        2,
    ]
    after = utc(2020, 11, 1, 1)
    row = hour(facts((after, 1), (first, 4), (second, 7), (week_before, 2)), after)
    assert row is not None
    assert row["requests_norm"] == (5.5 + 2) / 2


def test_o10_an_hour_that_the_clock_skipped_is_no_week() -> None:
    after = local(2021, 4, 4, 1)
    skipped = local(2021, 3, 28, 5)
    weeks = [(local(2021, 3, 21, 1), 6), (local(2021, 3, 14, 1), 2)]
    row = hour(facts((after, 1), (skipped, 9), *weeks), after)
    assert row is not None
    assert (row["requests_norm"], row["weeks"]) == (4, 2)


def test_ic2_an_incident_stands_beside_the_hours_that_it_lasted_into() -> None:
    incident = Incident(
        SEPTEMBER, "INC1", 1, "Closed", "DCC", MONDAY, regions="North",
        impacted_at=MONDAY + QUARTER, restored_at=MONDAY + 4 * QUARTER,
    )  # fmt: skip
    told = replace(facts((MONDAY, 1), (MONDAY + 4 * QUARTER, 1)), incidents=[incident])
    rows = [hour(told, MONDAY), hour(told, MONDAY + 4 * QUARTER), hour(told, MONDAY, "All")]
    assert [row and row["incident_ids"] for row in rows] == ["INC1", None, "INC1"]


def outage(*actual: int, weeks: int = 2, before: int = 20, at: datetime = MONDAY) -> Facts:
    """Quarter-hours with these requests, and `before` in each of the weeks before."""
    return facts(
        *((at + number * QUARTER, count) for number, count in enumerate(actual)),
        *(
            (at + number * QUARTER - week * WEEK, before)
            for number in range(len(actual))
            for week in range(1, weeks + 1)
        ),
        empty=[] if any(actual) else [to_local(at).date()],
    )


@pytest.mark.parametrize(
    ("told", "quarters"),
    [
        (outage(3, 3), 2),
        (outage(0, 0), 2),
        (outage(3, 4), 0),
        (outage(3, 4, 3), 0),
        (outage(3), 0),
        (outage(3, 3, before=19), 0),
        (outage(3, 3, weeks=1), 0),
        (outage(3, 3, 3, 3), 4),
    ],
)
def test_out_det_two_quarter_hours_below_a_fifth_of_twenty(told: Facts, quarters: int) -> None:
    found = [
        row
        for row in degradation.detected_outages(told, SEPTEMBER, RULES)
        if row["region"] == "North"
    ]
    if not quarters:
        assert found == []
        return
    [row] = found
    assert (row["started_at"], row["ended_at"]) == (MONDAY, MONDAY + quarters * QUARTER)
    assert row["expected"] == 20 * quarters


def test_out_det_a_run_over_the_month_s_end_is_told_by_each_month_as_far_as_it_knows() -> None:
    end = local(2020, 10, 1)
    told = outage(0, 0, 0, at=end - QUARTER)
    told = replace(
        told,
        empty_files=[
            EmptyFile(day, "service_requests") for day in (date(2020, 9, 30), date(2020, 10, 1))
        ],
    )
    assert degradation.detected_outages(told, SEPTEMBER, RULES) == []
    found = degradation.detected_outages(told, date(2020, 10, 1), RULES)
    assert {(row["region"], row["started_at"], row["ended_at"]) for row in found} == {
        (region, local(2020, 10, 1), end + 2 * QUARTER) for region in ("All", "North")
    }


def test_out_det_records_are_held_against_it() -> None:
    event = ComponentEvent(
        date(2020, 9, 28), "EV1", "csp_network", MONDAY, MONDAY + QUARTER, "North"
    )
    told = replace(
        outage(3, 3),
        component_events=[
            event,
            replace(event, event_id="EV2", region="South"),
            replace(event, event_id="EV3", started_at=MONDAY + 2 * QUARTER,
                    ended_at=MONDAY + 6 * QUARTER),
            replace(event, event_id="EV4", started_at=MONDAY - WEEK,
                    ended_at=MONDAY - WEEK + 2 * QUARTER),
        ],
    )  # fmt: skip
    north = next(
        row
        for row in degradation.detected_outages(told, SEPTEMBER, RULES)
        if row["region"] == "North"
    )
    assert (north["recorded_event_ids"], north["is_explained"]) == ("EV1", True)
    states = {
        row["event_id"]: row["state"]
        for row in degradation.recorded_outages(told, SEPTEMBER, RULES)
    }
    assert states == {
        # the whole network was low as well, and South is a part of it
        "EV1": "detected",
        "EV2": "detected",
        "EV3": "too little traffic",
        "EV4": "no history",
    }
