"""Down payments and payments in advance: due with the money, before or first of those agreed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine.amortization.balloon import Balloon
from engine.amortization.bullet import Bullet
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.equal_installments import EqualInstallments
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment
from engine.amortization.stepped import PaymentStep, Stepped
from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.rule import Point
from engine.errors import Refused
from engine.interest.no_interest import NoInterest
from engine.interest.scheduled_interest import ScheduledInterest
from engine.interest.simple_interest import SimpleInterest
from engine.ledger.entry import net
from engine.ledger.journalize import journalize
from engine.loan import observe
from engine.loan.commands import (
    BookLoan,
    ChangeRate,
    DisburseLoan,
    RequestedTerms,
    ReverseDisbursement,
)
from engine.loan.decisions.offer import Offer, make_offer
from engine.loan.events import InstallmentBilled, LoanDisbursed, PaymentReceived, ScheduleSet
from engine.loan.serviceable import not_serviceable
from engine.loan.status import LoanStatus
from engine.payments.terms import InterestDue, PaymentTerms
from engine.product.down_payment import Collection, FixedDownPayment, ShareOfPrice
from engine.product.due_dates import DueDates, FirstPayment
from engine.values.day_count import DayCount
from engine.values.frequency import Biweekly, Frequency, Monthly, Quarterly, Semimonthly
from engine.values.money import Money
from engine.values.rate import Rate
from tests.engine.loan.life import Life, a_product, in_force

ON = date(2026, 1, 31)
QUARTER = ShareOfPrice(share=Rate.parse("0.25"))
AWAITED = ShareOfPrice(share=Rate.parse("0.25"), collected=Collection.awaited)
WAYS = [
    LevelPayment(), EqualPrincipal(), EqualInstallments(), InterestOnly(installments=2),
    Deferred(installments=2), Balloon(share=Rate.parse("0.3")), Bullet(),
    Deferred(installments=2, interest=DeferredInterest.capitalized),
    Stepped(steps=(PaymentStep(from_installment=4, change=Rate.parse("0.25")),)),
]  # fmt: skip


def kind(rhythm: Frequency | None = None, *, in_advance: bool = False, **changes: Any) -> Any:
    chosen: dict[str, Any] = {
        "fees": (),
        "due_dates": DueDates(
            frequencies=(rhythm or Monthly(),),
            first_payment=FirstPayment(minimum_days=1, maximum_days=100),
            in_advance=in_advance,
            calendar="us_federal@1",
        ),
    }
    product = a_product(**(chosen | changes))
    assert not_serviceable(product) == ()
    return in_force(product)


def asked(terms: TermsInForce, **others: Any) -> RequestedTerms:
    free = isinstance(terms.product.interest, NoInterest)
    chosen = {
        "amount": "2000.01",
        "note_rate": "0" if free else "0.1299",
        "number_of_payments": 6,
        "contract_date": ON,
    }
    return RequestedTerms(**(chosen | others))


def booked(terms: TermsInForce, **others: Any) -> tuple[Life, Offer]:
    life, requested = Life(terms), asked(terms, **others)
    life.live(BookLoan(borrower_id="brw_test", terms=requested))
    return life, make_offer(requested, terms, Point.quote)


def paid_to_the_end(life: Life, offer: Offer) -> None:
    """Every bill is as quoted, is paid on its day, and nothing is left."""
    taken = sum(made.amount.minor for made in life.at(ON).payments)
    rows = offer.schedule.installments[1 if taken else 0 :]
    for row in rows:
        life.until(row.due_date)
        due = observe.installments_due(
            life.at(row.due_date), row.due_date, life.terms.product.rounding
        )
        assert sum(bill.remaining.minor for bill in due) == row.payment.minor
        if row.payment:
            life.pays(row.payment.text(), row.due_date)
    loan = life.at(rows[-1].due_date)
    assert loan.status is LoanStatus.paid_off
    assert loan.cash_received == offer.schedule.total_of_payments


@pytest.mark.parametrize("down", [QUARTER, AWAITED])
@pytest.mark.parametrize(
    ("way", "interest"),
    [(way, interest) for way in WAYS for interest in (SimpleInterest(), NoInterest())]
    + [(way, ScheduledInterest()) for way in WAYS if not isinstance(way, Deferred)],
)
def test_a_down_payment_comes_first_and_the_rest_is_billed_as_quoted(
    down: ShareOfPrice, interest: Any, way: Any
) -> None:
    life, offer = booked(kind(down_payment=down, interest=interest, amortization=way))
    life.live(DisburseLoan(disbursed_on=ON))
    assert [row.number for row in offer.schedule.installments] == list(range(1, 8))
    assert offer.schedule.installments[0].payment == Money(50_000)
    paid_to_the_end(life, offer)


@pytest.mark.parametrize(
    "rhythm", [Monthly(), Monthly(day=5), Biweekly(), Semimonthly(days=(10, 31)), Quarterly()]
)
@pytest.mark.parametrize("interest", [SimpleInterest(), SimpleInterest(day_count=DayCount.periods)])
@pytest.mark.parametrize("way", WAYS[:5])
def test_payments_in_advance_are_billed_as_quoted(
    rhythm: Frequency, interest: Any, way: Any
) -> None:
    life, offer = booked(kind(rhythm, in_advance=True, interest=interest, amortization=way))
    life.live(DisburseLoan(disbursed_on=ON))
    first = offer.schedule.installments[0]
    assert (first.due_date, first.interest) == (ON, Money(0))
    assert len(life.events(InstallmentBilled)) == 1
    paid_to_the_end(life, offer)


def test_in_advance_is_the_annuity_due() -> None:
    """10,000 at 12 % over 12 months, payments at the beginning: 888.49 / 1.01."""
    by_period = kind(in_advance=True, interest=SimpleInterest(day_count=DayCount.periods))
    requested = asked(by_period, amount="10000.00", note_rate="0.12", number_of_payments=12)
    offer = make_offer(requested, by_period, Point.quote)
    assert offer.schedule.installments[0].payment == Money(87_969)
    assert abs(offer.truth_in_lending.apr.exact - Rate.parse("0.12").exact) < 1e-4


def test_by_installment_too() -> None:
    dues = PaymentTerms(early_window_days=15, interest_due=InterestDue.by_installment)
    for terms in (kind(down_payment=QUARTER, payments=dues), kind(in_advance=True, payments=dues)):
        life, offer = booked(terms)
        life.live(DisburseLoan(disbursed_on=ON))
        paid_to_the_end(life, offer)


def test_a_down_payment_and_payments_in_advance_fall_due_together() -> None:
    life, offer = booked(kind(down_payment=QUARTER, in_advance=True))
    out = date(2026, 2, 3)
    life.live(DisburseLoan(disbursed_on=out))
    billed = [(e.number, e.effective_on) for e in life.events(InstallmentBilled)]
    assert billed == [(1, out), (2, out)]
    prompt, offer = booked(kind(down_payment=QUARTER, in_advance=True))
    prompt.live(DisburseLoan(disbursed_on=ON))
    paid_to_the_end(prompt, offer)


def test_the_disclosure_is_of_what_is_financed() -> None:
    with_down = make_offer(
        asked(kind(down_payment=QUARTER)), kind(down_payment=QUARTER), Point.quote
    )
    alone = make_offer(asked(kind(), amount="1500.01"), kind(), Point.quote)
    assert with_down.truth_in_lending == alone.truth_in_lending
    assert with_down.military_apr == alone.military_apr
    assert with_down.first_payment.payment == alone.first_payment.payment
    assert with_down.facts.loan.loan_amount == Money(150_001)


def test_it_is_taken_with_the_disbursement_or_awaited() -> None:
    taken, _ = booked(kind(down_payment=QUARTER))
    awaited, _ = booked(kind(down_payment=AWAITED))
    for life in (taken, awaited):
        life.live(DisburseLoan(disbursed_on=ON))
    assert [e.amount for e in taken.events(PaymentReceived)] == [Money(50_000)]
    assert taken.at(ON).principal_balance == Money(150_001)
    assert awaited.at(ON).principal_balance == Money(200_001)
    later = ON + timedelta(days=3)
    assert awaited.numbers(later)["past_due"] == "500.00"
    assert taken.numbers(later)["past_due"] == "0.00"


def test_it_falls_due_on_the_day_the_money_goes_out() -> None:
    out = date(2026, 2, 10)
    for terms in (kind(down_payment=AWAITED), kind(in_advance=True)):
        life, _ = booked(terms)
        life.live(DisburseLoan(disbursed_on=out))
        (billed,) = life.events(InstallmentBilled)
        assert (billed.effective_on, billed.number) == (out, 1)
        assert life.events(ScheduleSet)[-1].reason == "disbursement"
        late = life.at(date(2026, 2, 11))
        assert observe.days_past_due(late, date(2026, 2, 11), terms.product.rounding) == 1


def test_a_disbursement_cannot_wait_for_the_next_due_date() -> None:
    for terms, day in ((kind(in_advance=True), date(2026, 2, 28)),):
        life, _ = booked(terms)
        assert life.refused(DisburseLoan(disbursed_on=day))[0].code == "after_first_payment"


def test_more_may_be_paid_down_and_never_less() -> None:
    terms = kind(down_payment=FixedDownPayment(amount=Money(10_000)))
    assert make_offer(asked(terms), terms, Point.quote).terms.down_payment == Money(10_000)
    more = make_offer(asked(terms, down_payment="900.00"), terms, Point.quote)
    assert more.truth_in_lending.amount_financed == Money(110_001)
    for amount in ("99.99", "2000.01"):
        with pytest.raises(Refused) as refused:
            make_offer(asked(terms, down_payment=amount), terms, Point.quote)
        assert [r.path for r in refused.value.refusals] == ["/terms/down_payment"]
    with pytest.raises(Refused):
        make_offer(asked(kind(), down_payment="1.00"), kind(), Point.quote)


def test_a_change_of_rate_keeps_the_contract_in_step() -> None:
    """Interest only for two payments stays so, though the down payment is number 1."""
    life, _ = booked(kind(down_payment=QUARTER, amortization=InterestOnly(installments=2)))
    life.live(DisburseLoan(disbursed_on=ON))
    life.live(ChangeRate(note_rate="0.10", effective_on=date(2026, 2, 5), reason="agreed"))
    coming = observe.unbilled(life.at(date(2026, 2, 5)))
    assert [row.number for row in coming] == [2, 3, 4, 5, 6, 7]
    assert max(coming[0].amount, coming[1].amount) < Money(2_000) < coming[2].amount


def test_a_disbursement_reversed_and_made_again_on_its_day() -> None:
    life, _ = booked(kind(down_payment=QUARTER))
    life.live(DisburseLoan(disbursed_on=date(2026, 2, 3)))
    life.until(date(2026, 2, 20))
    part = next(item.seq for item in life.history if isinstance(item.event, LoanDisbursed))
    reversal = ReverseDisbursement(
        disbursement=part, reversed_on=date(2026, 2, 20), reason="another day"
    )
    assert life.refused(reversal)[0].code == "payments_rest_on_it"
    taken = next(item.seq for item in life.history if isinstance(item.event, PaymentReceived))
    life.is_reversed(taken, date(2026, 2, 20))
    life.live(reversal)
    life.live(DisburseLoan(disbursed_on=ON))
    prompt, _ = booked(kind(down_payment=QUARTER))
    prompt.live(DisburseLoan(disbursed_on=ON))
    for one in (life, prompt):
        one.until(date(2026, 3, 10))
    day = date(2026, 3, 10)
    assert life.numbers(day) == prompt.numbers(day)
    nets = [
        {role: amount for role, amount in net(
            e for item in one.history for e in journalize(item.seq, item.event)
        ).items() if amount}
        for one in (life, prompt)
    ]  # fmt: skip
    assert nets[0] == nets[1]
