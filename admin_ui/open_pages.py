"""Pages that are open per session, so that a sign-out reaches them."""

from __future__ import annotations

from collections import defaultdict

from nicegui import Client

from servicing import access
from servicing.errors import Unavailable
from servicing.house import House
from servicing.readiness import DATABASE_AWAY

EVERY_SECONDS = 3.0
"""So often open pages are asked whether their session still goes on."""


class OpenPages:
    """Knows the open pages of each session; a page keeps showing what it showed unless told."""

    def __init__(self) -> None:
        self._open: defaultdict[str, set[Client]] = defaultdict(set)

    def opened(self, token: str, client: Client) -> None:
        """Remember a page until its browser is gone."""
        self._open[token].add(client)
        client.on_delete(lambda: self._closed(token, client))

    def leave(self, token: str) -> int:
        """Send every page of the session to the sign-in page; how many there were."""
        clients = self._open.pop(token, set())
        for client in clients:
            with client:
                client.run_javascript("location.reload()")
        return len(clients)

    async def close_those_over(self, house: House) -> int:
        """Close pages whose session ended elsewhere: signed out, over, or the person deactivated.

        One question for all open pages; how many were closed.
        """
        tokens = [*self._open]
        if not tokens:
            return 0
        try:
            going_on = await access.still_going_on(house, tokens)
        except (Unavailable, *DATABASE_AWAY):
            return 0
        return sum(self.leave(token) for token in tokens if token not in going_on)

    def _closed(self, token: str, client: Client) -> None:
        pages = self._open.get(token)
        if pages is not None:
            pages.discard(client)
            if not pages:
                del self._open[token]
