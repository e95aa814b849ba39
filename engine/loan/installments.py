"""Installments in parts, where each asks for the interest of its own period.

What time bills on a due date, what a payment meets today and what a table of installments shows is
one reckoning: the interest earned by then that no installment has asked for yet, in whole cents;
the rest of the installment's amount is principal. The last one still unpaid takes what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from engine.interest.accrual import AccrualPoint
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.loan import observe
from engine.loan.dollars import InstallmentParts, in_parts
from engine.loan.events import PlannedInstallment
from engine.loan.loan import BilledInstallment, Loan
from engine.loan.timeline import earned_from, earning_rate, rate_on
from engine.product.product import Product
from engine.trace import explained
from engine.values.money import ZERO, Exact, Money, total
from engine.values.rounding import Rounding, round_exact


class InstallmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """An installment as it stands: fallen due, or projected if all is paid as it falls due."""

    number: int
    due_date: date
    interest: Money
    principal: Money
    """Its own principal, and what was prepaid beyond installments in its period."""
    balance: Money
    """Principal owed once it is paid, before money lent on the due date or later."""
    paid: Money
    paid_in_advance: Money
    """Of what is paid, before the due date."""
    paid_late: Money
    """Of what is paid, after the due date."""
    paid_on: date | None
    """The day the last of it was paid; None while something is unpaid, or where nothing is due."""
    projected: bool

    @property
    def amount(self) -> Money:
        return self.interest + self.principal

    @property
    def outstanding(self) -> Money:
        return self.amount - self.paid


def unpaid_parts(loan: Loan, row: BilledInstallment) -> InstallmentParts:
    """What is unpaid of an installment that has fallen due."""
    left = observe.remaining_of(loan, row.number, row.amount)
    interest = min(max(row.interest - paid_parts(loan, row.number).interest, ZERO), left)
    return InstallmentParts(interest=interest, principal=left - interest)


def paid_parts(loan: Loan, number: int) -> InstallmentParts:
    """What is paid of an installment."""
    interest = loan.interest_toward.get(number, ZERO)
    dollars = loan.paid_toward.get(number, ZERO)
    return InstallmentParts(interest=interest, principal=dollars - interest)


@explained
def interest_of_period(earned: Exact, billed_before: Money, product: Product) -> Money:
    """Interest of a period in whole cents, from interest earned by its end and that of the
    periods before; remainders that are carried on are part of the sum."""
    if carries_remainders(product):
        return round_exact(earned, product.rounding) - billed_before
    return round_exact(earned - billed_before.minor, product.rounding)


def carries_remainders(product: Product) -> bool:
    """Whether parts of a cent that rounding leaves go on to the next installment."""
    method = product.interest
    return not isinstance(method, SimpleInterest) or method.remainders is Remainders.carried


def rounds_at_changes(product: Product) -> bool:
    """Whether interest is rounded too whenever a payment changes the balance."""
    method = product.interest
    return isinstance(method, SimpleInterest) and method.remainders is Remainders.dropped_at_changes


@explained
def interest_asked(amount: Money, interest: Money, paid: InstallmentParts) -> Money:
    """What an installment asks for of the interest earned: at most its amount.

    Once more principal is paid than would be left beside that interest, no more of it is asked
    for: the rest waits for the next installment.
    """
    asked = min(interest, amount)
    if paid.principal > amount - asked:
        return paid.interest
    return max(asked, paid.interest)


def scheduled_interest(loan: Loan, rounding: Rounding) -> dict[int, Money]:
    """Installment number → interest, where the schedule fixes it.

    Interest brought in at boarding that no installment past due asks for is asked for by the first
    one to come.
    """
    planned, billed = observe.planned(loan), loan.billed
    interest = {row.number: row.interest for row in planned}
    if loan.interest_opening and planned:
        first = planned[0].number
        past_due = total(row.interest for row in billed if row.number < first)
        opened = round_exact(loan.interest_opening, rounding)
        interest[first] = interest[first] + max(opened - past_due, ZERO)
    return interest | {row.number: row.interest for row in billed}


def interest_not_asked(loan: Loan) -> Money:
    """Interest of periods that have ended and that no installment has asked for."""
    return loan.interest_billed - total(row.interest for row in loan.billed)


def last_unpaid(loan: Loan) -> int:
    """Number of the last installment to come with something unpaid: it takes what is left."""
    rows = observe.unbilled(loan)
    open_rows = [r.number for r in rows if observe.remaining_of(loan, r.number, r.amount) > ZERO]
    return max(open_rows, default=rows[-1].number if rows else 0)


def parts_of(
    loan: Loan, row: PlannedInstallment, interest: Money, balance: Money, *, final: bool
) -> InstallmentParts:
    """An installment in parts, when so much interest waits and so much principal is left for it."""
    paid = paid_parts(loan, row.number)
    if final:
        return InstallmentParts(
            interest=max(interest, paid.interest), principal=balance + paid.principal
        )
    if loan.agreed.asks_no_interest(row.number):
        whole = in_parts(loan, row.number, row.amount, interest, balance + paid.principal)
        return replace(whole, interest=max(whole.interest, paid.interest))
    asked = interest_asked(row.amount, interest, paid)
    left = max(row.amount - asked, paid.principal)
    return InstallmentParts(interest=asked, principal=min(left, balance + paid.principal))


def principal_not_due(loan: Loan) -> Money:
    """Principal that is not part of an installment fallen due and unpaid."""
    due = total(unpaid_parts(loan, row).principal for row in loan.billed)
    return max(loan.principal_balance - due, ZERO)


def installment_rows(loan: Loan, day: date, product: Product) -> tuple[InstallmentRow, ...]:
    """Every installment: those fallen due as they stand, those to come if all is paid in time.

    Principal over all rows is the principal there was at the start. For loans that know what is
    paid of an installment in parts.
    """
    parts = [
        (row.number, row.due_date, InstallmentParts(interest=i, principal=row.amount - i), False)
        for row in loan.billed
        for i in (row.interest,)
    ]
    parts += [(row.number, row.due_date, part, True) for row, part in projected(loan, day, product)]
    owed = total(part.principal for _, _, part, _ in parts) + _beyond(loan, date.min, date.max)
    rows: list[InstallmentRow] = []
    before = date.min
    for number, due_date, part, is_projected in parts:
        beyond = _beyond(loan, before, due_date)
        principal = part.principal + beyond
        owed = owed - principal
        rows.append(
            _row(loan, number, due_date, before, replace(part, principal=principal),
                 owed - _lent_later(loan, due_date), projected=is_projected)
        )  # fmt: skip
        before = due_date
    return tuple(rows)


def _lent_later(loan: Loan, due_date: date) -> Money:
    """Further parts paid out on a due date or later: they belong to the periods after it."""
    return total(
        part.principal
        for part in loan.disbursements
        if not part.undone
        and part.disbursed_on >= due_date
        and part.disbursed_on != loan.disbursed_on
    )


def _row(
    loan: Loan, number: int, due_date: date, before: date, part: InstallmentParts, balance: Money,
    *, projected: bool,
) -> InstallmentRow:  # fmt: skip
    made = [
        (item.paid_on, item.principal + item.interest)
        for item in loan.toward_installments
        if item.number == number or (not item.number and before < item.paid_on <= due_date)
    ]
    paid = total(amount for _, amount in made)
    whole = paid >= part.amount and bool(made)
    return InstallmentRow(
        number=number,
        due_date=due_date,
        interest=part.interest,
        principal=part.principal,
        balance=balance,
        paid=paid,
        paid_in_advance=total(amount for on, amount in made if on < due_date),
        paid_late=total(amount for on, amount in made if on > due_date),
        paid_on=max(on for on, _ in made) if whole else None,
        projected=projected,
    )


def _beyond(loan: Loan, after: date, through: date) -> Money:
    """Principal prepaid beyond installments in a span of days."""
    return total(
        item.principal
        for item in loan.toward_installments
        if not item.number and after < item.paid_on <= through
    )


def projected(
    loan: Loan, day: date, product: Product
) -> Iterator[tuple[PlannedInstallment, InstallmentParts]]:
    """Installments to come in parts, if what is due is paid on the day and the rest in time."""
    rows = observe.unbilled(loan)
    if not rows or loan.terms is None:
        return
    last = last_unpaid(loan)
    if loan.terms.by_period is not None:
        scheduled = scheduled_interest(loan, product.rounding)
        yield from _projected_by_schedule(loan, rows, last, scheduled)
        return
    balance, since = principal_not_due(loan), day
    not_asked = interest_not_asked(loan)
    earned = observe.interest_earned_to(loan, day) - loan.interest_billed.minor
    on_time = balance == loan.principal_balance
    if not on_time and rounds_at_changes(product):
        earned = Exact(round_exact(earned, product.rounding).minor)
    for row in rows:
        if on_time and row is rows[0]:
            earned = observe.interest_earned_to(loan, row.due_date) - loan.interest_billed.minor
        else:
            earned += _earned_on(loan, balance, since, row.due_date)
        carried = loan.interest_billed if carries_remainders(product) else ZERO
        of_period = interest_of_period(earned + carried.minor, carried, product)
        not_asked = not_asked + of_period
        part = parts_of(loan, row, not_asked, balance, final=row.number == last)
        yield row, part
        earned = earned - of_period.minor if carries_remainders(product) else Exact(0)
        not_asked = not_asked - part.interest
        balance = balance - (part.principal - paid_parts(loan, row.number).principal)
        since = row.due_date


def _projected_by_schedule(
    loan: Loan,
    rows: tuple[PlannedInstallment, ...],
    last: int,
    scheduled: dict[int, Money],
) -> Iterator[tuple[PlannedInstallment, InstallmentParts]]:
    """The same where the schedule fixes the interest of each period, while principal is owed."""
    balance = principal_not_due(loan)
    for row in rows:
        paid = paid_parts(loan, row.number)
        interest = max(scheduled[row.number], paid.interest) if balance > ZERO else paid.interest
        left = balance if row.number == last else min(
            max(row.amount - interest - paid.principal, ZERO), balance
        )  # fmt: skip
        balance = balance - left
        yield row, InstallmentParts(interest=interest, principal=left + paid.principal)


def _earned_on(loan: Loan, balance: Money, since: date, until: date) -> Exact:
    """Interest on a balance over a span of days to come, at the rate in force."""
    rate = earning_rate(loan.agreed, rate_on(loan, since))
    point = AccrualPoint(anchor=since, earned=Exact(0), balance=balance, rate=rate)
    return earned_from(point, loan.agreed, until) if until > since else Exact(0)


def horizon_of(day: date, window: int | None) -> date:
    """The last due date money of a day may satisfy an installment of."""
    return date.max if window is None else day + timedelta(days=window)
