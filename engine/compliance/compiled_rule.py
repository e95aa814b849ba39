"""A rule made ready: expressions checked and compiled, figures typed, its place known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from engine.compliance.dated_values import DatedFigures, Figures
from engine.compliance.jurisdictions import Jurisdiction
from engine.compliance.rule import Limit, Requirement, ValueOn
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
        rule: Requirement | Limit,
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
        self._value_on = rule.value_on
        self._from = rule.in_force_from or date.min
        self._to = rule.in_force_to or date.max

    def figures_for(self, facts: Facts, day: date) -> Figures | None:
        """The figures in force for a loan on a day; None when the rule is not in force."""
        match self._value_on:
            case ValueOn.contract_date:
                day = facts.loan.contract_date or day
            case ValueOn.application_date:
                day = facts.loan.application_date or facts.loan.contract_date or day
            case ValueOn.event_date:
                pass
        if not self._from <= day <= self._to:
            return None
        return self.figures.on(day)

    def concerns(self, facts: Facts, figures: Figures) -> bool:
        """Whether the loan is one the rule speaks of; ExpressionFault when that cannot be told."""
        return self.applies is None or self.applies.is_true(facts, figures.inner)

    def changes_on(self) -> list[date]:
        """Days on which the rule says something else by the calendar alone."""
        if self._value_on is not ValueOn.event_date:
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
        self.maximum = maximum
        self.minimum = minimum
        self.type = VOCABULARY[rule.narrows].type


CompiledRule = CompiledRequirement | CompiledLimit
Amount = Money | Rate | int | date
"""What a limit narrows."""
