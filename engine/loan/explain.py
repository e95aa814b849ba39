"""Why a number is what it is: decide it again with a recorder open, and compare with what stands.

The steps are the calls of well-named functions; their inputs lead down to events, terms and law.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.catalog.terms_in_force import TermsInForce
from engine.errors import refuse
from engine.loan import observe
from engine.loan.advance import advance
from engine.loan.closing import owed_at_payoff
from engine.loan.events import (
    Event,
    FeeAssessed,
    FeeForgone,
    InstallmentBilled,
    PaymentAllocated,
    PaymentReceived,
    PaymentReturned,
    is_fact,
)
from engine.loan.evolve import evolve, fold
from engine.loan.follow import acts_on, follow
from engine.loan.loan import Loan
from engine.loan.outcomes.draft import Draft
from engine.loan.reapply import Numbered, live
from engine.loan.versions import terms_now
from engine.payments.payoff import payoff_total
from engine.trace import Step, recording
from engine.values.money import Money

NUMBERS = (
    "accrued_interest",
    "principal_balance",
    "amount_past_due",
    "days_past_due",
    "total_owed",
    "payoff",
    "next_due_amount",
    "per_diem",
    "delinquency_stage",
    "fees_owed",
)
"""Subjects that are numbers of a day; besides: fee:<id>, payment:<seq>, installment:<number>."""


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation: the value, the steps that lead to it, the event that states it."""

    subject: str
    value: Any
    steps: tuple[Step, ...]
    event: Event | None = None
    agrees: bool = True
    """Deciding again gave what the history holds."""
    loan: Loan | None = None


def explain(
    loan_id: str, history: list[Numbered], subject: str, day: date, terms: TermsInForce
) -> Explained:
    """Explain a number of the loan at the end of a day, or one event of its history.

    ``history`` is what was known; what time brings by the day is decided here, as reads do, so
    that a fee nobody has recorded yet is explained too. Raises Refused for a subject the loan does
    not have.
    """
    known = [item for item in live(history) if item[1].effective_on <= day]
    standing = [*known, *advance(fold(loan_id, known), day, terms).events]
    kind, _, name = subject.partition(":")
    match kind:
        case "fee":
            return _fee(loan_id, standing, name, terms)
        case "payment":
            return _payment(loan_id, standing, name, terms)
        case "installment":
            return _installment(loan_id, standing, name, terms)
        case _ if subject in NUMBERS:
            return _number(fold(loan_id, standing), standing, subject, day, terms)
        case _:
            raise refuse(
                "no_such_subject",
                f'"{subject}" cannot be explained; ask for one of {", ".join(NUMBERS)}, '
                "fee:<fee id>, payment:<number> or installment:<number>.",
                path="/subject",
                kind="invalid",
            )


def _number(
    loan: Loan, standing: list[Numbered], subject: str, day: date, terms: TermsInForce
) -> Explained:
    rounding = terms.product.rounding
    value: Any
    with recording() as recorder:
        match subject:
            case "accrued_interest":
                value = observe.interest_owed(loan, day, rounding)
            case "principal_balance":
                value = loan.principal_balance
            case "amount_past_due":
                value = observe.amount_past_due(loan, day, rounding)
            case "days_past_due":
                value = observe.days_past_due(loan, day, rounding)
            case "total_owed":
                value = observe.total_owed(loan, day, rounding)
            case "payoff":
                owed = owed_at_payoff(loan, day, rounding)
                value = payoff_total(owed, loan.unapplied_funds)
            case "next_due_amount":
                value = observe.next_due_amount(loan, day, rounding)
            case "per_diem":
                value = observe.per_diem(loan, day)
            case "fees_owed":
                value = observe.fees_owed(loan)
            case _:
                value = observe.delinquency_stage(loan)
    steps = tuple(recorder.root.children)
    if subject == "principal_balance":
        steps = _principal_steps(standing, day)
    return Explained(subject=subject, value=value, steps=steps, loan=loan)


def _principal_steps(standing: list[Numbered], day: date) -> tuple[Step, ...]:
    """Principal is what was lent less what payments left for it, event by event."""
    steps: list[Step] = []
    before = Loan(loan_id="")
    for seq, event in sorted(standing, key=lambda item: (item[1].effective_on, item[0])):
        if event.effective_on > day:
            continue
        after = evolve(before, seq, event)
        if after.principal_balance != before.principal_balance:
            steps.append(
                Step(
                    name=type(event).__name__,
                    label=(type(event).__doc__ or "").strip().splitlines()[0],
                    inputs={
                        "day": event.effective_on,
                        "change": after.principal_balance - before.principal_balance,
                    },
                    output=after.principal_balance,
                    sources=[f"event {seq}"],
                )
            )
        before = after
    return tuple(steps)


