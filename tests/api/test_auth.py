"""Who may ask: keys, scopes and what is open to anyone."""

from __future__ import annotations

import pytest

from api.auth import require_scope
from tests.api.door import Door


@pytest.mark.parametrize(
    "header",
    [
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer lw_nobody_knows_this_one"},
        {"Authorization": "Basic bHc6bHc="},
        {"Authorization": "Bearer " + "x" * 4000},
        {"Authorization": "Bearer \x7f\x80ÿ".encode("latin-1")},
    ],
)
async def test_a_stranger_is_asked_for_a_key(door: Door, header: dict[str, str | bytes]) -> None:
    answer = await door.get("/loans", headers=header)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["type"] == "/api/problems/unauthenticated"


async def test_a_key_allows_what_its_scopes_say(door: Door) -> None:
    assert require_scope.__doc__
    reader = await door.with_scopes("loans:read")
    assert (await door.get("/loans", headers=reader)).status_code == 200
    refused = await door.get("/portfolio", headers=reader)
    assert refused.status_code == 403
    assert "portfolio:read" in refused.json()["detail"]


async def test_a_general_command_needs_the_scope_of_its_own_address(door: Door, loan: str) -> None:
    reader = await door.with_scopes("loans:read")
    body = {"command": "receive_payment", "amount": "1.00", "received_on": "2025-01-10"}
    answer = await door.post(f"/loans/{loan}/commands", body, headers=reader)
    assert answer.status_code == 403
    assert "payments:write" in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    ["/api/health/live", "/api/health/ready", "/api/docs", "/api/v1/openapi.json", "/api/problems"],
)
async def test_what_is_open_to_anyone(door: Door, path: str) -> None:
    answer = await door.client.get(path, headers={"Authorization": ""})
    assert answer.status_code == 200


async def test_scope_is_looked_at_before_the_body(door: Door) -> None:
    reader = await door.with_scopes("loans:read")
    answer = await door.client.post(
        "/api/v1/loans", content=b"\xff not json", headers={**reader, "Idempotency-Key": "k"}
    )
    assert answer.status_code == 403
