"""Overrides as rows: asked for once, decided once, used once."""

from __future__ import annotations

from datetime import date, datetime

import asyncpg
import msgspec

_COLUMNS = (
    "override_id, loan_id, command, refused, reason, expires_on, requested_by, requested_name, "
    "recorded_at, state, decided_by, decided_name, decided_at, note, used_on"
)


class OverrideRow(msgspec.Struct, frozen=True, kw_only=True):
    """One request to set rules aside for one command."""

    override_id: str
    loan_id: str
    """Empty where the command makes a loan."""
    command: bytes
    """The command as JSON."""
    refused: bytes
    """The refusals it is about, as JSON."""
    reason: str
    expires_on: date
    requested_by: str
    requested_name: str
    recorded_at: datetime
    state: str
    """requested, approved, declined or used."""
    decided_by: str = ""
    decided_name: str = ""
    decided_at: datetime | None = None
    note: str = ""
    used_on: str = ""
    """Loan the command was carried out on."""


async def add_override(pool: asyncpg.Pool, row: OverrideRow) -> None:
    """Keep a new request."""
    places = ", ".join(f"${number}" for number in range(1, len(row.__struct_fields__) + 1))
    await pool.execute(
        f"INSERT INTO override ({_COLUMNS}) VALUES ({places})", *msgspec.structs.astuple(row)
    )


async def override(pool: asyncpg.Pool, override_id: str) -> OverrideRow | None:
    """One request; None when there is none."""
    row = await pool.fetchrow(
        f"SELECT {_COLUMNS} FROM override WHERE override_id = $1", override_id
    )
    return OverrideRow(**dict(row)) if row else None


async def overrides(
    pool: asyncpg.Pool, *, state: str | None, loan_id: str | None, limit: int
) -> list[OverrideRow]:
    """Requests, newest first; of one state or one loan where asked."""
    rows = await pool.fetch(
        f"SELECT {_COLUMNS} FROM override WHERE ($1::text IS NULL OR state = $1) "
        "AND ($2::text IS NULL OR loan_id = $2 OR used_on = $2) "
        "ORDER BY recorded_at DESC, override_id DESC LIMIT $3",
        state, loan_id, limit,
    )  # fmt: skip
    return [OverrideRow(**dict(row)) for row in rows]


async def decide_override(
    pool: asyncpg.Pool,
    override_id: str,
    state: str,
    *,
    by: str,
    name: str,
    at: datetime,
    note: str,
) -> bool:
    """Approve or decline what is still asked for; False where another decided first."""
    done = await pool.execute(
        "UPDATE override SET state = $2, decided_by = $3, decided_name = $4, decided_at = $5, "
        "note = $6 WHERE override_id = $1 AND state = 'requested'",
        override_id, state, by, name, at, note,
    )  # fmt: skip
    return bool(done.endswith(" 1"))


async def override_used(pool: asyncpg.Pool, override_id: str, loan_id: str) -> None:
    """Note where it was used. That it is used once is held by its key among the receipts."""
    await pool.execute(
        "UPDATE override SET state = 'used', used_on = $2 "
        "WHERE override_id = $1 AND state = 'approved'",
        override_id, loan_id,
    )  # fmt: skip
