"""Rate indexes on PostgreSQL: values published, resets that wait for them, what was known when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from servicing import daily_run, indexes, reads
from servicing.errors import CommandRefused, Forbidden, NotFound
from servicing.index_book import index_followed, indexes_followed
from servicing.standing import standing
from servicing.verification import verify
from tests.servicing.lending import ANYONE, START, Lender, actor

ARM = {"note_rate": "0.0799", "number_of_payments": 36, "amount": "10000.00"}
RESET = date(2027, 1, 15)


async def published(lender: Lender, on: date, value: str, value_on: date | None = None) -> None:
    lender.clock.set(on)
    await indexes.publish(lender.house, ANYONE, "us_prime", value_on or on, value)


async def an_adjustable_loan(lender: Lender) -> str:
    await published(lender, date(2025, 12, 20), "0.0675")
    return await lender.lends("adjustable_installment", **ARM)


async def test_no_loan_is_lent_before_the_index_is_published(lender: Lender) -> None:
    with pytest.raises(CommandRefused) as refused:
        await lender.lends("adjustable_installment", **ARM)
    assert refused.value.refusals[0].code == "index_value_missing"


async def test_a_value_on_time_is_adopted_by_the_daily_run(lender: Lender) -> None:
    loan = await an_adjustable_loan(lender)
    await published(lender, date(2026, 12, 20), "0.0625")
    lender.clock.set(RESET)
    await daily_run.run(lender.house)
    view = await reads.loan(lender.house, ANYONE, loan)
    assert view.rate_in_force == "0.095"
    assert (await verify(lender.house)).problems == ()


async def test_a_reset_waits_and_is_decided_when_its_value_is_published(lender: Lender) -> None:
    late, on_time = (
        await an_adjustable_loan(lender),
        await lender.lends("adjustable_installment", **ARM),
    )
    lender.clock.set(RESET + timedelta(days=40))
    await daily_run.run(lender.house)
    before = await standing(lender.house, late)
    assert before.loan.resets_awaited == (RESET,)
    known_then = lender.clock.now()
    lender.clock.set(RESET + timedelta(days=41))
    answer = await indexes.publish(lender.house, ANYONE, "us_prime", date(2026, 12, 20), "0.0625")
    assert (answer.loans_decided, answer.loans_waiting, answer.failed) == (2, 0, ())
    after = await standing(lender.house, late, RESET)
    assert after.loan.rate_changes[-1][0] == RESET
    assert after.loan.rate_changes[-1][2].text() == "0.095"
    then = await standing(lender.house, late, RESET + timedelta(days=40), known_then)
    assert then.loan.resets_awaited == (RESET,)  # as it was known, nothing was decided yet
    assert (await standing(lender.house, on_time)).loan.resets_awaited == ()
    assert (await verify(lender.house)).problems == ()


async def test_a_projection_uses_what_was_known_then(lender: Lender) -> None:
    loan = await an_adjustable_loan(lender)
    known_then = lender.clock.now()
    await published(lender, date(2026, 12, 20), "0.0625")
    ahead = RESET + timedelta(days=5)
    now = await standing(lender.house, loan, ahead)
    assert now.loan.rate_changes[-1][2].text() == "0.095"
    then = await standing(lender.house, loan, ahead, known_then)
    assert then.loan.resets_awaited == (RESET,)


async def test_values_are_listed_and_guarded(lender: Lender) -> None:
    await published(lender, START, "0.0700")
    await published(lender, START, "0.0705")
    rows = await indexes.values(lender.house, ANYONE, "us_prime")
    assert [(row.value, row.known_on) for row in rows] == [("0.07", START), ("0.0705", START)]
    with pytest.raises(NotFound):
        await indexes.publish(lender.house, ANYONE, "libor", START, "0.07")
    with pytest.raises(CommandRefused):
        await indexes.publish(lender.house, ANYONE, "us_prime", START + timedelta(days=1), "0.07")
    with pytest.raises(CommandRefused):
        await indexes.publish(lender.house, ANYONE, "us_prime", START, "seven")
    with pytest.raises(Forbidden):
        await indexes.publish(lender.house, actor("loans:read"), "us_prime", START, "0.07")


async def test_products_tell_the_index_they_follow(lender: Lender) -> None:
    catalog = lender.house.catalog
    assert indexes_followed(catalog) == {"us_prime": {"adjustable_installment"}}
    assert index_followed(catalog.product("personal_installment", 1)) is None


async def test_a_balance_in_bands_is_in_the_portfolio_to_the_cent(lender: Lender) -> None:
    loan = await lender.lends(
        "balance_tier_installment", note_rate="0.1199999", number_of_payments=24, amount="12345.67"
    )
    lender.clock.set(START + timedelta(days=20))
    view = await reads.loan(lender.house, ANYONE, loan)
    book = await reads.portfolio(lender.house, ANYONE)
    assert book.accrued_interest == view.balances.accrued_interest
    assert (await verify(lender.house)).problems == ()
