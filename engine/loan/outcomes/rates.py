"""The rate in force: the contract's, lowered where law says so, and installments that follow it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest

from msgspec.structs import replace

from engine.amortization.schedule import schedule
from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.limits import Narrowed, narrow
from engine.compliance.rule import Point
from engine.interest.accrual import Pause
from engine.interest.no_interest import NoInterest
from engine.loan import installments, observe
from engine.loan.by_period import earned_in_period
from engine.loan.events import PlannedInstallment, RateReset, ScheduleSet
from engine.loan.facts_on import facts_on
from engine.loan.loan import Loan
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.parts_due import principal_beyond, unpaid_through
from engine.loan.outcomes.rest_of_term import rest_of
from engine.loan.outcomes.rules_used import limit_used
from engine.loan.regular_periods import schedule_periods
from engine.loan.status import BorrowerStatusKind
from engine.loan.timeline import contract_rate_on, rate_on
from engine.trace import explained
from engine.values.money import ZERO, Exact, Money, total
from engine.values.rate import Rate

_NOTHING = Rate(Exact(0))
PAUSED = "interest_pause"
"""The reason of a rate of nothing, and of installments set anew, while interest is paused."""
RESUMED = "interest_pause_ended"


def paused_on(loan: Loan, day: date) -> bool:
    """Whether the day lies in a pause and earns nothing."""
    return any(pause.holds_on(day) for pause in loan.interest_pauses)


@explained
def rate_to_be(loan: Loan, day: date, terms: TermsInForce) -> Narrowed:
    """The rate that ought to be in force on a day: nothing in a pause, else the lawful one."""
    return Narrowed(amount=_NOTHING) if paused_on(loan, day) else lawful_rate(loan, day, terms)


@explained
def lawful_rate(loan: Loan, day: date, terms: TermsInForce) -> Narrowed:
    """The contract rate of the day, narrowed to what law allows for this borrower."""
    contract = contract_rate_on(loan, day)
    facts = facts_on(loan, day, terms).given(note_rate=contract, current_rate=contract)
    return narrow(terms.rules, Point.change_rate, "note_rate", contract, facts, day)


def next_rate_day(loan: Loan, terms: TermsInForce) -> date | None:
    """The first day on which the rate in force is not the one that ought to be."""
    started = loan.started_on
    served = [
        status
        for status in loan.borrower_statuses
        if status.status is BorrowerStatusKind.military_service
    ]
    if started is None or not (served or loan.interest_pauses):
        return None
    days = {status.from_date for status in served} | {day for day, _, _ in loan.contract_rates}
    days |= {status.to_date + timedelta(days=1) for status in served if status.to_date}
    for pause in loan.interest_pauses:
        days |= {pause.first_day, pause.last_day + timedelta(days=1)}
    if terms.rules is not None:
        days |= {day for day in terms.rules.change_days if any(s.holds_on(day) for s in served)}
    days = {started} | {day for day in days if day > started}
    for day in sorted(days):
        if rate_to_be(loan, day, terms).amount != rate_on(loan, day):
            return day
    return None


def reset_rate(draft: Draft, day: date, unbound: str = "rate_limit_ended") -> None:
    """Bring the rate in force to the lawful one from a day on, and the installments with it.

    ``unbound`` is the reason where no law binds it. A pause is a rate of nothing; the installments
    stay for it, and for its end too unless the rate is another than before.
    """
    before = _before_pause(draft.loan, day)
    lawful = rate_to_be(draft.loan, day, draft.terms)
    rate = lawful.amount
    assert isinstance(rate, Rate)
    if rate == rate_on(draft.loan, day):
        return
    because = draft.because("/interest", contract_rate=contract_rate_on(draft.loan, day).text())
    because = replace(because, rules=limit_used(lawful))
    reason = "rate_limit" if lawful.bound_by else unbound
    if paused_on(draft.loan, day):
        reason = PAUSED
    elif before is not None and (rate == before or not lawful.bound_by):
        reason = RESUMED if rate == before else "rate_change"
    draft.record(RateReset(effective_on=day, rate=rate, reason=reason, because=because))
    if reason not in (PAUSED, RESUMED):
        reamortize(draft, day, reason)


def _before_pause(loan: Loan, day: date) -> Rate | None:
    """The rate in force before the pause that ends with the day; None where none ends."""
    for pause in loan.interest_pauses:
        if pause.last_day + timedelta(days=1) == day:
            began = pause.first_day - timedelta(days=1)
            first_day, _, first = loan.rate_changes[0]
            return rate_on(loan, began) if began >= first_day else first
    return None


def reamortize(draft: Draft, day: date, reason: str) -> None:
    """Set the installments still to come anew, from the balance and rate of the day."""
    loan, product = draft.loan, draft.terms.product
    coming = [row for row in observe.unbilled(loan) if row.due_date > day]
    if not coming or (isinstance(product.interest, NoInterest) and reason != "prepayment"):
        return
    principal, carry = balance_to_amortize(loan, day, draft.terms)
    if principal <= ZERO:
        return
    rate = rate_unless_paused(loan, day, draft.terms)
    rows = schedule(
        principal,
        rate,
        day,
        [row.due_date for row in coming],
        interest=product.interest,
        amortization=rest_of(
            product.amortization,
            loan.agreed.agreed_number(coming[0].number) - 1,
            loan.agreed.financed,
        ),
        pauses=pauses_from(loan, day),
        carry=carry,
        lent=loan.agreed.financed,
        periods=schedule_periods(loan.agreed, coming[-1].due_date, draft.terms.calendar),
    ).installments
    installments = tuple(
        PlannedInstallment(
            old.number,
            old.due_date,
            new.payment if new else ZERO,
            new.interest if new and loan.agreed.by_period is not None else ZERO,
        )
        for old, new in zip_longest(coming, rows)
    )
    if installments != tuple(coming):
        draft.record(
            ScheduleSet(
                effective_on=day,
                installments=installments,
                reason=reason,
                because=draft.because("/amortization", rate=rate.text()),
            )
        )


def rate_unless_paused(loan: Loan, day: date, terms: TermsInForce) -> Rate:
    """The rate in force on a day, or what it would be were interest not paused."""
    if not paused_on(loan, day):
        return rate_on(loan, day)
    lawful = lawful_rate(loan, day, terms).amount
    assert isinstance(lawful, Rate)
    return lawful


def pauses_from(loan: Loan, day: date) -> tuple[Pause, ...]:
    """What lies ahead of the pauses, as schedules count it."""
    return tuple(
        Pause(max(pause.first_day, day), pause.last_day)
        for pause in loan.interest_pauses
        if pause.last_day >= day
    )


def balance_to_amortize(loan: Loan, day: date, terms: TermsInForce) -> tuple[Money, Exact]:
    """Principal and unpaid interest that the coming installments must pay.

    What already fell due is owed beside them, so its dollars are taken out first: interest, then
    principal.
    """
    rounding = terms.product.rounding
    if loan.agreed.by_installment:
        return _beside_what_is_due(loan, day)
    if loan.agreed.by_period is not None:
        wanted = unpaid_through(loan, day, rounding)
        return principal_beyond(loan, wanted, day, rounding), earned_in_period(loan, day)
    due = total(row.remaining for row in observe.installments_due(loan, day, rounding)) + total(
        observe.remaining_of(loan, row.number, row.amount)
        for row in observe.unbilled(loan)
        if row.due_date <= day
    )
    interest = observe.accrued_interest(loan, day)
    if interest >= due.minor or not due:  # a little below zero after a payment rounded up
        return loan.principal_balance, interest - due.minor
    covered = due - observe.interest_owed(loan, day, rounding)
    return loan.principal_balance - max(covered, ZERO), Exact(0)


def _beside_what_is_due(loan: Loan, day: date) -> tuple[Money, Exact]:
    """The same where each installment asks for the interest of its own period."""
    waiting = total(installments.unpaid_parts(loan, row).interest for row in loan.billed)
    carry = observe.accrued_interest(loan, day) - waiting.minor
    return installments.principal_not_due(loan), max(carry, Exact(0))
