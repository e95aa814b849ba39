"""A loan on a day as doors show it: terms, balances, lateness, and its installments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from engine.amortization.percent_of_balance import minimum_payment
from engine.loan import observe
from engine.loan.decisions.cost import cost_of_credit
from engine.loan.decisions.offer import origination_fees
from engine.loan.facts_on import facts_on
from engine.loan.installments import installment_rows
from engine.loan.loan import Loan
from engine.loan.outcomes.capitalization import capitalizes
from engine.loan.outcomes.first_schedule import contract_schedule
from engine.loan.outcomes.free_times import free_times, interest_left
from engine.loan.outcomes.parts_due import Wanted, parts_due, unpaid_through
from engine.loan.outcomes.reamortization import coming_rates, earned_ahead
from engine.loan.timeline import rate_on
from engine.values.money import ZERO, Exact, Money, total
from engine.values.rounding import Rounding, round_exact
from servicing.standing import Standing
from servicing.telling import balances, fee_views
from servicing.views import LoanView, ScheduleRow

__all__ = ["loan_view", "schedule_rows"]


def loan_view(
    at: Standing,
    borrower_name: str,
    as_known_at: datetime | None,
    *,
    external_id: str = "",
    metadata: dict[str, str] | None = None,
) -> LoanView:
    """The loan of a standing."""
    loan, day, product = at.loan, at.day, at.terms.product
    terms, currency, rounding = loan.agreed, loan.currency, product.rounding
    rows = observe.planned(loan)
    coming = observe.unbilled(loan)
    regular = rows[-1].amount if rows else ZERO
    if coming:
        regular = observe.amount_to_come(loan, coming[0], rounding)
    return LoanView(
        loan_id=loan.loan_id,
        borrower_id=loan.borrower_id,
        borrower_name=borrower_name,
        product=loan.product,
        product_version=loan.product_version,
        product_title=product.title,
        currency=currency,
        status=loan.status.value,
        as_of=day,
        as_known_at=as_known_at,
        seq=at.seq,
        contract_date=terms.contract_date,
        disbursed_on=loan.disbursed_on,
        first_payment_date=terms.first_payment_date,
        maturity_date=rows[-1].due_date if rows else None,
        loan_amount=terms.loan_amount.text(currency),
        down_payment=terms.down_payment.text(currency),
        undrawn_amount=observe.undrawn(loan).text(currency),
        note_rate=terms.note_rate.text(),
        rate_in_force=rate_on(loan, day).text(),
        interest_cap=_cap(loan),
        interest_paused_until=_paused_until(loan, day),
        non_accrual_since=loan.non_accrual_since(day),
        installment_amount=regular.text(currency),
        number_of_payments=terms.number_of_payments,
        frequency=str(terms.frequency.__struct_config__.tag),
        apr=None if loan.boarded_on else disclosed_apr(at),
        governing_state=terms.circumstances.state,
        balances=balances(loan, day, at.terms),
        next_due_date=observe.next_due_date(loan, day),
        next_due_amount=observe.next_due_amount(loan, day, rounding).text(currency),
        amount_past_due=observe.amount_past_due(loan, day, rounding).text(currency),
        days_past_due=observe.days_past_due(loan, day, rounding),
        oldest_unpaid_due_date=observe.oldest_unpaid_due_date(loan, day, rounding),
        delinquency_stage=observe.delinquency_stage(loan),
        cash_received=loan.cash_received.text(currency),
        unpaid_fees=tuple(fee for fee in fee_views(loan) if Money.parse(fee.owed, currency)),
        statuses=_statuses(loan),
        external_id=external_id,
        metadata=metadata or {},
    )


def _statuses(loan: Loan) -> tuple[dict[str, str], ...]:
    """The borrower's circumstances, each with its days."""
    return tuple(
        {
            "status": status.status.value,
            "from_date": status.from_date.isoformat(),
            "to_date": status.to_date.isoformat() if status.to_date else "",
        }
        for status in loan.borrower_statuses
    )


def _cap(loan: Loan) -> str | None:
    most = loan.agreed.interest_cap
    return None if most is None else most.text(loan.currency)


def _paused_until(loan: Loan, day: date) -> date | None:
    holding = (time.last_day for time in free_times(loan) if time.holds_on(day))
    return next(holding, None)


def disclosed_apr(at: Standing) -> str:
    """The APR of the contract, as disclosed."""
    terms = at.loan.agreed
    schedule = contract_schedule(terms, at.terms)
    return cost_of_credit(schedule, terms, _prepaid(at)).disclosed_apr.text()


def _prepaid(at: Standing) -> Money:
    """Finance charges kept from the proceeds or financed at origination."""
    facts = facts_on(at.loan, at.loan.agreed.contract_date, at.terms)
    return total(amount for fee, amount in origination_fees(facts, at.terms) if fee.finance_charge)


