"""Everything that goes wrong at this door, as RFC 9457 problem details."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from litestar import Request, Response
from litestar.plugins.problem_details import ProblemDetailsException

MEDIA_TYPE: Final = "application/problem+json"
TYPES_PATH: Final = "/api/problems/"


class Fault(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing wrong with a request, and the law behind it where law decided."""

    message: str
    """What was found and what is allowed."""
    pointer: str = ""
    """JSON pointer into the body ("/amount"); empty when the fault is elsewhere."""
    parameter: str = ""
    """Name of the query, path or header parameter at fault."""
    code: str = ""
    """Stable name of the fault, for machines."""
    rule: str = ""
    """Rule that refused."""
    citation: str = ""
    """Where the rule stands in the law."""
    href: str = ""
    """Text of the law."""
    needs_approval: bool = False
    """True when a second person's override lets it through."""
    file: str = ""
    """Definition file at fault."""
    line: int = 0
    """Line in it, from 1."""
    column: int = 0
    mend: str = ""
    """How to put it right."""


class ProblemDetails(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An RFC 9457 problem: what went wrong with a request, every fault of it at once."""

    type: str
    """Reference of the kind of problem; GET it for what it means and what to do."""
    title: str
    """The kind of problem in words."""
    status: int
    """HTTP status."""
    detail: str
    """This occurrence in words."""
    instance: str
    """Path of the request."""
    request_id: str
    """Names this request in the server's log; also in the header X-Request-Id."""
    errors: tuple[Fault, ...] = ()
    """Every fault found."""
    loan_id: str = ""
    """The loan concerned, for a conflict."""
    receipt_id: str = ""
    """Receipt of the request that used this Idempotency-Key first."""
    version: int = 0
    """Version of the loan, or revision of the draft, as it stands, for a version conflict."""
    text: str = ""
    """Text of the draft as it stands, when another change of it came first."""


class ProblemType(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of problem this API answers with."""

    name: str
    title: str
    status: int
    meaning: str
    """What it means and what the caller can do."""


def _kind(name: str, status: int, title: str, meaning: str) -> ProblemType:
    return ProblemType(name=name, title=title, status=status, meaning=meaning)


MALFORMED = _kind(
    "malformed", 400, "The request cannot be read",
    "The body is not JSON in UTF-8, is nested too deeply, or the address has characters that are"
    " not allowed. Nothing happened.",
)  # fmt: skip
KEY_MISSING = _kind(
    "idempotency-key-missing", 400, "An Idempotency-Key is required",
    "Every request that changes a loan carries the header Idempotency-Key, so that it can be"
    " sent again safely. Choose one per intent, such as a UUID. Nothing happened.",
)  # fmt: skip
UNAUTHENTICATED = _kind(
    "unauthenticated", 401, "Who is asking?",
    "Send Authorization: Bearer followed by an API key that is neither revoked nor expired.",
)  # fmt: skip
FORBIDDEN = _kind(
    "forbidden", 403, "Not allowed", "The API key does not carry the scope that this needs."
)
NOT_FOUND = _kind("not-found", 404, "Not found", "There is nothing at this address.")
METHOD = _kind(
    "method-not-allowed", 405, "Method not allowed",
    "The header Allow lists the methods of this address.",
)  # fmt: skip
STATE = _kind(
    "state", 409, "Not possible as the loan stands",
    "The loan is in a state that does not allow this. Nothing happened.",
)  # fmt: skip
KEY_REUSED = _kind(
    "idempotency-key-reused", 409, "The Idempotency-Key belongs to another request",
    "A different request was sent with this key before; loan_id and receipt_id name what it did."
    " Use a new key for a new intent.",
)  # fmt: skip
IN_FLIGHT = _kind(
    "in-flight", 409, "The first request with this key is still running",
    "Send the same request again after Retry-After seconds.",
)  # fmt: skip
CHANGED = _kind(
    "changed", 412, "The loan has changed since",
    "If-Match or if_version names a version that is not the loan's present one. Read it again and"
    " decide again. Nothing happened.",
)  # fmt: skip
DRAFT_CHANGED = _kind(
    "draft-changed", 412, "The draft has changed since",
    "Another change of the draft came first; text is what it says now. Put the two together and"
    " send the revision named. Nothing happened.",
)  # fmt: skip
BUSY = _kind(
    "busy", 409, "Others changed the loan at the same moment",
    "The request lost against concurrent writes, three times. Nothing happened; send it again.",
)  # fmt: skip
TOO_LARGE = _kind("too-large", 413, "The body is too large", "Send less at once.")
MEDIA = _kind(
    "unsupported-media-type", 415, "Wrong content type",
    "Send application/json in UTF-8; a boarding file as text/csv.",
)  # fmt: skip
INVALID = _kind(
    "invalid", 422, "The request is not valid",
    "errors lists every fault with its place. Nothing happened.",
)  # fmt: skip
REFUSED = _kind(
    "refused-by-rule", 422, "Law or policy refuses this",
    "errors names each rule with its citation. Nothing happened.",
)  # fmt: skip
TOO_MANY = _kind("too-many-requests", 429, "Too many requests", "Wait for Retry-After seconds.")
INTERNAL = _kind(
    "internal", 500, "Something broke here",
    "The fault is on our side and is in the log under request_id. A request sent again with its"
    " Idempotency-Key posts at most once.",
)  # fmt: skip
UNAVAILABLE = _kind(
    "unavailable", 503, "Not available just now",
    "The database cannot be reached. Send the request again with the same Idempotency-Key.",
)  # fmt: skip

PROBLEM_TYPES: Final = (
    MALFORMED, KEY_MISSING, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, METHOD, STATE, KEY_REUSED,
    IN_FLIGHT, BUSY, CHANGED, DRAFT_CHANGED, TOO_LARGE, MEDIA, INVALID, REFUSED, TOO_MANY,
    INTERNAL, UNAVAILABLE,
)  # fmt: skip


class Problem(ProblemDetailsException):
    """Raise it anywhere behind this door to answer with problem details."""

    def __init__(
        self,
        kind: ProblemType,
        detail: str,
        *,
        errors: tuple[Fault, ...] = (),
        status: int | None = None,
        headers: dict[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(
            detail=detail,
            status_code=status or kind.status,
            title=kind.title,
            type_=TYPES_PATH + kind.name,
            headers=headers,
        )
        self.kind = kind
        self.errors = errors
        self.members = members

    def body(self, instance: str, request_id: str) -> ProblemDetails:
        """The problem as it is sent in answer to one request."""
        return ProblemDetails(
            type=TYPES_PATH + self.kind.name,
            title=self.kind.title,
            status=self.status_code,
            detail=self.detail,
            instance=instance,
            request_id=request_id,
            errors=self.errors,
            **self.members,
        )

    def to_response(self, request: Request[Any, Any, Any]) -> Response[Any]:
        """The answer, with the path and id of the request it answers."""
        return Response(
            self.body(request.scope["path"], request_id(request.scope)),
            status_code=self.status_code,
            media_type=MEDIA_TYPE,
            headers=self.headers,
        )


def request_id(scope: Any) -> str:
    """Id that the edge gave the request."""
    return str(scope.get("state", {}).get("request_id", ""))


def invalid(*faults: Fault) -> Problem:
    """422 with every fault found in a request."""
    count = len(faults)
    words = faults[0].message if count == 1 else f"{count} things are wrong with the request"
    return Problem(INVALID, words, errors=faults)
