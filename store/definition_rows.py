"""Published definitions as rows: the text of each with its hash, which is the truth at run time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import asyncpg
import msgspec


class DefinitionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One definition as published."""

    kind: str
    """product, rule, waterfall, calendar, chart_of_accounts."""
    name: str
    version: int
    """0 for rules, whose values carry their own dates."""
    file: str
    """Path under products/ or rules/."""
    content_hash: str
    text: str


async def definition_rows(pool: asyncpg.Pool) -> dict[tuple[str, str, int], DefinitionRow]:
    """Every published definition by kind, name and version."""
    rows = await pool.fetch(
        "SELECT kind, name, version, file, content_hash, text FROM definition "
        "ORDER BY kind, name, version"
    )
    found = [DefinitionRow(**dict(row)) for row in rows]
    return {(row.kind, row.name, row.version): row for row in found}


async def definition_row(
    pool: asyncpg.Pool, kind: str, name: str, version: int
) -> DefinitionRow | None:
    """One published definition."""
    row = await pool.fetchrow(
        "SELECT kind, name, version, file, content_hash, text FROM definition "
        "WHERE kind = $1 AND name = $2 AND version = $3",
        kind, name, version,
    )  # fmt: skip
    return DefinitionRow(**dict(row)) if row else None


async def save_definitions(pool: asyncpg.Pool, rows: Sequence[DefinitionRow], at: datetime) -> None:
    """Publish definitions, all or none; a rule published before takes its new text."""
    await pool.execute(
        "INSERT INTO definition (kind, name, version, file, content_hash, text, recorded_at) "
        "SELECT d.*, $7 FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], "
        "$6::text[]) AS d "
        "ON CONFLICT (kind, name, version) DO UPDATE SET file = excluded.file, "
        "content_hash = excluded.content_hash, text = excluded.text, "
        "recorded_at = excluded.recorded_at WHERE definition.kind = 'rule'",
        [row.kind for row in rows],
        [row.name for row in rows],
        [row.version for row in rows],
        [row.file for row in rows],
        [row.content_hash for row in rows],
        [row.text for row in rows],
        at,
    )


async def last_contracts(pool: asyncpg.Pool) -> dict[str, date]:
    """Product → the latest contract date of its loans."""
    rows = await pool.fetch("SELECT product, max(contract_date) AS day FROM loan GROUP BY 1")
    return {row["product"]: row["day"] for row in rows}


async def loans_by_version(pool: asyncpg.Pool) -> dict[tuple[str, int], int]:
    """How many loans each product version has."""
    rows = await pool.fetch(
        "SELECT product, product_version, count(*) AS loans FROM loan GROUP BY 1, 2"
    )
    return {(row["product"], row["product_version"]): row["loans"] for row in rows}
