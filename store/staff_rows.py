"""Staff and API keys kept by an administrator: each change stands in the audit log with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import asyncpg

from store.audit_rows import add_entry

_USER: str = (
    "u.user_id, u.email, u.name, u.roles, u.active, u.recorded_at, u.one_time_until, "
    "(SELECT a.recorded_at FROM audit_log AS a WHERE a.subject = u.user_id "
    "AND a.action = 'signed_in' ORDER BY a.entry DESC LIMIT 1) AS signed_in_at"
)


async def staff(pool: asyncpg.Pool) -> list[Any]:
    """Every user with when they last signed in, by name."""
    rows: list[Any] = await pool.fetch(f"SELECT {_USER} FROM staff_user AS u ORDER BY name, 1")
    return rows


async def one_of_staff(pool: asyncpg.Pool, user_id: str) -> Any:
    """One user; None when there is none."""
    return await pool.fetchrow(f"SELECT {_USER} FROM staff_user AS u WHERE user_id = $1", user_id)


async def add_staff(
    pool: asyncpg.Pool,
    user_id: str,
    *,
    email: str,
    name: str,
    password_hash: str,
    roles: Sequence[str],
    one_time_until: datetime,
    actor: str,
    at: datetime,
) -> bool:
    """Keep a new user with a one-time password; False when the email is taken."""
    async with pool.acquire() as connection, connection.transaction():
        done = await connection.fetchval(
            "INSERT INTO staff_user (user_id, email, name, password_hash, roles, recorded_at, "
            "one_time_until) VALUES ($1, $2, $3, $4, $5, $6, $7) "
            "ON CONFLICT (email) DO NOTHING RETURNING user_id",
            user_id, email, name, password_hash, list(roles), at, one_time_until,
        )  # fmt: skip
        if done is None:
            return False
        changes = {"email": ["", email], "name": ["", name], "roles": [[], list(roles)]}
        await add_entry(connection, at, actor, "user_created", user_id, {"changes": changes})
        return True


async def change_staff(
    pool: asyncpg.Pool,
    user_id: str,
    wanted: Mapping[str, Any],
    *,
    action: str,
    actor: str,
    at: datetime,
    keeps: str,
    ends_sessions: bool,
) -> bool:
    """Change columns of a user; False where they are the last active one with the role ``keeps``.

    What did not change is not told of. The user must be there.
    """
    async with pool.acquire() as connection, connection.transaction():
        # Held until the end, so that two who deactivate each other do not both succeed.
        keepers = await connection.fetch(
            "SELECT user_id FROM staff_user WHERE active AND $1 = ANY(roles) "
            "ORDER BY user_id FOR UPDATE",
            keeps,
        )
        before = await connection.fetchrow(
            "SELECT * FROM staff_user WHERE user_id = $1 FOR UPDATE", user_id
        )
        after = {**dict(before), **wanted}
        keeps_no_more = not (after["active"] and keeps in after["roles"])
        if keeps_no_more and [row["user_id"] for row in keepers] == [user_id]:
            return False
        changes = {
            name: [before[name], value]
            for name, value in wanted.items()
            if before[name] != value and name not in {"password_hash", "one_time_until"}
        }
        places = ", ".join(f"{name} = ${number}" for number, name in enumerate(wanted, start=2))
        await connection.execute(
            f"UPDATE staff_user SET {places} WHERE user_id = $1", user_id, *wanted.values()
        )
        if ends_sessions:
            await connection.execute("DELETE FROM session WHERE user_id = $1", user_id)
        await add_entry(connection, at, actor, action, user_id, {"changes": changes})
        return True


async def choose_password(
    pool: asyncpg.Pool, user_id: str, password_hash: str, but: bytes, at: datetime
) -> None:
    """A person's own new password; every session of theirs ends but the one it was chosen in."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(
            "UPDATE staff_user SET password_hash = $2, one_time_until = NULL WHERE user_id = $1",
            user_id, password_hash,
        )  # fmt: skip
        await connection.execute(
            "DELETE FROM session WHERE user_id = $1 AND token_hash <> $2", user_id, but
        )
        await add_entry(connection, at, user_id, "password_chosen", user_id, {})


async def password_of(pool: asyncpg.Pool, user_id: str) -> str:
    """The hash of a user's password."""
    found: str = await pool.fetchval(
        "SELECT password_hash FROM staff_user WHERE user_id = $1", user_id
    )
    return found


async def sessions_going_on(
    pool: asyncpg.Pool, token_hashes: Sequence[bytes], at: datetime
) -> set[bytes]:
    """Which of these sessions still go on, of people who are active."""
    rows = await pool.fetch(
        "SELECT s.token_hash FROM session AS s JOIN staff_user AS u ON u.user_id = s.user_id "
        "WHERE s.token_hash = ANY($1) AND s.expires_at > $2 AND u.active",
        list(token_hashes), at,
    )  # fmt: skip
    return {row["token_hash"] for row in rows}


async def add_key(
    pool: asyncpg.Pool,
    key_id: str,
    secret_hash: bytes,
    *,
    name: str,
    scopes: Sequence[str],
    actor: str,
    at: datetime,
    expires_at: datetime | None,
) -> None:
    """Keep a new API key's hash and scopes."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(
            "INSERT INTO api_key (key_id, secret_hash, name, scopes, recorded_at, expires_at, "
            "made_by) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            key_id, secret_hash, name, list(scopes), at, expires_at, actor,
        )  # fmt: skip
        until = expires_at.date().isoformat() if expires_at else ""
        changes = {"name": ["", name], "scopes": [[], list(scopes)], "expires": ["", until]}
        await add_entry(connection, at, actor, "key_created", key_id, {"changes": changes})


async def revoke_key(pool: asyncpg.Pool, key_id: str, *, actor: str, at: datetime) -> bool:
    """End a key for good; False when there is no such key. Ended twice, the first time counts."""
    async with pool.acquire() as connection, connection.transaction():
        ended = await connection.fetchrow(
            "SELECT revoked_at FROM api_key WHERE key_id = $1 FOR UPDATE", key_id
        )
        if ended is None:
            return False
        if ended["revoked_at"] is None:
            await connection.execute(
                "UPDATE api_key SET revoked_at = $2 WHERE key_id = $1", key_id, at
            )
            await add_entry(connection, at, actor, "key_revoked", key_id, {})
        return True
