"""Whether the database answers."""

from __future__ import annotations

import asyncpg

from store.postgres import UNREACHABLE

PATIENCE_SECONDS = 3


async def is_reachable(pool: asyncpg.Pool) -> bool:
    """True when the database answers before our patience ends."""
    try:
        answered = await pool.fetchval("SELECT true", timeout=PATIENCE_SECONDS)
    except (*UNREACHABLE, TimeoutError):
        return False
    return bool(answered)
