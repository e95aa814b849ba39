"""Money out over HTTP, on a real database: in parts, with a down payment, and never lent."""

from __future__ import annotations

from servicing import verification
from tests.api.door import Door
from tests.api.test_routes import done, shown

PARTS = [
    {"on": "2025-01-02", "amount": "12000.00"},
    {"on": "2025-01-08", "amount": "8000.00"},
]
TERMS = {
    "amount": "20000.00",
    "note_rate": "0.0999",
    "number_of_payments": 36,
    "contract_date": "2025-01-02",
    "circumstances": {"state": "TX"},
}


async def quoted(door: Door, product: str, terms: dict[str, object]) -> dict[str, object]:
    return await done(door, "/quotes", {"product": product, "terms": terms})


async def booked(door: Door, quote: dict[str, object]) -> str:
    borrower = await done(door, "/borrowers", {"name": "Ada Quill"})
    body = {"borrower_id": borrower["borrower_id"], "quote_id": quote["quote_id"]}
    return str((await done(door, "/loans", body))["loan_id"])


async def test_a_loan_is_paid_out_in_parts_and_one_was_never_lent(door: Door) -> None:
    quote = await quoted(door, "home_improvement", TERMS | {"disbursements": PARTS})
    assert quote["itemization"] == {
        "given_to_borrower": "20000.00",
        "prepaid_finance_charge": "200.00",
        "charges": [
            {
                "title": "Origination fee",
                "amount": "200.00",
                "finance_charge": True,
                "financed": True,
            }
        ],
    }
    loan = await booked(door, quote)
    await done(door, f"/loans/{loan}/disburse", {"disbursed_on": "2025-01-02"})
    view = await shown(door, f"/loans/{loan}")
    assert (view["status"], view["undrawn_amount"]) == ("active", "8000.00")
    await done(door, f"/loans/{loan}/disburse", {"disbursed_on": "2025-01-08", "amount": "5000.00"})
    view = await shown(door, f"/loans/{loan}")
    assert (view["undrawn_amount"], view["balances"]["principal"]) == ("3000.00", "17200.00")
    beyond = await door.post(f"/loans/{loan}/disburse", {"amount": "3000.01"})
    assert beyond.status_code == 422
    history = await shown(door, f"/loans/{loan}/history")
    [second] = [
        item["seq"]
        for item in history["items"]
        if item["event"] == "loan_disbursed" and item["amount"] == "5000.00"
    ]
    address = f"/loans/{loan}/disbursements/{second}/reverse"
    await done(door, address, {"reason": "The bank could not place the money"})
    assert (await door.post(address, {"reason": "Again"})).status_code == 409
    absent = f"/loans/{loan}/disbursements/x/reverse"
    assert (await door.post(absent, {"reason": "None"})).status_code == 404
    view = await shown(door, f"/loans/{loan}")
    assert (view["undrawn_amount"], view["balances"]["principal"]) == ("8000.00", "12200.00")


async def test_a_down_payment_is_taken_with_the_disbursement(door: Door) -> None:
    terms = {"amount": "200.00", "note_rate": "0", "number_of_payments": 3}
    quote = await quoted(door, "quarter_down_in_4", terms | {"contract_date": "2025-01-10"})
    assert (quote["down_payment"], quote["installment_amount"]) == ("50.00", "50.00")
    loan = await booked(door, quote)
    await done(door, f"/loans/{loan}/disburse", {})
    view = await shown(door, f"/loans/{loan}")
    assert (view["balances"]["principal"], view["amount_past_due"]) == ("150.00", "0.00")
    [payment] = await shown(door, f"/loans/{loan}/payments")
    assert (payment["amount"], payment["reference"]) == ("50.00", "down payment")


async def test_the_book_holds(door: Door) -> None:
    report = await verification.verify(door.house)
    assert report.problems == ()
