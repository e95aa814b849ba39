"""The mark of a seeded demo book, so that it is made once and never in a database with loans."""

from __future__ import annotations

from servicing.house import House
from store.daily_rows import has_loans, set_setting, setting

_MARK = "demo_book"


async def is_marked(house: House) -> bool:
    """Whether the demo book was made here, or loans stand here that are not the demo's to touch."""
    state = await setting(house.pool, _MARK)
    if state == "begun":
        return False
    return state == "made" or await has_loans(house.pool)


async def begin(house: House) -> None:
    """Say that the demo book is being made; a start after a crash goes on."""
    await set_setting(house.pool, _MARK, "begun")


async def mark(house: House) -> None:
    """Say that the demo book was made."""
    await set_setting(house.pool, _MARK, "made")
