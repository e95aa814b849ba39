"""Scopes: every command asks for one, every role has only scopes there are."""

from __future__ import annotations

from typing import get_args

import pytest

from engine.loan.commands import Command, ReceivePayment
from servicing import permissions
from servicing.actor import Actor, Role
from servicing.errors import Forbidden


def test_no_command_is_forgotten() -> None:
    assert set(permissions.COMMAND_SCOPES) == set(get_args(Command))
    assert set(permissions.COMMAND_SCOPES.values()) <= set(permissions.SCOPES)


def test_roles_have_scopes_there_are_and_readers_write_nothing() -> None:
    for role in Role:
        scopes = permissions.scopes_of((role,))
        assert scopes <= {*permissions.SCOPES, "*"}
    auditor = permissions.scopes_of((Role.auditor,))
    assert not any(scope.endswith(":write") for scope in auditor)


def test_families_and_everything() -> None:
    admin = Actor(actor_id="a", name="A", scopes=frozenset({"admin:*"}))
    assert permissions.may(admin, "admin:keys") and not permissions.may(admin, "loans:read")
    anyone = Actor(actor_id="a", name="A", scopes=frozenset({"*"}))
    permissions.require(anyone, permissions.scope_for_kind(ReceivePayment))
    with pytest.raises(Forbidden):
        permissions.require(admin, "loans:read")
