"""Quotes as kept: what was asked, what was shown, until when it can be booked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import asyncpg


async def add_quote(
    pool: asyncpg.Pool,
    quote_id: str,
    product: str,
    product_version: int,
    requested: bytes,
    view: bytes,
    expires_on: date,
    actor: str,
    at: datetime,
) -> None:
    """Keep a quote as it was shown."""
    await pool.execute(
        "INSERT INTO quote (quote_id, product, product_version, requested, view, expires_on, "
        "actor, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        quote_id, product, product_version, requested, view, expires_on, actor, at,
    )  # fmt: skip


async def quote(pool: asyncpg.Pool, quote_id: str) -> Any:
    """A quote by id."""
    return await pool.fetchrow(
        "SELECT quote_id, product, product_version, requested, view, expires_on "
        "FROM quote WHERE quote_id = $1",
        quote_id,
    )
