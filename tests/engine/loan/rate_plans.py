"""Every kind of rate plan, short enough that a loan of a few months lives through all of it."""

from __future__ import annotations

from datetime import date
from typing import Final

from engine.interest.default_rate import (
    AboveContractRate,
    DefaultRate,
    MaturityDefault,
    PastDueDefault,
)
from engine.interest.rate_plan.given_rate import FromNoteRate, OwnRate
from engine.interest.rate_plan.index_linked import IndexLinked
from engine.interest.rate_plan.index_values import IndexValue
from engine.interest.rate_plan.introductory_rate import IntroductoryRate
from engine.interest.rate_plan.rate_change_effect import PaymentAtChange
from engine.interest.rate_plan.rate_plan import RatePlan
from engine.interest.rate_plan.rate_rounding import RateRounding
from engine.interest.rate_plan.span import InstallmentSpan, MonthSpan
from engine.interest.rate_plan.stepped_rate import RateStep, SteppedRate
from engine.interest.rate_plan.tiered_by_balance import BandsApply, RateBand, TieredByBalance
from engine.values.money import Money
from engine.values.rate import Rate


def rate(text: str) -> Rate:
    return Rate.parse(text)


STEPPED = SteppedRate(
    steps=(
        RateStep(after=InstallmentSpan(count=2), rate=FromNoteRate(change=rate("0.02"))),
        RateStep(after=MonthSpan(count=4), rate=OwnRate(rate=rate("0.05"))),
    )
)
STEPPED_KEPT = SteppedRate(steps=STEPPED.steps, payment=PaymentAtChange.kept)
INTRODUCTORY = IntroductoryRate(rate=OwnRate(rate=rate("0.0199")), lasts=InstallmentSpan(count=3))
BANDS = (
    RateBand(up_to=Money(300_000), rate=OwnRate(rate=rate("0.18"))),
    RateBand(up_to=Money(800_000), rate=FromNoteRate(change=rate("0.01"))),
    RateBand(rate=OwnRate(rate=rate("0.07"))),
)
WHOLE = TieredByBalance(applies_to=BandsApply.whole_balance, bands=BANDS)
SLICES = TieredByBalance(applies_to=BandsApply.each_slice, bands=BANDS)
INDEX = IndexLinked(
    index="prime",
    margin=rate("0.03"),
    first_reset_after=MonthSpan(count=2),
    reset_every=MonthSpan(count=1),
    lookback_days=10,
    value_may_be_days_old=25,
    rounding=RateRounding(multiple_of=rate("0.00125")),
    periodic_cap=rate("0.02"),
    periodic_floor=rate("0.02"),
    lifetime_cap=FromNoteRate(change=rate("0.05")),
    lifetime_floor=OwnRate(rate=rate("0.03")),
)
INDEX_KEPT = IndexLinked(
    index="prime",
    margin=rate("0.03"),
    first_reset_after=InstallmentSpan(count=1),
    reset_every=InstallmentSpan(count=3),
    value_may_be_days_old=60,
    payment=PaymentAtChange.kept,
)
EVERY_PLAN: Final[list[RatePlan]] = [
    STEPPED, STEPPED_KEPT, INTRODUCTORY, WHOLE, SLICES, INDEX, INDEX_KEPT,
]  # fmt: skip
_BY_INSTALLMENT = SteppedRate(
    steps=(
        RateStep(after=InstallmentSpan(count=1), rate=FromNoteRate(change=rate("0.02"))),
        RateStep(after=InstallmentSpan(count=4), rate=OwnRate(rate=rate("0.05"))),
    )
)
_INDEX_ANEW = IndexLinked(
    index="prime",
    margin=rate("0.03"),
    first_reset_after=InstallmentSpan(count=2),
    reset_every=InstallmentSpan(count=1),
    lookback_days=10,
    value_may_be_days_old=40,
    periodic_cap=rate("0.01"),
)
PLANS_BY_INSTALLMENT: Final[list[RatePlan]] = [
    _BY_INSTALLMENT,
    SteppedRate(steps=_BY_INSTALLMENT.steps, payment=PaymentAtChange.kept),
    INTRODUCTORY,
    _INDEX_ANEW,
    INDEX_KEPT,
]
"""Plans whose rate moves on due dates alone, as interest fixed by period needs."""
DEFAULTS: Final[list[DefaultRate | None]] = [
    None,
    DefaultRate(rate=AboveContractRate(margin=rate("0.05")), begins=PastDueDefault(days=20)),
    DefaultRate(rate=OwnRate(rate=rate("0.2")), begins=MaturityDefault(days=5)),
]


def published(on: str, value: str, known: str = "") -> IndexValue:
    """A value of a day, known on it or on a later one."""
    value_on = date.fromisoformat(on)
    known_on = date.fromisoformat(known) if known else value_on
    return IndexValue(value_on=value_on, value=rate(value), known_on=known_on)


INDEXES: Final = {
    "prime": (
        published("2025-12-31", "0.074"),
        published("2026-01-12", "0.075"),
        published("2026-02-12", "0.0775"),
        published("2026-03-12", "0.081"),
        published("2026-06-10", "0.07"),
        published("2026-04-12", "0.09", known="2026-06-15"),
        published("2026-05-12", "0.095", known="2026-06-15"),
        *(published(f"2026-{month:02}-12", f"0.0{60 + month}") for month in range(7, 13)),
        *(published(f"2027-{month:02}-12", f"0.0{40 + month}") for month in range(1, 13)),
    )
}
"""An index with two months that were published late: resets wait for them."""
