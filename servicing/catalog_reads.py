"""Products and rules as doors show them: versions, text, plain words, examples and tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from engine.compliance.jurisdictions import jurisdiction
from engine.compliance.rule import DefaultRow, Hit, Limit, Requirement, Rule, Table, TableRow
from engine.compliance.rule_tests import run_tests
from engine.loan.commands import RequestedTerms
from engine.product.in_words import product_in_words
from engine.product.product import Product
from engine.proof.prove import prove
from engine.values.money import Money
from engine.values.rate import Rate
from servicing import quotes
from servicing.actor import Actor
from servicing.errors import NotFound
from servicing.house import House
from servicing.views import PastText, ProductVersionRow, ProductView, QuoteView, RuleRow, RuleView
from store.definition_rows import definition_row, loans_by_version, past_texts
from store.definitions.definition import definition_of

_SAMPLER = Actor(
    actor_id="automation:sample", name="Sample loan", scopes=frozenset({"quotes:write"})
)


async def products(house: House) -> tuple[ProductVersionRow, ...]:
    """Every version of every product, newest version first."""
    loans = await loans_by_version(house.pool)
    today = house.clock.business_date()
    return tuple(
        _version_row(house, version, today, loans)
        for name in sorted(house.catalog.products)
        for version in reversed(house.catalog.versions(name))
    )


async def product(house: House, product: str, version: int | None = None) -> ProductView:
    """A version whole; without ``version`` the one live today."""
    today = house.clock.business_date()
    chosen = _chosen(house, product, version, today)
    stored = await definition_row(house.pool, "product", product, chosen.version)
    text = stored.text if stored else ""
    in_force = house.catalog.terms_in_force(product, chosen.version)
    clauses = product_in_words(chosen, in_force.waterfall)
    sections: dict[str, list[str]] = {}
    for clause in clauses:
        sections.setdefault(clause.title, []).append(clause.text)
    proofs = [prove(example, in_force) for example in chosen.examples]
    return ProductView(
        row=_version_row(house, chosen, today, await loans_by_version(house.pool)),
        text=text,
        document=definition_of(text, "").document.data if text else {},
        in_words=tuple((title, tuple(texts)) for title, texts in sections.items()),
        examples=tuple(
            {
                "name": proof.name,
                "passed": proof.holds,
                "difference": str(proof.mismatches[0]) if proof.mismatches else "",
            }
            for proof in proofs
        ),
    )


async def sample_loan(
    house: House, product: str, version: int | None = None, requested: RequestedTerms | None = None
) -> QuoteView:
    """A loan in the middle of what the product offers, or the one asked for; not kept."""
    chosen = _chosen(house, product, version, house.clock.business_date())
    asked = requested or middle_of(chosen, house.clock.business_date())
    return await quotes.make(house, _SAMPLER, product, asked, chosen.version, save=False)


async def rules(house: House) -> tuple[RuleRow, ...]:
    """Every rule by name, which is its path in the law's tree."""
    return tuple(_rule_row(rule) for _, rule in sorted(_rules(house).items()))


async def rule(house: House, name: str) -> RuleView:
    """A rule whole: its text, values, and tests as they run now."""
    found = _rules(house).get(name)
    if found is None:
        raise NotFound("rule", name)
    stored = await definition_row(house.pool, "rule", name, 0)
    text = stored.text if stored else ""
    outcomes = run_tests(found)
    return RuleView(
        row=_rule_row(found),
        text=text,
        document=definition_of(text, "").document.data if text else {},
        in_words=rule_in_words(found),
        href=found.citation.href,
        values=tuple(
            (value, day, written)
            for value, dated in found.values.items()
            for day, written in sorted(dated.items())
        ),
        tests=tuple(
            {
                "name": outcome.name,
                "on": test.on.isoformat(),
                "given": {key: str(given) for key, given in test.given.items()},
                "expect": outcome.expected,
                "got": outcome.got,
                "passed": outcome.passed,
            }
            for test, outcome in zip(found.tests, outcomes, strict=True)
        ),
        past=tuple(PastText(**dict(row)) for row in await past_texts(house.pool, "rule", name)),
    )


