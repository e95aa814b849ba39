"""The rule book: every rule with its expressions checked once, by the point it is asked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from engine.compliance.jurisdictions import holds_for, jurisdiction
from engine.compliance.rule import DatedValues, Limit, Point, Requirement, Rule, ValueOn
from engine.errors import DefinitionError, Problem
from engine.expressions.check import infer
from engine.expressions.expression import CheckedExpression, compile_expression, inner_value
from engine.expressions.tree import Value
from engine.expressions.vocabulary import Vocabulary
from engine.facts.fact import FactType
from engine.facts.facts import VOCABULARY, Facts
from engine.facts.written import parse_fact


class NotInForce(LookupError):
    """A dated value has none for the day: the law was not in force yet."""


class CompiledRule:
    """A rule ready to be asked: expressions checked, values by type."""

    __slots__ = ("applies_when", "bounds", "holds", "place", "rule", "types")

    def __init__(self, rule: Rule, currency: str = "USD") -> None:
        self.rule = rule
        self.place = jurisdiction(rule.rule)
        wanted = _expressions(rule)
        open_values = Vocabulary(
            facts=VOCABULARY, values=dict.fromkeys(rule.values), currency=currency
        )
        self.types = infer([(text, expected) for _, text, expected in wanted], open_values)
        vocabulary = Vocabulary(facts=VOCABULARY, values=self.types, currency=currency)
        problems: list[Problem] = []
        checked: dict[str, CheckedExpression] = {}
        for field, text, expected in wanted:
            try:
                checked[field] = compile_expression(text, expected, vocabulary)
            except DefinitionError as wrong:
                problems += [_placed(problem, field) for problem in wrong.problems]
        problems += _unreadable(rule, self.types, currency)
        if problems:
            raise DefinitionError(tuple(problems))
        self.applies_when = checked["applies_when"]
        self.holds = checked.get("must_hold")
        self.bounds = {name: checked[name] for name in ("maximum", "minimum") if name in checked}

    def applies(self, facts: Facts, values: tuple[Value, ...]) -> bool:
        """Whether the rule concerns this loan at all."""
        return holds_for(self.place, facts) and self.applies_when.is_true(facts, values)

    def values_on(self, facts: Facts, day: date) -> tuple[tuple[Value, ...], dict[str, str]]:
        """The rule's figures as of its day, for evaluation and as written.

        Raises NotInForce where a figure has no value yet.
        """
        on = self._value_day(facts, day)
        written = {name: value_on(dated, on, name) for name, dated in self.rule.values.items()}
        found = []
        for name, type in self.types.items():
            assert type is not None
            found.append(inner_value(parse_fact(type, _as_written(type, written[name]), "USD")))
        return tuple(found), written

    def _value_day(self, facts: Facts, day: date) -> date:
        match self.rule.value_on:
            case ValueOn.contract_date:
                return facts.loan.contract_date or day
            case ValueOn.application_date:
                return facts.loan.application_date or facts.loan.contract_date or day
            case ValueOn.event_date:
                return day


class RuleBook:
    """All rules, checked, by the point at which they are asked."""

    __slots__ = ("_by_point", "rules")

    def __init__(self, compiled: Iterable[CompiledRule]) -> None:
        self.rules = {item.rule.rule: item for item in compiled}
        by_point: dict[Point, list[CompiledRule]] = defaultdict(list)
        for item in self.rules.values():
            for point in item.rule.at:
                by_point[point].append(item)
        self._by_point = dict(by_point)

    @staticmethod
    def of(rules: Iterable[Rule]) -> RuleBook:
        """A book of rules; DefinitionError with every fault of every rule."""
        compiled: list[CompiledRule] = []
        problems: list[Problem] = []
        for rule in rules:
            try:
                compiled.append(CompiledRule(rule))
            except DefinitionError as wrong:
                problems += wrong.problems
        if problems:
            raise DefinitionError(tuple(problems))
        return RuleBook(compiled)

    def at(self, point: Point) -> list[CompiledRule]:
        """Rules asked at a point."""
        return self._by_point.get(point, [])


def value_on(dated: DatedValues, day: date, name: str) -> str:
    """The value in force on a day: the last that began by then."""
    begun = [start for start in dated if start <= day]
    if not begun:
        raise NotInForce(name)
    return dated[max(begun)]


def _expressions(rule: Rule) -> list[tuple[str, str, FactType]]:
    """Field, text and expected type of every expression of a rule."""
    wanted = [("applies_when", rule.applies_when, FactType.flag)]
    match rule:
        case Requirement():
            wanted.append(("must_hold", rule.must_hold, FactType.flag))
        case Limit():
            fact = VOCABULARY.get(rule.narrows)
            type = fact.type if fact else FactType.money
            for field, text in (("maximum", rule.maximum), ("minimum", rule.minimum)):
                if text:
                    wanted.append((field, text, type))
    return wanted


def _unreadable(rule: Rule, types: Mapping[str, FactType | None], currency: str) -> list[Problem]:
    """Faults of the figures and of what a limit narrows."""
    problems = []
    if isinstance(rule, Limit):
        if rule.narrows not in VOCABULARY:
            problems.append(
                Problem(
                    message=f"{rule.narrows!r} is no fact", path="/narrows", code="unknown_name"
                )
            )
        if bool(rule.maximum) == bool(rule.minimum):
            problems.append(
                Problem(message="a limit has either a maximum or a minimum", path="/maximum")
            )
    for name, dated in rule.values.items():
        type = types.get(name)
        if type is None:
            message = f"the value {name} is used nowhere, so its type is not known"
            problems.append(Problem(message=message, path=f"/values/{name}", code="unused"))
            continue
        for day, text in dated.items():
            try:
                parse_fact(type, _as_written(type, text), currency)
            except ValueError as wrong:
                problems.append(Problem(message=str(wrong), path=f"/values/{name}/{day}"))
    return problems


def _as_written(type: FactType, text: str) -> object:
    """Figures are text in a rule's file, whole numbers and flags too."""
    if type in (FactType.number, FactType.days) and text.lstrip("-").isdecimal():
        return int(text)
    if type is FactType.flag and text in ("true", "false"):
        return text == "true"
    return text


def _placed(problem: Problem, field: str) -> Problem:
    return Problem(
        message=problem.message,
        path=f"/{field}",
        column=problem.column,
        mend=problem.mend,
        code=problem.code,
    )
