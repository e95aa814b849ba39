"""Check a folder of definitions: everything that is wrong at once, examples and tests run.

What ``loanwright check`` prints and what publishing asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from engine.catalog.catalog import Catalog
from engine.errors import DefinitionError, Problem
from engine.product.product import Product
from engine.product.waterfall_choice import OwnWaterfall
from engine.proof.corners import refused_within_limits
from engine.proof.prove import prove
from engine.proof.waterfall_review import review_waterfall
from store.definitions.assemble import check_meaning, check_register
from store.definitions.definition import Definition
from store.definitions.folder import (
    Folders,
    definition_files,
    folders_around,
    inside,
    read_files,
    read_house,
)
from store.definitions.kinds import PRODUCT, RULE, WATERFALL
from store.definitions.load import sorted_problems
from store.definitions.published_lock import changed_since_published
from store.definitions.rule_tests import run_rule_tests

BETWEEN: Final = 200
"""Loans tried between the corners of a product's limits, for each frequency."""
Progress = Callable[[int, int], None]
"""Called with how many files are done and how many there are."""


class CheckReport(msgspec.Struct, frozen=True, kw_only=True):
    """What checking a folder came to."""

    problems: tuple[Problem, ...]
    documents: int
    """Definition files read."""
    examples: int
    """Examples of products that were run."""
    tests: int
    """Tests of rules that were run."""
    looks: tuple[Problem, ...] = ()
    """What is right and would surprise all the same: the order of waterfalls."""

    @property
    def sound(self) -> bool:
        return not self.problems


def check_folder(
    path: Path, progress: Progress | None = None, *, points: int = BETWEEN
) -> CheckReport:
    """Check the definitions under a path: a file, a folder, or the root of a checkout.

    What they refer to may stand anywhere in the house around it; only problems of files under
    the path are told.
    """
    if not path.exists():
        missing = Problem(message=f"there is no {path}", file=str(path), code="file")
        return CheckReport(problems=(missing,), documents=0, examples=0, tests=0)
    folders = folders_around(path)
    if folders.products.parent == path:
        return check_folders(*folders, progress=progress, points=points)
    return check_folders(*folders, progress=progress, only=path, points=points)


def check_folders(
    products: Path,
    rules: Path,
    *,
    progress: Progress | None = None,
    only: Path | None = None,
    points: int = BETWEEN,
) -> CheckReport:
    """Check products and rules, or ``only`` what stands under a path, in the house or not.

    ``points`` is how many loans between the corners of a product's limits are tried.
    """
    folders = Folders(products, rules)
    definitions = read_house(folders)
    asked = definitions
    if only is not None:
        asked = [definition for definition in definitions if inside(Path(definition.file), only)]
        if not asked:
            asked = read_files(definition_files(only), folders)
            definitions = [*definitions, *asked]
    catalog = check_meaning(definitions)
    check_register(definitions)
    examples, tests = _run(asked, catalog, progress, points)
    sealed = [p for p in _sealed(products) if only is None or inside(Path(p.file), only)]
    return CheckReport(
        problems=tuple([*sealed, *sorted_problems(asked)]),
        documents=len(asked),
        examples=examples,
        tests=tests,
        looks=tuple(look for definition in asked for look in waterfall_looks(definition, catalog)),
    )


def waterfall_looks(definition: Definition, catalog: Catalog) -> Iterator[Problem]:
    """What would surprise about the waterfall of a definition: a product's own, or a shared one.

    A shared waterfall is looked at where it stands, for all the products that use it.
    """
    value, path = definition.value, ""
    if value is None or definition.problems:
        return
    if definition.kind is PRODUCT and isinstance(value.waterfall, OwnWaterfall):
        waterfall, users, path = value.waterfall, [value], "/waterfall"
    elif definition.kind is WATERFALL:
        waterfall, users = value, [
            product
            for versions in catalog.products.values()
            for product in versions
            if getattr(product.waterfall, "waterfall", "") == value.reference
        ]  # fmt: skip
    else:
        return
    for found in review_waterfall(waterfall, users, catalog.rules):
        yield definition.placed(
            Problem(
                message=f"{found.severity.value}: {found.message}",
                path=path + found.path,
                mend=found.mend,
                code=found.code,
            )
        )


def _run(
    asked: list[Definition], catalog: Catalog, progress: Progress | None, points: int
) -> tuple[int, int]:
    """Run the examples and tests of the definitions that are sound; how many of each."""
    examples = tests = 0
    for done, definition in enumerate(asked, start=1):
        if definition.value is not None and not definition.problems:
            if definition.kind is PRODUCT:
                examples += run_examples(definition, catalog)
                try_corners(definition, catalog, points)
            elif definition.kind is RULE:
                tests += run_rule_tests(definition)
        if progress:
            progress(done, len(asked))
    return examples, tests


def run_examples(definition: Definition, catalog: Catalog) -> int:
    """Prove the examples of a product; what comes out otherwise is added to its file."""
    product = definition.value
    terms = catalog.terms_in_force(product.product, product.version)
    for place, example in enumerate(product.examples):
        for mismatch in prove(example, terms).mismatches:
            definition.add(
                Problem(
                    message=f"{example.name}: {mismatch}",
                    path=f"/examples/{place}{mismatch.path}",
                    mend="mend the terms or what the example expects",
                    code="example",
                )
            )
    return len(product.examples)


def try_corners(definition: Definition, catalog: Catalog, points: int = BETWEEN) -> None:
    """Try loans at the corners of a product's limits; those refused are added to its file."""
    product: Product = definition.value
    terms = catalog.terms_in_force(product.product, product.version)
    for corner in refused_within_limits(terms, points):
        asked = corner.requested
        loan = f"{asked.amount} at {asked.note_rate} in {asked.number_of_payments} payments"
        definition.add(
            Problem(
                message=f"the limits allow {loan}, which is refused: {corner.reason}",
                path="/limits",
                mend="narrow the limits or change the terms",
                code="corner",
            )
        )


def _sealed(products: Path) -> list[Problem]:
    try:
        return changed_since_published(products)
    except DefinitionError as wrong:
        return list(wrong.problems)
