"""The API behind a real socket, in a thread of this process with a loop of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import uvicorn

from tests.api.door import lend, open_door

TODAY = date(2025, 1, 10)


@dataclass
class Served:
    """Where the API answers, a key that may do everything, and a loan to try it on."""

    address: str = ""
    loan_id: str = ""
    headers: dict[str, str] | None = None


@contextmanager
def serving_in_a_thread(database_url: str, home: Path) -> Iterator[Served]:
    """Serve the API while the context is."""
    served, ready, over = Served(), threading.Event(), threading.Event()
    failed: list[BaseException] = []

    async def serve() -> None:
        async with open_door(database_url, home, TODAY) as door:
            config = uvicorn.Config(door.api, port=0, lifespan="off", log_level="error")
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve())
            while not server.started:
                await asyncio.sleep(0.01)
            port = server.servers[0].sockets[0].getsockname()[1]
            served.address = f"http://127.0.0.1:{port}"
            served.headers = {"Authorization": door.client.headers["Authorization"]}
            served.loan_id = await lend(door)
            ready.set()
            await asyncio.to_thread(over.wait)
            server.should_exit = True
            await serving

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as fault:
            failed.append(fault)
        finally:
            ready.set()

    thread = threading.Thread(target=run, name="api")
    thread.start()
    ready.wait()
    try:
        if failed:
            raise failed[0]
        yield served
    finally:
        over.set()
        thread.join(20)
