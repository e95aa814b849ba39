"""A request that changes no loan carried out once, however often it is sent under one key.

The key is claimed before the work and the answer kept after it, so of two that come at once one
works. What is refused leaves nothing, and the same request may be sent again under the same key.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from servicing.actor import Actor
from servicing.errors import IdempotencyConflict, InFlight
from servicing.house import House
from store import step_receipts

_DEAD: Final = timedelta(minutes=10)
"""A claim without an answer for so long was made by a process that has died."""


async def once(
    house: House,
    actor: Actor,
    key: str,
    request_hash: bytes,
    work: Callable[[], Awaitable[bytes]],
) -> tuple[bytes, bool]:
    """The answer to a request and whether it was given before.

    Raises IdempotencyConflict where the key was used for another request, InFlight while the same
    one is being carried out; whatever the work raises is raised, and nothing kept.
    """
    at = house.clock.now()
    client = actor.actor_id
    found = await step_receipts.claim(house.pool, client, key, request_hash, at, at - _DEAD)
    if found is not None:
        if found["request_hash"] != request_hash:
            raise IdempotencyConflict("", key)
        if found["body"] is None:
            raise InFlight
        return found["body"], True
    try:
        body = await work()
    except BaseException:
        await step_receipts.give_up(house.pool, client, key)
        raise
    await step_receipts.keep(house.pool, client, key, body)
    return body, False
