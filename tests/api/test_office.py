"""The office over HTTP: the audit trail, the check of a loan, messages and settings."""

from __future__ import annotations

from tests.api.door import Door
from tests.api.served import TODAY


async def test_the_trail_is_listed_page_by_page_with_what_each_changed(
    door: Door, loan: str
) -> None:
    assert (await door.post(f"/loans/{loan}/payments", {"amount": "100.00"})).status_code == 201
    first = (await door.get("/audit", params={"subject": loan, "limit": 1})).json()
    (entry,) = first["items"]
    assert entry["action"] == "payment_received" and entry["actor_name"] == "test"
    second = await door.client.get(first["next"])
    assert second.json()["items"][0]["action"] == "loan_disbursed"
    changes = await door.get(f"/loans/{loan}/changes", params={"event": entry["number"]})
    assert {"field": "cash_received", "before": "0.00", "after": "100.00"} in changes.json()
    assert (await door.get(f"/loans/{loan}/changes", params={"event": 999})).status_code == 404
    assert (await door.get("/audit", params={"area": "kitchen"})).status_code == 422
    assert (await door.get("/audit", params={"cursor": "nonsense"})).status_code == 422


async def test_a_loan_is_checked_by_whoever_may(door: Door, loan: str) -> None:
    checked = (await door.post(f"/loans/{loan}/check")).json()
    assert checked["problems"] == [] and checked["events"] >= 3
    assert (await door.post("/loans/loan_none/check")).status_code == 404
    reader = await door.with_scopes("loans:read")
    assert (await door.post(f"/loans/{loan}/check", headers=reader)).status_code == 403


async def test_messages_and_settings_are_told(door: Door, loan: str) -> None:
    page = (await door.get("/messages", params={"waiting": True, "limit": 1})).json()
    assert page["items"][0]["loan_id"] == loan and page["has_more"]
    settings = (await door.get("/settings")).json()
    assert settings["entities"][0]["business_date"] == str(TODAY)
