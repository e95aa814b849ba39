"""One application sends /api to the API, everything else to the admin, and opens them in order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from app.asgi import OneProcess
from app.house import open_house
from app.settings import read_settings
from servicing.house import House


async def lifespan(application: OneProcess) -> tuple[list[dict[str, Any]], BaseException | None]:
    """Start an application and end it at once; what it said."""
    said: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "lifespan.shutdown" if said else "lifespan.startup"}

    async def send(message: Any) -> None:
        said.append(dict(message))

    try:
        await application({"type": "lifespan"}, receive, send)
    except RuntimeError as fault:
        return said, fault
    return said, None


async def test_the_house_is_prepared_before_any_door_opens(
    fresh_database: str, tmp_path: Any
) -> None:
    order: list[str] = []

    @asynccontextmanager
    async def house() -> AsyncIterator[House]:
        settings = read_settings({"LOANWRIGHT_HOME": str(tmp_path)})
        async with open_house(settings, fresh_database) as opened:
            order.append("opened")
            yield opened
        order.append("closed")

    async def prepare(_: House) -> None:
        order.append("prepared")

    application = OneProcess(house, prepare=prepare, with_admin=False)
    said, fault = await lifespan(application)
    assert fault is None
    assert [message["type"] for message in said] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]
    assert order == ["opened", "prepared", "closed"]


async def test_a_house_that_cannot_open_says_why() -> None:
    @asynccontextmanager
    async def locked() -> AsyncIterator[House]:
        raise RuntimeError("the key is lost")
        yield

    said, fault = await lifespan(OneProcess(locked))
    assert said == [{"type": "lifespan.startup.failed", "message": "the key is lost"}]
    assert str(fault) == "the key is lost"


async def test_a_request_before_the_start_is_a_bug() -> None:
    async def never(*_: Any) -> Any:
        raise AssertionError("nothing is opened")

    with pytest.raises(AssertionError, match="after startup"):
        await OneProcess(never)({"type": "http", "path": "/"}, never, never)
