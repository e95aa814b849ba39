"""The admin over a lender's house, visited in this process by people of several roles."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta

import httpx
import pytest
from nicegui import ui
from nicegui.functions.download import download
from nicegui.functions.navigate import Navigate
from nicegui.functions.notify import notify
from nicegui.testing import User
from nicegui.testing.general import nicegui_reset_globals

from admin_ui.app import build
from servicing.access import create_user
from servicing.actor import Role
from tests.servicing.lending import START, Lender, lender_on

PASSWORD = "correct horse battery"
TODAY = START + timedelta(days=75)


@dataclass(frozen=True)
class Admin:
    """The admin as built, its house, and a loan of 75 days ago with one of two payments made."""

    door: httpx.ASGITransport
    lender: Lender
    loan_id: str

    def client(self) -> httpx.AsyncClient:
        """A browser that nobody signed in with."""
        return httpx.AsyncClient(transport=self.door, base_url="http://admin.test")


@pytest.fixture(scope="module")
async def admin(
    module_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Admin]:
    """One admin for each file of tests; NiceGUI is put back as it was."""
    modules = dict(sys.modules)
    async with lender_on(module_database, tmp_path_factory.mktemp("home")) as lender:
        loan_id = await _book(lender)
        with nicegui_reset_globals():
            os.environ["NICEGUI_USER_SIMULATION"] = "true"
            try:
                door = build(lender.house)
                async with door.router.lifespan_context(door):
                    yield Admin(httpx.ASGITransport(door), lender, loan_id)
            finally:
                del os.environ["NICEGUI_USER_SIMULATION"]
                ui.navigate, ui.notify, ui.download = Navigate(), notify, download
    sys.modules.update(modules)


async def _book(lender: Lender) -> str:
    for role in Role:
        await create_user(
            lender.house,
            email=f"{role}@example.com",
            name=f"{role} example".title(),
            password=PASSWORD,
            roles=(role,),
        )
    loan_id = await lender.lends()
    await lender.is_paid(loan_id, "242.42", date(2026, 2, 15))
    lender.clock.set(TODAY)
    return loan_id


Arrive = Callable[..., Awaitable[User]]


@pytest.fixture
async def arrive(admin: Admin) -> AsyncIterator[Arrive]:
    """Sign in with a role and open a page."""
    clients: list[httpx.AsyncClient] = []

    async def arriving(path: str = "/", role: Role = Role.administrator) -> User:
        client = admin.client()
        clients.append(client)
        answer = await sign_in(client, role)
        assert answer.headers["location"] == "/"
        user = User(client)
        await user.open(path)
        return user

    yield arriving
    for client in clients:
        await client.aclose()


async def sign_in(client: httpx.AsyncClient, role: Role, **more: str) -> httpx.Response:
    """Send the sign-in form."""
    form = {"email": f"{role}@example.com", "password": PASSWORD, **more}
    return await client.post("/sign-in", data=form)
