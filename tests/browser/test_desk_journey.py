"""The servicing desk: by keyboard alone an agent finds a loan, takes a payment, reverses it and
reads why the late fee came; a supervisor lets a rule be set aside."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.walk import settle, sign_in, tab_to, violations

pytestmark = pytest.mark.browser


def test_by_keyboard_alone_a_payment_is_taken_and_reversed_and_a_late_fee_explained(
    page: Page, site: Site
) -> None:
    sign_in(page, site, "servicing_agent", "/rules")
    settle(page)
    keys = page.keyboard
    keys.press("Control+k")
    keys.type(site.charged)
    expect(page.get_by_role("option", name="Borrower")).to_have_attribute("aria-selected", "true")
    assert violations(page) == []
    keys.press("Enter")
    expect(page.get_by_role("button", name="Receive payment")).to_be_visible()
    settle(page)
    _takes_a_payment(page)
    _reverses_it(page)
    tab_to(page, "Schedule")
    keys.press("ArrowRight")
    keys.press("Enter")
    expect(page.locator(".lw-line .undone").first).to_contain_text("33.00")
    tab_to(page, "Why: Fee assessed (late fee)")
    keys.press("Enter")
    why = page.get_by_role("dialog", name="Why: fee")
    expect(why).to_contain_text("Agrees with the books")
    expect(why).to_contain_text("grace", ignore_case=True)
    keys.press("Escape")
    expect(why).to_have_count(0)


def _takes_a_payment(page: Page) -> None:
    keys = page.keyboard
    tab_to(page, "Receive payment")
    keys.press("Enter")
    window = page.get_by_role("dialog", name="Receive payment")
    expect(window).to_be_visible()
    tab_to(page, "Amount")
    keys.press("Control+a")
    keys.type("33.00")
    keys.press("Enter")
    expect(window.get_by_role("button", name="Receive payment")).to_be_focused()
    expect(window.get_by_role("row", name="Total owed")).to_contain_text("-33.00")
    keys.press("Enter")
    expect(window).to_have_count(0)
    settle(page)


def _reverses_it(page: Page) -> None:
    keys = page.keyboard
    tab_to(page, "Schedule")
    keys.press("ArrowRight")
    keys.press("Enter")
    expect(page.get_by_text("Payment received").first).to_be_visible()
    tab_to(page, "Reverse: Payment received")
    keys.press("Enter")
    undo = page.get_by_role("dialog", name="Reverse payment")
    expect(undo).to_be_visible()
    tab_to(page, "Reason")
    keys.type("Posted to the wrong loan")
    keys.press("Enter")
    expect(undo.get_by_role("button", name="Reverse payment")).to_be_focused()
    expect(undo.get_by_role("row", name="Total owed")).to_contain_text("+33.00")
    keys.press("Enter")
    expect(undo).to_have_count(0)
    settle(page)


def test_a_supervisor_lets_a_rule_be_set_aside(page: Page, site: Site) -> None:
    sign_in(page, site, "compliance", "/overrides")
    asked = page.locator(".lw-card").filter(has_text="Ann Archer")
    expect(asked).to_contain_text("policy.late_fees.three_in_twelve_months")
    asked.get_by_label("Note").fill("Checked with the bank")
    asked.get_by_role("button", name="Let through: Assess fee").click()
    expect(asked.get_by_role("button", name="Carry out: Assess fee")).to_be_visible()
    page.goto(f"{site.address}/audit?area=override")
    expect(page.get_by_role("button", name="Override approved")).to_be_visible()
