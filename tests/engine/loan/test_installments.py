"""Installments that ask for the interest of their own period: early, late, rounded, carried on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.amortization.level_payment import LevelPayment, Residual
from engine.catalog.terms_in_force import TermsInForce
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.loan.events import InstallmentBilled, LoanPaidOff, PaymentAllocated
from engine.loan.explain import explain
from engine.loan.installments import InstallmentRow, installment_rows
from engine.loan.position import position
from engine.payments.terms import InterestDue, PaymentTerms
from engine.payments.waterfall import LeftOver, Style, Waterfall
from engine.product.limits import AmountRange, CountRange, Limits, RateRange
from engine.values.day_count import DayCount
from engine.values.money import Money, total
from engine.values.rate import Rate
from engine.values.rounding import Rounding
from tests.engine.loan.life import Life, a_loan, a_product, in_force

JAN, FEB_9 = date(2026, 1, 1), date(2026, 2, 9)
ORDER = (
    "past_due.interest", "past_due.principal", "due.interest", "due.principal",
    "in_advance.interest", "in_advance.principal",
)  # fmt: skip
LIMITS = Limits(
    amount=AmountRange(minimum=Money(1), maximum=Money(10**9)),
    note_rate=RateRange(minimum=Rate.parse("0"), maximum=Rate.parse("1")),
    number_of_payments=CountRange(minimum=1, maximum=360),
)


def monthly(
    remainders: Remainders = Remainders.dropped,
    left_over: LeftOver = LeftOver.hold_unapplied,
    order: tuple[str, ...] = ORDER,
    **payments: Any,
) -> TermsInForce:
    """One percent a month on 1,200.00 over three months is 408.03, 408.03 and 408.02."""
    said: dict[str, Any] = {"early_window_days": None, "interest_due": InterestDue.by_installment}
    product = a_product(
        fees=(),
        limits=LIMITS,
        rounding=Rounding.half_even,
        interest=SimpleInterest(
            day_count=DayCount.periods, rounding=Rounding.half_even, remainders=remainders
        ),
        amortization=LevelPayment(residual=Residual.formula, payment_rounding=Rounding.half_even),
        payments=PaymentTerms(**(said | payments)),
    )
    waterfall = Waterfall(style=Style.by_installment, order=order, left_over=left_over)
    return in_force(product, waterfall=waterfall)


def begun(terms: TermsInForce) -> Life:
    return a_loan(terms, amount="1200.00", rate="0.12", payments=3, on=JAN)


def rows(life: Life, day: date) -> list[InstallmentRow]:
    table = installment_rows(life.at(day), day, life.terms.product)
    assert total(row.principal for row in table).text() == "1200.00"
    return list(table)


def parts(life: Life, day: date) -> list[tuple[str, str]]:
    return [(row.principal.text(), row.interest.text()) for row in rows(life, day)]


def test_paid_as_they_fall_due_they_are_the_contracts() -> None:
    life = begun(monthly())
    assert parts(life, JAN) == [("396.03", "12.00"), ("399.99", "8.04"), ("403.98", "4.04")]
    for month, amount in ((2, "408.03"), (3, "408.03"), (4, "408.02")):
        life.pays(amount, date(2026, month, 1))
    assert parts(life, date(2026, 4, 1)) == [
        ("396.03", "12.00"), ("399.99", "8.04"), ("403.98", "4.04"),
    ]  # fmt: skip
    assert len(life.events(LoanPaidOff)) == 1
    assert [row.paid_on for row in rows(life, date(2026, 4, 1))] == [
        date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1),
    ]  # fmt: skip


def test_paid_early_one_asks_for_interest_to_the_day_and_the_last_absorbs() -> None:
    life = begun(monthly())
    life.pays("408.03", date(2026, 1, 17))
    # 16 of 31 days: 6.1935… → 6.19; then 798.16 earns 15/31 of 7.98, and February's 7.98
    allocated = life.events(PaymentAllocated)[-1]
    assert (allocated.interest.text(), allocated.principal.text()) == ("6.19", "401.84")
    assert allocated.installment_interest == ((1, Money(619)),)
    first, second, last = rows(life, date(2026, 1, 17))
    assert (first.interest.text(), first.paid_in_advance.text()) == ("6.19", "408.03")
    # January earned 6.1935 + 3.8621 = 10.0556 → 10.06; 6.19 were asked for; 3.87 + 7.98 wait
    assert (second.interest.text(), second.principal.text()) == ("11.85", "396.18")
    assert (last.interest.text(), last.amount.text()) == ("4.02", "406.00")


def test_paid_late_the_next_one_pays_for_it() -> None:
    life = begun(monthly())
    life.pays("408.03", date(2026, 2, 11))
    allocated = life.events(PaymentAllocated)[-1]
    assert (allocated.interest.text(), allocated.principal.text()) == ("12.00", "396.03")
    first, second, _ = rows(life, date(2026, 2, 11))
    assert (first.paid_late.text(), first.paid_on) == ("408.03", date(2026, 2, 11))
    # 10/28 of 12.00 and 18/28 of 8.0397: 4.2857 + 5.1684 = 9.4541
    assert second.interest.text() == "9.45"


def test_what_is_past_due_is_thought_to_be_paid_today() -> None:
    life = begun(monthly())
    assert rows(life, date(2026, 2, 11))[1].interest.text() == "9.45"
    assert rows(life, date(2026, 2, 21))[1].interest.text() == "10.87"
    assert life.numbers(date(2026, 2, 11))["past_due"] == "408.03"


def test_principal_first_leaves_the_interest_to_be_paid() -> None:
    order = tuple(sorted(ORDER, key=lambda bucket: (ORDER.index(bucket) // 2, "int" in bucket)))
    life = begun(monthly(order=order))
    life.pays("400.00", date(2026, 2, 1))
    first = rows(life, date(2026, 2, 1))[0]
    assert (first.outstanding.text(), first.paid_on) == ("8.03", None)
    allocated = life.events(PaymentAllocated)[-1]
    assert (allocated.principal.text(), allocated.interest.text()) == ("396.03", "3.97")
    life.pays("8.03", date(2026, 2, 3))
    allocated = life.events(PaymentAllocated)[-1]
    assert (allocated.principal.text(), allocated.interest.text()) == ("0.00", "8.03")


def test_interest_that_does_not_fit_goes_on_to_the_next() -> None:
    life = begun(monthly())
    life.pays("1000.00", date(2026, 1, 17))
    # 6.19 + 401.84, then 408.03 of principal, then 183.94 of the last
    table = rows(life, date(2026, 1, 17))
    # 206.19 is left: January comes to 6.1935 + 0.9977 = 7.19, February and March to 2.06 each
    assert [row.interest.text() for row in table] == ["6.19", "0.00", "5.12"]
    assert [row.paid.text() for row in table] == ["408.03", "408.03", "183.94"]
    assert table[-1].outstanding.text() == "211.31"
    life.pays("211.31", date(2026, 4, 1))
    assert len(life.events(LoanPaidOff)) == 1


@pytest.mark.parametrize("remainders", Remainders)
def test_the_whole_is_asked_for_whatever_rounding_leaves(remainders: Remainders) -> None:
    life = begun(monthly(remainders))
    life.until(date(2026, 5, 20))
    billed = life.events(InstallmentBilled)
    assert [row.interest.text() for row in billed] == ["12.00", "12.00", "12.00"]
    assert [row.interest_earned.text() for row in billed] == ["12.00", "12.00", "12.00"]
    assert billed[-1].amount.text() == "419.94"  # what interest took from two principals


@pytest.mark.parametrize(
    ("remainders", "interest"),
    # eight of 28 days on 1,000.00 are 2.8571…, the others on 669.98 are 4.7855…
    [(Remainders.dropped, "7.64"), (Remainders.dropped_at_changes, "7.65")],
)
def test_a_change_of_the_balance_rounds_too_where_the_product_says_so(
    remainders: Remainders, interest: str
) -> None:
    paid, waits = (
        a_loan(monthly(remainders), amount="1000.00", rate="0.12", payments=3, on=JAN)
        for _ in range(2)
    )
    paid.pays("340.02", FEB_9)
    for life in (paid, waits):  # what is past due is thought to be paid that day
        second = installment_rows(life.at(FEB_9), FEB_9, life.terms.product)[1]
        assert second.interest.text() == interest


def test_a_payment_that_came_back_left_no_trace() -> None:
    life, other = begun(monthly()), begun(monthly())
    payment = life.pays("500.00", date(2026, 1, 17))
    life.pays("300.00", date(2026, 2, 20))
    other.pays("300.00", date(2026, 2, 20))
    life.is_reversed(payment, date(2026, 3, 5))
    other.until(date(2026, 3, 5))
    assert rows(life, date(2026, 3, 5)) == rows(other, date(2026, 3, 5))


def test_the_last_installment_takes_a_level_payment_paid_ahead() -> None:
    ahead = tuple(bucket for bucket in ORDER if "advance" not in bucket)
    terms = monthly(left_over=LeftOver.last_installment, order=ahead)
    life = begun(terms)
    life.pays("408.03", date(2026, 1, 17))
    table = rows(life, date(2026, 1, 17))
    assert [row.paid.text() for row in table] == ["0.00", "0.00", "408.03"]
    assert (table[-1].principal.text(), table[-1].interest.text()) == ("408.03", "0.00")
    # 791.97 is left: January comes to 6.1935 + 3.8321 = 10.03; the last one unpaid absorbs
    assert (table[0].interest.text(), table[0].principal.text()) == ("10.03", "398.00")
    assert (table[1].interest.text(), table[1].principal.text()) == ("3.94", "393.97")


def test_positions_and_explanations_tell_the_same() -> None:
    life = begun(monthly())
    day = date(2026, 2, 11)
    life.until(day)
    assert life.loan is not None
    held = position(life.loan, day, life.terms)
    assert held.past_due_after.text() == "408.03"
    history = [(item.seq, item.event) for item in life.history]
    told = explain("loan_test", history, "installment:1", day, life.terms)
    assert told.agrees and told.value.text() == "408.03"
    assert [step.name.rpartition(".")[2] for step in told.steps] == ["billed_parts"]
