"""API keys: how other systems get in. A key is shown once, expires, and can be revoked."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from engine.errors import Refusal
from servicing.access import key_text, secret_hash
from servicing.actor import Actor
from servicing.errors import CommandRefused, NotFound
from servicing.house import House
from servicing.ids import new_id
from servicing.permissions import SCOPES, require
from servicing.views.office import ApiKeyView
from servicing.views.view import View
from store import people, staff_rows

KEEP: Final = "admin:keys"
LONGEST_DAYS: Final = 3650


class NewApiKey(View, frozen=True, kw_only=True):
    """A key, shown this once."""

    key: ApiKeyView
    api_key: str
    """Only its hash is kept."""


async def keys(house: House, actor: Actor) -> tuple[ApiKeyView, ...]:
    """Every key, newest first, without its secret."""
    require(actor, KEEP)
    at = house.clock.now()
    return tuple(_view(row, at) for row in await people.api_keys(house.pool))


async def make(
    house: House, actor: Actor, *, name: str, scopes: frozenset[str], days: int | None
) -> NewApiKey:
    """A new key that may do what the scopes say, for so many days or until it is revoked.

    Raises Forbidden for a scope the actor does not hold, CommandRefused with all that is wrong.
    """
    require(actor, KEEP)
    name = name.strip()
    wrong = [
        Refusal(code="invalid", kind="invalid", path="/scopes", message=f"{each[:80]} {allowed}")
        for allowed in [f"is not one of: {', '.join(sorted({*SCOPES, '*'}))}"]
        for each in sorted(scopes - {*SCOPES, "*"})
    ]
    if not 0 < len(name) <= 120 or not name.isprintable():
        wrong.append(_invalid("/name", "A name has 1 to 120 letters."))
    if not scopes:
        wrong.append(_invalid("/scopes", "Choose what it may do."))
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        wrong.append(_invalid("/days", f"Days are from 1 to {LONGEST_DAYS}."))
    if wrong:
        raise CommandRefused(tuple(wrong))
    for scope in sorted(scopes):
        require(actor, scope)
    at = house.clock.now()
    key_id, secret = new_id("key", at), secrets.token_urlsafe(32)
    await staff_rows.add_key(
        house.pool, key_id, secret_hash(secret), name=name, scopes=sorted(scopes),
        actor=actor.actor_id, at=at, expires_at=at + timedelta(days=days) if days else None,
    )  # fmt: skip
    kept = await people.api_key_row(house.pool, key_id)
    return NewApiKey(key=_view(kept, at), api_key=key_text(key_id, secret))


async def revoke(house: House, actor: Actor, key_id: str) -> ApiKeyView:
    """End a key for good; whoever uses it is turned away from then on."""
    require(actor, KEEP)
    at = house.clock.now()
    if not await staff_rows.revoke_key(house.pool, key_id, actor=actor.actor_id, at=at):
        raise NotFound("API key", key_id)
    return _view(await people.api_key_row(house.pool, key_id), at)


def _view(row: Any, at: datetime) -> ApiKeyView:
    over = row["expires_at"] is not None and row["expires_at"] <= at
    state = "revoked" if row["revoked_at"] is not None else "expired" if over else "live"
    return ApiKeyView(**{**dict(row), "scopes": tuple(row["scopes"]), "state": state})


def _invalid(path: str, message: str) -> Refusal:
    return Refusal(code="invalid", kind="invalid", path=path, message=message)
