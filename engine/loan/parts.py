"""Installments in parts as events add to them: what each asks for, what payments brought it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from engine.loan.additive import added, placed
from engine.loan.events import InstallmentBilled, LoanBoarded, PaymentAllocated
from engine.loan.loan import BilledInstallment, Loan, TowardInstallment
from engine.values.money import ZERO, Money, total


def past_due_at_boarding(event: LoanBoarded) -> Iterator[BilledInstallment]:
    """Installments past due at boarding; where interest is due by installment, the interest
    brought in is theirs, oldest first, as far as it is whole cents."""
    first = event.installments_before - len(event.past_due) + 1
    left = Money(int(event.accrued_interest)) if event.terms.in_parts else ZERO
    for place, (due_date, amount) in enumerate(event.past_due):
        interest = min(left, amount)
        left = left - interest
        yield BilledInstallment(first + place, due_date, amount, interest)


def billed(loan: Loan, event: InstallmentBilled, sign: int) -> dict[str, Any]:
    """What an installment that falls due changes."""
    row = BilledInstallment(event.number, event.effective_on, event.amount, event.interest)
    return {
        "billed": placed(loan.billed, row, sign, lambda row: row.number),
        "interest_billed": loan.interest_billed + event.interest_earned * sign,
    }


def paid_in_parts(loan: Loan, event: PaymentAllocated, sign: int) -> dict[str, Any]:
    """What was paid of each installment, its interest apart; and principal beyond them all."""
    if loan.terms is None or not loan.terms.in_parts:
        return {}
    interest, toward, parts = dict(event.installment_interest), loan.interest_toward, []
    for number, amount in event.installments:
        of_interest = interest.get(number, ZERO)
        toward = added(toward, number, of_interest * sign)
        parts.append((number, amount - of_interest, of_interest))
    beyond = event.principal - total(principal for _, principal, _ in parts)
    of_no_installment = event.interest - total(interest.values())
    if beyond or of_no_installment:
        parts.append((0, beyond, of_no_installment))
    made = loan.toward_installments
    for part in parts:
        made = _counted(made, event.effective_on, part, sign)
    return {"interest_toward": toward, "toward_installments": made}


def _counted(
    made: tuple[TowardInstallment, ...], on: date, part: tuple[int, Money, Money], sign: int
) -> tuple[TowardInstallment, ...]:
    """The same with one more part; what a day brings an installment is one sum."""
    number, principal, interest = part
    kept = tuple(item for item in made if (item.paid_on, item.number) != (on, number))
    for item in made:
        if (item.paid_on, item.number) == (on, number):
            principal, interest = item.principal + principal * sign, item.interest + interest * sign
            break
    else:
        principal, interest = principal * sign, interest * sign
    if not principal and not interest:
        return kept
    return placed(kept, TowardInstallment(on, number, principal, interest), 1, _paid_on)


def _paid_on(part: TowardInstallment) -> tuple[Any, ...]:
    return (part.paid_on, part.number)
