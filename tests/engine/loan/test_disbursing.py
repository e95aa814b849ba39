"""Loans paid out in parts: planned, drawn as needed, backdated, and never lent after all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine.amortization.balloon import Balloon
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.equal_installments import EqualInstallments
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment
from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.rule import Point
from engine.errors import Refused
from engine.interest.capitalization import EveryDueDate
from engine.interest.no_interest import NoInterest
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.ledger.entry import net
from engine.ledger.journalize import journalize
from engine.loan import observe
from engine.loan.commands import (
    BookLoan,
    DisburseLoan,
    RequestedDisbursement,
    RequestedTerms,
    ReverseDisbursement,
)
from engine.loan.decisions.offer import Offer, make_offer
from engine.loan.events import InstallmentBilled, LoanDisbursed
from engine.loan.status import LoanStatus
from engine.payments.terms import InterestDue, PaymentTerms
from engine.product.disbursement import FurtherInstallments, SeveralDisbursements
from engine.values.day_count import DayCount
from engine.values.money import Money
from engine.values.rate import Rate
from tests.engine.loan.life import Life, a_product, in_force
from tests.engine.loan.standing import standing

ON = date(2026, 1, 15)
PARTS = ((ON, "4000.00"), (date(2026, 3, 2), "3500.00"), (date(2026, 5, 15), "2500.00"))


def terms(
    installments: FurtherInstallments = FurtherInstallments.set_anew, **changes: Any
) -> TermsInForce:
    several = SeveralDisbursements(maximum_count=4, within_days=200, installments=installments)
    return in_force(a_product(**({"disbursement": several, "fees": ()} | changes)))


def asked(
    parts: tuple[tuple[date, str], ...] = PARTS, rate: str = "0.1299", **others: Any
) -> RequestedTerms:
    chosen = {
        "amount": "10000.00",
        "note_rate": rate,
        "number_of_payments": 12,
        "contract_date": ON,
        "disbursements": tuple(RequestedDisbursement(on=day, amount=cash) for day, cash in parts),
    }
    return RequestedTerms(**(chosen | others))


def booked(in_force: TermsInForce, requested: RequestedTerms) -> tuple[Life, Offer]:
    life = Life(in_force)
    life.live(BookLoan(borrower_id="brw_test", terms=requested))
    return life, make_offer(requested, in_force, Point.quote)


def drawn(life: Life, on: date, amount: str | None = None) -> int:
    """A part paid out; its number."""
    decision = life.live(DisburseLoan(disbursed_on=on, amount=amount))
    return next(seq for seq, e in decision.events if isinstance(e, LoanDisbursed))


@pytest.mark.parametrize("installments", list(FurtherInstallments))
@pytest.mark.parametrize(
    "interest",
    [
        SimpleInterest(),
        SimpleInterest(day_count=DayCount.thirty_360, remainders=Remainders.dropped),
        SimpleInterest(day_count=DayCount.periods, day_one_accrues=False),
        NoInterest(),
    ],
)
@pytest.mark.parametrize(
    "way",
    [
        LevelPayment(),
        EqualPrincipal(),
        EqualInstallments(),
        InterestOnly(installments=4),
        Balloon(share=Rate.parse("0.3")),
    ],
)
def test_parts_paid_out_as_planned_are_billed_as_quoted(
    installments: FurtherInstallments, interest: Any, way: Any
) -> None:
    free = isinstance(interest, NoInterest)
    chosen = terms(installments, interest=interest, amortization=way)
    paid_as_planned(chosen, asked(rate="0" if free else "0.1299"))


@pytest.mark.parametrize(
    "chosen",
    [
        {"interest": SimpleInterest(capitalization=EveryDueDate())},
        {"amortization": Deferred(installments=3, interest=DeferredInterest.capitalized)},
        {"amortization": Deferred(installments=3)},
        {"payments": PaymentTerms(early_window_days=15, interest_due=InterestDue.by_installment)},
    ],
)
def test_parts_of_loans_that_grow_or_ask_for_interest_by_installment(chosen: Any) -> None:
    paid_as_planned(terms(**chosen), asked())


def paid_as_planned(chosen: TermsInForce, requested: RequestedTerms) -> None:
    """Every part is paid out and every bill paid on its day, and bills are as quoted."""
    life, offer = booked(chosen, requested)
    parts = list(PARTS)
    for row in offer.schedule.installments:
        while parts and parts[0][0] < row.due_date:
            drawn(life, parts.pop(0)[0])
        life.until(row.due_date)
        due = observe.installments_due(life.at(row.due_date), row.due_date, chosen.product.rounding)
        assert sum(bill.remaining.minor for bill in due) == row.payment.minor
        if row.payment:
            life.pays(row.payment.text(), row.due_date)
        if parts and parts[0][0] == row.due_date:
            drawn(life, parts.pop(0)[0])
    loan = life.loan
    assert loan is not None and loan.status is LoanStatus.paid_off and loan.drawn == Money(1000_000)
    assert loan.cash_received == offer.truth_in_lending.total_of_payments


def test_the_offer_discloses_the_parts_as_advances() -> None:
    offer = make_offer(asked(), terms(), Point.quote)
    at_once = make_offer(asked(()), terms(), Point.quote)
    assert offer.truth_in_lending.amount_financed == Money(1_000_000)
    assert offer.truth_in_lending.finance_charge < at_once.truth_in_lending.finance_charge
    assert abs(offer.truth_in_lending.apr.exact - Rate.parse("0.1299").exact) < 5e-4


def test_fees_are_kept_from_the_first_part() -> None:
    chosen = in_force(a_product(disbursement=SeveralDisbursements(maximum_count=3, within_days=90)))
    life, offer = booked(chosen, asked((PARTS[0], (date(2026, 3, 2), "6000.00"))))
    assert offer.origination_fee == Money(30_000)
    first, second = drawn(life, ON), drawn(life, date(2026, 3, 2))
    kept = {made.seq: made.fees_from_proceeds for made in life.at(ON).disbursements}
    assert kept == {first: Money(30_000), second: Money(0)}


def test_what_is_not_paid_out_is_not_due() -> None:
    life, _ = booked(terms(), asked())
    drawn(life, ON)
    alone = Life(terms())
    alone.live(BookLoan(borrower_id="b", terms=asked((), amount="4000.00")))
    alone.live(DisburseLoan(disbursed_on=ON))
    end = date(2027, 3, 1)
    life.until(end), alone.until(end)
    assert life.events(InstallmentBilled) == alone.events(InstallmentBilled)
    assert observe.undrawn(life.at(ON)) == Money(600_000)


def test_a_part_backdated_is_a_part_on_its_day() -> None:
    late, prompt = booked(terms(), asked())[0], booked(terms(), asked())[0]
    for life in (late, prompt):
        drawn(life, ON)
        life.pays("400.00", date(2026, 2, 15))
    drawn(prompt, date(2026, 3, 2), "1000.00")
    for life in (late, prompt):
        life.pays("400.00", date(2026, 3, 15))
        life.until(date(2026, 4, 20))
    drawn(late, date(2026, 3, 2), "1000.00")
    assert_same(late, prompt, date(2026, 4, 20))


def test_a_part_reversed_was_never_lent() -> None:
    with_it, without = booked(terms(), asked())[0], booked(terms(), asked())[0]
    for life in (with_it, without):
        drawn(life, ON)
    part = drawn(with_it, date(2026, 3, 2))
    for life in (with_it, without):
        life.pays("500.00", date(2026, 3, 20))
        life.until(date(2026, 4, 20))
    with_it.live(
        ReverseDisbursement(disbursement=part, reversed_on=date(2026, 4, 21), reason="bounced")
    )
    without.until(date(2026, 4, 21)), with_it.until(date(2026, 4, 21))
    assert_same(with_it, without, date(2026, 4, 21))


def test_a_loan_whose_only_money_came_back_is_booked_again() -> None:
    life, _ = booked(terms(), asked())
    part = drawn(life, ON)
    life.until(date(2026, 2, 20))
    payment = life.pays("100.00", date(2026, 2, 21))
    reversal = ReverseDisbursement(
        disbursement=part, reversed_on=date(2026, 2, 22), reason="returned by the bank"
    )
    (refusal,) = life.refused(reversal)
    assert refusal.code == "payments_rest_on_it"
    life.comes_back(payment, date(2026, 2, 22), "R03")
    life.live(reversal)
    loan = life.at(date(2026, 2, 22))
    assert (loan.status, loan.principal_balance, loan.billed) == (LoanStatus.booked, Money(0), ())
    assert not any(books(life).values())
    assert life.refused(reversal)[0].code == "already_undone"
    drawn(life, date(2026, 2, 10))
    assert life.at(date(2026, 2, 10)).disbursed_on == date(2026, 2, 10)


def test_parts_in_any_steps_of_time() -> None:
    at_once, stepped = booked(terms(), asked())[0], booked(terms(), asked())[0]
    day = ON
    for on, _ in PARTS:
        while day < on:
            stepped.until(day)
            day += timedelta(days=5)
        drawn(stepped, on), drawn(at_once, on)
    end = date(2027, 6, 1)
    at_once.until(end)
    while day < end:
        stepped.until(day)
        day += timedelta(days=5)
    stepped.until(end)
    assert_same(at_once, stepped, end)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (DisburseLoan(disbursed_on=date(2026, 3, 1), amount="6000.01"), "beyond_loan_amount"),
        (DisburseLoan(disbursed_on=date(2026, 8, 4)), "after_last_day_to_draw"),
        (DisburseLoan(disbursed_on=date(2026, 3, 1), amount="0.00"), "invalid_amount"),
        (
            ReverseDisbursement(disbursement=99, reversed_on=date(2026, 3, 1), reason="x"),
            "no_such_disbursement",
        ),
        (
            ReverseDisbursement(disbursement=3, reversed_on=date(2026, 1, 1), reason="x"),
            "before_start",
        ),
    ],
)
def test_what_cannot_be_paid_out_is_refused(command: Any, code: str) -> None:
    life, _ = booked(terms(), asked())
    drawn(life, ON)
    assert life.refused(command)[0].code == code


def test_no_more_parts_than_the_product_offers() -> None:
    life, _ = booked(terms(), asked(()))
    for n in range(4):
        drawn(life, ON + timedelta(days=n), "100.00")
    command = DisburseLoan(disbursed_on=ON + timedelta(days=9), amount="100.00")
    assert life.refused(command)[0].code == "all_parts_paid_out"


def test_a_part_that_another_one_leaves_no_room_for() -> None:
    life, _ = booked(terms(), asked(()))
    drawn(life, ON, "5000.00"), drawn(life, date(2026, 3, 1), "5000.00")
    command = DisburseLoan(disbursed_on=date(2026, 2, 1), amount="1.00")
    assert life.refused(command)[0].code == "beyond_loan_amount"


def test_a_product_paid_out_at_once_takes_no_parts() -> None:
    whole = in_force(a_product())
    with pytest.raises(Refused) as refused:
        make_offer(asked(), whole, Point.quote)
    assert refused.value.refusals[0].path == "/terms/disbursements"
    life, _ = booked(whole, asked(()))
    command = DisburseLoan(disbursed_on=ON, amount="10.00")
    assert life.refused(command)[0].code == "paid_out_at_once"
    drawn(life, ON, "10000.00")
    assert life.refused(DisburseLoan(disbursed_on=ON))[0].code == "not_booked"


def books(life: Life) -> dict[Any, Any]:
    return dict(net(e for item in life.history for e in journalize(item.seq, item.event)))


def assert_same(one: Life, other: Life, day: date) -> None:
    """Balances, due state and net journal agree."""
    states = [standing(life.at(day)) for life in (one, other)]
    assert states[0] == states[1]
    first, second = ({k: v for k, v in books(life).items() if v} for life in (one, other))
    assert first == second
