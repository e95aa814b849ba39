"""Who looks at a page: the house, the session and what its actor may do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from nicegui import ui
from starlette.requests import HTTPConnection

from servicing import access
from servicing.actor import Actor
from servicing.house import House
from servicing.permissions import may

SIGN_IN = "/sign-in"


class SignedOut(Exception):
    """The session has ended since the page was opened."""


@dataclass(frozen=True)
class Visitor:
    """A signed-in person on a page."""

    house: House
    token: str
    actor: Actor
    look: str = "auto"
    """light, dark, or auto for what the machine prefers."""
    prefers_dark: bool = False
    """What the machine prefers, as its browser said on an earlier page."""

    def may(self, scope: str) -> bool:
        """Whether to offer something that asks for the scope; the use case asks again."""
        return may(self.actor, scope)

    @property
    def dark(self) -> bool:
        """Whether the page will be dark."""
        return self.look == "dark" or (self.look == "auto" and self.prefers_dark)

    @property
    def business_date(self) -> date:
        """Today's servicing date."""
        return self.house.clock.business_date()

    async def still(self) -> Visitor:
        """The visitor as of this moment; a page may be open for days, a role may have been taken.

        Raises SignedOut when the session has ended.
        """
        actor = await access.session(self.house, self.token)
        if actor is None:
            ui.navigate.to(SIGN_IN)
            raise SignedOut
        return replace(self, actor=actor)


def visitor_of(request: HTTPConnection) -> Visitor:
    """The visitor that the guard let in."""
    visitor = request.state.visitor
    assert isinstance(visitor, Visitor), "the guard lets nobody else reach a page"
    return visitor
