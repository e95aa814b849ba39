"""The book on a day."""

from __future__ import annotations

from datetime import date, datetime

from servicing.views.loan import LoanRow
from servicing.views.view import View


class StageRow(View, frozen=True, kw_only=True):
    stage: str
    loans: int
    principal: str
    share: str
    """Of all principal, as decimal text (0.0123)."""


class MonthRow(View, frozen=True, kw_only=True):
    """Cash of a month."""

    month: date
    disbursed: str
    collected: str


class PortfolioSummary(View, frozen=True, kw_only=True):
    """The book on a day, computed from the closed forms as they stood at one moment."""

    as_of: date
    as_known_at: datetime | None
    currency: str
    loans: int
    active_loans: int
    principal: str
    accrued_interest: str
    fees: str
    past_due_loans: int
    amount_past_due: str
    past_due_30_share: str
    """Principal of loans 30 or more days past due over all principal."""
    stages: tuple[StageRow, ...]
    by_product: tuple[tuple[str, int, str], ...]
    """(product title, loans, principal)."""
    months: tuple[MonthRow, ...]
    projected_loans: int
    """Loans past their next boundary and not yet advanced, projected in memory."""
    needs_attention: tuple[LoanRow, ...]
    is_projection: bool
    """True when ``as_of`` lies after the business date."""