def rule_in_words(rule: Rule) -> tuple[str, ...]:
    """The rule as sentences made from its data."""
    points = ", ".join(point.value.replace("_", " ") for point in rule.at)
    always = rule.applies_when == "true"
    where = jurisdiction(rule.rule) or "everywhere, as lender policy"
    lines = [f"{rule.title}.", f"Asked at: {points}. It holds in {where}."]
    lines.append("It always applies." if always else f"It applies when {rule.applies_when}.")
    match rule:
        case Requirement():
            lines.append(f"Then it must hold that {rule.must_hold}; else: {rule.otherwise.value}.")
        case Limit():
            bound = "at most" if rule.maximum else "at least"
            lines.append(f"Then {rule.narrows} is {bound} {rule.maximum or rule.minimum}.")
        case Table():
            lines += table_in_words(rule)
    lines.append(f"Its figures are those in force on the {rule.value_on.value.replace('_', ' ')}.")
    if not rule.verified:
        lines.append("Its figures were not yet checked against the source of the law.")
    return tuple(lines)


def table_in_words(table: Table) -> tuple[str, ...]:
    """The rows of a decision table as sentences, from above."""
    which = "the first row that holds" if table.hit is Hit.first else "the one row that holds"
    lines = [f"Of its rows {which} decides{' ' + table.narrows if table.narrows else ''}."]
    for row in table.rows:
        cells = " and ".join(f"{fact} {cell}" for fact, cell in row.when.items())
        lines.append(f"{row.name} ({cells}): {_gives(row)}.")
    if isinstance(table.default, DefaultRow):
        lines.append(f"Else, {table.default.name}: {_gives(table.default)}.")
    return tuple(lines)


def _gives(row: TableRow | DefaultRow) -> str:
    if row.outcome is not None:
        return row.outcome.replace("_", " ")
    bounds = [("at most", row.maximum), ("at least", row.minimum)]
    return " and ".join(f"{word} {text}" for word, text in bounds if text) or "no limit"


def _rules(house: House) -> dict[str, Rule]:
    book = house.catalog.rules
    return {name: item.rule for name, item in book.rules.items()} if book else {}


def _rule_row(rule: Rule) -> RuleRow:
    tag: Any = rule.__struct_config__.tag
    return RuleRow(
        rule=rule.rule,
        title=rule.title,
        kind=str(tag),
        jurisdiction=jurisdiction(rule.rule) or "policy",
        points=tuple(point.value for point in rule.at),
        verified=rule.verified,
        citation=rule.citation.cite,
    )


def _chosen(house: House, name: str, version: int | None, today: date) -> Product:
    if name not in house.catalog.products:
        raise NotFound("product", name)
    versions = house.catalog.versions(name)
    if version is None:
        return house.catalog.live_version(name, today) or versions[-1]
    for candidate in versions:
        if candidate.version == version:
            return candidate
    raise NotFound("product version", f"{name}@{version}")


def _version_row(
    house: House, version: Product, today: date, loans: dict[tuple[str, int], int]
) -> ProductVersionRow:
    later = [
        other.live_from
        for other in house.catalog.versions(version.product)
        if other.live_from > version.live_from
    ]
    until = min(later) - timedelta(days=1) if later else None
    retired = house.catalog.retired.get(version.reference)
    if retired is not None:
        until = min(until or retired, retired)
    state = "scheduled" if version.live_from > today else "live"
    if until is not None and until < today:
        state = "retired"
    return ProductVersionRow(
        product=version.product,
        version=version.version,
        title=version.title,
        family=version.family,
        state=state,
        live_from=version.live_from,
        live_until=until,
        content_hash=house.catalog.hashes.get(version.reference, ""),
        loans=loans.get((version.product, version.version), 0),
    )


def middle_of(product: Product, today: date) -> RequestedTerms:
    """Terms in the middle of the product's limits, rounded to what people ask for."""
    limits = product.limits
    low, high = limits.amount.minimum.minor, limits.amount.maximum.minor
    amount = max(low, (low + high) // 2 // 10_000 * 10_000)
    rate = (limits.note_rate.minimum.exact + limits.note_rate.maximum.exact) / 2
    count = limits.number_of_payments
    return RequestedTerms(
        amount=Money(amount).text(product.currency),
        note_rate=Rate(round(rate * 10_000) / _TEN_THOUSAND).text(),
        number_of_payments=(count.minimum + count.maximum) // 2,
        contract_date=max(today, product.live_from),
    )


_TEN_THOUSAND = Rate.parse("10000").exact
