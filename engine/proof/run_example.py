"""Run an example's loan and happenings through the engine, as they would be serviced.

Every command goes through ``decide`` with the history before it, time passing included, so an
example proves what a real loan of the product would do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import assert_never

from msgspec.structs import replace

from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.rule import Point
from engine.errors import Refusal, Refused
from engine.interest.rate_plan.index_values import IndexValue
from engine.loan.commands import (
    AdvanceTo,
    AssessFee,
    BookLoan,
    ChangeRate,
    Command,
    DisburseLoan,
    EndInterestPause,
    PauseInterest,
    ReceivePayment,
    RecordBorrowerStatus,
    RequestedDisbursement,
    RequestedTerms,
    ReturnPayment,
    ReversePayment,
)
from engine.loan.counts import counts_on
from engine.loan.decide import decide
from engine.loan.decisions.offer import Offer, make_offer
from engine.loan.events import Event, Recorded
from engine.loan.loan import Loan
from engine.loan.reapply import live
from engine.loan.status import (
    BorrowerStatusKind,
    PausedAmounts,
    PausedInstallments,
    PaymentKind,
)
from engine.loan.terms import Circumstances
from engine.product.example import (
    DisbursementHappens,
    Example,
    ExampleLoan,
    FeeHappens,
    Happening,
    IndexHappens,
    PauseEndHappens,
    PauseHappens,
    PaymentHappens,
    RateHappens,
    ReturnHappens,
    ReversalHappens,
    ServiceHappens,
)

_WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
"""When an example's events were written says nothing; they need a time."""
_REASON = "example"


