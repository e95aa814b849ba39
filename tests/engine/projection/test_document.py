"""Contracts written down: the one in the README, and what is wrong in others."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.codec.definition import decode_definition
from engine.projection.document import ContractDocument, contract_of
from engine.projection.project import project
from engine.projection.soundness import contract_problems
from engine.values.money import Money
from tests.engine.projection.contracts import LATE

README = Path(__file__).parents[3] / "engine" / "projection" / "README.md"


def written() -> dict[str, Any]:
    """The example of the README, as data with days as text."""
    example = README.read_text().partition("```yaml")[2].partition("```")[0]
    read: dict[str, Any] = yaml.load(example, Loader=yaml.BaseLoader)
    plan = read["resets"]["plan"]
    plan["first_reset_after"]["count"] = plan["reset_every"]["count"] = 6
    plan["value_may_be_days_old"] = 366
    return read


def document(changed: dict[str, Any] | None = None, **terms: Any) -> ContractDocument:
    given = {**written(), **(changed or {})}
    given["terms"] = {**given["terms"], **terms}
    given["terms"] = {name: value for name, value in given["terms"].items() if value is not None}
    return decode_definition(given, ContractDocument)


def test_the_example_resets_its_rate_and_leaves_a_balloon() -> None:
    given = document()
    flows = project(contract_of(given, LATE), LATE)
    resets = [(flow.on, flow.rate.text()) for flow in flows if flow.kind.value == "rate_reset"]
    assert resets == [(date(2026, 7, 15), "0.075")]
    assert [flow.payment for flow in flows if flow.kind.value == "payment_solved"] == [
        Money(53_311), Money(53_417),
    ]  # fmt: skip
    assert flows[-1].kind.value == "matured" and flows[-1].amount > Money(800_000)


def test_a_contract_without_resets_keeps_its_terms() -> None:
    given = document({"resets": None})
    assert contract_of(given, LATE) is given.terms


def test_the_example_is_sound() -> None:
    assert not list(contract_problems(document()))


MONTHLY = {"first": "2026-02-15", "frequency": {"kind": "monthly"}}
NEVER = {"kind": "every_days", "days": 0}


@pytest.mark.parametrize(
    ("changed", "terms", "path"),
    [
        ({}, {"principal": "0.00"}, "/terms/principal"),
        ({}, {"maturity": {"on": "2025-12-31"}}, "/terms/maturity/on"),
        ({}, {"termination": {"on": "2025-12-31", "price": "1.00"}}, "/terms/termination/on"),
        (
            {},
            {"call": {"on": "2026-06-01", "settled_on": "2026-05-01"}},
            "/terms/call/settled_on",
        ),
        (
            {},
            {"interest_dates": [{"first": "2026-02-15", "frequency": NEVER}]},
            "/terms/interest_dates/0/frequency/days",
        ),
        (
            {},
            {"earns_on": {"kind": "lagged", "looked_at": [{**MONTHLY, "frequency": NEVER}]}},
            "/terms/earns_on/looked_at/0/frequency/days",
        ),
        ({}, {"purchase": {"on": "2027-01-16", "price": "1.00"}}, "/terms/purchase/on"),
        ({}, {"termination": {"on": "2028-01-01", "price": "1.00"}}, "/terms/termination/on"),
        ({}, {"opening": {"on": "2028-01-01"}}, "/terms/opening/on"),
        ({}, {"earning": {"day_count": "actual/actual_icma"}}, "/terms/earning/periods"),
        ({}, {"earning": {"day_count": "business/252"}}, "/terms/earning/periods"),
        (
            {},
            {"repayment": {"kind": "given_payment", "dates": MONTHLY, "payment": "0.00"}},
            "/terms/repayment/payment",
        ),
        (
            {},
            {"repayment": {"kind": "principal_parts", "dates": MONTHLY, "part": "-1.00"}},
            "/terms/repayment/part",
        ),
        (
            {"resets": None},
            {
                "repayment": {"kind": "given_payment", "dates": MONTHLY, "payment": "1.00"},
                "maturity": None,
            },
            "/terms/repayment",
        ),
        (
            {"resets": None},
            {"repayment": {"kind": "at_maturity"}, "maturity": None},
            "/through",
        ),
    ],
)
def test_what_cannot_be_meant_is_told_at_its_place(
    changed: dict[str, Any], terms: dict[str, Any], path: str
) -> None:
    problems = list(contract_problems(document(changed, **terms)))
    assert [problem.path for problem in problems] == [path]
    assert problems[0].mend
