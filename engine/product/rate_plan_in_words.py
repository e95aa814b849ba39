"""A rate plan and a default rate in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from engine.interest.default_rate import (
    AboveContractRate,
    DefaultRate,
    MaturityDefault,
    PastDueDefault,
)
from engine.interest.rate_plan.fixed_rate import FixedRate
from engine.interest.rate_plan.given_rate import FromNoteRate, GivenRate, OwnRate
from engine.interest.rate_plan.index_linked import IndexLinked
from engine.interest.rate_plan.introductory_rate import IntroductoryRate
from engine.interest.rate_plan.rate_change_effect import PaymentAtChange
from engine.interest.rate_plan.rate_plan import RatePlan, payment_at_change
from engine.interest.rate_plan.span import InstallmentSpan, Span
from engine.interest.rate_plan.stepped_rate import SteppedRate
from engine.interest.rate_plan.tiered_by_balance import BandsApply, TieredByBalance
from engine.values.rate import Rate
from engine.values.rounding import Rounding

_ROUNDED = {
    Rounding.half_up: "to the nearest",
    Rounding.half_even: "to the nearest (halves to the even one)",
    Rounding.half_down: "to the nearest (halves down)",
    Rounding.up: "up to the next",
    Rounding.down: "down to the next",
}


def rate_plan_in_words(plan: RatePlan, currency: str) -> Iterator[str]:
    """The plan as sentences; nothing is said of a rate that is the note rate throughout."""
    match plan:
        case FixedRate():
            return
        case SteppedRate():
            steps = (f"{given_in_words(s.rate)} after {span_in_words(s.after)}" for s in plan.steps)
            yield f"The rate is the note rate at first, then {'; '.join(steps)}."
        case IntroductoryRate():
            given, lasts = given_in_words(plan.rate), span_in_words(plan.lasts)
            yield f"The rate is {given} for the first {lasts}, then the note rate."
        case TieredByBalance():
            yield _bands(plan, currency)
        case IndexLinked():
            yield from _index_linked(plan)
        case _ as never:
            assert_never(never)
    if not isinstance(plan, TieredByBalance):
        anew = payment_at_change(plan) is PaymentAtChange.set_anew
        kept = "Installments stay as they were; the last one takes the difference."
        yield "With each change installments are worked out anew." if anew else kept


def default_rate_in_words(default: DefaultRate) -> str:
    """The default rate as a sentence."""
    match default.rate:
        case AboveContractRate(margin=margin):
            rate = f"{_points(margin)} more"
        case OwnRate(rate=own):
            rate = own.percent()
        case _ as never:
            assert_never(never)
    match default.begins:
        case PastDueDefault(days=days):
            begins = f"{_days(days)} past due"
        case MaturityDefault(days=days):
            begins = f"{_days(days)} after the last installment fell due unpaid"
        case _ as never_begins:
            assert_never(never_begins)
    return f"From {begins} the rate is {rate}, until nothing is past due."


def span_in_words(span: Span) -> str:
    """ "6 installments", "12 months"."""
    unit = "installment" if isinstance(span, InstallmentSpan) else "month"
    return f"{span.count} {unit}{'' if span.count == 1 else 's'}"


def given_in_words(given: GivenRate) -> str:
    """ "2.99%", "the note rate plus 1 percentage point"."""
    match given:
        case OwnRate(rate=rate):
            return rate.percent()
        case FromNoteRate(change=change):
            if not change:
                return "the note rate"
            sign = "plus" if change.exact > 0 else "less"
            return f"the note rate {sign} {_points(Rate(abs(change.exact)))}"
        case _ as never:
            assert_never(never)


def _bands(plan: TieredByBalance, currency: str) -> str:
    bands = []
    for band in plan.bands:
        where = f"up to {band.up_to.text(currency)}" if band.up_to is not None else "above that"
        bands.append(f"{given_in_words(band.rate)} {where if len(plan.bands) > 1 else ''}".strip())
    each = plan.applies_to is BandsApply.each_slice
    what = "Each part of the balance earns its own rate" if each else "The balance sets the rate"
    return f"{what}: {', '.join(bands)}."


def _index_linked(plan: IndexLinked) -> Iterator[str]:
    times = f"{plan.multiplier.text()} times " if plan.multiplier != Rate.parse("1") else ""
    every = span_in_words(plan.reset_every)
    every = every[2:] if plan.reset_every.count == 1 else every
    yield (
        f"The rate is the note rate for {span_in_words(plan.first_reset_after)}, then {times}the "
        f"index {plan.index} plus {_points(plan.margin)}, reset every {every}."
    )
    if plan.lookback_days:
        yield f"A reset goes by the index of {_days(plan.lookback_days)} before."
    if plan.rounding is not None:
        how = _ROUNDED[plan.rounding.how]
        yield f"The rate is rounded {how} {_points(plan.rounding.multiple_of)}."
    limits = (
        ("The first reset raises the rate by {} at most.", plan.first_cap),
        ("A reset raises the rate by {} at most.", plan.periodic_cap),
        ("The first reset lowers the rate by {} at most.", plan.first_floor),
        ("A reset lowers the rate by {} at most.", plan.periodic_floor),
    )
    yield from (text.format(_points(most)) for text, most in limits if most is not None)
    if plan.lifetime_cap is not None:
        yield f"The rate is never above {given_in_words(plan.lifetime_cap)}."
    if plan.lifetime_floor is not None:
        yield f"The rate is never below {given_in_words(plan.lifetime_floor)}."


def _points(rate: Rate) -> str:
    number = Rate(rate.exact * 100).text()
    return f"{number} percentage point{'' if number == '1' else 's'}"


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
