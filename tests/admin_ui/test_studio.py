"""The product studio: a draft begun, written, reviewed and published by two people."""

from __future__ import annotations

import asyncio

from nicegui import ui
from nicegui.testing import User

from admin_ui.components.draft_actions import actions_for
from admin_ui.components.draft_history import told
from admin_ui.components.text_differences import changed_lines
from admin_ui.components.waterfall_editor import bucket_words
from admin_ui.pages.move import steps_for
from admin_ui.pages.new_draft import ident_of
from admin_ui.visitor import Visitor
from servicing.actor import Actor, Role
from servicing.permissions import scopes_of
from servicing.publishing import drafts, moves
from servicing.views.publishing import DraftView
from tests.admin_ui.conftest import Admin, Arrive


def person(role: Role, ident: str = "user_x") -> Actor:
    return Actor(actor_id=ident, name="Xenia", scopes=scopes_of((role,)), roles=(role,))


async def begun(admin: Admin, name: str = "pay_in_4", kind: str = "product") -> DraftView:
    return await drafts.create(
        admin.lender.house, person(Role.product_manager), kind=kind, name=name
    )


def editor_of(user: User) -> ui.codemirror:
    """The editor of the text, brought into view."""
    user.find(ui.toggle).elements.pop().set_value("text")
    return user.find(ui.codemirror).elements.pop()


async def rewrite(user: User, old: str, new: str) -> None:
    """Type another text in the editor, as its browser would tell."""
    editor = editor_of(user)
    assert old in editor.value
    editor.set_value(editor.value.replace(old, new, 1))


async def test_the_list_of_drafts_leads_to_a_draft(arrive: Arrive, admin: Admin) -> None:
    draft = await begun(admin)
    user = await arrive("/drafts")
    await user.should_see(ui.table, retries=20)
    rows = user.find(ui.table).elements.pop().rows
    assert f"/drafts/{draft.row.draft_id}" in {row["title_href"] for row in rows}


async def test_who_may_not_write_is_offered_nothing_and_refused(
    arrive: Arrive, admin: Admin
) -> None:
    draft = await begun(admin)
    user = await arrive(f"/drafts/{draft.row.draft_id}", Role.auditor)
    await user.should_not_see("Submit for review")
    answer = await user.http_client.get("/drafts/new")
    assert answer.status_code == 403


async def test_a_draft_is_looked_at_as_it_is_typed_and_saves_itself(
    arrive: Arrive, admin: Admin
) -> None:
    draft = await begun(admin)
    user = await arrive(f"/drafts/{draft.row.draft_id}", Role.product_manager)
    await user.should_see("Sound")
    await user.should_see("First late fee")
    await rewrite(user, "grace_days: 3", "grace_days: soon")
    await user.should_see("1 problem", retries=20)
    await rewrite(user, "grace_days: soon", "grace_days: 4")
    await user.should_see("Sound", retries=20)
    await user.should_see("Expect what comes out", retries=20)
    for _ in range(40):
        kept = await drafts.find(admin.lender.house, draft.row.draft_id)
        if "grace_days: 4" in kept.text:
            break
        await asyncio.sleep(0.1)
    assert "grace_days: 4" in kept.text


async def test_a_form_edit_changes_the_text_where_it_differs(arrive: Arrive, admin: Admin) -> None:
    draft = await begun(admin)
    user = await arrive(f"/drafts/{draft.row.draft_id}", Role.product_manager)
    user.find("Grace days").clear().type("9")
    editor, wanted = editor_of(user), draft.text.replace("grace_days: 3", "grace_days: 9")
    for _ in range(40):
        if editor.value == wanted:
            break
        await asyncio.sleep(0.05)
    assert editor.value == wanted


async def test_the_second_of_two_is_told_and_loses_nothing(arrive: Arrive, admin: Admin) -> None:
    draft = await begun(admin)
    user = await arrive(f"/drafts/{draft.row.draft_id}", Role.product_manager)
    other = draft.text.replace("grace_days: 3", "grace_days: 5")
    house, ident = admin.lender.house, draft.row.draft_id
    await drafts.edit(house, person(Role.compliance, "user_y"), ident, 1, other)
    await rewrite(user, "grace_days: 3", "grace_days: 7")
    await user.should_see("Somebody else changed this draft", retries=30)
    assert (await drafts.find(house, ident)).text == other
    assert "grace_days: 7" in editor_of(user).value
    before = {row.draft_id for row in await drafts.listed(house)}
    user.find("Keep mine as another draft").click()
    for _ in range(40):
        new = [row for row in await drafts.listed(house) if row.draft_id not in before]
        if new:
            break
        await asyncio.sleep(0.1)
    assert "grace_days: 7" in (await drafts.find(house, new[0].draft_id)).text


