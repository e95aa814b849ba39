"""The book as a whole, as of any day."""

from __future__ import annotations

from litestar import get

from api.given import GivenActor, GivenHouse, GivenSeen
from servicing import reads
from servicing.views import PortfolioSummary


@get("/portfolio", tags=["Portfolio"], opt={"scope": "portfolio:read"})
async def read_portfolio(house: GivenHouse, actor: GivenActor, seen: GivenSeen) -> PortfolioSummary:
    """Read the book: balances, lateness by stage, cash by month, as of any day.

    ``as_of`` after the business date is a projection in which nobody pays.
    """
    return await reads.portfolio(house, actor, seen.as_of, seen.as_known_at)
