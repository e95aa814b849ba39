"""Sent again is not done again: the same key posts once, another key posts another time."""

from __future__ import annotations

import asyncio
from datetime import date

from tests.stories.lender import Lender

DUE = date(2025, 2, 10)


async def payments_of(lender: Lender, loan: str) -> list[str]:
    history = await lender.shown(f"/loans/{loan}/history")
    return [item["amount"] for item in history["items"] if item["event"] == "payment_received"]


async def test_two_payments_at_once_with_one_key_post_once(lender: Lender) -> None:
    loan = await lender.auto_loan()
    await lender.until(DUE)

    first, second = await asyncio.gather(
        *(
            lender.door.post(f"/loans/{loan}/payments", {"amount": "460.00"}, key="one-intent")
            for _ in range(2)
        )
    )

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    replayed = [answer.headers.get("Idempotent-Replayed") for answer in (first, second)]
    assert sorted(replayed, key=str) == [None, "true"]
    assert await payments_of(lender, loan) == ["460.00"]


async def test_two_payments_at_once_with_two_keys_both_post(lender: Lender) -> None:
    loan = await lender.auto_loan()
    await lender.until(DUE)

    answers = await asyncio.gather(
        *(
            lender.door.post(f"/loans/{loan}/payments", {"amount": "460.00"}, key=key)
            for key in ("an-intent", "another-intent")
        )
    )

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["payment_id"] != answers[1].json()["payment_id"]
    assert await payments_of(lender, loan) == ["460.00", "460.00"]


async def test_a_key_used_for_another_request_is_refused(lender: Lender) -> None:
    loan = await lender.auto_loan()
    await lender.until(DUE)
    await lender.door.post(f"/loans/{loan}/payments", {"amount": "460.00"}, key="mine")

    other = await lender.door.post(f"/loans/{loan}/payments", {"amount": "46.00"}, key="mine")

    assert other.status_code == 409
    assert other.json()["type"] == "/api/problems/idempotency-key-reused"
    assert other.json()["loan_id"] == loan
    assert await payments_of(lender, loan) == ["460.00"]


async def test_a_refusal_is_not_kept(lender: Lender) -> None:
    loan = await lender.auto_loan()
    await lender.until(DUE)
    path = f"/loans/{loan}/payments"
    refused = await lender.door.post(path, {"amount": "0.00"}, key="try")
    assert refused.status_code == 422

    done = await lender.door.post(path, {"amount": "460.00"}, key="try")

    assert done.status_code == 201
