"""When a fee may be charged, whether, and how often."""

from __future__ import annotations

from datetime import date

import pytest

from engine.facts.facts import Facts
from engine.fees.amount import Flat
from engine.fees.assessment import condition_holds, fee_charge, late_fee_day, within_count
from engine.fees.late_fee import Grace, LateFee
from engine.values.calendar import WEEKENDS_ONLY, BusinessCalendar
from engine.values.money import Money
from engine.values.rounding import Rounding

THANKSGIVING = BusinessCalendar(holidays=frozenset({date(2026, 11, 26)}))


def late_fee(grace_days: int, grace: Grace = Grace.calendar, when: str | None = None) -> LateFee:
    return LateFee(
        name="late_fee", title="Late fee", amount=Flat(amount=Money(1500)),
        grace_days=grace_days, grace=grace, charged_when=when,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("due", "grace_days", "grace", "calendar", "first_day"),
    [
        ("2026-02-15", 10, "calendar", WEEKENDS_ONLY, "2026-02-26"),
        ("2026-02-15", 0, "calendar", WEEKENDS_ONLY, "2026-02-16"),
        ("2026-02-20", 10, "calendar", WEEKENDS_ONLY, "2026-03-03"),
        # Friday due, three business days: Monday to Wednesday, charged on Thursday.
        ("2026-03-06", 3, "business", WEEKENDS_ONLY, "2026-03-12"),
        # Due on a Sunday: grace counts from Monday on.
        ("2026-02-15", 2, "business", WEEKENDS_ONLY, "2026-02-18"),
        # Grace ends on Friday: charged on Saturday, whether or not anyone works.
        ("2026-03-09", 4, "business", WEEKENDS_ONLY, "2026-03-14"),
        ("2026-11-24", 2, "business", THANKSGIVING, "2026-11-28"),
        ("2026-11-24", 2, "business", WEEKENDS_ONLY, "2026-11-27"),
    ],
)
def test_first_day_a_late_fee_may_be_charged(
    due: str, grace_days: int, grace: str, calendar: BusinessCalendar, first_day: str
) -> None:
    fee = late_fee(grace_days, Grace(grace))
    assert late_fee_day(fee, date.fromisoformat(due), calendar).isoformat() == first_day


@pytest.mark.parametrize(
    ("charged", "maximum", "room"),
    [(0, None, True), (99, None, True), (0, 1, True), (1, 1, False), (5, 6, True), (6, 6, False)],
)
def test_room_for_one_more_in_twelve_months(charged: int, maximum: int | None, room: bool) -> None:
    assert within_count(charged, maximum) is room


@pytest.mark.parametrize(
    ("when", "unpaid", "fee"),
    [
        (None, "0.50", "15.00"),
        ('installment_unpaid > money("10.00")', "10.00", "0.00"),
        ('installment_unpaid > money("10.00")', "10.01", "15.00"),
    ],
)
def test_a_condition_decides_whether_there_is_a_fee(
    when: str | None, unpaid: str, fee: str
) -> None:
    facts = Facts.of(installment_unpaid=Money.parse(unpaid, "USD"))
    charge = fee_charge(late_fee(10, when=when), facts, Rounding.half_up, "USD")
    assert charge.text() == fee


def test_a_condition_may_ask_about_the_place() -> None:
    not_in_california = 'state != "CA"'
    assert condition_holds(not_in_california, Facts.of(state="TX"), "USD")
    assert not condition_holds(not_in_california, Facts.of(state="CA"), "USD")
