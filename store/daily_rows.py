"""What the daily run asks and writes: loans whose boundary has come, interest booked, day roots."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import asyncpg

from engine.ledger.entry import JournalEntry

DAY_ROOTS: Final = (
    "SELECT posted_on, count(*) AS events, "
    "sha256(string_agg(hash, ''::bytea ORDER BY loan_id, seq)) AS root FROM event"
)
"""The root of business dates: one hash over the hashes of their events, by loan and number."""


async def due_loans(pool: asyncpg.Pool, through: date) -> list[str]:
    """Loans on which time decides something by the end of a day, longest waiting first."""
    rows = await pool.fetch(
        "SELECT loan_id FROM position WHERE known_until = 'infinity' AND valid_until = 'infinity' "
        "AND next_boundary <= $1 AND status = 'active' ORDER BY next_boundary, loan_id",
        through,
    )
    return [row["loan_id"] for row in rows]


async def book_interest(
    pool: asyncpg.Pool,
    loan_id: str,
    seq: int,
    entries: int,
    entry: JournalEntry | None,
    accounts: dict[str, str],
    booked: int,
    through: date,
    posted_on: date,
    at: datetime,
) -> bool:
    """Post interest earned through a day; False when the loan or its books had moved."""
    postings = entry.postings if entry else ()
    done: Any = await pool.fetchval(
        """
        WITH guard AS (
            UPDATE loan_state SET entries = $4, interest_booked = $5, booked_through = $6
            WHERE loan_id = $1 AND seq = $2 AND entries = $3 RETURNING loan_id
        ), entry_row AS (
            INSERT INTO journal_entry (loan_id, entry, event_seq, effective_on, posted_on,
                                       recorded_at, title)
            SELECT loan_id, $4, 0, $6, $7, $8, $9 FROM guard WHERE $4 > $3
        ), posting_rows AS (
            INSERT INTO posting (loan_id, entry, line, role, account, amount)
            SELECT guard.loan_id, $4, q.* FROM guard,
                unnest($10::smallint[], $11::text[], $12::text[], $13::bigint[]) AS q
        )
        SELECT count(*) FROM guard
        """,
        loan_id, seq, entries, entries + bool(postings), booked, through, posted_on, at,
        entry.title if entry else "",
        list(range(len(postings))),
        [posting.role.value for posting in postings],
        [accounts[posting.role.value] for posting in postings],
        [posting.amount.minor for posting in postings],
    )  # fmt: skip
    return bool(done == 1)


async def seal_days(pool: asyncpg.Pool, before: date, at: datetime) -> None:
    """Give every business date before a day, that has none yet, the root of its events."""
    await pool.execute(
        "INSERT INTO day_root (posted_on, events, root, recorded_at) "
        f"SELECT posted_on, events, root, $2 FROM ({DAY_ROOTS} WHERE posted_on < $1 "
        "AND posted_on NOT IN (SELECT posted_on FROM day_root) GROUP BY posted_on) AS sealed "
        "ON CONFLICT DO NOTHING",
        before, at,
    )  # fmt: skip


async def setting(pool: asyncpg.Pool, name: str) -> Any:
    """A setting of the installation; None when it was never set."""
    return await pool.fetchval("SELECT value FROM setting WHERE name = $1", name)


async def set_setting(pool: asyncpg.Pool, name: str, value: Any) -> None:
    """Set a setting of the installation."""
    await pool.execute(
        "INSERT INTO setting (name, value) VALUES ($1, $2) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name, value,
    )  # fmt: skip


async def has_loans(pool: asyncpg.Pool) -> bool:
    """Whether any loan stands in the database."""
    return bool(await pool.fetchval("SELECT EXISTS (SELECT FROM loan)"))
