"""A sample loan under a product: what it costs, and what becomes of it, by the engine itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import msgspec

from engine.amortization.installment import Installment
from engine.catalog.terms_in_force import TermsInForce
from engine.errors import Refusal
from engine.loan import observe
from engine.loan.closing import owed_at_payoff
from engine.loan.decisions.offer import Offer
from engine.loan.events import Event
from engine.loan.outcomes.reamortization import coming_rates
from engine.payments.payoff import payoff_total
from engine.product.example import (
    Example,
    ExampleLoan,
    Expected,
    Happening,
    PaymentHappens,
    ReturnHappens,
)
from engine.product.product import Product
from engine.proof.corners import with_index
from engine.proof.run_example import ExampleRun, requested_terms
from engine.values.money import ZERO, Money
from engine.values.rate import Rate
from servicing.catalog_reads import middle_of
from servicing.quotes import quote_view
from servicing.telling import amount_of, title_of
from servicing.views.studio import Moment, SampleDay, SampleLoan

FOLLOWED: Final = timedelta(days=75)
"""How long after its first due date a sample loan is followed."""
_LATE_BY: Final = timedelta(days=20)
_RETURNED_AFTER: Final = timedelta(days=4)
_NOT_TOLD: Final = frozenset({"schedule_set"})
"""Events that a person following a loan has no use for."""


class Size(StrEnum):
    """Where within the limits of the product a sample loan lies."""

    smallest = "smallest"
    middle = "middle"
    largest = "largest"


class Scenario(StrEnum):
    """What happens to a sample loan."""

    as_agreed = "as_agreed"
    """Every installment is paid on its day."""
    missed = "missed"
    """No installment is paid."""
    late = "late"
    """The first installment is paid 20 days late."""
    returned = "returned"
    """The bank takes the first payment back four days later."""
    paid_off = "paid_off"
    """It is paid off on the second due date."""


class Sampled(msgspec.Struct, frozen=True, kw_only=True):
    """A sample loan, or why there is none."""

    loan: SampleLoan | None = None
    refusals: tuple[Refusal, ...] = ()


def loan_of(product: Product, size: Size, today: date) -> ExampleLoan:
    """The loan asked for: at an end of the limits, or in their middle as people ask."""
    limits = product.limits
    amount, rate, count = limits.amount, limits.note_rate, limits.number_of_payments
    state = limits.states[0] if limits.states else ""
    if size is Size.middle:
        middle = middle_of(product, today)
        return ExampleLoan(
            amount=Money.parse(middle.amount, product.currency),
            note_rate=Rate.parse(middle.note_rate),
            number_of_payments=middle.number_of_payments,
            contract_date=middle.contract_date,
            state=state,
        )
    least = size is Size.smallest
    return ExampleLoan(
        amount=amount.minimum if least else amount.maximum,
        note_rate=rate.minimum if least else rate.maximum,
        number_of_payments=count.minimum if least else count.maximum,
        contract_date=max(today, product.live_from),
        state=state,
    )


def sample(terms: TermsInForce, loan: ExampleLoan, scenario: Scenario) -> Sampled:
    """A loan under the terms, followed past its first due dates in a scenario."""
    product = terms.product
    terms = with_index(terms, requested_terms(loan, product.currency))
    asked = ExampleRun(example_around(loan, ()), terms)
    offer = asked.offer()
    if offer is None:
        return Sampled(refusals=asked.refusals)
    rows = owed_later(offer)
    last = max(rows[0].due_date + FOLLOWED, rows[min(1, len(rows) - 1)].due_date)
    happenings = happenings_of(scenario, offer, last)
    run = lived(terms, loan, happenings, last)
    if run.loan is None:
        return Sampled(refusals=run.refusals)
    told = moments(run)
    fees = (each for each in told if each.event == "fee_assessed" and _is_late_fee(product, each))
    return Sampled(
        loan=SampleLoan(
            quote=quote_view(offer, product, "", loan.contract_date),
            asked_amount=loan.amount.text(product.currency),
            state=loan.state,
            rates=rates_foreseen(terms, loan),
            moments=told,
            at=standing(run),
            late_fee=next(fees, None),
            refused="; ".join(refusal.message for refusal in run.refusals),
        )
    )


def happenings_of(scenario: Scenario, offer: Offer, last: date) -> tuple[Happening, ...]:
    """What happens in a scenario through a day."""
    rows = owed_later(offer)
    due = [PaymentHappens(on=row.due_date, amount=row.payment) for row in rows]
    first, amount = rows[0].due_date, rows[0].payment
    match scenario:
        case Scenario.as_agreed:
            return tuple(payment for payment in due if payment.on <= last)
        case Scenario.missed:
            return ()
        case Scenario.late:
            return (PaymentHappens(on=first + _LATE_BY, amount=amount),)
        case Scenario.returned:
            return (due[0], ReturnHappens(on=first + _RETURNED_AFTER))
        case Scenario.paid_off:
            day = rows[1].due_date if len(rows) > 1 else first
            whole = Money(offer.terms.loan_amount.minor * 2)
            return (*due[:1], PaymentHappens(on=day, amount=whole, purpose="payoff"))


def owed_later(offer: Offer) -> Sequence[Installment]:
    """Installments that ask for money after the day the loan was made; all when none does."""
    begins = offer.terms.contract_date
    rows = offer.schedule.installments
    return [row for row in rows if row.payment > ZERO and row.due_date > begins] or rows


def lived(
    terms: TermsInForce, loan: ExampleLoan, happenings: Sequence[Happening], through: date
) -> ExampleRun:
    """The loan with what happens to it by a day; what is refused stops it there, and is kept."""
    run = ExampleRun(example_around(loan, happenings), terms)
    if run.offer() is None or not run.begin():
        return run
    for happening in sorted(happenings, key=lambda each: each.on):
        if happening.on <= through and not run.happen(happening):
            return run
    run.advance(max(through, loan.contract_date))
    return run


def moments(run: ExampleRun) -> tuple[Moment, ...]:
    """What happened to the loan, in the order it came."""
    currency = run.terms.product.currency
    events = [event for event in run.live_events() if _tag(event) not in _NOT_TOLD]

    def words(event: Event) -> str:
        amount = amount_of(event)
        return amount.text(currency) if amount is not None else ""

    return tuple(
        Moment(
            on=event.effective_on,
            event=_tag(event),
            title=title_of(event),
            name=getattr(event, "name", ""),
            amount=words(event),
        )
        for event in sorted(events, key=lambda event: event.effective_on)
    )


def rates_foreseen(terms: TermsInForce, loan: ExampleLoan) -> tuple[tuple[date, str], ...]:
    """The yearly rate from each day on, as foreseen when the money goes out."""
    run = lived(terms, loan, (), loan.contract_date)
    if run.loan is None or run.loan.terms is None:
        return ()
    changes = coming_rates(run.loan, loan.contract_date, terms)
    return tuple((change.on, change.rate.text()) for change in changes)


def standing(run: ExampleRun) -> SampleDay:
    """The loan at the end of the day it was followed to."""
    loan, rounding, currency = run.standing, run.terms.product.rounding, run.terms.product.currency
    day = run.passed_to or run.example.loan.contract_date
    payoff = payoff_total(owed_at_payoff(loan, day, rounding), loan.unapplied_funds)
    return SampleDay(
        on=day,
        status=loan.status.value,
        principal=loan.principal_balance.text(currency),
        interest=observe.interest_owed(loan, day, rounding).text(currency),
        fees=observe.fees_owed(loan).text(currency),
        past_due=observe.amount_past_due(loan, day, rounding).text(currency),
        days_past_due=observe.days_past_due(loan, day, rounding),
        stage=observe.delinquency_stage(loan),
        unapplied=loan.unapplied_funds.text(currency),
        payoff=payoff.text(currency),
    )


def example_around(loan: ExampleLoan, happenings: Sequence[Happening]) -> Example:
    """An example that expects nothing, to be lived."""
    return Example(name="sample", loan=loan, happenings=tuple(happenings), expect=Expected())


def _is_late_fee(product: Product, moment: Moment) -> bool:
    kinds = {fee.name: str(fee.__struct_config__.tag) for fee in product.fees}
    return kinds.get(moment.name) == "late_fee"


def _tag(event: Event) -> str:
    return str(event.__struct_config__.tag)
