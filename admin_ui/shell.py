"""What surrounds every page: navigation, search, look, account, title."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from nicegui import app, ui

from admin_ui.components.search_box import SearchBox
from admin_ui.guard import LOOK_COOKIE
from admin_ui.visitor import Visitor
from admin_ui.words import title as in_words


@dataclass(frozen=True)
class Place:
    """A page in the navigation, for those who have its scope."""

    title: str
    icon: str
    path: str
    scope: str


NAVIGATION: tuple[tuple[str, tuple[Place, ...]], ...] = (
    (
        "Work",
        (
            Place("Dashboard", "space_dashboard", "/", "portfolio:read"),
            Place("Loans", "account_balance", "/loans", "loans:read"),
            Place("Overrides", "how_to_reg", "/overrides", "loans:read"),
            Place("Bulk actions", "playlist_play", "/bulk", "loans:read"),
        ),
    ),
    (
        "Setup",
        (
            Place("Products", "inventory_2", "/products", "products:read"),
            Place("Rules", "gavel", "/rules", "rules:read"),
            Place("Findings", "fact_check", "/findings", "portfolio:read"),
            Place("Drafts", "edit_note", "/drafts", "products:read"),
        ),
    ),
    (
        "Office",
        (
            Place("Boarding", "move_to_inbox", "/boarding", "boarding:write"),
            Place("Daily run", "event_repeat", "/daily-run", "verify:run"),
            Place("Audit log", "manage_search", "/audit", "admin:audit"),
            Place("Outbox", "send", "/outbox", "admin:audit"),
            Place("Users", "group", "/users", "admin:users"),
            Place("API keys", "key", "/keys", "admin:keys"),
            Place("Settings", "tune", "/settings", "loans:read"),
        ),
    ),
)
LOGO = (
    '<svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true"><rect width="26" '
    'height="26" rx="7" fill="#0b5f59"/><path d="M7 17V9m4 8v-5m4 5V7m4 10v-7" stroke="#fff" '
    'stroke-width="2" stroke-linecap="round"/></svg>'
)
LOOK_ICONS = {"auto": "brightness_auto", "light": "light_mode", "dark": "dark_mode"}
NEXT_LOOK = {"auto": "dark", "dark": "light", "light": "auto"}
DARK = {"auto": None, "light": False, "dark": True}


@contextmanager
def shell(visitor: Visitor, active: str, title: str, subtitle: str = "") -> Iterator[ui.element]:
    """Frame of a page: what is drawn inside goes under its title; yields the row for actions."""
    app.state.open_pages.opened(visitor.token, ui.context.client)
    ui.page_title(f"{title} · Loanwright")
    dark = ui.dark_mode(DARK[visitor.look])
    drawer = _navigation(visitor, active)
    header = _header(visitor, drawer, dark)
    with ui.element("div").classes("lw-main") as main:
        with ui.element("div").classes("lw-head"):
            with ui.column().classes("gap-0.5 min-w-0"):
                with ui.element("h1").classes("lw-h1"):
                    ui.label(title)
                if subtitle:
                    ui.label(subtitle).classes("lw-sub")
            actions = ui.element("div").classes("lw-actions")
        yield actions
    with header:
        ui.skip_link("Skip to content", target=main)


def _navigation(visitor: Visitor, active: str) -> ui.left_drawer:
    drawer = ui.left_drawer(value=None, fixed=True, top_corner=True, bottom_corner=True)
    drawer.props("width=232 :breakpoint=900 show-if-above").classes("p-3 gap-0")
    with drawer:
        with ui.row(wrap=False).classes("items-center gap-2 px-2 pb-2 h-11"):
            ui.html(LOGO, sanitize=False)
            ui.label("Loanwright").classes("font-semibold text-[15px]")
        with ui.element("nav").props('aria-label="Main"').classes("w-full flex flex-col gap-0.5"):
            for heading, places in NAVIGATION:
                mine = [place for place in places if visitor.may(place.scope)]
                if mine:
                    ui.label(heading).classes("lw-nav-h")
                for place in mine:
                    current = "aria-current=page" if place.path == active else ""
                    with ui.link(target=place.path).classes("lw-nav").props(current):
                        ui.icon(place.icon).props("aria-hidden=true")
                        ui.label(place.title)
    return drawer


def _header(visitor: Visitor, drawer: ui.left_drawer, dark: ui.dark_mode) -> ui.header:
    with ui.header().classes("lw-top items-center gap-2 flex-nowrap") as header:
        menu = ui.button(icon="menu", on_click=drawer.toggle)
        menu.props('flat round dense color=secondary aria-label="Menu"')
        menu.classes("min-[900px]:hidden")
        if visitor.actor.scopes:
            _search(visitor)
        ui.space()
        _look_button(visitor.look, dark)
        _account(visitor)
    return header


def _search(visitor: Visitor) -> None:
    places = [place for _, group in NAVIGATION for place in group if visitor.may(place.scope)]
    SearchBox(visitor, [(place.title, place.path) for place in places])
    ui.add_body_html('<script src="/assets/search.js" defer></script>')


def _look_button(look: str, dark: ui.dark_mode) -> None:
    chosen = {"look": look}

    def turn() -> None:
        chosen["look"] = NEXT_LOOK[chosen["look"]]
        dark.set_value(DARK[chosen["look"]])
        button.props(f"icon={LOOK_ICONS[chosen['look']]}")
        button.props(f'aria-label="Look: {chosen["look"]}"')
        ui.run_javascript(
            f"document.cookie='{LOOK_COOKIE}={chosen['look']};path=/;max-age=31536000;"
            "samesite=lax';"
            # An editor keeps the colors it was made with.
            "if (document.querySelector('.cm-editor')) location.reload()"
        )

    button = ui.button(icon=LOOK_ICONS[look], on_click=turn)
    button.props(f'flat round dense color=secondary aria-label="Look: {look}"')


def _account(visitor: Visitor) -> None:
    initials = "".join(word[0] for word in visitor.actor.name.split()[:2]).upper() or "?"
    with ui.button().props("flat round dense padding=2px"):
        ui.label(initials).props("aria-hidden=true").classes("lw-avatar")
        ui.label(f"Account: {visitor.actor.name}").classes("sr-only")
        with ui.menu().props("auto-close"):
            with ui.column().classes("gap-0 px-4 py-3"):
                ui.label(visitor.actor.name).classes("font-semibold")
                roles = ", ".join(in_words(role) for role in visitor.actor.roles)
                ui.label(roles or "No role").classes("lw-sub")
            ui.separator()
            ui.menu_item("Your account", on_click=lambda: ui.navigate.to("/account"))
            ui.menu_item("Sign out", on_click=lambda: ui.run_javascript(SIGN_OUT))


SIGN_OUT = (
    "const f = document.createElement('form'); f.method = 'post'; f.action = '/sign-out'; "
    "document.body.append(f); f.submit()"
)
