"""A checked expression and its evaluation: the door of this folder.

``compile_expression`` refuses what is not right with every fault at its column; what it returns
evaluates in bounded time and never guesses an unknown fact.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from engine.expressions import tree
from engine.expressions.check import check
from engine.expressions.compiled import Evaluator, Unknown, Values, Writer
from engine.expressions.interpreted import Interpreter, SubExpression
from engine.expressions.vocabulary import FACTS, Vocabulary
from engine.facts.fact import FactType, FactValue
from engine.facts.facts import Facts
from engine.values.money import Exact, Money
from engine.values.rate import Rate

NO_VALUE: Final = (Unknown, AttributeError, ArithmeticError, ValueError)
"""What compiled code raises where an expression has no value; the interpreter then says why."""


class CheckedExpression:
    """An expression that was checked: immutable, evaluated as often as wanted."""

    __slots__ = ("_evaluator", "names", "text", "tree", "type", "vocabulary")

    def __init__(self, text: str, checked: tree.Node, vocabulary: Vocabulary) -> None:
        self.text = text
        self.tree = checked
        self.type = checked.type
        self.vocabulary = vocabulary
        self.names = tree.facts_used(checked)
        """Facts it needs, in order of first use."""
        self._evaluator: Evaluator = Writer().function(checked)

    def evaluate(self, facts: Facts, values: Values = ()) -> tree.Value:
        """Its value: money in exact minor units, rates exact.

        ``values`` are the named values of the document in the order of the vocabulary. Raises
        ExpressionFault, FactUnknown when a fact it needs is not known.
        """
        try:
            return self._evaluator(facts, values)
        except NO_VALUE as error:
            found = Interpreter(facts, values).value(self.tree)  # raises the fault, placed
            raise AssertionError(
                f"compiled and interpreted differ: {error!r}, {found!r}"
            ) from error

    def evaluate_traced(
        self, facts: Facts, values: Values = ()
    ) -> tuple[tree.Value, tuple[SubExpression, ...]]:
        """The same value, with the value of every part in the order they were found."""
        interpreter = Interpreter(facts, values)
        found = interpreter.value(self.tree)
        return found, tuple(interpreter.steps)

    def is_true(self, facts: Facts, values: Values = ()) -> bool:
        """The value of a condition."""
        found = self.evaluate(facts, values)
        assert isinstance(found, bool), f"{self.text} is {self.type}, not a flag"
        return found

    def amount(self, facts: Facts, values: Values = ()) -> Exact:
        """The value of an expression of money, exact minor units; the caller rounds."""
        assert self.type == FactType.money, f"{self.text} is {self.type}, not money"
        found = self.evaluate(facts, values)
        assert isinstance(found, int | Fraction)
        return Fraction(found)

    def rate(self, facts: Facts, values: Values = ()) -> Rate:
        """The value of an expression of a rate."""
        assert self.type == FactType.rate, f"{self.text} is {self.type}, not a rate"
        found = self.evaluate(facts, values)
        assert isinstance(found, int | Fraction)
        return Rate(Fraction(found))


def compile_expression(
    text: str, expected: FactType, vocabulary: Vocabulary = FACTS
) -> CheckedExpression:
    """The checked expression of the expected type; DefinitionError with every fault found."""
    return CheckedExpression(text, check(text, vocabulary, expected), vocabulary)


def inner_value(value: FactValue) -> tree.Value:
    """A fact as evaluation holds it: Money as minor units, Rate as its exact fraction."""
    match value:
        case Money():
            return value.minor
        case Rate():
            return value.exact
        case _:
            return value
