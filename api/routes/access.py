"""Who may use the house: API keys for systems, users for people."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import get, post
from litestar.params import JSONBody, PathParameter

from api.given import GivenActor, GivenHouse
from api.routes.borrowers import ADDRESS, Name
from servicing import keys, staff
from servicing.actor import Role
from servicing.keys import NewApiKey
from servicing.views.office import ApiKeyView, OneTimePassword, UserView

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
Roles = Annotated[tuple[Role, ...], msgspec.Meta(min_length=1, max_length=10)]
UserId = Annotated[
    str,
    PathParameter(
        description="Id of the user",
        max_length=80,
        schema_extra={"examples": ["user_01k9zq3v5m8r2c7x4t6w0n1y9d"]},
    ),
]
KeyId = Annotated[
    str,
    PathParameter(
        description="Id of the key",
        max_length=80,
        schema_extra={"examples": ["key_01k9zq3v5m8r2c7x4t6w0n1y9d"]},
    ),
]
KEEPS_KEYS = {"scope": "admin:keys"}
KEEPS_USERS = {"scope": "admin:users"}


class KeyBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An API key to make."""

    name: Name
    scopes: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=40)]
    """What it may do: "loans:read", "payments:write" …; at most what you may do yourself."""
    days: Days | None = None
    """Days until it expires; it does not when left out."""


class UserBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A person at the lender."""

    name: Name
    email: Email
    roles: Roles


class RolesBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """All the roles a person has from now on."""

    roles: Roles


@post(
    "/api_keys",
    tags=TAGS,
    opt={
        **KEEPS_KEYS,
        "example": {"name": "Payment gateway", "scopes": ["payments:write", "loans:read"]},
    },
)
async def create_api_key(
    house: GivenHouse, actor: GivenActor, data: JSONBody[KeyBody]
) -> NewApiKey:
    """Make an API key. It is shown in this answer and never again."""
    return await keys.make(
        house, actor, name=data.name, scopes=frozenset(data.scopes), days=data.days
    )


@get("/api_keys", tags=TAGS, opt=KEEPS_KEYS)
async def list_api_keys(house: GivenHouse, actor: GivenActor) -> tuple[ApiKeyView, ...]:
    """List API keys, newest first: what each may do, until when, and when it was last used."""
    return await keys.keys(house, actor)


@post("/api_keys/{key_id:str}/revoke", tags=TAGS, opt=KEEPS_KEYS, status_code=200)
async def revoke_api_key(house: GivenHouse, actor: GivenActor, key_id: KeyId) -> ApiKeyView:
    """Revoke an API key for good: whoever uses it gets 401 from then on."""
    return await keys.revoke(house, actor, key_id)


@post(
    "/users",
    tags=TAGS,
    opt={
        **KEEPS_USERS,
        "example": {
            "name": "Grace Field",
            "email": "grace@example.com",
            "roles": ["servicing_agent"],
        },
    },
)
async def create_user(
    house: GivenHouse, actor: GivenActor, data: JSONBody[UserBody]
) -> OneTimePassword:
    """Make a user who signs in to the admin.

    The one-time password is shown in this answer and never again. It opens nothing but the page on
    which another is chosen, for seven days.
    """
    return await staff.create(house, actor, email=data.email, name=data.name, roles=data.roles)


@get("/users", tags=TAGS, opt=KEEPS_USERS)
async def list_users(house: GivenHouse, actor: GivenActor) -> tuple[UserView, ...]:
    """List people by name, deactivated ones too, with when each last signed in."""
    return await staff.users(house, actor)


@post(
    "/users/{user_id:str}/roles",
    tags=TAGS,
    opt={**KEEPS_USERS, "example": {"roles": ["collector", "auditor"]}},
    status_code=200,
)
async def set_user_roles(
    house: GivenHouse, actor: GivenActor, user_id: UserId, data: JSONBody[RolesBody]
) -> UserView:
    """Give a person these roles and no others. 409 where no administrator would be left."""
    return await staff.set_roles(house, actor, user_id, data.roles)


@post("/users/{user_id:str}/deactivate", tags=TAGS, opt=KEEPS_USERS, status_code=200)
async def deactivate_user(house: GivenHouse, actor: GivenActor, user_id: UserId) -> UserView:
    """Let a person in no longer: every session ends, and open pages close."""
    return await staff.deactivate(house, actor, user_id)


@post("/users/{user_id:str}/activate", tags=TAGS, opt=KEEPS_USERS, status_code=200)
async def activate_user(house: GivenHouse, actor: GivenActor, user_id: UserId) -> UserView:
    """Let a person in again, with the password and roles they had."""
    return await staff.activate(house, actor, user_id)


@post("/users/{user_id:str}/reset_password", tags=TAGS, opt=KEEPS_USERS, status_code=200)
async def reset_user_password(
    house: GivenHouse, actor: GivenActor, user_id: UserId
) -> OneTimePassword:
    """Replace a person's password by a one-time one, shown in this answer; sessions end."""
    return await staff.reset_password(house, actor, user_id)
