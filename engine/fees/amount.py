"""How much a fee is: flat, a share, the greater or lesser of several, brackets, an expression."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, assert_never

import msgspec

from engine.expressions.expression import CheckedExpression, compile_expression
from engine.facts.fact import FactType
from engine.facts.facts import VOCABULARY, Facts
from engine.trace import explained
from engine.values.money import Exact, Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact


class Flat(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
           tag_field="kind", tag="flat"):  # fmt: skip
    """A fixed amount."""

    amount: Annotated[Money, msgspec.Meta(description="The amount.")]


class Percent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
              tag_field="kind", tag="percent"):  # fmt: skip
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
            examples=['min(installment_unpaid * rate("0.05"), money("15.00"))'],
        ),
    ]


FeeAmount = Flat | Percent | GreaterOf | LesserOf | Formula


@explained
def fee_amount(amount: FeeAmount, facts: Facts, rounding: Rounding) -> Money:
    """What the note allows for a fee, in whole cents, never below zero."""
    exact = exact_amount(amount, facts)
    return round_exact(exact, rounding) if exact > 0 else Money(0)


def exact_amount(amount: FeeAmount, facts: Facts) -> Exact:
    """The fee before rounding, exact minor units."""
    match amount:
        case Flat():
            return Exact(amount.amount.minor)
        case Percent():
            return _share(amount, facts)
        case GreaterOf():
            return max(exact_amount(part, facts) for part in amount.amounts)
        case LesserOf():
            return min(exact_amount(part, facts) for part in amount.amounts)
        case Formula():
            return formula(amount.expression).amount(facts)
        case _ as never:
            assert_never(never)


def _share(amount: Percent, facts: Facts) -> Exact:
    base: Any = facts.value(amount.of) if amount.of in VOCABULARY else None
    assert isinstance(base, Money), f"{amount.of} is not a known amount here"
    share = base.minor * amount.rate.exact
    if amount.minimum is not None:
        share = max(share, Exact(amount.minimum.minor))
    if amount.maximum is not None:
        share = min(share, Exact(amount.maximum.minor))
    return share


@lru_cache(maxsize=1024)
def formula(expression: str) -> CheckedExpression:
    """The checked expression of an amount; raises DefinitionError when it is not one."""
    return compile_expression(expression, FactType.money)
