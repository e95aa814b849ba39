"""When time will next decide something about a loan: due dates, fee days, stages, rate changes.

Until the next boundary every number of the loan is a closed form of the date.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engine.catalog.terms_in_force import TermsInForce
from engine.fees.assessment import late_fee_day
from engine.fees.late_fee import LateFee
from engine.loan import observe
from engine.loan.loan import BilledInstallment, Loan
from engine.loan.outcomes.default import next_default_day
from engine.loan.outcomes.fees import fee_id
from engine.loan.outcomes.interest_cap import next_cap_day
from engine.loan.outcomes.rates import next_rate_day
from engine.loan.outcomes.stages import (
    charge_off_proposal_day,
    next_stage_day,
    non_accrual_proposal_day,
)
from engine.loan.status import LoanStatus
from engine.loan.versions import terms_on
from engine.values.money import ZERO


def next_boundary(loan: Loan, terms: TermsInForce) -> date | None:
    """The first day on which time decides something that is not decided yet; None for never."""
    if loan.status is not LoanStatus.active:
        return None
    candidates = [
        next_rate_day(loan, terms),
        next_cap_day(loan),
        next_billing_day(loan, terms),
        next_period_end(loan),
        next_late_fee_day(loan, terms),
    ]
    known = [day for day in candidates if day is not None]
    # A stage is asked for at the earliest of these: what is unpaid then is unpaid until paid.
    horizon = min(known) if known else _far(loan)
    known += [
        day
        for day in (
            next_default_day(loan, horizon, terms),
            next_stage_day(loan, horizon, terms),
            non_accrual_proposal_day(loan, horizon, terms),
            charge_off_proposal_day(loan, horizon, terms),
        )
        if day is not None
    ]
    return min(known) if known else None


def next_billing_day(loan: Loan, terms: TermsInForce) -> date | None:
    """Due date of the next installment to be billed; None when nothing is left to bill."""
    rows = observe.unbilled(loan)
    if not rows:
        return None
    day = rows[0].due_date
    if loan.interest_bearing <= ZERO:
        return day if observe.interest_owed(loan, day, terms.product.rounding) else None
    return day


def next_period_end(loan: Loan) -> date | None:
    """The end of the next period that is not its installment's due date, where another pace of
    interest fixed by the schedule begins; None when there is none."""
    ends = [day for _, day in periods_to_end(loan)]
    return min(ends) if ends else None


def periods_to_end(loan: Loan) -> list[tuple[int, date]]:
    """Installments whose due date moved alone, with the ends of their periods not yet told."""
    started = loan.started_on
    if loan.terms is None or loan.terms.by_period is None or loan.principal_balance <= ZERO:
        return []
    return [
        (row.number, row.period_end)
        for row in observe.planned(loan)
        if row.period_end is not None
        and row.number not in loan.periods_ended
        and started is not None
        and row.period_end > started
    ]


def next_late_fee_day(loan: Loan, terms: TermsInForce) -> date | None:
    """The first day a late fee is to be judged that was not judged before."""
    days = [day for day, _, _ in late_fees_to_judge(loan, terms)]
    return min(days) if days else None


def late_fees_to_judge(
    loan: Loan, terms: TermsInForce
) -> list[tuple[date, LateFee, BilledInstallment]]:
    """Late fees open for judgment: the day, the fee, the unpaid installment."""
    rows = observe.unpaid(loan)
    if not rows:
        return []
    judged = {fee.fee_id for fee in loan.fees} | set(loan.fees_forgone)
    started = loan.started_on
    assert started is not None
    open_fees: list[tuple[date, LateFee, BilledInstallment]] = []
    sure = _within_principal(loan, rows)
    for fee, row, place in _late_fees(loan, rows, terms):
        if fee_id(fee, row.number) in judged:
            continue
        day = late_fee_day(fee, row.due_date, terms.calendar)
        if day >= started and (place < sure or _due_on(loan, row, day, terms)):
            open_fees.append((day, fee, row))
    return open_fees


def _late_fees(
    loan: Loan, rows: list[BilledInstallment], terms: TermsInForce
) -> Iterator[tuple[LateFee, BilledInstallment, int]]:
    """Late fees of the versions the installments fell due under, each with its place."""
    under = [(terms_on(loan, row.due_date, terms).product, row) for row in rows]
    for product in {product.version: product for product, _ in under}.values():
        for fee in product.fees:
            if isinstance(fee, LateFee):
                yield from (
                    (fee, row, place)
                    for place, (its, row) in enumerate(under)
                    if its.version == product.version
                )


def _within_principal(loan: Loan, rows: list[BilledInstallment]) -> int:
    """How many of the oldest unpaid installments are due by principal alone, whatever interest."""
    spoken_for, count = ZERO, 0
    for row in rows:
        if spoken_for >= loan.principal_balance:
            break
        spoken_for = spoken_for + observe.remaining_of(loan, row.number, row.amount)
        count += 1
    return count


def _due_on(loan: Loan, row: BilledInstallment, day: date, terms: TermsInForce) -> bool:
    """Whether something of the installment is unpaid on a day if nothing is paid by then."""
    due = observe.installments_due(loan, day, terms.product.rounding)
    return any(standing.number == row.number for standing in due)


def _far(loan: Loan) -> date:
    """A day by which interest of a few weeks shows; only its sign matters to a stage."""
    return (loan.last_effective_on or loan.agreed.contract_date) + timedelta(days=30)
