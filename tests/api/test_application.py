"""The API put together: what reaches no handler, what breaks, and a database that is away."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.application import LARGEST_BODY
from api.given import GivenHouse
from api.path import FeeId, LoanId, PaymentId
from servicing import reads
from tests.api.door import Door, open_door
from tests.api.served import TODAY

JSON = {"Content-Type": "application/json"}


async def pay(door: Door, loan: str, content: bytes, **headers: str) -> tuple[int, str]:
    answer = await door.client.post(
        f"/api/v1/loans/{loan}/payments",
        content=content,
        headers={"Idempotency-Key": f"{loan}-{len(content)}", **JSON, **headers},
    )
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    return answer.status_code, answer.json()["type"].removeprefix("/api/problems/")


async def test_bodies_that_no_handler_should_see(door: Door, loan: str) -> None:
    assert await pay(door, loan, b'{"amount": NaN}') == (400, "malformed")
    assert await pay(door, loan, b'{"amount": "\xff"}') == (400, "malformed")
    assert await pay(door, loan, b"[" * 90_000) == (400, "malformed")
    assert await pay(door, loan, b'{"amount": "1", "method": "\\u0000"}') == (422, "invalid")
    assert await pay(door, loan, b"") == (422, "invalid")
    assert await pay(door, loan, b"x" * (LARGEST_BODY + 1)) == (413, "too-large")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1", ""],
)
async def test_another_content_type_is_refused(door: Door, loan: str, content_type: str) -> None:
    found = await pay(door, loan, b'{"amount": "1.00"}', **{"Content-Type": content_type})
    assert found == (415, "unsupported-media-type")


async def test_methods_are_answered_right(door: Door, loan: str) -> None:
    address = f"/api/v1/loans/{loan}"
    got, head = await door.client.get(address), await door.client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]
    options = await door.client.options("/api/v1/loans")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    for method in ("DELETE", "PUT", "PATCH", "TRACE", "BREW"):
        refused = await door.client.request(method, address)
        assert refused.status_code == 405, method
        assert refused.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v2/loans", "/api/v1/boats/1"])
async def test_nothing_there_is_a_problem_too(door: Door, path: str) -> None:
    answer = await door.client.get(path)
    assert answer.status_code == 404
    assert answer.json()["type"] == "/api/problems/not-found"
    kind = await door.client.get(answer.json()["type"])
    assert kind.json()["status"] == 404


async def test_a_bug_is_told_in_one_sentence_and_logged_whole(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise AssertionError("cents went missing")

    monkeypatch.setattr(reads, "portfolio", broken)
    answer = await door.get("/portfolio")
    assert answer.status_code == 500
    assert "cents" not in answer.text
    assert answer.json()["request_id"] in caplog.text
    assert "cents went missing" in caplog.text


async def test_a_database_that_is_away_can_be_asked_again(
    fresh_database: str, tmp_path: Path
) -> None:
    async with open_door(fresh_database, tmp_path, TODAY) as door:
        await door.house.pool.close()
        for answer in (await door.get("/portfolio"), await door.post("/loans", {})):
            assert answer.status_code == 503
            assert answer.headers["retry-after"]
        ready = await door.client.get("/api/health/ready")
        assert (ready.status_code, ready.json()["status"]) == (503, "unavailable")
        assert (await door.client.get("/api/health/live")).status_code == 200


def test_what_handlers_are_given_is_described() -> None:
    assert "SkipValidation" in str(GivenHouse)
    for name in (LoanId, PaymentId, FeeId):
        assert "description=" in str(name)
