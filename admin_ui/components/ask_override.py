"""Where a rule refuses a command that a second person may let through: a way to ask for it."""

from __future__ import annotations

from datetime import timedelta

from nicegui import ui

from admin_ui.components.attempt import attempt
from admin_ui.components.problem_banner import banner, problem_banner
from admin_ui.visitor import Visitor
from engine.loan.commands import Command
from servicing import overrides
from servicing.errors import CommandRefused
from servicing.views import OverrideView

OPEN_DAYS = 14
"""Days a request from here stays open."""


def may_be_asked(fault: Exception) -> bool:
    """Whether everything that refuses is a rule that a second person may let be set aside."""
    return isinstance(fault, CommandRefused) and all(
        refusal.rule and refusal.needs_approval for refusal in fault.refusals
    )


class AskOverride:
    """A reason and a button; what was asked for waits on the page of overrides."""

    def __init__(self, visitor: Visitor, command: Command, loan_id: str) -> None:
        self._visitor, self._command, self._loan_id = visitor, command, loan_id
        with ui.element("div").classes("flex flex-col gap-2 w-full") as self._box:
            ui.label("A second person may let this through.").classes("lw-sub")
            self._reason = ui.input("Why it should be let through").classes("w-full")
            ui.button("Ask a second person", on_click=self._ask).props("outline")
            self._outcome = ui.element("div").classes("w-full").props('aria-live="polite"')

    async def _ask(self) -> None:
        async def work() -> OverrideView:
            now = await self._visitor.still()
            return await overrides.request(
                now.house, now.actor, self._command, loan_id=self._loan_id,
                reason=str(self._reason.value or ""),
                expires_on=now.business_date + timedelta(days=OPEN_DAYS),
            )  # fmt: skip

        if await attempt(work, self._failed) is not None:
            self._box.clear()
            with self._box:
                banner("ok", "Asked for", "It waits for a second person among the overrides.")

    def _failed(self, fault: Exception) -> None:
        self._outcome.clear()
        with self._outcome:
            problem_banner(fault)
