"""What the office looks at: messages for the world, and how the house is set up."""

from __future__ import annotations

import pytest

from servicing import office
from servicing.errors import CommandRefused, Forbidden
from tests.servicing.lending import ANYONE, START, Lender, actor


async def test_messages_are_told_newest_first_and_those_that_wait_counted(lender: Lender) -> None:
    assert (await office.waiting(lender.house, ANYONE)).oldest_at is None
    loan_id = await lender.lends()
    first = await office.messages(lender.house, ANYONE, limit=1)
    assert first.items[0].topic == "loan.loan_disbursed" and first.items[0].loan_id == loan_id
    rest = await office.messages(lender.house, ANYONE, cursor=first.next_cursor, waiting_only=True)
    assert [each.topic for each in rest.items] == ["loan.loan_booked"] and not rest.has_more
    found = await office.waiting(lender.house, ANYONE)
    assert found.count == 2 and not found.more and found.oldest_at is not None
    with pytest.raises(CommandRefused):
        await office.messages(lender.house, ANYONE, cursor="x")
    with pytest.raises(Forbidden):
        await office.messages(lender.house, actor("loans:read"))


async def test_the_settings_say_what_day_it_is_for_whom(lender: Lender) -> None:
    found = await office.settings(lender.house, actor("loans:read"))
    assert [(each.legal_entity_id, each.business_date) for each in found.entities] == [
        ("main", START)
    ]
    assert found.products == len(lender.house.catalog.products)
    assert found.currencies and found.database and found.definitions > found.products
    with pytest.raises(Forbidden):
        await office.settings(lender.house, actor())
