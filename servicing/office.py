"""What the office looks at beside people: messages for the world, and how the house is set up."""

from __future__ import annotations

from importlib.metadata import version

from servicing.actor import Actor
from servicing.errors import NO_CURSOR, invalid_query
from servicing.house import House
from servicing.permissions import require
from servicing.views import Page
from servicing.views.office import EntitySettings, HouseSettings, MessageView, Waiting
from store import office_rows

SEE_MESSAGES = "admin:audit"
SEE_SETTINGS = "loans:read"


async def messages(
    house: House,
    actor: Actor,
    *,
    waiting_only: bool = False,
    cursor: str | None = None,
    limit: int = 50,
) -> Page:
    """Messages written for the world to hear, newest first."""
    require(actor, SEE_MESSAGES)
    if cursor is not None and not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 19):
        raise invalid_query("/cursor", NO_CURSOR, "invalid_cursor")
    rows = await office_rows.messages(
        house.pool, before=int(cursor) if cursor else None, waiting_only=waiting_only,
        limit=limit + 1,
    )  # fmt: skip
    more = len(rows) > limit
    items = tuple(MessageView(**dict(row)) for row in rows[:limit])
    return Page(items=items, has_more=more, next_cursor=str(items[-1].message) if more else None)


async def waiting(house: House, actor: Actor) -> Waiting:
    """How many messages nobody has taken yet."""
    require(actor, SEE_MESSAGES)
    row = await office_rows.waiting(house.pool)
    return Waiting(
        count=row["count"],
        more=row["count"] == office_rows.MOST_COUNTED,
        oldest_at=row["oldest_at"],
    )


async def settings(house: House, actor: Actor) -> HouseSettings:
    """How the house is set up; what stands here is configuration, and is not changed here."""
    require(actor, SEE_SETTINGS)
    row = await office_rows.installation(house.pool)
    entities = await office_rows.legal_entities(house.pool) or ["main"]
    catalog = house.catalog
    versions = [each for family in catalog.products.values() for each in family]
    return HouseSettings(
        version=version("loanwright"),
        database=row["server"],
        database_bytes=row["bytes"],
        definitions=row["definitions"],
        products=len(catalog.products),
        product_versions=len(versions),
        currencies=tuple(sorted({each.currency for each in versions})),
        sealed_through=row["sealed_through"],
        entities=tuple(
            EntitySettings(
                legal_entity_id=entity,
                business_date=house.clock.business_date(entity),
                time_zone=house.clock.time_zone(entity),
            )
            for entity in entities
        ),
    )