@dataclass(slots=True)
class ExampleRun:
    """An example under way: the loan, its history, and what was refused."""

    example: Example
    terms: TermsInForce
    loan: Loan | None = None
    history: list[Recorded] = field(default_factory=list)
    refusals: tuple[Refusal, ...] = ()
    payments: dict[str, int] = field(default_factory=dict)
    """Name of a payment → its sequence number; the last one also under ""."""
    passed_to: date | None = None

    def offer(self) -> Offer | None:
        """The offer of the example's loan; None when it is refused, with ``refusals`` kept."""
        try:
            terms = self.known(self.example.loan.contract_date)
            return make_offer(self.requested, terms, Point.originate)
        except Refused as refused:
            self.refusals = refused.refusals
            return None

    @property
    def requested(self) -> RequestedTerms:
        return requested_terms(self.example.loan, self.terms.product.currency)

    def begin(self) -> bool:
        """Book and disburse the loan; False when that is refused."""
        loan = self.example.loan
        booked = self.put(BookLoan(borrower_id="example", terms=self.requested))
        planned = loan.disbursements[0].on if loan.disbursements else loan.contract_date
        day = loan.disbursed_on or planned
        return booked and self.put(DisburseLoan(disbursed_on=day))

    def happen(self, happening: Happening) -> bool:
        """Let a happening come in on its day; False when it is refused."""
        if isinstance(happening, IndexHappens) and happening.on < self.example.loan.contract_date:
            return True
        if not self.advance(happening.on):
            return False
        if (
            isinstance(happening, ReturnHappens | ReversalHappens)
            and happening.payment not in self.payments
        ):
            self.refusals = (_never_received(happening),)
            return False
        done = self.put(self.command(happening))
        if done and isinstance(happening, PaymentHappens):
            number = max(made.seq for made in self.standing.payments)
            self.payments[happening.name] = self.payments[""] = number
        return done

    def advance(self, day: date) -> bool:
        """Let time pass through a day."""
        if self.passed_to is not None and day <= self.passed_to:
            return True
        self.passed_to = day
        return self.put(AdvanceTo(day=day))

    def known(self, day: date) -> TermsInForce:
        """The terms with the index values known by a day, or by the day time has passed to."""
        today = max(day, self.passed_to) if self.passed_to else day
        indexes: dict[str, tuple[IndexValue, ...]] = {}
        for part in self.example.happenings:
            if isinstance(part, IndexHappens) and part.on <= today:
                value = IndexValue(
                    value_on=part.value_on or part.on, value=part.value, known_on=part.on
                )
                indexes[part.index] = (*indexes.get(part.index, ()), value)
        return replace(self.terms, indexes=indexes) if indexes else self.terms

    @property
    def standing(self) -> Loan:
        """The loan, once it was made."""
        assert self.loan is not None, "the loan of the example was not made"
        return self.loan

    def live_events(self) -> list[Event]:
        """Events that stand: those a correction took back are gone."""
        numbered = [(item.seq, item.event) for item in self.history]
        return [event for _, event in live(numbered)]

    def put(self, command: Command) -> bool:
        decided = decide(
            self.loan,
            command,
            self.known(counts_on(command)),
            loan_id="example",
            history=tuple(self.history),
        )
        if isinstance(decided, tuple):
            self.refusals = decided
            return False
        self.loan = decided.loan
        self.history += [
            Recorded(seq=seq, event=event, recorded_at=_WRITTEN, posted_on=event.effective_on)
            for seq, event in decided.events
        ]
        return True

    def command(self, happening: Happening) -> Command:
        """The command a happening comes in as."""
        currency = self.terms.product.currency
        on = happening.on
        match happening:
            case PaymentHappens():
                return ReceivePayment(
                    amount=happening.amount.text(currency),
                    received_on=on,
                    kind=PaymentKind(happening.purpose),
                )
            case ReturnHappens():
                number = self.payments[happening.payment]
                return ReturnPayment(
                    payment=number, returned_on=on, return_code=happening.return_code
                )
            case ReversalHappens():
                number = self.payments[happening.payment]
                return ReversePayment(payment=number, reversed_on=on, reason=_REASON)
            case FeeHappens():
                amount = happening.amount.text(currency) if happening.amount else None
                return AssessFee(fee=happening.fee, assessed_on=on, amount=amount, reason=_REASON)
            case ServiceHappens():
                kind = BorrowerStatusKind.military_service
                began = happening.from_date or on
                return RecordBorrowerStatus(status=kind, from_date=began, to_date=happening.to_date)
            case IndexHappens():  # a reset that waited for the value is decided
                return AdvanceTo(day=on)
            case RateHappens():
                rate = happening.note_rate.text()
                return ChangeRate(note_rate=rate, effective_on=on, reason=_REASON)
            case DisbursementHappens():
                part = happening.amount.text(currency) if happening.amount else None
                return DisburseLoan(disbursed_on=on, amount=part)
            case PauseHappens():
                return PauseInterest(
                    from_date=on,
                    to_date=happening.to_date,
                    installments=PausedInstallments(happening.installments),
                    amounts=PausedAmounts(happening.amounts),
                    reason=_REASON,
                )
            case PauseEndHappens():
                return EndInterestPause(ended_on=on, reason=_REASON)
            case _ as never:
                assert_never(never)


def _never_received(happening: ReturnHappens | ReversalHappens) -> Refusal:
    """The payment to take back was refused itself, or comes later."""
    which = f"payment named {happening.payment}" if happening.payment else "payment"
    message = f"No {which} was received before {happening.on}."
    return Refusal(code="no_such_payment", message=message, path="/payment")


def requested_terms(loan: ExampleLoan, currency: str) -> RequestedTerms:
    """The terms an example asks for."""
    return RequestedTerms(
        amount=loan.amount.text(currency),
        note_rate=loan.note_rate.text(),
        number_of_payments=loan.number_of_payments,
        contract_date=loan.contract_date,
        first_payment_date=loan.first_payment_date,
        frequency=loan.frequency,
        down_payment=loan.down_payment.text(currency) if loan.down_payment else None,
        disbursements=tuple(
            RequestedDisbursement(on=part.on, amount=part.amount.text(currency))
            for part in loan.disbursements
        ),
        circumstances=Circumstances(
            state=loan.state,
            purpose=loan.purpose,
            creditor_type=loan.creditor_type,
            covered_borrower=loan.covered_borrower,
        ),
    )
