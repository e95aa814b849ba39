"""The tests in a rule's own file run, and fail when the rule says something else."""

from __future__ import annotations

from typing import Any

import pytest

from engine.compliance.rule_tests import run_tests
from tests.engine.compliance.laws import LATE_FEE, MAPR, law

LATE = {"fee_kind": "late_fee", "dwelling_secured": True, "days_since_due": 16,
        "installment_unpaid": "1500.00", "fee_amount": "50.00"}  # fmt: skip


def answered(said: dict[str, Any], given: dict[str, Any], expect: str) -> tuple[bool, str]:
    (outcome,) = run_tests(
        law(said, tests=[{"on": "2026-03-01", "given": given, "expect": expect}])
    )
    return outcome.passed, outcome.got


def test_tests_that_hold() -> None:
    assert [outcome.passed for outcome in run_tests(law(MAPR))] == [True, True]


@pytest.mark.parametrize(
    ("changed", "expect", "got"),
    [
        ({}, "30.00", "30.00"),
        ({}, "30", "30.00"),
        ({"fee_amount": "20.00"}, "20.00", "20.00"),
        ({"days_since_due": 15}, "0.00", "0.00"),
        ({"dwelling_secured": False}, "not_applicable", "not_applicable"),
        ({"state": "TX"}, "not_applicable", "not_applicable"),
    ],
)
def test_a_limit_expects_the_lawful_amount(changed: dict[str, Any], expect: str, got: str) -> None:
    assert answered(LATE_FEE, {**LATE, **changed}, expect) == (True, got)


@pytest.mark.parametrize(
    ("given", "got"),
    [
        (
            {"fee_amont": "50.00"},
            "fault: there is no fact named fee_amont; did you mean fee_amount?",
        ),
        ({"fee_amount": 50}, 'fault: fee_amount: 50 is not an amount in quotes such as "1500.00"'),
        ({"fee_kind": "late_fee"}, "fault: fee_amount must be given"),
    ],
)
def test_what_is_wrong_with_a_test_is_told(given: dict[str, Any], got: str) -> None:
    assert answered(LATE_FEE, given, "30.00") == (False, got)


def test_a_test_that_expects_something_else_fails() -> None:
    given = {"covered_borrower": True, "mla_exempt": False, "military_apr": "0.40"}
    assert answered(MAPR, given, "pass") == (False, "refuse")
