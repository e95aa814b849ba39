"""The pool of connections the house works with, as the role that cannot rewrite history."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar

import asyncpg
import msgspec

T = TypeVar("T")

APP_ROLE: Final = "loanwright_app"
_TRIES: Final = 5

SERIALIZATION_FAILURES: Final = (
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
)
"""SQLSTATE 40001 and 40P01: the same statement may succeed when it is sent again."""

UNREACHABLE: Final = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
)
"""What asyncpg raises when the database is not there (any more)."""


@asynccontextmanager
async def open_pool(url: str, *, size: int = 8) -> AsyncIterator[asyncpg.Pool]:
    """A pool at the url whose connections act as the application's role.

    PostgreSQL on few cores is fastest with 4 to 8 connections; more only wait for each other.
    """
    pool = await asyncpg.create_pool(
        url,
        min_size=min(2, size),
        max_size=size,
        init=_prepare,
        reset=_keep,
        statement_cache_size=200,
    )
    try:
        yield pool
    finally:
        try:
            await asyncio.wait_for(pool.close(), 5)
        except TimeoutError:
            pool.terminate()


async def _prepare(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: b"\x01" + msgspec.json.encode(value),
        decoder=lambda data: msgspec.json.decode(data[1:]),
        format="binary",
    )
    await connection.execute(f"SET ROLE {APP_ROLE}")


async def _keep(connection: Any) -> None:
    """Nothing to clean: no statement of ours leaves locks, cursors or settings behind."""


@asynccontextmanager
async def one_view(pool: asyncpg.Pool) -> AsyncIterator[Any]:
    """A connection to read from: all it answers is of one moment, whatever is written meanwhile."""
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        yield connection


async def again_when_serialization_fails(work: Callable[[], Awaitable[T]]) -> T:
    """Do the work; send it again when the database says it collided with another."""
    for attempt in range(_TRIES):
        try:
            return await work()
        except SERIALIZATION_FAILURES:
            if attempt == _TRIES - 1:
                raise
            await asyncio.sleep(0.005 * 2**attempt)
    raise AssertionError("the last try either returns or raises")
