"""Tell a loan's life by real commands: quote, book, disburse, then whatever its habit brings."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import Protocol

from cli.demo_book.lives import (
    EntersService,
    FeeIsWaived,
    Happening,
    IsChargedOff,
    Pays,
    PaysOff,
    life,
)
from cli.demo_book.plan import LoanPlan
from engine.loan.commands import (
    BookLoan,
    ChargeOffLoan,
    Command,
    DisburseLoan,
    ReceivePayment,
    RecordBorrowerStatus,
    RequestedTerms,
    ReturnPayment,
    WaiveFee,
)
from engine.loan.status import BorrowerStatusKind, LoanStatus, PaymentKind
from engine.loan.terms import Circumstances
from servicing import quotes, reads
from servicing.actor import Actor
from servicing.errors import CommandRefused
from servicing.house import House
from servicing.views import Receipt


class SettableClock(Protocol):
    """A clock that can be put to a day."""

    def set(self, day: date) -> None:
        """Make it that day."""


class Narrator:
    """Lives loans one command after the other, each on the day it became known.

    Every command has a key of its own, so a book whose making was interrupted is made to its end
    by the next start.
    """

    def __init__(
        self, house: House, actor: Actor, clock: SettableClock, chance: Random, *, through: date
    ) -> None:
        self.house = house
        self.actor = actor
        self.clock = clock
        self.chance = chance
        self.through = through
        self.key = ""

    async def tell(self, plan: LoanPlan, borrower_id: str) -> None:
        """Quote, book and disburse the loan, then let happen what its habit brings."""
        terms = RequestedTerms(
            amount=plan.amount,
            note_rate=plan.note_rate,
            number_of_payments=plan.number_of_payments,
            contract_date=plan.contract_date,
            first_payment_date=plan.first_payment_date,
            frequency=plan.frequency,
            circumstances=Circumstances(state=plan.state),
        )
        quote = await quotes.make(self.house, self.actor, plan.product, terms)
        key = f"demo_book:{plan.number}:booked"
        booked = await self.house.servicer.execute(
            self.actor,
            BookLoan(borrower_id=borrower_id, terms=terms, quote_id=quote.quote_id),
            idempotency_key=key,
            request_hash=sha256(key.encode()).digest(),
        )
        self.key = f"demo_book:{plan.number}"
        out = min(plan.contract_date + timedelta(days=self.chance.choice((0, 0, 1))), self.through)
        await self.do(booked.loan_id, out, DisburseLoan(disbursed_on=out))
        lived = life(self.chance, plan.habit, quote.schedule, self.through)
        for place, happening in enumerate(lived):
            self.key = f"demo_book:{plan.number}:{place}"
            await self.happen(booked.loan_id, happening)

    async def do(self, loan_id: str, known_on: date, command: Command) -> Receipt:
        """Carry a command out on the day it became known."""
        self.clock.set(known_on)
        key = f"{self.key}:{type(command).__name__}"
        return await self.house.servicer.execute(
            self.actor,
            command,
            loan_id=loan_id,
            idempotency_key=key,
            request_hash=sha256(key.encode()).digest(),
        )

    async def happen(self, loan_id: str, happening: Happening) -> None:
        """One happening; what a paid-off loan declines simply does not happen."""
        try:
            await self._happen(loan_id, happening)
        except CommandRefused as refused:
            if {refusal.code for refusal in refused.refusals} - {"paid_off", "not_active"}:
                raise

    async def _happen(self, loan_id: str, happening: Happening) -> None:
        day = happening.known_on
        match happening:
            case Pays():
                await self._pay(loan_id, happening)
            case PaysOff():
                self.clock.set(day)
                owed = await reads.payoff_quote(self.house, self.actor, loan_id, as_of=day)
                if owed.total.startswith("-") or owed.total == "0.00":
                    return
                payoff = ReceivePayment(
                    amount=owed.total, received_on=day, method="wire", kind=PaymentKind.payoff
                )
                await self.do(loan_id, day, payoff)
            case EntersService():
                served = RecordBorrowerStatus(
                    status=BorrowerStatusKind.military_service,
                    from_date=happening.began_on,
                    to_date=happening.ended_on,
                    evidence="Orders received",
                )
                await self.do(loan_id, day, served)
            case IsChargedOff():
                loss = ChargeOffLoan(charged_off_on=day, reason="120 days past due")
                await self.do(loan_id, day, loss)
            case FeeIsWaived():
                await self._waive(loan_id, day)

    async def _pay(self, loan_id: str, paid: Pays) -> None:
        amount = f"{paid.cents // 100}.{paid.cents % 100:02d}"
        received = ReceivePayment(amount=amount, received_on=paid.received_on, method=paid.method)
        receipt = await self.do(loan_id, paid.known_on, received)
        if paid.comes_back_on is None or paid.comes_back_on > self.through:
            return
        number = int(receipt.payment_id.rpartition("_")[2])
        returned = ReturnPayment(
            payment=number, returned_on=paid.comes_back_on, return_code=paid.return_code
        )
        await self.do(loan_id, paid.comes_back_on, returned)

    async def _waive(self, loan_id: str, day: date) -> None:
        self.clock.set(day)
        loan = await reads.loan(self.house, self.actor, loan_id, as_of=day)
        if loan.status != LoanStatus.active or not loan.unpaid_fees:
            return
        fee = loan.unpaid_fees[-1]
        waived = WaiveFee(fee_id=fee.fee_id, waived_on=day, reason="Goodwill, first late payment")
        await self.do(loan_id, day, waived)
