"""Loans whose whole charge is fixed at the start, and rebated when they are paid off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.rule_book import RuleBook
from engine.interest.period_interest import PayoffInterest
from engine.interest.precomputed_interest import ChargeBasis, ChargeParts, PrecomputedInterest
from engine.interest.unearned_interest import EarningMethod, unearned_interest
from engine.loan import observe
from engine.loan.closing import given_back, owed_at_payoff
from engine.loan.commands import (
    BoardLoan,
    BookLoan,
    ChangeRate,
    ChargeOffLoan,
    PauseInterest,
    ReceivePayment,
    RecordBorrowerStatus,
    RequestedTerms,
)
from engine.loan.events import LoanBooked, PaymentAllocated
from engine.loan.outcomes.lowered_charge import at_another_rate
from engine.loan.status import BorrowerStatusKind, LoanStatus, PaymentKind
from engine.payments.terms import PaymentTerms
from engine.values.money import ZERO, Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact
from store.definitions.load import load_catalog
from tests.engine.loan.life import Life, a_loan, a_product, in_force
from tests.engine.loan.service_law import LAW
from tests.engine.loan.standing import standing
from tests.store.definitions.house import CHECKOUT

UP = Rounding.half_up
DUE = [date(2026, month, 15) for month in range(2, 13)] + [date(2027, 1, 15)]


def terms(rules: RuleBook | None = None, **interest: Any) -> TermsInForce:
    chosen = {"parts": ChargeParts.rule_of_78, "payoff": PayoffInterest.completed_periods}
    return in_force(
        a_product(
            interest=PrecomputedInterest(**(chosen | interest)),
            fees=(),
            payments=PaymentTerms(early_window_days=None),
        ),
        rules=rules,
    )


def lent(rules: RuleBook | None = None, **interest: Any) -> Life:
    """1,950 at an add-on of 8 percent for a year: a charge of 156.00, payments of 175.50."""
    return a_loan(terms(rules, **interest), amount="1950.00", rate="0.08")


def payoff(life: Life, day: date) -> str:
    return owed_at_payoff(life.at(day), day, UP).text()


@pytest.mark.parametrize("days", [-9, 0, 9, 70])
def test_paying_early_or_late_changes_no_interest(days: int) -> None:
    life = lent()
    for due in DUE[:-1]:
        life.pays("175.50", due + timedelta(days=days))
    taken = [event.interest.minor for event in life.events(PaymentAllocated)]
    assert taken == [2400, 2200, 2000, 1800, 1600, 1400, 1200, 1000, 800, 600, 400]


@pytest.mark.parametrize(
    ("parts", "method"),
    [
        (ChargeParts.rule_of_78, EarningMethod.rule_of_78),
        (ChargeParts.actuarial, EarningMethod.actuarial),
        (ChargeParts.equal, EarningMethod.straight_line),
    ],
)
def test_a_payoff_owes_unpaid_payments_less_the_rebate(
    parts: ChargeParts, method: EarningMethod
) -> None:
    """Payments of 175.50 to come less what is unearned by the method, after each of them."""
    life = lent(parts=parts)
    for paid, due in enumerate(DUE[:-1], start=1):
        life.pays("175.50", due)
        left = 12 - paid
        rebate = round_exact(unearned_interest(method, Money(195_000), Money(17_550), 12, left), UP)
        assert payoff(life, due) == (Money(17_550) * left - rebate).text()


@pytest.mark.parametrize(
    ("convention", "on_the_15th_day", "on_the_16th_day"),
    [
        (PayoffInterest.completed_periods, "1798.50", "1798.50"),
        (PayoffInterest.fifteen_day_rule, "1798.50", "1820.50"),
        (PayoffInterest.whole_period, "1820.50", "1820.50"),
        (PayoffInterest.through_payoff_day, "1810.29", "1811.07"),
    ],
)
def test_the_rebates_date_is_the_products_choice(
    convention: PayoffInterest, on_the_15th_day: str, on_the_16th_day: str
) -> None:
    life = lent(payoff=convention)
    life.pays("175.50", DUE[0])
    assert payoff(life, DUE[0]) == "1798.50"
    assert payoff(life, DUE[0] + timedelta(days=15)) == on_the_15th_day
    assert payoff(life, DUE[0] + timedelta(days=16)) == on_the_16th_day


def test_a_minimum_charge_is_kept_and_never_more_than_the_whole() -> None:
    assert payoff(lent(minimum_charge=Money(1500)), date(2026, 1, 20)) == "1965.00"
    assert payoff(lent(minimum_charge=Money(99_900)), date(2026, 1, 20)) == "2106.00"


def test_a_payoff_that_falls_short_is_none_and_meets_no_minimum_charge() -> None:
    """It would pay the charge of installments to come, which they would ask for again."""
    life = lent(minimum_charge=Money(99_900))
    life.pays("500.00", date(2026, 1, 20), PaymentKind.payoff)
    (paid,) = life.events(PaymentAllocated)
    assert paid.interest <= Money(2400), "no more than the first installment asks for"
    life.pays("175.50", DUE[0])


def test_a_late_loan_owes_every_installment_due_and_no_more_charge() -> None:
    life = lent()
    day = date(2027, 6, 1)
    assert payoff(life, day) == "2106.00"
    assert observe.total_owed(life.at(day), day, UP).text() == "2106.00"


def test_a_regular_payment_of_everything_rebates_too() -> None:
    life = lent()
    life.pays("2106.00", DUE[0])
    assert life.loan is not None and life.loan.status is LoanStatus.paid_off
    assert life.loan.unapplied_funds.text() == "132.00"


def test_charge_paid_ahead_is_given_back_and_back_again_when_the_payoff_returns() -> None:
    life, never = lent(), lent()
    for one in (life, never):
        one.pays("526.50", date(2026, 2, 5))
    day = date(2026, 2, 16)
    assert given_back(life.at(day), day, UP).text() == "42.00"
    number = life.pays(payoff(life, day), day, PaymentKind.payoff)
    assert life.loan is not None and life.loan.status is LoanStatus.paid_off
    assert life.loan.interest_paid.text() == "24.00"
    life.is_reversed(number, day)
    never.until(day)
    assert standing(life.at(day)) == standing(never.at(day))


def test_charge_off_takes_the_unearned_part_out() -> None:
    life = lent()
    life.pays("175.50", DUE[0])
    life.live(ChargeOffLoan(charged_off_on=DUE[1], reason="gone"))
    assert life.loan is not None
    assert life.loan.recovery_balance.text() == "1820.50"


def test_a_discount_is_kept_out_of_the_proceeds() -> None:
    life = lent(charge=ChargeBasis.discount, parts=ChargeParts.equal)
    assert life.loan is not None
    assert life.loan.agreed.charge_from_proceeds.text() == "156.00"
    assert life.loan.principal_balance.text() == "1794.00"
    assert sum(row.amount.minor for row in observe.planned(life.loan)) == 195_000


def test_the_cost_of_a_discount_is_told_on_what_is_received() -> None:
    life = lent(charge=ChargeBasis.discount, parts=ChargeParts.equal)
    (booked,) = life.events(LoanBooked)
    figures = booked.because.figures
    assert (figures["amount_financed"], figures["finance_charge"]) == ("1794.00", "156.00")


def test_a_flat_charge_is_the_same_for_every_term() -> None:
    short = a_loan(terms(charge=ChargeBasis.flat), amount="1950.00", rate="0.08", payments=6)
    assert short.loan is not None
    assert sum(row.interest.minor for row in observe.planned(short.loan)) == 15_600


# --- what a fixed charge does not let happen ------------------------------------------------------


def test_no_money_goes_to_principal_alone() -> None:
    kind = PaymentKind.principal_only
    command = ReceivePayment(amount="100.00", received_on=DUE[0], kind=kind)
    assert lent().refused(command)[0].code == "interest_fixed"


def test_no_person_changes_the_rate_or_pauses_the_charge() -> None:
    change = ChangeRate(note_rate="0.05", effective_on=DUE[0], reason="hardship")
    assert lent().refused(change)[0].code == "interest_fixed"
    pause = PauseInterest(from_date=DUE[0], to_date=DUE[1], reason="flood")
    assert lent().refused(pause)[0].code == "interest_fixed"


def test_loans_of_a_fixed_charge_do_not_board() -> None:
    board = BoardLoan(
        borrower_id="brw_1", boarded_on=DUE[0], original_amount="1950.00", note_rate="0.08",
        contract_date=date(2026, 1, 15), number_of_payments=12, remaining_payments=11,
        next_due_date=DUE[1], installment_amount="175.50", principal_balance="1798.50",
    )  # fmt: skip
    assert Life(terms()).refused(board)[0].code == "interest_fixed"


def test_service_lowers_the_charge_still_to_be_earned_and_the_installments() -> None:
    life = lent(LAW)
    life.live(RecordBorrowerStatus(status=BorrowerStatusKind.military_service, from_date=DUE[0]))
    assert life.loan is not None
    rows = observe.planned(life.loan)
    # six of eight percent: 22.00 becomes 16.50, and 175.50 becomes 170.00
    assert (rows[1].interest.text(), rows[1].amount.text()) == ("16.50", "170.00")
    assert rows[0].interest.text() == "24.00"
    coming = observe.unbilled(life.loan)
    back = at_another_rate(life.loan, coming, DUE[0], Rate.parse("0.08"), UP)
    assert [row.interest.minor for row in back[:2]] == [2200, 2000]


def test_law_forbids_the_rule_of_78_over_61_months() -> None:
    catalog = load_catalog(CHECKOUT / "products", CHECKOUT / "rules")
    assert catalog.rules is not None
    asked = RequestedTerms(
        amount="1950.00", note_rate="0.05", number_of_payments=62, contract_date=date(2026, 1, 15)
    )
    book = BookLoan(borrower_id="brw_1", terms=asked)
    refused = Life(terms(catalog.rules)).refused(book)
    assert [found.rule for found in refused] == ["us.federal.rule_of_78.ban_over_61_months"]
    allowed = Life(terms(catalog.rules, parts=ChargeParts.actuarial))
    allowed.live(book)
    assert allowed.loan is not None and allowed.loan.paid_off_on is None
    assert observe.unbilled(allowed.loan)[-1].amount > ZERO
