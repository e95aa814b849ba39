"""Re-amortization: the installments still to come set anew, from the balance of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from msgspec.structs import replace

from engine.catalog.terms_in_force import TermsInForce
from engine.interest.accrual import BalanceChange, RateChange, interest_earned
from engine.interest.no_interest import NoInterest
from engine.interest.precomputed_interest import PrecomputedInterest
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.loan import installments, observe
from engine.loan.by_period import earned_in_period
from engine.loan.events import PlannedInstallment, ScheduleSet
from engine.loan.loan import Loan
from engine.loan.outcomes.coming_schedule import coming_schedule
from engine.loan.outcomes.contract_rate import rate_of_schedules
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.first_schedule import way_down
from engine.loan.outcomes.free_times import interest_left, pauses_from
from engine.loan.outcomes.lowered_charge import at_another_rate
from engine.loan.outcomes.parts_due import principal_beyond, unpaid_through
from engine.loan.outcomes.rate_path import installments_before, projected_rates
from engine.loan.regular_periods import regular_periods
from engine.loan.timeline import earning_rate, rate_of_balance
from engine.values.money import ZERO, Exact, Money, total


def reamortize(draft: Draft, day: date, reason: str) -> None:
    """Set the installments still to come anew, from the balance and rate of the day."""
    loan, product = draft.loan, draft.terms.product
    coming = [row for row in observe.unbilled(loan) if row.earned_on > day]
    if not coming or (isinstance(product.interest, NoInterest) and reason != "prepayment"):
        return
    principal, carry = balance_to_amortize(loan, day, draft.terms)
    if principal <= ZERO:
        return
    if isinstance(product.interest, PrecomputedInterest):
        rate = rate_of_schedules(loan, day, draft.terms)
        _set(draft, day, coming, at_another_rate(loan, coming, day, rate, product.rounding), reason)
        return
    rows = coming_schedule(
        principal,
        coming_rates(loan, day, draft.terms),
        begins_on(loan, day),
        [row.ends_on for row in coming],
        way_down(loan.agreed, draft.terms, coming[-1].ends_on),
        done=loan.agreed.agreed_number(coming[0].number) - 1,
        pauses=pauses_from(loan, day),
        carry=carry,
        interest_cap=interest_left(loan, day),
    ).installments
    planned = tuple(
        replace(
            old,
            amount=new.payment if new else ZERO,
            interest=new.interest if new and loan.agreed.by_period is not None else ZERO,
        )
        for old, new in zip_longest(coming, rows)
    )
    _set(draft, day, coming, planned, reason)


def begins_on(loan: Loan, day: date) -> date:
    """The day from which installments to come are worked out: not before their first period begins,
    where the schedule fixes interest by period."""
    if loan.agreed.by_period is None:
        return day
    return max([day, *(row.ends_on for row in observe.planned(loan) if row.earned_on <= day)])


def _set(
    draft: Draft,
    day: date,
    coming: Sequence[PlannedInstallment],
    planned: tuple[PlannedInstallment, ...],
    reason: str,
) -> None:
    """Record installments to come where they are other ones than those that stand."""
    loan = draft.loan
    if planned != tuple(coming):
        rate = rate_of_schedules(loan, day, draft.terms).text()
        draft.record(
            ScheduleSet(
                effective_on=day,
                installments=planned,
                reason=reason,
                because=draft.because("/amortization", rate=rate),
            )
        )


def coming_rates(loan: Loan, day: date, terms: TermsInForce) -> list[RateChange]:
    """The rate installments of a day go by, and those the plan foresees after it.

    Where law or agreement keeps the rate of the day below the plan's, it keeps later ones so too.
    Index values of resets after the day are not known on it, also when it is decided again later.
    """
    now = rate_of_schedules(loan, day, terms)
    adopted = [value for value in loan.index_values if value[0] <= day]
    plan = projected_rates(loan.agreed, terms, adopted, installments_before(loan))
    planned = [change.rate for change in plan if change.on <= day]
    bound = bool(planned) and now < planned[-1]
    return [
        RateChange(day, now),
        *(
            RateChange(change.on, min(change.rate, now) if bound else change.rate)
            for change in plan
            if change.on > day
        ),
    ]


def balance_to_amortize(loan: Loan, day: date, terms: TermsInForce) -> tuple[Money, Exact]:
    """Principal and unpaid interest that the coming installments must pay.

    What already fell due is owed beside them, so its dollars are taken out first: interest, then
    principal. Of that interest a part of a cent is left where remainders are carried.
    """
    rounding, method = terms.product.rounding, terms.product.interest
    if loan.agreed.by_installment:
        return _beside_what_is_due(loan, day)
    if loan.agreed.by_period is not None:
        wanted = unpaid_through(loan, day, rounding)
        return principal_beyond(loan, wanted, day, rounding), earned_in_period(loan, day)
    wanted = unpaid_through(loan, day, rounding)
    alone = total(row.left for row in wanted if loan.agreed.asks_no_interest(row.number))
    due = total(row.left for row in wanted) - alone
    balance = max(loan.principal_balance - alone, ZERO)
    interest = observe.accrued_interest(loan, day)
    if interest >= due.minor or not due:  # a little below zero after a payment rounded up
        return balance, interest - due.minor
    owed = observe.interest_owed(loan, day, rounding)
    carried = isinstance(method, SimpleInterest) and method.remainders is Remainders.carried
    left = interest - owed.minor if carried else Exact(0)
    return balance - max(due - owed, ZERO), left


def _beside_what_is_due(loan: Loan, day: date) -> tuple[Money, Exact]:
    """The same where each installment asks for the interest of its own period."""
    waiting = total(installments.unpaid_parts(loan, row).interest for row in loan.billed)
    carry = observe.accrued_interest(loan, day) - waiting.minor
    return installments.principal_not_due(loan), max(carry, Exact(0))


def earned_ahead(
    loan: Loan, balance: Money, rates: Sequence[RateChange], since: date, until: date
) -> Exact:
    """What a balance is to earn from a day to another at rates that hold from the day or before."""
    terms = loan.agreed
    if terms.rate_bands is not None:
        most = max((change for change in rates if change.on <= since), key=lambda c: c.on).rate
        of_balance = rate_of_balance(terms.rate_bands, terms.note_rate, balance, most)
        rates = [RateChange(since, of_balance)]
    return interest_earned(
        (BalanceChange(since, balance),),
        [RateChange(change.on, earning_rate(terms, change.rate)) for change in rates],
        pauses_from(loan, since),
        terms.day_count,
        until,
        periods=regular_periods(terms, until),
    )
