"""Where money goes: what is owed on a day as waterfall buckets, and how a payment falls through.

An installment is a dollar amount. Interest earned to the day takes its part of the oldest
installment's dollars first; the rest of them is principal. Money beyond what is due satisfies
the next installments within the product's window, then goes where the product says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.loan import observe
from engine.loan.events import Because, PaymentAllocated
from engine.loan.loan import Loan
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.stages import settle
from engine.loan.status import PaymentKind
from engine.payments.terms import PartialPayments, PaymentTerms
from engine.payments.waterfall import Allocation, LeftOver, Owed, allocate, left_over_of
from engine.trace import explained
from engine.values.money import ZERO, Exact, Money, total
from engine.values.rounding import Rounding


def allocate_payment(
    draft: Draft, payment: int, amount: Money, kind: PaymentKind, day: date
) -> None:
    """Let a payment fall through the waterfall and record where it went."""
    if draft.loan.charged_off_on is not None and draft.loan.charged_off_on <= day:
        _recover(draft, payment, amount, day)
        return
    product = draft.terms.product
    owed = owed_on(draft.loan, day, product.rounding, product.payments, kind)
    if _held_until_full(draft, owed, _money_at_hand(draft, owed, amount), kind):
        draft.record(PaymentAllocated(effective_on=day, payment=payment, unapplied=amount))
        return
    allocation = allocate(amount, owed, draft.terms.waterfall, kind.value)
    _record(draft, payment, allocation, kind, day)
    settle(draft, day)
    if kind is not PaymentKind.principal_only:
        apply_held_funds(draft, day, kind)


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
    allocation = allocate(held, due, draft.terms.waterfall, kind.value)
    applied = total(line_amount for _, line_amount in allocation.lines)
    if applied <= ZERO:
        return
    parts = _parts(allocation)
    draft.record(
        parts.allocated(
            day,
            payment=0,
            unapplied=-applied,
            dropped=_dropped(draft, parts.interest, day),
            because=draft.because("/payments", held=held.text(draft.loan.currency)),
        )
    )
    settle(draft, day)


@explained
def owed_on(
    loan: Loan, day: date, rounding: Rounding, terms: PaymentTerms, kind: PaymentKind
) -> tuple[Owed, ...]:
    """What is owed on a day, bucket by bucket, oldest installment first."""
    if kind is PaymentKind.principal_only:
        return ()  # a curtailment satisfies nothing: all of it is left over, for principal
    interest = observe.interest_owed(loan, day, rounding)
    principal = loan.principal_balance
    lines: list[Owed] = [
        Owed(
            due_state="past_due" if fee.charged.assessed_on < day else "due",
            component="fee",
            amount=fee.owed,
            fee_id=fee.charged.fee_id,
            name=fee.charged.name,
            installment=fee.charged.installment,
            due_date=fee.charged.assessed_on,
        )
        for fee in observe.fees(loan)
        if fee.owed > ZERO
    ]
    for number, due_date, left in _installments_to_pay(loan, day, rounding, terms):
        # Whoever pays the loan off pays nothing early: all of it is due.
        early = "due" if kind is PaymentKind.payoff else "in_advance"
        state = "past_due" if due_date < day else "due" if due_date == day else early
        of_interest = min(interest, left)
        of_principal = min(left - of_interest, principal)
        interest, principal = interest - of_interest, principal - of_principal
        for component, part in (("interest", of_interest), ("principal", of_principal)):
            if part > ZERO:
                lines.append(
                    Owed(
                        due_state=state,
                        component=component,
                        amount=part,
                        installment=number,
                        due_date=due_date,
                    )
                )
    if interest > ZERO:
        lines.append(Owed(due_state="due", component="interest", amount=interest, due_date=day))
    if kind is PaymentKind.payoff and principal > ZERO:
        lines.append(Owed(due_state="due", component="principal", amount=principal, due_date=day))
    return tuple(lines)


def _installments_to_pay(
    loan: Loan, day: date, rounding: Rounding, terms: PaymentTerms
) -> list[tuple[int, date, Money]]:
    """Installments money may satisfy now: those due, then the next ones within the window."""
    rows = [
        (row.number, row.due_date, row.remaining)
        for row in observe.installments_due(loan, day, rounding)
    ]
    horizon = day + timedelta(days=terms.early_window_days)
    rows += [
        (row.number, row.due_date, observe.remaining_of(loan, row.number, row.amount))
        for row in observe.unbilled(loan)
        if row.due_date <= horizon
    ]
    return rows


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
    draft: Draft, payment: int, allocation: Allocation, kind: PaymentKind, day: date
) -> None:
    parts = _parts(allocation)
    held = _place_left_over(draft, parts, allocation.left_over, kind)
    draft.record(
        parts.allocated(
            day,
            payment=payment,
            unapplied=held,
            dropped=_dropped(draft, parts.interest, day),
            because=draft.because("/waterfall"),
        )
    )


def _dropped(draft: Draft, interest: Money, day: date) -> Exact:
    """What rounding leaves once all interest owed is paid, where the product drops it."""
    method, loan = draft.terms.product.interest, draft.loan
    if not isinstance(method, SimpleInterest) or method.remainders is Remainders.carried:
        return Exact(0)
    owed = observe.interest_owed(loan, day, draft.terms.product.rounding)
    whole = interest > ZERO and interest == owed
    return observe.accrued_interest(loan, day) - interest.minor if whole else Exact(0)


@dataclass(slots=True)
class Parts:
    """Lines of a waterfall summed by component, fee and installment."""

    interest: Money = ZERO
    principal: Money = ZERO
    fees: dict[str, Money] = field(default_factory=dict)
    toward: dict[int, Money] = field(default_factory=dict)

    def allocated(
        self, day: date, *, payment: int, unapplied: Money, dropped: Exact, because: Because
    ) -> PaymentAllocated:
        """The parts as an event."""
        return PaymentAllocated(
            effective_on=day,
            payment=payment,
            fees=tuple(self.fees.items()),
            interest=self.interest,
            interest_dropped=dropped,
            principal=self.principal,
            unapplied=unapplied,
            installments=tuple(sorted(self.toward.items())),
            because=because,
        )


def _parts(allocation: Allocation) -> Parts:
    parts = Parts()
    for line, amount in allocation.lines:
        if line.component == "fee":
            parts.fees[line.fee_id] = parts.fees.get(line.fee_id, ZERO) + amount
            continue
        if line.component == "interest":
            parts.interest = parts.interest + amount
        else:
            parts.principal = parts.principal + amount
        if line.installment:
            parts.toward[line.installment] = parts.toward.get(line.installment, ZERO) + amount
    return parts


def _place_left_over(draft: Draft, parts: Parts, left: Money, kind: PaymentKind) -> Money:
    """Put money beyond the buckets where the product says; what still remains is held."""
    open_principal = draft.loan.principal_balance - parts.principal
    choice = left_over_of(draft.terms.waterfall, kind.value)
    if kind in (PaymentKind.principal_only, PaymentKind.payoff):
        choice = LeftOver.principal
    if left <= ZERO or choice is LeftOver.hold_unapplied or open_principal <= ZERO:
        return left
    used = min(left, open_principal)
    parts.principal = parts.principal + used
    if choice is LeftOver.next_installment:
        _count_toward_next(draft.loan, parts, used)
    return left - used


def _count_toward_next(loan: Loan, parts: Parts, amount: Money) -> None:
    """Count dollars towards the coming installments in order."""
    for row in observe.unbilled(loan):
        counted = parts.toward.get(row.number, ZERO)
        room = observe.remaining_of(loan, row.number, row.amount) - counted
        step = min(room, amount)
        if step > ZERO:
            parts.toward[row.number] = counted + step
            amount = amount - step
        if amount <= ZERO:
            return
