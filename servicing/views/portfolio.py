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


class ProductSums(View, frozen=True, kw_only=True):
    """Active loans of one product."""

    product: str
    title: str
    loans: int
    principal: str


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
    products: tuple[ProductSums, ...]
    """Active loans by product."""
    months: tuple[MonthRow, ...]
    projected_loans: int
    """Loans past their next boundary and not yet advanced, projected in memory."""
    needs_attention: tuple[LoanRow, ...]
    is_projection: bool
    """True when ``as_of`` lies after the business date."""


class RollCell(View, frozen=True, kw_only=True):
    """Loans that went from one standing to another."""

    was: str
    """Stage or status before; "new" where there was no loan yet."""
    now: str
    loans: int
    principal: str
    """As it is now."""


class VintageRow(View, frozen=True, kw_only=True):
    """Loans whose contracts are of one month, as they stand."""

    month: date
    loans: int
    active: int
    paid_off: int
    charged_off: int
    late_30: int
    """Active ones 30 or more days past due."""
    principal: str


class DueWeek(View, frozen=True, kw_only=True):
    """What falls due next on each loan, by week; what is past due is part of it."""

    first_day: date
    loans: int
    amount: str


class Movement(View, frozen=True, kw_only=True):
    """How the book moved by a day."""

    as_of: date
    since: date
    """The day the roll begins."""
    currency: str
    roll: tuple[RollCell, ...]
    vintages: tuple[VintageRow, ...]
    due: tuple[DueWeek, ...]
