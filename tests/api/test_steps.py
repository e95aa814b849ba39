"""A step of publishing is taken once under its key, answered again the same, and free again when
refused."""

from __future__ import annotations

import asyncio

from api.routes import V1_HANDLERS
from api.steps import step_asked
from tests.api.door import Door

BODY = {"kind": "product", "name": "pay_in_4"}
OURS = ("drafts", "moves", "shadows")


def test_every_change_of_publishing_asks_for_a_key() -> None:
    assert step_asked.__name__ == "step_asked"
    changing = [h for h in V1_HANDLERS if "POST" in h.http_methods
                and h.fn.__module__.rpartition(".")[2] in OURS]  # fmt: skip
    assert len(changing) >= 18
    assert not [h.fn.__name__ for h in changing if "step" not in h.fn.__annotations__]


async def test_the_same_step_is_taken_once_and_answered_again(door: Door) -> None:
    first = await door.post("/drafts", BODY, key="one-draft")
    again = await door.post("/drafts", BODY, key="one-draft")
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert first.headers["Location"] == again.headers["Location"]
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    ident = first.json()["row"]["draft_id"]
    drafts = (await door.get("/drafts")).json()
    assert [row["draft_id"] for row in drafts].count(ident) == 1
    path = f"/drafts/{ident}"
    said = [await door.post(f"{path}/comment", {"revision": 1, "comment": "Why?"}, key="said")
            for _ in range(2)]  # fmt: skip
    assert [answer.json()["row"]["revision"] for answer in said] == [2, 2]
    other = await door.post("/drafts", {**BODY, "version": 1}, key="one-draft")
    assert other.json()["type"].endswith("/idempotency-key-reused"), other.text
    without = await door.post("/drafts", BODY, key=None)
    assert without.json()["type"].endswith("/idempotency-key-missing")


async def test_of_two_at_once_one_is_taken(door: Door) -> None:
    answers = await asyncio.gather(*(door.post("/drafts", BODY, key="at-once") for _ in range(4)))
    made = {a.json()["row"]["draft_id"] for a in answers if a.status_code == 201}
    assert len(made) == 1
    assert {a.status_code for a in answers} <= {201, 409}
    later = await door.post("/drafts", BODY, key="at-once")
    assert later.json()["row"]["draft_id"] in made


async def test_a_refused_step_may_be_sent_again_under_its_key(door: Door) -> None:
    made = (await door.post("/drafts", BODY)).json()["row"]
    path = f"/drafts/{made['draft_id']}"
    early = await door.post(f"{path}/publish", {"revision": 1}, key="publish-it")
    assert early.status_code == 409 and early.json()["type"].endswith("/state")
    again = await door.post(f"{path}/publish", {"revision": 1}, key="publish-it")
    assert again.json()["type"].endswith("/state") and "Idempotent-Replayed" not in again.headers


async def test_what_is_retired_once_is_answered_without_content_twice(door: Door) -> None:
    body = {"version": 1, "last_day": str(door.clock.business_date()), "reason": "replaced"}
    for _ in range(2):
        done = await door.post("/products/step_up_installment/retire", body, key="retire-it")
        assert done.status_code == 204 and done.content == b"", done.text
    again = await door.post("/products/step_up_installment/retire", body)
    assert again.status_code == 409
