"""Publishing over HTTP: a draft, a second person, its effect on the book, and what is refused."""

from __future__ import annotations

import asyncio
from typing import Any

from api.routes import drafts
from tests.api.door import Door


class Person:
    """Someone with a key of their own."""

    def __init__(self, door: Door, headers: dict[str, str]) -> None:
        self.door, self.headers = door, headers

    async def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """POST as this person."""
        return await self.door.post(path, body or {}, headers=self.headers)


async def writer(door: Door) -> Person:
    return Person(door, await door.with_scopes(drafts.drafts.WRITE, "products:read"))


async def reviewer(door: Door) -> Person:
    scopes = (drafts.drafts.APPROVE, drafts.drafts.PUBLISH, "products:read")
    return Person(door, await door.with_scopes(*scopes))


async def test_from_a_draft_to_what_is_offered(door: Door, loan: str) -> None:
    ada, ben = await writer(door), await reviewer(door)
    begun = await ada.post("/drafts", {"kind": "product", "name": "auto_simple_interest"})
    assert begun.status_code == 201, begun.text
    made = begun.json()
    path = f"/drafts/{made['row']['draft_id']}"
    assert begun.headers["Location"] == f"/api/v1{path}"
    text = made["text"].partition("\nexamples:")[0] + "\n"
    body = {"revision": 1, "text": text}
    assert (await ada.post(f"{path}/text", body)).json()["row"]["revision"] == 2
    late = await ben.door.post(f"{path}/text", body)
    assert late.status_code == 412 and late.json()["type"].endswith("/draft-changed")
    assert late.json()["text"] == text and late.json()["version"] == 2

    started = await ada.post(f"{path}/effect")
    assert started.status_code == 202, started.text
    run = f"/effects/{started.json()['run_id']}"
    for _ in range(200):
        found = (await door.get(run)).json()
        if found["state"] != "running":
            break
        await asyncio.sleep(0.02)
    assert (found["state"], found["loans_total"]) == ("done", found["loans_done"])
    assert (await door.get(f"{run}/loans")).json() == []
    assert (await ada.post(f"{run}/cancel")).json()["state"] == "done"

    review = (await door.get(f"{path}/review")).json()
    assert review["compared_with"] == "auto_simple_interest@1"
    assert {item["path"] for item in review["differences"]} >= {"/version", "/live_from"}
    submitted = await ada.post(f"{path}/submit", {"revision": 2, "comment": "please"})
    assert submitted.json()["row"]["state"] == "in_review"
    assert (await ada.post(f"{path}/approve", {"revision": 3})).status_code == 403
    said = await ben.post(f"{path}/comment", {"revision": 3, "comment": "Why?"})
    approved = await ben.post(f"{path}/approve", {"revision": said.json()["row"]["revision"]})
    assert approved.json()["row"]["state"] == "approved", approved.text
    published = await ben.post(f"{path}/publish", {"revision": 5})
    assert published.json()["row"]["state"] == "published", published.text
    versions = [row["version"] for row in (await door.get("/products")).json()
                if row["product"] == "auto_simple_interest"]  # fmt: skip
    assert made["row"]["version"] in versions
    assert path.rpartition("/")[2] in {
        row["draft_id"] for row in (await door.get("/drafts")).json()
    }


async def test_everything_wrong_is_told_with_its_line(door: Door) -> None:
    ada = await writer(door)
    made = (await ada.post("/drafts", {"kind": "product", "name": "pay_in_4"})).json()
    path = f"/drafts/{made['row']['draft_id']}"
    wrong = made["text"].replace("no_interest", "magic", 1)
    edited = (await ada.post(f"{path}/text", {"revision": 1, "text": wrong})).json()
    assert edited["problems"][0]["line"] > 1
    refused = await ada.post(f"{path}/submit", {"revision": 2})
    assert refused.status_code == 422
    fault = refused.json()["errors"][0]
    assert (fault["line"], fault["file"]) == (edited["problems"][0]["line"], made["file"])
    assert (await ada.post(f"{path}/effect")).status_code == 422
    gone = await ada.post(f"{path}/withdraw", {"revision": 2})
    assert gone.json()["row"]["state"] == "withdrawn"


async def test_a_reviewer_sends_it_back(door: Door) -> None:
    ada, ben = await writer(door), await reviewer(door)
    made = (await ada.post("/drafts", {"kind": "product", "name": "pay_in_4"})).json()
    path = f"/drafts/{made['row']['draft_id']}"
    await ada.post(f"{path}/submit", {"revision": 1})
    back = await ben.post(f"{path}/return", {"revision": 2, "comment": "no"})
    assert back.json()["row"]["state"] == "draft"
    early = await ben.post(f"{path}/publish", {"revision": 3})
    assert early.status_code == 409 and early.json()["type"].endswith("/state")


async def test_a_version_is_retired(door: Door) -> None:
    ben = await reviewer(door)
    body = {"version": 1, "last_day": str(door.clock.business_date()), "reason": "replaced"}
    done = await ben.post("/products/pay_in_4/retire", body)
    assert done.status_code == 204, done.text
    assert (await ben.post("/products/pay_in_4/retire", body)).status_code == 409
    shown = (await door.get("/products/pay_in_4?version=1")).json()
    assert shown["row"]["live_until"] == body["last_day"]


async def test_any_version_is_begun_from_and_where_it_is_used_is_told(door: Door) -> None:
    ada = await writer(door)
    body = {"kind": "product", "name": "motor_loan", "template": "auto_simple_interest@2"}
    made = await ada.post("/drafts", body)
    assert made.status_code == 201 and made.json()["row"]["version"] == 1, made.text
    assert (await ada.post("/drafts", {**body, "version": 1})).status_code == 422
    back = await ada.post("/drafts", {"kind": "product", "name": "pay_in_4", "version": 1})
    assert back.json()["row"]["began_from"] == "pay_in_4@1"
    used = (await door.get("/where_used/waterfall/consumer_standard")).json()
    assert "auto_simple_interest@1" in {use["reference"] for use in used[0]["products"]}
    assert (await door.get("/where_used/waterfall/none")).status_code == 404
    fall = (await door.get("/waterfalls/consumer_standard@1")).json()
    assert fall["looks"] and len(fall["falls"]) == 3
    assert (await door.get("/waterfalls/none@1")).status_code == 404
