"""A loan of a Fineract case lived through the engine: its product, its commands, what stands.

The product says what the case's terms say in the words a product has here; the loan is then
booked, disbursed and paid by commands, and read as any loan is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from engine.amortization.installment import Installment
from engine.catalog.terms_in_force import TermsInForce
from engine.interest.simple_interest import SimpleInterest
from engine.loan.advance import advance
from engine.loan.closing import owed_at_payoff
from engine.loan.commands import (
    AdvanceTo,
    BookLoan,
    Command,
    DisburseLoan,
    ReceivePayment,
    RequestedTerms,
    ReversePayment,
)
from engine.loan.decide import decide
from engine.loan.events import OutcomeUndone, PaymentAllocated, PaymentReceived, Recorded
from engine.loan.installments import InstallmentRow, installment_rows
from engine.loan.loan import Loan, PaymentMade
from engine.loan.outcomes.first_schedule import contract_schedule
from engine.loan.serviceable import not_serviceable
from engine.loan.status import LoanStatus, PaymentKind
from engine.payments.payoff import payoff_total
from engine.product.disbursement import (
    DisbursementTerms,
    SeveralDisbursements,
    SingleDisbursement,
)
from engine.product.waterfall_choice import OwnWaterfall
from engine.values.money import ZERO, Money, total
from tests.conformance.case_terms import case_terms
from tests.conformance.fineract_contract import Contract
from tests.conformance.fineract_payments import payments_of
from tests.conformance.verdict import Differs, Unsupported

_WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Transaction:
    """A line of the table of transactions."""

    on: date
    kind: str
    amount: Money
    principal: Money
    interest: Money
    fees: Money
    over: Money
    balance: Money


@dataclass(slots=True)
class Replay:
    """A loan under way."""

    terms: TermsInForce
    loan: Loan | None = None
    history: list[Recorded] = field(default_factory=list)

    def put(self, command: Command) -> None:
        """Live through a command, which must not be refused."""
        decided = decide(
            self.loan, command, self.terms, loan_id="case", history=tuple(self.history)
        )
        if isinstance(decided, tuple):
            raise Differs(f"refused: {decided[0].message}")
        self.loan = decided.loan
        self.history += [
            Recorded(seq=seq, event=event, recorded_at=_WRITTEN, posted_on=event.effective_on)
            for seq, event in decided.events
        ]

    def pay(self, on: date, amount: str, kind: PaymentKind = PaymentKind.regular) -> None:
        """Receive a payment."""
        self.put(ReceivePayment(amount=amount, received_on=on, kind=kind))

    def transactions(self) -> list[Transaction]:
        """Money received that stands, with where it went and the principal owed after it."""
        assert self.loan is not None
        undone = {e.event.undoes for e in self.history if isinstance(e.event, OutcomeUndone)}
        went: dict[int, list[PaymentAllocated]] = {}
        latest = 0  # money held until a later day of no payment goes with the last one
        for item in self.history:
            if isinstance(item.event, PaymentReceived):
                latest = item.seq
            elif isinstance(item.event, PaymentAllocated) and item.seq not in undone:
                went.setdefault(item.event.payment or latest, []).append(item.event)
        lent = [
            (m.disbursed_on, m.seq, m.principal) for m in self.loan.disbursements if not m.undone
        ]
        lines: list[Transaction] = []
        repaid = ZERO
        for made in sorted(self.loan.payments, key=lambda made: (made.received_on, made.seq)):
            if made.undone:
                continue
            line = _line(made, went.get(made.seq, []))
            repaid = repaid + line.principal
            out = total(what for on, seq, what in lent if (on, seq) < (made.received_on, made.seq))
            lines.append(replace(line, balance=out - repaid))
        return lines

    def until(self, day: date) -> None:
        """Let time pass through a day."""
        self.put(AdvanceTo(day=day))

    def payoff(self, on: date) -> str:
        """What closes the loan on a day."""
        assert self.loan is not None
        loan = advance(self.loan, on, self.terms).loan
        owed = owed_at_payoff(loan, on, self.terms.product.rounding)
        return payoff_total(owed, loan.unapplied_funds).text()

    def rows(self, day: date) -> tuple[InstallmentRow, ...]:
        """The table of installments at the end of a day."""
        assert self.loan is not None
        loan = advance(self.loan, day, self.terms).loan
        return installment_rows(loan, day, self.terms.product)

    def agreed(self) -> tuple[Installment, ...]:
        """The installments of the contract, before money is out."""
        assert self.loan is not None
        return contract_schedule(self.loan.agreed, self.terms).installments

    def status(self) -> str:
        """The loan's status in Fineract's words."""
        assert self.loan is not None
        if self.loan.status in (LoanStatus.booked, LoanStatus.active):
            return "APPROVED" if self.loan.status is LoanStatus.booked else "ACTIVE"
        return "OVERPAID" if self.loan.unapplied_funds > ZERO else "CLOSED_OBLIGATIONS_MET"


def _line(made: PaymentMade, parts: list[PaymentAllocated]) -> Transaction:
    """The line of a payment; its balance is told by those before it."""
    return Transaction(
        on=made.received_on,
        kind="Down Payment" if made.reference == "down payment" else "Repayment",
        amount=made.amount,
        principal=total(part.principal for part in parts),
        interest=total(part.interest for part in parts),
        fees=total(fee for part in parts for _, fee in part.fees),
        over=total(part.unapplied for part in parts),
        balance=ZERO,
    )


def replayed(case: dict[str, Any], actions: list[dict[str, Any]], contract: Contract) -> Replay:
    """The loan of a case after its actions."""
    terms = _in_force(case, contract)
    replay = Replay(terms)
    replay.put(
        BookLoan(
            borrower_id="case",
            terms=RequestedTerms(
                amount=contract.principal.text(),
                note_rate=contract.rate.text(),
                number_of_payments=contract.count,
                contract_date=contract.start,
                first_payment_date=contract.first_payment,
                frequency=contract.frequency,
            ),
        )
    )
    for action in actions:
        _act(replay, action, contract.parts)
    return replay


def _act(replay: Replay, action: dict[str, Any], parts: int) -> None:
    kind = action["type"]
    if kind in ("approve", "rejected_attempt"):
        return
    on = date.fromisoformat(action["date"]) if action.get("date") else None
    match kind:
        case "disburse":
            assert on is not None
            amount = action["amount"] if parts > 1 else None
            replay.put(DisburseLoan(disbursed_on=on, amount=amount))
        case "repayment":
            assert on is not None
            replay.pay(on, action["amount"])
        case "payoff":
            assert on is not None
            replay.pay(on, replay.payoff(on), PaymentKind.payoff)
        case "run_cob":
            replay.until(date.fromisoformat(action["upto"]))
        case "undo_transaction":
            _undo(replay, action)
        case _:
            raise Unsupported(f"replay of {kind}")


def _undo(replay: Replay, action: dict[str, Any]) -> None:
    select = action["target"]["select"]
    if select != "last_repayment":
        raise Unsupported(f"undoing {select}")
    received = [item for item in replay.history if isinstance(item.event, PaymentReceived)]
    day = date.fromisoformat(action["business_date"])
    replay.put(ReversePayment(payment=received[-1].seq, reversed_on=day, reason="case"))


def _paid_out(contract: Contract) -> DisbursementTerms:
    if contract.parts == 1:
        return SingleDisbursement()
    return SeveralDisbursements(maximum_count=contract.parts, within_days=3660)


def _in_force(case: dict[str, Any], contract: Contract) -> TermsInForce:
    payments, waterfall = payments_of(case, simple=isinstance(contract.interest, SimpleInterest))
    terms = case_terms(
        interest=contract.interest,
        amortization=contract.amortization,
        frequency=contract.frequency,
        waterfall=OwnWaterfall(
            style=waterfall.style, order=waterfall.order, left_over=waterfall.left_over
        ),
        payments=payments,
        disbursement=_paid_out(contract),
        down_payment=contract.down_payment,
    )
    if problems := not_serviceable(terms.product):
        raise Unsupported(f"servicing: {problems[0].message}")
    return terms
