"""Check one definition beside a catalog that stands: what a draft would come to if published.

As ``check_meaning`` over everything, at the cost of one document.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from engine.catalog.catalog import Catalog
from engine.compliance.rule_book import RuleBook
from engine.errors import Problem
from engine.product.product import Product
from store.definitions.assemble import check_meaning
from store.definitions.check import BETWEEN, run_examples, try_corners
from store.definitions.definition import Definition
from store.definitions.kinds import PRODUCT, RULE
from store.definitions.rule_tests import run_rule_tests


def beside(definition: Definition, standing: Catalog) -> Catalog:
    """The catalog with the definition in it; the same catalog when anything is wrong with it.

    What is wrong is added to the definition. A version that stands already is put aside for it.
    """
    alone = check_meaning([definition], standing)
    if definition.value is None or definition.problems:
        return standing
    if definition.kind is PRODUCT:
        product: Product = definition.value
        for problem in _same_start(product, standing):
            definition.add(problem)
        if definition.problems:
            return standing
        others = (v for v in standing.products.get(product.product, ()) if not _same(v, product))
        versions = tuple(sorted((*others, product), key=lambda version: version.version))
        return replace(
            standing,
            products={**standing.products, product.product: versions},
            hashes={**standing.hashes, **alone.hashes},
        )
    if definition.kind is RULE:
        before = standing.rules.rules if standing.rules else {}
        after = alone.rules.rules if alone.rules else {}
        return replace(standing, rules=RuleBook({**before, **after}))
    return replace(
        standing,
        waterfalls={**standing.waterfalls, **alone.waterfalls},
        calendars={**standing.calendars, **alone.calendars},
        charts={**standing.charts, **alone.charts},
    )


def prove(definition: Definition, catalog: Catalog, points: int = BETWEEN) -> None:
    """Run the examples, corners or tests of a definition that is right; add what fails."""
    if definition.value is None or definition.problems:
        return
    if definition.kind is PRODUCT:
        run_examples(definition, catalog)
        try_corners(definition, catalog, points)
    elif definition.kind is RULE:
        run_rule_tests(definition)


def _same(one: Product, other: Product) -> bool:
    return one.version == other.version


def _same_start(product: Product, standing: Catalog) -> Iterator[Problem]:
    for other in standing.products.get(product.product, ()):
        if not _same(other, product) and other.live_from == product.live_from:
            yield Problem(
                message=f"version {other.version} begins on {product.live_from} too",
                path="/live_from",
                mend="let each version begin on its own day",
                code="meaning",
            )
