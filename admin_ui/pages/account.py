"""One's own account: who one is here, what one's roles allow, and one's password."""

from __future__ import annotations

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.attempt import attempt
from admin_ui.components.facts import Facts
from admin_ui.components.heading import card, h3
from admin_ui.components.problem_banner import banner, problem_banner
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title
from servicing import access
from servicing.errors import CommandRefused
from servicing.permissions import SCOPES


async def page(request: Request) -> None:
    """Choose a password; with a one-time one nothing else can be done."""
    visitor = visitor_of(request)
    with shell(visitor, "/account", "Your account", visitor.actor.name):
        if visitor.actor.one_time:
            banner("brand", "Choose a password of your own",
                   "You came in with a one-time password. It opens nothing else.")  # fmt: skip
        with ui.element("div").classes("lw-grid wide"):
            with card("Password"):
                PasswordForm(visitor)
            with card("What you may do"):
                facts = Facts()
                roles = ", ".join(title(role) for role in visitor.actor.roles)
                facts.add("Roles", roles or "none")
                allowed = [words for scope, words in SCOPES.items() if visitor.may(scope)]
                if allowed:
                    h3("They allow")
                    with ui.element("ul").classes("m-0 pl-5 list-disc"):
                        for words in allowed:
                            with ui.element("li"):
                                ui.label(words).classes("inline")


class PasswordForm:
    """The present password, and the one wanted, twice."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._present = _password("Present password", "current-password")
        self._wanted = _password("New password", "new-password")
        self._wanted.props(f'hint="{access.SHORTEST_PASSWORD} letters or more"')
        self._again = _password("New password again", "new-password")
        self._outcome = ui.element("div").classes("w-full").props('aria-live="polite"')
        self._button = ui.button("Change password", on_click=self._change)
        for field in (self._present, self._wanted, self._again):
            field.on("keydown.enter", self._change)

    async def _change(self) -> None:
        for field in (self._present, self._wanted, self._again):
            field.error = None
        if self._wanted.value != self._again.value:
            self._again.error = "This is not the same."
            return

        async def work() -> bool:
            now = await self._visitor.still()
            await access.choose_password(
                now.house, now.token, str(self._present.value or ""),
                str(self._wanted.value or ""),
            )  # fmt: skip
            return True

        if await attempt(work, self._failed):
            if self._visitor.actor.one_time:
                ui.navigate.to("/")
                return
            self._outcome.clear()
            with self._outcome:
                banner("ok", "The password was changed", "Other sessions of yours have ended.")

    def _failed(self, fault: Exception) -> None:
        self._outcome.clear()
        if isinstance(fault, CommandRefused):
            fields = {"/present": self._present, "/wanted": self._wanted}
            for refusal in fault.refusals:
                fields[refusal.path].error = refusal.message
            return
        with self._outcome:
            problem_banner(fault)


def _password(label: str, known_as: str) -> ui.input:
    return ui.input(label).props(f"type=password autocomplete={known_as}").classes("w-full")
