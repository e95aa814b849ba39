"""Everything wrong with a rule is told at once, each at its path."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.compliance.compile_rule import compile_rule
from engine.compliance.compiled_rule import CompiledLimit, CompiledRequirement
from engine.errors import DefinitionError, Problem
from engine.facts.fact import FactType
from tests.engine.compliance.laws import LATE_FEE, MAPR, law


def problems(said: dict[str, Any], **otherwise: Any) -> tuple[Problem, ...]:
    with pytest.raises(DefinitionError) as error:
        compile_rule(law(said, **otherwise))
    return error.value.problems


def test_a_sound_rule_is_made_ready() -> None:
    requirement, limit = compile_rule(law(MAPR)), compile_rule(law(LATE_FEE))
    assert isinstance(requirement, CompiledRequirement) and isinstance(limit, CompiledLimit)
    assert limit.types == {"share": FactType.rate, "grace": FactType.days}
    assert limit.place.state == "NY" and requirement.place.countries == ("US",)


@pytest.mark.parametrize(
    ("said", "otherwise", "path", "message", "mend"),
    [
        (MAPR, {"rule": "Military Cap"}, "/rule", "is not the name of a rule", "with dots"),
        (MAPR, {"rule": "us.fedral.mla.cap"}, "/rule", "no known jurisdiction", ""),
        (MAPR, {"rule": "us.states.californa.x.cap"}, "/rule", "no known", "us.states.california"),
        (MAPR, {"at": []}, "/at", "asked at no point", "at least one"),
        (MAPR, {"citation": {"cite": " "}}, "/citation/cite", "no citation", "where the rule"),
        (MAPR, {"must_hold": "military_arp <= maximum"}, "/must_hold", "military_arp",
         "military_apr"),
        (MAPR, {"applies_when": "covered_borrower and"}, "/applies_when", "not an expression", ""),
        (MAPR, {"must_hold": "loan_amount <= 5 and apr <= maximum"}, "/must_hold", "is money", ""),
        (MAPR, {"message": "{maximun} it is"}, "/message", "neither a fact nor", "maximum"),
        (MAPR, {"message": ""}, "/message", "is empty", ""),
        (MAPR, {"values": {"maximum": {"2016-10-03": "36%"}}}, "/values/maximum/2016-10-03",
         "is not a rate", ""),
        (MAPR, {"values": {"maximum": {}}}, "/values/maximum", "no dated value", ""),
        (MAPR, {"values": {"maximum": {"2016-10-03": "0.36"}, "spare": {"2016-10-03": "1"}}},
         "/values/spare", "no expression of the rule uses spare", "remove it"),
        (MAPR, {"values": {"maximum": {"2016-10-03": "0.36"}, "apr": {"2016-10-03": "1"}}},
         "/values/apr", "is a fact already", "another name"),
        (LATE_FEE, {"narrows": "fee_amont"}, "/narrows", "is no fact", "fee_amount"),
        (LATE_FEE, {"narrows": "state"}, "/narrows", "is text and cannot be narrowed", ""),
        (LATE_FEE, {"maximum": "percent(2)", "values": {}, "message": ""}, "/maximum",
         "money is expected", ""),
        (LATE_FEE, {"maximum": "", "values": {}, "message": ""}, "/maximum", "no bound", ""),
        (LATE_FEE, {"values": {**LATE_FEE["values"], "grace": {"1981-01-01": "1.5"}}},
         "/values/grace/1981-01-01", "not a whole number", ""),
        (LATE_FEE, {"in_force_from": "2026-01-01", "in_force_to": "2025-01-01"}, "/in_force_to",
         "ends before it begins", ""),
    ],
)  # fmt: skip
def test_one_fault_is_told_once(
    said: dict[str, Any], otherwise: dict[str, Any], path: str, message: str, mend: str
) -> None:
    (problem,) = problems(said, **otherwise)
    assert problem.path == path
    assert message in problem.message and mend in problem.mend


def test_all_faults_are_told_together() -> None:
    found = problems(MAPR, at=[], must_hold="military_arp <= maximum", message="{nobody}")
    assert {problem.path for problem in found} == {"/at", "/must_hold", "/message"}


def test_the_days_on_which_the_calendar_changes_the_law() -> None:
    assert compile_rule(law(MAPR)).changes_on() == []
    assert compile_rule(law(LATE_FEE)).changes_on() == [date(1981, 1, 1), date(2020, 1, 1)]
