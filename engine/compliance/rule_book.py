"""The rule book: every rule made ready once, found by point and place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.compliance.compile_rule import compile_rule
from engine.compliance.compiled_rule import (
    CompiledLimit,
    CompiledRequirement,
    CompiledRule,
    CompiledTable,
)
from engine.compliance.rule import Point, Rule
from engine.compliance.verdicts import Verdicts
from engine.errors import DefinitionError, Problem
from engine.facts.facts import Facts

_Place = tuple[Point, str | None, str | None]


class RuleBook:
    """Rules by point and place; what never changes after it was built is found once and kept."""

    @staticmethod
    def of(rules: Iterable[Rule]) -> RuleBook:
        """A book of rules; DefinitionError with the problems of every rule."""
        problems: list[Problem] = []
        compiled: dict[str, CompiledRule] = {}
        for rule in rules:
            try:
                made = compile_rule(rule)
            except DefinitionError as error:
                problems += error.problems
                continue
            if made.name in compiled:
                message = f"two rules are named {made.name}"
                problems.append(Problem(path="/rule", message=message, code="rule_twice"))
            compiled[made.name] = made
        if problems:
            raise DefinitionError(tuple(problems))
        return RuleBook(compiled)

    def __init__(self, compiled: Mapping[str, CompiledRule]) -> None:
        self.rules = dict(compiled)
        """Every rule by name, made ready."""
        self.change_days = sorted({day for made in compiled.values() for day in made.changes_on()})
        """Days on which some rule changes by the calendar alone."""
        self._verdicts: dict[_Place, Verdicts] = {}
        self._limits: dict[tuple[_Place, str], tuple[CompiledLimit, ...]] = {}
        self._tables: dict[tuple[_Place, str], tuple[CompiledTable, ...]] = {}

    def verdicts(self, point: Point, facts: Facts) -> Verdicts:
        """Requirements asked at a point of a loan governed by its country and state."""
        place = _place(point, facts)
        found = self._verdicts.get(place)
        if found is None:
            found = self._verdicts[place] = Verdicts(
                [made for made in self._governing(place) if isinstance(made, CompiledRequirement)]
            )
        return found

    def limits(self, point: Point, subject: str, facts: Facts) -> tuple[CompiledLimit, ...]:
        """Limits of a subject asked at a point of a loan governed by its country and state."""
        place = _place(point, facts)
        found = self._limits.get((place, subject))
        if found is None:
            found = tuple(
                made
                for made in self._governing(place)
                if isinstance(made, CompiledLimit) and made.rule.narrows == subject
            )
            self._limits[(place, subject)] = found
        return found

    def tables(self, point: Point, subject: str, facts: Facts) -> tuple[CompiledTable, ...]:
        """Decision tables that narrow a subject; with an empty one those that give an outcome."""
        place = _place(point, facts)
        found = self._tables.get((place, subject))
        if found is None:
            found = tuple(
                made
                for made in self._governing(place)
                if isinstance(made, CompiledTable) and made.rule.narrows == subject
            )
            self._tables[(place, subject)] = found
        return found

    def _governing(self, place: _Place) -> list[CompiledRule]:
        point, country, state = place
        return [
            made
            for made in self.rules.values()
            if point in made.rule.at and made.place.governs(country, state)
        ]


def _place(point: Point, facts: Facts) -> _Place:
    return (point, facts.loan.country, facts.loan.state)
