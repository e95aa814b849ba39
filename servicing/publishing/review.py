"""What publishing a draft would mean: in words, by place, in examples, in law and in money."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
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
from servicing.errors import NotFound
from servicing.house import House
from servicing.publishing import drafts, effect, shadow
from servicing.publishing.candidate import KIND_OF, candidate, numbers
from servicing.publishing.differences import Sentences, differences, in_words
from servicing.publishing.places import named_by, reference_of
from servicing.publishing.waterfalls import waterfall_of_draft
from servicing.publishing.where_used import where_used
from servicing.views.publishing import BindingRule, Review, SampleFigures, WhereUsed
from store.definition_rows import definition_row, loans_by_version
from store.definitions.definition import Definition, definition_of
from store.definitions.kinds import PRODUCT, RULE
from store.draft_rows import DraftRow

_TRIED: Final = 12
"""Loans between the corners of the limits that rules are asked about."""
_OFFERED: Final = (Point.publish, Point.quote, Point.originate)


async def review(house: House, draft_id: str) -> Review:
    """Everything a reviewer looks at before the effect over the book; NotFound without a draft."""
    return await review_of(house, await drafts.row_of(house, draft_id))


async def review_of(house: House, row: DraftRow) -> Review:
    """The review of a draft as it stands."""
    definition, catalog = candidate(house, row)
    replaced = _replaces(house, row, definition)
    began = await _published(house, row.kind, replaced)
    product: Product | None = definition.value if row.kind == PRODUCT.name else None
    sound = product is not None and not definition.problems
    counts = await loans_by_version(house.pool)
    used = await _where_used(house, row)
    return Review(
        draft=await drafts.view_of(house, row),
        compared_text=began.document.text if began else "",
        compared_with=replaced,
        in_words=in_words(sentences(began, house.catalog), sentences(definition, catalog)),
        differences=differences(began.document.data if began else None, definition.document.data),
        examples=_examples(product, catalog) if product is not None and sound else (),
        rules=await asyncio.to_thread(_binding, product, catalog) if product and sound else (),
        sample=tuple(_samples(house, began, product, catalog)) if product and sound else (),
        used_by=tuple(
            use.reference
            for version in used
            if version.reference == replaced and row.kind not in (PRODUCT.name, RULE.name)
            for use in version.products
        ),
        loans=sum(n for (name, _), n in counts.items() if product and name == row.name),
        live_from=product.live_from if product else None,
        where_used=used,
        waterfall=waterfall_of_draft(definition, catalog, house.clock.business_date()),
        shadows=await shadow.of_draft(house, row.draft_id),
        effect=await effect.last(house, row.draft_id),
    )


async def _where_used(house: House, row: DraftRow) -> tuple[WhereUsed, ...]:
    """Where the definition is used; nowhere while nothing of it is published."""
    try:
        return await where_used(house, row.kind, row.name)
    except NotFound:
        return ()


def _replaces(house: House, row: DraftRow, definition: Definition) -> str:
    """Reference of what the draft takes the place of; else of what it began from.

    A draft that restores an old text is so compared with what counts now.
    """
    if row.kind == RULE.name:
        return row.began_from
    others = [n for n in numbers(house.catalog, row.kind, row.name) if n != row.version]
    if not others:
        return row.began_from
    chosen = max(others)
    product: Product | None = definition.value if row.kind == PRODUCT.name else None
    if product is not None:
        eve = product.live_from - timedelta(days=1)
        live = house.catalog.live_version(row.name, eve) or house.catalog.live_version(
            row.name, house.clock.business_date()
        )
        chosen = live.version if live and live.version != row.version else chosen
    elif row.kind == PRODUCT.name:
        return row.began_from
    return reference_of(row.kind, row.name, chosen)


async def _published(house: House, kind: str, reference: str) -> Definition | None:
    """A published definition by its reference; None for none."""
    if not reference:
        return None
    stored = await definition_row(house.pool, kind, *named_by(kind, reference))
    return definition_of(stored.text, stored.file, KIND_OF[kind]) if stored else None


def sentences(definition: Definition | None, catalog: Catalog) -> Sentences:
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
