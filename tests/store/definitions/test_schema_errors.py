"""Faults against a schema, in words that say how to mend them."""

from __future__ import annotations

from typing import Any

import pytest

from store.definitions.kinds import PRODUCT, RULE, schema_of
from store.definitions.read_yaml import read_yaml
from store.definitions.schema_errors import schema_faults, schema_problems

FEE = {
    "kind": "late_fee",
    "name": "late_fee",
    "title": "Late fee",
    "amount": {"kind": "flat", "amount": "15.00"},
    "grace_days": 10,
}


def faults_of_fee(**changes: Any) -> list[tuple[str, str, str]]:
    """Faults of a product that has one fee, those of the fee alone."""
    faults = schema_faults(schema_of(PRODUCT), {"fees": [{**FEE, **changes}]})
    return [
        ("/".join(map(str, fault.path[2:])), fault.message, fault.mend)
        for fault in faults
        if fault.path[:1] == ("fees",)
    ]


def test_a_sound_fee_has_no_fault() -> None:
    assert faults_of_fee() == []


@pytest.mark.parametrize(
    ("changes", "path", "mend"),
    [
        ({"amount": {"kind": "flat", "amount": 15}}, "amount/amount", 'write "15.00" in quotes'),
        ({"amount": {"kind": "flat", "amount": "$1,500"}}, "amount/amount", 'write "1500"'),
        ({"grace_day": 10}, "grace_day", "did you mean grace_days?"),
        ({"colour": "red"}, "colour", "remove it; known here: kind, name, title, amount"),
        ({"kind": "late_charge"}, "kind", "did you mean late_fee?"),
        ({"kind": {}}, "kind", ""),
        ({"amount": {"kind": "flat"}}, "amount", "add amount: The amount."),
        (
            {"amount": {"kind": "percent", "of": "loan_amount", "rate": "5 %"}},
            "amount/rate",
            'write "0.05" for 5 %',
        ),
    ],
)
def test_how_to_mend_it(changes: dict[str, Any], path: str, mend: str) -> None:
    ((where, _, how),) = faults_of_fee(**changes)
    assert where == path
    assert how.startswith(mend)


def test_faults_deep_inside_nested_choices_stand_at_their_place() -> None:
    amount = {
        "kind": "greater_of",
        "amounts": [{"kind": "flat", "amount": "1"}, {"kind": "percent", "rate": 5}],
    }
    assert {(path, message) for path, message, _ in faults_of_fee(amount=amount)} == {
        ("amount/amounts/1", "of is missing"),
        ("amount/amounts/1/rate", "found 5; a rate as quoted decimal text is wanted"),
    }


def test_a_misspelled_field_is_one_fault() -> None:
    found = schema_faults(schema_of(PRODUCT), {"fees": [{**FEE, "titel": "x"}]})
    assert [fault.path[-1] for fault in found if fault.path[:1] == ("fees",)] == ["titel"]
    named = {key: value for key, value in FEE.items() if key != "title"}
    found = schema_faults(schema_of(PRODUCT), {"fees": [{**named, "titel": "x"}]})
    assert [fault.path[-1] for fault in found if fault.path[:1] == ("fees",)] == ["titel"]


def test_a_fact_of_a_test_may_be_a_flag_a_number_or_text() -> None:
    rule = "rule: a\ntests: [{on: 2026-01-01, given: {amount: [1]}, expect: pass}]\n"
    problems = schema_problems(schema_of(RULE), read_yaml(rule, "r.yaml"))
    words = {problem.path: problem.message for problem in problems}
    assert words[""] == "kind is missing"
    rule = "kind: limit\n" + rule
    problems = schema_problems(schema_of(RULE), read_yaml(rule, "r.yaml"))
    words = {problem.path: problem.message for problem in problems}
    assert "found a list" in words["/tests/0/given/amount"]


def test_a_word_refused_as_yaml_is_not_refused_again() -> None:
    document = read_yaml("product: x_y\nversion: no\n", "p.yaml")
    problems = schema_problems(schema_of(PRODUCT), document)
    assert [problem.path for problem in document.problems] == ["/version"]
    assert "/version" not in [problem.path for problem in problems]


def test_a_document_that_is_no_map() -> None:
    assert [fault.message for fault in schema_faults(schema_of(PRODUCT), ["x"])] == [
        "found a list; a map is wanted"
    ]
