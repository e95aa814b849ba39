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
        self._narrowing: dict[tuple[_Place, str], tuple[CompiledLimit | CompiledTable, ...]] = {}
        self._deciding: dict[_Place, tuple[CompiledTable, ...]] = {}

    def verdicts(self, point: Point, facts: Facts) -> Verdicts:
        """Requirements asked at a point of a loan governed by its country and state."""
        place = _place(point, facts)
        found = self._verdicts.get(place)
        if found is None:
            found = self._verdicts[place] = Verdicts(
                [made for made in self._governing(place) if isinstance(made, CompiledRequirement)]
            )
        return found

    def narrowing(
        self, point: Point, subject: str, facts: Facts
    ) -> tuple[CompiledLimit | CompiledTable, ...]:
        """Limits of a subject at a point of a loan of its place, then tables that narrow it."""
        place = _place(point, facts)
        found = self._narrowing.get((place, subject))
        if found is None:
            asked = [
                made
                for made in self._governing(place)
                if not isinstance(made, CompiledRequirement) and made.rule.narrows == subject
            ]
            asked.sort(key=lambda made: isinstance(made, CompiledTable))
            found = self._narrowing[(place, subject)] = tuple(asked)
        return found

    def deciding(self, point: Point, facts: Facts) -> tuple[CompiledTable, ...]:
        """Tables that give an outcome at a point of a loan of its place."""
        place = _place(point, facts)
        found = self._deciding.get(place)
        if found is None:
            found = self._deciding[place] = tuple(
                made
                for made in self._governing(place)
                if isinstance(made, CompiledTable) and not made.rule.narrows
            )
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
