"""Users: who works here, what their roles allow, who is let in; for administrators alone."""

from __future__ import annotations

from functools import partial

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.dialog import dialog
from admin_ui.components.facts import Facts
from admin_ui.components.heading import h3
from admin_ui.components.later import Later
from admin_ui.components.problem_banner import banner
from admin_ui.components.secret_once import secret_once
from admin_ui.components.small_form import SmallForm, checks
from admin_ui.components.table import Column, Row, table
from admin_ui.formats import NOTHING, moment
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title
from servicing import staff
from servicing.actor import Role
from servicing.permissions import require
from servicing.views.office import OneTimePassword, UserView

COLUMNS = (
    Column("name", "Name"),
    Column("roles", "Roles", narrow=False, wrap=True),
    Column("signed_in", "Last signed in", narrow=False),
    Column("state", "State"),
)
ROLES = {
    Role.product_manager: "Writes, approves and publishes products; moves loans between versions",
    Role.compliance: "Keeps law, lets rules be set aside, sees who did what",
    Role.servicing_agent: "Books and services loans, takes payments, boards files",
    Role.collector: "Takes payments and fees",
    Role.accountant: "Runs the day, checks the book, publishes index values",
    Role.auditor: "Sees everything, checks the records, changes nothing",
    Role.administrator: "May do everything, and keeps users and keys",
}
"""What each role is for, as its holder would say it."""


async def page(request: Request) -> None:
    """Everybody, with a way to make, change, deactivate and reset."""
    visitor = visitor_of(request)
    require(visitor.actor, staff.KEEP)
    with shell(visitor, "/users", "Users", "Who works here, and what their roles allow") as actions:
        with ui.card().classes("flush"):
            people = People(visitor)
        with actions:
            ui.button("New user", icon="person_add", on_click=people.new)


class People:
    """The list, and what may be done to somebody in it."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._users: dict[str, UserView] = {}
        self._list = Later(self._read, self._show)

    async def _read(self) -> tuple[UserView, ...]:
        now = await self._visitor.still()
        return await staff.users(now.house, now.actor)

    def _show(self, found: tuple[UserView, ...]) -> None:
        self._users = {user.user_id: user for user in found}
        rows = [user_row(user) for user in found]
        table(COLUMNS, rows, key="user_id", label="Users", on_press=self.open)

    def new(self) -> None:
        """Ask for name, email and roles; then show the one-time password."""
        with dialog("New user") as window:
            with window.body:
                name = ui.input("Name").classes("w-full").props("autofocus")
                email = ui.input("Email").classes("w-full").props("type=email")
                h3("Roles")
                boxes = checks(_role_choices(), ())

            async def work() -> OneTimePassword:
                now = await self._visitor.still()
                return await staff.create(
                    now.house, now.actor, email=str(email.value or ""),
                    name=str(name.value or ""), roles=_ticked(boxes),
                )  # fmt: skip

            form = SmallForm(
                window, "Make the user", work,
                lambda made: self._made(form, made, "The user was made."),
                fields={"name": name, "email": email},
            )  # fmt: skip

    def open(self, user_id: str) -> None:
        """One person: facts, roles, password, and whether they are let in."""
        user = self._users[user_id]
        with dialog(user.name, user.email) as window, window.body:
            facts = Facts()
            facts.add("Made", moment(user.recorded_at))
            facts.add("Last signed in", _signed_in(user))
            facts.add("Password", _password(user))
            with ui.row().classes("gap-2"):
                if user.active:
                    ui.button("Change roles", on_click=partial(self._roles, user)).props("outline")
                    ui.button("Reset password", on_click=partial(self._reset, user)).props(
                        "outline"
                    )
                if user.user_id == self._visitor.actor.actor_id:
                    ui.label("This is your account.").classes("lw-sub self-center")
                elif user.active:
                    ui.button("Deactivate", on_click=partial(self._active, user, False)).props(
                        "outline color=negative"
                    )
                else:
                    ui.button("Activate", on_click=partial(self._active, user, True)).props(
                        "outline"
                    )
            ui.link("What this person did", f"/audit?who={user.user_id}").classes("lw-link")

    def _roles(self, user: UserView) -> None:
        with dialog(f"Roles of {user.name}") as window:
            with window.body:
                ui.label("They count from the next press on, on pages that are open too.").classes(
                    "lw-sub"
                )
                boxes = checks(_role_choices(), user.roles)

            async def work() -> UserView:
                now = await self._visitor.still()
                return await staff.set_roles(now.house, now.actor, user.user_id, _ticked(boxes))

            SmallForm(window, "Save roles", work, lambda kept: self._kept(window, kept))

    def _reset(self, user: UserView) -> None:
        with dialog(f"Reset the password of {user.name}") as window:
            with window.body:
                ui.label(
                    "The present password and every session end at once. A one-time password is "
                    "shown, with which another can be chosen."
                )

            async def work() -> OneTimePassword:
                now = await self._visitor.still()
                return await staff.reset_password(now.house, now.actor, user.user_id)

            form = SmallForm(
                window, "Reset password", work,
                lambda made: self._made(form, made, "The password was reset."),
            )  # fmt: skip

    def _active(self, user: UserView, wanted: bool) -> None:
        word = "Activate" if wanted else "Deactivate"
        with dialog(f"{word} {user.name}") as window:
            with window.body:
                ui.label(
                    "Signs in again with the password and roles of before."
                    if wanted
                    else "Is not let in any more: every session ends, and open pages close. "
                    "What was done under this name stays."
                )

            async def work() -> UserView:
                now = await self._visitor.still()
                act = staff.activate if wanted else staff.deactivate
                return await act(now.house, now.actor, user.user_id)

            SmallForm(window, word, work, lambda kept: self._kept(window, kept), danger=not wanted)

    def _made(self, form: SmallForm[OneTimePassword], made: OneTimePassword, words: str) -> None:
        def show() -> None:
            banner("ok", words, "This password is shown once. It opens nothing but the page on "
                   "which another is chosen.")  # fmt: skip
            ui.label(f"One-time password for {made.user.email}").classes("lw-sub")
            secret_once(made.password, "the password")
            if made.user.one_time_until is not None:
                ui.label(f"Good until {moment(made.user.one_time_until)}").classes("lw-sub")

        form.replace(show)
        self._list.again()

    def _kept(self, window: ui.dialog, user: UserView) -> None:
        window.close()
        ui.notify(f"{user.name}: saved", type="positive", position="top")
        self._list.again()


def user_row(user: UserView) -> Row:
    """A person as a row; the name opens what may be done."""
    roles = ", ".join(title(role) for role in user.roles) or "No role"
    return {
        "user_id": user.user_id,
        "name": user.name,
        "name_press": user.user_id,
        "name_second": user.email,
        "roles": roles,
        "signed_in": _signed_in(user),
        "state": "Active" if user.active else "Deactivated",
        "state_tone": "ok" if user.active else "",
    }


def _signed_in(user: UserView) -> str:
    return moment(user.signed_in_at) if user.signed_in_at else NOTHING


def _password(user: UserView) -> str:
    if user.one_time_until is None:
        return "their own"
    return f"one-time, until {moment(user.one_time_until)}"


def _role_choices() -> list[tuple[str, str, str]]:
    return [(role.value, title(role), ROLES[role]) for role in Role]


def _ticked(boxes: dict[str, ui.checkbox]) -> tuple[Role, ...]:
    return tuple(Role(value) for value, box in boxes.items() if box.value)
