"""Borrowers, staff, sessions and API keys: the statements that keep and find them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import asyncpg

from store.audit_rows import add_entry


async def add_borrower(
    pool: asyncpg.Pool, borrower_id: str, sealed: bytes, search: Sequence[str], at: datetime
) -> None:
    """Keep a borrower, encrypted."""
    await pool.execute(
        "INSERT INTO borrower (borrower_id, sealed, search, recorded_at) VALUES ($1, $2, $3, $4)",
        borrower_id, sealed, list(search), at,
    )  # fmt: skip


async def borrowers(pool: asyncpg.Pool, borrower_ids: Sequence[str]) -> dict[str, bytes]:
    """Sealed data of borrowers by id; unknown ids are left out."""
    rows = await pool.fetch(
        "SELECT borrower_id, sealed FROM borrower WHERE borrower_id = ANY($1)", list(borrower_ids)
    )
    return {row["borrower_id"]: row["sealed"] for row in rows}


async def add_user(
    pool: asyncpg.Pool,
    user_id: str,
    email: str,
    name: str,
    password_hash: str,
    roles: Sequence[str],
    at: datetime,
) -> bool:
    """Keep a user; False when the email is taken."""
    done = await pool.fetchval(
        "INSERT INTO staff_user (user_id, email, name, password_hash, roles, recorded_at) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (email) DO NOTHING RETURNING user_id",
        user_id, email, name, password_hash, list(roles), at,
    )  # fmt: skip
    return done is not None


async def set_password(pool: asyncpg.Pool, email: str, password_hash: str) -> bool:
    """Replace a user's password; False when there is no such user."""
    done: Any = await pool.fetchval(
        "UPDATE staff_user SET password_hash = $2 WHERE email = $1 RETURNING user_id",
        email, password_hash,
    )  # fmt: skip
    return done is not None


async def user_by_email(pool: asyncpg.Pool, email: str) -> Any:
    """An active user by email."""
    return await pool.fetchrow(
        "SELECT user_id, name, password_hash, roles, one_time_until FROM staff_user "
        "WHERE email = $1 AND active",
        email,
    )


async def add_session(
    pool: asyncpg.Pool, token_hash: bytes, user_id: str, at: datetime, expires_at: datetime
) -> None:
    """Begin a session; sessions that are over are swept."""
    await pool.execute("DELETE FROM session WHERE expires_at < $1", at)
    await pool.execute(
        "INSERT INTO session (token_hash, user_id, recorded_at, expires_at) "
        "VALUES ($1, $2, $3, $4)",
        token_hash, user_id, at, expires_at,
    )  # fmt: skip


async def note_sign_in(pool: asyncpg.Pool, user_id: str, action: str, at: datetime) -> None:
    """Write down that somebody signed in, or tried to."""
    await add_entry(pool, at, user_id, action, user_id, {})


async def session_user(pool: asyncpg.Pool, token_hash: bytes, at: datetime) -> Any:
    """The active user of a session that is not over."""
    return await pool.fetchrow(
        "SELECT u.user_id, u.name, u.roles, u.one_time_until FROM session AS s "
        "JOIN staff_user AS u ON u.user_id = s.user_id AND u.active "
        "WHERE s.token_hash = $1 AND s.expires_at > $2",
        token_hash, at,
    )  # fmt: skip


async def end_session(pool: asyncpg.Pool, token_hash: bytes) -> None:
    """Sign out."""
    await pool.execute("DELETE FROM session WHERE token_hash = $1", token_hash)


async def add_api_key(
    pool: asyncpg.Pool,
    key_id: str,
    secret_hash: bytes,
    name: str,
    scopes: Sequence[str],
    at: datetime,
    expires_at: datetime | None,
) -> None:
    """Keep an API key's hash and scopes."""
    await pool.execute(
        "INSERT INTO api_key (key_id, secret_hash, name, scopes, recorded_at, expires_at) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        key_id, secret_hash, name, list(scopes), at, expires_at,
    )  # fmt: skip


async def api_key(pool: asyncpg.Pool, key_id: str) -> Any:
    """An API key by id."""
    return await pool.fetchrow(
        "SELECT key_id, secret_hash, name, scopes, expires_at, revoked_at, last_used_at "
        "FROM api_key WHERE key_id = $1",
        key_id,
    )


async def touch_api_key(pool: asyncpg.Pool, key_id: str, at: datetime) -> None:
    """Note that a key was used."""
    await pool.execute("UPDATE api_key SET last_used_at = $2 WHERE key_id = $1", key_id, at)


_KEY = "key_id, name, scopes, recorded_at, expires_at, revoked_at, last_used_at"


async def api_keys(pool: asyncpg.Pool) -> list[Any]:
    """Every API key, newest first, without its secret."""
    rows: list[Any] = await pool.fetch(f"SELECT {_KEY} FROM api_key ORDER BY recorded_at DESC")
    return rows


async def api_key_row(pool: asyncpg.Pool, key_id: str) -> Any:
    """One API key without its secret; None when there is none."""
    return await pool.fetchrow(f"SELECT {_KEY} FROM api_key WHERE key_id = $1", key_id)


async def persons_behind(pool: asyncpg.Pool, actors: Sequence[str]) -> set[str]:
    """Who stands behind these actors: of a key whoever made it, and so on to a person."""
    rows = await pool.fetch(
        "WITH RECURSIVE behind(actor) AS (SELECT unnest($1::text[]) UNION "
        "SELECT k.made_by FROM behind AS b JOIN api_key AS k ON k.key_id = b.actor "
        "WHERE k.made_by <> '') "
        "SELECT b.actor FROM behind AS b WHERE NOT EXISTS "
        "(SELECT FROM api_key AS k WHERE k.key_id = b.actor AND k.made_by <> '')",
        list(actors),
    )
    return {row["actor"] for row in rows}
