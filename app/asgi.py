"""One process, one port: /api goes to Litestar, everything else to the admin.

Not Litestar with the admin mounted inside: redirects and assets of the admin would lose the prefix.
The admin keeps the state of its pages in this process, so a process with it has one worker.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any

from api.application import Api
from servicing import daily_run
from servicing.house import House
from servicing.publishing import publish

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Any, Any, Any], Awaitable[None]]
OpenHouse = Callable[[], AbstractAsyncContextManager[House]]
Prepare = Callable[[House], Awaitable[None]]

LOG = logging.getLogger("loanwright")


class OneProcess:
    """The ASGI application of ``serve``: opens the house, then its doors, when it starts."""

    def __init__(
        self,
        open_house: OpenHouse,
        *,
        prepare: Prepare | None = None,
        with_admin: bool = True,
        with_daily_run: bool = True,
    ) -> None:
        """``prepare`` is awaited with the house before any door opens; the demo seeds there."""
        self._open_house = open_house
        self._prepare = prepare
        self._with_admin = with_admin
        self._with_daily_run = with_daily_run
        self._api: ASGIApp | None = None
        self._rest: ASGIApp | None = None

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        assert self._api is not None and self._rest is not None, "requests come after startup"
        path: str = scope["path"]
        door = self._api if path == "/api" or path.startswith("/api/") else self._rest
        await door(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        async with AsyncExitStack() as stack:
            try:
                await self._open(stack)
            except BaseException as fault:
                await send({"type": "lifespan.startup.failed", "message": str(fault)})
                raise
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def _open(self, stack: AsyncExitStack) -> None:
        house = await stack.enter_async_context(self._open_house())
        if self._prepare is not None:
            await self._prepare(house)
        api = Api(house)
        await stack.enter_async_context(api.lifespan())
        self._api = api
        self._rest = await _admin(house, stack) if self._with_admin else _to_the_docs
        await stack.enter_async_context(_beside(publish.keep_current(house), "publications"))
        if self._with_daily_run:
            await stack.enter_async_context(_beside(daily_run.keep_up(house), "daily run"))


async def _admin(house: House, stack: AsyncExitStack) -> ASGIApp:
    from admin_ui.app import build  # noqa: PLC0415  NiceGUI is slow to import: only where served

    admin = build(house)
    await stack.enter_async_context(admin.router.lifespan_context(admin))
    return admin


@asynccontextmanager
async def _beside(work: Coroutine[Any, Any, None], name: str) -> Any:
    """Work that goes on beside the doors; when it dies, the log says so."""
    running = asyncio.create_task(work, name=name)
    running.add_done_callback(_say_why_it_ended)
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def _say_why_it_ended(running: asyncio.Task[Any]) -> None:
    if not running.cancelled() and (fault := running.exception()) is not None:
        LOG.error("The work beside the doors ended: %s", running.get_name(), exc_info=fault)


async def _to_the_docs(scope: Any, receive: Receive, send: Send) -> None:
    """What stands in for the admin where only the API is served: the way to its docs."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1000})
        return
    headers = [(b"location", b"/api/docs"), (b"content-length", b"0")]
    status = 307 if scope["path"] == "/" else 404
    await send(
        {"type": "http.response.start", "status": status, "headers": headers[status == 404 :]}
    )
    await send({"type": "http.response.body", "body": b""})
