"""What must always hold of a loan, its history and its books; said in words where it does not.

Checked after every event in tests and over a live book by ``verify``: a loan is only ever wrong
silently if nothing adds it up a second way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from engine.catalog.chart_of_accounts import AccountRole
from engine.catalog.terms_in_force import TermsInForce
from engine.loan import observe
from engine.loan.events import Event, PaymentAllocated
from engine.loan.evolve import fold
from engine.loan.loan import Loan
from engine.loan.reapply import live
from engine.loan.status import LoanStatus
from engine.values.money import ZERO, Exact, Money, total
from engine.values.rounding import Rounding, round_exact

Balances = Mapping[AccountRole, Money]
"""Account role → debits less credits of everything posted for the loan."""

_WHOLE_CENT = Exact(1)


def broken(
    loan: Loan,
    history: Iterable[tuple[int, Event]],
    balances: Balances,
    terms: TermsInForce,
    day: date,
) -> tuple[str, ...]:
    """Everything that does not hold, a sentence each; empty when all is well.

    ``history`` is all of the loan's events, undone ones too; ``day`` is one with nothing
    effective after it.
    """
    known = list(history)
    found = [
        *_replay(loan, known),
        *_cents(loan, known),
        *_below_zero(loan),
        *_books(loan, balances),
        *_interest(loan, day),
        *_closed(loan, terms, day),
    ]
    return tuple(found)


def _replay(loan: Loan, history: list[tuple[int, Event]]) -> Iterator[str]:
    """The events read from the first on give the loan as it stands."""
    numbers = [seq for seq, _ in history]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "events are not numbered from 1 without a gap"
    again = fold(loan.loan_id, history)
    for name in loan.__struct_fields__:
        stands, replayed = getattr(loan, name), getattr(again, name)
        if stands != replayed:
            yield f"{name} stands at {stands!r}, its events add up to {replayed!r}"


def _cents(loan: Loan, history: list[tuple[int, Event]]) -> Iterator[str]:
    """Money that came in is where allocations say, or held; every payment was allocated whole."""
    allocations = [event for _, event in live(history) if isinstance(event, PaymentAllocated)]
    applied = total(_applied(event) for event in allocations)
    if loan.cash_received != applied + loan.unapplied_funds:
        yield (
            f"{loan.cash_received.text(loan.currency)} came in, {applied.text(loan.currency)} was "
            f"applied and {loan.unapplied_funds.text(loan.currency)} is held"
        )
    for made in loan.payments:
        parts = [event for event in allocations if event.payment == made.seq]
        placed = total(_applied(event) + event.unapplied for event in parts)
        if placed != (ZERO if made.undone else made.amount):
            yield (
                f"payment {made.seq} of {made.amount.text(loan.currency)}"
                f"{', undone,' if made.undone else ''} is allocated with "
                f"{placed.text(loan.currency)}"
            )


def _applied(event: PaymentAllocated) -> Money:
    fees = total(amount for _, amount in event.fees)
    return event.interest + event.principal + event.recovery + fees


def _below_zero(loan: Loan) -> Iterator[str]:
    """No principal, fee or held money below zero; nothing paid back that was never paid."""
    amounts = {
        "the principal balance": loan.principal_balance,
        "money held": loan.unapplied_funds,
        "the recovery balance": loan.recovery_balance,
        "interest paid": loan.interest_paid,
        "interest forgiven": loan.interest_forgiven,
        "interest capitalized": loan.interest_capitalized,
        "interest forgiven that was never recognized": loan.interest_unrecognized,
    }
    amounts |= {f"what is owed of {fee.charged.fee_id}": fee.owed for fee in observe.fees(loan)}
    amounts |= {f"what is paid of {name}": paid for name, paid in loan.fee_paid.items()}
    amounts |= {
        f"what is paid towards installment {number}": paid
        for number, paid in loan.paid_toward.items()
    }
    for what, amount in amounts.items():
        if amount < ZERO:
            yield f"{what} is {amount.text(loan.currency)}"
    bearing = total(fee.owed for fee in observe.fees(loan) if fee.charged.interest_bearing)
    if loan.bearing_fees != (ZERO if loan.charged_off_on else bearing):
        yield (
            f"fees that earn interest stand at {loan.bearing_fees.text(loan.currency)}, "
            f"{bearing.text(loan.currency)} is owed of them"
        )
    known = {fee.fee_id for fee in loan.fees}
    for fee_id in sorted((loan.fee_paid.keys() | loan.fee_waived.keys()) - known):
        yield f"{fee_id} was paid or forgiven but never charged"


def _books(loan: Loan, balances: Balances) -> Iterator[str]:
    """Each part of the loan is the balance of its account; interest, as far as it is booked."""
    fees = total(fee.owed for fee in observe.fees(loan))
    opened = round_exact(loan.interest_opening, Rounding.half_up)
    booked = opened - balances.get(AccountRole.interest_income, ZERO)
    expected = {
        AccountRole.principal_receivable: loan.principal_balance,
        AccountRole.fee_receivable: ZERO if loan.charged_off_on else fees,
        AccountRole.interest_receivable: booked - loan.interest_recognized,
        AccountRole.unapplied_funds: -loan.unapplied_funds,
        AccountRole.payment_clearing: ZERO,
    }
    for role, amount in expected.items():
        balance = balances.get(role, ZERO)
        if balance != amount:
            yield (
                f"the account {role.value} stands at {balance.text(loan.currency)}, "
                f"the loan says {amount.text(loan.currency)}"
            )


def _interest(loan: Loan, day: date) -> Iterator[str]:
    """The closed form is the whole timeline's, and no more interest is charged than was earned."""
    point = loan.accrual
    if point is None:
        return
    if loan.agreed.by_period is not None:
        yield from _interest_by_period(loan, day)
        return
    closed, whole = observe.interest_earned_to(loan, day), observe.interest_of_timeline(loan, day)
    if closed != whole:
        yield f"interest from {point.anchor} on comes to {closed}, the whole timeline to {whole}"
    most = loan.agreed.interest_cap
    if most is not None and closed > most.minor:
        yield f"interest earned comes to {closed}, more than the cap of {most.minor} minor units"
    unpaid = observe.accrued_interest(loan, day)
    lowest = min((rate.exact for _, _, rate in loan.rate_changes), default=Exact(0))
    if unpaid < -_WHOLE_CENT and lowest >= 0:
        yield f"interest paid and forgiven is {-unpaid} minor units more than was earned"


