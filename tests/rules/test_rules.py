"""Every rule in the tree: named by its path, made ready, tested, and listed in the register."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.compliance.compile_rule import compile_rule
from engine.compliance.coverage import Coverage, gaps
from engine.compliance.rule import Rule
from engine.compliance.rule_book import RuleBook
from engine.compliance.rule_tests import run_tests
from store.definitions.definition import definition_of
from store.definitions.kinds import COVERAGE, RULE

RULES = Path(__file__).resolve().parents[2] / "rules"
FILES = sorted(path for path in RULES.rglob("*.yaml") if path != RULES / "coverage.yaml")


def read(path: Path) -> Rule:
    definition = definition_of(path.read_text(encoding="utf-8"), str(path), RULE)
    assert not definition.problems, "\n".join(map(str, definition.problems))
    rule: Rule = definition.value
    return rule


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(RULES).with_suffix("").parts)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_rule_is_named_by_its_path_and_its_tests_hold(path: Path) -> None:
    rule = read(path)
    assert rule.rule == name_of(path)
    compile_rule(rule)
    failed = [outcome for outcome in run_tests(rule) if not outcome.passed]
    assert not failed
    assert len({test.expect for test in rule.tests}) > 1, "shown from one side only"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_the_first_line_names_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    schema = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / schema).resolve() == RULES.parent / "schemas/rule.schema.json"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_law_is_cited_with_its_source(path: Path) -> None:
    rule = read(path)
    if not rule.rule.startswith("policy."):
        assert rule.citation.href.startswith("https://")


def test_the_register_lists_every_rule_of_the_tree() -> None:
    path = RULES / "coverage.yaml"
    definition = definition_of(path.read_text(encoding="utf-8"), str(path), COVERAGE)
    assert not definition.problems, "\n".join(map(str, definition.problems))
    coverage: Coverage = definition.value
    rules = {path: read(path) for path in FILES}
    assert gaps(coverage, frozenset(rule.rule for rule in rules.values())) == ()


def test_all_rules_stand_in_one_book() -> None:
    assert len(RuleBook.of(read(path) for path in FILES).rules) == len(FILES)
