"""Values that are well formed and mean harm: far days, vast amounts, counts below zero.

Requests made from the document seldom name a product that exists or a loan with a past; these do.
Whatever they ask, the answer is done or refused, never a 500, and the books balance.
"""

from __future__ import annotations

from random import Random
from typing import Any

import httpx
import pytest

from servicing import verification
from tests.api.door import Door, lend

DAYS = (
    "0001-01-01", "1583-01-01", "1899-12-31", "1970-01-01", "2024-02-29", "2025-01-09",
    "2025-01-10", "2025-02-10", "2026-06-30", "2100-02-28", "2200-12-31", "9999-12-31",
)  # fmt: skip
AMOUNTS = ("0", "0.00", "0.01", "0.001", "450.00", "18500.00", "999999999999.999999999999")
RATES = ("0", "0.06", "0.36", "1", "999.999999999999", "0.000000000001")
COUNTS = (-1, 0, 1, 12, 48, 360, 10**6, 2**31, 2**63, 10**30)
FREQUENCIES: tuple[dict[str, Any], ...] = (
    {"kind": "monthly"},
    {"kind": "monthly", "day": 31},
    {"kind": "biweekly"},
    {"kind": "semimonthly"},
    {"kind": "every_days", "days": 0},
    {"kind": "every_days", "days": 10**9},
    {"kind": "every_months", "months": -1},
    {"kind": "explicit_dates", "dates": []},
)
KINDS = ("regular", "principal_only", "payoff", "recovery")
STATUSES = ("military_service", "bankruptcy", "deceased", "disaster")
READS = (
    "", "/schedule", "/journal", "/history", "/payments", "/payoff_quote",
    "/explain/total_owed", "/explain/principal_balance", "/explain/installment:1",
)  # fmt: skip


def sound(answer: httpx.Response) -> httpx.Response:
    asked = answer.request
    told = f"{asked.method} {asked.url} {asked.content!r}: {answer.text[:300]}"
    assert answer.status_code < 500, told
    return answer


@pytest.mark.parametrize("seed", range(3))
async def test_quotes_of_any_terms(door: Door, seed: int) -> None:
    chance = Random(seed)
    for _ in range(60):
        terms: dict[str, Any] = {
            "amount": chance.choice(["18500.00"] * 3 + [*AMOUNTS]),
            "note_rate": chance.choice(["0.0799"] * 3 + [*RATES]),
            "number_of_payments": chance.choice([48] * 3 + [*COUNTS]),
            "contract_date": chance.choice(["2025-01-10"] * 3 + [*DAYS]),
        }
        if chance.random() < 0.4:
            terms["first_payment_date"] = chance.choice(DAYS)
        if chance.random() < 0.4:
            terms["frequency"] = chance.choice(FREQUENCIES)
        product = chance.choice(["auto_simple_interest", "pay_in_4", "personal_installment"])
        version = chance.choice([None, 1, 2, 0, -1, 2**63])
        body = {"product": product, "product_version": version, "terms": terms}
        sound(await door.post("/quotes", body, params={"dry_run": True}))


def a_change(chance: Random, payments: list[str]) -> tuple[str, dict[str, Any]]:
    """Some change of a loan, on some day."""
    day, amount = chance.choice([*DAYS, "2025-01-10", "2025-01-10"]), chance.choice(AMOUNTS)
    changes: list[tuple[str, dict[str, Any]]] = [
        ("payments", {"amount": amount, "received_on": day, "kind": chance.choice(KINDS)}),
        ("fees", {"fee": "lien_release_copy_fee", "assessed_on": day, "reason": "A copy"}),
        ("borrower_statuses", {"status": chance.choice(STATUSES), "from_date": day,
                               "to_date": chance.choice([None, *DAYS])}),
        ("rate_changes", {"note_rate": chance.choice(RATES), "effective_on": day, "reason": "?"}),
        ("non_accrual", {"placed_on": day, "reason": "Doubt"}),
        ("non_accrual/end", {"returned_on": day, "reason": "Pays"}),
        ("charge_off", {"charged_off_on": day, "reason": "Loss"}),
        ("commands", {"command": "advance_to", "day": day}),
    ]  # fmt: skip
    if payments:
        address = f"payments/{chance.choice(payments)}"
        changes += [
            (f"{address}/return", {"return_code": "R01", "returned_on": day}),
            (f"{address}/reverse", {"reason": "Wrong", "reversed_on": day}),
        ] * 3
    return chance.choice(changes)


@pytest.mark.parametrize("seed", range(3))
async def test_changes_of_any_kind_on_any_day(door: Door, seed: int) -> None:
    chance, loan, payments = Random(seed), await lend(door), list[str]()
    for _ in range(40):
        path, body = a_change(chance, payments)
        looked = chance.random() < 0.3
        answer = await door.post(f"/loans/{loan}/{path}", body, params={"dry_run": looked})
        if sound(answer).status_code == 201 and path == "payments":
            payments.append(answer.json()["payment_id"])
        read = chance.choice(READS)
        days = {"as_of": chance.choice(DAYS)} if chance.random() < 0.7 else {}
        sound(await door.get(f"/loans/{loan}{read}", params=days))


async def test_afterwards_the_book_is_whole(door: Door) -> None:
    report = await verification.verify(door.house)
    assert report.loans >= 3
    assert report.problems == ()
