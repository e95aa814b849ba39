"""A rule tried on facts a person gives: what it says, and the value of every part on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from engine.compliance.compiled_rule import (
    CompiledLimit,
    CompiledRequirement,
    CompiledRule,
    CompiledTable,
)
from engine.compliance.dated_values import Figures
from engine.compliance.rule import RuleTest
from engine.compliance.rule_tests import answer, given_facts, row_reached
from engine.expressions.expression import CheckedExpression
from engine.expressions.faults import ExpressionFault
from engine.facts.fact import FactType
from engine.facts.facts import VOCABULARY, Facts
from engine.values.rate import Rate
from servicing.errors import NotFound
from servicing.house import House
from servicing.telling import exact_text
from servicing.views.studio import AskedFact, TriedExpression, TriedPart, TriedRule

_WORDS: Final = re.compile(r'"[^"]*"|[A-Za-z_][A-Za-z_0-9]*')
"""Texts in quotes, which are passed over, and names."""


def asked_facts(house: House, name: str) -> tuple[AskedFact, ...]:
    """The facts a rule asks for, each with a value from its first test that gives one."""
    compiled = _rule(house, name)
    given = {
        key: value for test in reversed(compiled.rule.tests) for key, value in test.given.items()
    }
    names = dict.fromkeys(
        fact for _, expression in expressions(compiled) for fact in expression.names
    )
    narrows = getattr(compiled.rule, "narrows", "")
    if narrows:
        names[narrows] = None
    return tuple(
        AskedFact(
            name=fact,
            type=VOCABULARY[fact].type.value,
            example=_written(given.get(fact)),
        )
        for fact in names
        if fact in VOCABULARY
    )


def try_rule(house: House, name: str, given: Mapping[str, str], on: date) -> TriedRule:
    """What a published rule says of the facts on a day; what cannot be told is said."""
    compiled = _rule(house, name)
    known = {fact: _typed(fact, text) for fact, text in given.items() if text.strip()}
    test = RuleTest(on=on, given=known, expect="")
    said = answer(compiled, test)
    try:
        facts = given_facts(compiled, test)
    except ValueError as wrong:
        return TriedRule(answer=f"fault: {wrong}", row="", expressions=())
    figures = compiled.figures_for(facts, on)
    parts = tuple(_tried(compiled, facts, figures)) if figures is not None else ()
    return TriedRule(answer=said, row=row_reached(compiled, test), expressions=parts)


def asks_the_book(house: House, name: str) -> str:
    """A condition over the book: loans of the rule's place that it would refuse or speak of today.

    A requirement refuses where it applies and does not hold; of the others it is told of which
    loans they speak. Figures stand in it as they hold today; of a law to come, as they will first.
    """
    compiled = _rule(house, name)
    place, parts = compiled.place, []
    if place.state:
        parts.append(f'state == "{place.state}"')
    if compiled.applies is not None:
        parts.append(f"({compiled.applies.text})")
    if isinstance(compiled, CompiledRequirement):
        parts.append(f"not ({compiled.holds.text})")
    dated, today = compiled.figures, house.clock.business_date()
    figures = dated.on(today) or (dated.on(dated.days[0]) if dated.days else None)
    written = figures.written if figures is not None else {}

    def figure(found: re.Match[str]) -> str:
        word = found.group(0)
        return _literal(compiled.types[word], written[word]) if word in written else word

    return _WORDS.sub(figure, " and ".join(parts) or "true")


def _literal(type_: FactType, text: str) -> str:
    match type_:
        case FactType.money | FactType.date:
            return f'{type_.value}("{text}")'
        case FactType.days:
            return f"days({text})"
        case FactType.text:
            return f'"{text}"'
        case _:
            return text


def expressions(compiled: CompiledRule) -> Iterator[tuple[str, CheckedExpression]]:
    """Every expression of a rule with what it is for."""
    if compiled.applies is not None:
        yield "Applies when", compiled.applies
    match compiled:
        case CompiledRequirement():
            yield "Must hold", compiled.holds
        case CompiledLimit():
            bounds = compiled.always
            yield from _bounded("", bounds.minimum, bounds.maximum)
        case CompiledTable():
            for made in compiled.rows:
                for cell in made.cells:
                    yield f"Row {made.row.name}", cell
                yield from _bounded(f"{made.row.name}: ", made.minimum, made.maximum)


def _bounded(
    of: str, minimum: CheckedExpression | None, maximum: CheckedExpression | None
) -> Iterator[tuple[str, CheckedExpression]]:
    for words, expression in (("at least", minimum), ("at most", maximum)):
        if expression is not None:
            shown = f"{of}{words}"
            yield shown[:1].upper() + shown[1:], expression


def _tried(compiled: CompiledRule, facts: Facts, figures: Figures) -> Iterator[TriedExpression]:
    currency = compiled.place.currency
    for words, expression in expressions(compiled):
        try:
            value, steps = expression.evaluate_traced(facts, figures.inner)
        except ExpressionFault as fault:
            yield TriedExpression(
                use=words, text=expression.text, value="", fault=str(fault), parts=()
            )
            continue
        yield TriedExpression(
            use=words,
            text=expression.text,
            value=value_text(value, expression.type, currency),
            fault="",
            parts=tuple(
                TriedPart(
                    text=step.text,
                    value=value_text(step.value, step.type, currency),
                    depth=step.depth,
                )
                for step in reversed(steps)
                if step.depth
            ),
        )


def value_text(value: Any, type_: FactType, currency: str) -> str:
    """A value inside an evaluation as people read it."""
    match type_, value:
        case _, bool():
            return "yes" if value else "no"
        case FactType.money, int() | Fraction():
            whole, _, decimals = exact_text(Fraction(value), currency).partition(".")
            return f"{whole}.{decimals[:2]}{decimals[2:].rstrip('0')}"
        case FactType.rate, int() | Fraction():
            return Rate(Fraction(value)).percent()
        case _, date():
            return value.isoformat()
        case _:
            return str(value)


def _rule(house: House, name: str) -> CompiledRule:
    book = house.catalog.rules
    if book is None or name not in book.rules:
        raise NotFound("rule", name)
    return book.rules[name]


def _typed(fact: str, text: str) -> bool | int | str:
    text = text.strip()
    declared = VOCABULARY.get(fact)
    if declared is not None and declared.type is FactType.flag:
        return text.lower() in {"yes", "true"}
    counts = declared is not None and declared.type.value in {"number", "days"}
    return int(text) if counts and text.lstrip("-").isdecimal() and len(text) < 10 else text


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
