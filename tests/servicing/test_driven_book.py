"""A book driven through corrections of every kind still says the same, counted a second way."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from engine.loan.commands import (
    AdvanceTo,
    ChargeOffLoan,
    PlaceOnNonAccrual,
    ReceivePayment,
    ReturnPayment,
    ReturnToAccrual,
    ReversePayment,
    WaiveFee,
)
from servicing import daily_run, reads
from servicing.errors import CommandRefused
from servicing.payments import payments
from servicing.verification import verify
from tests.servicing.lending import ANYONE, START, Lender


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_is_done_to_loans_positions_are_what_events_give(
    lender: Lender, seed: int
) -> None:
    chance = random.Random(seed)
    loans = [
        await lender.lends(),
        await lender.lends("pay_in_4", amount="400.00", note_rate="0", number_of_payments=4),
        await lender.lends("auto_simple_interest", amount="12000.00", note_rate="0.0799",
                           number_of_payments=36),
        await lender.lends("scheduled_installment", amount="3000.00", note_rate="0.1899",
                           number_of_payments=12),
        await lender.lends("precomputed_installment", amount="2400.00", note_rate="0.09",
                           number_of_payments=12),
    ]  # fmt: skip
    day, done = START, 0
    for _ in range(40):
        day += timedelta(days=chance.randrange(12))
        lender.clock.set(day)
        loan = chance.choice(loans)
        back = day - timedelta(days=chance.choice((0, 0, 3, 20, 45)))
        taken = [p for p in await payments(lender.house, ANYONE, loan) if p.state == "received"]
        number = int(chance.choice(taken).payment_id.rpartition("_")[2]) if taken else 1
        fees = (await reads.loan(lender.house, ANYONE, loan)).unpaid_fees
        command = chance.choice(
            [
                ReceivePayment(amount=f"{chance.randrange(5, 400)}.07", received_on=back),
                ReceivePayment(amount=f"{chance.randrange(50, 400)}.11", received_on=back),
                ReturnPayment(payment=number, returned_on=back, return_code="R01"),
                ReversePayment(payment=number, reversed_on=day, reason="test"),
                WaiveFee(fee_id=fees[0].fee_id if fees else "late_fee/1", waived_on=day,
                         reason="test"),
                AdvanceTo(day=day),
                PlaceOnNonAccrual(placed_on=back, reason="test"),
                ReturnToAccrual(returned_on=back, reason="test"),
                ChargeOffLoan(charged_off_on=day, reason="test"),
            ]
        )  # fmt: skip
        if isinstance(command, ChargeOffLoan) and chance.random() < 0.8:
            await daily_run.run(lender.house)
            continue
        try:
            await lender.does(loan, command)
        except CommandRefused:
            continue
        done += 1
    assert done > 8
    assert (await verify(lender.house)).problems == ()
