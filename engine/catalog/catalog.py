"""The catalog: every published product version and shared definition, immutable.

One version of a product is live on a day: of those that have begun, the one that began last.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TypeVar

import msgspec

from engine.catalog.chart_of_accounts import ChartOfAccounts
from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.coverage import Coverage
from engine.compliance.rule_book import RuleBook
from engine.payments.waterfall import Waterfall
from engine.product.product import Product
from engine.product.waterfall_choice import OwnWaterfall, SharedWaterfall
from engine.values.calendar import BusinessCalendar

T = TypeVar("T")


class UnknownDefinition(LookupError):
    """A product, version or shared definition the catalog does not hold."""


class Catalog(msgspec.Struct, frozen=True, kw_only=True):
    """Published definitions by id and version: what every decision is made under."""

    products: Mapping[str, tuple[Product, ...]] = {}
    """Product id → its versions, by number."""
    waterfalls: Mapping[str, Waterfall] = {}
    """Reference → waterfall: "consumer_standard@1"."""
    calendars: Mapping[str, BusinessCalendar] = {}
    """Reference → calendar: "us_federal@1"."""
    charts: Mapping[str, ChartOfAccounts] = {}
    """Reference → chart of accounts: "consumer_us@1"."""
    rules: RuleBook | None = None
    coverage: Coverage | None = None
    """The register of the rules: what is modelled, and verified to which day."""
    hashes: Mapping[str, str] = {}
    """Reference of a product → SHA-256 of its file."""
    retired: Mapping[str, date] = {}
    """Reference of a product → the last day that version is offered."""

    def product(self, product: str, version: int) -> Product:
        """One version of a product; UnknownDefinition when there is none."""
        for candidate in self.versions(product):
            if candidate.version == version:
                return candidate
        raise UnknownDefinition(f"there is no version {version} of product {product!r}")

    def versions(self, product: str) -> tuple[Product, ...]:
        """Every version of a product by number; UnknownDefinition when there is none."""
        try:
            return self.products[product]
        except KeyError:
            known = ", ".join(sorted(self.products)) or "none"
            raise UnknownDefinition(f"there is no product {product!r}; known: {known}") from None

    def live_version(self, product: str, day: date) -> Product | None:
        """The version offered on a day; None before the first begins and after a retirement.

        Retiring a version brings none before it back: until the next begins, nothing is offered.
        """
        begun = [version for version in self.versions(product) if version.live_from <= day]
        last = max(begun, key=lambda version: (version.live_from, version.version), default=None)
        if last is None or day > self.retired.get(last.reference, day):
            return None
        return last

    def live_products(self, day: date) -> tuple[Product, ...]:
        """The live version of every product on a day, by id."""
        live = (self.live_version(product, day) for product in sorted(self.products))
        return tuple(version for version in live if version is not None)

    def terms_in_force(self, product: str, version: int) -> TermsInForce:
        """The product version with everything it refers to, and the law to ask."""
        pinned = self.product(product, version)
        return TermsInForce(
            product=pinned,
            waterfall=self.waterfall_of(pinned),
            rules=self.rules,
            calendar=self.calendar_of(pinned),
            chart=self.chart_of(pinned),
            versions=partial(self._other, product),
        )

    def _other(self, product: str, version: int) -> TermsInForce | None:
        known = {each.version for each in self.versions(product)}
        return self.terms_in_force(product, version) if version in known else None

    def waterfall_of(self, product: Product) -> Waterfall:
        """The order in which payments of the product are applied."""
        match product.waterfall:
            case OwnWaterfall():
                return product.waterfall
            case SharedWaterfall(waterfall=reference):
                return _found(self.waterfalls, reference, "waterfall")

    def calendar_of(self, product: Product) -> BusinessCalendar:
        """The business days of the product."""
        return _found(self.calendars, product.due_dates.calendar, "calendar")

    def chart_of(self, product: Product) -> ChartOfAccounts:
        """The chart of accounts loans of the product are booked on."""
        return _found(self.charts, product.books, "chart of accounts")


def _found(known: Mapping[str, T], reference: str, kind: str) -> T:
    try:
        return known[reference]
    except KeyError:
        raise UnknownDefinition(f"there is no {kind} {reference!r}") from None
