"""How a request becomes a command carried out: its key, its hash, its dry run, its version."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, QueryParameter, SkipValidation

from api.answers import CommandAnswer, command_answer, entity_tag
from api.problem import CHANGED, KEY_MISSING, Fault, Problem, invalid
from engine.loan.commands import Command
from servicing.actor import Actor
from servicing.house import House

Key = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        required=False,
        description="Names the intent, such as a UUID. Required unless dry_run=true. The same"
        " request with the same key is answered again without happening again.",
    ),
]
IfMatch = Annotated[
    str | None,
    HeaderParameter(
        name="If-Match",
        max_length=100,
        required=False,
        description='ETag of the loan as read, or "12" for version 12; 412 when it has changed.',
    ),
]
DryRun = Annotated[
    bool, QueryParameter(description="True: answer what would happen, write nothing; needs no key.")
]
IfVersion = Annotated[
    int | None,
    QueryParameter(ge=1, le=2**31 - 1, description="Same as If-Match, by the loan's seq."),
]
_TAG = re.compile(r'"?([0-9]{1,9})(-[0-9]{8})?"?', re.ASCII)
DONE: Final = 201


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request that wants to change something, and who wants it."""

    house: House
    actor: Actor
    key: str | None
    request_hash: bytes
    dry_run: bool
    if_version: int | None

    @property
    def today(self) -> date:
        """The business date: the default of every day a body may leave out."""
        return self.house.clock.business_date()

    async def carry_out(
        self, command: Command, loan_id: str | None = None
    ) -> Response[CommandAnswer]:
        """Hand the command to the servicer and answer with its receipt."""
        receipt = await self.house.servicer.execute(
            self.actor,
            command,
            loan_id=loan_id,
            idempotency_key=None if self.dry_run else self.key,
            request_hash=self.request_hash,
            dry_run=self.dry_run,
            if_version=self.if_version,
        )
        answer = command_answer(receipt)
        headers = {"Location": answer.links["loan"]}
        if not self.dry_run:
            headers["ETag"] = entity_tag(answer.seq, self.today)
        if receipt.replayed:
            headers["Idempotent-Replayed"] = "true"
        return Response(answer, status_code=200 if self.dry_run else DONE, headers=headers)


async def command_asked(
    request: Request[Any, Any, Any],
    house: NamedDependency[SkipValidation[House]],
    actor: NamedDependency[SkipValidation[Actor]],
    idempotency_key: Key = None,
    dry_run: DryRun = False,
    if_match: IfMatch = None,
    if_version: IfVersion = None,
) -> Asked:
    """Dependency of every handler that changes something; raises ``Problem`` without a key."""
    if not dry_run and idempotency_key is None:
        raise Problem(KEY_MISSING, "Send the header Idempotency-Key, or dry_run=true to only look")
    return Asked(
        house=house,
        actor=actor,
        key=idempotency_key,
        request_hash=await request_hash(request),
        dry_run=dry_run,
        if_version=_version(if_match, if_version),
    )


async def request_hash(request: Request[Any, Any, Any]) -> bytes:
    """Of the request as sent, before any default: method, address and body."""
    digest = hashlib.sha256()
    for part in (
        request.method.encode(),
        request.scope["path"].encode(),
        request.scope["query_string"],
        await request.body(),
    ):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def _version(if_match: str | None, if_version: int | None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return if_version
    match = _TAG.fullmatch(if_match.strip())
    if match is None:
        message = 'If-Match is the ETag of the loan, such as "12-20260131", or *'
        raise invalid(Fault(parameter="If-Match", message=message))
    seq = int(match[1])
    if if_version is not None and if_version != seq:
        raise Problem(CHANGED, "If-Match and if_version name different versions")
    return seq
