"""Effects of drafts over the live book: how far each run is, and the loans that would move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import asyncpg


async def add_run(
    pool: asyncpg.Pool, run_id: str, draft_id: str, view: bytes, at: datetime
) -> None:
    """Keep a run that begins."""
    await pool.execute(
        "INSERT INTO effect_run (run_id, draft_id, state, view, beat_at, recorded_at) "
        "VALUES ($1, $2, 'running', $3, $4, $4)",
        run_id, draft_id, view, at,
    )  # fmt: skip


async def update_run(
    pool: asyncpg.Pool,
    run_id: str,
    state: str,
    view: bytes,
    at: datetime,
    loans: Sequence[tuple[str, int, bytes]],
) -> bool:
    """Say how far a run is, with the loans found since; False when someone cancelled it."""
    async with pool.acquire() as connection, connection.transaction():
        going_on = await connection.fetchval(
            "UPDATE effect_run SET state = $2, view = $3, beat_at = $4 "
            "WHERE run_id = $1 AND state = 'running' RETURNING run_id",
            run_id, state, view, at,
        )  # fmt: skip
        if going_on is None:
            return False
        if loans:
            await connection.execute(
                "INSERT INTO effect_loan (run_id, loan_id, moved, effect) "
                "SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::bytea[])",
                run_id, *([loan[place] for loan in loans] for place in range(3)),
            )  # fmt: skip
        return True


async def end_run(pool: asyncpg.Pool, run_id: str, state: str, at: datetime) -> bool:
    """End a run that is running; False when it had ended."""
    done = await pool.fetchval(
        "UPDATE effect_run SET state = $2, beat_at = $3 WHERE run_id = $1 AND state = 'running' "
        "RETURNING run_id",
        run_id, state, at,
    )  # fmt: skip
    return done is not None


async def run(pool: asyncpg.Pool, run_id: str) -> Any:
    """A run: state, view, beat_at; None when there is none."""
    return await pool.fetchrow(
        "SELECT run_id, draft_id, state, view, beat_at FROM effect_run WHERE run_id = $1", run_id
    )


async def last_run(pool: asyncpg.Pool, draft_id: str) -> Any:
    """The run of a draft begun last; None when there is none."""
    return await pool.fetchrow(
        "SELECT run_id, draft_id, state, view, beat_at FROM effect_run WHERE draft_id = $1 "
        "ORDER BY recorded_at DESC LIMIT 1",
        draft_id,
    )


async def loans_of(pool: asyncpg.Pool, run_id: str, after: str, limit: int) -> list[bytes]:
    """Loans that would stand otherwise by id, after one, so many at most."""
    rows = await pool.fetch(
        "SELECT effect FROM effect_loan WHERE run_id = $1 AND loan_id > $2 ORDER BY loan_id "
        "LIMIT $3",
        run_id, after, limit,
    )  # fmt: skip
    return [row["effect"] for row in rows]
