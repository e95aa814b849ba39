"""Judge a command: the events that follow from it, or the refusals that stop it.

The only place that judges. Time passes to the command's day first; then the fact is recorded; then
what follows from it. A command that counts before something already decided goes through
``reapply`` and needs the whole history.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.rule import Point
from engine.compliance.set_aside import SetAside, names
from engine.errors import Refusal, Refused, refuse
from engine.loan.adopt import Adopted, adopt
from engine.loan.advance import advance_draft
from engine.loan.commands import (
    AdvanceTo,
    AssessFee,
    BoardLoan,
    BookLoan,
    CancelLoan,
    ChangeRate,
    ChargeOffLoan,
    Command,
    DisburseLoan,
    EndInterestPause,
    MoveLoan,
    PauseInterest,
    PlaceOnNonAccrual,
    ReceivePayment,
    RecordBorrowerStatus,
    ReturnPayment,
    ReturnToAccrual,
    ReverseDisbursement,
    ReversePayment,
    WaiveFee,
)
from engine.loan.correct import decided_again, numbered_of
from engine.loan.decisions import (
    boarding,
    booking,
    circumstances,
    disbursing,
    fee,
    moving,
    non_accrual,
    pause,
    payment,
)
from engine.loan.decisions.counting import counting_day, not_before_start
from engine.loan.decisions.decision import Decision, Drift, NeedsHistory
from engine.loan.decisions.down_payment import collected_at_once
from engine.loan.decisions.guard import guard, guard_boarding, guard_payment, on_record
from engine.loan.events import (
    Event,
    Fact,
    FeeAssessed,
    LoanDisbursed,
    PaymentReceived,
    Recorded,
)
from engine.loan.evolve import evolve, fold
from engine.loan.follow import follow
from engine.loan.loan import Loan
from engine.loan.outcomes.draft import Draft
from engine.loan.reapply import live
from engine.loan.timeline import rate_on
from engine.loan.versions import terms_now

_TAKING_BACK = ReturnPayment | ReversePayment | ReverseDisbursement


def decide(
    loan: Loan | None,
    command: Command,
    terms: TermsInForce,
    *,
    loan_id: str,
    history: tuple[Recorded, ...] | None = None,
    approved: tuple[SetAside, ...] = (),
) -> Decision | tuple[Refusal, ...]:
    """What a command comes to on this loan, under these terms.

    ``loan`` is None only for booking and boarding. ``approved`` are the rules (and "drift") that a
    second person let be set aside for this command; the fact names them for ever. Raises
    NeedsHistory for a command that counts in the past.
    """
    try:
        return _decide(loan, command, terms, loan_id, history, approved)
    except Refused as refused:
        return refused.refusals


def _decide(
    loan: Loan | None,
    command: Command,
    terms: TermsInForce,
    loan_id: str,
    history: tuple[Recorded, ...] | None,
    approved: tuple[SetAside, ...],
) -> Decision:
    if isinstance(command, BookLoan | BoardLoan):
        return _begin(command, terms, loan_id, approved)
    assert loan is not None, f"{type(command).__name__} needs a loan"
    numbered = None if history is None else numbered_of(loan, history)
    adopted = _adopted(loan, command, terms, numbered, approved)
    decision = _on_running(adopted.loan, command, terms, adopted.numbered, approved)
    return replace(
        decision,
        before=loan,
        events=(*adopted.events, *decision.events),
        drift=adopted.drift or decision.drift,
    )


def _adopted(
    loan: Loan,
    command: Command,
    terms: TermsInForce,
    numbered: list[tuple[int, Event]] | None,
    approved: tuple[SetAside, ...],
) -> Adopted:
    """The loan with index values that came adopted.

    Where that is refused as drift the values go on waiting, and time alone tells of it: nobody's
    money is turned away for it.
    """
    try:
        return adopt(loan, terms, numbered, names(approved))
    except Refused:
        if isinstance(command, AdvanceTo):
            raise
        return Adopted(loan=loan, numbered=numbered)


def _on_running(
    loan: Loan,
    command: Command,
    terms: TermsInForce,
    numbered: list[tuple[int, Event]] | None,
    approved: tuple[SetAside, ...],
) -> Decision:
    if isinstance(command, AdvanceTo):
        draft = Draft.on(loan, terms)
        if loan.last_effective_on is None or command.day >= loan.last_effective_on:
            advance_draft(draft, command.day)
        return _decision(loan, draft)
    day = counting_day(loan, command)
    not_before_start(loan, day, command)
    takes_back = isinstance(command, _TAKING_BACK)
    if takes_back or (loan.last_effective_on is not None and day < loan.last_effective_on):
        if numbered is None:
            raise NeedsHistory(loan.loan_id)
        return _correct(loan, command, terms, numbered, day, approved)
    draft = Draft.on(loan, terms)
    advance_draft(draft, day)
    fact = on_record(_fact(draft, command, approved), draft.findings, approved)
    for stated in (fact, *_with(fact, draft, approved)):
        follow(draft, draft.record(stated), stated)
    return _decision(loan, draft)


def _begin(
    command: BookLoan | BoardLoan,
    terms: TermsInForce,
    loan_id: str,
    approved: tuple[SetAside, ...],
) -> Decision:
    draft = Draft.on(Loan(loan_id=loan_id), terms)
    fact: Fact
    if isinstance(command, BookLoan):
        fact, findings = booking.book(command, terms, names(approved))
        draft.findings.extend(findings)
    else:
        fact = boarding.board(command, terms)
        there = Draft.on(evolve(draft.loan, 1, fact), terms)
        guard_boarding(there, fact.effective_on, approved)
        draft.findings.extend(there.findings)
    fact = on_record(fact, draft.findings, approved)
    follow(draft, draft.record(fact), fact)
    return _decision(None, draft)


def _correct(
    loan: Loan,
    command: Command,
    terms: TermsInForce,
    numbered: list[tuple[int, Event]],
    day: date,
    approved: tuple[SetAside, ...],
) -> Decision:
    """Decide a command that counts in the past, and again everything after it."""
    takes_back = isinstance(command, _TAKING_BACK)
    if loan.charged_off_on is not None and day < loan.charged_off_on and not takes_back:
        raise refuse(
            "after_charge_off",
            f"The loan was charged off on {loan.charged_off_on}; nothing before that day can be "
            "corrected any more.",
        )
    if takes_back:
        then = Draft.on(loan, terms)
    else:
        before = fold(loan.loan_id, [n for n in live(numbered) if n[1].effective_on <= day])
        then = Draft.on(before, terms_now(before, terms, numbered))
        advance_draft(then, day)
        then.next_seq = loan.seq + 1
    fact = on_record(_fact(then, command, approved), then.findings, approved)
    facts = [fact, *_with(fact, then, approved)]
    draft, drift = decided_again(loan, facts, terms, numbered, names(approved))
    draft.findings.extend(then.findings)
    disbursing.not_beyond_the_contract(draft.loan)
    return _decision(loan, draft, drift)


def _fact(draft: Draft, command: Command, approved: tuple[SetAside, ...]) -> Fact | FeeAssessed:
    """The fact a command states, judged on the loan as it stands on the command's day."""
    loan, terms = draft.loan, draft.terms
    match command:
        case ReceivePayment():
            received = payment.receive(loan, command)
            guard_payment(draft, command, received.amount, approved)
            payment.note_duplicate(draft, command)
            return received
        case ReturnPayment():
            return payment.return_(loan, command)
        case ReversePayment():
            reversed_ = payment.reverse(loan, command)
            guard(
                draft, Point.reverse_payment, command.reversed_on, approved,
                payment_amount=reversed_.amount,
            )  # fmt: skip
            return reversed_
        case DisburseLoan():
            disbursed = disbursing.disburse(loan, command, terms)
            guard(draft, Point.disburse, command.disbursed_on, approved)
            return disbursed
        case ReverseDisbursement():
            return disbursing.reverse(loan, command)
        case CancelLoan():
            return booking.cancel(loan, command)
        case AssessFee():
            return fee.assess(draft, command, approved)
        case WaiveFee():
            return fee.waive(loan, command)
        case RecordBorrowerStatus():
            return circumstances.record_status(loan, command)
        case ChangeRate():
            changed = circumstances.change_rate(loan, command, terms)
            guard(
                draft, Point.change_rate, command.effective_on, approved,
                note_rate=changed.note_rate, previous_rate=rate_on(loan, command.effective_on),
            )  # fmt: skip
            return changed
        case PauseInterest():
            return pause.pause(loan, command, terms.product)
        case EndInterestPause():
            return pause.end_pause(loan, command)
        case MoveLoan():
            return moving.move(loan, command, terms)
        case PlaceOnNonAccrual():
            return non_accrual.place(loan, command, terms)
        case ReturnToAccrual():
            return non_accrual.return_(loan, command)
        case ChargeOffLoan():
            charged_off = circumstances.charge_off(loan, command, terms)
            guard(draft, Point.charge_off, command.charged_off_on, approved)
            return charged_off
        case BookLoan() | BoardLoan() | AdvanceTo():
            raise AssertionError(f"{type(command).__name__} states no fact on a running loan")


def _with(
    fact: Fact | FeeAssessed, draft: Draft, approved: tuple[SetAside, ...]
) -> tuple[PaymentReceived, ...]:
    """Facts that come in the same moment: a down payment taken with the first disbursement."""
    if not isinstance(fact, LoanDisbursed) or draft.loan.disbursed_on is not None:
        return ()
    taken = collected_at_once(draft.loan, fact, draft.terms)
    if taken is None:
        return ()
    said = len(draft.findings)
    guard(draft, Point.post_payment, fact.effective_on, approved, payment_amount=taken.amount)
    return (on_record(taken, draft.findings[said:], approved),)


def _decision(before: Loan | None, draft: Draft, drift: Drift | None = None) -> Decision:
    return Decision(
        before=before,
        loan=draft.loan,
        events=tuple(draft.events),
        findings=tuple(draft.findings),
        drift=drift,
    )
