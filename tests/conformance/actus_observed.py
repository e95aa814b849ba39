"""What ACTUS cases observe besides the terms: index values behind rates and payments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from engine.interest.accrual import RateChange
from engine.interest.rate_plan.given_rate import OwnRate
from engine.interest.rate_plan.index_linked import IndexLinked
from engine.interest.rate_plan.index_values import IndexValue
from engine.interest.rate_plan.span import MonthSpan
from engine.projection.contract import Contract, IndexLevel, IndexLink
from engine.projection.event_dates import event_date
from engine.projection.maturity import maturity
from engine.projection.rate_resets import rate_resets
from engine.values.months import next_day
from engine.values.rate import Rate
from engine.values.recurrence import joined_dates
from tests.conformance.actus_terms import Terms, day
from tests.conformance.verdict import Unsupported

_ANY_AGE = 3660


def with_what_is_observed(terms: Terms, contract: Contract, through: date) -> Contract:
    """The contract with the rates and index levels of its days."""
    end = maturity(contract)
    before = end.regular if end else next_day(through)
    return replace(
        contract,
        rate_changes=(*_resets(terms, contract, before), *_listed(terms, contract, before)),
        index_link=_index_link(terms, before),
    )


def known_reset(terms: Terms, contract: Contract) -> date | None:
    """The day of the first reset where its rate is known in advance."""
    if "nextResetRate" not in terms.given or not contract.rate_changes:
        return None
    return event_date(contract.rate_changes[0].on, contract.business_days).on


def _resets(terms: Terms, contract: Contract, before: date) -> tuple[RateChange, ...]:
    """Each reset goes by the value of its regular day, wherever business days move it."""
    opened = contract.opening.on if contract.opening else date.min
    days = [
        regular
        for regular in joined_dates(terms.cycle("RateReset"), before)
        if event_date(regular, contract.business_days).on > opened
    ]
    known = terms.text("nextResetRate")
    margin = terms.number("rateSpread", "0")
    first = Rate(Fraction(known)) if known else None
    return _by_index(terms, contract, days, margin, first)


def _by_index(
    terms: Terms,
    contract: Contract,
    days: Sequence[date],
    margin: Fraction,
    known: Rate | None = None,
) -> tuple[RateChange, ...]:
    plan = IndexLinked(
        index="observed",
        margin=Rate(margin),
        multiplier=Rate(terms.number("rateMultiplier", "1")),
        first_reset_after=MonthSpan(count=1),
        reset_every=MonthSpan(count=1),
        value_may_be_days_old=_ANY_AGE,
        lifetime_cap=_limit(terms, "lifeCap"),
        lifetime_floor=_limit(terms, "lifeFloor"),
        periodic_cap=_rate(terms, "periodCap"),
        periodic_floor=_rate(terms, "periodFloor"),
    )
    values = [
        IndexValue(value_on=on, value=Rate(value), known_on=on)
        for on, value in _observed(terms, "marketObjectCodeOfRateReset")
    ]
    changes = rate_resets(plan, contract.rate, days, values, known)
    if len(changes) < len(days):
        raise Unsupported("a reset before the first index value")
    return changes


def _rate(terms: Terms, name: str) -> Rate | None:
    text = terms.text(name)
    return None if text is None else Rate(abs(Fraction(text)))


def _limit(terms: Terms, name: str) -> OwnRate | None:
    text = terms.text(name)
    return None if text is None else OwnRate(rate=Rate(Fraction(text)))


def _listed(terms: Terms, contract: Contract, before: date) -> Iterator[RateChange]:
    """Rates, or spreads over the index, from listed days on."""
    anchors = terms.several("arrayCycleAnchorDateOfRateReset")
    count = len(anchors)
    cycles = terms.several("arrayCycleOfRateReset", count)
    rates = terms.several("arrayRate", count)
    kinds = terms.several("arrayFixedVariable", count)
    for at, (anchor, cycle) in enumerate(zip(anchors, cycles, strict=True)):
        until = min(day(anchors[at + 1]), before) if at + 1 < len(anchors) else before
        days = joined_dates((terms.recurrence(day(anchor), cycle),), until)
        rate = Fraction(str(rates[at]))
        if kinds[at] == "VAR":
            yield from _by_index(terms, contract, days, rate)
        else:
            yield from (RateChange(regular, Rate(rate)) for regular in days)


def _index_link(terms: Terms, before: date) -> IndexLink | None:
    effect = terms.text("scalingEffect") or ""
    if not {"I", "N"} & set(effect):
        return None
    observed = _observed(terms, "marketObjectCodeOfScalingIndex")
    levels = []
    for regular in joined_dates(terms.cycle("ScalingIndex"), before):
        earlier = [level for on, level in observed if on <= regular]
        if not earlier:
            raise Unsupported("an index without a level by its day")
        levels.append(IndexLevel(regular, earlier[-1]))
    return IndexLink(
        base=terms.number("scalingIndexAtContractDealDate", "1"),
        levels=tuple(levels),
        interest="I" in effect,
        principal="N" in effect,
    )


def _observed(terms: Terms, code: str) -> list[tuple[date, Fraction]]:
    """Days and values of an index, in order."""
    points = (terms.observed.get(terms.text(code) or "") or {}).get("data") or []
    return sorted(
        (day(point["timestamp"]), Fraction(str(point["value"]).strip())) for point in points
    )