def _standing_before(loan_id: str, standing: list[Numbered], seq: int, day: date) -> Loan:
    """The loan as it stood when an event of the day was decided."""
    return fold(
        loan_id,
        [
            item
            for item in standing
            if item[1].effective_on < day or (item[1].effective_on == day and item[0] < seq)
        ],
    )


def _fee(loan_id: str, standing: list[Numbered], fee_id: str, terms: TermsInForce) -> Explained:
    """A fee: who or what charged it, what the note allows, what law left of it."""
    for seq, event in standing:
        if not isinstance(event, FeeAssessed | FeeForgone) or event.fee_id != fee_id:
            continue
        day = event.effective_on
        loan = _standing_before(loan_id, standing, seq, day)
        with recording() as recorder:
            again = _decided_again(loan, standing, event, day, terms)
        agrees = is_fact(event) or any(_same_fee(event, other) for other in again)
        value = event.amount if isinstance(event, FeeAssessed) else Money(0)
        steps = tuple(_named(recorder.root, "judge_fee"))
        return Explained(subject=f"fee:{fee_id}", value=value, steps=steps, event=event,
                         agrees=agrees, loan=loan)  # fmt: skip
    raise refuse("no_such_fee", f'The loan has no fee "{fee_id}".', path="/subject")


def _decided_again(
    loan: Loan, standing: list[Numbered], event: FeeAssessed | FeeForgone, day: date,
    terms: TermsInForce,
) -> list[Event]:  # fmt: skip
    """What time and facts of the day decide about fees, from the loan as it stood."""
    draft = advance(loan, day, terms_now(loan, terms, standing))
    payment = event.payment if isinstance(event, FeeAssessed) else 0
    for seq, fact in standing:
        if isinstance(fact, PaymentReturned) and acts_on(fact) == day and payment == fact.payment:
            follow(draft, seq, fact)
    return [decided for _, decided in draft.events]


def _same_fee(stored: FeeAssessed | FeeForgone, decided: Event) -> bool:
    return (
        type(stored) is type(decided)
        and isinstance(decided, FeeAssessed | FeeForgone)
        and (stored.fee_id, stored.amount) == (decided.fee_id, decided.amount)
    )


def _payment(loan_id: str, standing: list[Numbered], name: str, terms: TermsInForce) -> Explained:
    """A payment: what was owed on its day and how it fell through the waterfall."""
    number = _number_in(name)
    received = next(
        (
            (seq, event)
            for seq, event in standing
            if seq == number and isinstance(event, PaymentReceived)
        ),
        None,
    )
    if received is None:
        raise refuse("no_such_payment", f"The loan has no payment {name}.", path="/subject")
    seq, fact = received
    day = fact.effective_on
    loan = evolve(_standing_before(loan_id, standing, seq, day), seq, fact)
    stored = next(
        (e for _, e in standing if isinstance(e, PaymentAllocated) and e.payment == seq), None
    )
    draft = Draft.on(loan, terms_now(loan, terms, standing))
    with recording() as recorder:
        follow(draft, seq, fact)
    again = next(
        (e for _, e in draft.events if isinstance(e, PaymentAllocated) and e.payment == seq), None
    )
    return Explained(
        subject=f"payment:{seq}",
        value=fact.amount,
        steps=tuple(recorder.root.children),
        event=stored,
        agrees=stored is None or (again is not None and _parts(stored) == _parts(again)),
        loan=loan,
    )


def _number_in(name: str) -> int:
    """The number written, 0 for what is none; longer ones than any loan has are none."""
    return int(name) if name.isascii() and name.isdecimal() and len(name) < 10 else 0


def _parts(event: PaymentAllocated) -> tuple[Any, ...]:
    return (event.fees, event.interest, event.principal, event.recovery, event.unapplied)


def _installment(
    loan_id: str, standing: list[Numbered], name: str, terms: TermsInForce
) -> Explained:
    """An installment's amount on its due date."""
    number = _number_in(name)
    for seq, event in standing:
        if isinstance(event, InstallmentBilled) and event.number == number:
            loan = _standing_before(loan_id, standing, seq, event.effective_on)
            with recording() as recorder:
                draft = advance(loan, event.effective_on, terms_now(loan, terms, standing))
            again = [e for _, e in draft.events if isinstance(e, InstallmentBilled)]
            return Explained(
                subject=f"installment:{number}",
                value=event.amount,
                steps=tuple(
                    _named(recorder.root, "billed_amount") + _named(recorder.root, "billed_parts")
                ),
                event=event,
                agrees=any(e.amount == event.amount and e.number == number for e in again),
                loan=loan,
            )
    raise refuse("no_such_installment", f"Installment {name} has not fallen due.", path="/subject")


def _named(step: Step, name: str) -> list[Step]:
    """The topmost steps of a function, wherever they stand in the tree."""
    found: list[Step] = []
    for child in step.children:
        if child.name.endswith(f".{name}"):
            found.append(child)
        else:
            found += _named(child, name)
    return found
