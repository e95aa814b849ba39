"""What is wrong in the amount of a fee: unknown names, wrong types, a floor above its ceiling."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import assert_never

import msgspec

from engine.errors import DefinitionError, Problem
from engine.expressions.expression import compile_expression
from engine.expressions.vocabulary import Vocabulary
from engine.facts.fact import FactType
from engine.facts.facts import VOCABULARY
from engine.fees.amount import (
    Brackets,
    FeeAmount,
    Flat,
    Formula,
    GreaterOf,
    LesserOf,
    Percent,
    Stated,
)
from engine.fees.fee import Fee
from engine.fees.rests_on import unknown_facts
from engine.product.meaning import wrong
from engine.values.money import ZERO


def fee_problems(fee: Fee, path: str, currency: str) -> Iterator[Problem]:
    """Every fault in the amount and the condition of a fee; ``path`` is where the fee stands."""
    yield from amount_problems(fee.amount, f"{path}/amount", currency)
    if fee.charged_when is not None:
        yield from expression_problems(
            fee.charged_when, FactType.flag, f"{path}/charged_when", currency
        )
    for name in unknown_facts(fee, currency):
        if name in VOCABULARY:
            message = f"{name} is not known when {fee.name} is charged"
            mend = f"known are {', '.join(sorted(fee.known_facts))}"
            yield wrong(path, message, mend)


def amount_problems(amount: FeeAmount, path: str, currency: str) -> Iterator[Problem]:
    """Every fault of the amount of a fee; ``path`` is where it stands."""
    match amount:
        case Flat():
            if amount.amount < ZERO:
                yield wrong(f"{path}/amount", "a fee is not below zero", "write it without -")
        case Percent():
            yield from _percent(amount, path)
        case GreaterOf() | LesserOf():
            for place, part in enumerate(amount.amounts):
                yield from amount_problems(part, f"{path}/amounts/{place}", currency)
        case Brackets():
            yield from _brackets(amount, path, currency)
        case Stated():
            if amount.maximum is not None and amount.maximum <= ZERO:
                yield wrong(f"{path}/maximum", "a fee of nothing is no fee", "raise it")
        case Formula():
            yield from expression_problems(
                amount.expression, FactType.money, f"{path}/expression", currency
            )
        case _ as never:
            assert_never(never)


def expression_problems(
    expression: str, expected: FactType, path: str, currency: str
) -> Iterator[Problem]:
    """Every fault of an expression, each told with its column inside the expression."""
    try:
        compile_expression(expression, expected, Vocabulary(facts=VOCABULARY, currency=currency))
    except DefinitionError as error:
        for problem in error.problems:
            yield msgspec.structs.replace(problem, path=path)


def _known_amount(name: str, path: str) -> Iterator[Problem]:
    known = [amount for amount, fact in VOCABULARY.items() if fact.type is FactType.money]
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        mend = f"did you mean {near[0]}?" if near else f"amounts are {', '.join(known)}"
        yield wrong(f"{path}/of", f"{name} is no amount of a loan", mend)


def _brackets(table: Brackets, path: str, currency: str) -> Iterator[Problem]:
    yield from _known_amount(table.of, path)
    for place, bracket in enumerate(table.brackets):
        here = f"{path}/brackets/{place}"
        if place and bracket.up_to <= table.brackets[place - 1].up_to:
            before = table.brackets[place - 1].up_to.text(currency)
            message = f"the bracket does not reach beyond {before}, where the one before it ends"
            yield wrong(f"{here}/up_to", message, f"write more than {before}")
        yield from amount_problems(bracket.amount, f"{here}/amount", currency)
    yield from amount_problems(table.above, f"{path}/above", currency)


def _percent(amount: Percent, path: str) -> Iterator[Problem]:
    yield from _known_amount(amount.of, path)
    low, high = amount.minimum, amount.maximum
    if low is not None and high is not None and low > high:
        yield wrong(path, "the minimum is above the maximum", "swap the two")
    if amount.rate.exact < 0:
        yield wrong(f"{path}/rate", "a share is not below 0", "write it without -")
