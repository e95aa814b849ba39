"""Bulk actions as rows: the run, its loans in order, and what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import asyncpg
import msgspec

_RUN = (
    "run_id, command, command_name, narrowed, state, total, actor, actor_name, recorded_at, beat_at"
)


class LoanOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What the command would do to a loan, did, or why it cannot."""

    place: int
    state: str
    message: str = ""
    owed_before: str = ""
    owed_after: str = ""
    seq: int = 0


async def add_run(
    pool: asyncpg.Pool,
    run_id: str,
    command: bytes,
    command_name: str,
    narrowed: dict[str, Any],
    loan_ids: Sequence[str],
    actor: tuple[str, str],
    at: datetime,
) -> None:
    """Keep a run that begins with its preview, and its loans."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(
            f"INSERT INTO bulk_run ({_RUN}) "
            "VALUES ($1, $2, $3, $4, 'previewing', $5, $6, $7, $8, $8)",
            run_id, command, command_name, narrowed, len(loan_ids), *actor, at,
        )  # fmt: skip
        await connection.execute(
            "INSERT INTO bulk_loan (run_id, place, loan_id, state) "
            "SELECT $1, place, loan_id, 'waiting' FROM unnest($2::text[]) "
            "WITH ORDINALITY AS l (loan_id, place)",
            run_id, list(loan_ids),
        )  # fmt: skip


async def run(pool: asyncpg.Pool, run_id: str) -> Any:
    """A run; None when there is none."""
    return await pool.fetchrow(f"SELECT {_RUN} FROM bulk_run WHERE run_id = $1", run_id)


async def runs(pool: asyncpg.Pool, limit: int) -> list[Any]:
    """The runs begun last."""
    rows: list[Any] = await pool.fetch(
        f"SELECT {_RUN} FROM bulk_run ORDER BY recorded_at DESC, run_id LIMIT $1", limit
    )
    return rows


async def counts(pool: asyncpg.Pool, run_ids: Sequence[str]) -> dict[tuple[str, str], int]:
    """(run, state) → loans."""
    rows = await pool.fetch(
        "SELECT run_id, state, count(*) AS loans FROM bulk_loan WHERE run_id = ANY($1) "
        "GROUP BY 1, 2",
        list(run_ids),
    )
    return {(row["run_id"], row["state"]): row["loans"] for row in rows}


async def turn(
    pool: asyncpg.Pool, run_id: str, before: Sequence[str], after: str, at: datetime
) -> bool:
    """Put a run from one of some states into another; False when it is in none of them."""
    done = await pool.fetchval(
        "UPDATE bulk_run SET state = $3, beat_at = $4 WHERE run_id = $1 AND state = ANY($2) "
        "RETURNING run_id",
        run_id, list(before), after, at,
    )  # fmt: skip
    return done is not None


async def next_loans(pool: asyncpg.Pool, run_id: str, state: str, limit: int) -> list[Any]:
    """The next loans in a state, in order: place, loan and the version that was previewed."""
    rows: list[Any] = await pool.fetch(
        "SELECT place, loan_id, seq FROM bulk_loan WHERE run_id = $1 AND state = $2 "
        "ORDER BY place LIMIT $3",
        run_id, state, limit,
    )  # fmt: skip
    return rows


async def tell(
    pool: asyncpg.Pool, run_id: str, state: str, outcomes: Sequence[LoanOutcome], at: datetime
) -> bool:
    """Keep what came of some loans; False when the run is in that state no longer."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.executemany(
            "UPDATE bulk_loan SET state = $3, message = $4, owed_before = $5, owed_after = $6, "
            "seq = $7 WHERE run_id = $1 AND place = $2",
            [(run_id, *msgspec.structs.astuple(each)) for each in outcomes],
        )
        going_on = await connection.fetchval(
            "UPDATE bulk_run SET beat_at = $3 WHERE run_id = $1 AND state = $2 RETURNING run_id",
            run_id, state, at,
        )  # fmt: skip
        return going_on is not None


async def loans_of(
    pool: asyncpg.Pool, run_id: str, after: int, limit: int, state: str = ""
) -> list[Any]:
    """Loans of a run in order after a place, with their borrowers; of one state where asked."""
    rows: list[Any] = await pool.fetch(
        "SELECT b.*, l.borrower_id FROM bulk_loan AS b JOIN loan AS l USING (loan_id) "
        "WHERE b.run_id = $1 AND b.place > $2 AND ($4 = '' OR b.state = $4) "
        "ORDER BY b.place LIMIT $3",
        run_id, after, limit, state,
    )  # fmt: skip
    return rows
