"""The oracle of availability, and the models, on examples worked by hand from rules V1 to V6.

Belongs here: examples small enough to check on paper. Does not belong here: random months.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.python.oracle import availability
from tests.python.oracle.clock import local
from tests.python.oracle.figures import shown
from tests.python.oracle.incidents import Row
from tests.python.oracle.records import ComponentEvent, EmptyFile, Facts, Maintenance
from tests.python.oracle.test_availability_marts import RULES
from tests.python.oracle.warehouse import Warehouse

SEPTEMBER = date(2020, 9, 1)
NOON = local(2020, 9, 8, 12)
MINUTE = timedelta(minutes=1)
REGISTRATION = ("registration_data_interface", "All", "All")
OVERRUN = ComponentEvent(
    date(2020, 9, 10),
    "E1",
    "dsp_database",
    local(2020, 9, 10, 20),
    local(2020, 9, 11, 3, 42),
    kind="planned",
)
WINDOW = Maintenance(
    SEPTEMBER, "M1", "dsp_motorway|dsp_database", local(2020, 9, 10, 20), local(2020, 9, 11, 2)
)
Find = Callable[[Facts, date], dict[tuple[object, ...], Row]]


def by_the_rules(facts: Facts, month: date) -> dict[tuple[object, ...], Row]:
    return _keyed(availability.service_availability(facts, month, RULES))


def _keyed(rows: list[Row]) -> dict[tuple[object, ...], Row]:
    return {(row["service_id"], row["region"], row["band"]): row for row in rows}


@pytest.fixture(params=["oracle", "models"])
def find(request: pytest.FixtureRequest) -> Find:
    """Rows of `service_availability` by Service, region and band; once from each implementation."""
    if request.param == "oracle":
        return by_the_rules
    warehouse: Warehouse = request.getfixturevalue("warehouse")

    def by_the_models(facts: Facts, month: date) -> dict[tuple[object, ...], Row]:
        warehouse.fill(facts)
        warehouse.run(month, ("service_availability",))
        return _keyed(warehouse.rows("service_availability"))

    return by_the_models


def test_v3_102_minutes_beyond_a_window_of_six_hours_are_99_76(find: Find) -> None:
    row = find(Facts(component_events=[OVERRUN], maintenance=[WINDOW]), SEPTEMBER)[REGISTRATION]
    assert (row["period_minutes"], row["planned_minutes"]) == (43_200, 360)
    assert (row["unplanned_minutes"], row["outages"]) == (102, 1)
    assert str(shown(float(str(row["availability_pct"])))) == "99.76"


@pytest.mark.parametrize(
    ("month", "minutes", "operational"),
    [
        # 22 weekdays of 12 hours, 4 Saturdays of 4; the hour that is lost was inactive
        (date(2020, 3, 1), 44_580, 16_800),
        # 22 weekdays and 5 Saturdays; so was the hour that is won
        (date(2020, 10, 1), 44_700, 17_040),
    ],
)
def test_t2_march_and_october(find: Find, month: date, minutes: int, operational: int) -> None:
    rows = find(Facts(empty_files=[EmptyFile(month, "component_events")]), month)
    assert rows[REGISTRATION]["period_minutes"] == minutes
    assert rows["All", "All", "Operational"]["period_minutes"] == operational
    assert rows["All", "All", "Inactive"]["period_minutes"] == minutes - operational


def test_a_month_without_extracts_says_nothing(find: Find) -> None:
    assert find(Facts(), SEPTEMBER) == {}


@pytest.mark.parametrize(
    ("starts", "ends", "minutes", "outages"),
    [
        (timedelta(0), MINUTE, 1, 1),
        (timedelta(seconds=15), MINUTE + timedelta(seconds=45), 0, 1),
        (timedelta(0), timedelta(0), 0, 0),
        (timedelta(0), MINUTE + timedelta(seconds=45), 1, 1),
    ],
)
def test_v3_a_minute_counts_when_down_throughout(
    find: Find, starts: timedelta, ends: timedelta, minutes: int, outages: int
) -> None:
    event = ComponentEvent(NOON.date(), "E1", "registration_store", NOON + starts, NOON + ends)
    row = find(Facts(component_events=[event]), SEPTEMBER)[REGISTRATION]
    assert (row["unplanned_minutes"], row["outages"]) == (minutes, outages)


def test_v3_two_components_can_be_down_through_one_minute(find: Find) -> None:
    half = NOON + timedelta(seconds=30)
    events = [
        ComponentEvent(NOON.date(), "E1", "registration_store", NOON, half),
        ComponentEvent(NOON.date(), "E2", "dsp_database", half, NOON + MINUTE),
    ]
    row = find(Facts(component_events=events), SEPTEMBER)[REGISTRATION]
    assert (row["unplanned_minutes"], row["outages"]) == (1, 1)


def test_v1_v4_a_region_is_hit_and_all_of_them_take_the_mean(find: Find) -> None:
    event = ComponentEvent(
        NOON.date(), "E1", "csp_wan_gateway", NOON, NOON + 90 * MINUTE, region="North"
    )
    rows = find(Facts(component_events=[event]), SEPTEMBER)
    found = {
        region: rows["dcc_user_interface", region, "All"]["unplanned_minutes"]
        for region in ("North", "Central", "South", "All")
    }
    assert found == {"North": 90, "Central": 0, "South": 0, "All": 30}
    assert rows["All", "All", "All"]["availability_pct"] == pytest.approx(
        100 - 30 / 43_200 * 100 / 5
    )


def test_v5_an_outage_counts_once_in_each_band(find: Find) -> None:
    """From Tuesday 07:00 to Wednesday 09:00: inactive, active, inactive, active again."""
    event = ComponentEvent(
        date(2020, 9, 8), "E1", "ssi_portal", local(2020, 9, 8, 7), local(2020, 9, 9, 9)
    )
    rows = find(Facts(component_events=[event]), SEPTEMBER)
    found = {
        band: (
            rows["self_service_interface", "All", band]["unplanned_minutes"],
            rows["self_service_interface", "All", band]["outages"],
        )
        for band in ("All", "Operational", "Inactive")
    }
    assert found == {"All": (26 * 60, 1), "Operational": (13 * 60, 1), "Inactive": (13 * 60, 1)}


def test_v2_without_a_window_a_planned_event_is_an_outage(find: Find) -> None:
    for window in ([], [replace(WINDOW, component_ids="dsp_motorway")]):
        facts = Facts(component_events=[OVERRUN], maintenance=window)
        row = find(facts, SEPTEMBER)[REGISTRATION]
        assert (row["planned_minutes"], row["unplanned_minutes"]) == (0, 462)


def test_v2_more_than_six_planned_hours_are_flagged(find: Find) -> None:
    longer = replace(WINDOW, ends_at=local(2020, 9, 11, 3, 42))
    row = find(Facts(component_events=[OVERRUN], maintenance=[longer]), SEPTEMBER)[REGISTRATION]
    assert (row["planned_over_allowance_minutes"], row["availability_pct"]) == (102, 100)


def test_v1_an_open_event_lasts_to_the_extract_point(find: Find) -> None:
    started: datetime = local(2020, 9, 30, 23)
    event = ComponentEvent(date(2020, 9, 30), "E1", "smki_ca", started)
    row = find(Facts(component_events=[event]), SEPTEMBER)["smki_services_interfaces", "All", "All"]
    assert row["unplanned_minutes"] == 60
