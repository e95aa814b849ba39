"""Terms in force: what a decision about a loan rests on, resolved and whole."""

from __future__ import annotations

import msgspec

from engine.catalog.chart_of_accounts import ChartOfAccounts
from engine.compliance.rule_book import RuleBook
from engine.interest.rate_plan.index_values import IndexBook
from engine.payments.waterfall import Waterfall
from engine.product.product import Product
from engine.values.calendar import BusinessCalendar


class TermsInForce(msgspec.Struct, frozen=True, kw_only=True):
    """The pinned product with everything it refers to, and the law to ask."""

    product: Product
    waterfall: Waterfall
    """The product's own, or the shared one it names."""
    rules: RuleBook | None = None
    """None asks no law at all: for tests of the arithmetic alone."""
    calendar: BusinessCalendar
    indexes: IndexBook = {}
    """Values of indexes known so far; time adopts those its resets go by."""
    chart: ChartOfAccounts | None = None
    """Where the books post; None for tests of the arithmetic alone."""
