"""A wire between a server and its PostgreSQL that can be cut after a commit, before its answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit, urlunsplit


@dataclass
class Wire:
    """Passes everything on until what it waits for is true; then answers stay here."""

    url: str
    """Where the server finds the database: the wire's own port."""
    withheld: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once an answer has been kept back."""
    committed: Callable[[], Awaitable[bool]] | None = None
    """Looked at before each answer is passed on; nothing is passed on once it is true."""


@asynccontextmanager
async def wire_to(database_url: str) -> AsyncIterator[Wire]:
    """A wire to the database, open while the context is."""
    parts = urlsplit(database_url)
    wire = Wire(url="")
    pumps: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        database = await _reach(database_url)
        for pump in (_pass_on(reader, database[1]), _answer(database[0], writer, wire)):
            task = asyncio.create_task(pump)
            pumps.add(task)
            task.add_done_callback(pumps.discard)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    user = f"{parts.username}:{parts.password}" if parts.password else parts.username
    wire.url = urlunsplit(("postgresql", f"{user}@127.0.0.1:{port}", parts.path, "", ""))
    try:
        yield wire
    finally:
        server.close()
        for pump in list(pumps):
            pump.cancel()


async def _reach(database_url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(database_url)
    asked = parse_qs(parts.query)
    port = int(asked.get("port", [str(parts.port or 5432)])[0])
    if folder := asked.get("host", [""])[0]:
        return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{port}")
    return await asyncio.open_connection(parts.hostname, port)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while chunk := await reader.read(65536):
            writer.write(chunk)
            await writer.drain()
    writer.close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, wire: Wire) -> None:
    with suppress(ConnectionError):
        while chunk := await reader.read(65536):
            if wire.committed is not None and await wire.committed():
                wire.withheld.set()
                return  # kept back, and the connection with it, until the server is gone
            writer.write(chunk)
            await writer.drain()
    writer.close()
