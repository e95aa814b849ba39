"""What a draft's text comes to as it is typed: what is wrong with it, and a loan under it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import Any

from engine.catalog.catalog import Catalog
from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.rule import Rule
from engine.compliance.rule_tests import run_tests
from engine.product.product import Product
from engine.proof.prove import prove
from servicing.house import House
from servicing.publishing.candidate import candidate
from servicing.publishing.review import sentences
from servicing.publishing.waterfalls import waterfall_of_draft
from servicing.studio.mend_example import mended
from servicing.studio.sample import Sampled, Scenario, Size, loan_of, sample
from servicing.views.studio import Checked, DraftPreview
from store.definitions.definition import Definition
from store.definitions.kinds import PRODUCT, RULE
from store.definitions.published_lock import content_hash
from store.draft_rows import DraftRow


async def preview(
    house: House,
    kind: str,
    name: str,
    version: int,
    text: str,
    *,
    size: Size = Size.middle,
    scenario: Scenario = Scenario.missed,
) -> DraftPreview:
    """The text as a draft of a definition, looked at without keeping it."""
    row = unkept(house, kind, name, version, text)
    today = house.clock.business_date()
    return await asyncio.to_thread(_previewed, house, row, today, size, scenario)


def unkept(house: House, kind: str, name: str, version: int, text: str) -> DraftRow:
    """A text as a draft that nobody keeps."""
    at = house.clock.now()
    return DraftRow(
        draft_id="", kind=kind, name=name, version=version, text=text,
        content_hash=content_hash(text.encode()), began_from="", began_hash="", state="draft",
        revision=0, author="", recorded_at=at, changed_at=at,
    )  # fmt: skip


def mended_example(
    house: House, kind: str, name: str, version: int, text: str, place: int
) -> dict[str, Any] | None:
    """An example of a product's text with the numbers that come out now; None while it is wrong."""
    definition, catalog = candidate(house, unkept(house, kind, name, version, text))
    terms = _terms(definition, catalog)
    if terms is None or place >= len(terms.product.examples):
        return None
    return mended(terms, place, definition.document.data["examples"][place])


def _previewed(
    house: House, row: DraftRow, today: date, size: Size, scenario: Scenario
) -> DraftPreview:
    definition, catalog = candidate(house, row)
    data = definition.document.data
    terms = _terms(definition, catalog)
    sampled = Sampled()
    if terms is not None:
        sampled = sample(terms, loan_of(terms.product, size, today), scenario)
    return DraftPreview(
        data=data if isinstance(data, dict) and not definition.document.broken else None,
        problems=tuple(definition.problems),
        in_words=tuple(sentences(definition, catalog)),
        checks=tuple(_checks(definition, terms)),
        waterfall=waterfall_of_draft(definition, catalog, today),
        sample=sampled.loan,
        refused=tuple(refusal.message for refusal in sampled.refusals),
    )


def _terms(definition: Definition, catalog: Catalog) -> TermsInForce | None:
    if definition.kind is not PRODUCT or definition.problems or definition.value is None:
        return None
    product: Product = definition.value
    return catalog.terms_in_force(product.product, product.version)


def _checks(definition: Definition, terms: TermsInForce | None) -> Iterator[Checked]:
    if terms is not None:
        for example in terms.product.examples:
            proof = prove(example, terms)
            said = str(proof.mismatches[0]) if proof.mismatches else ""
            yield Checked(name=proof.name, passed=proof.holds, difference=said)
    if definition.kind is RULE and not definition.problems and definition.value is not None:
        rule: Rule = definition.value
        for outcome in run_tests(rule):
            said = "" if outcome.passed else f"expected {outcome.expected}, got {outcome.got}"
            yield Checked(name=outcome.name, passed=outcome.passed, difference=said)
