"""A rule made ready: expressions checked and compiled, figures typed, its place known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from engine.compliance.dated_values import DatedFigures, Figures
from engine.compliance.jurisdictions import Jurisdiction
from engine.compliance.rule import (
    DefaultRow,
    Limit,
    Requirement,
    Rule,
    Table,
    TableRow,
    ValueOn,
)
from engine.expressions import tree
from engine.expressions.compiled import Evaluator, Writer
from engine.expressions.expression import CheckedExpression
from engine.facts.fact import FactType
from engine.facts.facts import VOCABULARY, Facts
from engine.facts.written import fact_text
from engine.values.money import Money
from engine.values.rate import Rate

NAMES_IN_MESSAGE: Final = re.compile(r"\{([^{}]*)\}")


class _Compiled:
    """What limits and requirements have in common once compiled."""

    def __init__(
        self,
        rule: Rule,
        place: Jurisdiction,
        applies: CheckedExpression | None,
        types: Mapping[str, FactType],
    ) -> None:
        self.name = rule.rule
        self.place = place
        self.applies = applies
        """None when the rule concerns every loan of its place."""
        self.types = types
        self.figures = DatedFigures(rule.values, types, place.currency)
        self._by_event = rule.value_on is ValueOn.event_date
        self._by_contract = rule.value_on is ValueOn.contract_date
        self._from = rule.in_force_from or date.min
        self._to = rule.in_force_to or date.max

    def figures_for(self, facts: Facts, day: date) -> Figures | None:
        """The figures in force for a loan on a day; None when the rule is not in force."""
        if not self._by_event:
            loan = facts.loan
            if not self._by_contract and loan.application_date is not None:
                day = loan.application_date
            elif loan.contract_date is not None:
                day = loan.contract_date
        if not self._from <= day <= self._to:
            return None
        return self.figures.on(day)

    def concerns(self, facts: Facts, figures: Figures) -> bool:
        """Whether the loan is one the rule speaks of; ExpressionFault when that cannot be told."""
        return self.applies is None or self.applies.is_true(facts, figures.inner)

    def changes_on(self) -> list[date]:
        """Days on which the rule says something else by the calendar alone."""
        if not self._by_event:
            return []
        return [day for day in (*self.figures.days, self._from) if day > date.min]

    def filled(self, message: str, facts: Facts, figures: Figures) -> str:
        """The message with the names in braces filled in; an unknown fact reads "not known"."""

        def text(found: re.Match[str]) -> str:
            name = found.group(1)
            if name in figures.written:
                return self._figure_text(name, figures.written[name])
            value = facts.value(name)
            return "(not known)" if value is None else fact_text(value, self.place.currency)

        return NAMES_IN_MESSAGE.sub(text, message)

    def _figure_text(self, name: str, written: str) -> str:
        return Rate.parse(written).percent() if self.types[name] == FactType.rate else written


NOT_CONCERNED: Final = 0
HOLDS: Final = 1
BROKEN: Final = 2


def _verdict(applies: CheckedExpression | None, holds: CheckedExpression) -> tree.Node:
    """The tree that asks whether a rule concerns a loan and, if so, whether it holds."""

    def literal(value: int) -> tree.Literal:
        return tree.Literal(type=FactType.number, text=str(value), column=1, value=value)

    def chosen(condition: CheckedExpression, yes: tree.Node, no: tree.Node) -> tree.Conditional:
        return tree.Conditional(
            type=FactType.number, text=condition.text, column=1,
            condition=condition.tree, then=yes, otherwise=no,
        )  # fmt: skip

    asked = chosen(holds, literal(HOLDS), literal(BROKEN))
    return asked if applies is None else chosen(applies, asked, literal(NOT_CONCERNED))


class CompiledRequirement(_Compiled):
    """A requirement made ready."""

    def __init__(
        self,
        rule: Requirement,
        place: Jurisdiction,
        applies: CheckedExpression | None,
        holds: CheckedExpression,
        types: Mapping[str, FactType],
    ) -> None:
        super().__init__(rule, place, applies, types)
        self.rule = rule
        self.holds = holds
        self.asked = _verdict(applies, holds)
        """Both expressions as one: NOT_CONCERNED, HOLDS or BROKEN."""
        self.verdict: Evaluator = Writer().function(self.asked)


class Bounds(NamedTuple):
    """What a limit, or the row of a table that decides, leaves of a fact, and what it says then."""

    minimum: CheckedExpression | None
    maximum: CheckedExpression | None
    message: str
    row: str = ""
    """Name of the row; empty for a limit."""


class CompiledLimit(_Compiled):
    """A limit made ready."""

    def __init__(
        self,
        rule: Limit,
        place: Jurisdiction,
        applies: CheckedExpression | None,
        maximum: CheckedExpression | None,
        minimum: CheckedExpression | None,
        types: Mapping[str, FactType],
    ) -> None:
        super().__init__(rule, place, applies, types)
        self.rule = rule
        self.type = VOCABULARY[rule.narrows].type
        self.always = Bounds(minimum, maximum, rule.message)
        """The bounds, the same for every loan the limit concerns."""

    def bounds(self, facts: Facts, figures: Figures) -> Bounds | None:
        """The bounds; they ask no fact to be found."""
        return self.always


class CompiledRow(NamedTuple):
    """A row made ready: its cells in the order of the columns, and what it gives."""

    row: TableRow | DefaultRow
    cells: tuple[CheckedExpression, ...]
    """All must hold; none for the default row."""
    maximum: CheckedExpression | None
    minimum: CheckedExpression | None


class CompiledTable(_Compiled):
    """A decision table made ready."""

    def __init__(
        self,
        rule: Table,
        place: Jurisdiction,
        applies: CheckedExpression | None,
        rows: tuple[CompiledRow, ...],
        types: Mapping[str, FactType],
    ) -> None:
        super().__init__(rule, place, applies, types)
        self.rule = rule
        self.rows = rows
        """From above; the default last where there is one."""
        self.type = VOCABULARY[rule.narrows].type if rule.narrows else FactType.flag

    def hit(self, facts: Facts, figures: Figures) -> CompiledRow | None:
        """The first row whose cells all hold; None where none does.

        Rows of a unique table do not overlap, so the first is the only one. Raises
        ExpressionFault where a fact that is asked is not known.
        """
        for made in self.rows:
            if all(cell.is_true(facts, figures.inner) for cell in made.cells):
                return made
        return None

    def bounds(self, facts: Facts, figures: Figures) -> Bounds | None:
        """The bounds of the row that decides; None where none does. Raises as ``hit``."""
        made = self.hit(facts, figures)
        if made is None:
            return None
        return Bounds(made.minimum, made.maximum, made.row.message, made.row.name)


CompiledRule = CompiledRequirement | CompiledLimit | CompiledTable
Amount = Money | Rate | int | date
"""What a limit narrows."""
