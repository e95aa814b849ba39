"""Rolling a balance forward: payments given, or principal given."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.roll import RollTerms, by_payment, by_principal
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.money import Exact
from engine.values.rounding import Rounding, round_ratio

FIRST = date(2024, 2, 1)


def one_percent(count: int) -> InterestPeriods:
    dates = due_dates(FIRST, Monthly(), count)
    return InterestPeriods(date(2024, 1, 1), dates, (1,) * count, 100)


@given(
    st.integers(0, 10**7), st.lists(st.integers(1, 10**6), min_size=1, max_size=20),
    st.sampled_from(list(Rounding)),
)  # fmt: skip
def test_interest_is_rounded_as_the_one_place_rounds(
    balance: int, payments: list[int], rounding: Rounding
) -> None:
    columns = by_payment(
        balance, one_percent(len(payments)), payments, RollTerms(rounding, carried=False)
    )
    before = [balance, *columns.balance]
    unpaid = 0
    for index, interest in enumerate(columns.interest):
        due = round_ratio(before[index] + 100 * unpaid, 100, rounding)
        assert interest == min(due, columns.payment[index])
        unpaid = due - interest


def test_a_payment_below_the_interest_is_added_to_the_balance_when_capitalized() -> None:
    terms = RollTerms(capitalized=frozenset(range(3)))
    columns = by_payment(100_000, one_percent(3), [500, 500, 500], terms, absorb=False)
    assert columns.interest == [1000, 1005, 1010]
    assert columns.principal == [-500, -505, -510]
    assert columns.balance == [100_500, 101_005, 101_515]


def test_without_absorbing_a_balance_remains() -> None:
    columns = by_payment(100_000, one_percent(2), [11_000, 11_000], RollTerms(), absorb=False)
    assert columns.balance == [90_000, 79_900]


def test_rows_end_with_the_balance() -> None:
    columns = by_payment(10_000, one_percent(5), [6_000] * 5, RollTerms())
    assert columns.payment == [6_000, 4_141]


def test_principal_given_bears_the_interest_on_what_is_left() -> None:
    columns = by_principal(90_000, one_percent(3), [30_000] * 3, RollTerms(carry=Exact(50)))
    assert columns.interest == [950, 600, 300]
    assert columns.payment == [30_950, 30_600, 30_300]


def test_a_negative_rate_pays_the_borrower() -> None:
    periods = one_percent(1)._replace(numerators=(-1,))
    columns = by_payment(10_050, periods, [10_000], RollTerms())
    assert (columns.interest, columns.payment) == ([-101], [9_949])


def test_a_half_cent_rounded_up_before_is_not_paid_back() -> None:
    periods = one_percent(2)._replace(numerators=(1, 0))
    columns = by_payment(150, periods, [100, 60], RollTerms())
    assert columns.interest == [2, 0]
    assert by_principal(150, periods, [98, 52], RollTerms()).interest == [2, 0]


@given(
    st.integers(0, 10**7), st.integers(0, 10**6),
    st.lists(st.integers(0, 9), min_size=1, max_size=20), st.integers(97, 100),
    st.sampled_from(list(Rounding)), st.booleans(), st.integers(0, 5000),
)  # fmt: skip
def test_equal_payments_come_to_the_same_as_payments_one_by_one(
    balance: int, payment: int, numerators: list[int], denominator: int,
    rounding: Rounding, carried: bool, carry: int,
) -> None:  # fmt: skip
    count = len(numerators)
    dates = due_dates(FIRST, Monthly(), count)
    periods = InterestPeriods(date(2024, 1, 1), dates, tuple(numerators), denominator)
    terms = RollTerms(rounding, carried, Exact(carry, 7))
    one_more = [payment] * count + [payment + 1]  # not all equal: the loop that asks of each
    assert by_payment(balance, periods, [payment] * count, terms) == by_payment(
        balance, periods, one_more, terms
    )
