"""Loans moved to another version over HTTP, one by one and by plan."""

from __future__ import annotations

from tests.api.door import Door


async def test_a_plan_from_preview_to_undo(door: Door, loan: str) -> None:
    made = (await door.post("/drafts", {"kind": "product", "name": "auto_simple_interest"})).json()
    text = made["text"].partition("\nexamples:")[0] + "\n"
    text = text.replace(f"live_from: {made['text'].split('live_from: ')[1][:10]}",
                        f"live_from: {door.clock.business_date()}", 1)  # fmt: skip
    path = f"/drafts/{made['row']['draft_id']}"
    await door.post(f"{path}/text", {"revision": 1, "text": text})
    submitted = await door.post(f"{path}/submit", {"revision": 2})
    assert submitted.status_code == 200, submitted.text
    other = await door.with_scopes("definitions:approve", "definitions:publish")
    await door.post(f"{path}/approve", {"revision": 3}, headers=other)
    published = await door.post(f"{path}/publish", {"revision": 4}, headers=other)
    assert published.json()["row"]["state"] == "published", published.text
    version = published.json()["row"]["version"]

    body = {"product": "auto_simple_interest", "to_version": version, "reason": "all on one"}
    planned = await door.post("/move_plans", {**body, "condition": 'state == "CA"'})
    assert planned.status_code == 201, planned.text
    plan = f"/move_plans/{planned.json()['row']['plan_id']}"
    assert planned.headers["Location"] == f"/api/v1{plan}"
    assert loan in {each["loan_id"] for each in planned.json()["loans"]}
    assert (await door.post(f"{plan}/approve")).status_code == 422
    assert (await door.post(f"{plan}/approve", headers=other)).status_code == 200
    moved = (await door.post(f"{plan}/carry_out")).json()
    assert moved["counts"].keys() == {"moved"}
    assert (await door.get(f"/loans/{loan}")).json()["product_version"] == version
    assert (await door.post(f"{plan}/undo")).json()["row"]["state"] == "undone"
    assert (await door.get(f"/loans/{loan}")).json()["product_version"] == 1
    listed = (await door.get("/move_plans")).json()
    assert [row["state"] for row in listed] == ["undone"]
    assert (await door.get(plan)).json()["counts"].keys() == {"undone"}
    consent = await door.post(f"{plan}/consents", {"loan_id": loan, "reference": "letter"})
    assert consent.status_code == 409

    alone = await door.post(f"/loans/{loan}/move", {"to_version": version, "reason": "alone"})
    assert alone.status_code == 201, alone.text
    again = await door.post(f"/loans/{loan}/move", {"to_version": version, "reason": "alone"})
    assert again.status_code == 409
