"""The requirements of one point and place as one piece of code, asked of a loan in one call."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from engine.compliance.compiled_rule import CompiledRequirement
from engine.compliance.dated_values import Figures
from engine.compliance.finding import Finding
from engine.compliance.rule import ValueOn
from engine.expressions.compiled import ManyEvaluator, Values, Writer
from engine.facts.facts import Facts

Said = tuple[int, ...]
"""NOT_CONCERNED, HOLDS or BROKEN, of each requirement in turn."""
_MOST_KEPT: Final = 200


class InForce(NamedTuple):
    """Requirements in force, with their figures, while none of these changes."""

    requirements: tuple[tuple[CompiledRequirement, Figures], ...]
    values: Values
    """The figures of all of them, one after the other."""
    code: ManyEvaluator
    passed: dict[Said, tuple[Finding, ...]]
    """Findings where nothing is broken: those of every loan of which the same is said."""

    def said(self, facts: Facts) -> Said:
        """What each says of a loan; one of NO_VALUE where one of them cannot be told."""
        return self.code(facts, self.values)

    def keep(self, said: Said, findings: tuple[Finding, ...]) -> None:
        """Remember the findings of a loan for which nothing is broken."""
        if len(self.passed) < _MOST_KEPT:
            self.passed[said] = findings


class Verdicts:
    """Many requirements together; what is said is what each says by itself."""

    def __init__(self, requirements: Sequence[CompiledRequirement]) -> None:
        self.requirements = tuple(requirements)
        self._by_event, self._by_application, self._by_contract = (
            _change_days(requirements, by)
            for by in (ValueOn.event_date, ValueOn.application_date, ValueOn.contract_date)
        )
        self._in_force: dict[tuple[int, int, int], InForce] = {}
        self._codes: dict[tuple[CompiledRequirement, ...], ManyEvaluator] = {}

    def in_force(self, facts: Facts, day: date) -> InForce:
        """The requirements in force for a loan on the day of an event."""
        contract = facts.loan.contract_date or day
        application = facts.loan.application_date or contract
        between = (
            bisect_right(self._by_event, day),
            bisect_right(self._by_application, application),
            bisect_right(self._by_contract, contract),
        )
        found = self._in_force.get(between)
        if found is None:
            found = self._in_force[between] = self._made(facts, day)
        return found

    def _made(self, facts: Facts, day: date) -> InForce:
        asked = tuple(
            (made, figures)
            for made in self.requirements
            if (figures := made.figures_for(facts, day)) is not None
        )
        requirements = tuple(made for made, _ in asked)
        code = self._codes.get(requirements)
        if code is None:
            trees = [(made.asked, len(made.rule.values)) for made in requirements]
            code = self._codes[requirements] = Writer().functions(trees)
        values = tuple(value for _, figures in asked for value in figures.inner)
        return InForce(asked, values, code, {})


def _change_days(requirements: Sequence[CompiledRequirement], by: ValueOn) -> list[date]:
    """Days on which one of the rules that look at that day says something else."""
    days: set[date] = set()
    for made in requirements:
        if made.rule.value_on is by:
            days.update(made.figures.days)
            days.update(day for day in (made.rule.in_force_from,) if day is not None)
            if made.rule.in_force_to is not None and made.rule.in_force_to < date.max:
                days.add(made.rule.in_force_to + timedelta(days=1))
    return sorted(days)
