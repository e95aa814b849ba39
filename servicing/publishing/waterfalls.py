"""Waterfalls as doors show them: what would surprise about one, and three sample payments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.catalog.catalog import Catalog
from engine.errors import Problem
from engine.payments.sample_falls import Fall
from engine.payments.waterfall import Waterfall
from engine.payments.waterfall_lint import WaterfallFinding
from engine.product.product import Product
from engine.product.waterfall_choice import OwnWaterfall, SharedWaterfall
from engine.proof.waterfall_review import falls_of, review_waterfall
from servicing.errors import NotFound
from servicing.house import House
from servicing.views.publishing import DropView, FallView, WaterfallLook, WaterfallReview
from store.definitions.definition import Definition
from store.definitions.kinds import PRODUCT, WATERFALL


async def waterfall(house: House, reference: str) -> WaterfallReview:
    """A published waterfall ("consumer_standard@1") or that of a product ("pay_in_4@2").

    NotFound for neither.
    """
    catalog, today = house.catalog, house.clock.business_date()
    if reference in catalog.waterfalls:
        users = _users(catalog, reference)
        return _reviewed(reference, catalog.waterfalls[reference], users, catalog, today)
    name, _, number = reference.rpartition("@")
    for product in catalog.products.get(name, ()):
        if str(product.version) == number:
            return _reviewed(reference, catalog.waterfall_of(product), [product], catalog, today)
    raise NotFound("waterfall", reference)


def waterfall_of_draft(
    definition: Definition, catalog: Catalog, today: date
) -> WaterfallReview | None:
    """The waterfall of a draft with each finding at its line; None where there is none to see."""
    value = definition.value
    if value is None or definition.problems:
        return None
    if definition.kind is WATERFALL:
        # Products go on using the version they name: what they owe is what this one would meet.
        users = [
            product
            for reference in catalog.waterfalls
            if reference.rpartition("@")[0] == value.waterfall
            for product in _users(catalog, reference)
        ]
        return _reviewed(value.reference, value, users, catalog, today, definition)
    if definition.kind is PRODUCT:
        product: Product = value
        shared = product.waterfall
        named = shared.waterfall if isinstance(shared, SharedWaterfall) else product.reference
        found = catalog.waterfall_of(product)
        return _reviewed(named, found, [product], catalog, today, definition)
    return None


def _users(catalog: Catalog, reference: str) -> list[Product]:
    return [
        product
        for versions in catalog.products.values()
        for product in versions
        if isinstance(product.waterfall, SharedWaterfall)
        and product.waterfall.waterfall == reference
    ]


def _reviewed(
    reference: str,
    waterfall: Waterfall,
    users: Sequence[Product],
    catalog: Catalog,
    today: date,
    definition: Definition | None = None,
) -> WaterfallReview:
    own = isinstance(waterfall, OwnWaterfall)
    below = "/waterfall" if own else ""
    stands_here = definition is not None and (own or definition.kind is WATERFALL)
    placed = definition if stands_here else None
    product = users[0] if users else None
    return WaterfallReview(
        waterfall=reference,
        style=waterfall.style.value,
        order=waterfall.order,
        looks=tuple(
            _look(found, below, placed)
            for found in review_waterfall(waterfall, users, catalog.rules, today)
        ),
        falls=tuple(
            _fall(fall, product.currency if product else "USD")
            for fall in falls_of(waterfall, product, today)
        ),
    )


def _look(found: WaterfallFinding, below: str, definition: Definition | None) -> WaterfallLook:
    path = below + found.path
    placed = definition.placed(Problem(message=found.message, path=path)) if definition else None
    return WaterfallLook(
        code=found.code,
        severity=found.severity.value,
        path=path,
        line=placed.line if placed else 0,
        message=found.message,
        mend=found.mend,
        citations=found.citations,
    )


def _fall(fall: Fall, currency: str) -> FallView:
    return FallView(
        title=fall.title,
        currency=currency,
        amount=fall.amount.text(currency),
        drops=tuple(
            DropView(
                bucket=drop.bucket,
                due_state=drop.owed.due_state,
                component=drop.owed.component,
                name=drop.owed.name,
                installment=drop.owed.installment,
                due_date=drop.owed.due_date,
                owed=drop.owed.amount.text(currency),
                paid=drop.paid.text(currency),
            )
            for drop in fall.drops
        ),
        left_over=fall.left_over.text(currency),
        left_over_goes=fall.left_over_goes.value,
    )
