"""A new draft: from a template, or from any published product, rule or version."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.attempt import attempt
from admin_ui.components.dialog import dialog
from admin_ui.components.heading import card
from admin_ui.components.problem_banner import problem_banner
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title
from servicing import catalog_reads
from servicing.permissions import require
from servicing.publishing import drafts
from servicing.studio.templates import templates, text_from
from servicing.views import ProductVersionRow, RuleRow
from servicing.views.publishing import DraftView
from servicing.views.studio import Template

ICONS: Final = {
    "personal": "person",
    "buy_now_pay_later": "shopping_bag",
    "small_business": "storefront",
    "auto": "directions_car",
    "credit_union": "groups",
    "mortgage": "home",
    "equipment": "precision_manufacturing",
}
NAMES: Final = {"buy_now_pay_later": "Buy now, pay later", "small_business": "Small business"}


async def page(request: Request) -> None:
    """Ways to begin."""
    visitor = visitor_of(request)
    require(visitor.actor, drafts.WRITE)
    products = await catalog_reads.products(visitor.house)
    rules = await catalog_reads.rules(visitor.house)
    with shell(visitor, "/drafts", "New draft", "Begin from something whole, never from nothing"):
        with card("A new product from a template"):
            with ui.element("div").classes("lw-tiles"):
                for template in templates():
                    _tile(visitor, template)
        with ui.element("div").classes("lw-grid two"):
            _next_version(visitor, products)
            _rule(visitor, rules)


def _tile(visitor: Visitor, template: Template) -> None:
    name = NAMES.get(template.name, title(template.name))
    with ui.element("button").classes("lw-tile") as tile:
        tile.props(f'type="button" aria-label="Template: {name}"')
        ui.icon(ICONS[template.name], size="24px").props("aria-hidden=true")
        ui.label(name).classes("font-semibold")
        ui.label(template.summary).classes("lw-sub")
    tile.on("click", partial(_ask_name, visitor, template, name))


def _ask_name(visitor: Visitor, template: Template, name: str) -> None:
    with dialog(f"{name}: a new product") as window:
        with window.body:
            called = ui.input("What people call it", value=template.title).classes("w-full")
            ident = ui.input("Id", value="").classes("w-full")
            ident.props('hint="Small letters, digits and underscores; it stays for good"')
            called.on_value_change(lambda: ident.set_value(ident_of(str(called.value or ""))))
            ident.set_value(ident_of(template.title))
            outcome = ui.element("div").classes("w-full").props('aria-live="polite"')

        async def begin() -> DraftView:
            now = await visitor.still()
            product = str(ident.value or "").strip()
            text = text_from(now.house, template.name, product, str(called.value or "").strip())
            return await drafts.create(
                now.house, now.actor, kind="product", name=product, text=text
            )

        with window.foot:
            ui.button("Create draft", on_click=partial(_go, begin, outcome))


def ident_of(words: str) -> str:
    """An id made from what people call it: "Pay in 4" is pay_in_4."""
    plain = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    return plain if plain[:1].isalpha() else f"product_{plain}".strip("_")


def _next_version(visitor: Visitor, products: tuple[ProductVersionRow, ...]) -> None:
    with card("The next version of a product"):
        ui.label("From the version live today, or from an older one, which restores it.").classes(
            "lw-sub"
        )
        options = {
            f"{row.product}@{row.version}": f"{row.title}, version {row.version}, {row.state}"
            for row in products
        }
        chosen = ui.select(options, label="Version to begin from", with_input=True).classes(
            "w-full"
        )
        outcome = ui.element("div").classes("w-full").props('aria-live="polite"')

        async def begin() -> DraftView:
            now = await visitor.still()
            name, _, number = str(chosen.value or "").partition("@")
            version = int(number) if number else None
            return await drafts.create(
                now.house, now.actor, kind="product", name=name, version=version
            )

        ui.button("Create draft", on_click=partial(_go, begin, outcome)).props(
            'outline aria-label="Create draft of the version"'
        ).bind_enabled_from(chosen, "value", bool)


def _rule(visitor: Visitor, rules: tuple[RuleRow, ...]) -> None:
    with card("A rule"):
        ui.label("A change of a rule, or a new one that begins as a copy of one like it.").classes(
            "lw-sub"
        )
        options = {row.rule: row.title for row in rules}
        chosen = ui.select(options, label="Rule to begin from", with_input=True).classes("w-full")
        name = ui.input("Name of a new rule (optional)").classes("w-full")
        name.props('hint="Its path in the tree: us.states.ohio.fees.late_fee_cap"')
        outcome = ui.element("div").classes("w-full").props('aria-live="polite"')

        async def begin() -> DraftView:
            now = await visitor.still()
            new, old = str(name.value or "").strip(), str(chosen.value or "")
            other = old if new and new != old else ""
            return await drafts.create(
                now.house, now.actor, kind="rule", name=new or old, template=other
            )

        ui.button("Create draft", on_click=partial(_go, begin, outcome)).props(
            'outline aria-label="Create draft of the rule"'
        ).bind_enabled_from(chosen, "value", bool)


async def _go(begin: Callable[[], Awaitable[DraftView]], outcome: ui.element) -> None:
    """Create the draft and open it, or say why not where it was asked for."""

    def failed(fault: Exception) -> Any:
        outcome.clear()
        with outcome:
            problem_banner(fault)

    draft = await attempt(begin, failed)
    if draft is not None:
        ui.navigate.to(f"/drafts/{draft.row.draft_id}")
