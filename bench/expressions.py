"""Expressions of products and rules: the compiled one beside the one that traces every part."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.harness import Comparison, Way, timed
from bench.loans import lived, personal_terms
from engine.expressions.expression import compile_expression
from engine.facts.fact import FactType
from engine.facts.facts import Facts
from engine.loan.facts_on import facts_on
from engine.values.money import Money
from engine.values.rate import Rate

FEE = 'min(installment_unpaid * percent(5), money("15.00"))'
RULE = "covered_borrower and not mla_exempt and military_apr > percent(36)"


def comparisons() -> Iterator[Comparison]:
    """A fee's amount and a rule's condition."""
    facts = _facts()
    for name, text, type_ in (("fee", FEE, FactType.money), ("rule", RULE, FactType.flag)):
        checked = compile_expression(text, type_)
        traced, _ = checked.evaluate_traced(facts)
        assert traced == checked.evaluate(facts)
        yield Comparison(
            name=f"expression_{name}",
            title=f"An expression: {text}",
            unit="evaluations",
            ways=(
                Way("interpreted, every part told", timed(partial(checked.evaluate_traced, facts))),
                Way("compiled", timed(partial(checked.evaluate, facts))),
                Way("checked and compiled anew", timed(partial(compile_expression, text, type_))),
            ),
        )


def _facts() -> Facts:
    loan = lived(3).loan
    assert loan is not None
    return facts_on(loan, loan.billed[-1].due_date, personal_terms()).given(
        installment_unpaid=Money(33_691),
        covered_borrower=True,
        mla_exempt=False,
        military_apr=Rate.parse("0.3599"),
    )
