"""Where money goes: how a payment falls through the buckets owed on its day.

Money beyond what is due satisfies the next installments within the product's window, then goes
where the product says.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date

from engine.interest.precomputed_interest import PrecomputedInterest
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.loan import observe
from engine.loan.closing import owed_at_payoff
from engine.loan.events import PaymentAllocated
from engine.loan.loan import Loan
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.left_over import (
    Parts,
    after_prepayment,
    choice_of,
    place_left_over,
)
from engine.loan.outcomes.owed import owed_on
from engine.loan.outcomes.stages import settle
from engine.loan.status import PaymentKind
from engine.payments.terms import PartialPayments
from engine.payments.waterfall import Allocation, Owed, allocate, order_path
from engine.values.money import ZERO, Exact, Money, total


def allocate_payment(
    draft: Draft, payment: int, amount: Money, kind: PaymentKind, day: date
) -> None:
    """Let a payment fall through the waterfall and record where it went."""
    if draft.loan.charged_off_on is not None and draft.loan.charged_off_on <= day:
        _recover(draft, payment, amount, day)
        return
    product = draft.terms.product
    if kind is PaymentKind.regular and _pays_off(draft, amount, day):
        kind = PaymentKind.payoff
    elif _leaves_nothing(draft, amount, kind, day):
        if amount + draft.loan.unapplied_funds < owed_at_payoff(draft.loan, day, product.rounding):
            draft.record(PaymentAllocated(effective_on=day, payment=payment, unapplied=amount))
            return
        kind = PaymentKind.payoff
    owed = owed_on(draft.loan, day, product.rounding, product.payments, kind, amount)
    if _held_until_full(draft, owed, _money_at_hand(draft, owed, amount), kind):
        draft.record(PaymentAllocated(effective_on=day, payment=payment, unapplied=amount))
        return
    states = states_on(draft.loan, day)
    allocation = allocate(amount, owed, draft.terms.waterfall, kind.value, states)
    _record(draft, payment, allocation, kind, states, day)
    if draft.loan.principal_balance <= ZERO:
        kind = PaymentKind.payoff  # no principal is left: the rest pays the loan off
    if kind is not PaymentKind.principal_only:
        apply_held_funds(draft, day, kind)


def states_on(loan: Loan, day: date) -> frozenset[str]:
    """The states of a loan that a waterfall may have an order for: its stage, and its borrower's
    statuses."""
    held = {f"borrower:{s.status.value}" for s in loan.borrower_statuses if s.holds_on(day)}
    return frozenset({f"stage:{observe.delinquency_stage(loan)}", *held})


def _pays_off(draft: Draft, amount: Money, day: date) -> bool:
    """Whether a payment covers all that is owed once the unearned charge is rebated."""
    method = draft.loan.agreed.by_period
    if not isinstance(method, PrecomputedInterest):
        return False
    return amount >= owed_at_payoff(draft.loan, day, draft.terms.product.rounding)


def _leaves_nothing(draft: Draft, amount: Money, kind: PaymentKind, day: date) -> bool:
    """Whether money would end a period's interest where a payoff owes the whole of it.

    It pays the loan off, or is held until it does.
    """
    loan = draft.loan
    if not loan.agreed.whole_period_at_payoff or loan.principal_balance <= ZERO:
        return False
    if kind is PaymentKind.principal_only:
        return amount >= loan.principal_balance
    return amount + loan.unapplied_funds >= observe.total_owed(
        loan, day, draft.terms.product.rounding
    )


def apply_held_funds(draft: Draft, day: date, kind: PaymentKind = PaymentKind.regular) -> None:
    """Money held for the borrower pays what is due; with a payoff, all that is owed."""
    held = draft.loan.unapplied_funds
    if held <= ZERO or draft.loan.paid_off_on or draft.loan.charged_off_on:
        return
    product = draft.terms.product
    owed = owed_on(draft.loan, day, product.rounding, product.payments, kind)
    # Interest of the day alone is not due: it waits for its installment.
    due = [
        line
        for line in owed
        if kind is PaymentKind.payoff
        or (line.due_state != "in_advance" and (line.installment or line.component == "fee"))
    ]
    if _held_until_full(draft, due, held, kind) or not due:
        return
    states = states_on(draft.loan, day)
    allocation = allocate(held, due, draft.terms.waterfall, kind.value, states)
    applied = total(line_amount for _, line_amount in allocation.lines)
    if applied <= ZERO:
        return
    parts = Parts.of(allocation)
    draft.record(
        parts.allocated(
            draft.loan,
            day,
            payment=0,
            unapplied=-applied,
            dropped=_dropped(draft, parts, day),
            because=draft.because("/payments", held=held.text(draft.loan.currency)),
        )
    )
    settle(draft, day)


def _held_until_full(draft: Draft, owed: Sequence[Owed], amount: Money, kind: PaymentKind) -> bool:
    """True when the product holds money that does not cover the oldest installment.

    Fees are not part of an installment: one paid in full is not made short by a late fee.
    """
    if draft.terms.product.payments.partial_payments is not PartialPayments.hold_until_full:
        return False
    oldest = _oldest_installment(owed)
    return bool(oldest) and kind is PaymentKind.regular and amount < total(r.amount for r in oldest)


def _money_at_hand(draft: Draft, owed: Sequence[Owed], amount: Money) -> Money:
    """A payment together with money held, which completes an installment that has fallen due."""
    if any(line.due_state != "in_advance" for line in _oldest_installment(owed)):
        return amount + draft.loan.unapplied_funds
    return amount


def _oldest_installment(owed: Sequence[Owed]) -> list[Owed]:
    lines = [line for line in owed if line.installment and line.component != "fee"]
    oldest = min((line.installment for line in lines), default=0)
    return [line for line in lines if line.installment == oldest]


def _recover(draft: Draft, payment: int, amount: Money, day: date) -> None:
    """After charge-off money lowers the recovery balance; what exceeds it is held."""
    recovered = min(amount, draft.loan.recovery_balance)
    draft.record(
        PaymentAllocated(
            effective_on=day, payment=payment, recovery=recovered, unapplied=amount - recovered
        )
    )


def _record(
    draft: Draft,
    payment: int,
    allocation: Allocation,
    kind: PaymentKind,
    states: Set[str],
    day: date,
) -> None:
    parts, choice = Parts.of(allocation), choice_of(draft, kind, states)
    held = place_left_over(draft, parts, allocation.left_over, choice)
    draft.record(
        parts.allocated(
            draft.loan,
            day,
            payment=payment,
            unapplied=held,
            dropped=_dropped(draft, parts, day),
            because=draft.because(order_path(draft.terms.waterfall, kind.value, states)),
        )
    )
    settle(draft, day)
    after_prepayment(draft, parts, choice, day)


def _dropped(draft: Draft, parts: Parts, day: date) -> Exact:
    """What rounding leaves once all interest owed is paid, where the product drops it.

    Interest due by installment is rounded when its period ends, whoever pays when, unless a change
    of the balance rounds it too.
    """
    method, loan = draft.terms.product.interest, draft.loan
    if not isinstance(method, SimpleInterest) or method.remainders is Remainders.carried:
        return Exact(0)
    accrued = observe.accrued_interest(loan, day)
    owed = observe.interest_owed(loan, day, draft.terms.product.rounding)
    if method.remainders is Remainders.dropped_at_changes and parts.principal:
        return accrued - owed.minor
    whole = parts.interest > ZERO and parts.interest == owed
    return accrued - owed.minor if whole and not loan.agreed.by_installment else Exact(0)
