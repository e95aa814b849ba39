"""One guard on every path: by hand, as time passes, boarding; and what may be set aside."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.rule import Requirement
from engine.compliance.rule_book import RuleBook
from engine.compliance.set_aside import SetAside
from engine.errors import Refusal
from engine.loan.commands import (
    AdvanceTo,
    AssessFee,
    BoardLoan,
    ChangeRate,
    OpeningFee,
    ReceivePayment,
)
from engine.loan.decisions.decision import Decision
from engine.loan.events import FeeAssessed, FeeForgone
from engine.loan.status import PaymentKind
from tests.engine.loan.life import PERSONAL, Life, a_loan

POLICY: dict[str, Any] = {
    "rule": "policy.late_fees.one_a_year",
    "title": "One late fee a year",
    "at": ["assess_fee"],
    "applies_when": 'fee_kind == "late_fee"',
    "must_hold": "late_fees_last_12_months < most",
    "otherwise": "needs_approval",
    "message": "{most} is the most.",
    "citation": {"cite": "Policy 2"},
    "values": {"most": {"2020-01-01": "1"}},
}


def asking(*rules: dict[str, Any]) -> TermsInForce:
    book = RuleBook.of(msgspec.convert({**POLICY, **rule}, Requirement) for rule in rules)
    return msgspec.structs.replace(PERSONAL, rules=book)


def override(rule: str = POLICY["rule"]) -> SetAside:
    return SetAside(
        rule=rule, override_id="ovr_1", reason="Agreed with the borrower", requested_by="user_ann",
        approved_by="user_bob", expires_on=date(2026, 12, 1),
    )  # fmt: skip


def refused(answer: Decision | tuple[Refusal, ...]) -> Refusal:
    assert isinstance(answer, tuple), answer
    (refusal,) = answer
    return refusal


def late(terms: TermsInForce) -> Life:
    """A loan whose second late fee time forgoes."""
    life = a_loan(terms)
    life.live(AdvanceTo(day=date(2026, 4, 15)))
    kinds = [type(item.event) for item in life.history]
    assert kinds.count(FeeAssessed) == 1 and FeeForgone in kinds
    return life


FEE = AssessFee(fee="late_fee", assessed_on=date(2026, 4, 15), reason="Second")


def test_time_and_people_are_stopped_alike_and_a_second_person_is_named_for_ever() -> None:
    life = late(asking({}))
    refusal = refused(life.ask(FEE))
    assert (refusal.rule, refusal.needs_approval) == (POLICY["rule"], True)
    assert refusal.citation is not None and refusal.citation.cite == "Policy 2"
    life.live(FEE, approved=(override(),))
    charged = [item.event for item in life.history if isinstance(item.event, FeeAssessed)][-1]
    (aside,) = charged.set_aside
    assert (aside.requested_by, aside.approved_by) == ("user_ann", "user_bob")
    assert (aside.rule, aside.message, aside.citation) == (
        POLICY["rule"],
        "1 is the most.",
        "Policy 2",
    )


def test_law_that_may_not_be_overridden_stays() -> None:
    life = late(asking({"otherwise": "refuse"}))
    assert not refused(life.ask(FEE, approved=(override(),))).needs_approval
    open_law = late(asking({"otherwise": "refuse", "override": "second_person"}))
    assert refused(open_law.ask(FEE)).code == "refused_by_rule"
    assert isinstance(open_law.ask(FEE, approved=(override(),)), Decision)


def test_an_override_of_one_rule_sets_no_other_aside() -> None:
    second = {
        "rule": "policy.late_fees.none",
        "must_hold": "late_fees_last_12_months < most",
        "at": ["assess_fee"],
    }
    life = late(asking({}, second))
    assert refused(life.ask(FEE, approved=(override(),))).rule == "policy.late_fees.none"


def test_a_change_of_rate_and_a_payoff_come_to_their_points() -> None:
    rate = {"rule": "policy.rates.cap", "at": ["change_rate"], "applies_when": "true",
            "must_hold": "note_rate <= 0.1", "values": {},
            "message": "Too high: {note_rate}."}  # fmt: skip
    payoff = {"rule": "policy.payoff.never", "at": ["payoff"], "applies_when": "true",
              "must_hold": 'payment_kind != "payoff"', "values": {}, "message": "No."}  # fmt: skip
    life = a_loan(asking(rate, payoff))
    change = ChangeRate(note_rate="0.11", effective_on=date(2026, 2, 1), reason="Index")
    assert refused(life.ask(change)).message == "Too high: 11%."
    assert isinstance(life.ask(msgspec.structs.replace(change, note_rate="0.09")), Decision)
    pays = ReceivePayment(amount="9000.00", received_on=date(2026, 2, 1), kind=PaymentKind.payoff)
    assert refused(life.ask(pays)).rule == "policy.payoff.never"


def boards(**changes: Any) -> BoardLoan:
    told: dict[str, Any] = {
        "borrower_id": "brw_1", "product": "personal", "boarded_on": date(2026, 3, 1),
        "original_amount": "5000.00", "note_rate": "0.12", "contract_date": date(2025, 6, 1),
        "number_of_payments": 24, "next_due_date": date(2026, 3, 15),
        "installment_amount": "235.37", "principal_balance": "3500.00", "remaining_payments": 16,
    }  # fmt: skip
    return BoardLoan(**(told | changes))


def test_boarding_is_asked_too_and_what_cannot_be_told_is_a_warning() -> None:
    rate = {"rule": "policy.rates.cap", "at": ["originate"], "applies_when": "true",
            "must_hold": "note_rate <= 0.1", "values": {}, "message": "Too high."}  # fmt: skip
    apr = {**rate, "rule": "policy.rates.apr", "must_hold": "apr <= 0.1"}
    assert refused(Life(asking(rate)).ask(boards())).rule == "policy.rates.cap"
    through = Life(asking(rate)).live(boards(), approved=(override("policy.rates.cap"),))
    assert through.events[0][1].set_aside[0].rule == "policy.rates.cap"
    untold = Life(asking(apr)).live(boards())
    (finding,) = untold.findings
    assert (finding.outcome, finding.undecided) == ("warn", True)


@pytest.mark.parametrize(("before", "stops"), [(1, False), (2, True)])
def test_a_late_fee_too_many_is_stopped_at_boarding(before: int, stops: bool) -> None:
    fee = OpeningFee(name="late_fee", amount="15.00", assessed_on=date(2026, 2, 20))
    answer = Life(asking({})).ask(boards(fees_owed=(fee,), late_fees_last_12_months=before))
    assert isinstance(answer, tuple) is stops
    if stops:
        assert refused(answer).rule == POLICY["rule"]
