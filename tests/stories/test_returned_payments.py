"""A payment that the bank takes back counts as never received: the loan beside its twin.

Three payments on an auto loan. The second comes back after two days for lack of funds (R01) and
costs the returned-payment fee. The third comes back after 45 days as unauthorized (R10): no fee,
and the interest it had stopped is earned again. The twin never got the money that came back.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.stories.lender import Lender, late_fees, net_journal, standing

FIRST, SECOND, THIRD = date(2025, 2, 10), date(2025, 3, 10), date(2025, 4, 10)
RETURNED_R01 = SECOND + timedelta(days=2)
RETURNED_R10 = THIRD + timedelta(days=45)
LATER = date(2025, 6, 10)
PAYMENT = "460.00"
PRODUCT_LINE = re.compile(r"products/auto_simple_interest/v1\.yaml:[0-9]+")


async def numbers(lender: Lender, loan: str) -> dict[str, Any]:
    return standing(await lender.loan(loan))


async def journal_of(lender: Lender, loan: str) -> dict[str, Decimal]:
    """The loan's net journal once its books are closed for today."""
    await lender.close_books()
    return net_journal(await lender.shown(f"/loans/{loan}/journal"))


async def two_payments_and_one_returned_r01(lender: Lender) -> tuple[str, str, dict[str, Any]]:
    """The loan, its twin that never got the second payment, and the receipt of the return."""
    loan, twin = await lender.auto_loan(), await lender.auto_loan()
    await lender.until(FIRST)
    for each in (loan, twin):
        await lender.pay(each, PAYMENT)
    await lender.until(SECOND)
    second = await lender.pay(loan, PAYMENT)
    await lender.until(RETURNED_R01)
    receipt = await lender.take_back(loan, second, "R01")
    return loan, twin, receipt


async def test_r01_costs_the_fee_and_otherwise_never_happened(lender: Lender) -> None:
    loan, twin, receipt = await two_payments_and_one_returned_r01(lender)

    [fee] = [event for event in receipt["events"] if event["event"] == "fee_assessed"]
    assert fee["detail"]["name"] == "returned_payment_fee"
    assert fee["amount"] == "25.00"
    assert await numbers(lender, loan) == await numbers(lender, twin)

    await lender.until(THIRD)
    net, net_twin = await journal_of(lender, loan), await journal_of(lender, twin)
    more = {role: net[role] - net_twin.get(role, 0) for role in net}
    assert {role: amount for role, amount in more.items() if amount} == {
        "fee_receivable": Decimal("25.00"),
        "other_fee_income": Decimal("-25.00"),
    }


async def test_r01_makes_the_loan_late_as_if_nothing_had_come(lender: Lender) -> None:
    loan, twin, _ = await two_payments_and_one_returned_r01(lender)

    await lender.until(SECOND + timedelta(days=25))

    assert (await lender.loan(loan))["days_past_due"] == 25
    assert await numbers(lender, loan) == await numbers(lender, twin)
    assert late_fees(await lender.loan(loan)) == late_fees(await lender.loan(twin)) != []


async def test_r10_after_45_days_costs_nothing_and_earns_the_interest_again(lender: Lender) -> None:
    loan, twin = await lender.auto_loan(), await lender.auto_loan()
    await lender.until(FIRST)
    for each in (loan, twin):
        await lender.pay(each, PAYMENT)
    await lender.until(THIRD)
    third = await lender.pay(loan, PAYMENT)
    await lender.until(RETURNED_R10)
    before = await numbers(lender, loan)

    receipt = await lender.take_back(loan, third, "R10")

    names = [
        each["detail"].get("name") for each in receipt["events"] if each["event"] == "fee_assessed"
    ]
    assert "returned_payment_fee" not in names
    after = await numbers(lender, loan)
    assert after["accrued_interest"] > before["accrued_interest"]
    assert after == await numbers(lender, twin)

    await lender.until(LATER)
    assert await numbers(lender, loan) == await numbers(lender, twin)
    assert late_fees(await lender.loan(loan)) == late_fees(await lender.loan(twin))
    assert await journal_of(lender, loan) == await journal_of(lender, twin)


async def test_what_was_known_before_the_return_is_still_shown(lender: Lender) -> None:
    loan = await lender.auto_loan()
    await lender.until(FIRST)
    payment = await lender.pay(loan, PAYMENT)
    await lender.until(FIRST + timedelta(days=1))
    before = await lender.loan(loan)
    moment = lender.door.clock.now().isoformat()
    await lender.until(FIRST + timedelta(days=2))
    await lender.take_back(loan, payment, "R01")

    then = await lender.loan(loan, as_of=FIRST + timedelta(days=1), as_known_at=moment)
    assert standing(then) == standing(before)
    assert then["cash_received"] == before["cash_received"] == PAYMENT
    assert then["unpaid_fees"] == []
    now = await lender.loan(loan, as_of=FIRST + timedelta(days=1))
    assert now["balances"]["principal"] != then["balances"]["principal"]
    entries = await lender.shown(f"/loans/{loan}/journal", as_known_at=moment)
    assert all(entry["posted_on"] <= str(FIRST + timedelta(days=1)) for entry in entries)


async def test_the_fees_are_explained_down_to_the_product_and_the_law(lender: Lender) -> None:
    loan, _, _ = await two_payments_and_one_returned_r01(lender)
    await lender.until(SECOND + timedelta(days=25))
    fees = {fee["kind"]: fee for fee in (await lender.loan(loan))["unpaid_fees"]}

    for fee in fees.values():
        address = fee["fee_id"].replace("/", "~")
        explained = await lender.shown(f"/loans/{loan}/explain/fee:{address}")
        assert explained["agrees_with_stored"]
        assert explained["value"] == fee["amount"]
        sources = every_source(explained)
        assert any(PRODUCT_LINE.search(source) for source in sources), sources

    late = fees["late_fee"]["fee_id"].replace("/", "~")
    sources = every_source(await lender.shown(f"/loans/{loan}/explain/fee:{late}"))
    assert any("16 CFR 444.4" in source for source in sources), sources
    assert any("Cal. Fin. Code" in source for source in sources), sources


def every_source(step: dict[str, Any]) -> list[str]:
    """What an explanation and all its steps rest on."""
    own = list(step.get("sources", ()))
    return own + [source for inner in step["steps"] for source in every_source(inner)]
