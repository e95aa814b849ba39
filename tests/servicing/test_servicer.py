"""The one write path: permission, idempotency, races, dry runs, versions."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import msgspec
import pytest

from engine.loan.commands import AdvanceTo, ReceivePayment, ReturnPayment
from servicing import messages, receipts, telling
from servicing.ahead_of_time import refuse_ahead
from servicing.errors import (
    CommandRefused,
    Forbidden,
    IdempotencyConflict,
    LoanNotFound,
    VersionConflict,
)
from servicing.ids import payment_of
from tests.servicing.lending import ANYONE, NOBODY, START, Lender, actor

FEB = date(2026, 2, 15)
PAYMENT = ReceivePayment(amount="242.33", received_on=FEB)


async def count(lender: Lender, table: str) -> int:
    found: int = await lender.house.pool.fetchval(f"SELECT count(*) FROM {table}")
    return found


async def test_a_payment_is_allocated_booked_and_answered(lender: Lender) -> None:
    loan = await lender.lends()
    receipt = await lender.is_paid(loan, "242.33", FEB)
    assert receipt.allocation is not None
    assert (receipt.allocation.interest, receipt.allocation.principal) == ("63.66", "178.67")
    assert receipt.balances_before is not None
    assert receipt.balances_before.principal == "5000.00"
    assert receipt.balances.principal == "4821.33"
    assert [e.event for e in receipt.events] == [
        "installment_billed", "payment_received", "payment_allocated",
    ]  # fmt: skip
    for entry in receipt.journal:
        debits = sum(float(p.debit or 0) for p in entry.postings)
        credits = sum(float(p.credit or 0) for p in entry.postings)
        assert debits == pytest.approx(credits)


async def test_nobody_does_what_their_scopes_do_not_allow(lender: Lender) -> None:
    loan = await lender.lends()
    lender.clock.set(FEB)
    with pytest.raises(Forbidden):
        await lender.house.servicer.execute(NOBODY, PAYMENT, loan_id=loan)
    agent = actor("payments:write")
    await lender.house.servicer.execute(agent, PAYMENT, loan_id=loan)


async def test_a_dry_run_answers_the_same_and_writes_nothing(lender: Lender) -> None:
    loan = await lender.lends()
    tables = ("event", "journal_entry", "position", "receipt", "outbox")
    before = [await count(lender, table) for table in tables]
    lender.clock.set(FEB)
    shown = await lender.does(loan, PAYMENT, dry_run=True, idempotency_key="k")
    assert [await count(lender, table) for table in tables] == before
    done = await lender.does(loan, PAYMENT, idempotency_key="k", if_version=shown.seq - 3)
    assert (done.allocation, done.balances, done.seq) == (
        shown.allocation, shown.balances, shown.seq,
    )  # fmt: skip
    assert shown.dry_run and not done.dry_run


async def test_the_same_key_posts_once_and_answers_the_same(lender: Lender) -> None:
    loan = await lender.lends()
    lender.clock.set(FEB)
    first = await lender.does(loan, PAYMENT, idempotency_key="k")
    again = await lender.does(loan, PAYMENT, idempotency_key="k")
    assert again.replayed and not first.replayed
    told = msgspec.json.encode(msgspec.structs.replace(again, replayed=False))
    assert told == msgspec.json.encode(first)
    with pytest.raises(IdempotencyConflict) as conflict:
        other = ReceivePayment(amount="1.00", received_on=FEB)
        await lender.does(loan, other, idempotency_key="k")
    assert conflict.value.loan_id == loan


async def test_two_at_once_with_one_key_post_once(lender: Lender) -> None:
    loan = await lender.lends()
    lender.clock.set(FEB)
    both = await asyncio.gather(
        *(lender.does(loan, PAYMENT, idempotency_key="k") for _ in range(6))
    )
    assert sorted(receipt.replayed for receipt in both) == [False, *[True] * 5]
    assert len({receipt.payment_id for receipt in both}) == 1
    assert await count(lender, "event WHERE kind = 'payment_received'") == 1


async def test_many_at_once_with_their_own_keys_all_post(lender: Lender) -> None:
    loan = await lender.lends()
    lender.clock.set(FEB)
    small = ReceivePayment(amount="1.00", received_on=FEB)
    both = await asyncio.gather(
        *(lender.does(loan, small, idempotency_key=str(n)) for n in range(3))
    )
    assert len({receipt.payment_id for receipt in both}) == 3
    assert await count(lender, "event WHERE kind = 'payment_received'") == 3


async def test_a_stale_version_is_told_and_nothing_written(lender: Lender) -> None:
    loan = await lender.lends()
    lender.clock.set(FEB)
    with pytest.raises(VersionConflict) as conflict:
        await lender.does(loan, PAYMENT, if_version=1)
    assert conflict.value.stated and conflict.value.found == 3


async def test_refusals_are_not_kept_under_the_key(lender: Lender) -> None:
    loan = await lender.lends()
    early = ReceivePayment(amount="5.00", received_on=START - timedelta(days=1))
    with pytest.raises(CommandRefused):
        await lender.does(loan, early, idempotency_key="k")
    lender.clock.set(FEB)
    assert not (await lender.does(loan, PAYMENT, idempotency_key="k")).replayed


async def test_an_unknown_loan_is_not_found(lender: Lender) -> None:
    lender.clock.set(FEB)
    with pytest.raises(LoanNotFound):
        await lender.does("loan_none", PAYMENT)


async def test_a_correction_reads_the_history_and_books_the_difference(lender: Lender) -> None:
    loan = await lender.lends()
    paid = await lender.is_paid(loan, "242.33", FEB)
    found = payment_of(paid.payment_id)
    assert found is not None and found[0] == loan
    lender.clock.set(date(2026, 4, 1))
    await lender.does(loan, AdvanceTo(day=date(2026, 4, 1)))
    back = ReturnPayment(payment=found[1], returned_on=FEB + timedelta(days=2), return_code="R01")
    receipt = await lender.does(loan, back)
    assert receipt.balances.principal == "5000.00"
    assert any(event.event == "outcome_undone" for event in receipt.events)
    rows = await lender.house.pool.fetch(
        "SELECT role, sum(amount) AS amount FROM posting WHERE loan_id = $1 GROUP BY role", loan
    )
    sums = {row["role"]: row["amount"] for row in rows}
    assert sums["principal_receivable"] == 500_000
    assert sums["payment_clearing"] == 0


async def test_the_world_hears_of_what_happened_in_the_same_write(lender: Lender) -> None:
    loan = await lender.lends()
    await lender.is_paid(loan, "242.33", FEB)
    rows = await lender.house.pool.fetch("SELECT topic, body FROM outbox ORDER BY message")
    assert [row["topic"] for row in rows] == [
        "loan.loan_booked", "loan.loan_disbursed", "loan.payment_received",
    ]  # fmt: skip
    assert rows[-1]["body"]["amount"] == "242.33"
    assert messages.public_messages is not None


async def test_titles_hashes_and_exact_texts(lender: Lender) -> None:
    loan = await lender.lends()
    receipt = await lender.is_paid(loan, "242.33", FEB)
    assert [event.title for event in receipt.events] == [
        "Installment billed (1)", "Payment received", "Payment allocated",
    ]  # fmt: skip
    assert receipts.request_hash_of(PAYMENT, loan) != receipts.request_hash_of(PAYMENT, "other")
    assert telling.exact_text(telling.Exact(1, 3), "USD") == "0.003333"
    assert telling.exact_text(telling.Exact(-5, 2), "USD") == "-0.025000"
    assert ANYONE.name == "Test"


async def test_nothing_is_recorded_for_a_day_to_come(lender: Lender) -> None:
    loan = await lender.lends()
    with pytest.raises(CommandRefused) as refused:
        await lender.does(loan, PAYMENT)
    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.path) == ("ahead_of_time", "/received_on")
    assert (await lender.does(loan, PAYMENT, dry_run=True)).dry_run
    with pytest.raises(CommandRefused):
        refuse_ahead(AdvanceTo(day=FEB), START)
