"""The book as a whole, as of any day."""

from __future__ import annotations

from litestar import get

from api.given import GivenActor, GivenHouse, GivenSeen
from servicing import movement, reads
from servicing.views import PortfolioSummary
from servicing.views.portfolio import Movement


@get("/portfolio", tags=["Portfolio"], opt={"scope": "portfolio:read"})
async def read_portfolio(house: GivenHouse, actor: GivenActor, seen: GivenSeen) -> PortfolioSummary:
    """Read the book: balances, lateness by stage, cash by month, as of any day.

    ``as_of`` after the business date is a projection in which nobody pays.
    """
    return await reads.portfolio(house, actor, seen.as_of, seen.as_known_at)


@get("/portfolio/movement", tags=["Portfolio"], opt={"scope": "portfolio:read"})
async def read_movement(house: GivenHouse, actor: GivenActor, seen: GivenSeen) -> Movement:
    """Read how the book moved: the delinquency roll of 30 days, vintages, and what falls due."""
    return await movement.movement(house, actor, seen.as_of, seen.as_known_at)
