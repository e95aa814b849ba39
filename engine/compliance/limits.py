"""What law and policy leave of an amount, a rate, a count or a date."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import msgspec

from engine.compliance.compiled_rule import Amount, CompiledLimit, CompiledTable
from engine.compliance.dated_values import Figures
from engine.compliance.rule import Point
from engine.compliance.rule_book import RuleBook
from engine.errors import Citation, Refusal, Refused
from engine.expressions.expression import CheckedExpression
from engine.expressions.faults import ExpressionFault
from engine.facts.fact import FactType
from engine.facts.facts import Facts
from engine.trace import explained, note_source
from engine.values.money import ZERO, Exact, Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact, round_ratio


class Narrowed(msgspec.Struct, frozen=True, kw_only=True):
    """The lawful amount and the limit that bound it, if one did."""

    amount: Amount
    bound_by: str | None = None
    """Name of the tightest limit; None when the amount was lawful as it came."""
    citation: Citation | None = None
    values: dict[str, str] = {}
    """Dated figures of that limit."""
    row: str = ""
    """The row that bound it, where a decision table did."""
    message: str = ""


@explained
def narrow(
    rules: RuleBook | None, point: Point, subject: str, amount: Amount, facts: Facts, day: date
) -> Narrowed:
    """What law leaves of an amount: the tightest of the limits that concern the loan.

    ``subject`` names what the amount is: fee_amount, note_rate … Lawful amounts of money are
    rounded in the borrower's favor. Raises Refused when a limit cannot be worked out because a
    fact is not known.
    """
    lawful = Narrowed(amount=amount)
    for rule in rules.narrowing(point, subject, facts) if rules else ():
        lawful = _narrowed(rule, lawful, facts, day)
    if lawful.bound_by is not None and lawful.citation is not None:
        row = f', row "{lawful.row}"' if lawful.row else ""
        note_source(f"{lawful.bound_by} ({lawful.citation.cite}){row}")
    return lawful


def _narrowed(
    rule: CompiledLimit | CompiledTable, so_far: Narrowed, facts: Facts, day: date
) -> Narrowed:
    figures = rule.figures_for(facts, day)
    if figures is None:
        return so_far
    try:
        if not rule.concerns(facts, figures):
            return so_far
        bounds = rule.bounds(facts, figures)
        if bounds is None:
            raise _undecided(rule, "no row is for this loan")
        lowest = _bound(rule, bounds.minimum, facts, figures, Rounding.up)
        highest = _bound(rule, bounds.maximum, facts, figures, Rounding.down)
    except ExpressionFault as fault:
        raise _undecided(rule, f"cannot be worked out, {fault.problem.message}") from fault
    amount = _between(so_far.amount, lowest, highest)
    if amount == so_far.amount:
        return so_far
    return Narrowed(
        amount=amount,
        bound_by=rule.name,
        citation=rule.rule.citation,
        values=figures.written,
        row=bounds.row,
        message=rule.filled(bounds.message, facts, figures),
    )


def _undecided(rule: CompiledLimit | CompiledTable, why: str) -> Refused:
    return Refused(
        Refusal(
            code="rule_undecided",
            message=f"{rule.rule.title}: {why}.",
            rule=rule.name,
            citation=rule.rule.citation,
            kind="rule",
        )
    )


def _between(amount: Amount, lowest: Amount | None, highest: Amount | None) -> Amount:
    """The amount brought up to the lowest, then down to the highest that is lawful."""
    if lowest is not None and _below(amount, lowest):
        amount = lowest
    if highest is not None and _below(highest, amount):
        amount = highest
    return amount


def _below(one: Amount, other: Amount) -> bool:
    """Whether one amount is less than another; a limit's bounds are of the unit it narrows."""
    match one, other:
        case Money() as less, Money() as more:
            return less < more
        case Rate() as less, Rate() as more:
            return less < more
        case int() as less, int() as more:
            return less < more
        case date() as less, date() as more:
            return less < more
    raise AssertionError(f"{one} and {other} are not of one unit")


def _bound(
    rule: CompiledLimit | CompiledTable,
    expression: CheckedExpression | None,
    facts: Facts,
    figures: Figures,
    rounding: Rounding,
) -> Amount | None:
    """The bound as the type it narrows; money and counts rounded, money never below zero."""
    if expression is None:
        return None
    found = expression.evaluate(facts, figures.inner)
    match rule.type:
        case FactType.money:
            assert isinstance(found, int | Fraction)
            return max(ZERO, round_exact(Exact(found), rounding))
        case FactType.rate:
            assert isinstance(found, int | Fraction)
            return Rate(Fraction(found))
        case FactType.date:
            assert isinstance(found, date)
            return found
        case _:
            assert isinstance(found, int | Fraction)
            return round_ratio(found.numerator, found.denominator, rounding)
