"""What a servicer meets: corrections that touch what people decided, losses, payoffs, last days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.ledger.entry import net
from engine.ledger.journalize import journalize
from engine.loan import observe
from engine.loan.commands import (
    AssessFee,
    ChangeRate,
    ChargeOffLoan,
    ReceivePayment,
    RecordBorrowerStatus,
    WaiveFee,
)
from engine.loan.events import (
    ChargeOffAdjusted,
    FeeAssessed,
    InstallmentBilled,
    LoanPaidOff,
    PaymentAllocated,
    WaiverLapsed,
)
from engine.loan.status import BorrowerStatusKind, PaymentKind
from engine.payments.terms import PartialPayments, PaymentTerms
from engine.payments.waterfall import LeftOver, Style, Waterfall
from tests.engine.loan.life import Life, a_loan, a_product, in_force
from tests.engine.loan.standing import standing

FEB, MAR, APR = date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15)
INSTALLMENT = "892.87"


def books(life: Life) -> dict[Any, Any]:
    return dict(net(e for item in life.history for e in journalize(item.seq, item.event)))


def forgiven() -> Life:
    """A late fee charged on 26 February and forgiven a week later."""
    life = a_loan()
    life.until(date(2026, 3, 5))
    life.live(WaiveFee(fee_id="late_fee/1", waived_on=date(2026, 3, 5), reason="first time"))
    return life


def test_a_waiver_lapses_with_the_fee_a_late_recorded_payment_takes_away() -> None:
    life = forgiven()
    found = life.pays(INSTALLMENT, date(2026, 2, 20))
    (lapsed,) = life.events(WaiverLapsed)
    assert (lapsed.fee_id, lapsed.amount.text()) == ("late_fee/1", "15.00")
    assert life.numbers(date(2026, 3, 5))["fees"] == "0.00"
    told_at_once = a_loan()
    told_at_once.pays(INSTALLMENT, date(2026, 2, 20))
    told_at_once.until(date(2026, 3, 5))
    assert books(life) == books(told_at_once)
    life.comes_back(found, date(2026, 3, 6), "R10")
    assert not life.events(WaiverLapsed)
    never = forgiven()
    never.until(date(2026, 3, 6))
    assert standing(life.at(date(2026, 3, 6))) == standing(never.at(date(2026, 3, 6)))
    assert books(life) == books(never)


def test_a_waiver_of_a_fee_that_was_paid_before_lapses_in_part() -> None:
    life = forgiven()
    life.pays("902.87", date(2026, 3, 1))
    paid = observe.fees(life.at(date(2026, 3, 5)))[0]
    assert (paid.paid.text(), paid.waived.text(), paid.owed.text()) == ("10.00", "5.00", "0.00")


def lost() -> tuple[Life, int, int]:
    life = a_loan()
    life.pays(INSTALLMENT, FEB)
    second = life.pays(INSTALLMENT, MAR)
    life.live(ChargeOffLoan(charged_off_on=date(2026, 8, 1), reason="120 days"))
    recovery = life.pays("100.00", date(2026, 8, 20), PaymentKind.recovery)
    return life, second, recovery


def test_a_payment_returned_after_the_charge_off_makes_the_loss_larger() -> None:
    life, second, _ = lost()
    life.comes_back(second, date(2026, 8, 25), "R10")
    (adjusted,) = life.events(ChargeOffAdjusted)
    assert adjusted.principal.minor > 0 and adjusted.effective_on == date(2026, 8, 1)
    never = a_loan()
    never.pays(INSTALLMENT, FEB)
    never.live(ChargeOffLoan(charged_off_on=date(2026, 8, 1), reason="120 days"))
    never.pays("100.00", date(2026, 8, 20), PaymentKind.recovery)
    assert standing(life.at(date(2026, 8, 25))) == standing(never.at(date(2026, 8, 25)))
    assert books(life) == books(never)


def test_a_returned_recovery_is_owed_again() -> None:
    life, _, recovery = lost()
    left = life.at(date(2026, 8, 20)).recovery_balance
    life.comes_back(recovery, date(2026, 8, 22), "R01")
    assert (life.at(date(2026, 8, 22)).recovery_balance - left).text() == "100.00"
    assert not [fee for fee in life.events(FeeAssessed) if fee.name == "returned_payment_fee"]


def test_money_held_is_put_against_the_loss() -> None:
    holds = in_force(
        a_product(payments=PaymentTerms(partial_payments=PartialPayments.hold_until_full))
    )
    life = a_loan(holds)
    life.pays("100.00", date(2026, 3, 1))
    assert life.at(date(2026, 3, 1)).unapplied_funds.text() == "100.00"
    life.live(ChargeOffLoan(charged_off_on=date(2026, 8, 1), reason="120 days"))
    recovered = [e.recovery.text() for e in life.events(PaymentAllocated) if e.recovery]
    assert recovered == ["100.00"]
    assert not life.at(date(2026, 8, 1)).unapplied_funds


def test_a_recovery_needs_a_loss() -> None:
    life = a_loan()
    early = ReceivePayment(amount="5.00", received_on=FEB, kind=PaymentKind.recovery)
    assert [r.code for r in life.refused(early)] == ["not_charged_off"]


def test_a_correction_does_not_close_a_loan_before_a_fee_a_person_charged() -> None:
    life = a_loan(payments=1)
    life.live(AssessFee(fee="copy_fee", assessed_on=date(2026, 2, 10), reason="asked for"))
    whole = ReceivePayment(
        amount="10020.00", received_on=date(2026, 1, 20), kind=PaymentKind.payoff
    )
    assert [r.code for r in life.refused(whole)] == ["fee_after_payoff"]
    fee_id = life.events(FeeAssessed)[0].fee_id
    life.live(WaiveFee(fee_id=fee_id, waived_on=date(2026, 2, 10), reason="so that it closes"))
    life.live(whole)
    assert life.numbers(date(2026, 2, 10))["status"] == "paid_off"


def test_interest_left_by_a_curtailment_of_all_principal_falls_due() -> None:
    life = a_loan()
    life.pays("10000.00", FEB, PaymentKind.principal_only)
    life.until(date(2026, 3, 20))
    numbers = life.numbers(date(2026, 3, 20))
    assert (numbers["principal"], numbers["status"]) == ("0.00", "active")
    assert numbers["past_due"] == numbers["interest"] == "110.33"
    assert numbers["fees"] == "5.52"  # 5 % of what the installment still wants
    life.pays("115.85", date(2026, 3, 20))
    assert life.events(LoanPaidOff)


def test_the_last_installment_paid_on_its_day_closes_the_loan_and_no_more_is_billed() -> None:
    life = a_loan(payments=2)
    first, last = (row.amount.text() for row in observe.unbilled(life.at(FEB.replace(day=1))))
    life.pays(first, FEB)
    life.pays(last, MAR)
    assert life.numbers(MAR)["status"] == "paid_off"
    life.until(date(2026, 12, 31))
    assert [e.number for e in life.events(InstallmentBilled)] == [1, 2]


def test_the_last_installment_paid_late_wants_the_interest_of_the_days() -> None:
    life = a_loan(payments=1)
    (row,) = observe.unbilled(life.at(date(2026, 2, 1)))
    life.pays(row.amount.text(), date(2026, 2, 25))
    numbers = life.numbers(date(2026, 2, 25))
    assert (numbers["past_due"], numbers["days"]) == ("35.59", 10)
    life.pays("35.59", date(2026, 2, 25))
    assert life.numbers(date(2026, 2, 25))["status"] == "paid_off"


@pytest.mark.parametrize("order", [("due.interest", "due.principal", "due.fee"), None])
def test_a_payoff_closes_the_loan_whatever_its_waterfall_says_of_early_money(
    order: tuple[str, ...] | None,
) -> None:
    past = ("past_due.interest", "past_due.principal", "past_due.fee")
    terms = in_force(
        waterfall=Waterfall(
            style=Style.by_installment, order=past + order, left_over=LeftOver.hold_unapplied
        )
    ) if order else in_force()  # fmt: skip
    life = a_loan(terms)
    life.live(AssessFee(fee="copy_fee", assessed_on=date(2026, 2, 5), reason="asked for"))
    day = date(2026, 2, 10)
    owed = observe.total_owed(life.at(day), day, terms.product.rounding)
    life.pays(owed.text(), day, PaymentKind.payoff)
    assert life.numbers(day)["status"] == "paid_off"
    assert not life.at(day).unapplied_funds


def test_what_is_recorded_for_a_day_in_another_order_comes_to_the_same() -> None:
    in_order, mixed = a_loan(), a_loan()
    in_order.pays("500.00", MAR)
    in_order.live(ChangeRate(note_rate="0.10", effective_on=MAR, reason="hardship"))
    in_order.pays("392.87", APR)
    mixed.pays("392.87", APR)
    mixed.pays("500.00", MAR)
    mixed.live(ChangeRate(note_rate="0.10", effective_on=MAR, reason="hardship"))
    assert standing(in_order.at(APR)) == standing(mixed.at(APR))
    assert books(in_order) == books(mixed)


def on_duty(start: date, end: date | None = None) -> RecordBorrowerStatus:
    return RecordBorrowerStatus(
        status=BorrowerStatusKind.military_service, from_date=start, to_date=end
    )


def test_a_rate_change_on_a_loan_past_due_leaves_what_fell_due_and_lowers_what_comes() -> None:
    life = a_loan()
    life.until(date(2026, 4, 1))
    before = [row.amount.minor for row in observe.unbilled(life.at(date(2026, 4, 1)))]
    life.live(ChangeRate(note_rate="0.06", effective_on=date(2026, 3, 20), reason="hardship"))
    loan = life.at(date(2026, 4, 1))
    assert [row.amount.text() for row in loan.billed] == [INSTALLMENT, INSTALLMENT]
    after = [row.amount.minor for row in observe.unbilled(loan)]
    assert len(after) == len(before) and all(
        new < old for new, old in zip(after, before, strict=True)
    )


def test_a_change_of_rate_during_service_counts_when_service_ends() -> None:
    life = a_loan()
    life.live(on_duty(date(2026, 3, 1), date(2026, 5, 31)))
    life.live(ChangeRate(note_rate="0.10", effective_on=date(2026, 4, 1), reason="hardship"))
    life.until(date(2026, 6, 10))
    assert life.at(date(2026, 6, 10)).rate_changes[-1][2].text() == "0.1"
