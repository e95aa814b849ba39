"""Capitalization: on due dates the product names, interest no installment asks for is principal.

An installment is a dollar amount and takes interest first, so what has been billed stays interest.
Where the balance would grow beyond the product's limit the installments are set anew, from the one
due that day on, to pay the loan off.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from engine.amortization.amortize import converts_after, growth_limit
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.amortization.level_payment import LevelPayment, Residual
from engine.amortization.schedule import schedule
from engine.amortization.stepped import Stepped
from engine.catalog.terms_in_force import TermsInForce
from engine.interest.capitalization import AtConversion, EveryDueDate, GivenMonths, is_last_of_month
from engine.interest.simple_interest import SimpleInterest
from engine.loan import observe
from engine.loan.events import InterestCapitalized, PlannedInstallment, ScheduleSet
from engine.loan.loan import Loan
from engine.loan.outcomes.contract_rate import rate_of_schedules
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.free_times import interest_left, pauses_from
from engine.loan.regular_periods import schedule_periods
from engine.product.capitalizing import capitalization_path
from engine.product.product import Product
from engine.trace import explained
from engine.values.money import ZERO, Exact, Money, total
from engine.values.rounding import Rounding

LIMIT_REACHED = "negative_amortization_limit"
"""The reason of installments set anew because the balance may not grow further."""


def capitalize(draft: Draft, day: date) -> None:
    """Add to the principal the interest that the installments due by the day do not ask for."""
    loan, product = draft.loan, draft.terms.product
    coming = observe.unbilled(loan)
    if len(coming) < 2 or loan.principal_balance <= ZERO or not capitalizes(product, loan, coming):
        return  # the last installment stands for everything owed
    amount = interest_to_capitalize(loan, coming[0], product.rounding)
    most = _most(product, loan)
    if most is not None and amount > ZERO and loan.principal_balance + amount > most:
        _set_anew(draft, coming, day)
        coming = observe.unbilled(draft.loan)
        amount = interest_to_capitalize(draft.loan, coming[0], product.rounding)
        amount = min(amount, most - draft.loan.principal_balance)
    if amount > ZERO:
        draft.record(
            InterestCapitalized(
                effective_on=day,
                amount=amount,
                because=draft.because(
                    capitalization_path(product), installment=str(coming[0].number)
                ),
            )
        )


@explained
def interest_to_capitalize(loan: Loan, row: PlannedInstallment, rounding: Rounding) -> Money:
    """Interest owed on a due date beyond what the installments due by then ask for."""
    asked = total(
        left.remaining
        for left in observe.installments_due(loan, row.due_date, rounding)
        if not loan.agreed.asks_no_interest(left.number)
    )
    if not loan.agreed.asks_no_interest(row.number):
        asked = asked + observe.remaining_of(loan, row.number, row.amount)
    return max(observe.interest_owed(loan, row.due_date, rounding) - asked, ZERO)


def capitalizes(product: Product, loan: Loan, coming: tuple[PlannedInstallment, ...]) -> bool:
    """Whether unpaid interest is added to the principal with the first of the coming ones."""
    row, amortization = coming[0], product.amortization
    number = loan.agreed.agreed_number(row.number)
    last = min(converts_after(amortization), loan.agreed.number_of_payments - 1)
    match amortization:
        case Stepped(negative_amortization=True):
            return True
        case InterestDeferred(interest=InterestFallsDue.capitalized) if number == last:
            return True
        case Deferred(interest=DeferredInterest.capitalized) if number <= last:
            return True
        case Deferred(interest=DeferredInterest.capitalized_at_end) if number == last:
            return True
        case _:
            pass
    method = product.interest
    match method.capitalization if isinstance(method, SimpleInterest) else None:
        case EveryDueDate():
            return True
        case GivenMonths(months=months):
            following = [other.due_date for other in coming[1:2]]
            return row.due_date.month in months and is_last_of_month(row.due_date, following)
        case AtConversion():
            return number == last
        case None:
            return False


def _most(product: Product, loan: Loan) -> Money | None:
    """What the principal may grow to, in whole minor units; None without a limit."""
    method = product.interest
    chosen = method.capitalization if isinstance(method, SimpleInterest) else None
    limit = growth_limit(chosen, product.amortization)
    if limit is None:
        return None
    return Money(int(loan.agreed.financed.minor * limit.exact))


def _set_anew(draft: Draft, coming: tuple[PlannedInstallment, ...], day: date) -> None:
    """Level payments from the installment due today on; interest earned so far is in the first."""
    principal, carry = _beside_what_is_due(draft.loan, day, draft.terms)
    rows = schedule(
        principal,
        rate_of_schedules(draft.loan, day, draft.terms),
        day,
        [row.ends_on for row in coming],
        interest=draft.terms.product.interest,
        amortization=LevelPayment(residual=Residual.formula),
        pauses=pauses_from(draft.loan, day),
        carry=carry,
        interest_cap=interest_left(draft.loan, day),
        periods=schedule_periods(draft.loan.agreed, coming[-1].ends_on, draft.terms.calendar),
    ).installments
    draft.record(
        ScheduleSet(
            effective_on=day,
            installments=tuple(
                replace(old, amount=new.payment) for old, new in zip(coming, rows, strict=False)
            ),
            reason=LIMIT_REACHED,
            because=draft.because(capitalization_path(draft.terms.product)),
        )
    )


def _beside_what_is_due(loan: Loan, day: date, terms: TermsInForce) -> tuple[Money, Exact]:
    """Principal and interest left once the installments billed before are paid, interest first."""
    rounding = terms.product.rounding
    due = total(row.remaining for row in observe.installments_due(loan, day, rounding))
    interest = observe.accrued_interest(loan, day)
    if interest >= due.minor:
        return loan.principal_balance, interest - due.minor
    covered = due - observe.interest_owed(loan, day, rounding)
    return loan.principal_balance - max(covered, ZERO), Exact(0)
