"""Signing in and out by real forms."""

from __future__ import annotations

from typing import Any

import pytest
from nicegui import Client

from admin_ui.sessions import MAX_FORM_BYTES
from servicing.actor import Role
from tests.admin_ui.conftest import Admin, Arrive, sign_in


async def test_the_right_password_opens_the_page_asked_for(admin: Admin) -> None:
    async with admin.client() as client:
        answer = await sign_in(client, Role.auditor, next="/loans?search=a")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/loans?search=a"
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=lax" in cookie
        assert (await client.get("/loans")).status_code == 200


async def test_a_wrong_password_leads_back(admin: Admin) -> None:
    async with admin.client() as client:
        answer = await sign_in(client, Role.auditor, password="not it")
        assert answer.headers["location"].startswith("/sign-in?problem=wrong")
        shown = await client.get(answer.headers["location"])
        assert "Email and password do not belong together." in shown.text


async def test_a_form_from_elsewhere_is_refused(admin: Admin) -> None:
    async with admin.client() as client:
        for path in ("/sign-in", "/sign-out"):
            answer = await client.post(path, headers={"origin": "https://evil.test"})
            assert answer.status_code == 403


async def test_an_endless_form_is_not_read(admin: Admin) -> None:
    async with admin.client() as client:
        answer = await sign_in(client, Role.auditor, extra="x" * (MAX_FORM_BYTES + 1))
        assert answer.headers["location"].startswith("/sign-in?problem=wrong")


async def test_signing_out_ends_the_session_and_reaches_open_pages(
    arrive: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await arrive("/products")
    told: list[str] = []
    really = Client.run_javascript

    def telling(client: Client, code: str, **more: Any) -> Any:
        told.append(code)
        return really(client, code, **more)

    monkeypatch.setattr(Client, "run_javascript", telling)
    answer = await user.http_client.post("/sign-out")
    assert answer.status_code == 303
    assert "location.reload()" in told
    assert (await user.http_client.get("/products")).status_code == 303
