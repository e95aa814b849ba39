"""A lender at work through the API alone: books loans, receives payments, lets days pass."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import httpx

from tests.api.door import Door, lend

CLOSED_DAY = date(2025, 1, 10)
"""The day on which the loans of a story are contracted and disbursed."""


@dataclass(frozen=True, kw_only=True)
class Lender:
    """Every step is a request; a step that is refused fails the story."""

    door: Door
    runs_daily: bool = True

    async def until(self, day: date) -> None:
        """Time passes; a lender with a daily run lets every day pass over the book."""
        while self.door.clock.business_date() < day:
            self.door.clock.set(self.door.clock.business_date() + timedelta(days=1))
            if self.runs_daily:
                await self._done("/daily_runs", {})

    async def auto_loan(self, **changes: Any) -> str:
        """Book and disburse an auto loan today, exactly as quoted; its id."""
        return await lend(self.door, **changes)

    async def close_books(self) -> None:
        """Let today pass over the book, whether or not that is done daily."""
        await self._done("/daily_runs", {})

    async def pay(self, loan: str, amount: str, **more: Any) -> str:
        """Receive a payment today; its id."""
        done = await self._done(f"/loans/{loan}/payments", {"amount": amount, **more})
        payment_id: str = done["payment_id"]
        return payment_id

    async def take_back(self, loan: str, payment: str, code: str) -> dict[str, Any]:
        """The bank returns a payment today; the receipt."""
        return await self._done(f"/loans/{loan}/payments/{payment}/return", {"return_code": code})

    async def shown(self, path: str, **parameters: Any) -> Any:
        """What a read answers."""
        answer = await self.door.get(path, params={k: str(v) for k, v in parameters.items()})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def loan(self, loan: str, **parameters: Any) -> dict[str, Any]:
        """The loan as read."""
        read: dict[str, Any] = await self.shown(f"/loans/{loan}", **parameters)
        return read

    async def _done(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer: httpx.Response = await self.door.post(path, body)
        assert answer.status_code in {200, 201}, f"{path}: {answer.status_code} {answer.text}"
        receipt: dict[str, Any] = answer.json()
        return receipt


def standing(loan: dict[str, Any]) -> dict[str, Any]:
    """Where a loan stands apart from its fees: balances, lateness, what is due next."""
    balances = loan["balances"]
    return {
        "principal": balances["principal"],
        "accrued_interest": balances["accrued_interest"],
        "per_diem": balances["per_diem"],
        "unapplied_funds": balances["unapplied_funds"],
        "days_past_due": loan["days_past_due"],
        "amount_past_due": loan["amount_past_due"],
        "oldest_unpaid_due_date": loan["oldest_unpaid_due_date"],
        "delinquency_stage": loan["delinquency_stage"],
        "next_due_date": loan["next_due_date"],
        "status": loan["status"],
    }


def late_fees(loan: dict[str, Any]) -> list[tuple[str, str, str, int]]:
    """Late fees owed: which, how much, since when, for which installment."""
    return [
        (fee["name"], fee["owed"], fee["assessed_on"], fee["installment"])
        for fee in loan["unpaid_fees"]
        if fee["kind"] == "late_fee"
    ]


def net_journal(entries: list[dict[str, Any]]) -> dict[str, Decimal]:
    """Debits less credits of each account, those that cancel out left away."""
    net: dict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        for posting in entry["postings"]:
            net[posting["role"]] += Decimal(posting["debit"] or 0) - Decimal(posting["credit"] or 0)
    return {role: amount for role, amount in net.items() if amount}
