"""A bad file lists every problem at its place; a declined request says what, and by which law."""

from __future__ import annotations

import msgspec
import pytest

from engine.errors import Citation, DefinitionError, Problem, Refusal, Refused, refuse


def test_a_problem_of_a_file_says_where_and_how_to_mend_it() -> None:
    problem = Problem(
        message="an amount is text",
        path="/fees/0/amount",
        file="products/p/1.yaml",
        line=12,
        column=5,
        mend='write "25.00"',
    )
    assert str(problem) == (
        'products/p/1.yaml:12:5: /fees/0/amount: an amount is text (write "25.00")'
    )


def test_a_problem_of_a_request_has_a_pointer_and_no_line() -> None:
    assert str(Problem(message="what is missing", path="/amount")) == "/amount: what is missing"
    assert str(Problem(message="is not an object")) == "/: is not an object"


def test_a_definition_error_tells_every_problem() -> None:
    problems = (Problem(message="one", path="/a"), Problem(message="two", path="/b"))
    error = DefinitionError(problems)
    assert error.problems == problems
    assert str(error) == "/a: one\n/b: two"


def test_refuse_makes_what_is_raised() -> None:
    with pytest.raises(Refused, match="paid off") as raised:
        raise refuse("loan_paid_off", "the loan is paid off")
    assert raised.value.refusals == (
        Refusal(code="loan_paid_off", message="the loan is paid off", kind="state"),
    )


def test_a_refusal_by_law_is_data_with_its_citation() -> None:
    refusal = Refusal(
        code="above_limit",
        message="a rate of 40 % was asked, 36 % is allowed",
        rule="us.mla.rate",
        citation=Citation(cite="32 CFR 232.4(b)"),
        kind="rule",
    )
    assert msgspec.to_builtins(refusal) == {
        "code": "above_limit",
        "message": "a rate of 40 % was asked, 36 % is allowed",
        "rule": "us.mla.rate",
        "citation": {"cite": "32 CFR 232.4(b)"},
        "kind": "rule",
    }
