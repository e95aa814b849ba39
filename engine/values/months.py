"""Month arithmetic on dates: steps that keep the day, month ends, leap days."""

from __future__ import annotations

from datetime import date, timedelta

_LAST_DAY = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def next_day(day: date) -> date:
    """The day after."""
    return day + timedelta(days=1)


def is_leap(year: int) -> bool:
    """Whether the year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def last_day_of_month(year: int, month: int) -> int:
    """28 to 31."""
    return 29 if month == 2 and is_leap(year) else _LAST_DAY[month - 1]


def is_month_end(day: date) -> bool:
    """Whether the day is the last of its month."""
    return day.day >= 28 and (day + timedelta(days=1)).day == 1


def is_february_end(day: date) -> bool:
    """Whether the day is the last of February."""
    return day.month == 2 and is_month_end(day)


def on_day_of_month(month_index: int, day_of_month: int) -> date:
    """That day of the month counted from year 0, or the month's last day when it is shorter.

    ``month_index`` is 12 × year + month − 1.
    """
    year, month = divmod(month_index, 12)
    last = last_day_of_month(year, month + 1)
    return date(year, month + 1, min(day_of_month, last))


def month_index(day: date) -> int:
    """Months counted from year 0: 12 × year + month − 1."""
    return 12 * day.year + day.month - 1


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on (back when negative), or that month's last day.

    31 January + 1 month is 28 (29) February; stepping from there does not return to the 31st, so
    always step from the first date of a series.
    """
    return on_day_of_month(month_index(day) + months, day.day)


def leap_days(start: date, end: date) -> int:
    """How many 29 Februaries lie after start, up to and including end."""
    return _leap_days_to(end) - _leap_days_to(start)


def _leap_days_to(day: date) -> int:
    whole_years = day.year - 1
    count = whole_years // 4 - whole_years // 100 + whole_years // 400
    return count + (is_leap(day.year) and (day.month, day.day) >= (2, 29))


def next_leap_day(after: date) -> date:
    """The first 29 February later than the day."""
    year = after.year
    if is_leap(year) and after < date(year, 2, 29):
        return date(year, 2, 29)
    year += 1
    while not is_leap(year):
        year += 1
    return date(year, 2, 29)


def whole_months_back(earlier: date, later: date, on_day: int = 0) -> tuple[int, int]:
    """Full months measured back from the later date, and the days before the first of them.

    ``on_day`` is the day of the month a series falls on when the later date is a shorter month's
    last day in its place.
    """
    day = on_day if on_day > later.day and is_month_end(later) else later.day
    index = month_index(later)
    months = index - month_index(earlier)
    begin = on_day_of_month(index - months, day)
    if begin < earlier:
        months -= 1
        begin = on_day_of_month(index - months, day)
    return months, (begin - earlier).days
