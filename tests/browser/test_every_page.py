"""Every page in light, dark and on a phone: axe finds nothing wrong and all of it fits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import Site
from tests.browser.walk import choose_look, overflow, settle, sign_in, violations

pytestmark = pytest.mark.browser
PAGES = (
    "/",
    "/loans",
    "/loans?search=nobody",
    "/loans/{late}",
    "/loans/{late}?as_of=2100-01-01",
    "/loans/loan_unknown",
    "/boarding",
    "/daily-run",
    "/products",
    "/products/pay_in_4",
    "/drafts",
    "/drafts/new",
    "/moves",
    "/drafts/{draft}",
    "/drafts/{draft}/review",
    "/drafts/{draft}/life",
    "/rules",
    "/coverage",
    "/findings",
    "/findings?loan=nobody",
    "/overrides",
    "/bulk",
    "/users",
    "/keys",
    "/audit",
    "/audit?subject=nothing",
    "/outbox",
    "/settings",
    "/account",
    "/rules/us.federal.military_lending_act.mapr_cap",
)
LOOKS = (
    ("light", 1360),
    *(
        pytest.param(look, width, marks=pytest.mark.proof)
        for look, width in (("light", 390), ("dark", 1360), ("dark", 390))
    ),
)
"""One look in every run of the tests, the others among the long proofs."""
SHOTS = os.environ.get("LOANWRIGHT_SHOTS")
"""A folder that gets a picture of every page, for people to look at."""


@pytest.mark.parametrize(("look", "width"), LOOKS)
def test_every_page_is_accessible_and_fits(
    chromium: BrowserContext, site: Site, look: str, width: int
) -> None:
    page = chromium.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    choose_look(chromium, site, look)
    found: list[str] = []
    page.context.clear_cookies(name="loanwright_session")
    page.goto(f"{site.address}/sign-in")
    settle(page)
    found += [f"sign-in {fault}" for fault in violations(page)]
    sign_in(page, site)
    for address in PAGES:
        path = address.format(late=site.late, draft=site.draft)
        page.goto(f"{site.address}{path}")
        settle(page)
        found += [f"{address} {fault}" for fault in violations(page)]
        if wide := overflow(page):
            found.append(f"{address} is {wide} pixels too wide")
        if SHOTS:
            name = address.strip("/").replace("/", "_").replace("?", "_") or "dashboard"
            page.screenshot(path=Path(SHOTS) / f"{name}_{look}{width}.png", full_page=True)
    page.close()
    choose_look(chromium, site, "auto")
    assert not found, "\n".join(found)
