"""First answers to requests that change no loan: claimed before the work, kept with it done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import asyncpg


async def claim(
    pool: asyncpg.Pool, client: str, key: str, request_hash: bytes, at: datetime, stale: datetime
) -> Any:
    """None when the key is the caller's to work under; else what stands under it.

    What stands is request_hash, and body, which is None while another carries the request out. A
    claim without an answer from before ``stale`` is taken over: whoever made it has died.
    """
    async with pool.acquire() as connection, connection.transaction():
        made = await connection.fetchval(
            "INSERT INTO step_receipt (client, key, request_hash, recorded_at) "
            "VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING key",
            client, key, request_hash, at,
        )  # fmt: skip
        if made is not None:
            return None
        found = await connection.fetchrow(
            "SELECT request_hash, body, recorded_at FROM step_receipt "
            "WHERE client = $1 AND key = $2 FOR UPDATE",
            client, key,
        )  # fmt: skip
        ours = found is not None and found["request_hash"] == request_hash
        if ours and found["body"] is None and found["recorded_at"] < stale:
            await connection.execute(
                "UPDATE step_receipt SET recorded_at = $3 WHERE client = $1 AND key = $2",
                client, key, at,
            )  # fmt: skip
            return None
        return found


async def keep(pool: asyncpg.Pool, client: str, key: str, body: bytes) -> None:
    """Keep the answer under the key."""
    await pool.execute(
        "UPDATE step_receipt SET body = $3 WHERE client = $1 AND key = $2", client, key, body
    )


async def give_up(pool: asyncpg.Pool, client: str, key: str) -> None:
    """Let go of a key under which nothing was done."""
    await pool.execute(
        "DELETE FROM step_receipt WHERE client = $1 AND key = $2 AND body IS NULL", client, key
    )
