"""A rule is set aside on screen: asked for in the dialog, let through by another, carried out."""

from __future__ import annotations

from datetime import date

from nicegui import ui

from admin_ui.components.ask_override import may_be_asked
from admin_ui.components.timeline import aside_words
from engine.errors import Refusal
from engine.loan.commands import AdvanceTo, AssessFee
from servicing import overrides
from servicing.actor import Actor, Role
from servicing.errors import CommandRefused
from tests.admin_ui.conftest import Admin, Arrive

DAY = date(2026, 7, 10)
ANN = Actor(actor_id="user_ann", name="Ann Archer", scopes=frozenset({"fees:write"}))


async def test_it_waits_is_let_through_and_is_told_for_ever(arrive: Arrive, admin: Admin) -> None:
    lender = admin.lender
    loan_id = await lender.lends()
    lender.clock.set(DAY)
    await lender.does(loan_id, AdvanceTo(day=DAY))
    user = await arrive("/overrides", Role.compliance)
    await user.should_see("Nothing waits for a second person", retries=20)
    fee = AssessFee(fee="late_fee", assessed_on=DAY, reason="Agreed by phone")
    asked = await overrides.request(
        lender.house, ANN, fee, loan_id=loan_id, reason="The bank erred", expires_on=DAY
    )
    user = await arrive("/overrides", Role.compliance)
    await user.should_see("Awaiting a second person", retries=20)
    await user.should_see("Ann Archer")
    user.find("Let through").click()
    await user.should_see("Carry out", retries=50)
    assert (await overrides.find(lender.house, asked.override_id)).state == "approved"
    user = await arrive("/overrides", Role.servicing_agent)
    await user.should_see("Carry out", retries=20)
    user.find("Carry out").click()
    await user.should_see("Decided, used and expired", retries=50)
    user = await arrive(f"/loans/{loan_id}")
    user.find("Timeline").click()
    await user.should_see("Set aside: policy.late_fees.three_in_twelve_months", retries=20)


async def test_a_person_who_may_not_let_it_through_is_not_offered_it(
    arrive: Arrive, admin: Admin
) -> None:
    lender = admin.lender
    loan_id = await lender.lends()
    lender.clock.set(DAY)
    await lender.does(loan_id, AdvanceTo(day=DAY))
    fee = AssessFee(fee="late_fee", assessed_on=DAY, reason="Agreed by phone")
    await overrides.request(
        lender.house, ANN, fee, loan_id=loan_id, reason="The bank erred", expires_on=DAY
    )
    user = await arrive("/overrides", Role.servicing_agent)
    await user.should_see("Awaiting a second person", retries=20)
    assert not [button for button in user.find(ui.button).elements if button.text == "Let through"]


def test_only_what_a_second_person_may_let_through_is_offered() -> None:
    policy = Refusal(code="needs_approval", message="No.", rule="policy.x", needs_approval=True)
    law = Refusal(code="refused_by_rule", message="No.", rule="us.federal.x")
    assert may_be_asked(CommandRefused((policy,)))
    assert not may_be_asked(CommandRefused((policy, law)))
    assert not may_be_asked(ValueError("x"))


def test_a_rule_set_aside_is_told_with_both_people() -> None:
    aside = {"rule": "policy.x", "citation": "Policy 2", "requested_by": "automation:a",
             "approved_by": "automation:b", "reason": "Why"}  # fmt: skip
    assert aside_words(aside) == (
        "Set aside: policy.x (Policy 2). Asked by A, let through by B: Why"
    )
