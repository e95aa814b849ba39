"""The functions an expression may call; to add one, write it and name it in ``FUNCTIONS``.

Each takes and gives values as ``tree.Value`` describes them. All are total and bounded: a function
that has no result raises ValueError or ZeroDivisionError with a sentence, which becomes a fault at
its column. ``money date days known divide lookup`` have their own typing in
``check``, because their result depends on more than the types of their arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from engine.facts.fact import FactType
from engine.values.calendar import BusinessCalendar
from engine.values.months import add_months as months_on
from engine.values.rounding import Rounding, round_ratio

Amount = int | Fraction
MAX_BUSINESS_DAYS: Final = 400
MAX_CALENDAR_DAYS: Final = 4000


def absolute(amount: Amount) -> Amount:
    """The amount without its sign."""
    return amount if amount >= 0 else -amount


def round_to(amount: Amount, step: Amount) -> Amount:
    """The nearest multiple of the step; halves away from zero."""
    return _multiple(amount, step, Rounding.half_up)


def floor_to(amount: Amount, step: Amount) -> Amount:
    """The highest multiple of the step that is not above the amount."""
    return _multiple(amount, step, Rounding.up if amount < 0 else Rounding.down)


def ceil_to(amount: Amount, step: Amount) -> Amount:
    """The lowest multiple of the step that is not below the amount."""
    return _multiple(amount, step, Rounding.down if amount < 0 else Rounding.up)


def _multiple(amount: Amount, step: Amount, rounding: Rounding) -> Amount:
    if step <= 0:
        raise ValueError("the step must be above zero")
    times = Fraction(amount) / step
    rounded: int = round_ratio(times.numerator, times.denominator, rounding)
    return rounded * step


def divide(dividend: Amount, divisor: Amount, places: int) -> Amount:
    """dividend / divisor rounded to so many decimals, halves away from zero."""
    if divisor == 0:
        raise ZeroDivisionError("division by zero")
    ratio = Fraction(dividend) / divisor * Fraction(10) ** places
    rounded = round_ratio(ratio.numerator, ratio.denominator, Rounding.half_up)
    return Fraction(rounded) / Fraction(10) ** places


def percent(number: Amount) -> Fraction:
    """A rate written in percent: percent(36) is 0.36."""
    return Fraction(number) / 100


def days_between(first: date, second: date) -> int:
    """Days from the first date to the second; negative when the second is earlier."""
    return (second - first).days


def months_between(first: date, second: date) -> int:
    """Whole months from the first date to the second; negative when the second is earlier."""
    if second < first:
        return -months_between(second, first)
    months = 12 * (second.year - first.year) + second.month - first.month
    return months if months_on(first, months) <= second else months - 1


def years_between(first: date, second: date) -> int:
    """Whole years from the first date to the second."""
    months = months_between(first, second)
    return months // 12 if months >= 0 else -(-months // 12)


def add_months(day: date, months: Amount) -> date:
    """The same day so many months later (earlier when negative), or that month's last day."""
    return months_on(day, _whole(months, 12_000))


def year(day: date) -> int:
    """The year of the date."""
    return day.year


def month(day: date) -> int:
    """The month of the date, 1 to 12."""
    return day.month


def weekday(day: date) -> int:
    """Monday is 1, Sunday is 7."""
    return day.isoweekday()


def is_business_day(calendar: BusinessCalendar, day: date) -> bool:
    """Neither weekend nor holiday."""
    return calendar.is_business_day(day)


def add_business_days(calendar: BusinessCalendar, day: date, count: Amount) -> date:
    """The date so many business days later (earlier when negative)."""
    return calendar.add_business_days(day, _whole(count, MAX_BUSINESS_DAYS))


def business_days_between(calendar: BusinessCalendar, first: date, second: date) -> int:
    """Business days from the first date (counted) to the second (not counted)."""
    if abs((second - first).days) > MAX_CALENDAR_DAYS:
        raise ValueError(f"more than {MAX_CALENDAR_DAYS} days apart")
    return calendar.business_days(first, second)


