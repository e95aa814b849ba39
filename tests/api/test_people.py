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
    ident = made.json()["key"]["key_id"]
    listed = {key["key_id"]: key for key in (await door.get("/api_keys")).json()}
    assert listed[ident]["last_used_at"] is not None and listed[ident]["state"] == "live"
    ended = await door.post(f"/api_keys/{ident}/revoke", key=None)
    assert ended.status_code == 200 and ended.json()["state"] == "revoked"
    assert (await door.get("/products", headers=headers)).status_code == 401
    assert (await door.post("/api_keys/key_none/revoke", key=None)).status_code == 404


async def test_nobody_hands_out_more_than_they_hold(door: Door) -> None:
    keeper = await door.with_scopes("admin:keys", "admin:users", "products:read")
    key = {"name": "More", "scopes": ["*"]}
    assert (await door.post("/api_keys", key, headers=keeper)).status_code == 403
    user = {
        "name": "Grace Field",
        "email": "grace@example.com",
        "roles": ["administrator"],
    }
    assert (await door.post("/users", user, headers=keeper)).status_code == 403


async def test_a_key_with_an_unknown_scope_is_refused(door: Door) -> None:
    answer = await door.post("/api_keys", {"name": "Odd", "scopes": ["loans:eat"]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/scopes"
    body = {"name": "Odd", "scopes": ["loans:eat", "loans:read", "fees:eat"]}
    both = (await door.post("/api_keys", body)).json()["errors"]
    assert [fault["message"].split()[0] for fault in both] == ["fees:eat", "loans:eat"]


async def test_an_email_is_taken_once(door: Door) -> None:
    user = {
        "name": "Grace Field",
        "email": "grace@example.com",
        "roles": ["servicing_agent"],
    }
    made = await door.post("/users", user)
    assert made.status_code == 201 and len(made.json()["password"]) >= 12
    again = await door.post("/users", {**user, "email": "GRACE@example.com"})
    assert again.status_code == 422
    assert again.json()["errors"][0]["pointer"] == "/email"


async def test_a_person_is_let_in_no_longer_and_again(door: Door) -> None:
    user = {"name": "Hugo Lane", "email": "hugo@example.com", "roles": ["collector"]}
    ident = (await door.post("/users", user)).json()["user"]["user_id"]
    path = f"/users/{ident}"
    roles = await door.post(f"{path}/roles", {"roles": ["auditor"]})
    assert roles.status_code == 200 and roles.json()["roles"] == ["auditor"]
    assert (await door.post(f"{path}/deactivate")).json()["active"] is False
    assert (await door.post(f"{path}/activate")).json()["active"] is True
    assert (await door.post(f"{path}/reset_password")).json()["password"]
    listed = (await door.get("/users")).json()
    assert [each["active"] for each in listed if each["user_id"] == ident] == [True]
    assert (await door.post("/users/user_none/deactivate")).status_code == 404
    reader = await door.with_scopes("loans:read")
    assert (await door.get("/users", headers=reader)).status_code == 403
