"""Terms of fees as a loan lives them: who says the amount, how often, under which condition."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from engine.fees.amount import Stated
from engine.fees.manual_fee import ManualFee
from engine.loan.commands import AssessFee, ChargeOffLoan, WaiveFee
from engine.loan.events import FeeAssessed, FeeForgone, LoanDisbursed
from engine.values.money import Money
from tests.engine.loan.life import FEES, a_loan, a_product, in_force


def test_a_financed_fee_is_kept_as_agreed_and_the_borrower_receives_what_was_asked_for() -> None:
    fee = replace(FEES[0], collected="financed")
    life = a_loan(in_force(a_product(fees=(fee,))), amount="5000.00")
    (out,) = life.events(LoanDisbursed)
    assert (out.principal.text(), out.fees_from_proceeds.text()) == ("5150.00", "150.00")


def test_a_fee_whose_amount_is_open_takes_what_the_person_states() -> None:
    tow = ManualFee(name="tow_fee", title="Towing", amount=Stated(maximum=Money(30_000)))
    life = a_loan(in_force(a_product(fees=(*FEES, tow))))
    on = date(2026, 3, 1)

    def asked(fee: str, amount: str | None) -> AssessFee:
        return AssessFee(fee=fee, assessed_on=on, amount=amount, reason="towed")

    assert [r.code for r in life.refused(asked("tow_fee", None))] == ["amount_missing"]
    assert [r.code for r in life.refused(asked("tow_fee", "300.01"))] == ["more_than_allowed"]
    assert [r.code for r in life.refused(asked("copy_fee", "5.00"))] == ["amount_not_open"]
    life.live(asked("tow_fee", "180.50"))
    (fee,) = [event for event in life.events(FeeAssessed) if event.name == "tow_fee"]
    assert (fee.amount.text(), fee.because.term) == ("180.50", "/fees/4")


def test_a_fee_by_hand_that_rests_on_an_installment_none_has_is_refused() -> None:
    life = a_loan()
    refusals = life.refused(AssessFee(fee="late_fee", assessed_on=date(2026, 1, 20), reason="x"))
    assert [r.code for r in refusals] == ["cannot_be_worked_out"]


def test_a_returned_payment_fee_is_charged_no_oftener_than_it_may_be() -> None:
    once = replace(FEES[2], maximum_per_12_months=1)
    life = a_loan(in_force(a_product(fees=(once,))))
    for day in (date(2026, 2, 15), date(2026, 3, 15)):
        life.comes_back(life.pays("892.87", day), day + timedelta(days=2), "R01")
    assert [event.amount.text() for event in life.events(FeeAssessed)] == ["25.00"]
    (forgone,) = life.events(FeeForgone)
    assert forgone.because.figures["maximum_per_12_months"] == "1"


def test_a_fee_is_charged_only_where_its_condition_holds() -> None:
    late = replace(FEES[1], charged_when='installment_unpaid > money("10.00")')
    for paid, fees in (("890.00", 0), ("800.00", 1)):
        life = a_loan(in_force(a_product(fees=(late,))))
        life.pays(paid, date(2026, 2, 15))
        life.until(date(2026, 3, 1))
        assert len(life.events(FeeAssessed)) == fees


def test_no_fee_is_waived_once_the_loss_is_recognized() -> None:
    life = a_loan()
    life.until(date(2026, 3, 1))
    life.live(ChargeOffLoan(charged_off_on=date(2026, 8, 1), reason="120 days"))
    waived = WaiveFee(fee_id="late_fee/1", waived_on=date(2026, 8, 2), reason="goodwill")
    assert [r.code for r in life.refused(waived)] == ["charged_off"]
