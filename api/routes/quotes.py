"""Quotes: terms worked out for an applicant, kept as shown, bookable until they expire."""

from __future__ import annotations

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from api.given import GivenActor, GivenHouse
from engine.loan.commands import RequestedTerms
from servicing import quotes
from servicing.views import QuoteView

TAGS = ["Quotes"]


class QuoteBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What an applicant asks for."""

    product: str
    product_version: int | None = None
    """Default: the version live on the contract date."""
    terms: RequestedTerms


@post(
    "/quotes",
    tags=TAGS,
    opt={
        "scope": "quotes:write",
        "example": {
            "product": "auto_simple_interest",
            "terms": {
                "amount": "18500.00",
                "note_rate": "0.0799",
                "number_of_payments": 48,
                "contract_date": "2026-01-10",
                "circumstances": {"state": "CA", "purpose": "vehicle"},
            },
        },
    },
)
async def make_quote(
    house: GivenHouse,
    actor: GivenActor,
    data: JSONBody[QuoteBody],
    dry_run: FromQuery[bool] = False,
) -> Response[QuoteView]:
    """Make a quote: installments, costs, Truth in Lending figures and what law says.

    The loan can be booked exactly as shown, by ``quote_id``, until the quote expires. With
    ``dry_run=true`` it is worked out and not kept.
    """
    made = await quotes.make(
        house, actor, data.product, data.terms, data.product_version, save=not dry_run
    )
    if dry_run:
        return Response(made, status_code=200)
    return Response(made, headers={"Location": f"/api/v1/quotes/{made.quote_id}"})


@get("/quotes/{quote_id:str}", tags=TAGS, opt={"scope": "loans:read"})
async def read_quote(house: GivenHouse, actor: GivenActor, quote_id: FromPath[str]) -> QuoteView:
    """Read a quote as it was shown."""
    return await quotes.find(house, actor, quote_id)
