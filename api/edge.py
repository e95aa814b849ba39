"""The outermost layer of the API: what Litestar leaves open between a socket and a handler.

Request ids, security headers, HEAD, OPTIONS, and addresses no handler should ever see.
"""

from __future__ import annotations

import re
import secrets
from typing import Any, Final
from urllib.parse import unquote_to_bytes

import msgspec
from litestar.types import ASGIApp, Message, Receive, Send

from api.problem import MALFORMED, MEDIA_TYPE, Problem

HEADERS: Final = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, no-cache",
}
"""Sent with every answer unless the handler chose its own."""
_WELL_FORMED_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
LONGEST_ADDRESS: Final = 8_000
"""Bytes of path and query together."""


class Edge:
    """Wraps the API: every answer has an id and security headers, HEAD and OPTIONS are right."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = _header(scope, b"x-request-id")
        name = given if _WELL_FORMED_ID.fullmatch(given) else f"req_{secrets.token_hex(12)}"
        scope["state"] = {**(scope.get("state") or {}), "request_id": name}
        finished = _finished(send, name, without_body=scope["method"] == "HEAD")
        if fault := _address_fault(scope):
            await _answer(Problem(MALFORMED, fault), scope, finished, name)
        elif scope["method"] == "OPTIONS":
            await self._options(scope, receive, finished)
        elif scope["method"] == "HEAD":
            await self.app(_as(scope, "GET"), receive, finished)
        else:
            await self.app(scope, receive, finished)

    async def _options(self, scope: Any, receive: Receive, send: Send) -> None:
        """204 with every method of the address; Litestar would list only its first handler's."""
        answer: list[Message] = []

        async def keep(message: Message) -> None:
            answer.append(message)

        await self.app(_as(scope, "TRACE"), receive, keep)
        start = answer[0]
        if start["type"] != "http.response.start" or start["status"] != 405:
            for message in answer:
                await send(message)
            return
        allow = next((value for key, value in start["headers"] if key.lower() == b"allow"), b"")
        headers = [(b"allow", allow)]
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _as(scope: Any, method: str) -> Any:
    return {**scope, "method": method}


def _header(scope: Any, name: bytes) -> str:
    for key, value in scope["headers"]:
        if key.lower() == name:
            return str(value, "latin-1")
    return ""


def _address_fault(scope: Any) -> str:
    """What is wrong with path or query, in words; empty when nothing is."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope["query_string"]
    if len(raw) + len(query) > LONGEST_ADDRESS:
        return f"The address is longer than {LONGEST_ADDRESS} bytes"
    for part in (raw, query):
        try:
            text = unquote_to_bytes(part).decode()
        except UnicodeDecodeError:
            return "The address is not UTF-8"
        if "\x00" in text:
            return "NUL characters are not allowed in the address"
    return ""


async def _answer(problem: Problem, scope: Any, send: Send, name: str) -> None:
    body = msgspec.json.encode(problem.body(scope["path"].replace("\x00", "�"), name))
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": problem.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _finished(send: Send, name: str, *, without_body: bool) -> Send:
    """Adds the request's id and the security headers; drops the body that HEAD must not have."""

    async def finished(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [
                (key, _with_head(value) if key.lower() == b"allow" else value)
                for key, value in message["headers"]
            ]
            chosen = {key.lower() for key, _ in headers}
            headers += [
                (key.encode(), value.encode())
                for key, value in HEADERS.items()
                if key.encode() not in chosen
            ]
            headers.append((b"x-request-id", name.encode()))
            message = {**message, "headers": headers}
        elif message["type"] == "http.response.body" and without_body:
            message = {**message, "body": b""}
        await send(message)

    return finished


def _with_head(allow: bytes) -> bytes:
    """The Allow header with HEAD where there is GET, in a fixed order."""
    methods = {method.strip() for method in allow.split(b",")} - {b""} | {b"OPTIONS"}
    if b"GET" in methods:
        methods.add(b"HEAD")
    return b", ".join(sorted(methods))