def _whole(amount: Amount, most: int) -> int:
    if amount != int(amount) or not -most <= amount <= most:
        raise ValueError(f"a whole number of at most {most} is needed")
    return int(amount)


def lookup(key: Any, *arguments: Any) -> Any:
    """lookup(key, k1, v1, k2, v2, …, otherwise): the value beside the equal key."""
    for at in range(0, len(arguments) - 1, 2):
        if arguments[at] == key:
            return arguments[at + 1]
    return arguments[-1]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to call a function: types of its arguments, type of its result."""

    arguments: tuple[FactType, ...]
    result: FactType
    repeats: bool = False
    """The last argument may come any number of times."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language."""

    apply: Callable[..., Any]
    usage: str
    forms: tuple[Form, ...] = ()
    asks_calendar: bool = False
    """The calendar of the place is its hidden first argument."""


_MONEY, _RATE, _NUMBER = FactType.money, FactType.rate, FactType.number
_DAYS, _DATE, _FLAG = FactType.days, FactType.date, FactType.flag
_AMOUNTS = (_MONEY, _RATE, _NUMBER, _DAYS)


def _same(types: tuple[FactType, ...], count: int, *, repeats: bool = False) -> tuple[Form, ...]:
    return tuple(Form((type,) * count, type, repeats) for type in types)


_DATES = Form((_DATE, _DATE), _NUMBER)
FUNCTIONS: Final[dict[str, Function]] = {
    "min": Function(min, "min(a, b, …)", _same((*_AMOUNTS, _DATE), 2, repeats=True)),
    "max": Function(max, "max(a, b, …)", _same((*_AMOUNTS, _DATE), 2, repeats=True)),
    "abs": Function(absolute, "abs(amount)", _same(_AMOUNTS, 1)),
    "round_to": Function(round_to, "round_to(amount, step)", _same(_AMOUNTS, 2)),
    "floor_to": Function(floor_to, "floor_to(amount, step)", _same(_AMOUNTS, 2)),
    "ceil_to": Function(ceil_to, "ceil_to(amount, step)", _same(_AMOUNTS, 2)),
    "divide": Function(divide, "divide(a, b, places)"),
    "percent": Function(percent, "percent(36)", (Form((_NUMBER,), _RATE),)),
    "money": Function(str, 'money("15.00")'),
    "date": Function(str, 'date("2026-01-31")'),
    "days": Function(int, "days(10)"),
    "known": Function(bool, "known(fact)"),
    "lookup": Function(lookup, "lookup(key, k1, v1, k2, v2, …, otherwise)"),
    "days_between": Function(
        days_between, "days_between(first, second)", (Form((_DATE, _DATE), _DAYS),)
    ),
    "months_between": Function(months_between, "months_between(first, second)", (_DATES,)),
    "years_between": Function(years_between, "years_between(first, second)", (_DATES,)),
    "add_months": Function(
        add_months, "add_months(date, number)", (Form((_DATE, _NUMBER), _DATE),)
    ),
    "year": Function(year, "year(date)", (Form((_DATE,), _NUMBER),)),
    "month": Function(month, "month(date)", (Form((_DATE,), _NUMBER),)),
    "weekday": Function(weekday, "weekday(date)", (Form((_DATE,), _NUMBER),)),
    "is_business_day": Function(
        is_business_day, "is_business_day(date)", (Form((_DATE,), _FLAG),), asks_calendar=True
    ),
    "add_business_days": Function(
        add_business_days,
        "add_business_days(date, number)",
        (Form((_DATE, _NUMBER), _DATE), Form((_DATE, _DAYS), _DATE)),
        asks_calendar=True,
    ),
    "business_days_between": Function(
        business_days_between,
        "business_days_between(first, second)",
        (Form((_DATE, _DATE), _DAYS),),
        asks_calendar=True,
    ),
}
"""Every function by name."""
