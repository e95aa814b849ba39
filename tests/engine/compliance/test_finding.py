"""Findings that forbid, and the refusals they become."""

from __future__ import annotations

import pytest

from engine.compliance.finding import Finding, refusals
from engine.compliance.rule import Outcome
from engine.errors import Citation

LAW = Citation(cite="32 CFR 232.4(b)")


def said(outcome: Outcome, rule: str = "us.federal.cap") -> Finding:
    may = outcome == "needs_approval"
    return Finding(rule=rule, outcome=outcome, message="Above 36%.", citation=LAW, overridable=may)


@pytest.mark.parametrize(
    ("outcome", "forbids"),
    [("pass", False), ("warn", False), ("refuse", True), ("needs_approval", True)],
)
def test_a_warning_forbids_nothing(outcome: Outcome, forbids: bool) -> None:
    assert said(outcome).forbids is forbids
    assert bool(refusals([said(outcome)])) is forbids


def test_a_refusal_names_the_rule_its_source_and_whether_a_second_person_may_let_it_through() -> (
    None
):
    never, with_approval = refusals(
        [said("refuse"), said("warn"), said("needs_approval", "policy")]
    )
    assert (never.code, never.needs_approval) == ("refused_by_rule", False)
    assert (never.rule, never.citation, never.kind) == ("us.federal.cap", LAW, "rule")
    assert never.message == "Above 36%."
    assert (with_approval.code, with_approval.needs_approval) == ("needs_approval", True)


def test_a_rule_that_was_let_through_refuses_no_more() -> None:
    found = [said("refuse"), said("needs_approval", "policy.term")]
    assert [r.rule for r in refusals(found, frozenset({"policy.term"}))] == ["us.federal.cap"]


def test_law_that_may_not_be_overridden_forbids_whoever_approved() -> None:
    assert refusals([said("refuse")], frozenset({"us.federal.cap"}))
