"""What is owed on a day as waterfall buckets: installments in parts, fees, what is early.

An installment is a dollar amount. Where interest is due to the day of payment, interest earned by
then takes its part of the oldest installment's dollars first; the rest of them is principal. Where
it is due by installment, each asks for the interest of its own period.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import astuple

from engine.loan import installments, observe
from engine.loan.closing import given_back, interest_due_to_close, owed_at_payoff
from engine.loan.dollars import InstallmentParts, in_parts, interest_waits
from engine.loan.events import PlannedInstallment
from engine.loan.loan import Loan
from engine.loan.outcomes.parts_due import Wanted, parts_due
from engine.loan.status import PaymentKind
from engine.payments.terms import PaymentTerms
from engine.payments.waterfall import Owed
from engine.trace import explained
from engine.values.money import ZERO, Money
from engine.values.rounding import Rounding

_Lines = Iterator[tuple[int, date, InstallmentParts]]


@explained
def owed_on(
    loan: Loan,
    day: date,
    rounding: Rounding,
    terms: PaymentTerms,
    kind: PaymentKind,
    money: Money = ZERO,
) -> tuple[Owed, ...]:
    """What is owed on a day, bucket by bucket, oldest installment first.

    ``money`` is what comes beside money held: a payoff that is none owes no more than is earned.
    """
    if kind is PaymentKind.principal_only:
        return ()  # a curtailment satisfies nothing: all of it is left over, for principal
    closes = kind is PaymentKind.payoff
    if closes:
        interest = interest_due_to_close(loan, day, rounding, money + loan.unapplied_funds)
    else:
        interest = observe.interest_owed(loan, day, rounding)
    principal = loan.principal_balance
    lines = [_fee(fee, day) for fee in observe.fees(loan) if fee.owed > ZERO]
    waits = loan.agreed.in_parts or interest_waits(loan)
    if loan.agreed.by_period is not None:
        rows = _by_schedule(loan, day, rounding, None if closes else terms)
    elif loan.agreed.by_installment:
        rows = _in_parts(loan, day, interest, terms)
    else:
        rows = _in_dollars(loan, day, rounding, interest, terms)
    for number, due_date, parts in rows:
        # Whoever pays the loan off pays nothing early: all of it is due.
        early = "due" if closes else "in_advance"
        state = "past_due" if due_date < day else "due" if due_date == day else early
        interest, principal = interest - parts.interest, principal - parts.principal
        for component, part in (("interest", parts.interest), ("principal", parts.principal)):
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
    if interest > ZERO and (closes or not waits):
        number = _paid_ahead_of(loan, day, rounding, money) if closes else 0
        lines.append(
            Owed(
                due_state="due",
                component="interest",
                amount=interest,
                installment=number,
                due_date=day,
            )
        )
    if closes:
        principal = principal - given_back(loan, day, rounding)
    if principal > ZERO and closes:
        lines.append(Owed(due_state="due", component="principal", amount=principal, due_date=day))
    return tuple(lines)


def _paid_ahead_of(loan: Loan, day: date, rounding: Rounding, money: Money) -> int:
    """The installment whose interest is met by money meant as a payoff that is too little for one.

    Where the schedule fixes a period's interest, what is earned of it is part of what that
    installment asks for, and must not be asked for again. 0 where it is part of none.
    """
    coming = observe.unbilled(loan)
    if loan.agreed.by_period is None or not coming:
        return 0
    short = money + loan.unapplied_funds < owed_at_payoff(loan, day, rounding)
    return coming[0].number if short else 0


def _fee(fee: observe.FeeOwed, day: date) -> Owed:
    return Owed(
        due_state="past_due" if fee.charged.assessed_on < day else "due",
        component="fee",
        amount=fee.owed,
        fee_id=fee.charged.fee_id,
        name=fee.charged.name,
        installment=fee.charged.installment,
        due_date=fee.charged.assessed_on,
    )


def _in_dollars(
    loan: Loan, day: date, rounding: Rounding, interest: Money, terms: PaymentTerms
) -> _Lines:
    """Installments money may satisfy now, interest of the day in the oldest of them."""
    principal = loan.principal_balance
    rows = [
        (row.number, row.due_date, row.remaining)
        for row in observe.installments_due(loan, day, rounding)
    ]
    rows += [
        (row.number, row.due_date, observe.remaining_of(loan, row.number, amount))
        for row in early_installments(loan, day, terms)
        for amount in (observe.amount_to_come(loan, row, rounding),)
    ]
    for number, due_date, left in rows:
        parts = in_parts(loan, number, left, interest, principal)
        interest, principal = interest - parts.interest, principal - parts.principal
        yield number, due_date, parts


def _by_schedule(loan: Loan, day: date, rounding: Rounding, terms: PaymentTerms | None) -> _Lines:
    """Installments money may satisfy now, each with its period's interest as the schedule fixes it.

    Without ``terms`` none to come: interest of periods not ended is due by a payoff's rule alone.
    """
    rows = [Wanted(*astuple(row)) for row in observe.installments_due(loan, day, rounding)]
    rows += [
        Wanted(row.number, row.due_date, observe.remaining_of(loan, row.number, row.amount))
        for row in (early_installments(loan, day, terms) if terms else ())
    ]
    for part in parts_due(loan, rows, day, rounding):
        yield (
            part.number,
            part.due_date,
            InstallmentParts(interest=part.interest, principal=part.principal),
        )


def _in_parts(loan: Loan, day: date, interest: Money, terms: PaymentTerms) -> _Lines:
    """Installments money may satisfy now, each with the interest of its own period.

    One paid early asks for what is earned by the day. After the last has fallen due it stands for
    everything still owed.
    """
    principal = loan.principal_balance
    matured = observe.matured(loan)
    for row in loan.billed:
        left = installments.unpaid_parts(loan, row)
        if matured and row is loan.billed[-1]:
            left = InstallmentParts(interest=interest, principal=principal)
        left = InstallmentParts(
            interest=min(left.interest, interest), principal=min(left.principal, principal)
        )
        interest, principal = interest - left.interest, principal - left.principal
        yield row.number, row.due_date, left
    last = installments.last_unpaid(loan)
    for planned in early_installments(loan, day, terms):
        final = planned.number == last
        left = _early(loan, planned, interest, principal, final=final)
        interest, principal = interest - left.interest, principal - left.principal
        yield planned.number, planned.due_date, left


def _early(
    loan: Loan, row: PlannedInstallment, interest: Money, principal: Money, *, final: bool
) -> InstallmentParts:
    """What an installment to come takes now: interest earned by the day, principal of the rest."""
    paid = installments.paid_parts(loan, row.number)
    whole = installments.parts_of(loan, row, interest + paid.interest, principal, final=final)
    return InstallmentParts(
        interest=min(whole.interest - paid.interest, interest),
        principal=min(whole.principal - paid.principal, principal),
    )


def early_installments(loan: Loan, day: date, terms: PaymentTerms) -> Iterator[PlannedInstallment]:
    """Installments to come that money of the day satisfies: those within the product's window.

    A loan paid off asks for none, though interest the schedule fixes would still be unpaid of them.
    """
    if loan.paid_off_on is not None:
        return iter(())
    horizon = installments.horizon_of(day, terms.early_window_days)
    return (row for row in observe.unbilled(loan) if row.due_date <= horizon)
