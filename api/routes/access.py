"""Who may use the house: API keys for systems, users for people."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import post
from litestar.params import JSONBody

from api.auth import lacking
from api.given import GivenActor, GivenHouse
from api.problem import Fault, invalid
from api.routes.borrowers import ADDRESS, Name
from servicing import access
from servicing.actor import Actor, Role
from servicing.permissions import SCOPES, may, scopes_of

TAGS = ["Access"]
Days = Annotated[int, msgspec.Meta(ge=1, le=3650)]
Email = Annotated[
    str,
    msgspec.Meta(
        max_length=200,
        pattern=f"^{ADDRESS}$",
        examples=["ada@example.com"],
    ),
]
Password = Annotated[str, msgspec.Meta(min_length=12, max_length=200)]


class KeyBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An API key to make."""

    name: Name
    scopes: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=40)]
    """What it may do: "loans:read", "payments:write" …; at most what you may do yourself."""
    days: Days | None = None
    """Days until it expires; it does not when left out."""


class NewKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key, shown this once."""

    api_key: str
    """Keep it now: only its hash is stored."""
    name: str
    scopes: tuple[str, ...]


class UserBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A person at the lender."""

    name: Name
    email: Email
    password: Password
    roles: Annotated[tuple[Role, ...], msgspec.Meta(min_length=1, max_length=10)]


class NewUser(msgspec.Struct, frozen=True, kw_only=True):
    """A user made."""

    user_id: str
    name: str
    email: str
    roles: tuple[Role, ...]


@post(
    "/api_keys",
    tags=TAGS,
    opt={
        "scope": "admin:keys",
        "example": {"name": "Payment gateway", "scopes": ["payments:write", "loans:read"]},
    },
)
async def create_api_key(house: GivenHouse, actor: GivenActor, data: JSONBody[KeyBody]) -> NewKey:
    """Make an API key. It is shown in this answer and never again."""
    known = {*SCOPES, "*"}
    if unknown := [scope for scope in data.scopes if scope not in known]:
        allowed = f"is not one of: {', '.join(sorted(known))}"
        raise invalid(
            *(Fault(pointer="/scopes", message=f"{each[:80]} {allowed}") for each in unknown)
        )
    _only_what_is_yours(actor, frozenset(data.scopes))
    key = await access.create_api_key(
        house, name=data.name, scopes=frozenset(data.scopes), days=data.days
    )
    return NewKey(api_key=key, name=data.name, scopes=data.scopes)


@post(
    "/users",
    tags=TAGS,
    opt={
        "scope": "admin:users",
        "example": {
            "name": "Grace Field",
            "email": "grace@example.com",
            "password": "long enough to keep",
            "roles": ["servicing_agent"],
        },
    },
)
async def create_user(house: GivenHouse, actor: GivenActor, data: JSONBody[UserBody]) -> NewUser:
    """Make a user who signs in to the admin."""
    _only_what_is_yours(actor, scopes_of(data.roles))
    try:
        user_id = await access.create_user(
            house, email=data.email, name=data.name, password=data.password, roles=data.roles
        )
    except ValueError as taken:
        raise invalid(Fault(pointer="/email", message=str(taken))) from taken
    return NewUser(user_id=user_id, name=data.name, email=data.email, roles=data.roles)


def _only_what_is_yours(actor: Actor, scopes: frozenset[str]) -> None:
    """Nobody hands out more than they hold; raises ``Problem`` 403."""
    for scope in sorted(scopes):
        if not may(actor, scope):
            raise lacking(scope)
