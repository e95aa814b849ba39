"""API keys: how other systems get in, what each may do, until when, and when it was last used."""

from __future__ import annotations

from functools import partial

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.dialog import dialog
from admin_ui.components.empty_state import empty_state
from admin_ui.components.facts import Facts
from admin_ui.components.heading import h3
from admin_ui.components.later import Later
from admin_ui.components.problem_banner import banner
from admin_ui.components.secret_once import secret_once
from admin_ui.components.small_form import SmallForm, checks
from admin_ui.components.table import Column, Row, table
from admin_ui.formats import NOTHING, count, moment
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title
from servicing import keys
from servicing.keys import NewApiKey
from servicing.permissions import SCOPES, require
from servicing.views.office import ApiKeyView

COLUMNS = (
    Column("name", "Name"),
    Column("scopes", "May", narrow=False, wrap=True),
    Column("last_used", "Last used", narrow=False),
    Column("expires", "Expires", narrow=False),
    Column("state", "State"),
)
EXPIRIES = {30: "In 30 days", 90: "In 90 days", 365: "In a year", 0: "Never"}
TONES = {"live": "ok", "expired": "warn", "revoked": ""}
EVERYTHING = "*"


async def page(request: Request) -> None:
    """Every key, with a way to make and revoke."""
    visitor = visitor_of(request)
    require(visitor.actor, keys.KEEP)
    with shell(visitor, "/keys", "API keys", "How other systems get in") as actions:
        with ui.card().classes("flush"):
            shown = Keys(visitor)
        with actions:
            ui.link("API documentation", "/api/docs").classes("lw-link")
            ui.button("New key", icon="key", on_click=shown.new)


class Keys:
    """The list, and what may be done to a key in it."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._keys: dict[str, ApiKeyView] = {}
        self._list = Later(self._read, self._show)

    async def _read(self) -> tuple[ApiKeyView, ...]:
        now = await self._visitor.still()
        return await keys.keys(now.house, now.actor)

    def _show(self, found: tuple[ApiKeyView, ...]) -> None:
        self._keys = {key.key_id: key for key in found}
        if not found:
            empty_state("key", "No keys", "Other systems get in with an API key.")
            return
        rows = [key_row(key) for key in found]
        table(COLUMNS, rows, key="key_id", label="API keys", on_press=self.open)

    def new(self) -> None:
        """Ask for a name, what it may do and until when; then show the key."""
        with dialog("New API key") as window:
            with window.body:
                name = ui.input("Name of the system").classes("w-full").props("autofocus")
                days = ui.select(EXPIRIES, label="Expires", value=90).classes("w-full")
                h3("What it may do")
                scopes = [scope for scope in SCOPES if self._visitor.may(scope)]
                boxes = checks([(scope, scope, SCOPES[scope]) for scope in scopes], ())

            async def work() -> NewApiKey:
                now = await self._visitor.still()
                wanted = frozenset(scope for scope, box in boxes.items() if box.value)
                return await keys.make(
                    now.house, now.actor, name=str(name.value or ""), scopes=wanted,
                    days=days.value or None,
                )  # fmt: skip

            form = SmallForm(
                window, "Make the key", work, lambda made: self._made(form, made),
                fields={"name": name, "days": days},
            )  # fmt: skip

    def open(self, key_id: str) -> None:
        """One key: what it may do, and its end."""
        key = self._keys[key_id]
        with dialog(key.name, key.key_id) as window, window.body:
            facts = Facts()
            facts.add("Made", moment(key.recorded_at))
            facts.add("Last used", moment(key.last_used_at) if key.last_used_at else "never")
            facts.add("Expires", moment(key.expires_at) if key.expires_at else "never")
            if key.revoked_at:
                facts.add("Revoked", moment(key.revoked_at))
            h3("May")
            with ui.element("ul").classes("m-0 pl-5 list-disc"):
                for scope in key.scopes:
                    with ui.element("li"):
                        ui.label(SCOPES.get(scope, "Everything")).classes("inline")
            if key.state == "live":
                ui.button("Revoke", on_click=partial(self._revoke, window, key)).props(
                    "outline color=negative"
                )
            ui.link("What this key did", f"/audit?who={key.key_id}").classes("lw-link")

    def _revoke(self, behind: ui.dialog, key: ApiKeyView) -> None:
        with dialog(f"Revoke {key.name}") as window:
            with window.body:
                ui.label("Whoever uses it is turned away from now on. This cannot be undone.")

            async def work() -> ApiKeyView:
                now = await self._visitor.still()
                return await keys.revoke(now.house, now.actor, key.key_id)

            def done(kept: ApiKeyView) -> None:
                window.close()
                behind.close()
                ui.notify(f"{kept.name}: revoked", type="positive", position="top")
                self._list.again()

            SmallForm(window, "Revoke", work, done, danger=True)

    def _made(self, form: SmallForm[NewApiKey], made: NewApiKey) -> None:
        def show() -> None:
            banner("ok", "The key was made.", "It is shown once: only its hash is kept.")
            ui.label("Send it as Authorization: Bearer").classes("lw-sub")
            secret_once(made.api_key, "the key")

        form.replace(show)
        self._list.again()


def key_row(key: ApiKeyView) -> Row:
    """A key as a row; the name opens what may be done."""
    return {
        "key_id": key.key_id,
        "name": key.name,
        "name_press": key.key_id,
        "scopes": scope_words(key.scopes),
        "last_used": moment(key.last_used_at) if key.last_used_at else NOTHING,
        "expires": moment(key.expires_at) if key.expires_at else "Never",
        "state": title(key.state),
        "state_tone": TONES[key.state],
    }


def scope_words(scopes: tuple[str, ...]) -> str:
    """What a key may do, short enough for a row."""
    if EVERYTHING in scopes:
        return "Everything"
    if len(scopes) > 3:
        return f"{', '.join(scopes[:2])} and {count(len(scopes) - 2, 'more thing')}"
    return ", ".join(scopes)
