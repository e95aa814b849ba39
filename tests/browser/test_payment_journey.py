"""A servicing agent's day: find a loan, see what a payment would do, post it, ask why, undo it."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.browser.walk import settle, sign_in

pytestmark = pytest.mark.browser


def test_a_payment_is_previewed_posted_explained_and_reversed(page: Page, site: Site) -> None:
    sign_in(page, site)
    page.get_by_role("link", name="Loans", exact=True).click()
    page.locator(f'a[href="/loans/{site.late}"]').click()
    expect(page.get_by_text("Past due", exact=True).first).to_be_visible()
    settle(page)

    page.get_by_role("button", name="Receive payment").click()
    window = page.get_by_role("dialog")
    post = window.get_by_role("button", name="Receive payment")
    expect(post).to_be_disabled()
    window.get_by_label("Amount").fill("100.00")
    window.get_by_role("button", name="Preview").click()
    expect(window.get_by_role("row", name="Total owed")).to_contain_text("-100.00")
    expect(post).to_be_enabled()

    window.get_by_label("Amount").fill("120.00")
    expect(post).to_be_disabled()
    window.get_by_role("button", name="Preview").click()
    owed = window.get_by_role("row", name="Total owed").get_by_role("cell").nth(2).inner_text()
    post.click()
    expect(page.get_by_label(f"Total owed: ${owed}. Why?")).to_be_visible()

    page.get_by_label(f"Total owed: ${owed}. Why?").click()
    why = page.get_by_role("dialog")
    expect(why).to_contain_text("Agrees with the books")
    expect(why.locator(".lw-tree summary").first).to_contain_text(owed)
    page.keyboard.press("Escape")
    expect(why).to_have_count(0)

    page.get_by_role("tab", name="Timeline").click()
    page.get_by_role("button", name="Reverse: Payment received").first.click()
    undo = page.get_by_role("dialog")
    undo.get_by_role("button", name="Preview").click()
    expect(undo).to_contain_text("This is needed.")
    undo.get_by_label("Reason").fill("Posted to the wrong loan")
    undo.get_by_role("button", name="Preview").click()
    expect(undo.get_by_role("row", name="Total owed")).to_contain_text("+120.00")
    undo.get_by_role("button", name="Reverse payment").click()
    expect(page.get_by_label(f"Total owed: ${owed}. Why?")).to_have_count(0)
    page.get_by_role("tab", name="Timeline").click()
    expect(page.locator(".lw-line .undone").first).to_contain_text("120.00")


def test_what_a_command_refuses_is_said_and_nothing_happens(page: Page, site: Site) -> None:
    sign_in(page, site, path=f"/loans/{site.paid}")
    page.get_by_role("button", name="Receive payment").click()
    window = page.get_by_role("dialog")
    window.get_by_label("Amount").fill("a lot")
    window.get_by_role("button", name="Preview").click()
    expect(window).to_contain_text("Write it as a number")
    window.get_by_label("Amount").fill("50.00")
    window.get_by_label("Received on").fill("2001-01-01")
    window.get_by_role("button", name="Preview").click()
    expect(window.get_by_role("alert")).to_contain_text("This cannot be done")
    expect(window.get_by_role("button", name="Receive payment")).to_be_disabled()


def test_another_day_shows_the_loan_as_it_stood(page: Page, site: Site) -> None:
    sign_in(page, site, path=f"/loans/{site.paid}")
    page.get_by_role("button", name="As of").click()
    past = page.locator("input[aria-label='As of'], label:has-text('As of') input").first
    past.fill("2100-01-01")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("Projected to Jan 1, 2100")).to_be_visible()
    expect(page.get_by_role("button", name="Receive payment")).to_have_count(0)
    page.get_by_role("link", name="Back to today").click()
    expect(page.get_by_role("button", name="Receive payment")).to_be_visible()


def test_an_auditor_may_look_but_is_offered_nothing_to_press(page: Page, site: Site) -> None:
    sign_in(page, site, "auditor", f"/loans/{site.paid}")
    settle(page)
    expect(page.get_by_role("button", name="Receive payment")).to_have_count(0)
    expect(page.get_by_role("button", name="More")).to_have_count(0)
    expect(page.get_by_role("link", name="Boarding")).to_have_count(0)
    page.goto(f"{site.address}/boarding")
    expect(page.get_by_text("Your role does not allow this").first).to_be_visible()


def test_signing_out_reaches_the_other_open_page(
    page: Page, site: Site, chromium: BrowserContext
) -> None:
    sign_in(page, site)
    other = chromium.new_page()
    other.goto(f"{site.address}/rules")
    settle(other)
    page.get_by_role("button", name="Account").click()
    page.get_by_text("Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(other.get_by_role("button", name="Sign in")).to_be_visible()
    other.close()


def test_a_wrong_password_is_said(page: Page, site: Site) -> None:
    page.context.clear_cookies(name="loanwright_session")
    page.goto(f"{site.address}/loans")
    page.get_by_label("Email").fill("administrator@example.com")
    page.get_by_label("Password").fill("not it")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
