"""The office: users, keys, the audit log, the outbox, settings, and one's own account."""

from __future__ import annotations

import asyncio

import pytest
from nicegui import ui
from nicegui.testing import User

from admin_ui.components.audit_entry import entry_dialog, entry_row, figure_words
from admin_ui.open_pages import OpenPages
from admin_ui.pages.keys import scope_words
from admin_ui.pages.outbox import topic_words, waiting_words
from servicing import audit, keys, staff
from servicing.actor import Role
from servicing.views.office import AuditEntry, Waiting
from tests.admin_ui.conftest import Admin, Arrive
from tests.admin_ui.test_components import visitor_with
from tests.servicing.lending import ANYONE, START


def fill(user: User, label: str, text: str) -> None:
    for field in user.find(ui.input).elements:
        if field.props.get("label") == label:
            field.value = text


async def test_a_user_is_made_and_the_password_shown_once(arrive: Arrive, admin: Admin) -> None:
    user = await arrive("/users")
    await user.should_see("New user", retries=20)
    user.find("New user").click()
    fill(user, "Name", "Ida New")
    fill(user, "Email", "ida@example.com")
    user.find("Make the user").click()
    await user.should_see("Choose one role at least.", retries=20)
    user.find("Collector", kind=ui.checkbox).click()
    user.find("Make the user").click()
    await user.should_see("One-time password for ida@example.com", retries=20)
    made = next(
        each
        for each in await staff.users(admin.lender.house, ANYONE)
        if each.email == "ida@example.com"
    )
    assert made.roles == (Role.collector,) and made.one_time_until is not None


async def test_a_one_time_password_leads_to_the_choice_of_another(
    arrive: Arrive, admin: Admin
) -> None:
    house = admin.lender.house
    made = await staff.create(
        house, ANYONE, email="leo@example.com", name="Leo", roles=(Role.auditor,)
    )
    async with admin.client() as client:
        form = {"email": "leo@example.com", "password": made.password}
        await client.post("/sign-in", data=form)
        assert (await client.get("/loans")).headers["location"] == "/account"
        leo = User(client)
        await leo.open("/account")
        await leo.should_see("Choose a password of your own")
        fill(leo, "Present password", made.password)
        fill(leo, "New password", "a password of his own")
        fill(leo, "New password again", "another")
        leo.find("Change password").click()
        await leo.should_see("This is not the same.", retries=20)
        fill(leo, "New password again", "a password of his own")
        leo.find("Change password").click()
        for _ in range(40):
            if (await client.get("/loans")).status_code == 200:
                break
            await asyncio.sleep(0.05)
        await staff.deactivate(house, ANYONE, made.user.user_id)
        assert (await client.get("/loans")).headers["location"].startswith("/sign-in")


async def test_pages_of_a_session_that_is_over_are_closed(arrive: Arrive, admin: Admin) -> None:
    pages = OpenPages()
    assert await pages.close_those_over(admin.lender.house) == 0
    user = await arrive("/settings")
    with user:
        pages.opened("a session that never was", ui.context.client)
    assert await pages.close_those_over(admin.lender.house) == 1
    assert await pages.close_those_over(admin.lender.house) == 0


async def test_a_key_is_made_shown_once_and_revoked(arrive: Arrive, admin: Admin) -> None:
    user = await arrive("/keys")
    await user.should_see("No keys", retries=20)
    user.find("New key").click()
    fill(user, "Name of the system", "Gateway")
    user.find("quotes:write", kind=ui.checkbox).click()
    user.find("Make the key").click()
    await user.should_see("It is shown once: only its hash is kept.", retries=20)
    (made,) = await keys.keys(admin.lender.house, ANYONE)
    assert made.scopes == ("quotes:write",) and made.expires_at is not None


@pytest.mark.parametrize("path", ["/users", "/keys"])
async def test_nobody_but_an_administrator_keeps_people_and_keys(arrive: Arrive, path: str) -> None:
    user = await arrive("/", Role.auditor)
    assert (await user.http_client.get(path)).status_code == 403


async def test_the_audit_log_tells_a_sign_in_and_opens_it(arrive: Arrive, admin: Admin) -> None:
    user = await arrive("/audit?area=office", Role.auditor)
    await user.should_see(ui.table, retries=20)
    page = await audit.entries(admin.lender.house, ANYONE, area="office")
    entry = next(each for each in page.items if each.action == "signed_in")
    row = entry_row(entry)
    assert row["what"] == "Signed in" and row["what_press"] == row["key"]
    visitor = await visitor_with(admin, Role.auditor)
    with user:
        entry_dialog(visitor, entry)
    await user.should_see("No field changed.")


async def test_a_command_on_a_loan_opens_with_figures_before_and_after(
    arrive: Arrive, admin: Admin
) -> None:
    user = await arrive("/products", Role.auditor)
    page = await audit.entries(
        admin.lender.house, ANYONE, subject=admin.loan_id, since=START, area="loan"
    )
    assert not page.items  # the lender of these tests is an automation
    entry = AuditEntry(
        recorded_at=admin.lender.house.clock.now(), actor="user_ann", actor_name="Ann",
        area="loan", action="loan_disbursed", subject=admin.loan_id, number=2,
        title="Loan disbursed", detail={"amount": "5000.00", "method": "ach"}, changes={},
    )  # fmt: skip
    with user:
        entry_dialog(await visitor_with(admin, Role.auditor), entry)
    await user.should_see("What was given")
    await user.should_see("5,000.00", retries=20)
    await user.should_see("Figures of the loan that day", retries=20)


async def test_the_outbox_and_settings_are_read(arrive: Arrive) -> None:
    user = await arrive("/outbox")
    await user.should_see("messages wait", retries=20)
    user = await arrive("/settings", Role.collector)
    await user.should_see("Business date")


async def test_a_loan_is_checked_from_its_page(arrive: Arrive, admin: Admin) -> None:
    user = await arrive(f"/loans/{admin.loan_id}", Role.auditor)
    user.find(marker="check-records").click()
    await user.should_see("The records are true", retries=40)


def test_messages_that_wait_are_counted_in_words() -> None:
    assert waiting_words(Waiting(count=0, more=False, oldest_at=None)) == "Nothing waits"
    assert topic_words("loan.payment_received") == "Payment received"
    assert scope_words(("*",)) == "Everything"
    assert scope_words(("a", "b", "c", "d")) == "a, b and 2 more things"


def test_figures_of_a_loan_are_told_in_words() -> None:
    assert figure_words("delinquency_stage", "late_60") == "60+ days late"
    assert figure_words("status", "paid_off") == "Paid off"
    assert figure_words("next_due_date", "2026-05-01") == "May 1, 2026"
