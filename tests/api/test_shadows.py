"""A candidate in shadow over HTTP: begun, looked at, read and ended."""

from __future__ import annotations

from api.routes import shadows
from tests.api.door import Door


async def test_a_version_runs_in_shadow(door: Door, loan: str) -> None:
    assert shadows.WRITE["scope"] == "definitions:draft"
    begun = await door.post("/shadows", {"version": "auto_simple_interest@2"})
    assert begun.status_code == 201, begun.text
    path = f"/shadows/{begun.json()['shadow_id']}"
    assert begun.headers["Location"] == f"/api/v1{path}"
    seen = (await door.post(f"{path}/look")).json()
    assert seen["loans"] >= 1 and seen["days"][0]["waiting"] == 0
    assert loan not in {
        row["loan_id"] for row in (await door.get(f"{path}/divergences?limit=5")).json()
    }
    day = seen["began_on"]
    assert (await door.get(f"{path}/divergences?day={day}&after=loan_x/3")).status_code == 200
    assert (await door.post(f"{path}/stop")).json()["state"] == "stopped"
    assert (await door.post(f"{path}/stop")).status_code == 409
    assert (await door.get(path)).json()["state"] == "stopped"
    listed = (await door.get("/shadows")).json()
    assert [row["shadow_id"] for row in listed] == [begun.json()["shadow_id"]]
    assert (await door.post("/shadows", {"version": "nothing@1"})).status_code == 404
    assert (await door.get("/shadows/none")).status_code == 404
