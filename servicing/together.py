"""Several pieces of work at once; a database that is away is told as such, not as a group."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from servicing.errors import Unavailable
from store.postgres import UNREACHABLE

T = TypeVar("T")
R = TypeVar("R")


async def together(items: Iterable[T], work: Callable[[T], Awaitable[R]], at_once: int) -> list[R]:
    """What the work answers for each item, in their order; the first failure ends the rest.

    Raises Unavailable when the database went away, else the first thing that was raised.
    """
    turns = asyncio.Semaphore(at_once)

    async def one(item: T) -> R:
        async with turns:
            return await work(item)

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(item)) for item in items]
    except ExceptionGroup as failures:
        if failures.subgroup((Unavailable, *UNREACHABLE)):
            raise Unavailable from failures
        raise _first(failures) from failures
    return [task.result() for task in tasks]


def _first(failures: ExceptionGroup[Exception]) -> Exception:
    first = failures.exceptions[0]
    return _first(first) if isinstance(first, ExceptionGroup) else first
