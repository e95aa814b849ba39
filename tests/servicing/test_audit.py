"""Who did what: one trail of every room, figures before and after, and the check of one loan."""

from __future__ import annotations

from datetime import date, timedelta

import asyncpg
import pytest

from engine.loan.commands import ReceivePayment, ReversePayment
from servicing import audit
from servicing.actor import Actor
from servicing.daily_run import run
from servicing.errors import CommandRefused, Forbidden, LoanNotFound, NotFound
from tests.servicing.lending import ANYONE, Lender, actor

ANN = Actor(actor_id="user_ann", name="Ann", scopes=frozenset("*"))
PAID_ON = date(2026, 2, 20)


async def _paid(lender: Lender) -> str:
    """A loan whose payment by Ann, late enough for a fee, brought events of time with it."""
    loan_id = await lender.lends()
    lender.clock.set(PAID_ON)
    command = ReceivePayment(amount="242.42", received_on=PAID_ON)
    await lender.house.servicer.execute(ANN, command, loan_id=loan_id)
    return loan_id


async def test_what_a_person_did_is_told_and_what_followed_is_not(lender: Lender) -> None:
    loan_id = await _paid(lender)
    await run(lender.house)
    page = await audit.entries(lender.house, ANYONE)
    assert [(each.action, each.subject, each.actor) for each in page.items] == [
        ("payment_received", loan_id, "user_ann")
    ]
    (entry,) = page.items
    assert entry.title == "Payment received" and entry.detail["amount"] == "242.42"


async def test_a_command_is_told_with_every_figure_it_moved(lender: Lender) -> None:
    loan_id = await _paid(lender)
    (entry,) = (await audit.entries(lender.house, ANYONE)).items
    changes = await audit.loan_changes(lender.house, ANYONE, loan_id, entry.number)
    moved = {each.field: (each.before, each.after) for each in changes}
    assert moved["cash_received"] == ("0.00", "242.42")
    before, after = moved["principal"]
    assert float(before) > float(after)
    assert "note_rate" not in moved and "borrower_name" not in moved
    booked = await audit.loan_changes(lender.house, ANYONE, loan_id, 1)
    assert {each.before for each in booked} == {""}
    with pytest.raises(NotFound):
        await audit.loan_changes(lender.house, ANYONE, loan_id, 999)


async def test_pages_follow_one_another_without_gap_or_repetition(lender: Lender) -> None:
    loan_id = await _paid(lender)
    for number in range(4):
        more = ReceivePayment(amount=f"{number + 1}.00", received_on=PAID_ON)
        await lender.house.servicer.execute(ANN, more, loan_id=loan_id)
    found: list[tuple[str, int]] = []
    cursor = None
    while True:
        page = await audit.entries(lender.house, ANYONE, cursor=cursor, limit=2)
        found += [(each.subject, each.number) for each in page.items]
        cursor = page.next_cursor
        if not page.has_more:
            break
    assert len(found) == len(set(found)) == 5
    assert found == sorted(found, reverse=True)


async def test_the_trail_is_narrowed_by_person_subject_area_and_days(lender: Lender) -> None:
    loan_id = await _paid(lender)
    house = lender.house

    async def count(**asked: object) -> int:
        return len((await audit.entries(house, ANYONE, **asked)).items)  # type: ignore[arg-type]

    assert await count(who="user_ann") == await count(subject=loan_id) == 1
    assert await count(who="user_bob") == await count(subject="loan_none") == 0
    assert await count(area="loan") == 1 and await count(area="office") == 0
    assert await count(since=PAID_ON, until=PAID_ON) == 1
    assert await count(until=PAID_ON - timedelta(days=1)) == 0
    with pytest.raises(CommandRefused):
        await count(area="kitchen")
    with pytest.raises(CommandRefused):
        await count(cursor="nonsense")
    with pytest.raises(Forbidden):
        await audit.entries(house, actor("loans:read"))


async def test_one_loan_is_checked_and_a_changed_event_is_found(
    lender: Lender, fresh_database: str
) -> None:
    loan_id = await _paid(lender)
    payment = (await audit.entries(lender.house, ANYONE)).items[0].number
    undo = ReversePayment(payment=payment, reversed_on=PAID_ON, reason="Posted to another loan")
    await lender.house.servicer.execute(ANN, undo, loan_id=loan_id)
    await run(lender.house)
    true = await audit.check_loan(lender.house, actor("verify:run"), loan_id)
    assert true.problems == () and true.events > 5 and len(true.last_hash) == 64
    connection = await asyncpg.connect(fresh_database)
    await connection.execute(
        "UPDATE event SET body = replace(convert_from(body, 'utf8'), '242.42', '242.43')::bytea "
        "WHERE loan_id = $1 AND seq = $2",
        loan_id, payment,
    )  # fmt: skip
    await connection.execute(
        "UPDATE event SET hash = sha256(hash) WHERE loan_id = $1 AND seq = $2", loan_id, payment
    )
    await connection.close()
    wrong = await audit.check_loan(lender.house, actor("verify:run"), loan_id)
    assert any(f"event {payment} does not follow" in each for each in wrong.problems)
    with pytest.raises(LoanNotFound):
        await audit.check_loan(lender.house, ANYONE, "loan_none")
    with pytest.raises(Forbidden):
        await audit.check_loan(lender.house, actor("loans:read"), loan_id)
