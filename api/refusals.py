"""How what servicing raises, and what Litestar raises, becomes a problem of this API."""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from api.auth import lacking
from api.problem import (
    BUSY,
    CHANGED,
    DRAFT_CHANGED,
    FORBIDDEN,
    IN_FLIGHT,
    INTERNAL,
    INVALID,
    KEY_REUSED,
    MALFORMED,
    MEDIA,
    METHOD,
    NOT_FOUND,
    REFUSED,
    STATE,
    TOO_LARGE,
    TOO_MANY,
    UNAUTHENTICATED,
    UNAVAILABLE,
    Fault,
    Problem,
    ProblemType,
    invalid,
    request_id,
)
from engine.catalog.catalog import UnknownDefinition
from engine.errors import DefinitionError, Refusal
from servicing import errors

LOG = logging.getLogger("loanwright.api")
NOT_ON_THE_LOAN = {("no_such_fee", "/fee_id"), ("no_such_payment", "/payment")}
"""Refusals of what the address names: it is not there."""
RETRY_SECONDS = "5"
_HEADERS = {"idempotency_key": "Idempotency-Key", "if_match": "If-Match"}
_BY_STATUS: dict[int, ProblemType] = {
    400: MALFORMED,
    401: UNAUTHENTICATED,
    403: FORBIDDEN,
    404: NOT_FOUND,
    405: METHOD,
    413: TOO_LARGE,
    415: MEDIA,
    422: INVALID,
    429: TOO_MANY,
    503: UNAVAILABLE,
}


def command_refused(refused: errors.CommandRefused) -> Problem:
    """422 when the request or law is at fault, 409 when it is the state of the loan.

    404 when the address names a payment or fee that the loan does not have.
    """
    kinds = {refusal.kind for refusal in refused.refusals}
    kind = INVALID if "invalid" in kinds else REFUSED if "rule" in kinds else STATE
    if any((it.code, it.path) in NOT_ON_THE_LOAN for it in refused.refusals):
        kind = NOT_FOUND
    faults = tuple(_fault(refusal) for refusal in refused.refusals)
    return Problem(kind, "; ".join(fault.message for fault in faults), errors=faults)


def on_command_refused(
    request: Request[Any, Any, Any], refused: errors.CommandRefused
) -> Response[Any]:
    """The problem; what a read refuses stands in its address and not in a body."""
    problem = command_refused(refused)
    if request.scope["method"] == "GET":
        problem.errors = tuple(
            msgspec.structs.replace(fault, pointer="", parameter=fault.pointer.lstrip("/"))
            for fault in problem.errors
        )
    return problem.to_response(request)


def _fault(refusal: Refusal) -> Fault:
    cited = refusal.citation
    return Fault(
        message=refusal.message,
        pointer=refusal.path,
        code=refusal.code,
        rule=refusal.rule,
        citation=cited.cite if cited else "",
        href=cited.href if cited else "",
        needs_approval=refusal.needs_approval,
    )


def loan_not_found(fault: errors.LoanNotFound) -> Problem:
    """404."""
    return Problem(NOT_FOUND, f'There is no loan "{fault.loan_id[:80]}"')


def not_found(fault: errors.NotFound) -> Problem:
    """404."""
    return Problem(NOT_FOUND, f'There is no {fault.what} "{fault.ident[:80]}"')


def unknown_definition(fault: UnknownDefinition) -> Problem:
    """404."""
    return Problem(NOT_FOUND, str(fault)[:300])


def forbidden(fault: errors.Forbidden) -> Problem:
    """403."""
    return lacking(fault.scope)


def key_reused(fault: errors.IdempotencyConflict) -> Problem:
    """409 naming what the key did first."""
    return Problem(
        KEY_REUSED,
        "This Idempotency-Key was used for another request",
        loan_id=fault.loan_id or "",
        receipt_id=fault.receipt_id,
    )


def in_flight(fault: errors.InFlight) -> Problem:
    """409 with Retry-After."""
    detail = "The first request with this Idempotency-Key is still running"
    return Problem(IN_FLIGHT, detail, headers={"Retry-After": str(fault.retry_after_seconds)})


def unavailable(fault: Exception) -> Problem:
    """503 with Retry-After."""
    detail = "The database cannot be reached just now"
    return Problem(UNAVAILABLE, detail, headers={"Retry-After": RETRY_SECONDS})


def bad_definition(fault: DefinitionError) -> Problem:
    """422 naming every fault of a definition."""
    return invalid(
        *(
            Fault(
                pointer=each.path,
                message=each.message,
                code=each.code,
                file=each.file,
                line=each.line,
                column=each.column,
                mend=each.mend,
            )
            for each in fault.problems
        )
    )


def draft_changed(fault: errors.DraftChanged) -> Problem:
    """412 with the text as it is now, so that nothing of either is lost."""
    return Problem(DRAFT_CHANGED, str(fault), version=fault.revision, text=fault.text)


def version_conflict(fault: errors.VersionConflict) -> Problem:
    """412 when the request named a version, 409 when it only lost a race."""
    kind = CHANGED if fault.stated else BUSY
    detail = f"The loan is at version {fault.found}, not {fault.expected}"
    return Problem(kind, detail, version=fault.found)


def on_http(request: Request[Any, Any, Any], fault: HTTPException) -> Response[Any]:
    """What Litestar itself found wrong."""
    if isinstance(fault, ValidationException):
        return _parameters_invalid(fault).to_response(request)
    kind = _BY_STATUS.get(fault.status_code, INTERNAL if fault.status_code >= 500 else MALFORMED)
    status = None if kind.status == fault.status_code else fault.status_code
    detail = {404: f"There is nothing at {request.scope['path'][:200]}"}.get(
        fault.status_code, kind.meaning
    )
    return Problem(kind, detail, status=status, headers=dict(fault.headers or {})).to_response(
        request
    )


def _parameters_invalid(fault: ValidationException) -> Problem:
    """422: a missing body, and every parameter that cannot be read."""
    faults = []
    for entry in fault.extra if isinstance(fault.extra, list) else ():
        name = str(entry.get("key", ""))
        if name == "data":
            faults.append(Fault(message="This needs a body", code="required"))
        else:
            faults.append(Fault(parameter=_HEADERS.get(name, name), message=entry["message"]))
    return invalid(*faults) if faults else Problem(INVALID, str(fault.detail)[:300])


def on_anything(request: Request[Any, Any, Any], fault: Exception) -> Response[Any]:
    """500: logged whole, told in one sentence."""
    name = request_id(request.scope)
    LOG.error("%s %s failed (%s)", request.method, request.scope["path"], name, exc_info=fault)
    return Problem(INTERNAL, f"Unexpected error; it is in the log as {name}").to_response(request)
