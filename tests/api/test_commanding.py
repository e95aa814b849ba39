"""How a change is asked for: keys, hashes, dry runs and versions."""

from __future__ import annotations

import pytest

from api.commanding import request_hash
from tests.api.door import Door

PAY = {"amount": "100.00"}


async def test_a_change_without_a_key_is_refused(door: Door, loan: str) -> None:
    answer = await door.post(f"/loans/{loan}/payments", PAY, key=None)
    assert answer.status_code == 400
    assert answer.json()["type"] == "/api/problems/idempotency-key-missing"


@pytest.mark.parametrize("key", ["two words", "k" * 256])
async def test_a_key_is_printable_and_short(door: Door, loan: str, key: str) -> None:
    answer = await door.post(f"/loans/{loan}/payments", PAY, key=key)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "Idempotency-Key"


async def test_the_same_request_again_gets_the_first_answer(door: Door, loan: str) -> None:
    first = await door.post(f"/loans/{loan}/payments", PAY, key="again")
    second = await door.post(f"/loans/{loan}/payments", PAY, key="again")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"


async def test_the_hash_is_of_the_request_as_sent(door: Door, loan: str) -> None:
    assert "as sent" in (request_hash.__doc__ or "")
    path = f"/loans/{loan}/payments"
    await door.post(path, PAY, key="as-sent-first")
    with_default = await door.post(path, {**PAY, "method": "ach"}, key="as-sent")
    assert with_default.status_code == 201
    other = await door.post(path, PAY, key="as-sent")
    assert other.status_code == 409
    assert other.json()["type"] == "/api/problems/idempotency-key-reused"
    assert other.json()["loan_id"] == loan


async def test_keys_of_two_clients_do_not_meet(door: Door, loan: str) -> None:
    path = f"/loans/{loan}/payments"
    mine = await door.post(path, PAY, key="shared")
    theirs = await door.post(path, PAY, key="shared", headers=await door.with_scopes("*"))
    assert mine.json()["payment_id"] != theirs.json()["payment_id"]


async def test_a_dry_run_shows_all_and_writes_nothing(door: Door, loan: str) -> None:
    path = f"/loans/{loan}/payments"
    before = (await door.get(f"/loans/{loan}")).json()
    looked = await door.post(path, PAY, key=None, params={"dry_run": "true"})
    assert looked.status_code == 200
    assert looked.json()["dry_run"] is True
    assert looked.json()["allocation"]["principal"] != "0.00"
    assert (await door.get(f"/loans/{loan}")).json() == before

    done = await door.post(path, PAY, params={"if_version": before["seq"]})
    same = ("balances", "balances_before", "allocation", "seq")
    assert {name: done.json()[name] for name in same} == {
        name: looked.json()[name] for name in same
    }


async def test_a_stale_version_is_refused(door: Door, loan: str) -> None:
    path = f"/loans/{loan}/payments"
    tag = (await door.get(f"/loans/{loan}")).headers["ETag"]
    assert (await door.post(path, PAY, headers={"If-Match": tag})).status_code == 201
    stale = await door.post(path, PAY, headers={"If-Match": tag})
    assert stale.status_code == 412
    assert stale.json()["version"] > int(tag.strip('"').split("-")[0])
    by_number = await door.post(path, PAY, params={"if_version": 1})
    assert by_number.status_code == 412
    assert (await door.post(path, PAY, headers={"If-Match": "*"})).status_code == 201


async def test_an_if_match_that_is_no_tag_is_refused(door: Door, loan: str) -> None:
    answer = await door.post(f"/loans/{loan}/payments", PAY, headers={"If-Match": "yesterday"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "If-Match"


async def test_the_new_version_is_told(door: Door, loan: str) -> None:
    done = await door.post(f"/loans/{loan}/payments", PAY)
    assert done.headers["ETag"].startswith(f'"{done.json()["seq"]}-')
    assert done.headers["Location"] == f"/api/v1/loans/{loan}"
    read = await door.get(f"/loans/{loan}")
    assert read.headers["ETag"] == done.headers["ETag"]


async def test_nothing_is_recorded_for_a_day_to_come(door: Door, loan: str) -> None:
    path, ahead = f"/loans/{loan}/payments", {**PAY, "received_on": "2025-01-11"}
    answer = await door.post(path, ahead)
    assert answer.status_code == 422
    [fault] = answer.json()["errors"]
    assert (fault["pointer"], fault["code"]) == ("/received_on", "ahead_of_time")
    assert (await door.post(path, ahead, params={"dry_run": True})).status_code == 200
