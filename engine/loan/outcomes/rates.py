"""The rate in force: the contract's by its plan, lowered where law says so, and its resets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.finding import Finding
from engine.interest.interest_method import rate_plan_of
from engine.interest.rate_plan.index_linked import IndexLinked
from engine.interest.rate_plan.index_values import index_value_for
from engine.interest.rate_plan.rate_change_effect import PaymentAtChange
from engine.interest.rate_plan.rate_plan import payment_at_change
from engine.loan.events import Because, RateIndexPublished, RateReset, RateResetAwaited
from engine.loan.loan import Loan
from engine.loan.outcomes.contract_rate import contract_rate, in_default, rate_to_be
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.free_times import capped_on, free_times, paused_on
from engine.loan.outcomes.later_interest import set_later_interest
from engine.loan.outcomes.rate_path import decided_rates, moves_by_date, next_reset_day
from engine.loan.outcomes.reamortization import reamortize
from engine.loan.outcomes.rules_used import limit_used
from engine.loan.status import BorrowerStatusKind
from engine.loan.timeline import rate_in_force
from engine.values.rate import Rate

LAW_LETS_GO = "rate_limit_ended"
BY_PLAN = "rate_plan"
BY_PERSON = "rate_change"
AT_BOARDING = "boarding"
DEFAULT_BEGINS, DEFAULT_ENDS = "default_rate", "default_cured"
PAUSED = "interest_pause"
"""The reason of a rate of nothing, and of installments set anew, while interest is paused."""
RESUMED = "interest_pause_ended"
FREE, CAPPED = "interest_free", "interest_cap"
_LEAVES_INSTALLMENTS = (
    AT_BOARDING,
    DEFAULT_BEGINS,
    DEFAULT_ENDS,
    PAUSED,
    RESUMED,
    FREE,
    CAPPED,
)


def next_rate_day(loan: Loan, terms: TermsInForce) -> date | None:
    """The first day on which the rate in force is not as it ought to be, or an index is due."""
    started = loan.started_on
    by_plan = moves_by_date(terms)
    served = [
        status
        for status in loan.borrower_statuses
        if status.status is BorrowerStatusKind.military_service
    ]
    quiet, capped = free_times(loan), loan.interest_capped_on
    if started is None or not (served or by_plan or quiet or capped):
        return None
    days = {started, *_days_of_law(loan, terms)}
    for pause in quiet:
        days |= {pause.first_day, pause.last_day + timedelta(days=1)}
    if capped is not None:
        days.add(capped)
    if by_plan:
        days |= {change.on for change in decided_rates(loan, terms)}
    if served or quiet or capped:
        days |= {day for day, _, _ in (*loan.contract_rates, *loan.default_changes)}
    else:  # what was set last was lawful, and nothing but the plan moves it since
        days = {max(started, loan.rate_changes[-1][0]), *days}
        days = {day for day in days if day >= loan.rate_changes[-1][0]}
    reset = next_reset_day(loan, terms)
    for day in sorted(day for day in days if day >= started):
        if reset is not None and reset <= day:
            return reset
        if rate_to_be(loan, day, terms).amount != rate_in_force(loan, day):
            return day
    return reset


def _days_of_law(loan: Loan, terms: TermsInForce) -> Iterator[date]:
    """Days on which service begins or is over, or the law changes during it."""
    served = [
        status
        for status in loan.borrower_statuses
        if status.status is BorrowerStatusKind.military_service
    ]
    yield from (status.from_date for status in served)
    yield from (status.to_date + timedelta(days=1) for status in served if status.to_date)
    if terms.rules is not None:
        days = terms.rules.change_days
        yield from (day for day in days if any(status.holds_on(day) for status in served))


def pass_rate_day(draft: Draft, day: date) -> None:
    """What a day on which time moves the rate brings: an index value or its lack, and a reset."""
    if next_reset_day(draft.loan, draft.terms) == day:
        adopt_index_value(draft, day)
    planned = any(change.on == day for change in decided_rates(draft.loan, draft.terms))
    reset_rate(draft, day, BY_PLAN if planned else LAW_LETS_GO)


def adopt_index_value(draft: Draft, day: date) -> None:
    """Record the index value the reset of the day goes by, or that the reset waits for it."""
    plan = rate_plan_of(draft.terms.product.interest)
    assert isinstance(plan, IndexLinked), "only an index-linked rate is reset by an index"
    published = published_for(plan, day, draft.terms) if day not in draft.waiting else None
    if published is not None:
        draft.record(published)
        return
    because = draft.because("/interest/rate_plan/index", index=plan.index)
    draft.record(RateResetAwaited(effective_on=day, index=plan.index, because=because))
    draft.findings.append(
        Finding(
            rule="index_value_missing",
            outcome="warn",
            message=f"The rate is to be reset on {day}, and no value of {plan.index} is known for "
            "it. The rate stays until one is published; the reset is then decided from that day.",
        )
    )


def published_for(
    plan: IndexLinked, reset_on: date, terms: TermsInForce
) -> RateIndexPublished | None:
    """The index value a reset goes by, of those known, as a fact of the loan."""
    found = index_value_for(plan, reset_on, terms.indexes.get(plan.index, ()))
    if found is None:
        return None
    return RateIndexPublished(
        effective_on=reset_on, index=plan.index, value_on=found.value_on, value=found.value
    )


def index_value_come(loan: Loan, terms: TermsInForce) -> RateIndexPublished | None:
    """The index value that the first waiting reset has waited for; None while it is not there."""
    plan = rate_plan_of(terms.product.interest)
    if not loan.resets_awaited or not isinstance(plan, IndexLinked):
        return None
    come = (published_for(plan, day, terms) for day in loan.resets_awaited)
    return next((fact for fact in come if fact is not None), None)


def reset_rate(draft: Draft, day: date, unbound: str = LAW_LETS_GO) -> None:
    """Bring the rate in force to the lawful one from a day on, and the installments with it.

    ``unbound`` is the reason where no law binds it. A pause is a rate of nothing; the installments
    stay for it, and for its end too unless the rate is another than before.
    """
    before = _before_pause(draft.loan, day)
    lawful = rate_to_be(draft.loan, day, draft.terms)
    rate = lawful.amount
    assert isinstance(rate, Rate)
    if rate == rate_in_force(draft.loan, day):
        return
    because = replace(_because(draft, day, unbound), rules=limit_used(lawful))
    reason = "rate_limit" if lawful.bound_by else unbound
    if capped_on(draft.loan, day):
        reason = CAPPED
    elif paused_on(draft.loan, day):
        reason = PAUSED if any(p.holds_on(day) for p in draft.loan.interest_pauses) else FREE
    elif before is not None and (rate == before or not lawful.bound_by):
        reason = RESUMED if rate == before else _moved_in_pause(draft, day)
    draft.record(RateReset(effective_on=day, rate=rate, reason=reason, because=because))
    plan = rate_plan_of(draft.terms.product.interest)
    kept = reason == BY_PLAN and payment_at_change(plan) is PaymentAtChange.kept
    if not kept and reason not in _LEAVES_INSTALLMENTS:
        reamortize(draft, day, reason)
    elif (kept and isinstance(plan, IndexLinked)) or reason == AT_BOARDING:
        set_later_interest(draft, day, reason=reason)  # rates no schedule could foresee


def _before_pause(loan: Loan, day: date) -> Rate | None:
    """The rate in force before the pause that ends with the day; None where none ends."""
    for pause in free_times(loan):
        if pause.last_day + timedelta(days=1) == day:
            began = pause.first_day - timedelta(days=1)
            first_day, _, first = loan.rate_changes[0]
            return rate_in_force(loan, began) if began >= first_day else first
    return None


def _moved_in_pause(draft: Draft, day: date) -> str:
    """Why the rate after a pause is another than before it."""
    if in_default(draft.loan, day):
        return DEFAULT_BEGINS
    return BY_PLAN if moves_by_date(draft.terms) else BY_PERSON


def _because(draft: Draft, day: date, reason: str) -> Because:
    """The contract rate, and the index value where the reset goes by one."""
    figures = {"contract_rate": contract_rate(draft.loan, day, draft.terms).text()}
    if reason in (DEFAULT_BEGINS, DEFAULT_ENDS):
        return draft.because("/interest/default_rate", **figures)
    if reason != BY_PLAN:
        return draft.because("/interest", **figures)
    values = [value for on, _, value in draft.loan.index_values if on == day]
    if values:
        figures["index_value"] = values[-1].text()
    return draft.because("/interest/rate_plan", **figures)
