"""Nobody gets past the guard without a session, whatever the path looks like."""

from __future__ import annotations

from typing import Any

import pytest

from admin_ui import addresses
from admin_ui.guard import is_public, look_of, own_path, safe_next
from tests.admin_ui.conftest import Admin


@pytest.mark.parametrize("path", [path for path, _ in addresses.PAGES] + ["/nowhere", "//", "/_x"])
async def test_every_page_sends_a_stranger_to_sign_in(admin: Admin, path: str) -> None:
    async with admin.client() as client:
        answer = await client.get(path.replace("{", "").replace("}", "").replace(":path", ""))
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("token", ["", "nonsense", "a" * 5000, '";;=\x01'])
async def test_a_made_up_session_is_none(admin: Admin, token: str) -> None:
    async with admin.client() as client:
        answer = await client.get("/", headers={"cookie": f"loanwright_session={token}"})
    assert answer.status_code == 303


async def test_answers_forbid_loading_from_elsewhere(admin: Admin) -> None:
    async with admin.client() as client:
        answer = await client.get("/sign-in")
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_public_list_is_exact() -> None:
    assert is_public("/assets/theme.css") and is_public("/sign-in")
    assert not is_public("/assetsx") and not is_public("/sign-in-as") and not is_public("/")


def test_a_mounted_admin_is_guarded_by_its_own_paths() -> None:
    scope: dict[str, Any] = {"path": "/staff/loans", "root_path": "/staff"}
    assert own_path(scope) == "/loans"
    assert own_path({"path": "/staffloans", "root_path": "/staff"}) == "/staffloans"


@pytest.mark.parametrize("target", ["//evil.test", "https://evil.test", "/\\evil.test", "x", ""])
def test_after_signing_in_one_stays_here(target: str) -> None:
    assert safe_next(target) == "/"
    assert safe_next("/loans?search=a") == "/loans?search=a"


def test_an_unknown_look_is_auto() -> None:
    assert look_of({"headers": [(b"cookie", b"loanwright_look=dark")]}) == "dark"
    assert look_of({"headers": [(b"cookie", b"loanwright_look=pink")]}) == "auto"
