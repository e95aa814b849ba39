"""What publishing a draft would mean: in words, by place, in examples, in law and in money."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from engine.catalog.catalog import Catalog
from engine.compliance.rule import Point, Rule
from engine.errors import Refused
from engine.loan.commands import RequestedTerms
from engine.loan.decisions.offer import Offer, make_offer
from engine.product.in_words import product_in_words
from engine.product.product import Product
from engine.proof.corners import loans_within
from engine.proof.prove import prove
from servicing.catalog_reads import middle_of, rule_in_words
from servicing.house import House
from servicing.publishing import drafts
from servicing.publishing.candidate import KIND_OF, candidate
from servicing.publishing.differences import Sentences, differences, in_words
from servicing.views.publishing import BindingRule, Review, SampleFigures
from store.definition_rows import definition_row, loans_by_version
from store.definitions.definition import Definition, definition_of
from store.definitions.kinds import PRODUCT, RULE
from store.draft_rows import DraftRow

_TRIED: Final = 12
"""Loans between the corners of the limits that rules are asked about."""
_OFFERED: Final = (Point.publish, Point.quote, Point.originate)


async def review(house: House, draft_id: str) -> Review:
    """Everything a reviewer looks at before the effect over the book; NotFound without a draft."""
    row = await drafts.row_of(house, draft_id)
    return await review_of(house, row)


async def review_of(house: House, row: DraftRow) -> Review:
    """The review of a draft as it stands."""
    definition, catalog = candidate(house, row)
    began = await _began(house, row)
    product: Product | None = definition.value if row.kind == PRODUCT.name else None
    sound = product is not None and not definition.problems
    counts = await loans_by_version(house.pool)
    return Review(
        draft=await drafts.view_of(house, row),
        compared_with=row.began_from,
        in_words=in_words(_sentences(began, house.catalog), _sentences(definition, catalog)),
        differences=differences(began.document.data if began else None, definition.document.data),
        examples=_examples(product, catalog) if product is not None and sound else (),
        rules=await asyncio.to_thread(_binding, product, catalog) if product and sound else (),
        sample=tuple(_samples(house, began, product, catalog)) if product and sound else (),
        used_by=tuple(used_by(catalog, row)),
        loans=sum(n for (name, _), n in counts.items() if product and name == row.name),
        live_from=product.live_from if product else None,
    )


def used_by(catalog: Catalog, row: DraftRow) -> Iterator[str]:
    """Published product versions that refer to the version a shared definition began from."""
    for versions in catalog.products.values():
        for version in versions:
            shared = getattr(version.waterfall, "waterfall", "")
            if row.began_from in {shared, version.due_dates.calendar, version.books}:
                yield version.reference


async def _began(house: House, row: DraftRow) -> Definition | None:
    """The published definition the draft began from."""
    if not row.began_from:
        return None
    version = 0 if row.kind == RULE.name else int(row.began_from.rpartition("@")[2])
    stored = await definition_row(house.pool, row.kind, row.name, version)
    return definition_of(stored.text, stored.file, KIND_OF[row.kind]) if stored else None


def _sentences(definition: Definition | None, catalog: Catalog) -> Sentences:
    """A definition in words; none for one that is not understood or has no words."""
    if definition is None or definition.value is None:
        return ()
    if definition.kind is PRODUCT:
        product: Product = definition.value
        shared = getattr(product.waterfall, "waterfall", "")
        clauses = product_in_words(product, catalog.waterfalls.get(shared))
        return [(clause.title, clause.text) for clause in clauses]
    if definition.kind is RULE:
        rule: Rule = definition.value
        return [("Rule", sentence) for sentence in rule_in_words(rule)]
    return ()


def _examples(product: Product, catalog: Catalog) -> tuple[dict[str, str | bool], ...]:
    terms = catalog.terms_in_force(product.product, product.version)
    proofs = [prove(example, terms) for example in product.examples]
    return tuple(
        {
            "name": proof.name,
            "passed": proof.holds,
            "difference": str(proof.mismatches[0]) if proof.mismatches else "",
        }
        for proof in proofs
    )


def _binding(product: Product, catalog: Catalog) -> tuple[BindingRule, ...]:
    """Rules that say something about loans at the corners of the limits and between."""
    terms = catalog.terms_in_force(product.product, product.version)
    found: set[str] = set()
    for requested in loans_within(product, _TRIED):
        for point in _OFFERED:
            try:
                offer = make_offer(requested, terms, point)
            except Refused as refused:
                found |= {refusal.rule for refusal in refused.refusals if refusal.rule}
            else:
                found |= {finding.rule for finding in offer.findings}
    book = catalog.rules.rules if catalog.rules else {}
    return tuple(
        BindingRule(
            rule=name,
            title=book[name].rule.title,
            citation=book[name].rule.citation.cite,
            verified=book[name].rule.verified,
            points=tuple(point.value for point in book[name].rule.at),
        )
        for name in sorted(found)
        if name in book
    )


def _samples(
    house: House, began: Definition | None, product: Product, catalog: Catalog
) -> Iterator[SampleFigures]:
    """The same loan under the version it began from and under the draft, where they make it."""
    requested = replace(
        middle_of(product, house.clock.business_date()),
        contract_date=max(house.clock.business_date(), product.live_from),
    )
    before: Product | None = began.value if began else None
    for version in (before, product):
        if version is None:
            continue
        offer = _offer(version, catalog, requested)
        if offer is not None:
            yield _figures(version, offer)


def _offer(version: Product, catalog: Catalog, requested: RequestedTerms) -> Offer | None:
    try:
        return make_offer(
            requested, catalog.terms_in_force(version.product, version.version), Point.quote
        )
    except Refused:
        return None


def _figures(version: Product, offer: Offer) -> SampleFigures:
    rows, told, currency = offer.schedule.installments, offer.truth_in_lending, version.currency
    return SampleFigures(
        version=version.reference,
        installment=rows[0].payment.text(currency),
        last_installment=rows[-1].payment.text(currency),
        apr=told.disclosed_apr.text(),
        finance_charge=told.finance_charge.text(currency),
        total_of_payments=told.total_of_payments.text(currency),
        amount_financed=told.amount_financed.text(currency),
    )
