"""Who is asking: staff by password and session, systems by API key.

Passwords are argon2 hashes; session tokens and keys are random and stand in the database only as
SHA-256 hashes.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from servicing.actor import Actor, Role
from servicing.errors import SignInFailed
from servicing.house import House
from servicing.ids import new_id
from servicing.permissions import scopes_of
from store import people

SESSION_HOURS: Final = 12
KEY_PREFIX: Final = "lw"
_HASHER: Final = PasswordHasher()
_NOBODY: Final = _HASHER.hash(secrets.token_urlsafe(16))
"""Checked when the email is unknown, so that both failures take the same time."""
_USED_EVERY = timedelta(minutes=1)


async def create_user(
    house: House, *, email: str, name: str, password: str, roles: tuple[Role, ...]
) -> str:
    """A new user's id; ValueError when the email is taken."""
    user_id = new_id("user", house.clock.now())
    hashed = await asyncio.to_thread(_HASHER.hash, password)
    names = [role.value for role in roles]
    at = house.clock.now()
    if not await people.add_user(house.pool, user_id, _plain(email), name, hashed, names, at):
        raise ValueError(f"There is already a user with the email {email}.")
    return user_id


async def set_password(house: House, email: str, password: str) -> None:
    """Replace a user's password; ValueError when there is no such user."""
    hashed = await asyncio.to_thread(_HASHER.hash, password)
    if not await people.set_password(house.pool, _plain(email), hashed):
        raise ValueError(f"There is no user with the email {email}.")


async def sign_in(house: House, email: str, password: str) -> str:
    """A session token for the right email and password; SignInFailed otherwise."""
    user = await people.user_by_email(house.pool, _plain(email))
    hashed = user["password_hash"] if user else _NOBODY
    try:
        await asyncio.to_thread(_HASHER.verify, hashed, password)
    except VerificationError:
        raise SignInFailed from None
    if user is None:
        raise SignInFailed
    token = secrets.token_urlsafe(32)
    at = house.clock.now()
    ends = at + timedelta(hours=SESSION_HOURS)
    await people.add_session(house.pool, _hash(token), user["user_id"], at, ends)
    return token


async def session(house: House, token: str) -> Actor | None:
    """Who a session token stands for; None when it is over or never was."""
    user = await people.session_user(house.pool, _hash(token), house.clock.now())
    if user is None:
        return None
    roles = tuple(Role(role) for role in user["roles"])
    return Actor(actor_id=user["user_id"], name=user["name"], scopes=scopes_of(roles), roles=roles)


async def sign_out(house: House, token: str) -> None:
    """End the session."""
    await people.end_session(house.pool, _hash(token))


async def create_api_key(
    house: House, *, name: str, scopes: frozenset[str], days: int | None = None
) -> str:
    """A new API key; it is shown this once and never again."""
    at = house.clock.now()
    key_id = new_id("key", at)
    secret = secrets.token_urlsafe(32)
    ends = at + timedelta(days=days) if days is not None else None
    await people.add_api_key(house.pool, key_id, _hash(secret), name, sorted(scopes), at, ends)
    return f"{KEY_PREFIX}_{key_id.removeprefix('key_')}_{secret}"


async def actor_for_key(house: House, key: str) -> Actor | None:
    """Who an API key stands for; None when it is unknown, over or revoked."""
    prefix, _, rest = key.partition("_")
    ident, _, secret = rest.partition("_")
    if prefix != KEY_PREFIX or not secret or not key.isascii():
        return None
    found = await people.api_key(house.pool, f"key_{ident}")
    if found is None or not hmac.compare_digest(found["secret_hash"], _hash(secret)):
        return None
    at = house.clock.now()
    ended = found["expires_at"] is not None and found["expires_at"] <= at
    if ended or found["revoked_at"] is not None:
        return None
    used = found["last_used_at"]
    if used is None or at - used > _USED_EVERY:
        await people.touch_api_key(house.pool, found["key_id"], at)
    return Actor(actor_id=found["key_id"], name=found["name"], scopes=frozenset(found["scopes"]))


def _plain(email: str) -> str:
    return email.strip().casefold()


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
