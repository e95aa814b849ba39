"""Who is asking: an API key in the Authorization header becomes an ``Actor``, whose scopes count.

A handler says what it needs by ``opt={"scope": "payments:write"}``, or that anyone may ask by
``opt=FOR_ANYONE``; a handler that says neither cannot be reached.
"""

from __future__ import annotations

from typing import Any, Final

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from api.problem import FORBIDDEN, UNAUTHENTICATED, Problem
from servicing import access, permissions
from servicing.actor import Actor
from servicing.errors import Forbidden
from servicing.house import House

Connection = ASGIConnection[Any, Any, Any, Any]
CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="loanwright"'}
FOR_ANYONE: Final = {"public": True, "exclude_from_auth": True}
"""The ``opt`` of a handler that asks for no key."""


class KeyAuthentication(AbstractAuthenticationMiddleware):
    """Asks for an API key on every handler that is not public."""

    async def authenticate_request(self, connection: Connection) -> AuthenticationResult:
        """The actor of the key; raises ``Problem`` 401."""
        house: House = connection.app.state.house
        scheme, _, key = connection.headers.get("authorization", "").partition(" ")
        if not key.strip():
            raise _stranger("Send the header Authorization: Bearer lw_…")
        if scheme.lower() != "bearer":
            raise _stranger("The Authorization scheme must be Bearer")
        actor = await access.actor_for_key(house, key.strip())
        if actor is None:
            raise _stranger("This API key is not known, is revoked or has expired")
        return AuthenticationResult(user=actor, auth="key")


def _stranger(detail: str) -> Problem:
    return Problem(UNAUTHENTICATED, detail, headers=CHALLENGE)


def require_scope(connection: Connection, handler: BaseRouteHandler) -> None:
    """Guard: the actor carries the scope that the handler names; raises ``Problem`` 403."""
    if handler.opt.get("public"):
        return
    scope = handler.opt.get("scope")
    assert scope, f"{handler} names no scope and is not public"
    try:
        permissions.require(connection.user, scope)
    except Forbidden as fault:
        raise lacking(scope) from fault


def lacking(scope: str) -> Problem:
    """403 that names the scope that is missing."""
    return Problem(FORBIDDEN, f'This needs the scope "{scope}"')


def current_actor(request: Request[Any, Any, Any]) -> Actor:
    """Dependency: who asks."""
    actor: Actor = request.user
    return actor
