"""Terms in force: what a decision about a loan rests on, resolved and whole."""

from __future__ import annotations

from collections.abc import Callable

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
    versions: Callable[[int], TermsInForce | None] | None = None
    """The terms of another version of the product, for a loan that is moved; None alone here."""

    def other(self, version: int) -> TermsInForce | None:
        """The terms of a version of the same product; None when there is none."""
        if version == self.product.version:
            return self
        return self.versions(version) if self.versions is not None else None

    def of(self, version: int) -> TermsInForce:
        """The terms of a version that a loan is, or was, under."""
        found = self.other(version)
        assert found is not None, f"there is no version {version} of {self.product.product}"
        return found
