"""Every address of a loan and of the book, once the way it is meant and once the way it is not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from api.routes import V1_HANDLERS
from tests.api.door import Door, lend
from tests.api.served import TODAY


async def done(door: Door, path: str, body: Any) -> dict[str, Any]:
    answer = await door.post(path, body)
    assert answer.status_code == 201, answer.text
    result: dict[str, Any] = answer.json()
    return result


async def shown(door: Door, path: str, **parameters: Any) -> Any:
    answer = await door.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_route_is_listed_once() -> None:
    names = [handler.fn.__name__ for handler in V1_HANDLERS]
    assert len(names) == len(set(names)) >= 35


async def test_a_loan_is_booked_by_terms_too(door: Door) -> None:
    borrower = await done(door, "/borrowers", {"name": "Grace Field"})
    terms = {
        "amount": "6000.00",
        "note_rate": "0.1499",
        "number_of_payments": 24,
        "contract_date": str(TODAY),
        "circumstances": {"state": "TX"},
    }
    body = {"borrower_id": borrower["borrower_id"], "product": "personal_installment"}
    booked = await done(door, "/loans", {**body, "terms": terms})
    loan = await shown(door, f"/loans/{booked['loan_id']}")
    assert (loan["status"], loan["product_version"]) == ("booked", 1)
    assert "Field" in loan["borrower_name"]
    reason = {"reason": "Borrower withdrew"}
    await done(door, f"/loans/{booked['loan_id']}/cancel", reason)
    again = await door.post(f"/loans/{booked['loan_id']}/cancel", reason)
    assert again.status_code == 409
    assert again.json()["type"] == "/api/problems/state"


async def test_a_booking_says_what_it_misses(door: Door) -> None:
    neither = await door.post("/loans", {"borrower_id": "brw_1"})
    assert [fault["pointer"] for fault in neither.json()["errors"]] == ["/product", "/terms"]
    both = await door.post("/loans", {"borrower_id": "b", "quote_id": "q", "product": "p"})
    assert [fault["pointer"] for fault in both.json()["errors"]] == ["/product"]
    unknown = await door.post("/loans", {"borrower_id": "b", "quote_id": "quote_none"})
    assert unknown.status_code == 404


async def test_loans_are_listed_page_by_page(door: Door) -> None:
    made = {await lend(door) for _ in range(3)}
    first = await shown(door, "/loans", limit=2, product="auto_simple_interest")
    assert (len(first["items"]), first["has_more"]) == (2, True)
    seen = {row["loan_id"] for row in first["items"]}
    following = first["next"]
    while following:
        page = (await door.client.get(following)).json()
        ids = {row["loan_id"] for row in page["items"]}
        assert not ids & seen
        seen |= ids
        following = page["next"]
    assert made <= seen


async def test_loans_are_found_by_name_and_refused_by_an_unknown_order(door: Door) -> None:
    loan = await lend(door)
    found = await shown(door, "/loans", search="quill", status="active", limit=200)
    assert loan in {row["loan_id"] for row in found["items"]}
    wrong = await door.get("/loans", params={"sort": "-shoe_size"})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["parameter"] == "sort"


async def test_a_loan_that_has_not_changed_is_not_sent_again(door: Door, loan: str) -> None:
    tag = (await door.get(f"/loans/{loan}")).headers["ETag"]
    again = await door.get(f"/loans/{loan}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    await done(door, f"/loans/{loan}/payments", {"amount": "10.00"})
    changed = await door.get(f"/loans/{loan}", headers={"If-None-Match": tag})
    assert changed.status_code == 200


async def test_a_loan_is_shown_as_of_any_day(door: Door, loan: str) -> None:
    in_a_year = TODAY + timedelta(days=365)
    assert (await shown(door, f"/loans/{loan}", as_of=in_a_year))["days_past_due"] > 300
    before = await door.get(f"/loans/{loan}", params={"as_of": TODAY - timedelta(days=1)})
    assert before.status_code == 404
    beyond = await door.get(f"/loans/{loan}", params={"as_of": date(9999, 1, 1)})
    assert beyond.status_code == 422


async def test_the_schedule_ends_at_nothing(door: Door, loan: str) -> None:
    rows = await shown(door, f"/loans/{loan}/schedule")
    assert len(rows) == 48
    assert rows[-1]["balance_after"] == "0.00"


async def test_the_history_is_paged(door: Door, loan: str) -> None:
    await done(door, f"/loans/{loan}/payments", {"amount": "10.00"})
    whole = await shown(door, f"/loans/{loan}/history")
    first = await shown(door, f"/loans/{loan}/history", limit=2)
    rest = (await door.client.get(first["next"])).json()
    assert [*first["items"], *rest["items"]][: len(whole["items"])] == whole["items"][:4]
    assert len({item["hash"] for item in whole["items"]}) == len(whole["items"])


async def test_the_journal_balances(door: Door, loan: str) -> None:
    await done(door, f"/loans/{loan}/payments", {"amount": "10.00"})
    for entry in await shown(door, f"/loans/{loan}/journal"):
        debit = sum(float(each["debit"] or 0) for each in entry["postings"])
        credit = sum(float(each["credit"] or 0) for each in entry["postings"])
        assert debit == pytest.approx(credit)


@pytest.mark.parametrize("subject", ["accrued_interest", "total_owed", "days_past_due", "payoff"])
async def test_a_number_is_explained(door: Door, loan: str, subject: str) -> None:
    explained = await shown(door, f"/loans/{loan}/explain/{subject}", as_of="2025-03-01")
    assert explained["steps"] and explained["agrees_with_stored"]


@pytest.mark.parametrize(
    "subject",
    ["shoe_size", "fee:late_fee~9", "payment:pay_x_9", "installment:²", "payment:" + "9" * 5000],
)
async def test_what_a_loan_does_not_have_cannot_be_explained(
    door: Door, loan: str, subject: str
) -> None:
    answer = await door.get(f"/loans/{loan}/explain/{subject}")
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["parameter"] == "subject"


async def test_a_payoff_quote_holds_for_days(door: Door, loan: str) -> None:
    quote = await shown(door, f"/loans/{loan}/payoff_quote", good_through_date="2025-01-15")
    assert len(quote["by_day"]) == 6
    late = {"good_through_date": "2026-01-15"}
    assert (await door.get(f"/loans/{loan}/payoff_quote", params=late)).status_code == 422


async def test_a_payment_is_received_listed_and_reversed(door: Door, loan: str) -> None:
    body = {"amount": "460.00", "method": "check", "reference": "77"}
    paid = await done(door, f"/loans/{loan}/payments", body)
    assert paid["links"]["explain_payment"].endswith(paid["payment_id"])
    assert (await door.client.get(paid["links"]["explain_payment"])).status_code == 200
    address = f"/loans/{loan}/payments/{paid['payment_id']}/reverse"
    await done(door, address, {"reason": "Posted to the wrong loan"})
    [row] = await shown(door, f"/loans/{loan}/payments")
    assert (row["reference"], row["state"]) == ("77", "reversed")
    assert (await door.post(address, {"reason": "Again"})).status_code == 409
    absent = f"/loans/{loan}/payments/{paid['payment_id']}9/return"
    assert (await door.post(absent, {"return_code": "R01"})).status_code == 404
    other = await lend(door)
    elsewhere = f"/loans/{other}/payments/{paid['payment_id']}/reverse"
    assert (await door.post(elsewhere, {"reason": "Not its own"})).status_code == 404


async def test_a_fee_is_charged_and_waived(door: Door, loan: str) -> None:
    body = {"fee": "lien_release_copy_fee", "reason": "Asked for a copy"}
    await done(door, f"/loans/{loan}/fees", body)
    [fee] = await shown(door, f"/loans/{loan}/fees")
    address = f"/loans/{loan}/fees/{fee['fee_id'].replace('/', '~')}/waive"
    await done(door, address, {"reason": "Goodwill"})
    assert await shown(door, f"/loans/{loan}/fees") == []
    absent = await door.post(f"/loans/{loan}/fees/late_fee~9/waive", {"reason": "None"})
    assert absent.status_code == 404
    unknown = await door.post(f"/loans/{loan}/fees", {"fee": "tea_fee", "reason": "Tea"})
    assert unknown.status_code == 422


async def test_service_and_rates_change_the_loan(door: Door) -> None:
    loan = await lend(door, contract_date="2025-01-02")
    served = {"status": "military_service", "from_date": str(TODAY)}
    await done(door, f"/loans/{loan}/borrower_statuses", served)
    assert (await shown(door, f"/loans/{loan}"))["rate_in_force"] == "0.06"
    lower = {"note_rate": "0.0499", "reason": "Goodwill"}
    await done(door, f"/loans/{loan}/rate_changes", lower)
    assert (await shown(door, f"/loans/{loan}"))["rate_in_force"] == "0.0499"


async def test_interest_is_paused_and_earned_again(door: Door) -> None:
    loan = await lend(door, contract_date="2025-01-02")
    assert (await shown(door, f"/loans/{loan}"))["interest_paused_until"] is None
    until = str(TODAY + timedelta(days=40))
    pause = {"to_date": until, "installments": "wait", "reason": "Hardship"}
    await done(door, f"/loans/{loan}/interest_pauses", pause)
    paused = await shown(door, f"/loans/{loan}")
    assert (paused["interest_paused_until"], paused["rate_in_force"]) == (until, "0")
    assert paused["next_due_date"] > until and paused["balances"]["per_diem"] == "0.000000"
    too_soon = await door.post(f"/loans/{loan}/interest_pauses/end", {"reason": "Back at work"})
    assert too_soon.status_code == 409  # it ends on a later day than it began
    assert "not paused" in too_soon.text


async def test_a_loan_is_placed_on_non_accrual_and_returned(door: Door) -> None:
    loan = await lend(door, contract_date="2025-01-02")
    owed = (await shown(door, f"/loans/{loan}"))["balances"]
    await done(door, f"/loans/{loan}/non_accrual", {"reason": "Unlikely to pay"})
    placed = await shown(door, f"/loans/{loan}")
    assert (placed["non_accrual_since"], placed["balances"]) == (str(TODAY), owed)
    again = await door.post(f"/loans/{loan}/non_accrual", {"reason": "Unlikely to pay"})
    assert again.status_code == 409
    await done(door, f"/loans/{loan}/non_accrual/end", {"reason": "Pays again"})
    assert (await shown(door, f"/loans/{loan}"))["non_accrual_since"] is None


async def test_a_loan_is_charged_off_and_any_command_is_data(door: Door, loan: str) -> None:
    await done(door, f"/loans/{loan}/charge_off", {"reason": "Fraud"})
    assert (await shown(door, f"/loans/{loan}"))["status"] == "charged_off"
    other = await lend(door)
    command = {"command": "charge_off_loan", "charged_off_on": str(TODAY), "reason": "Fraud"}
    await done(door, f"/loans/{other}/commands", command)
    assert (await shown(door, f"/loans/{other}"))["status"] == "charged_off"


async def test_the_book_is_shown_as_of_any_day(door: Door, loan: str) -> None:
    book = await shown(door, "/portfolio")
    assert book["loans"] >= 1 and not book["is_projection"]
    assert (await shown(door, "/portfolio", as_of="2025-06-01"))["is_projection"]


async def test_a_daily_run_goes_no_further_than_today(door: Door) -> None:
    ran = await door.post("/daily_runs", {}, key=None)
    assert (ran.status_code, ran.json()["failed"]) == (200, [])
    ahead = await door.post("/daily_runs", {"through": "2025-01-11"})
    assert ahead.status_code == 422


async def test_no_loan_is_not_found(door: Door) -> None:
    for path in ("", "/schedule", "/history", "/journal", "/payments", "/fees", "/payoff_quote"):
        answer = await door.get(f"/loans/loan_none{path}")
        assert answer.status_code == 404, path
        assert answer.json()["instance"] == f"/api/v1/loans/loan_none{path}"
