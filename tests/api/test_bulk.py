"""Bulk actions over HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.api.door import Door
from tests.api.served import TODAY


async def in_state(door: Door, path: str, state: str) -> dict[str, Any]:
    for _ in range(400):
        run: dict[str, Any] = (await door.get(path)).json()
        if run["state"] == state:
            return run
        await asyncio.sleep(0.02)
    raise AssertionError(run)


async def test_a_list_is_previewed_and_carried_out(door: Door, loan: str) -> None:
    status = {"command": "record_borrower_status", "status": "disaster", "from_date": str(TODAY)}
    body = {"command": status, "loans": {"search": loan}}
    made = await door.post("/bulk_actions", body)
    assert made.status_code == 201
    path = made.headers["location"].removeprefix("/api/v1")
    assert (await in_state(door, path, "previewed"))["would"] == 1
    assert (await door.post(f"{path}/carry_out")).status_code == 200
    assert (await in_state(door, path, "done"))["done"] == 1
    rows = (await door.get(f"{path}/loans", params={"standing": "done"})).json()
    assert [row["loan_id"] for row in rows["items"]] == [loan] and not rows["has_more"]
    assert (await door.get(f"/loans/{loan}")).json()["statuses"][0]["status"] == "disaster"
    assert (await door.post(f"{path}/cancel")).status_code == 409
    assert (await door.post(f"{path}/go_on")).status_code == 409
    assert path.rpartition("/")[2] in str((await door.get("/bulk_actions")).json())
    assert (await door.get("/bulk_actions/bulk_none")).status_code == 404
    reader = await door.with_scopes("loans:read")
    assert (await door.post("/bulk_actions", body, headers=reader)).status_code == 403
    nobody = {"command": status, "loans": {"begun": "1999-01"}}
    assert (await door.post("/bulk_actions", nobody)).status_code == 409
