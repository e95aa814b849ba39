"""Drafts and their history, and the one statement that turns a draft into what is published."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import asyncpg
import msgspec

from store.definition_rows import DefinitionRow, put_definitions

_COLUMNS = (
    "draft_id, kind, name, version, text, content_hash, began_from, began_hash, state, revision, "
    "author, approved_by, recorded_at, changed_at"
)


class DraftRow(msgspec.Struct, frozen=True, kw_only=True):
    """A draft as it stands."""

    draft_id: str
    kind: str
    name: str
    version: int
    """The version it is to be; 0 for rules."""
    text: str
    content_hash: str
    began_from: str
    """The published text it began from: "personal_installment@2"; empty for a new one."""
    began_hash: str
    """SHA-256 of that text."""
    state: str
    revision: int
    """Counts every change; whoever changes the draft names the one they saw."""
    author: str
    approved_by: str = ""
    recorded_at: datetime
    changed_at: datetime


class DraftEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something done to a draft."""

    revision: int
    action: str
    actor: str
    actor_name: str
    comment: str
    content_hash: str
    recorded_at: datetime


class AlreadyPublished(Exception):
    """The version was published meanwhile, by another."""


async def add_draft(pool: asyncpg.Pool, row: DraftRow, entry: DraftEntry) -> None:
    """Keep a new draft with its first entry."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(
            f"INSERT INTO draft ({_COLUMNS}) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            *msgspec.structs.astuple(row),
        )
        await _add_entry(connection, row.draft_id, entry)


async def draft(pool: asyncpg.Pool, draft_id: str) -> DraftRow | None:
    """One draft."""
    row = await pool.fetchrow(f"SELECT {_COLUMNS} FROM draft WHERE draft_id = $1", draft_id)
    return DraftRow(**dict(row)) if row else None


async def drafts(pool: asyncpg.Pool) -> list[DraftRow]:
    """Every draft, the one changed last first."""
    rows = await pool.fetch(f"SELECT {_COLUMNS} FROM draft ORDER BY changed_at DESC, draft_id")
    return [DraftRow(**dict(row)) for row in rows]


async def draft_entries(pool: asyncpg.Pool, draft_id: str) -> list[DraftEntry]:
    """What was done to a draft, in order."""
    rows = await pool.fetch(
        "SELECT revision, action, actor, actor_name, comment, content_hash, recorded_at "
        "FROM draft_entry WHERE draft_id = $1 ORDER BY revision",
        draft_id,
    )
    return [DraftEntry(**dict(row)) for row in rows]


async def change_draft(pool: asyncpg.Pool, before: int, row: DraftRow, entry: DraftEntry) -> bool:
    """Put a draft in place of the revision before it; False when another change came first."""
    async with pool.acquire() as connection, connection.transaction():
        if not await _replace(connection, before, row):
            return False
        await _add_entry(connection, row.draft_id, entry)
        return True


async def publish_draft(
    pool: asyncpg.Pool, before: int, row: DraftRow, entry: DraftEntry, published: DefinitionRow
) -> bool:
    """Publish a draft: its text becomes a definition; False when another change came first.

    Raises AlreadyPublished when the version exists. Either way nothing is written.
    """
    async with pool.acquire() as connection, connection.transaction():
        if not await _replace(connection, before, row):
            return False
        await _add_entry(connection, row.draft_id, entry)
        if await put_definitions(connection, (published,), entry.recorded_at) != 1:
            raise AlreadyPublished
        return True


async def retire(
    pool: asyncpg.Pool,
    product: str,
    version: int,
    last_day: date,
    reason: str,
    actor: str,
    at: datetime,
) -> bool:
    """Say until when a product version is offered; False when that was said before."""
    done: Any = await pool.fetchval(
        "INSERT INTO retirement (product, version, last_day, reason, actor, recorded_at) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING version",
        product, version, last_day, reason, actor, at,
    )  # fmt: skip
    return done is not None


async def _replace(connection: Any, before: int, row: DraftRow) -> bool:
    done = await connection.fetchval(
        "UPDATE draft SET version = $3, text = $4, content_hash = $5, state = $6, revision = $7, "
        "approved_by = $8, changed_at = $9 WHERE draft_id = $1 AND revision = $2 "
        "RETURNING draft_id",
        row.draft_id, before, row.version, row.text, row.content_hash, row.state, row.revision,
        row.approved_by, row.changed_at,
    )  # fmt: skip
    return done is not None


async def _add_entry(connection: Any, draft_id: str, entry: DraftEntry) -> None:
    await connection.execute(
        "INSERT INTO draft_entry (draft_id, revision, action, actor, actor_name, comment, "
        "content_hash, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        draft_id, *msgspec.structs.astuple(entry),
    )  # fmt: skip
