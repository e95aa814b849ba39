"""The rate of every kind of plan by day, worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from engine.interest.accrual import RateChange
from engine.interest.rate_plan.fixed_rate import FixedRate
from engine.interest.rate_plan.given_rate import FromNoteRate, OwnRate, rate_given
from engine.interest.rate_plan.index_linked import IndexLinked, index_linked_rate, reset_days
from engine.interest.rate_plan.index_values import IndexValue, index_value_for
from engine.interest.rate_plan.introductory_rate import IntroductoryRate
from engine.interest.rate_plan.rate_change_effect import PaymentAtChange
from engine.interest.rate_plan.rate_plan import RatePlan, payment_at_change, rate_changes
from engine.interest.rate_plan.rate_rounding import RateRounding, rounded_rate
from engine.interest.rate_plan.span import InstallmentSpan, MonthSpan, Span, day_after
from engine.interest.rate_plan.stepped_rate import RateStep, SteppedRate
from engine.interest.rate_plan.tiered_by_balance import (
    BandsApply,
    RateBand,
    TieredByBalance,
    tiered_rate,
)
from engine.values.money import Money
from engine.values.months import add_months
from engine.values.rate import Rate
from engine.values.rounding import Rounding

START = date(2026, 1, 31)
DUE = [add_months(START, number) for number in range(1, 25)]
NOTE = Rate.parse("0.08")


def rate(text: str) -> Rate:
    return Rate.parse(text)


def installments(count: int) -> Span:
    return InstallmentSpan(count=count)


def months(count: int) -> Span:
    return MonthSpan(count=count)


def path(plan: RatePlan, **index: str) -> list[tuple[str, str]]:
    """Day and rate of every change; the index by the day of its reset, d2026_07_31="0.05"."""
    values = {date(*map(int, day[1:].split("_"))): rate(value) for day, value in index.items()}
    found = rate_changes(plan, NOTE, START, DUE, values.get)
    return [(str(change.on), change.rate.text()) for change in found]


def test_a_span_of_installments_is_over_when_the_last_falls_due() -> None:
    assert day_after(installments(1), START, DUE) == date(2026, 2, 28)
    assert day_after(installments(24), START, DUE) == date(2028, 1, 31)
    assert day_after(installments(25), START, DUE) is None


def test_a_span_of_months_is_counted_from_the_first_day() -> None:
    assert day_after(months(1), START, DUE) == date(2026, 2, 28)
    assert day_after(months(1), START, DUE, before=1) == date(2026, 3, 31)


def test_a_rate_below_the_note_rate_is_not_below_zero() -> None:
    assert rate_given(FromNoteRate(change=rate("-0.01")), NOTE) == rate("0.07")
    assert rate_given(FromNoteRate(change=rate("-0.09")), NOTE) == rate("0")
    assert rate_given(OwnRate(rate=rate("-0.001")), NOTE) == rate("-0.001")


def test_a_fixed_rate_never_moves() -> None:
    assert path(FixedRate()) == [("2026-01-31", "0.08")]


def test_steps_come_after_installments_or_months() -> None:
    plan = SteppedRate(
        steps=(
            RateStep(after=installments(6), rate=FromNoteRate(change=rate("0.01"))),
            RateStep(after=months(12), rate=OwnRate(rate=rate("0.095"))),
            RateStep(after=installments(24), rate=OwnRate(rate=rate("0.5"))),
            RateStep(after=months(60), rate=OwnRate(rate=rate("0.6"))),
        )
    )
    expected = [("2026-01-31", "0.08"), ("2026-07-31", "0.09"), ("2027-01-31", "0.095")]
    assert path(plan) == expected  # at and beyond the last due date none comes
    assert payment_at_change(plan) is PaymentAtChange.set_anew


def test_an_introductory_rate_gives_way_to_the_note_rate() -> None:
    plan = IntroductoryRate(rate=OwnRate(rate=rate("0.0199")), lasts=installments(3))
    assert path(plan) == [("2026-01-31", "0.0199"), ("2026-04-30", "0.08")]
    longer = IntroductoryRate(rate=OwnRate(rate=rate("0.0199")), lasts=installments(36))
    assert path(longer) == [("2026-01-31", "0.0199")]


BANDS = (
    RateBand(up_to=Money(100_000), rate=OwnRate(rate=rate("0.12"))),
    RateBand(up_to=Money(500_000), rate=FromNoteRate(change=rate("0.01"))),
    RateBand(rate=OwnRate(rate=rate("0.06"))),
)


@pytest.mark.parametrize(
    ("balance", "whole", "slices"),
    [
        (0, "0.12", Fraction(12, 100)),
        (100_000, "0.12", Fraction(12, 100)),
        (100_001, "0.09", Fraction(100_000 * 12 + 9, 100 * 100_001)),
        (500_000, "0.09", Fraction(12_000 + 36_000, 500_000)),
        (1_000_000, "0.06", Fraction(12_000 + 36_000 + 30_000, 1_000_000)),
    ],
)
def test_the_rate_of_a_balance(balance: int, whole: str, slices: Fraction) -> None:
    on_all = TieredByBalance(applies_to=BandsApply.whole_balance, bands=BANDS)
    on_each = TieredByBalance(applies_to=BandsApply.each_slice, bands=BANDS)
    assert tiered_rate(on_all, NOTE, Money(balance)) == rate(whole)
    assert tiered_rate(on_each, NOTE, Money(balance)) == Rate(slices)
    assert path(on_each) == [("2026-01-31", "0.12")]  # the highest of the bands


ARM = IndexLinked(
    index="one_year_treasury",
    margin=rate("0.0275"),
    first_reset_after=months(6),
    reset_every=months(6),
    rounding=RateRounding(multiple_of=rate("0.00125")),
    first_cap=rate("0.05"),
    periodic_cap=rate("0.02"),
    periodic_floor=rate("0.01"),
    lifetime_cap=FromNoteRate(change=rate("0.05")),
    lifetime_floor=OwnRate(rate=rate("0.0275")),
)


def test_resets_follow_the_index_within_their_limits() -> None:
    resets = {"d2026_07_31": "0.0412", "d2027_01_31": "0.09", "d2027_07_31": "0.12"}
    assert path(ARM, **resets) == [
        ("2026-01-31", "0.08"),
        ("2026-07-31", "0.07"),  # 6.87 rounds to 6.875; a reset lowers by one point at most
        ("2027-01-31", "0.09"),  # 11.75; raised by two points at most
        ("2027-07-31", "0.11"),
    ]


def test_the_first_reset_may_have_its_own_cap_and_the_life_a_last_one() -> None:
    assert path(ARM, d2026_07_31="0.2")[-1] == ("2026-07-31", "0.13")
    free = rate_changes(
        IndexLinked(index="prime", margin=rate("0"), first_reset_after=months(1),
                    reset_every=installments(1), multiplier=rate("1.5")),
        NOTE, START, DUE, lambda day: rate("0.2"),
    )  # fmt: skip
    assert free[1] == RateChange(date(2026, 2, 28), rate("0.3"))
    assert len(free) == 24


def test_the_rates_end_before_the_first_reset_without_a_value() -> None:
    assert path(ARM, d2026_07_31="0.05", d2027_07_31="0.05") == [
        ("2026-01-31", "0.08"), ("2026-07-31", "0.0775"),
    ]  # fmt: skip
    assert path(ARM) == [("2026-01-31", "0.08")]


@pytest.mark.parametrize(
    ("first", "every", "days"),
    [
        (installments(12), installments(6), ["2027-01-31", "2027-07-31"]),
        (months(12), months(6), ["2027-01-31", "2027-07-31"]),
        (months(1), months(8), ["2026-02-28", "2026-10-31", "2027-06-30"]),
        (months(12), installments(6), ["2027-01-31", "2027-07-31"]),
        (installments(12), months(6), ["2027-01-31", "2027-07-31"]),
        (installments(24), months(6), []),
        (months(24), months(6), []),
    ],
)
def test_days_of_resets(first: Span, every: Span, days: list[str]) -> None:
    plan = IndexLinked(
        index="prime", margin=rate("0.01"), first_reset_after=first, reset_every=every
    )
    assert [str(day) for day in reset_days(plan, START, DUE)] == days


@pytest.mark.parametrize(
    ("how", "written", "rounded"),
    [
        (Rounding.half_up, "0.071249", "0.07125"),
        (Rounding.half_up, "0.068125", "0.06875"),
        (Rounding.down, "0.071249", "0.07"),
        (Rounding.up, "0.07125001", "0.0725"),
    ],
)
def test_rates_in_eighths_of_a_percent(how: Rounding, written: str, rounded: str) -> None:
    rounding = RateRounding(multiple_of=rate("0.00125"), how=how)
    assert rounded_rate(rate(written), rounding) == rate(rounded)
    assert rounded_rate(rate(written), None) == rate(written)


def test_a_floor_for_the_first_reset_alone() -> None:
    plan = IndexLinked(
        index="prime", margin=rate("0"), first_reset_after=months(1), reset_every=months(1),
        first_floor=rate("0"), periodic_floor=rate("0.02"),
    )  # fmt: skip
    assert index_linked_rate(plan, NOTE, rate("0.01"), NOTE, first=True) == NOTE
    assert index_linked_rate(plan, NOTE, rate("0.01"), NOTE, first=False) == rate("0.06")


def published(day: int, value: str, known: int | None = None) -> IndexValue:
    on = date(2026, 6, day)
    known_on = date(2026, 6, known) if known else on
    return IndexValue(value_on=on, value=rate(value), known_on=known_on)


LOOK = IndexLinked(
    index="sofr", margin=rate("0"), first_reset_after=months(1), reset_every=months(1),
    lookback_days=5, value_may_be_days_old=3,
)  # fmt: skip


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([], None),
        ([published(11, "0.04")], None),  # four days older than the day looked at
        ([published(12, "0.04")], "0.04"),
        ([published(12, "0.04"), published(15, "0.05"), published(16, "0.06")], "0.05"),
        ([published(15, "0.05"), published(15, "0.051")], "0.051"),  # corrected in time
        ([published(14, "0.04"), published(15, "0.05", known=21)], "0.04"),  # known too late
        ([published(15, "0.05", known=22), published(14, "0.04", known=23)], "0.05"),
        ([published(14, "0.04", known=22), published(15, "0.05", known=22)], "0.05"),
    ],
)
def test_a_reset_goes_by_what_was_known_by_its_day_or_the_first_to_come(
    values: list[IndexValue], found: str | None
) -> None:
    taken = index_value_for(LOOK, date(2026, 6, 15) + timedelta(days=5), values)
    assert (taken.value.text() if taken else None) == found
