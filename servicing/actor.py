"""Who asks: a person by session, a system by API key, or an automation by name."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """What a person at the lender does; each carries scopes (``servicing.permissions``)."""

    product_manager = "product_manager"
    compliance = "compliance"
    servicing_agent = "servicing_agent"
    collector = "collector"
    accountant = "accountant"
    auditor = "auditor"
    administrator = "administrator"


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asking, and what they may do."""

    actor_id: str
    """user_…, key_… or automation:daily_run."""
    name: str
    scopes: frozenset[str] = frozenset()
    """"loans:read", "payments:write", "*" …; see ``servicing.permissions``."""
    roles: tuple[Role, ...] = ()
    one_time: bool = False
    """Came in with a one-time password: may only choose one of their own."""
