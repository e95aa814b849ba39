"""What closes a loan on a day."""

from __future__ import annotations

from datetime import date

from servicing.views.view import View


class PayoffQuote(View, frozen=True, kw_only=True):
    """What closes the loan on a day."""

    loan_id: str
    as_of: date
    good_through_date: date
    principal: str
    interest: str
    fees: str
    unapplied_funds: str
    """Held for the borrower, taken off the total."""
    total: str
    per_diem: str
    """Add this for each day after ``as_of`` through ``good_through_date``."""
    by_day: tuple[tuple[date, str], ...]