def schedule_rows(at: Standing) -> Iterator[ScheduleRow]:
    """Every installment: those billed as they stand, those to come projected from the balance."""
    loan, day, rounding = at.loan, at.day, at.terms.product.rounding
    if loan.agreed.by_installment and loan.started_on is not None:
        yield from _in_parts(at)
        return
    scheduled = {}
    if loan.boarded_on is None:
        contract = contract_schedule(loan.agreed, at.terms)
        scheduled = {row.number: row for row in contract.installments}
    due = {row.number: row.remaining for row in observe.installments_due(loan, day, rounding)}
    currency = loan.currency
    for row in loan.billed:
        left = due.get(row.number, ZERO)
        paid = loan.paid_toward.get(row.number, ZERO)
        plan = scheduled.get(row.number)
        state = "paid"
        if left > ZERO:
            state = "past_due" if row.due_date < day else "due"
            state = "partly_paid" if paid > ZERO and state == "due" else state
        yield ScheduleRow(
            number=row.number,
            due_date=row.due_date,
            amount=row.amount.text(currency),
            interest=plan.interest.text(currency) if plan else "",
            principal=plan.principal.text(currency) if plan else "",
            balance_after=plan.balance.text(currency) if plan else "",
            paid=paid.text(currency),
            state=state,
            projected=False,
        )
    if loan.paid_off_on is None and loan.charged_off_on is None:
        yield from _projected(at)


def _in_parts(at: Standing) -> Iterator[ScheduleRow]:
    """Installments that ask for the interest of their own period each."""
    currency = at.loan.currency
    closed = at.loan.paid_off_on is not None or at.loan.charged_off_on is not None
    for row in installment_rows(at.loan, at.day, at.terms.product):
        if closed and row.projected and not row.paid:
            return
        if not row.outstanding:
            state = "paid"
        elif row.projected:
            state = "upcoming"
        elif row.due_date < at.day:
            state = "past_due"
        else:
            state = "partly_paid" if row.paid else "due"
        yield ScheduleRow(
            number=row.number,
            due_date=row.due_date,
            amount=row.amount.text(currency),
            interest=row.interest.text(currency),
            principal=row.principal.text(currency),
            balance_after=row.balance.text(currency),
            paid=row.paid.text(currency),
            state=state,
            projected=row.projected,
        )


def _projected(at: Standing) -> Iterator[ScheduleRow]:
    """Installments to come, if all that is due is paid today and each of them on its day."""
    loan, day, product = at.loan, at.day, at.terms.product
    rounding, rates = product.rounding, coming_rates(at.loan, at.day, at.terms)
    if loan.agreed.by_period is not None:
        yield from _projected_by_period(loan, day, rounding)
        return
    due = total(row.remaining for row in observe.installments_due(loan, day, rounding))
    interest = observe.accrued_interest(loan, day)
    balance = loan.principal_balance
    towards = due - observe.interest_owed(loan, day, rounding)
    if due > ZERO:
        balance = balance - (towards if towards > ZERO else ZERO)
        interest = max(interest - due.minor, Exact(0))
    coming, room = observe.unbilled(loan), interest_left(loan, day)
    last, since, currency = len(coming) - 1, day, loan.currency
    for place, row in enumerate(coming):
        earned = earned_ahead(loan, balance, rates, since, row.due_date)
        if room is not None:
            earned = min(earned, Exact(room.minor))
            room = room - Money(int(earned))
        interest += earned
        paid = loan.paid_toward.get(row.number, ZERO)
        of_interest = round_exact(interest, rounding)
        whole = balance + of_interest
        amount, terms = row.amount, loan.agreed.minimum_payment
        if terms is not None:
            amount = minimum_payment(terms, balance, of_interest)
        left = whole if place == last else min(_left(amount, paid), whole)
        of_interest = min(of_interest, left)
        if place < last and capitalizes(product, loan, coming[place:]):
            of_interest = round_exact(interest, rounding)
        interest -= of_interest.minor
        balance = balance - (left - of_interest)
        since = row.due_date
        yield ScheduleRow(
            number=row.number,
            due_date=row.due_date,
            amount=(left + paid).text(currency),
            interest=of_interest.text(currency),
            principal=(left - of_interest).text(currency),
            balance_after=balance.text(currency),
            paid=paid.text(currency),
            state="paid" if paid > ZERO and left == ZERO else "upcoming",
            projected=True,
        )


def _projected_by_period(loan: Loan, day: date, rounding: Rounding) -> Iterator[ScheduleRow]:
    """The same where the schedule fixes interest by period; it ends when the principal does."""
    wanted, coming = unpaid_through(loan, day, rounding), observe.unbilled(loan)
    ahead = [row for row in coming if row.earned_on > day]
    end = max(coming[-1].due_date, coming[-1].ends_on) if coming else day
    rest = observe.total_owed(loan, end, rounding) if coming else ZERO
    lefts = [_left(row.amount, loan.paid_toward.get(row.number, ZERO)) for row in ahead]
    wanted += [
        Wanted(row.number, row.due_date, rest if row is ahead[-1] else left)
        for row, left in zip(ahead, lefts, strict=True)
    ]
    balance, currency = loan.principal_balance, loan.currency
    parts = {part.number: part for part in parts_due(loan, wanted, day, rounding)}
    later = {row.number for row in ahead}
    balance = balance - total(p.principal for p in parts.values() if p.number not in later)
    for row in coming:
        part = parts[row.number]
        interest = part.interest if balance > ZERO or part.principal > ZERO else ZERO
        if row in ahead:
            balance = balance - part.principal
        paid = loan.paid_toward.get(row.number, ZERO)
        left = interest + part.principal
        yield ScheduleRow(
            number=row.number,
            due_date=row.due_date,
            amount=(left + paid).text(currency),
            interest=interest.text(currency),
            principal=part.principal.text(currency),
            balance_after=balance.text(currency),
            paid=paid.text(currency),
            state="paid" if paid > ZERO and left == ZERO else "upcoming",
            projected=True,
        )


def _left(amount: Money, paid: Money) -> Money:
    return amount - paid if amount > paid else ZERO
