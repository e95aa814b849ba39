"""Values of indexes as kept: in the order they became known, and as known at a moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import asyncpg

from engine.values.rate import Rate
from store.index_rows import add_index_value, index_rows, index_values, loans_that_waited

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def test_a_later_value_of_a_day_stands_after_the_first(fresh_database: str) -> None:
    async with asyncpg.create_pool(fresh_database, min_size=1) as pool:
        for text in ("0.07", "0.0705"):
            await add_index_value(pool, "prime", DAY, Rate.parse(text), DAY, "user_1", NOON)
        later = NOON + timedelta(hours=1)
        await add_index_value(pool, "sofr", DAY, Rate.parse("0.04"), DAY, "user_1", later)
        known = (await index_values(pool, ["prime"]))["prime"]
        assert [value.value.text() for value in known] == ["0.07", "0.0705"]
        first = await index_values(pool, ["prime", "libor"], NOON)
        assert ([value.value.text() for value in first["prime"]], first["libor"]) == (["0.07"], ())
        assert [row["index_name"] for row in await index_rows(pool)] == ["prime", "prime", "sofr"]
        assert await loans_that_waited(pool, ["adjustable_installment"]) == []
