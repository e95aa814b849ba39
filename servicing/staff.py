"""People at the lender: who they are, what their roles allow, and how they get in.

An administrator makes and deactivates them; nobody hands out more than they hold, and somebody who
can keep users is always left.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from datetime import timedelta
from typing import Any, Final

from engine.errors import Refusal
from servicing.access import hash_password, plain_email
from servicing.actor import Actor, Role
from servicing.errors import CommandRefused, NotFound, invalid_query
from servicing.house import House
from servicing.ids import new_id
from servicing.permissions import require, scopes_of
from servicing.views.office import OneTimePassword, UserView
from store import staff_rows

KEEP: Final = "admin:users"
ONE_TIME_DAYS: Final = 7
"""Days in which a one-time password must be changed for one of one's own."""
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_LONGEST_NAME: Final = 120


async def users(house: House, actor: Actor) -> tuple[UserView, ...]:
    """Everybody, deactivated people too."""
    require(actor, KEEP)
    return tuple(_view(row) for row in await staff_rows.staff(house.pool))


async def create(
    house: House, actor: Actor, *, email: str, name: str, roles: tuple[Role, ...]
) -> OneTimePassword:
    """A new user with a one-time password.

    Raises Forbidden for roles that allow more than the actor may, CommandRefused with everything
    wrong in what was given.
    """
    require(actor, KEEP)
    _only_what_is_held(actor, roles)
    name, email = name.strip(), plain_email(email)
    wrong = []
    if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
        wrong.append(_invalid("/name", "A name has 1 to 120 letters."))
    if not _EMAIL.fullmatch(email) or len(email) > 200:
        wrong.append(_invalid("/email", "This is no email address."))
    if not roles:
        wrong.append(_invalid("/roles", "Choose one role at least."))
    if wrong:
        raise CommandRefused(tuple(wrong))
    at = house.clock.now()
    user_id, password = new_id("user", at), secrets.token_urlsafe(12)
    if not await staff_rows.add_staff(
        house.pool, user_id, email=email, name=name,
        password_hash=await asyncio.to_thread(hash_password, password),
        roles=[role.value for role in roles], one_time_until=at + timedelta(days=ONE_TIME_DAYS),
        actor=actor.actor_id, at=at,
    ):  # fmt: skip
        message = f"There is already a user with the email {email}."
        raise CommandRefused((_invalid("/email", message, "taken"),))
    return OneTimePassword(user=await _user(house, user_id), password=password)


async def set_roles(house: House, actor: Actor, user_id: str, roles: tuple[Role, ...]) -> UserView:
    """Give a person these roles and no others; they count from the next press on."""
    user = await _mine_to_keep(house, actor, user_id)
    _only_what_is_held(actor, roles)
    if not roles:
        raise invalid_query("/roles", "Choose one role at least.", "invalid")
    names = [role.value for role in Role if role in roles]
    return await _change(house, actor, user, {"roles": names}, "roles_changed")


async def deactivate(house: House, actor: Actor, user_id: str) -> UserView:
    """Let somebody in no longer: every session of theirs ends at once."""
    user = await _mine_to_keep(house, actor, user_id)
    if user_id == actor.actor_id:
        raise _refused("own_account", "Another administrator must deactivate your account.")
    return await _change(house, actor, user, {"active": False}, "user_deactivated", ends=True)


async def activate(house: House, actor: Actor, user_id: str) -> UserView:
    """Let somebody in again, with the password and roles they had."""
    user = await _mine_to_keep(house, actor, user_id)
    return await _change(house, actor, user, {"active": True}, "user_activated")


async def reset_password(house: House, actor: Actor, user_id: str) -> OneTimePassword:
    """Replace a password by a one-time one; every session of the person ends."""
    user = await _mine_to_keep(house, actor, user_id)
    password = secrets.token_urlsafe(12)
    wanted = {
        "password_hash": await asyncio.to_thread(hash_password, password),
        "one_time_until": house.clock.now() + timedelta(days=ONE_TIME_DAYS),
    }
    kept = await _change(house, actor, user, wanted, "password_reset", ends=True)
    return OneTimePassword(user=kept, password=password)


async def _mine_to_keep(house: House, actor: Actor, user_id: str) -> UserView:
    """The user, who may do nothing that the actor may not."""
    require(actor, KEEP)
    user = await _user(house, user_id)
    _only_what_is_held(actor, user.roles)
    return user


def _only_what_is_held(actor: Actor, roles: tuple[Role, ...]) -> None:
    for scope in sorted(scopes_of(roles)):
        require(actor, scope)


async def _change(
    house: House,
    actor: Actor,
    user: UserView,
    wanted: dict[str, Any],
    action: str,
    *,
    ends: bool = False,
) -> UserView:
    if not await staff_rows.change_staff(
        house.pool, user.user_id, wanted, action=action, actor=actor.actor_id,
        at=house.clock.now(), keeps=Role.administrator.value, ends_sessions=ends,
    ):  # fmt: skip
        message = "Somebody must be left who can keep users: this is the last administrator."
        raise _refused("last_administrator", message)
    return await _user(house, user.user_id)


async def _user(house: House, user_id: str) -> UserView:
    row = await staff_rows.one_of_staff(house.pool, user_id)
    if row is None:
        raise NotFound("user", user_id)
    return _view(row)


def _view(row: Any) -> UserView:
    roles = tuple(Role(role) for role in row["roles"])
    return UserView(**{**dict(row), "roles": roles})


def _invalid(path: str, message: str, code: str = "invalid") -> Refusal:
    return Refusal(code=code, message=message, path=path, kind="invalid")


def _refused(code: str, message: str) -> CommandRefused:
    return CommandRefused((Refusal(code=code, message=message),))
