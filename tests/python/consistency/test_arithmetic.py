"""Printed arithmetic is evaluated as it is printed, and nothing else ever is."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from orchestration.checks.arithmetic import FormulaError, evaluate, numbers_in
from orchestration.checks.levels import level_of, rounded_as, shown, status_of

TIMES, MINUS, DASH, BY = (
    "\N{MULTIPLICATION SIGN}",
    "\N{MINUS SIGN}",
    "\N{EN DASH}",
    "\N{DIVISION SIGN}",
)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("2 + 3 * 4", D(14)),
        ("(2 + 3) * 4", D(20)),
        ("-(2 - 5)", D(3)),
        (f"100 {TIMES} 1,000 {BY} (8 {MINUS} 4)", D(25000)),
        (f"100% x (10 {DASH} 5)", D(500)),
        ("PM12.2 = 100 * 2 / 4 = 50.00%", D(50)),
        ("0.1 + 0.2 * 1", D("0.3")),
        ("100 * (6929/ ((6864 \N{EN DASH} 50) * 0.25) + 50)", None),
    ],
)
def test_arithmetic_as_people_print_it(printed: str, value: D | None) -> None:
    found = evaluate(printed)
    assert found == value if value is not None else shown(found) == D("5406.75")


@pytest.mark.parametrize(
    ("printed", "message"),
    [
        ("100 * (1 + 2))", "brackets do not balance: 1 opened, 2 closed"),
        ("100 / (5 - 5)", "divides by zero"),
        ("0 / 0", "divides by zero"),
        ("100 * alerts", "something else than numbers"),
        ("__import__('os').system('true') * 1", "something else than numbers"),
        ("(lambda: 1)() * 2", "something else than numbers"),
        ("2 ** 999999999", "something else than numbers"),
        ("9 // 2", "something else than numbers"),
        ("True * 2", "something else than numbers"),
        ("'a' * 3", "something else than numbers"),
        ("[1][0] * 1", "something else than numbers"),
        ("1 * * 2", "not arithmetic"),
        ("", "not arithmetic"),
        ("(" * 240 + "1*1" + ")" * 240, "not arithmetic"),
        ("1*" * 400 + "1", "longer than 500"),
    ],
)
def test_what_is_no_arithmetic_is_refused(printed: str, message: str) -> None:
    with pytest.raises(FormulaError, match=message):
        evaluate(printed)


def test_numbers_in_the_order_printed() -> None:
    assert numbers_in("100 * 6,864 / 0.25") == (D(100), D(6864), D("0.25"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("99.895", "99.90"),
        ("99.8949999994", "99.89"),
        ("99.8949999995", "99.90"),  # first to nine decimals, then to two
        ("99.996", "99.99"),
        ("0.004", "0.01"),
        ("0", "0.00"),
        ("100", "100.00"),
        ("387.8514", "387.85"),
    ],
)
def test_n1_shown(value: str, text: str) -> None:
    assert str(shown(D(value))) == text


def test_rounded_as_printed() -> None:
    assert rounded_as(D("73542.75"), D(73543)) == 73543
    assert rounded_as(D("11.29"), D("11.3")) == D("11.3")
    assert str(rounded_as(D("1200"), D("1.2E+3"))) == "1200"


def test_c2_worked() -> None:
    pm12_2 = level_of("pm12.2", D(6864), D(6929))
    assert pm12_2 is not None
    assert shown(pm12_2) == D("387.85")
    assert level_of("count", D(3), None) == 3
    assert level_of("ratio", D(3), None) is None
    with pytest.raises(ValueError, match=r"known are ratio, pm12\.2, count"):
        level_of("median", D(1), D(2))


def test_c6_shown_level_decides() -> None:
    assert status_of(shown(D("99.8951")), D("99.90"), None) == "Above Target"
    assert status_of(D(6), D(0), D(5), "lower") == "Below Minimum"
