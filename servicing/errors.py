"""What a door must turn into an answer: a use case ended without doing what was asked."""

from __future__ import annotations

from typing import Final

from engine.errors import Refusal


class ServicingError(Exception):
    """Parent of everything a use case raises on purpose; nothing was written."""


class CommandRefused(ServicingError):
    """The domain declines the command; each refusal says what is allowed and cites the law."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("; ".join(refusal.message for refusal in refusals))
        self.refusals = refusals


NO_CURSOR: Final = "The cursor is none this list gave; begin without one."


def invalid_query(path: str, message: str, code: str = "invalid_query") -> CommandRefused:
    """A read asked for what there cannot be; ``path`` names the parameter at fault."""
    return CommandRefused((Refusal(code=code, message=message, path=path, kind="invalid"),))


class NotFound(ServicingError):
    """There is no such thing, or the actor may not know of it."""

    def __init__(self, what: str, ident: str) -> None:
        super().__init__(f"There is no {what} {ident}.")
        self.what = what
        self.ident = ident


class LoanNotFound(NotFound):
    """There is no such loan, or there was none as of the day asked for."""

    def __init__(self, loan_id: str) -> None:
        super().__init__("loan", loan_id)
        self.loan_id = loan_id


class Forbidden(ServicingError):
    """The actor lacks a scope."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"This needs the scope {scope}.")
        self.scope = scope


class IdempotencyConflict(ServicingError):
    """The idempotency key was used before for another request; ``loan_id`` is what that made."""

    def __init__(self, loan_id: str, receipt_id: str) -> None:
        super().__init__("This idempotency key was used before for another request.")
        self.loan_id = loan_id
        self.receipt_id = receipt_id


class InFlight(ServicingError):
    """The same request is being carried out by another worker; ask again in a moment."""

    def __init__(self, retry_after_seconds: int = 1) -> None:
        super().__init__("The same request is being carried out; ask again in a moment.")
        self.retry_after_seconds = retry_after_seconds


class VersionConflict(ServicingError):
    """The loan changed: the version expected is not the one found.

    ``stated`` tells whether the caller named the version (412) or lost races (409).
    """

    def __init__(self, expected: int, found: int, *, stated: bool = False) -> None:
        super().__init__(f"The loan stands at version {found}, not {expected}.")
        self.expected = expected
        self.found = found
        self.stated = stated


class DraftChanged(ServicingError):
    """Another change of the draft came first; ``text`` is what it says now."""

    def __init__(self, draft_id: str, revision: int, by: str, text: str) -> None:
        super().__init__(f"The draft stands at revision {revision}: {by}.")
        self.draft_id = draft_id
        self.revision = revision
        self.text = text


class Unavailable(ServicingError):
    """The database cannot be reached; nothing is known to be written, ask again with the key."""

    def __init__(self, reason: str = "") -> None:
        super().__init__("The database cannot be reached." + (f" {reason}" if reason else ""))


class SignInFailed(ServicingError):
    """Email and password do not belong together."""

    def __init__(self) -> None:
        super().__init__("Email and password do not belong together.")
