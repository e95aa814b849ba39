"""What may be lent: products, their versions and a sample loan of each."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.params import FromPath, QueryParameter

from api.given import GivenHouse
from servicing import catalog_reads
from servicing.publishing.waterfalls import waterfall
from servicing.publishing.where_used import where_used
from servicing.views import ProductVersionRow, ProductView, QuoteView
from servicing.views.publishing import WaterfallReview, WhereUsed

TAGS = ["Products"]
READ = {"scope": "products:read"}
Version = Annotated[
    int | None,
    QueryParameter(
        ge=1, le=2**31 - 1, description="Default: the version live on the business date"
    ),
]


@get("/products", tags=TAGS, opt=READ)
async def list_products(house: GivenHouse) -> tuple[ProductVersionRow, ...]:
    """List every version of every product."""
    return await catalog_reads.products(house)


@get("/products/{product:str}", tags=TAGS, opt=READ)
async def read_product(
    house: GivenHouse, product: FromPath[str], version: Version = None
) -> ProductView:
    """Read a product version: its YAML, its data, its terms in words and its examples."""
    return await catalog_reads.product(house, product, version)


@get("/products/{product:str}/sample", tags=TAGS, opt=READ)
async def read_sample(
    house: GivenHouse, product: FromPath[str], version: Version = None
) -> QuoteView:
    """Work out a sample loan of a product: schedule, costs and Truth in Lending figures.

    For terms of your own, ask for a quote with ``dry_run=true``.
    """
    return await catalog_reads.sample_loan(house, product, version, None)


@get("/where_used/{kind:str}/{name:str}", tags=TAGS, opt=READ)
async def read_where_used(
    house: GivenHouse, kind: FromPath[str], name: FromPath[str]
) -> tuple[WhereUsed, ...]:
    """Read which product versions rest on each version of a definition, and their live loans.

    Kinds: product, rule, waterfall, calendar, chart_of_accounts.
    """
    return await where_used(house, kind, name)


@get("/waterfalls/{reference:str}", tags=TAGS, opt=READ)
async def read_waterfall(house: GivenHouse, reference: FromPath[str]) -> WaterfallReview:
    """Read a waterfall: its order, what would surprise about it, three sample payments in it.

    By the reference of a shared one, consumer_standard@1, or of a product version, pay_in_4@2.
    """
    return await waterfall(house, reference)
