"""Published definitions as rows: the text of each with its hash, which is the truth at run time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import asyncpg
import msgspec


class DefinitionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One definition as published."""

    kind: str
    """product, rule, coverage, waterfall, calendar, chart_of_accounts."""
    name: str
    version: int
    """0 for rules and their register, whose values carry their own dates."""
    file: str
    """Path under products/ or rules/."""
    content_hash: str
    text: str
    published_by: str = ""
    """Who published it; empty when it came with the folders."""
    approved_by: str = ""


async def definition_rows(pool: asyncpg.Pool) -> dict[tuple[str, str, int], DefinitionRow]:
    """Every published definition by kind, name and version."""
    rows = await pool.fetch(
        "SELECT kind, name, version, file, content_hash, text, published_by, approved_by "
        "FROM definition "
        "ORDER BY kind, name, version"
    )
    found = [DefinitionRow(**dict(row)) for row in rows]
    return {(row.kind, row.name, row.version): row for row in found}


async def definition_row(
    pool: asyncpg.Pool, kind: str, name: str, version: int
) -> DefinitionRow | None:
    """One published definition."""
    row = await pool.fetchrow(
        "SELECT kind, name, version, file, content_hash, text, published_by, approved_by "
        "FROM definition "
        "WHERE kind = $1 AND name = $2 AND version = $3",
        kind, name, version,
    )  # fmt: skip
    return DefinitionRow(**dict(row)) if row else None


async def save_definitions(pool: asyncpg.Pool, rows: Sequence[DefinitionRow], at: datetime) -> None:
    """Publish definitions, all or none; a rule published before takes its new text."""
    async with pool.acquire() as connection, connection.transaction():
        await put_definitions(connection, rows, at)


async def put_definitions(connection: Any, rows: Sequence[DefinitionRow], at: datetime) -> int:
    """How many of the rows are published now: a version published before keeps its text.

    A rule takes its new text, and the one it had is kept as past. Needs a transaction.
    """
    await connection.execute(
        "INSERT INTO definition_past (kind, name, version, recorded_at, replaced_at, "
        "content_hash, text) SELECT kind, name, version, recorded_at, $2, content_hash, text "
        "FROM definition WHERE kind IN ('rule', 'coverage') AND name = ANY($1) FOR UPDATE",
        [row.name for row in rows if row.kind in ("rule", "coverage")], at,
    )  # fmt: skip
    done = await connection.fetch(
        "INSERT INTO definition (kind, name, version, file, content_hash, text, recorded_at, "
        "published_by, approved_by) SELECT d.kind, d.name, d.version, d.file, d.content_hash, "
        "d.text, $9, d.published_by, d.approved_by FROM unnest($1::text[], $2::text[], $3::int[], "
        "$4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) AS d (kind, name, version, "
        "file, content_hash, text, published_by, approved_by) "
        "ON CONFLICT (kind, name, version) DO UPDATE SET file = excluded.file, "
        "content_hash = excluded.content_hash, text = excluded.text, "
        "recorded_at = excluded.recorded_at, published_by = excluded.published_by, "
        "approved_by = excluded.approved_by "
        "WHERE definition.kind IN ('rule', 'coverage') RETURNING name",
        *([getattr(row, name) for row in rows] for name in DefinitionRow.__struct_fields__),
        at,
    )
    return len(done)


class Standing(NamedTuple):
    """What everything published amounts to; it differs as soon as anything more is published."""

    definitions: int
    published_at: datetime | None
    retirements: int


async def standing(pool: asyncpg.Pool) -> Standing:
    """What is published now."""
    row = await pool.fetchrow(
        "SELECT count(*) AS definitions, max(recorded_at) AS published_at, "
        "(SELECT count(*) FROM retirement) AS retirements FROM definition"
    )
    return Standing(*row)


async def retirements(pool: asyncpg.Pool) -> dict[str, date]:
    """Reference of a product version → the last day it is offered."""
    rows = await pool.fetch("SELECT product, version, last_day FROM retirement")
    return {f"{row['product']}@{row['version']}": row["last_day"] for row in rows}


async def past_texts(pool: asyncpg.Pool, kind: str, name: str) -> list[Any]:
    """Texts a rule had before, the latest first."""
    rows: list[Any] = await pool.fetch(
        "SELECT content_hash, text, recorded_at, replaced_at FROM definition_past "
        "WHERE kind = $1 AND name = $2 ORDER BY replaced_at DESC",
        kind, name,
    )  # fmt: skip
    return rows


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
