"""Requests that change no loan: carried out once under their key, and answered again the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.serialization import default_serializer

from api.commanding import Key, request_hash
from api.problem import KEY_MISSING, Problem
from servicing.actor import Actor
from servicing.house import House
from servicing.once import once

T = TypeVar("T")


class _Answer(msgspec.Struct, array_like=True):
    """What is kept of an answer."""

    location: str
    body: msgspec.Raw


@dataclass(frozen=True, kw_only=True)
class Step:
    """One request that wants to change something, and who wants it."""

    house: House
    actor: Actor
    key: str
    request_hash: bytes

    async def answer(
        self,
        work: Callable[[], Awaitable[T]],
        *,
        at: Callable[[T], str] | None = None,
        status: int = 200,
    ) -> Response[T]:
        """Do the work, once under this key; ``at`` is the address of what it makes."""

        async def done() -> bytes:
            made = await work()
            body = msgspec.json.encode(made, enc_hook=default_serializer)
            kept = _Answer(at(made) if at else "", msgspec.Raw(body))
            return msgspec.json.encode(kept)

        kept, before = await once(self.house, self.actor, self.key, self.request_hash, done)
        answer = msgspec.json.decode(kept, type=_Answer)
        headers = {"Location": answer.location} if answer.location else {}
        if before:
            headers["Idempotent-Replayed"] = "true"
        content: Any = None if status == 204 else bytes(answer.body)
        return Response(content, status_code=status, headers=headers, media_type="application/json")


async def step_asked(
    request: Request[Any, Any, Any],
    house: NamedDependency[SkipValidation[House]],
    actor: NamedDependency[SkipValidation[Actor]],
    idempotency_key: Key = None,
) -> Step:
    """Dependency of every handler that changes something else than a loan."""
    if idempotency_key is None:
        raise Problem(KEY_MISSING, "Send the header Idempotency-Key; it names the intent")
    return Step(
        house=house, actor=actor, key=idempotency_key, request_hash=await request_hash(request)
    )
