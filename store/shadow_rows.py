"""Shadow runs as rows: the candidates, how far each loan was looked at, and what differs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import asyncpg
import msgspec

_COLUMNS = (
    "shadow_id, product, version, draft_id, text, content_hash, began_on, state, why, actor, "
    "started_at"
)


class ShadowRow(msgspec.Struct, frozen=True, kw_only=True):
    """A shadow run as it stands."""

    shadow_id: str
    product: str
    version: int
    draft_id: str
    text: str
    content_hash: str
    began_on: date
    state: str
    why: str
    actor: str
    started_at: datetime


class LookedAt(NamedTuple):
    """A loan looked at on a day."""

    loan_id: str
    seq: int
    """Number of its last event."""
    next_boundary: date | None
    moved: int
    fault: str
    divergences: Sequence[tuple[str, bytes]]
    """Key and content of everything that differs."""


async def add_shadow(pool: asyncpg.Pool, row: ShadowRow) -> None:
    """Keep a shadow run that begins."""
    await pool.execute(
        f"INSERT INTO shadow_run ({_COLUMNS}, changed_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)",
        *msgspec.structs.astuple(row),
    )


async def shadow(pool: asyncpg.Pool, shadow_id: str) -> ShadowRow | None:
    """One shadow run."""
    row = await pool.fetchrow(f"SELECT {_COLUMNS} FROM shadow_run WHERE shadow_id = $1", shadow_id)
    return ShadowRow(**dict(row)) if row else None


async def shadows(pool: asyncpg.Pool, state: str | None = None) -> list[ShadowRow]:
    """Every shadow run, or those in a state, the newest first."""
    rows = await pool.fetch(
        f"SELECT {_COLUMNS} FROM shadow_run WHERE $1::text IS NULL OR state = $1 "
        "ORDER BY started_at DESC, shadow_id",
        state,
    )
    return [ShadowRow(**dict(row)) for row in rows]


async def end_shadow(
    pool: asyncpg.Pool, shadow_id: str, state: str, why: str, at: datetime
) -> bool:
    """End a run that goes on; False when it had ended."""
    done = await pool.fetchval(
        "UPDATE shadow_run SET state = $2, why = $3, changed_at = $4 "
        "WHERE shadow_id = $1 AND state = 'running' RETURNING shadow_id",
        shadow_id, state, why, at,
    )  # fmt: skip
    return done is not None


async def loans_to_look_at(pool: asyncpg.Pool, row: ShadowRow, day: date) -> list[str]:
    """Loans of the product not looked at since something happened on either side, oldest first.

    A loan closed before the run began is not in it; one that closes is looked at once more.
    """
    rows = await pool.fetch(
        "SELECT l.loan_id FROM loan AS l JOIN loan_state AS s ON s.loan_id = l.loan_id "
        "JOIN position AS p ON p.loan_id = l.loan_id AND p.known_until = 'infinity' "
        "AND p.valid_until = 'infinity' "
        "LEFT JOIN shadow_loan AS h ON h.shadow_id = $1 AND h.loan_id = l.loan_id "
        "WHERE l.product = $2 AND (p.status = 'active' OR h.loan_id IS NOT NULL) "
        "AND (h.loan_id IS NULL OR s.seq > h.seq OR h.next_boundary <= $3) "
        "ORDER BY h.next_boundary NULLS FIRST, l.loan_id",
        row.shadow_id, row.product, day,
    )  # fmt: skip
    return [found["loan_id"] for found in rows]


async def keep(
    pool: asyncpg.Pool, shadow_id: str, day: date, looked: Sequence[LookedAt]
) -> int | None:
    """Keep what a batch of loans came to; how many divergences are new, None once it was stopped.

    Runs that look at once wait for one another here, so that nothing is told twice.
    """
    async with pool.acquire() as connection, connection.transaction():
        running = await connection.fetchval(
            "SELECT state FROM shadow_run WHERE shadow_id = $1 FOR UPDATE", shadow_id
        )
        if running != "running":
            return None
        known = {
            row["loan_id"]: (row["known"], row["last"])
            for row in await connection.fetch(
                "SELECT h.loan_id, h.known, (SELECT coalesce(max(number), 0) FROM "
                "shadow_divergence AS d WHERE d.shadow_id = h.shadow_id AND d.loan_id = h.loan_id) "
                "AS last FROM shadow_loan AS h WHERE h.shadow_id = $1 AND h.loan_id = ANY($2)",
                shadow_id, [loan.loan_id for loan in looked],
            )
        }  # fmt: skip
        new: list[tuple[str, int, bytes]] = []
        for loan in looked:
            told, last = known.get(loan.loan_id, ([], 0))
            fresh = [content for key, content in loan.divergences if key not in told]
            new += [(loan.loan_id, last + n, content) for n, content in enumerate(fresh, 1)]
        await _keep_loans(connection, shadow_id, looked)
        await connection.execute(
            "INSERT INTO shadow_divergence (shadow_id, loan_id, number, found_on, divergence) "
            "SELECT $1, q.loan_id, q.number, $2, q.divergence FROM "
            "unnest($3::text[], $4::int[], $5::bytea[]) AS q (loan_id, number, divergence)",
            shadow_id, day, *([item[place] for item in new] for place in range(3)),
        )  # fmt: skip
        return len(new)


async def _keep_loans(connection: Any, shadow_id: str, looked: Sequence[LookedAt]) -> None:
    await connection.executemany(
        "INSERT INTO shadow_loan (shadow_id, loan_id, seq, next_boundary, known, moved, fault) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (shadow_id, loan_id) DO UPDATE SET "
        "seq = excluded.seq, next_boundary = excluded.next_boundary, known = excluded.known, "
        "moved = excluded.moved, fault = excluded.fault",
        [
            (shadow_id, loan.loan_id, loan.seq, loan.next_boundary,
             [key for key, _ in loan.divergences], loan.moved, loan.fault)
            for loan in looked
        ],
    )  # fmt: skip


async def add_to_day(
    pool: asyncpg.Pool, shadow_id: str, day: date, loans: int, divergences: int, waiting: int
) -> None:
    """Count what a run brought among what the day brought."""
    await pool.execute(
        "INSERT INTO shadow_day (shadow_id, day, loans, divergences, waiting) "
        "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (shadow_id, day) DO UPDATE SET "
        "loans = shadow_day.loans + excluded.loans, "
        "divergences = shadow_day.divergences + excluded.divergences, waiting = excluded.waiting",
        shadow_id, day, loans, divergences, waiting,
    )  # fmt: skip


async def days(pool: asyncpg.Pool, shadow_id: str) -> list[Any]:
    """What each day brought, the latest first."""
    rows: list[Any] = await pool.fetch(
        "SELECT day, loans, divergences, waiting FROM shadow_day WHERE shadow_id = $1 "
        "ORDER BY day DESC",
        shadow_id,
    )
    return rows


async def sums(pool: asyncpg.Pool, shadow_id: str) -> Any:
    """Loans looked at, differing, not compared, and what they would owe more and less."""
    return await pool.fetchrow(
        "SELECT count(*) AS loans, count(*) FILTER (WHERE known <> '{}') AS differing, "
        "count(*) FILTER (WHERE fault <> '') AS faults, "
        "coalesce(sum(moved) FILTER (WHERE moved > 0), 0)::bigint AS more, "
        "coalesce(-sum(moved) FILTER (WHERE moved < 0), 0)::bigint AS less "
        "FROM shadow_loan WHERE shadow_id = $1",
        shadow_id,
    )


async def divergences(
    pool: asyncpg.Pool,
    shadow_id: str,
    day: date | None,
    after: tuple[str, int],
    limit: int,
) -> list[Any]:
    """Divergences found on a day, or on any, by loan and number after a place in that order."""
    rows: list[Any] = await pool.fetch(
        "SELECT loan_id, number, found_on, divergence FROM shadow_divergence "
        "WHERE shadow_id = $1 AND ($2::date IS NULL OR found_on = $2) "
        "AND (loan_id, number) > ($3, $4) ORDER BY loan_id, number LIMIT $5",
        shadow_id, day, after[0], after[1], limit,
    )  # fmt: skip
    return rows