def _interest_by_period(loan: Loan, day: date) -> Iterator[str]:
    """Installments may be paid ahead of what they earn, but no more interest than was scheduled.

    An installment paid ahead stays paid when its interest is lowered later.
    """
    most: dict[int, int] = {}
    for row in (row for plan in loan.plans for row in plan.installments):
        most[row.number] = max(most.get(row.number, 0), row.interest.minor)
    scheduled = loan.interest_opening + sum(most.values())
    settled = loan.interest_settled.minor
    if settled > scheduled + _WHOLE_CENT:
        yield f"{settled} minor units of interest are settled and {scheduled} scheduled"
    if loan.paid_off_on is not None and observe.accrued_interest(loan, day) <= -_WHOLE_CENT:
        yield "the loan is paid off and more interest was paid than it earned"


def _closed(loan: Loan, terms: TermsInForce, day: date) -> Iterator[str]:
    """A closed loan owes nothing; an open one with money out has not been forgotten."""
    states = (loan.paid_off_on, loan.charged_off_on, loan.cancelled_on)
    if sum(state is not None for state in states) > 1:
        yield "the loan is closed in two ways at once"
    match loan.status:
        case LoanStatus.paid_off:
            owed = observe.total_owed(loan, day, terms.product.rounding)
            if owed:
                yield f"the loan is paid off and {owed.text(loan.currency)} is owed"
        case LoanStatus.charged_off:
            if loan.principal_balance:
                yield "the loan is charged off and principal is still owed"
        case LoanStatus.booked | LoanStatus.cancelled:
            if loan.principal_balance or loan.cash_received:
                yield f"the loan is {loan.status.value} and money has moved"
        case LoanStatus.active:
            pass