async def test_a_review_shows_what_changes_and_waits_for_another(
    arrive: Arrive, admin: Admin
) -> None:
    draft = await begun(admin, "personal_installment")
    house, me = admin.lender.house, person(Role.product_manager)
    text = draft.text.replace('minimum: "15.00"', 'minimum: "10.00"')
    text = text.partition("\nexamples:")[0] + "\n"
    await drafts.edit(house, me, draft.row.draft_id, 1, text)
    await drafts.submit(house, me, draft.row.draft_id, 2, "Cheaper")
    user = await arrive(f"/drafts/{draft.row.draft_id}/review", Role.compliance)
    await user.should_see("What changes", retries=30)
    await user.should_see("at least 10.00", retries=30)
    await user.should_see("Work it out")
    await user.should_see("Cheaper")
    user.find("Approve").click()
    await user.should_see("A note (optional)")


async def test_whoever_wrote_is_not_offered_to_approve(admin: Admin) -> None:
    draft = await begun(admin)
    house, me = admin.lender.house, person(Role.compliance, "user_x")
    await drafts.submit(house, me, draft.row.draft_id, 1, "")
    draft = await drafts.find(house, draft.row.draft_id)
    offered = [
        {action.words for action in actions_for(Visitor(house, "", actor), draft)}
        for actor in (me, person(Role.compliance, "user_y"), person(Role.auditor))
    ]
    assert "Approve" not in offered[0] and "Approve" in offered[1] and not offered[2]


async def test_a_rule_is_written_on_the_same_page(arrive: Arrive, admin: Admin) -> None:
    draft = await begun(admin, "us.federal.military_lending_act.mapr_cap", "rule")
    user = await arrive(f"/drafts/{draft.row.draft_id}", Role.compliance)
    await user.should_see("4 of 4 hold")
    await user.should_see("Must hold")


async def test_changes_that_follow_each_other_are_told_as_one(admin: Admin) -> None:
    draft = await begun(admin)
    house, me = admin.lender.house, person(Role.product_manager)
    for number in (1, 2):
        text = f"{draft.text}# {number}\n"
        draft = await drafts.edit(house, me, draft.row.draft_id, number, text)
    draft = await drafts.comment(house, me, draft.row.draft_id, 3, "Look")
    found = [(entry.action, number) for entry, number in told(draft.history)]
    assert found == [("created", 1), ("edited", 2), ("commented", 1)]


def test_words_for_ids_buckets_and_lines() -> None:
    assert ident_of("Pay in 4!") == "pay_in_4" and ident_of("4 parts") == "product_4_parts"
    assert bucket_words("past_due.fee:late_fee") == "Past due fees (late fee)"
    assert list(changed_lines("a\nb", "a\nc")) == [(" ", "a"), ("-", "b"), ("+", "c")]
    assert not list(changed_lines("a", "a"))


async def test_loans_are_moved_by_a_plan_that_another_approves(
    arrive: Arrive, admin: Admin
) -> None:
    user = await arrive("/moves", Role.product_manager)
    await user.should_see("No plans", retries=20)
    house, me = admin.lender.house, person(Role.product_manager)
    plan = await moves.plan(
        house, me, product="personal_installment", to_version=2,
        moved_on=house.clock.business_date(), reason="One version for all",
    )  # fmt: skip
    user = await arrive(f"/moves/{plan.row.plan_id}", Role.compliance)
    await user.should_see("One version for all")
    table = user.find(ui.table).elements.pop()
    assert [row["loan_href"] for row in table.rows] == [f"/loans/{admin.loan_id}"]
    mine, other, reader = (
        {step.words for step in steps_for(Visitor(house, "", actor), plan)}
        for actor in (me, person(Role.compliance, "user_y"), person(Role.auditor))
    )
    assert (mine, other, reader) == (set(), {"Approve"}, set())
    user.find("Approve").click()
    await user.should_see("The loans can then be moved.")


async def test_a_rule_is_tried_and_the_book_is_asked(arrive: Arrive) -> None:
    user = await arrive("/rules/us.federal.military_lending_act.mapr_cap", Role.compliance)
    user.find("Ask the rule").click()
    await user.should_see("The rule says", retries=20)
    await user.should_see("36%")
    user.find("Ask the book").click()
    await user.should_see("0 loans", retries=20)


async def test_a_decision_table_is_a_grid(arrive: Arrive) -> None:
    path = "/rules/us.states.california.financing_law.delinquency_fee"
    user = await arrive(path, Role.compliance)
    await user.should_see("The first row that holds decides")
    await user.should_see("At most after_15_days")
    await user.should_see("otherwise")
