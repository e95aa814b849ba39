"""What a fee rests on: the facts its amount and its condition need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from engine.errors import DefinitionError
from engine.facts.fact import FactType
from engine.fees.amount import (
    Brackets,
    FeeAmount,
    Flat,
    Formula,
    GreaterOf,
    LesserOf,
    Percent,
    Stated,
    checked,
)
from engine.fees.fee import Fee


def facts_of_amount(amount: FeeAmount, currency: str) -> Iterator[str]:
    """Names of the facts an amount rests on; a faulty expression rests on none."""
    match amount:
        case Flat():
            return
        case Percent():
            yield amount.of
        case GreaterOf() | LesserOf():
            for part in amount.amounts:
                yield from facts_of_amount(part, currency)
        case Brackets():
            yield amount.of
            for bracket in amount.brackets:
                yield from facts_of_amount(bracket.amount, currency)
            yield from facts_of_amount(amount.above, currency)
        case Formula():
            yield from facts_of_expression(amount.expression, FactType.money, currency)
        case Stated():
            yield "fee_amount"
        case _ as never:
            assert_never(never)


def facts_of_expression(expression: str, expected: FactType, currency: str) -> tuple[str, ...]:
    """Names of the facts an expression needs; none when it is faulty."""
    try:
        return checked(expression, expected, currency).names
    except DefinitionError:
        return ()


def unknown_facts(fee: Fee, currency: str) -> tuple[str, ...]:
    """Facts the amount or the condition of a fee rests on and nobody knows when it is charged."""
    needed = dict.fromkeys(facts_of_amount(fee.amount, currency))
    if fee.charged_when is not None:
        needed |= dict.fromkeys(facts_of_expression(fee.charged_when, FactType.flag, currency))
    return tuple(name for name in needed if name not in fee.known_facts)
