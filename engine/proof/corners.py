"""Loans at every corner of a product's limits, and between: none may be refused as it is published.

The points between are a low-discrepancy sequence, not chance: the same product is asked the same
loans, and a refusal found once is found again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import product as every
from typing import Final

import msgspec
from msgspec.structs import replace

from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.rule import Point
from engine.errors import Refused
from engine.interest.interest_method import rate_plan_of
from engine.interest.rate_plan.index_linked import IndexLinked
from engine.interest.rate_plan.index_values import IndexValue
from engine.loan.commands import RequestedTerms
from engine.loan.decisions.offer import first_payment, make_offer
from engine.loan.terms import Circumstances
from engine.product.product import Product
from engine.values.frequency import ExplicitDates, Frequency, Single
from engine.values.money import Money
from engine.values.rate import Rate

_BASES: Final = (2, 3, 5)
_RATE_STEPS: Final = 10_000
"""Rates between are whole hundredths of a percent, as rates are quoted."""


class Corner(msgspec.Struct, frozen=True, kw_only=True):
    """A loan within the limits that is refused, and why."""

    requested: RequestedTerms
    reason: str
    rule: str = ""


def refused_within_limits(terms: TermsInForce, points: int = 20) -> tuple[Corner, ...]:
    """Loans within the limits that law or arithmetic refuse, one witness for each reason."""
    found: dict[str, Corner] = {}
    for requested in loans_within(terms.product, points):
        try:
            make_offer(requested, with_index(terms, requested), Point.publish)
        except Refused as refused:
            for refusal in refused.refusals:
                corner = Corner(requested=requested, reason=refusal.message, rule=refusal.rule)
                found.setdefault(refusal.rule or refusal.code, corner)
    return tuple(found.values())


def with_index(terms: TermsInForce, requested: RequestedTerms) -> TermsInForce:
    """The terms with an index at which the loan begins neither discounted nor above its index."""
    plan = rate_plan_of(terms.product.interest)
    if not isinstance(plan, IndexLinked):
        return terms
    level = (Rate.parse(requested.note_rate).exact - plan.margin.exact) / plan.multiplier.exact
    value = IndexValue(
        value_on=requested.contract_date - timedelta(days=plan.lookback_days),
        value=Rate(level),
        known_on=requested.contract_date,
    )
    return replace(terms, indexes={plan.index: (value,)})


def loans_within(product: Product, points: int) -> Iterator[RequestedTerms]:
    """Every corner of the limits, then so many points between, for each frequency."""
    ends = (Fraction(0), Fraction(1))
    shares = [*every(ends, ends, ends)]
    shares += [_between(number) for number in range(1, points + 1)]
    state = product.limits.states[0] if product.limits.states else ""
    for frequency in product.due_dates.frequencies:
        first = _first_payment(product, frequency)
        for amount, rate, count in dict.fromkeys(shares):
            yield RequestedTerms(
                amount=_amount(product, amount).text(product.currency),
                note_rate=_rate(product, rate).text(),
                number_of_payments=_count(product, count),
                contract_date=product.live_from,
                first_payment_date=first,
                frequency=frequency,
                circumstances=Circumstances(country=product.country, state=state),
            )


def _amount(product: Product, share: Fraction) -> Money:
    low, high = product.limits.amount.minimum.minor, product.limits.amount.maximum.minor
    return Money(low + int((high - low) * share))


def _rate(product: Product, share: Fraction) -> Rate:
    low, high = product.limits.note_rate.minimum.exact, product.limits.note_rate.maximum.exact
    if share in (0, 1):
        return Rate(high if share else low)
    return Rate(low + Fraction(int((high - low) * share * _RATE_STEPS), _RATE_STEPS))


def _count(product: Product, share: Fraction) -> int:
    low, high = (
        product.limits.number_of_payments.minimum,
        product.limits.number_of_payments.maximum,
    )
    return low + int((high - low) * share)


def _first_payment(product: Product, frequency: Frequency) -> date:
    """The default first payment date, moved into what the product allows."""
    start = product.live_from
    if product.due_dates.in_advance:
        return start
    span = product.due_dates.first_payment
    match frequency:
        case Single():
            days = span.maximum_days
        case ExplicitDates(dates=dates):
            return dates[0]
        case _:
            days = (first_payment(start, frequency) - start).days
    return start + timedelta(days=min(max(days, span.minimum_days), span.maximum_days))


def _between(number: int) -> tuple[Fraction, Fraction, Fraction]:
    """The numbered point of the sequence, each coordinate between 0 and 1."""
    amount, rate, count = (_radical_inverse(number, base) for base in _BASES)
    return amount, rate, count


def _radical_inverse(number: int, base: int) -> Fraction:
    """The digits of a number in a base, mirrored at the point (van der Corput)."""
    inverse, unit = Fraction(0), Fraction(1, base)
    while number:
        number, digit = divmod(number, base)
        inverse += digit * unit
        unit /= base
    return inverse
