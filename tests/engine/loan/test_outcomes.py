"""What the engine decides of itself: allocations, bills, fees, stages, rates."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.loan import observe
from engine.loan.commands import RecordBorrowerStatus, WaiveFee
from engine.loan.events import (
    BalanceForgiven,
    DelinquencyStageChanged,
    FeeAssessed,
    FeeForgone,
    InstallmentBilled,
    LoanPaidOff,
    PaymentAllocated,
    PaymentReceived,
)
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.fees import fee_facts, judge_fee
from engine.loan.outcomes.first_schedule import contract_schedule
from engine.loan.outcomes.reamortization import balance_to_amortize
from engine.loan.outcomes.stages import severity
from engine.loan.status import BorrowerStatusKind, PaymentKind
from engine.payments.terms import PartialPayments, PaymentTerms
from engine.values.money import ZERO, Money, total
from tests.engine.loan.life import FEES, PAY_IN_4, PERSONAL, Life, a_loan, a_product, in_force

FEB, MAR, APR = date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15)


def allocation(life: Life) -> PaymentAllocated:
    """The last allocation that counts."""
    last = life.events(PaymentAllocated)[-1]
    assert isinstance(last, PaymentAllocated)
    return last


def test_interest_to_the_day_is_paid_first_and_the_rest_lowers_principal() -> None:
    life = a_loan()
    life.pays("892.87", FEB)
    paid = allocation(life)
    # 10,000.00 × 12.99 % × 31/365 = 110.326… → 110.33
    assert (paid.interest.text(), paid.principal.text()) == ("110.33", "782.54")
    assert paid.installments == ((1, Money(89287)),)


def test_paying_early_earns_less_interest_and_satisfies_the_next_installment() -> None:
    life = a_loan()
    life.pays("892.87", date(2026, 2, 5))
    # 21 days: 74.736… → 74.74
    assert allocation(life).interest.text() == "74.74"
    assert life.numbers(date(2026, 3, 1))["past_due"] == "0.00"


def test_money_before_the_window_is_a_curtailment_and_satisfies_nothing() -> None:
    life = a_loan()
    life.pays("500.00", date(2026, 1, 20))
    assert allocation(life).installments == ()
    assert life.numbers(date(2026, 2, 20))["past_due"] == "892.87"


def test_a_principal_only_payment_leaves_interest_and_installments_alone() -> None:
    life = a_loan()
    life.pays("1000.00", date(2026, 2, 1), PaymentKind.principal_only)
    paid = allocation(life)
    assert (paid.principal.text(), paid.interest, paid.installments) == ("1000.00", ZERO, ())


def test_the_oldest_installment_is_paid_before_fees_and_before_the_next() -> None:
    life = a_loan()
    life.pays("1000.00", date(2026, 3, 14))
    paid = allocation(life)
    assert dict(paid.installments)[1] == Money(89287)
    assert dict(paid.fees) == {"late_fee/1": Money(1500)}
    assert dict(paid.installments)[2] == Money(100_000 - 89_287 - 1_500)


def test_a_payoff_closes_the_loan_and_what_is_over_is_held() -> None:
    life = a_loan()
    life.pays("10500.00", date(2026, 2, 1), PaymentKind.payoff)
    loan = life.at(date(2026, 2, 1))
    # 17 days of 3.5589… = 60.50
    assert loan.unapplied_funds.text() == "439.50"
    assert [e.effective_on for e in life.events(LoanPaidOff)] == [date(2026, 2, 1)]


def test_a_residue_within_tolerance_is_forgiven_so_that_the_loan_closes() -> None:
    life = a_loan(PERSONAL)
    life.pays("10060.00", date(2026, 2, 1), PaymentKind.payoff)
    (forgiven,) = life.events(BalanceForgiven)
    assert (forgiven.principal + forgiven.interest).text() == "0.50"
    assert life.numbers(date(2026, 2, 1))["status"] == "paid_off"


def test_partial_payments_are_held_until_they_cover_the_installment() -> None:
    payments = PaymentTerms(partial_payments=PartialPayments.hold_until_full, early_window_days=15)
    life = a_loan(in_force(a_product(payments=payments)))
    life.pays("400.00", date(2026, 2, 10))
    assert life.at(date(2026, 2, 10)).unapplied_funds.text() == "400.00"
    life.pays("892.87", date(2026, 2, 12))
    assert life.numbers(date(2026, 2, 20))["past_due"] == "0.00"
    life.until(MAR)
    assert life.at(MAR).unapplied_funds.text() == "400.00"
    assert life.numbers(date(2026, 3, 16))["past_due"] == "892.87"


def test_held_money_pays_the_installment_when_it_falls_due() -> None:
    payments = PaymentTerms(partial_payments=PartialPayments.hold_until_full, early_window_days=15)
    life = a_loan(in_force(a_product(payments=payments)))
    life.pays("600.00", date(2026, 2, 10))
    life.pays("600.00", date(2026, 2, 12))
    assert life.at(date(2026, 2, 12)).unapplied_funds.text() == "1200.00"
    life.until(FEB)
    assert life.at(FEB).unapplied_funds.text() == "307.13"
    assert life.numbers(date(2026, 2, 20))["past_due"] == "0.00"


def test_the_last_installment_bills_everything_still_owed() -> None:
    life = a_loan(payments=2)
    life.pays("5080.00", date(2026, 2, 20))
    life.until(MAR)
    last = life.events(InstallmentBilled)[-1]
    loan = life.at(MAR)
    owed = loan.principal_balance + observe.interest_owed(loan, MAR, PERSONAL.product.rounding)
    others = total(
        row.remaining
        for row in observe.installments_due(loan, MAR, PERSONAL.product.rounding)
        if row.number != 2
    )
    assert last.amount - loan.paid_toward.get(2, ZERO) == owed - others


def test_a_late_fee_is_the_lesser_of_15_dollars_and_5_percent_of_what_is_unpaid() -> None:
    life = a_loan()
    life.pays("792.87", FEB)
    life.until(date(2026, 3, 1))
    (fee,) = life.events(FeeAssessed)
    assert fee.amount.text() == "5.00"
    assert fee.because.figures["allowed_by_note"] == "5.00"


def test_one_late_fee_an_installment_in_pay_in_4() -> None:
    life = a_loan(PAY_IN_4, amount="400.00", rate="0", payments=4)
    life.until(date(2026, 4, 1))
    fees = life.events(FeeAssessed)
    assert [f.fee_id for f in fees] == [f"late_fee/{n}" for n in (1, 2, 3, 4)]
    assert {f.amount.text() for f in fees} == {"7.00"}


def test_a_fee_beyond_its_yearly_maximum_is_forgone_and_not_judged_again() -> None:
    late = FEES[1]
    capped = type(late)(
        **{f: getattr(late, f) for f in late.__struct_fields__ if f != "maximum_per_12_months"},
        maximum_per_12_months=2,
    )
    life = a_loan(in_force(a_product(fees=(capped,))))
    life.until(date(2026, 6, 1))
    assert len(life.events(FeeAssessed)) == 2
    assert [f.fee_id for f in life.events(FeeForgone)] == ["late_fee/3", "late_fee/4"]


def test_stages_rise_with_days_and_fall_with_payment() -> None:
    life = a_loan()
    life.until(date(2026, 4, 20))
    life.pays("892.87", date(2026, 4, 20))
    stages = [(e.stage, e.days_past_due) for e in life.events(DelinquencyStageChanged)]
    assert stages == [("late_1", 1), ("late_30", 30), ("late_60", 60), ("late_30", 36)]
    assert severity("late_30", PERSONAL.product.delinquency) == 30


def test_waiving_the_only_thing_owed_closes_the_loan() -> None:
    life = a_loan(PAY_IN_4, amount="400.00", rate="0", payments=4)
    life.pays("393.00", date(2026, 1, 20))
    life.until(date(2026, 3, 20))
    owed = life.numbers(date(2026, 3, 20))
    life.pays("7.00", date(2026, 3, 20))
    assert (owed["principal"], owed["fees"]) == ("7.00", "1.75")
    life.live(WaiveFee(fee_id="late_fee/2", waived_on=date(2026, 3, 21), reason="goodwill"))
    assert life.numbers(date(2026, 3, 21))["status"] == "paid_off"


def test_what_fell_due_is_not_amortized_again() -> None:
    life = a_loan()
    life.until(date(2026, 3, 1))
    loan = life.at(date(2026, 3, 1))
    principal, carry = balance_to_amortize(loan, date(2026, 3, 1), PERSONAL)
    # 45 days of interest are 160.15; the missed 892.87 takes them and 732.72 of principal.
    # Exactly they are 5/73 of a cent more, which is carried on.
    assert (principal.text(), carry) == ("9267.28", Fraction(5, 73))


def test_a_status_without_a_rule_leaves_the_rate_alone() -> None:
    life = a_loan()
    life.live(
        RecordBorrowerStatus(status=BorrowerStatusKind.bankruptcy, from_date=date(2026, 3, 1))
    )
    assert len(life.at(date(2026, 3, 1)).rate_changes) == 1


def test_the_contract_schedule_sums_to_the_amount_lent() -> None:
    life = a_loan()
    rows = contract_schedule(life.at(FEB).agreed, PERSONAL).installments
    assert total(row.principal for row in rows) == Money(1_000_000)


def test_judging_a_fee_without_law_gives_what_the_note_allows() -> None:
    life = a_loan()
    draft = Draft.on(life.at(FEB), PERSONAL)
    fee = FEES[3]
    judged = judge_fee(fee, fee_facts(draft.loan, FEB, draft, fee), draft, FEB)
    assert judged.amount == judged.allowed_by_note == Money(500)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 60),
            st.integers(1, 400_000),
            st.sampled_from(list(PaymentKind)[:3]),
        ),
        max_size=8,
    ),
    st.sampled_from([PERSONAL, PAY_IN_4]),
)
@settings(max_examples=40)
def test_cents_in_are_cents_out_and_nothing_goes_below_zero(
    drawn: list[tuple[int, int, PaymentKind]], terms: object
) -> None:
    pay_in_4 = terms is PAY_IN_4
    life = a_loan(
        PAY_IN_4 if pay_in_4 else PERSONAL,
        payments=4 if pay_in_4 else 12,
        rate="0" if pay_in_4 else "0.1299",
    )
    day = date(2026, 1, 16)
    for days, cents, kind in drawn:
        day += timedelta(days=days)
        if life.at(day).paid_off_on:
            break
        life.pays(Money(cents).text(), day, kind)
        paid, into = life.events(PaymentReceived), life.events(PaymentAllocated)
        parts = total(
            a.interest + a.principal + a.recovery + a.unapplied + total(m for _, m in a.fees)
            for a in into
        )
        assert total(p.amount for p in paid) == parts
        loan = life.at(day)
        assert loan.principal_balance >= ZERO
        assert loan.unapplied_funds >= ZERO
        assert all(fee.owed >= ZERO for fee in observe.fees(loan))
    assert day - timedelta(days=1) < day
