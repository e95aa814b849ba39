"""The office: somebody new comes in and goes; an auditor checks the chain of one loan."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.browser.walk import settle, sign_in

pytestmark = pytest.mark.browser
OWN = "a password of her own"


def test_somebody_comes_in_with_a_one_time_password_and_is_let_in_no_longer(
    page: Page, site: Site, chromium: BrowserContext
) -> None:
    sign_in(page, site, path="/users")
    page.get_by_role("button", name="New user").click()
    window = page.get_by_role("dialog", name="New user")
    window.get_by_label("Name").fill("Ida Newcomer")
    window.get_by_label("Email").fill("ida@example.com")
    window.get_by_role("checkbox", name="Collector").click()
    window.get_by_role("button", name="Make the user").click()
    secret = window.locator("code").inner_text()
    window.get_by_role("button", name="Close").first.click()

    page.context.clear_cookies(name="loanwright_session")
    page.goto(f"{site.address}/loans")
    page.get_by_label("Email").fill("ida@example.com")
    page.get_by_label("Password").fill(secret)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Present password").fill(secret)
    page.get_by_label("New password", exact=True).fill(OWN)
    page.get_by_label("New password again").fill(OWN)
    page.get_by_label("New password again").press("Enter")
    expect(page.get_by_role("link", name="Loans", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Users")).to_have_count(0)

    root = chromium.new_page()
    sign_in(root, site, path="/users")
    root.get_by_role("button", name="Ida Newcomer").click()
    root.get_by_role("button", name="Deactivate").click()
    root.get_by_role("dialog", name="Deactivate Ida Newcomer").get_by_role(
        "button", name="Deactivate"
    ).click()
    # Her page is loaded again; the browser's session is by now another's, who keeps users.
    expect(page.get_by_role("link", name="Users")).to_be_visible()
    root.close()


def test_an_auditor_checks_the_chain_of_one_loan(page: Page, site: Site) -> None:
    sign_in(page, site, "auditor", "/audit?area=office")
    expect(page.get_by_role("button", name="Signed in").first).to_be_visible()
    page.goto(f"{site.address}/loans/{site.late}")
    page.get_by_role("button", name="Check the records").click()
    window = page.get_by_role("dialog", name="Check the records")
    expect(window.get_by_text("The records are true")).to_be_visible()
    expect(window.get_by_text("Seal of the last event")).to_be_visible()
    page.keyboard.press("Escape")
    page.goto(f"{site.address}/daily-run")
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_text("Nothing wrong")).to_be_visible()
    settle(page)
