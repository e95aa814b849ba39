"""Days between two dates when every month is taken to have thirty: six ways to treat month ends.

They differ only in what happens to the 31st and to the end of February. None of them adds up over
arbitrary splits: 30 January → 28 February → 31 March.
Source: 2006 ISDA Definitions §4.16(f)–(h); SIFMA Standard Securities Calculation Methods for PSA.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import attrgetter, sub

from engine.values.months import is_february_end


def _days(start: date, end: date, start_day: int, end_day: int) -> int:
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + end_day - start_day


def days_apart_mid_month(dates: Sequence[date]) -> list[int] | None:
    """Days between neighbors when none lies after the 27th: all six ways then count alike.

    None when one does.
    """
    if max(map(attrgetter("day"), dates)) > 27:
        return None
    counted = [360 * day.year + 30 * day.month + day.day for day in dates]
    return list(map(sub, counted[1:], counted))


def bond_basis_days(start: date, end: date) -> int:
    """30/360 Bond Basis: a start on the 31st is the 30th, and then an end on the 31st too."""
    start_day = min(start.day, 30)
    end_day = 30 if end.day == 31 and start_day == 30 else end.day
    return _days(start, end, start_day, end_day)


def us_days(start: date, end: date) -> int:
    """30U/360, the end-of-month rule of US bonds: the end of February counts as the 30th."""
    start_day, end_day = start.day, end.day
    if is_february_end(start):
        if is_february_end(end):
            end_day = 30
        start_day = 30
    if end_day == 31 and start_day >= 30:
        end_day = 30
    return _days(start, end, min(start_day, 30), end_day)


def psa_days(start: date, end: date) -> int:
    """30/360 PSA: a start at the end of February is the 30th, an end there stays."""
    start_day = 30 if is_february_end(start) else min(start.day, 30)
    end_day = 30 if end.day == 31 and start_day == 30 else end.day
    return _days(start, end, start_day, end_day)


def eurobond_days(start: date, end: date) -> int:
    """30E/360: the 31st is the 30th, at either end."""
    return _days(start, end, min(start.day, 30), min(end.day, 30))


def eurobond_isda_days(start: date, end: date, maturity: date | None) -> int:
    """30E/360 ISDA: month ends are the 30th, February's too, unless it is the maturity date."""
    start_day = 30 if is_february_end(start) else min(start.day, 30)
    end_day = 30 if is_february_end(end) and end != maturity else min(end.day, 30)
    return _days(start, end, start_day, end_day)


def eurobond_plus_days(start: date, end: date) -> int:
    """30E+/360: an end on the 31st is the first of the next month."""
    end_day = 31 if end.day == 31 else end.day
    return _days(start, end, min(start.day, 30), end_day)
