"""How the house is set up: read here, set where it is started."""

from __future__ import annotations

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.facts import Facts
from admin_ui.components.heading import card
from admin_ui.components.table import Column, table
from admin_ui.formats import count, day
from admin_ui.shell import shell
from admin_ui.visitor import visitor_of
from servicing import office

ENTITIES = (
    Column("entity", "Legal entity"),
    Column("day", "Business date"),
    Column("zone", "Time zone", wrap=True),
)
VARIABLES = (
    ("LOANWRIGHT_HOME", "Folder of keys and of the database that comes along"),
    ("LOANWRIGHT_DATABASE_URL", "A PostgreSQL of your own instead"),
    ("LOANWRIGHT_PRODUCTS, LOANWRIGHT_RULES", "Folders of products and rules"),
    ("LOANWRIGHT_HOST, PORT", "Where it is served"),
    ("LOANWRIGHT_POOL_SIZE", "Connections to the database"),
)


async def page(request: Request) -> None:
    """Business dates, what is published, versions, and what sets them."""
    visitor = visitor_of(request)
    found = await office.settings(visitor.house, visitor.actor)
    with shell(visitor, "/settings", "Settings", "How the house is set up; read only"):
        with ui.element("div").classes("lw-grid wide"):
            with ui.element("div").classes("flex flex-col gap-5 min-w-0"):
                with card("Business date", flush=True):
                    rows = [
                        {
                            "entity": each.legal_entity_id,
                            "day": day(each.business_date),
                            "zone": each.time_zone.replace("_", " "),
                        }
                        for each in found.entities
                    ]
                    table(ENTITIES, rows, key="entity", label="Business dates")
                with card("Set where it is started"):
                    ui.label("Environment variables, read once at the start.").classes("lw-sub")
                    with ui.element("ul").classes("m-0 pl-5 list-disc flex flex-col gap-1"):
                        for name, words in VARIABLES:
                            with ui.element("li"):
                                ui.label(name).classes("mono")
                                ui.label(words).classes("lw-sub")
            with card("This installation"):
                facts = Facts()
                facts.add("Loanwright", found.version)
                facts.add("PostgreSQL", found.database.partition(" ")[0])
                facts.add("Database", f"{found.database_bytes / 1_000_000:,.0f} MB")
                facts.add("Products", f"{found.products}, {found.product_versions} versions",
                          href="/products")  # fmt: skip
                facts.add("Published", count(found.definitions, "definition"))
                facts.add("Currencies", ", ".join(found.currencies))
                facts.add("Sealed through", day(found.sealed_through))
