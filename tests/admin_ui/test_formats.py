"""Amounts, rates and dates as people in the United States write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from admin_ui import formats


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1234567.80", "$1,234,567.80"), ("0.00", "$0.00"), ("-12.50", "-$12.50")],
)
def test_money_stands_with_its_sign(text: str, shown: str) -> None:
    assert formats.money(text) == shown


def test_money_of_other_currencies_names_them() -> None:
    assert formats.money("1500.00", "KES") == "1,500.00 KES"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("999.10", "$999.10"), ("1909607.49", "$1,909,607"), ("182400000.00", "$182.4 M")],
)
def test_the_money_of_a_book_is_short(text: str, shown: str) -> None:
    assert formats.big_money(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("0.0799", "7.99 %"), ("0.07125", "7.125 %"), ("0", "0.00 %"), (None, "–")]
)
def test_a_rate_is_in_percent(text: str | None, shown: str) -> None:
    assert formats.rate(text) == shown


def test_days_and_moments() -> None:
    assert formats.day(date(2026, 11, 4)) == "Nov 4, 2026"
    assert formats.day(None) == "–"
    assert formats.moment(datetime(2026, 11, 4, 15, 4, tzinfo=UTC)) == "Nov 4, 2026, 15:04 UTC"


def test_counting_things() -> None:
    assert formats.count(1, "loan") == "1 loan"
    assert formats.count(1204, "loan") == "1,204 loans"
    assert formats.percent("0.0192") == "1.92 %"
    assert formats.short_id("loan_06dg83htgjdaepkw4d6zjmvws3") == "…6zjmvws3"
