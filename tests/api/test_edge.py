"""What the edge does before and after a handler, tried on a small API of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from litestar import Litestar, get, post

from api.edge import LONGEST_ADDRESS, Edge


@get("/loans")
async def listed() -> list[str]:
    return ["one"]


@post("/loans")
async def made() -> str:
    return "two"


@post("/only-post")
async def posted() -> str:
    return "three"


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app: Any = Edge(Litestar([listed, made, posted], openapi_config=None))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://edge") as client:
        yield client


async def test_every_answer_has_an_id_and_security_headers(client: httpx.AsyncClient) -> None:
    for path in ("/loans", "/nowhere"):
        answer = await client.get(path)
        assert answer.headers["x-request-id"].startswith("req_")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_a_well_formed_id_of_the_caller_is_kept(client: httpx.AsyncClient) -> None:
    kept = await client.get("/loans", headers={"X-Request-Id": "batch-7.row_3"})
    assert kept.headers["x-request-id"] == "batch-7.row_3"
    replaced = await client.get("/loans", headers={"X-Request-Id": "<script>"})
    assert replaced.headers["x-request-id"].startswith("req_")


async def test_head_is_get_without_the_body(client: httpx.AsyncClient) -> None:
    head, got = await client.head("/loans"), await client.get("/loans")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]


async def test_head_where_there_is_no_get_is_not_allowed(client: httpx.AsyncClient) -> None:
    answer = await client.head("/only-post")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "OPTIONS, POST"


async def test_options_lists_every_method_of_the_address(client: httpx.AsyncClient) -> None:
    answer = await client.options("/loans")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert (await client.options("/nowhere")).status_code == 404


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/loans/%00", "NUL"),
        ("/loans?search=%00", "NUL"),
        ("/loans/%ff", "UTF-8"),
        ("/loans?search=%ff%fe", "UTF-8"),
        ("/loans?search=" + "x" * LONGEST_ADDRESS, "longer than"),
    ],
)
async def test_an_address_that_no_handler_should_see_is_refused(
    client: httpx.AsyncClient, address: str, words: str
) -> None:
    answer = await client.get(address)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
