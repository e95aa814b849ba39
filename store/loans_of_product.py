"""Which loans of a product are in the live book, and how many each version has."""

from __future__ import annotations

import asyncpg


async def loans_of_product(pool: asyncpg.Pool, product: str) -> list[str]:
    """Ids of a product's loans with money out or owed, by id."""
    rows = await pool.fetch(
        "SELECT l.loan_id FROM loan AS l JOIN position AS p ON p.loan_id = l.loan_id "
        "AND p.known_until = 'infinity' AND p.valid_until = 'infinity' "
        "WHERE l.product = $1 AND p.status = 'active' ORDER BY 1",
        product,
    )
    return [row["loan_id"] for row in rows]


async def live_by_version(pool: asyncpg.Pool) -> dict[tuple[str, int], int]:
    """How many loans with money out or owed are pinned to each product version."""
    rows = await pool.fetch(
        "SELECT l.product, l.product_version, count(*) AS loans FROM loan AS l "
        "JOIN position AS p ON p.loan_id = l.loan_id AND p.known_until = 'infinity' "
        "AND p.valid_until = 'infinity' WHERE p.status = 'active' GROUP BY 1, 2"
    )
    return {(row["product"], row["product_version"]): row["loans"] for row in rows}
