"""Make a rule ready, or say everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from engine.compliance.compile_table import Cells, check_gives, check_space, given, read_cells
from engine.compliance.compiled_rule import (
    NAMES_IN_MESSAGE,
    CompiledLimit,
    CompiledRequirement,
    CompiledRow,
    CompiledRule,
    CompiledTable,
)
from engine.compliance.dated_values import DatedFigures, figure
from engine.compliance.jurisdictions import JURISDICTIONS, Jurisdiction, jurisdiction_of
from engine.compliance.rule import Limit, Otherwise, Override, Requirement, Rule, Table
from engine.errors import DefinitionError, Problem
from engine.expressions.check import infer
from engine.expressions.expression import CheckedExpression, compile_expression
from engine.expressions.scan import KEYWORDS, did_you_mean
from engine.expressions.vocabulary import Vocabulary
from engine.facts.fact import FactType
from engine.facts.facts import VOCABULARY

_RULE_NAME: Final = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+", re.ASCII)
_VALUE_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
_NARROWED: Final = (
    FactType.money, FactType.rate, FactType.number, FactType.days, FactType.date,
)  # fmt: skip


def compile_rule(rule: Rule) -> CompiledRule:
    """The rule made ready; DefinitionError with every problem, each at its path in the file."""
    compiler = _Compiler(rule)
    compiled = compiler.compiled()
    if compiler.problems or compiled is None:
        raise DefinitionError(tuple(compiler.problems))
    return compiled


class _Compiler:
    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.problems: list[Problem] = []
        self.cells: Cells = ()
        """Of a decision table."""
        self.written: list[str] = []
        """Every expression of the rule as it is written."""

    def problem(self, path: str, message: str, mend: str = "", code: str = "rule") -> None:
        self.problems.append(Problem(path=path, message=message, mend=mend, code=code))

    def compiled(self) -> CompiledRule | None:
        """The rule made ready; None when a problem was found."""
        rule = self.rule
        place = self._place()
        if not rule.at:
            self.problem("/at", "the rule is asked at no point", "name at least one point")
        if not rule.citation.cite.strip():
            self.problem("/citation/cite", "there is no citation", "say where the rule stands")
        if rule.in_force_from and rule.in_force_to and rule.in_force_to < rule.in_force_from:
            self.problem("/in_force_to", "ends before it begins", "swap the dates")
        expressions = self._expressions(place.currency if place else "USD")
        types = self._types(expressions, place)
        currency = place.currency if place else "USD"
        vocabulary = Vocabulary(facts=VOCABULARY, values=types, currency=currency)
        checked = {
            path: expression
            for path, (text, expected) in expressions.items()
            if (expression := self._checked(path, text, expected, vocabulary)) is not None
        }
        self.written += [text for text, _ in expressions.values()]
        self._figures(types, currency)
        self._messages(types)
        if self.problems or place is None:
            return None
        told = {name: type for name, type in types.items() if type is not None}
        applies = None if rule.applies_when.strip() == "true" else checked["/applies_when"]
        match rule:
            case Requirement():
                return CompiledRequirement(rule, place, applies, checked["/must_hold"], told)
            case Limit():
                return CompiledLimit(
                    rule, place, applies, checked.get("/maximum"), checked.get("/minimum"), told
                )
            case Table():
                figures = DatedFigures(rule.values, told, currency)
                check_space(rule, self.cells, figures, currency, self.problem)
                return CompiledTable(rule, place, applies, self._rows(rule, checked), told)

    def _rows(
        self, table: Table, checked: Mapping[str, CheckedExpression]
    ) -> tuple[CompiledRow, ...]:
        return tuple(
            CompiledRow(
                row=row,
                cells=tuple(
                    checked[f"{path}/when/{fact}"]
                    for fact in table.columns
                    if f"{path}/when/{fact}" in checked
                ),
                maximum=checked.get(f"{path}/maximum"),
                minimum=checked.get(f"{path}/minimum"),
            )
            for path, row in given(table)
        )

    def _place(self) -> Jurisdiction | None:
        name = self.rule.rule
        if not _RULE_NAME.fullmatch(name):
            mend = "write the path of the file with dots: us.federal.credit_practices.cap"
            self.problem("/rule", f'"{name}" is not the name of a rule', mend)
            return None
        place = jurisdiction_of(name)
        if place is None:
            known = [place.prefix for place in JURISDICTIONS]
            start = ".".join(name.split(".")[:3])
            mend = did_you_mean(start, known) or "begin with us.federal, us.states.…, policy …"
            self.problem("/rule", f'"{name}" begins with no known jurisdiction', mend)
        return place

    def _expressions(self, currency: str) -> dict[str, tuple[str, FactType]]:
        """Path → text and expected type of every expression of the rule."""
        rule = self.rule
        found = {"/applies_when": (rule.applies_when, FactType.flag)}
        match rule:
            case Requirement():
                if rule.otherwise is not Otherwise.refuse:
                    self._override_has_meaning(rule)
                return {**found, "/must_hold": (rule.must_hold, FactType.flag)}
            case Limit():
                if not rule.maximum and not rule.minimum:
                    self.problem(
                        "/maximum", "the limit has no bound", "give a maximum or a minimum"
                    )
                bounds = {"/maximum": rule.maximum, "/minimum": rule.minimum}
            case Table():
                self.cells = read_cells(rule, currency, self.problem)
                check_gives(rule, self.problem)
                for at, cells in enumerate(self.cells):
                    for fact, cell in cells.items():
                        found[f"/rows/{at}/when/{fact}"] = (cell.expression, FactType.flag)
                if not rule.narrows:
                    return found
                bounds = {
                    f"{path}/{end}": text
                    for path, row in given(rule)
                    for end, text in (("maximum", row.maximum), ("minimum", row.minimum))
                }
        self.written += bounds.values()
        narrowed = self._narrowed(rule.narrows)
        if narrowed is None:
            return found
        return {**found, **{p: (text, narrowed) for p, text in bounds.items() if text}}

    def _override_has_meaning(self, rule: Requirement) -> None:
        """What needs approval can be approved; what only warns forbids nothing."""
        if rule.otherwise is Otherwise.needs_approval and rule.override is Override.never:
            mend = "say otherwise: refuse, or leave override out"
            self.problem("/override", "what needs approval may be overridden", mend)
        if rule.otherwise is Otherwise.warn and rule.override is Override.second_person:
            self.problem("/override", "a warning forbids nothing; there is nothing to override")

    def _narrowed(self, subject: str) -> FactType | None:
        """The type of the fact that is narrowed; None where it cannot be."""
        narrowed = VOCABULARY.get(subject)
        if narrowed is not None and narrowed.type in _NARROWED:
            return narrowed.type
        what = "is no fact" if narrowed is None else f"is {narrowed.type}"
        mend = did_you_mean(subject, list(VOCABULARY)) or "name a fact such as fee_amount"
        self.problem("/narrows", f"{subject} {what} and cannot be narrowed", mend)
        return None

    def _types(
        self, expressions: Mapping[str, tuple[str, FactType]], place: Jurisdiction | None
    ) -> dict[str, FactType | None]:
        """Type of every value, told by what it meets in the expressions."""
        names: dict[str, FactType | None] = {}
        for name in self.rule.values:
            path = f"/values/{name}"
            if not _VALUE_NAME.fullmatch(name) or name in KEYWORDS | {"true", "false"}:
                self.problem(path, f'"{name}" is not a name for a value', "use small letters and _")
            elif name in VOCABULARY:
                self.problem(path, f"{name} is a fact already", "give the value another name")
            names[name] = None
        if not names:
            return {}
        currency = place.currency if place else "USD"
        vocabulary = Vocabulary(facts=VOCABULARY, values=names, currency=currency)
        return dict(infer(list(expressions.values()), vocabulary))

    def _checked(
        self, path: str, text: str, expected: FactType, vocabulary: Vocabulary
    ) -> CheckedExpression | None:
        try:
            return compile_expression(text, expected, vocabulary)
        except DefinitionError as error:
            # A cell is not written as the expression it stands for: its columns are not the file's.
            inside = {"column": 0} if "/when/" in path else {}
            self.problems += [
                msgspec.structs.replace(p, path=path, **inside) for p in error.problems
            ]
            return None

    def _figures(self, types: Mapping[str, FactType | None], currency: str) -> None:
        for name, dated in self.rule.values.items():
            path, type = f"/values/{name}", types[name]
            if not dated:
                self.problem(path, f"{name} has no dated value", 'write {2016-10-03: "0.36"}')
            if type is None:
                if not _mentions(name, self.written) and name not in VOCABULARY:
                    mend = "use it, or remove it"
                    self.problem(path, f"no expression of the rule uses {name}", mend)
                continue
            for day, text in dated.items():
                try:
                    figure(text, type, currency)
                except ValueError as error:
                    self.problem(f"{path}/{day}", str(error))

    def _messages(self, types: Mapping[str, FactType | None]) -> None:
        rule = self.rule
        if isinstance(rule, Requirement) and not rule.message.strip():
            mend = "say what is wrong and what is allowed"
            self.problem("/message", "the message is empty", mend)
        if isinstance(rule, Table):
            said = [(f"{path}/message", row.message) for path, row in given(rule)]
        else:
            said = [("/message", rule.message)]
        for path, message in said:
            for name in NAMES_IN_MESSAGE.findall(message):
                if name not in types and name not in VOCABULARY:
                    hint = did_you_mean(name, [*types, *VOCABULARY])
                    self.problem(path, f"{{{name}}} is neither a fact nor a value", hint)


def _mentions(name: str, written: Sequence[str]) -> bool:
    """Whether an expression names the value; one that is broken tells its own fault."""
    return any(re.search(rf"\b{re.escape(name)}\b", text) for text in written)
