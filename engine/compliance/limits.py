"""Limits: what law or policy leaves of an amount, a rate or a count."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import msgspec

from engine.compliance.rule import Limit, Point
from engine.compliance.rule_book import CompiledRule, NotInForce, RuleBook
from engine.errors import Citation
from engine.expressions.tree import Value
from engine.facts.facts import Facts
from engine.trace import explained, note_source
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact

Narrowable = Money | Rate | int


class Narrowed(msgspec.Struct, frozen=True, kw_only=True):
    """What is lawful, and the rule that bound it if one did."""

    amount: Narrowable
    bound_by: str | None = None
    citation: Citation | None = None
    values: dict[str, str] = {}


@explained
def narrow(
    rules: RuleBook | None,
    point: Point,
    subject: str,
    amount: Narrowable,
    facts: Facts,
    day: date,
) -> Narrowed:
    """What law leaves of an amount: the narrowest of the limits that apply."""
    lawful = Narrowed(amount=amount)
    for item in rules.at(point) if rules else ():
        if isinstance(item.rule, Limit) and item.rule.narrows == subject:
            lawful = _narrowed(item, lawful, facts, day)
    return lawful


def _narrowed(item: CompiledRule, lawful: Narrowed, facts: Facts, day: date) -> Narrowed:
    try:
        values, written = item.values_on(facts, day)
    except NotInForce:
        return lawful
    if not item.applies(facts, values):
        return lawful
    for bound, expression in item.bounds.items():
        limit = _same_kind(expression.evaluate(facts, values), lawful.amount)
        beyond = lawful.amount > limit if bound == "maximum" else lawful.amount < limit  # type: ignore[operator]
        if beyond:
            note_source(f"{item.rule.rule} ({item.rule.citation.cite})")
            lawful = Narrowed(
                amount=limit,
                bound_by=item.rule.rule,
                citation=item.rule.citation,
                values=written,
            )
    return lawful


def _same_kind(found: Value, amount: Narrowable) -> Narrowable:
    """The limit as the kind of value it narrows; money is rounded down, so it is never exceeded."""
    assert isinstance(found, int | Fraction)
    match amount:
        case Money():
            return round_exact(Fraction(found), Rounding.down)
        case Rate():
            return Rate(Fraction(found))
        case int():
            return int(found)
