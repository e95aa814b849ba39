"""API keys made, listed and revoked by whoever may keep them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from servicing import access, audit, keys
from servicing.errors import CommandRefused, Forbidden, NotFound
from tests.servicing.lending import ANYONE, START, Lender, actor


async def test_a_key_is_told_once_and_listed_with_its_use(lender: Lender) -> None:
    house = lender.house
    made = await keys.make(
        house, ANYONE, name="Gateway", scopes=frozenset({"payments:write"}), days=30
    )
    (before,) = await keys.keys(house, ANYONE)
    assert before.last_used_at is None and before.state == "live"
    assert made.api_key not in str(before)
    assert await access.actor_for_key(house, made.api_key) is not None
    (used,) = await keys.keys(house, ANYONE)
    assert used.last_used_at is not None
    lender.clock.set(START + timedelta(days=31))
    assert [key.state for key in await keys.keys(house, ANYONE)] == ["expired"]


async def test_a_revoked_key_stays_revoked_since_the_first_time(lender: Lender) -> None:
    house = lender.house
    made = await keys.make(house, ANYONE, name="G", scopes=frozenset({"*"}), days=None)
    first = await keys.revoke(house, ANYONE, made.key.key_id)
    assert await access.actor_for_key(house, made.api_key) is None
    assert (await keys.revoke(house, ANYONE, made.key.key_id)).revoked_at == first.revoked_at
    page = await audit.entries(house, ANYONE, subject=made.key.key_id)
    assert [each.action for each in page.items] == ["key_revoked", "key_created"]
    with pytest.raises(NotFound):
        await keys.revoke(house, ANYONE, "key_none")


async def test_what_is_wrong_with_a_key_is_told_all_at_once(lender: Lender) -> None:
    with pytest.raises(CommandRefused) as refused:
        await keys.make(lender.house, ANYONE, name="", scopes=frozenset({"loans:eat"}), days=0)
    assert [each.path for each in refused.value.refusals] == ["/scopes", "/name", "/days"]
    with pytest.raises(CommandRefused):
        await keys.make(lender.house, ANYONE, name="x", scopes=frozenset(), days=None)


async def test_nobody_makes_a_key_that_may_more(lender: Lender) -> None:
    keeper = actor("admin:keys", "loans:read")
    with pytest.raises(Forbidden):
        await keys.make(lender.house, keeper, name="x", scopes=frozenset({"fees:write"}), days=None)
    with pytest.raises(Forbidden):
        await keys.keys(lender.house, actor("loans:read"))
