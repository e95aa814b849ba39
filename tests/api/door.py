"""The API of a house of its own, on a real database, as a client sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from api.application import Api
from app.house import open_house
from app.settings import read_settings
from servicing.access import create_api_key
from servicing.clock import SetClock
from servicing.house import House

_keys = count(1)


@dataclass(frozen=True, kw_only=True)
class Door:
    """Speaks HTTP to the API in this process; asks with a key that may do everything."""

    house: House
    clock: SetClock
    api: Api
    client: httpx.AsyncClient

    async def get(self, path: str, **more: Any) -> httpx.Response:
        """GET below /api/v1."""
        return await self.client.get(f"/api/v1{path}", **more)

    async def post(
        self, path: str, body: Any = None, *, key: str | None = "", **more: Any
    ) -> httpx.Response:
        """POST below /api/v1 with an Idempotency-Key of its own, unless one or None is given."""
        headers = dict(more.pop("headers", {}))
        if key is not None:
            headers["Idempotency-Key"] = key or f"test-{next(_keys)}"
        if body is not None:
            more["json"] = body
        return await self.client.post(f"/api/v1{path}", headers=headers, **more)

    async def with_scopes(self, *scopes: str) -> dict[str, str]:
        """Headers of a new key that carries only these scopes."""
        return {"Authorization": f"Bearer {await new_key(self.house, *scopes)}"}


async def new_key(house: House, *scopes: str) -> str:
    """A new API key."""
    return await create_api_key(house, name="test", scopes=frozenset(scopes))


@asynccontextmanager
async def held_open(database_url: str, home: Path, day: date) -> AsyncIterator[Door]:
    """A door held open by a task of its own, so that a fixture may open it in one and close it in
    another, as a server never does."""
    opened: asyncio.Future[Door] = asyncio.get_running_loop().create_future()
    over = asyncio.Event()

    async def hold() -> None:
        try:
            async with open_door(database_url, home, day) as door:
                opened.set_result(door)
                await over.wait()
        except BaseException as fault:
            if opened.done():
                raise
            opened.set_exception(fault)

    holding = asyncio.create_task(hold())
    try:
        yield await opened
    finally:
        over.set()
        await holding


@asynccontextmanager
async def open_door(database_url: str, home: Path, day: date) -> AsyncIterator[Door]:
    """A house on the database, with its clock set, and its API."""
    clock = SetClock(day)
    settings = read_settings(
        {"LOANWRIGHT_HOME": str(home), "LOANWRIGHT_DATABASE_URL": database_url}
    )
    async with open_house(settings, database_url, clock=clock) as house:
        api = Api(house)
        key = await new_key(house, "*")
        transport = httpx.ASGITransport(api, raise_app_exceptions=False)  # type: ignore[arg-type]
        async with (
            api.lifespan(),
            httpx.AsyncClient(
                transport=transport,
                base_url="http://loanwright",
                headers={"Authorization": f"Bearer {key}"},
            ) as client,
        ):
            yield Door(house=house, clock=clock, api=api, client=client)


async def lend(door: Door, **terms: Any) -> str:
    """Book a loan from a quote and disburse it today; its id."""
    borrower = await door.post("/borrowers", {"name": "Ada Quill", "email": "ada@example.com"})
    asked = {
        "amount": "18500.00",
        "note_rate": "0.0799",
        "number_of_payments": 48,
        "contract_date": str(door.clock.business_date()),
        "circumstances": {"state": "CA", "purpose": "vehicle"},
        **terms,
    }
    quote = await door.post("/quotes", {"product": "auto_simple_interest", "terms": asked})
    assert quote.status_code == 201, quote.text
    body = {
        "borrower_id": borrower.json()["borrower_id"],
        "quote_id": quote.json()["quote_id"],
    }
    booked = await door.post("/loans", body)
    assert booked.status_code == 201, booked.text
    loan_id: str = booked.json()["loan_id"]
    disbursed = await door.post(f"/loans/{loan_id}/disburse", {})
    assert disbursed.status_code == 201, disbursed.text
    return loan_id
