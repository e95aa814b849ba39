"""Many loans at once come to the same cents as each loan alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.amortization import batch
from engine.amortization.batch import Loans, level_payments, level_schedules
from engine.amortization.interest_periods import InterestPeriods, interest_periods
from engine.amortization.level_payment import LevelPayment, Residual, level_payment
from engine.amortization.roll import Columns, RollTerms, by_payment
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding

START, FIRST = date(2024, 1, 1), date(2024, 2, 1)
PER = 10_000


def shares(numerators: tuple[int, ...], denominator: int) -> InterestPeriods:
    dates = due_dates(FIRST, Monthly(), len(numerators))
    return InterestPeriods(START, dates, numerators, denominator)


def loans(*each: tuple[int, int, int]) -> Loans:
    principal, rate, count = np.array(each, np.int64).reshape(len(each), 3).T
    return Loans(principal, rate, PER, count)


def assert_as_alone(
    asked: Loans, periods: InterestPeriods, payment: list[int], rounding: Rounding, carried: bool
) -> None:
    together = level_schedules(
        asked, periods, np.array(payment, np.int64), rounding, carried=carried
    )
    width = int(asked.number_of_payments.max())
    for place, paid in enumerate(payment):
        own = asked.periods(place, periods)
        alone = by_payment(
            int(asked.principal[place]), own, [paid] * len(own.numerators),
            RollTerms(rounding, carried),
        )  # fmt: skip
        for found, expected in zip(together, alone, strict=True):
            assert found[:, place].tolist() == expected + [0] * (width - len(expected))


principals = st.one_of(st.integers(0, 300), st.integers(1, 10**9), st.integers(0, 2**55))
rates = st.one_of(st.integers(0, 4000), st.integers(-300, 10**6))


@given(
    st.lists(st.tuples(principals, rates, st.integers(1, 12)), min_size=1, max_size=12),
    st.one_of(
        st.sampled_from([((1,) * 12, 12), ((1,) * 12, 1), ((7,) * 12, 365)]),
        st.tuples(
            st.lists(st.integers(0, 62), min_size=12, max_size=12).map(tuple),
            st.sampled_from([360, 365, 366, 133_590, 7, 2**40 + 1]),
        ),
    ),
    st.lists(st.one_of(st.integers(0, 30), st.integers(-5, 10**7), st.none()), min_size=12,
             max_size=12),
    st.sampled_from(list(Rounding)), st.booleans()
)  # fmt: skip
@example([(2**62, 9, 12), (2**55, 799, 12), (100_000, 799, 12)], ((31,) * 12, 365), [None] * 12,
         Rounding.half_even, True)  # fmt: skip
def test_the_batch_is_each_loan_alone(
    each: list[tuple[int, int, int]], factors: tuple[tuple[int, ...], int],
    given_payments: list[int | None], rounding: Rounding, carried: bool,
) -> None:  # fmt: skip
    asked, periods = loans(*each), shares(*factors)
    earning = asked._replace(rate=np.abs(asked.rate))
    solved = level_payments(earning, periods, rounding).tolist()
    payment = [
        own if paid is None else paid for own, paid in zip(solved, given_payments, strict=False)
    ]
    assert_as_alone(asked, periods, payment, rounding, carried)


@pytest.mark.parametrize("rounding", Rounding)
@pytest.mark.parametrize("carried", [True, False])
def test_a_half_cent_goes_where_the_mode_says(rounding: Rounding, carried: bool) -> None:
    """At one percent a period, balances that end in 50 earn half cents."""
    asked = loans(*((principal, 100, 6) for principal in range(50, 2000, 50)))
    payment = [max(1, int(owed) // 5) for owed in asked.principal]
    assert_as_alone(asked, shares((1,) * 6, 1), payment, rounding, carried)


def test_loans_beyond_64_bits_are_rolled_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rolled = []

    def noticed(
        balance: int, periods: InterestPeriods, payments: Sequence[int], terms: RollTerms
    ) -> Columns:
        rolled.append(balance)
        return by_payment(balance, periods, payments, terms)

    monkeypatch.setattr(batch, "by_payment", noticed)
    room = 2**63 - 1 - 2 * 3_650_000  # actual/365 and rates over 10,000
    edge = room // (799 * 31 + 1)
    asked, periods = (
        loans((edge, 799, 6), (edge + 1, 799, 6), (1000, 799, 6)),
        shares((31,) * 6, 365),
    )
    payment = level_payments(asked, periods)
    level_schedules(asked, periods, payment)
    assert rolled == [edge + 1]
    assert_as_alone(asked, periods, payment.tolist(), Rounding.half_up, True)


def test_an_amount_beyond_64_bits_is_never_cut() -> None:
    """At a hundred percent a period the last payment is twice the balance."""
    periods = shares((1,), 1)
    for principal in (2**61, 2**62 - 1):
        asked = loans((principal, PER, 1))
        assert_as_alone(asked, periods, [principal], Rounding.half_up, True)
    asked = loans((2**62, PER, 1))
    with pytest.raises(OverflowError):
        level_schedules(asked, periods, asked.principal)


def test_the_payment_is_the_formulas() -> None:
    dates = due_dates(FIRST, Monthly(), 60)
    year = interest_periods(START, dates, Rate.parse("1"), DayCount.actual_365)
    asked = loans((1_000_000, 799, 60), (2_345_678, 1299, 48), (77, 0, 60))
    terms = LevelPayment(residual=Residual.formula)
    alone = [
        level_payment(
            Money(int(asked.principal[place])),
            interest_periods(
                START, dates[:count], Rate.parse(f"0.{rate:04}"), DayCount.actual_365
            ),
            terms, RollTerms(),
        ).minor
        for place, (rate, count) in enumerate([(799, 60), (1299, 48), (0, 60)])
    ]  # fmt: skip
    assert level_payments(asked, year).tolist() == alone


def test_no_loans_have_no_rows() -> None:
    nothing = loans()
    found = level_schedules(nothing, shares((1,), 12), nothing.principal)
    assert found.payment.shape == (0, 0)


@pytest.mark.parametrize("count", [0, 3])
def test_more_payments_than_periods_are_refused(count: int) -> None:
    asked = loans((1000, 799, count))
    with pytest.raises(ValueError, match="at least one payment and at most 2"):
        level_schedules(asked, shares((1, 1), 12), asked.principal)


def test_amounts_that_are_no_64_bit_numbers_are_refused() -> None:
    asked = loans((1000, 799, 2))
    for payment in (np.array([500], np.int32), np.array([500, 500], np.int64)):
        with pytest.raises(ValueError, match="payment: 64-bit whole numbers"):
            level_schedules(asked, shares((1, 1), 12), payment)
