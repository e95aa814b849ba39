"""Borrowers, API keys and users over HTTP."""

from __future__ import annotations

from api.routes import access, borrowers
from tests.api.door import Door


async def test_a_borrower_is_masked_unless_the_key_may_see_names(door: Door) -> None:
    assert borrowers.create_borrower.opt["scope"] == "borrowers:write"
    made = await door.post("/borrowers", {"name": "Ada Quill", "email": "ada@example.com"})
    assert made.status_code == 201
    path = f"/borrowers/{made.json()['borrower_id']}"
    assert (await door.get(path)).json()["name"] == "Ada Quill"
    masked = (await door.get(path, headers=await door.with_scopes("loans:read"))).json()
    assert masked["masked"] is True
    assert "Quill" not in masked["name"] and "ada@" not in masked["email"]


async def test_a_borrower_without_a_name_or_with_half_an_address_is_refused(door: Door) -> None:
    answer = await door.post("/borrowers", {"name": "", "email": "ada@", "phone": "home"})
    assert answer.status_code == 422
    places = [fault["pointer"] for fault in answer.json()["errors"]]
    assert {"/email", "/name", "/phone"} <= set(places)


async def test_no_borrower_is_not_found(door: Door) -> None:
    assert (await door.get("/borrowers/brw_none")).status_code == 404


async def test_a_new_key_works_and_is_shown_once(door: Door) -> None:
    assert access.create_api_key.opt["scope"] == "admin:keys"
    body = {"name": "Gateway", "scopes": ["products:read"], "days": 30}
    made = await door.post("/api_keys", body, key=None)
    assert made.status_code == 201
    headers = {"Authorization": f"Bearer {made.json()['api_key']}"}
    assert (await door.get("/products", headers=headers)).status_code == 200
    assert (await door.get("/loans", headers=headers)).status_code == 403


async def test_nobody_hands_out_more_than_they_hold(door: Door) -> None:
    keeper = await door.with_scopes("admin:keys", "admin:users", "products:read")
    key = {"name": "More", "scopes": ["*"]}
    assert (await door.post("/api_keys", key, headers=keeper)).status_code == 403
    user = {
        "name": "Grace Field",
        "email": "grace@example.com",
        "password": "long enough to keep",
        "roles": ["administrator"],
    }
    assert (await door.post("/users", user, headers=keeper)).status_code == 403


async def test_a_key_with_an_unknown_scope_is_refused(door: Door) -> None:
    answer = await door.post("/api_keys", {"name": "Odd", "scopes": ["loans:eat"]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/scopes"
    body = {"name": "Odd", "scopes": ["loans:eat", "loans:read", "fees:eat"]}
    both = (await door.post("/api_keys", body)).json()["errors"]
    assert [fault["message"].split()[0] for fault in both] == ["loans:eat", "fees:eat"]


async def test_an_email_is_taken_once(door: Door) -> None:
    user = {
        "name": "Grace Field",
        "email": "grace@example.com",
        "password": "long enough to keep",
        "roles": ["servicing_agent"],
    }
    assert (await door.post("/users", user)).status_code == 201
    again = await door.post("/users", {**user, "email": "GRACE@example.com"})
    assert again.status_code == 422
    assert again.json()["errors"][0]["pointer"] == "/email"
