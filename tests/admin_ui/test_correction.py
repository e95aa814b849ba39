"""A correction event by event, from the dry run of a reversal and of a backdated payment."""

from __future__ import annotations

from datetime import date

from admin_ui.components.correction import changes, is_correction, said
from engine.loan.commands import AdvanceTo, ReceivePayment, ReversePayment
from servicing.ids import payment_of
from tests.admin_ui.conftest import Admin

DAY = date(2026, 4, 20)


async def test_each_event_is_told_with_what_stood_and_what_stands_instead(admin: Admin) -> None:
    lender = admin.lender
    loan_id = await lender.lends()
    paid = await lender.is_paid(loan_id, "242.42", date(2026, 2, 15))
    lender.clock.set(DAY)
    await lender.does(loan_id, AdvanceTo(day=DAY))
    found = payment_of(paid.payment_id)
    assert found is not None
    undo = ReversePayment(payment=found[1], reversed_on=DAY, reason="Not ours")
    receipt = await lender.does(loan_id, undo, dry_run=True)
    assert is_correction(receipt.events)
    told = {change.what: change for change in changes(receipt.events)[0]}
    allocated = told["Payment allocated"]
    assert "interest 63.66, principal 178.76" in allocated.before and not allocated.after
    fee = told["Late fee, installment 1"]
    assert (fee.before, fee.after) == ("", "Feb 26, 2026, 15.00")
    late = told["Delinquency: 30+ days late"]
    assert (late.before, late.after) == ("Apr 14, 2026", "Mar 17, 2026")

    backdated = ReceivePayment(amount="242.42", received_on=date(2026, 3, 15))
    receipt = await lender.does(loan_id, backdated, dry_run=True)
    told = {change.what: change for change in changes(receipt.events)[0]}
    assert told["Late fee, installment 2"].before == "Mar 26, 2026, 15.00"
    assert not told["Late fee, installment 2"].after
    assert "interest 55.44" in told["Payment allocated"].after


async def test_a_plain_payment_corrects_nothing(admin: Admin) -> None:
    lender = admin.lender
    today = lender.clock.business_date()
    loan_id = await lender.lends(on=today)
    receipt = await lender.does(
        loan_id, ReceivePayment(amount="10.00", received_on=today), dry_run=True
    )
    assert not is_correction(receipt.events) and said(None) == ""
