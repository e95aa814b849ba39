"""Money beyond what is due: where it goes, and what it does to the installments to come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.catalog.terms_in_force import TermsInForce
from engine.interest.no_interest import NoInterest
from engine.interest.scheduled_interest import LaterInterest, ScheduledInterest
from engine.loan import observe
from engine.loan.events import LoanPaidOff, ScheduleSet
from engine.loan.installments import installment_rows
from engine.loan.status import PaymentKind
from engine.payments.payoff import payoff_total
from engine.payments.terms import AfterPrepayment, InterestDue, PaymentTerms
from engine.payments.waterfall import LeftOver, Waterfall
from engine.values.day_count import DayCount
from engine.values.money import Money, total
from tests.engine.loan.life import WATERFALL, Life, a_loan, a_product, in_force

FEB = date(2026, 2, 15)


def terms(
    after: AfterPrepayment = AfterPrepayment.shorten_term,
    left_over: LeftOver = LeftOver.principal,
    interest_due: InterestDue = InterestDue.to_payment_day,
    **changes: object,
) -> TermsInForce:
    payments = PaymentTerms(early_window_days=15, after_prepayment=after, interest_due=interest_due)
    waterfall = Waterfall(style=WATERFALL.style, order=WATERFALL.order, left_over=left_over)
    return in_force(a_product(payments=payments, fees=(), **changes), waterfall=waterfall)


def amounts(life: Life) -> list[str]:
    assert life.loan is not None
    return [row.amount.text() for row in observe.unbilled(life.loan)]


def reasons(life: Life) -> list[str]:
    return [event.reason for event in life.events(ScheduleSet)]


def paid_out(life: Life) -> None:
    """Every installment is paid on its day."""
    while (loan := life.loan) is not None and not loan.paid_off_on:
        day = observe.unbilled(loan)[0].due_date
        life.until(day)
        owed = observe.next_due_amount(life.at(day), day, life.terms.product.rounding)
        due = observe.installments_due(life.at(day), day, life.terms.product.rounding)
        life.pays((due[0].remaining if due else owed).text(), day)


def test_the_term_is_shorter_or_the_payment_lower() -> None:
    shorter, lower = a_loan(terms()), a_loan(terms(AfterPrepayment.lower_payment))
    for life in (shorter, lower):
        life.pays("892.87", FEB)
        life.pays("3000.00", FEB, PaymentKind.principal_only)
    assert amounts(shorter)[:2] == ["892.87", "892.87"] and reasons(shorter) == ["contract"]
    # 6,217.46 over eleven months at 12.99 percent a year
    assert amounts(lower)[0] == "602.27" and reasons(lower) == ["contract", "prepayment"]
    paid_out(shorter)
    paid_out(lower)
    assert shorter.loan is not None and lower.loan is not None
    assert (len(shorter.loan.billed), len(lower.loan.billed)) == (9, 12)


def test_the_next_installment_asks_for_less() -> None:
    life = a_loan(terms(AfterPrepayment.next_installment))
    life.pays("892.87", FEB)
    life.pays("1000.00", FEB, PaymentKind.principal_only)
    assert amounts(life)[:3] == ["0.00", "785.74", "892.87"]
    assert life.numbers(date(2026, 3, 20))["past_due"] == "0.00"
    paid_out(life)
    assert len(life.events(LoanPaidOff)) == 1


def test_by_installment_the_next_one_still_asks_for_its_interest() -> None:
    life = a_loan(terms(AfterPrepayment.next_installment, interest_due=InterestDue.by_installment))
    life.pays("1892.87", FEB)
    # 110.326… were 110.33; 110.326… + 8,217.46 × 12.99 % × 28/365 = 192.212…
    assert amounts(life)[:3] == ["81.88", "703.86", "892.87"]


def test_left_over_lowers_the_payment_only_where_it_reamortizes() -> None:
    life = a_loan(terms(left_over=LeftOver.reamortize))
    life.pays("3892.87", FEB)
    assert amounts(life)[0] == "602.27"
    life.pays("500.00", FEB, PaymentKind.principal_only)
    assert amounts(life)[0] == "602.27"  # a curtailment, and the product shortens the term


def test_left_over_counts_from_the_end() -> None:
    life = a_loan(terms(left_over=LeftOver.last_installment))
    life.pays("1892.87", FEB)
    assert life.loan is not None
    assert life.loan.paid_toward == {1: Money(89287), 12: Money(89292), 11: Money(10708)}


def test_without_interest_the_payment_is_lowered_too() -> None:
    life = a_loan(
        terms(AfterPrepayment.lower_payment, interest=NoInterest()), rate="0", amount="1200.00"
    )
    life.pays("100.00", FEB)
    life.pays("220.00", FEB, PaymentKind.principal_only)
    assert set(amounts(life)) == {"80.00"}


@pytest.mark.parametrize("after", AfterPrepayment)
def test_a_prepayment_that_came_back_changes_nothing(after: AfterPrepayment) -> None:
    life, other = a_loan(terms(after)), a_loan(terms(after))
    life.pays("892.87", FEB)
    other.pays("892.87", FEB)
    number = life.pays("2000.00", FEB, PaymentKind.principal_only)
    life.is_reversed(number, date(2026, 2, 20))
    other.until(date(2026, 2, 20))
    assert amounts(life) == amounts(other)


def total_paid(life: Life, day: date) -> int:
    """All that is paid through a payoff on the day."""
    loan = life.at(day)
    if loan.paid_off_on is None:
        owed = observe.total_owed(loan, day, life.terms.product.rounding)
        life.pays(payoff_total(owed, loan.unapplied_funds).text(), day, PaymentKind.payoff)
    assert life.loan is not None
    return (life.loan.cash_received - life.loan.unapplied_funds).minor


@given(
    st.sampled_from(AfterPrepayment),
    st.sampled_from(InterestDue),
    st.lists(st.tuples(st.integers(1, 40), st.integers(100, 300_000)), min_size=1, max_size=5),
    st.data(),
)
@settings(max_examples=40)
def test_a_cent_more_or_a_day_earlier_never_costs_more(
    after: AfterPrepayment, due: InterestDue, drawn: list[tuple[int, int]], data: st.DataObject
) -> None:
    made, day = [], date(2026, 1, 15)
    for gap, cents in drawn:
        day += timedelta(days=gap)
        made.append((day, cents))
    place = data.draw(st.integers(0, len(made) - 1))
    on, cents = made[place]
    better = list(made)
    better[place] = data.draw(st.sampled_from([(on, cents + 1), (on - timedelta(days=1), cents)]))
    end = day + timedelta(days=30)
    sums = []
    for payments in (made, better):
        life = a_loan(terms(after, interest_due=due))
        for on, cents in payments:
            if life.loan is not None and life.loan.paid_off_on is None:
                life.pays(Money(cents).text(), on)
        sums.append(total_paid(life, end))
    assert sums[1] <= sums[0]


def test_scheduled_interest_is_paid_with_its_installment_from_the_end_too() -> None:
    scheduled = ScheduledInterest(day_count=DayCount.periods, after_prepayment=LaterInterest.stays)
    life = a_loan(terms(left_over=LeftOver.last_installment, interest=scheduled), rate="0.12")
    life.pays("888.49", date(2026, 1, 20))
    assert life.loan is not None
    last = observe.planned(life.loan)[-1]
    assert last.amount.text() == "888.46"  # and it takes a level payment
    assert life.loan.paid_toward == {12: Money(88849)}
    assert life.loan.interest_toward == {12: last.interest} and last.interest.text() == "8.79"
    life.pays("888.49", FEB)
    # the first month's interest is still one percent of what was lent
    assert life.loan.interest_toward[1].text() == "100.00"
    table = installment_rows(life.at(FEB), FEB, life.terms.product)
    assert (table[0].principal.text(), table[0].paid_on) == ("788.49", FEB)
    assert (table[-1].interest.text(), table[-1].paid_in_advance.text()) == ("8.79", "888.49")
    assert total(row.principal for row in table).text() == "10000.00"
