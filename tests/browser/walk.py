"""How a person walks through the admin in a browser: signing in, waiting, looking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_core_python
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD, Site

AXE = Path(axe_core_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
LOOK_COOKIE = "loanwright_look"


def sign_in(page: Page, site: Site, role: str = "administrator", path: str = "/") -> None:
    """Sign in on the form and arrive at a page."""
    page.context.clear_cookies(name="loanwright_session")
    page.goto(f"{site.address}{path}")
    page.get_by_label("Email").fill(f"{role}@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".lw-main h1")).to_be_visible()


def choose_look(context: BrowserContext, site: Site, look: str) -> None:
    """Light or dark, as the button in the header would."""
    context.add_cookies([{"name": LOOK_COOKIE, "value": look, "url": site.address}])


def settle(page: Page) -> None:
    """Wait until nothing is on its way: no skeleton, no chart being drawn."""
    expect(page.locator(".q-skeleton")).to_have_count(0)
    page.wait_for_timeout(200)


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands."""
    page.evaluate(AXE)
    found: Any = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    wide: int = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


def tab_to(page: Page, name: str, *, most: int = 120) -> None:
    """Press Tab until what has this name, or begins with it, has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found: str = page.evaluate(
            "() => { const at = document.activeElement; return (at.getAttribute('aria-label') "
            "|| at.labels?.[0]?.innerText || at.innerText || '').trim() }"
        )
        if found.startswith(name):
            return
    raise AssertionError(f"Tab never came to {name!r}")
