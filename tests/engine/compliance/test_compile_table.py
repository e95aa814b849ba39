"""Decision tables: what is wrong with one is told with the value that shows it, and rows decide."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from engine.compliance.compile_rule import compile_rule
from engine.compliance.limits import narrow
from engine.compliance.requirements import check
from engine.compliance.rule import Point, Table
from engine.compliance.rule_book import RuleBook
from engine.compliance.rule_tests import run_tests
from engine.errors import DefinitionError, Refused
from engine.facts.facts import Facts
from engine.trace import recording
from engine.values.money import Money

DAY = date(2026, 3, 1)
BRACKETS: dict[str, Any] = {
    "rule": "us.states.illinois.installment_loans.late_charge",
    "title": "A late charge by the size of the installment",
    "at": ["assess_fee"],
    "citation": {"cite": "205 ILCS 670/15"},
    "narrows": "fee_amount",
    "columns": {"installment_amount": "money"},
    "rows": [
        {"name": "small", "when": {"installment_amount": "<= small"}, "maximum": "least"},
        {"name": "larger", "when": {"installment_amount": "> small"},
         "maximum": "0.05 * installment_amount"},
    ],
    "default": {"kind": "never"},
    "values": {"small": {"2000-01-01": "200.00"}, "least": {"2000-01-01": "10.00"}},
}  # fmt: skip
VERDICT: dict[str, Any] = {
    "rule": "policy.lending.who",
    "title": "Who is lent to",
    "at": ["originate"],
    "citation": {"cite": "Policy 1"},
    "columns": {"product_family": "text", "loan_amount": "money"},
    "rows": [
        {"name": "small", "when": {"loan_amount": "<= 1000.00"}, "outcome": "pass"},
        {"name": "cars", "when": {"product_family": "auto"}, "outcome": "needs_approval",
         "message": "{loan_amount} for a car."},
    ],
    "default": {"kind": "row", "name": "else", "outcome": "refuse", "message": "Not lent."},
}  # fmt: skip


def table(said: dict[str, Any], **otherwise: Any) -> Table:
    return msgspec.convert({**said, **otherwise}, Table)


def rows(said: dict[str, Any], **cells: Any) -> list[dict[str, Any]]:
    """The rows with the cells of some said otherwise, by the row's name."""
    return [{**row, "when": cells.get(row["name"], row["when"])} for row in said["rows"]]


def test_rows_decide_and_the_row_is_named() -> None:
    book = RuleBook.of([table(BRACKETS)])
    facts = Facts.of(country="US", state="IL", installment_amount=Money(20001))
    with recording() as trace:
        found = narrow(book, Point.assess_fee, "fee_amount", Money(9000), facts, DAY)
    assert (found.amount, found.row) == (Money(1000), "larger")
    assert 'row "larger"' in str(trace.root)
    small = facts.given(installment_amount=Money(20000))
    assert narrow(book, Point.assess_fee, "fee_amount", Money(9000), small, DAY).row == "small"
    with pytest.raises(Refused, match="installment_amount"):
        unknown = Facts.of(country="US", state="IL")
        narrow(book, Point.assess_fee, "fee_amount", Money(9000), unknown, DAY)


@pytest.mark.parametrize(
    ("amount", "family", "outcome", "row"),
    [(100000, None, "pass", "small"), (100001, "auto", "needs_approval", "cars"),
     (100001, "bnpl", "refuse", "else"), (100001, None, "refuse", "")],
)  # fmt: skip
def test_outcomes_are_found_by_the_first_row(
    amount: int, family: str | None, outcome: str, row: str
) -> None:
    book = RuleBook.of([table(VERDICT)])
    facts = Facts.of(loan_amount=Money(amount), product_family=family)
    (found,) = check(book, Point.originate, facts, DAY)
    assert (found.outcome, found.row) == (outcome, row)
    assert found.overridable is (outcome == "needs_approval")


def test_a_test_may_name_the_row() -> None:
    asked = {"on": "2026-03-01", "given": {"loan_amount": "900.00"}, "expect": "pass"}
    tests = [{**asked, "row": "small"}, {**asked, "row": "cars"}]
    assert [test.passed for test in run_tests(table(VERDICT, tests=tests))] == [True, False]


@pytest.mark.parametrize(
    ("said", "otherwise", "path", "message"),
    [
        (BRACKETS, {"rows": rows(BRACKETS, larger={"installment_amount": ">= 201.00"})},
         "/rows/1", 'gap between "small" and "larger": installment_amount 200.01 is in no row'),
        (BRACKETS, {"rows": rows(BRACKETS, larger={"installment_amount": ">= small"}),
                    "hit": "unique"},
         "/rows/1", 'rows "small" and "larger" overlap: installment_amount 200.00 is in both'),
        (BRACKETS, {"rows": rows(BRACKETS, larger={"installment_amount": "<= 150.00"})},
         "/rows/1", "never reached: for example installment_amount 149.99 is decided by \"small\""),
        (BRACKETS, {"rows": rows(BRACKETS, larger={"installment_amount": "> 300.00 and < 250.00"})},
         "/rows/1/when/installment_amount", "can never hold"),
        (BRACKETS, {"rows": BRACKETS["rows"][:1]}, "/default",
         "there is a gap: installment_amount 200.01 is in no row"),
        (BRACKETS, {"default": {"kind": "row", "name": "else", "no_limit": True}}, "/default",
         "never reached"),
        (BRACKETS, {"columns": {"installment_amount": "rate"}}, "/columns/installment_amount",
         "is money, not rate"),
        (BRACKETS, {"columns": {"instalment_amount": "money", "installment_amount": "money"}},
         "/columns/instalment_amount", "there is no fact"),
        (BRACKETS, {"rows": rows(BRACKETS, larger={"loan_amount": "> 1.00"})},
         "/rows/1/when/loan_amount", "is no column"),
        (BRACKETS, {"rows": [*BRACKETS["rows"], {**BRACKETS["rows"][0]}]}, "/rows/2/name",
         "two rows are named"),
        (BRACKETS, {"rows": [BRACKETS["rows"][0], {**BRACKETS["rows"][1], "maximum": ""}]},
         "/rows/1", "no bound is given"),
        (VERDICT, {"rows": [VERDICT["rows"][0], {**VERDICT["rows"][1], "message": " "}]},
         "/rows/1/message", "is empty"),
        (VERDICT, {"override": "never"}, "/rows/1/outcome", "may be overridden"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_the_value_that_shows_it(
    said: dict[str, Any], otherwise: dict[str, Any], path: str, message: str
) -> None:
    with pytest.raises(DefinitionError) as wrong:
        compile_rule(table(said, **otherwise))
    told = [(problem.path, problem.message) for problem in wrong.value.problems]
    assert any(path == at and message in text for at, text in told), told


def test_a_gap_that_only_later_figures_open_is_found() -> None:
    values = {"low": {"2000-01-01": "200.00", "2026-01-01": "190.00"},
              "small": {"2000-01-01": "200.00"}, "least": {"2000-01-01": "10.00"}}  # fmt: skip
    otherwise = {"rows": rows(BRACKETS, small={"installment_amount": "<= low"}), "values": values}
    with pytest.raises(DefinitionError, match=r"installment_amount 190\.01 is in no row"):
        compile_rule(table(BRACKETS, **otherwise))
