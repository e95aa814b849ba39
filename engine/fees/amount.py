"""How much a fee is: flat, a share, the greater or lesser of several, brackets, an expression.

An amount may rest on any amount of money the vocabulary of facts knows. It is exact until the
whole fee is rounded, once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, assert_never

import msgspec

from engine.expressions.expression import CheckedExpression, compile_expression
from engine.expressions.faults import FactUnknown
from engine.expressions.vocabulary import Vocabulary
from engine.facts.fact import FactType
from engine.facts.facts import VOCABULARY, Facts
from engine.trace import explained
from engine.values.money import ZERO, Exact, Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact


class Flat(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
           tag_field="kind", tag="flat"):  # fmt: skip
    """A fixed amount."""

    amount: Annotated[Money, msgspec.Meta(description="The amount.")]


class Percent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
              omit_defaults=True, tag_field="kind", tag="percent"):  # fmt: skip
    """A share of an amount of the loan, within a minimum and a maximum."""

    of: Annotated[
        str,
        msgspec.Meta(
            description="Name of the amount it is a share of.",
            examples=["installment_unpaid", "loan_amount"],
        ),
    ]
    rate: Annotated[Rate, msgspec.Meta(description="The share: 0.05 is five percent.")]
    minimum: Annotated[Money | None, msgspec.Meta(description="Never less than this.")] = None
    maximum: Annotated[Money | None, msgspec.Meta(description="Never more than this.")] = None


class GreaterOf(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
                tag_field="kind", tag="greater_of"):  # fmt: skip
    """The largest of several amounts."""

    amounts: Annotated[
        tuple[FeeAmount, ...], msgspec.Meta(description="The amounts compared.", min_length=2)
    ]


class LesserOf(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
               tag_field="kind", tag="lesser_of"):  # fmt: skip
    """The smallest of several amounts."""

    amounts: Annotated[
        tuple[FeeAmount, ...], msgspec.Meta(description="The amounts compared.", min_length=2)
    ]


class Formula(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
              tag_field="kind", tag="expression"):  # fmt: skip
    """An expression over the facts of the loan."""

    expression: Annotated[
        str,
        msgspec.Meta(
            description="An expression that gives an amount.",
            max_length=500,
            examples=['min(installment_unpaid * 0.05, money("15.00"))'],
        ),
    ]


class Bracket(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a table of amounts."""

    up_to: Annotated[Money, msgspec.Meta(description="Up to this amount, itself included.")]
    amount: Annotated[FeeAmount, msgspec.Meta(description="The fee in this bracket.")]


class Brackets(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
               tag_field="kind", tag="brackets"):  # fmt: skip
    """A table: the fee depends on the bracket an amount of the loan falls in."""

    of: Annotated[
        str,
        msgspec.Meta(
            description="Name of the amount that chooses the bracket.", examples=["loan_amount"]
        ),
    ]
    brackets: Annotated[
        tuple[Bracket, ...], msgspec.Meta(description="Brackets, ascending.", min_length=1)
    ]
    above: Annotated[FeeAmount, msgspec.Meta(description="The fee above the last bracket.")]


class Stated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
             omit_defaults=True, tag_field="kind", tag="stated"):  # fmt: skip
    """An amount the person names who charges the fee: what a third party billed, say."""

    maximum: Annotated[Money | None, msgspec.Meta(description="Never more than this.")] = None


FeeAmount = Flat | Percent | GreaterOf | LesserOf | Brackets | Formula | Stated


@explained
def fee_amount(amount: FeeAmount, facts: Facts, rounding: Rounding, currency: str = "USD") -> Money:
    """What the note allows for a fee, in whole cents, never below zero.

    Raises FactUnknown when the amount rests on a fact that is not known here.
    """
    exact = exact_amount(amount, facts, currency)
    return round_exact(exact, rounding) if exact > 0 else ZERO


def exact_amount(amount: FeeAmount, facts: Facts, currency: str = "USD") -> Exact:
    """The fee before rounding, exact minor units."""
    match amount:
        case Flat():
            return Exact(amount.amount.minor)
        case Percent():
            share = _known_amount(amount.of, facts).minor * amount.rate.exact
            return _within(share, amount.minimum, amount.maximum)
        case GreaterOf():
            return max(exact_amount(part, facts, currency) for part in amount.amounts)
        case LesserOf():
            return min(exact_amount(part, facts, currency) for part in amount.amounts)
        case Brackets():
            return exact_amount(_bracket(amount, facts), facts, currency)
        case Formula():
            return checked(amount.expression, FactType.money, currency).amount(facts)
        case Stated():
            return _within(Exact(_known_amount("fee_amount", facts).minor), None, amount.maximum)
        case _ as never:
            assert_never(never)


@explained
def _known_amount(name: str, facts: Facts) -> Money:
    """The amount a fee rests on."""
    base = facts.value(name) if name in VOCABULARY else None
    if base is None:
        raise FactUnknown(name, 0)
    assert isinstance(base, Money), f"{name} is not an amount"
    return base


def _within(share: Exact, minimum: Money | None, maximum: Money | None) -> Exact:
    if minimum is not None:
        share = max(share, Exact(minimum.minor))
    if maximum is not None:
        share = min(share, Exact(maximum.minor))
    return share


def _bracket(table: Brackets, facts: Facts) -> FeeAmount:
    base = _known_amount(table.of, facts)
    for bracket in table.brackets:
        if base <= bracket.up_to:
            return bracket.amount
    return table.above


@lru_cache(maxsize=1024)
def checked(expression: str, expected: FactType, currency: str) -> CheckedExpression:
    """The checked expression of a fee; raises DefinitionError when it is not one."""
    return compile_expression(expression, expected, Vocabulary(facts=VOCABULARY, currency=currency))
