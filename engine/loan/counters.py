"""Counters of a loan: how often something happened in the twelve months to a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from engine.loan.loan import Loan

_YEAR: Final = timedelta(days=365)


def late_fees_in_year(loan: Loan, day: date) -> int:
    """Late fees charged in the 12 months to the day, those before boarding included."""
    since = day - _YEAR
    began = loan.boarded_on
    here = sum(
        1
        for fee in loan.fees
        if fee.kind == "late_fee"
        and since < fee.assessed_on <= day
        and (began is None or fee.assessed_on >= began)
    )
    # Their days are not known: they count for the twelve months after boarding.
    before = loan.late_fees_before_boarding if began is not None and began > since else 0
    return here + before


def fees_in_year(loan: Loan, name: str, day: date) -> int:
    """Times a fee of the product was charged in the 12 months to the day."""
    since = day - _YEAR
    return sum(1 for fee in loan.fees if fee.name == name and since < fee.assessed_on <= day)


def returns_in_year(loan: Loan, day: date) -> int:
    """Payments that came back unpaid in the 12 months to the day."""
    since = day - _YEAR
    back = [made.returned_on for made in loan.payments if made.returned_on is not None]
    return sum(1 for returned_on in back if since < returned_on <= day)
