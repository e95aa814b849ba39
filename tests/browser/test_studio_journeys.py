"""A product manager's change from sign-in to what is offered, approved by another; a new product;
a cap of a late fee that compliance brings in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import PASSWORD, Site

pytestmark = pytest.mark.browser
MOST_ACTIONS = 25


CAP = """\
rule: us.states.ohio.consumer_loans.late_fee_cap
title: "Ohio: a late fee is at most 5 dollars"
kind: limit
at: [assess_fee]
value_on: event_date
applies_when: fee_kind == "late_fee"
narrows: fee_amount
maximum: most
message: "Ohio allows {most}."
citation: {cite: Ohio example, href: https://codes.ohio.gov/}
values:
  most: {2020-01-01: "5.00"}
tests:
  - {on: 2026-03-01, given: {fee_kind: late_fee, fee_amount: "25.00"}, expect: "5.00"}
  - {on: 2026-03-01, given: {fee_kind: late_fee, fee_amount: "4.00"}, expect: "4.00"}
  - on: 2026-03-01
    given: {fee_kind: returned_payment_fee, fee_amount: "9.00"}
    expect: not_applicable
"""


class Hands:
    """What a person does on a page, counted: each press and each field filled is one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def press(self, what: Locator) -> None:
        self.actions += 1
        what.click()

    def fill(self, what: Locator, text: str) -> None:
        self.actions += 1
        what.fill(text)

    def go(self, address: str) -> None:
        self.actions += 1
        self.page.goto(address)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def in_dialog(self, name: str) -> Locator:
        return self.page.get_by_role("dialog").get_by_role("button", name=name, exact=True)

    def sign_in(self, site: Site, role: str, path: str = "/") -> None:
        self.page.context.clear_cookies(name="loanwright_session")
        self.page.goto(f"{site.address}{path}")
        self.fill(self.page.get_by_label("Email"), f"{role}@example.com")
        self.fill(self.page.get_by_label("Password"), PASSWORD)
        self.press(self.button("Sign in"))
        expect(self.page.locator(".lw-main h1")).to_be_visible()

    def submitted(self) -> str:
        """Submit the draft on the page; the path of its review."""
        expect(self.page.get_by_text("Saved", exact=True)).to_be_visible()
        expect(self.page.get_by_text("Sound", exact=True)).to_be_visible()
        self.press(self.button("Submit for review"))
        self.page.wait_for_url("**/review", timeout=30_000)
        return self.page.url.partition("/drafts")[2]

    def approved_and_published(self, site: Site, role: str, review: str) -> None:
        """Sign in as another, look at the effect, approve, publish."""
        self.sign_in(site, role, f"/drafts{review}")
        self.press(self.button("Approve"))
        self.press(self.in_dialog("Approve"))
        expect(self.page.get_by_text("Approved", exact=True)).to_be_visible()
        self.press(self.button("Publish"))
        self.press(self.in_dialog("Publish"))
        expect(self.page.get_by_text("It is published")).to_be_visible(timeout=30_000)


@pytest.fixture
def page(chromium: BrowserContext) -> Iterator[Page]:
    """A tab in which no script may fail."""
    tab = chromium.new_page()
    tab.set_viewport_size({"width": 1360, "height": 900})
    faults: list[str] = []
    tab.on("pageerror", lambda fault: faults.append(str(fault)))
    yield tab
    tab.close()
    assert not faults


def mend_examples(hands: Hands) -> None:
    """Let every example that fails expect what comes out."""
    button = hands.button("Expect what comes out")
    expect(button.first).to_be_visible()
    while count := button.count():
        hands.press(button.first)
        expect(button).to_have_count(count - 1)


def test_a_fee_change_is_published_with_a_second_person_in_25_actions(
    page: Page, site: Site
) -> None:
    hands = Hands(page)
    hands.sign_in(site, "product_manager")
    hands.press(page.get_by_role("link", name="Products", exact=True))
    hands.press(page.locator('a[href="/products/personal_installment?version=1"]'))
    hands.press(hands.button("Draft a new version"))
    page.wait_for_url("**/drafts/draft_*")
    late = page.locator(".lw-facts > div", has_text="First late fee")
    before = late.inner_text()
    hands.fill(page.get_by_label("Grace days"), "7")
    expect(late).not_to_have_text(before)
    mend_examples(hands)
    review = hands.submitted()
    expect(page.get_by_text("once for an installment still unpaid after 7 days")).to_be_visible()
    hands.press(hands.button("Work it out"))
    expect(page.get_by_text("would stand otherwise")).to_be_visible(timeout=30_000)
    hands.approved_and_published(site, "compliance", review)
    hands.press(page.get_by_role("link", name="See it as it is offered"))
    expect(page.get_by_text("after 7 days of grace")).to_be_visible()
    assert hands.actions <= MOST_ACTIONS, f"{hands.actions} actions"


@pytest.mark.proof
def test_a_product_from_a_template_is_simulated_exemplified_and_published(
    page: Page, site: Site
) -> None:
    hands = Hands(page)
    hands.sign_in(site, "product_manager", "/drafts/new")
    hands.press(hands.button("Template: Buy now, pay later"))
    hands.fill(page.get_by_role("dialog").get_by_label("What people call it"), "Pay in six weeks")
    hands.press(hands.in_dialog("Create draft"))
    page.wait_for_url("**/drafts/draft_*")
    hands.fill(page.get_by_label("Maximum", exact=True).first, "900.00")
    expect(page.get_by_text("$400.00", exact=True).first).to_be_visible()
    hands.press(page.get_by_role("combobox", name="What happens"))
    hands.press(page.get_by_role("option", name="Paid as agreed"))
    expect(page.get_by_text("None", exact=True)).to_be_visible()
    hands.press(hands.button("Add the sample loan as an example"))
    expect(page.get_by_text("2 of 2 hold")).to_be_visible()
    review = hands.submitted()
    hands.approved_and_published(site, "compliance", review)
    hands.press(page.get_by_role("link", name="See it as it is offered"))
    expect(page.get_by_role("heading", name="Pay in six weeks")).to_be_visible()


@pytest.mark.proof
def test_compliance_caps_a_late_fee_in_a_state(page: Page, site: Site) -> None:
    hands = Hands(page)
    hands.sign_in(site, "compliance", "/drafts/new")
    hands.fill(page.get_by_role("combobox", name="Rule to begin from"), "New York: a mortgage late")
    hands.press(page.get_by_role("option", name="New York: a mortgage late charge"))
    name = "us.states.ohio.consumer_loans.late_fee_cap"
    hands.fill(page.get_by_label("Name of a new rule"), name)
    hands.press(hands.button("Create draft of the rule"))
    page.wait_for_url("**/drafts/draft_*")
    hands.press(page.get_by_role("button", name="Text", exact=True))
    hands.press(page.locator(".cm-content"))
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(CAP)
    hands.actions += 2
    expect(page.get_by_text("3 of 3 hold")).to_be_visible()
    review = hands.submitted()
    hands.press(hands.button("Work it out"))
    expect(page.get_by_text("would stand otherwise")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("0 loans would stand otherwise")).to_have_count(0)
    hands.approved_and_published(site, "administrator", review)
    hands.press(page.get_by_role("link", name="See it as it is offered"))
    expect(
        page.get_by_role("heading", name="Ohio: a late fee is at most 5 dollars")
    ).to_be_visible()
    expect(page.get_by_text("3 of 3 hold")).to_be_visible()


@pytest.mark.proof
def test_what_was_typed_while_the_house_was_away_is_offered_again(page: Page, site: Site) -> None:
    hands = Hands(page)
    hands.sign_in(site, "product_manager", "/products/study_loan")
    hands.press(hands.button("Draft a new version"))
    page.wait_for_url("**/drafts/draft_*")
    expect(page.get_by_text("Sound", exact=True)).to_be_visible()
    hands.press(hands.button("Text"))
    hands.press(page.locator(".cm-content"))
    page.evaluate("() => window.socket.disconnect()")
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("# typed while nobody listened")
    page.reload()
    expect(page.get_by_text("Changes that were not saved")).to_be_visible()
    hands.press(hands.button("Take them"))
    # The browser lets go of what it kept once the house has it, and not before.
    page.wait_for_function(
        "() => !Object.values(localStorage).some(kept => kept.includes('# typed'))"
    )
    page.reload()
    expect(page.get_by_text("Sound", exact=True)).to_be_visible()
    expect(page.get_by_text("Changes that were not saved")).to_have_count(0)
    hands.press(hands.button("Text"))
    hands.press(page.locator(".cm-content"))
    page.keyboard.press("Control+End")
    expect(page.locator(".cm-line").last).to_have_text("# typed while nobody listened")
