"""The house as a command opens it: database, catalog and servicing, closed again at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from app.database import running_database
from app.house import open_house
from app.settings import Settings, read_settings
from servicing.access import actor_for_key
from servicing.actor import Actor
from servicing.house import House

T = TypeVar("T")

COMMAND_LINE = Actor(actor_id="automation:command_line", name="Command line", scopes=frozenset("*"))
"""Whoever may open the database and the keys of the house may do everything."""


def in_house(
    work: Callable[[House], Awaitable[T]], settings: Settings | None = None, *, publish: bool = True
) -> T:
    """What the work answers, done inside an open house.

    Without ``publish`` the house opens on what is published already, whatever the folders hold.
    """
    settings = settings or read_settings()

    async def opened(url: str) -> T:
        async with open_house(settings, url, publish=publish) as house:
            return await work(house)

    with running_database(settings) as url:
        return asyncio.run(opened(url))


with_key = click.option(
    "--key", envvar="LOANWRIGHT_KEY", default="", help="API key of who acts; else the command line."
)
"""The option that says who acts."""


async def acting(house: House, key: str) -> Actor:
    """Whose API key it is; the command line itself without one."""
    if not key:
        return COMMAND_LINE
    actor = await actor_for_key(house, key)
    if actor is None:
        raise click.BadParameter("The API key is unknown, over or revoked.", param_hint="--key")
    return actor
