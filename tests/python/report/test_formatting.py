"""Rule N1 and the other printed forms, and reading them back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.checks import levels
from orchestration.report import formatting as fmt
from orchestration.report.document import DASH, Kind

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Decimal("95.099"), "95.10%"),
        (Decimal("99.805"), "99.81%"),
        (1.005, "1.01%"),
        (2.675, "2.68%"),
        (Decimal("99.995"), "99.99%"),
        (Decimal("99.999999999"), "99.99%"),
        (99.99999999999, "100.00%"),
        (100, "100.00%"),
        (Decimal("0.004"), "0.01%"),
        (0, "0.00%"),
        (Decimal("387.851391438"), "387.85%"),
        (Decimal("100.004"), "100.00%"),
        (1234.5, "1,234.50%"),
    ],
)
def test_n1_two_decimals_half_up_and_never_a_false_hundred(
    value: Decimal | float, printed: str
) -> None:
    assert fmt.percent(value).text == printed


@given(st.decimals(min_value=0, max_value=400, places=9))
def test_n1_is_the_same_as_in_the_rules(value: Decimal) -> None:
    assert fmt.shown(value) == levels.shown(value)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_what_is_printed_reads_back(value: Decimal) -> None:
    assert fmt.number_in(fmt.gbp(value).text) == value
    assert fmt.number_in(fmt.percent(value).text) == value
    assert fmt.number_in(fmt.decimal(value).text) == value


@given(st.integers(min_value=0, max_value=10**6))
def test_durations_read_back_in_minutes(minutes: int) -> None:
    assert fmt.number_in(fmt.duration(minutes).text) == minutes


@given(
    st.datetimes(min_value=datetime(2018, 1, 1), max_value=datetime(2030, 1, 1)).map(  # noqa: DTZ001
        lambda moment: moment.replace(microsecond=0)
    )
)
def test_timestamps_read_back_in_local_time(moment: datetime) -> None:
    printed = fmt.timestamp(moment, LONDON).text
    local = moment.replace(tzinfo=UTC).astimezone(LONDON).replace(tzinfo=None)
    assert fmt.moment_in(printed) == local


def test_times_are_printed_in_local_time() -> None:
    summer, winter = datetime(2020, 9, 7, 14, 25), datetime(2020, 12, 7, 14, 25)  # noqa: DTZ001
    assert fmt.timestamp(summer, LONDON).text == "7 Sep 2020 15:25"
    assert fmt.timestamp(winter, LONDON).text == "7 Dec 2020 14:25"


@pytest.mark.parametrize(
    ("minutes", "printed"),
    [(45, "45 min"), (93, "1 h 33 min"), (60, "1 h 00 min"), (92.9, "1 h 32 min")],
)
def test_durations_are_whole_minutes_that_passed(minutes: float, printed: str) -> None:
    assert fmt.duration(minutes).text == printed


def test_a_count_with_decimals_is_refused() -> None:
    with pytest.raises(ValueError, match="not whole"):
        fmt.count(Decimal("3.5"))


def test_levels_that_are_no_numbers_stay_words() -> None:
    cell = fmt.level(None, "No Events", "percent")
    assert (cell.text, cell.value, cell.kind) == ("No Events", None, Kind.PERCENT)
    assert fmt.level(None, None, "percent").text == DASH


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        (0, "count", "0"),
        (24159, "count", "24,159"),
        (Decimal("3014.75"), "gbp", "£3,014.75"),
        (Decimal("-3.5"), "gbp", "\N{MINUS SIGN}£3.50"),
        (Decimal("9.644"), "seconds", "9.64"),
        (Decimal("22.94"), "seconds", "22.9"),
        (Decimal("187.4"), "seconds", "187"),
        (Decimal("12.345"), "hours", "12.35"),
    ],
)
def test_units_have_one_form_each(value: Decimal | int, unit: str, printed: str) -> None:
    assert fmt.in_unit(value, unit).text == printed


def test_months_do_not_depend_on_the_locale() -> None:
    assert fmt.month_text(date(2020, 9, 1)) == "September 2020"
    assert fmt.month(date(2021, 5, 1)).text == "May 2021"


@pytest.mark.parametrize("said", ["No Events", "", DASH, "INC000000629108", "TBC", "2020-09"])
def test_words_are_not_read_as_numbers(said: str) -> None:
    assert fmt.number_in(said) is None
