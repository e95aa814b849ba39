"""The second person: somebody else than whoever asked, wrote or planned.

An API key acts for whoever made it, so a person and their key, or two of their keys, are one.
"""

from __future__ import annotations

from collections.abc import Iterable

from servicing.actor import Actor
from servicing.house import House
from store import people


async def is_one_of(house: House, actor: Actor, others: Iterable[str]) -> bool:
    """Whether the person behind an actor is behind one of others, given by their ids."""
    theirs = await people.persons_behind(house.pool, [*others])
    return bool(await people.persons_behind(house.pool, [actor.actor_id]) & theirs)
