"""Who is asking: staff by password and session, systems by API key.

Passwords are argon2 hashes; session tokens and keys are random and stand in the database only as
SHA-256 hashes.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from servicing.actor import Actor, Role
from servicing.errors import SignInFailed, invalid_query
from servicing.house import House
from servicing.ids import new_id
from servicing.permissions import scopes_of
from store import people, staff_rows

SESSION_HOURS: Final = 12
KEY_PREFIX: Final = "lw"
_HASHER: Final = PasswordHasher()
_NOBODY: Final = _HASHER.hash(secrets.token_urlsafe(16))
"""Checked when the email is unknown, so that both failures take the same time."""
_USED_EVERY = timedelta(minutes=1)
SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 200


async def create_user(
    house: House, *, email: str, name: str, password: str, roles: tuple[Role, ...]
) -> str:
    """A new user's id; ValueError when the email is taken."""
    user_id = new_id("user", house.clock.now())
    hashed = await asyncio.to_thread(hash_password, password)
    names = [role.value for role in roles]
    at = house.clock.now()
    if not await people.add_user(house.pool, user_id, plain_email(email), name, hashed, names, at):
        raise ValueError(f"There is already a user with the email {email}.")
    return user_id


async def set_password(house: House, email: str, password: str) -> None:
    """Replace a user's password; ValueError when there is no such user."""
    hashed = await asyncio.to_thread(hash_password, password)
    if not await people.set_password(house.pool, plain_email(email), hashed):
        raise ValueError(f"There is no user with the email {email}.")


async def sign_in(house: House, email: str, password: str) -> str:
    """A session token for the right email and password; SignInFailed otherwise.

    A one-time password opens a session until its end, in which one may choose another.
    """
    user = await people.user_by_email(house.pool, plain_email(email))
    hashed = user["password_hash"] if user else _NOBODY
    right = await _is(password, hashed)
    at = house.clock.now()
    if user is None:
        raise SignInFailed
    over = user["one_time_until"] is not None and user["one_time_until"] <= at
    if not right or over:
        await people.note_sign_in(house.pool, user["user_id"], "sign_in_failed", at)
        raise SignInFailed
    token = secrets.token_urlsafe(32)
    ends = at + timedelta(hours=SESSION_HOURS)
    await people.add_session(house.pool, secret_hash(token), user["user_id"], at, ends)
    await people.note_sign_in(house.pool, user["user_id"], "signed_in", at)
    return token


async def session(house: House, token: str) -> Actor | None:
    """Who a session token stands for; None when it is over or never was."""
    user = await people.session_user(house.pool, secret_hash(token), house.clock.now())
    if user is None:
        return None
    roles = tuple(Role(role) for role in user["roles"])
    one_time = user["one_time_until"] is not None
    return Actor(
        actor_id=user["user_id"], name=user["name"], roles=roles, one_time=one_time,
        scopes=frozenset() if one_time else scopes_of(roles),
    )  # fmt: skip


async def still_going_on(house: House, tokens: Sequence[str]) -> set[str]:
    """Which of these sessions go on: not over, not signed out, of somebody still active."""
    by_hash = {secret_hash(token): token for token in tokens}
    found = await staff_rows.sessions_going_on(house.pool, [*by_hash], house.clock.now())
    return {by_hash[each] for each in found}


async def choose_password(house: House, token: str, present: str, wanted: str) -> None:
    """Replace one's own password; every other session of the person ends.

    Raises CommandRefused when the present one is not right or the new one will not do, and
    SignInFailed when the session is over.
    """
    user = await people.session_user(house.pool, secret_hash(token), house.clock.now())
    if user is None:
        raise SignInFailed
    if not await _is(present, await staff_rows.password_of(house.pool, user["user_id"])):
        raise invalid_query("/present", "This is not your present password.", "wrong_password")
    if not SHORTEST_PASSWORD <= len(wanted) <= LONGEST_PASSWORD:
        message = f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} letters."
        raise invalid_query("/wanted", message, "invalid")
    if wanted == present:
        raise invalid_query("/wanted", "Choose another than the present one.", "invalid")
    hashed = await asyncio.to_thread(hash_password, wanted)
    at = house.clock.now()
    await staff_rows.choose_password(house.pool, user["user_id"], hashed, secret_hash(token), at)


async def sign_out(house: House, token: str) -> None:
    """End the session."""
    await people.end_session(house.pool, secret_hash(token))


async def create_api_key(
    house: House, *, name: str, scopes: frozenset[str], days: int | None = None
) -> str:
    """A new API key; it is shown this once and never again."""
    at = house.clock.now()
    key_id = new_id("key", at)
    secret = secrets.token_urlsafe(32)
    ends = at + timedelta(days=days) if days is not None else None
    await people.add_api_key(
        house.pool, key_id, secret_hash(secret), name, sorted(scopes), at, ends
    )
    return key_text(key_id, secret)


def key_text(key_id: str, secret: str) -> str:
    """A key as its holder sends it."""
    return f"{KEY_PREFIX}_{key_id.removeprefix('key_')}_{secret}"


async def actor_for_key(house: House, key: str) -> Actor | None:
    """Who an API key stands for; None when it is unknown, over or revoked."""
    prefix, _, rest = key.partition("_")
    ident, _, secret = rest.partition("_")
    if prefix != KEY_PREFIX or not secret or not key.isascii():
        return None
    found = await people.api_key(house.pool, f"key_{ident}")
    if found is None or not hmac.compare_digest(found["secret_hash"], secret_hash(secret)):
        return None
    at = house.clock.now()
    ended = found["expires_at"] is not None and found["expires_at"] <= at
    if ended or found["revoked_at"] is not None:
        return None
    used = found["last_used_at"]
    if used is None or at - used > _USED_EVERY:
        await people.touch_api_key(house.pool, found["key_id"], at)
    return Actor(actor_id=found["key_id"], name=found["name"], scopes=frozenset(found["scopes"]))


def plain_email(email: str) -> str:
    """An email as it is kept and compared."""
    return email.strip().casefold()


def hash_password(password: str) -> str:
    """What is kept of a password; slow on purpose."""
    return _HASHER.hash(password)


async def _is(password: str, hashed: str) -> bool:
    try:
        return await asyncio.to_thread(_HASHER.verify, hashed, password)
    except VerificationError:
        return False


def secret_hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
