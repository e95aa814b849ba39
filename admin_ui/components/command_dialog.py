"""Ask something of a loan: fill in, see what it would do, then do exactly that."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

import msgspec
from nicegui import ui

from admin_ui.components.ask_override import AskOverride, may_be_asked
from admin_ui.components.attempt import attempt
from admin_ui.components.command_form import Choices, CommandForm
from admin_ui.components.dialog import dialog
from admin_ui.components.preview import preview
from admin_ui.components.problem_banner import problem_banner
from admin_ui.visitor import Visitor
from admin_ui.words import title
from engine.loan.commands import Command
from servicing.views import LoanView, Receipt


def command_name(kind: type[Command]) -> str:
    """A command in words: ReceivePayment is "Receive payment"."""
    return title(str(kind.__struct_config__.tag))


class CommandDialog:
    """One command on one loan, from the empty form to its receipt."""

    def __init__(
        self,
        visitor: Visitor,
        loan: LoanView,
        kind: type[Command],
        *,
        choices: Choices,
        preset: Mapping[str, Any],
        done: Callable[[Receipt], Awaitable[None]],
    ) -> None:
        self._visitor, self._loan, self._done = visitor, loan, done
        self._key = uuid.uuid4().hex
        self._previewed: Command | None = None
        name = command_name(kind)
        subtitle = f"{loan.borrower_name} · {loan.product_title}"
        with dialog(name, subtitle) as self._window:
            with self._window.body:
                ui.label((kind.__doc__ or "").strip().splitlines()[0]).classes("lw-sub")
                self._form = CommandForm(
                    kind,
                    business_date=visitor.business_date,
                    choices=choices,
                    preset=preset,
                    on_change=self._forget,
                )
                self._outcome = ui.element("div").classes("flex flex-col gap-3 w-full")
                self._outcome.props('aria-live="polite"')
            with self._window.foot:
                self._look = ui.button("Preview", on_click=self._preview).props("outline")
                self._post = ui.button(name, on_click=self._execute)
                self._post.disable()
        self._window.body.on("keydown.enter", self._preview)

    def _forget(self) -> None:
        """A changed field makes the preview untrue."""
        self._previewed = None
        self._post.disable()
        self._outcome.clear()

    async def _preview(self) -> None:
        command = self._form.command()
        if command is None:
            return
        receipt = await self._ask(command, dry_run=True)
        if receipt is not None:
            self._previewed = command
            self._post.enable()
            with self._outcome:
                preview(receipt, self._loan)
                ui.run_javascript(f"getElement({self._post.id}).$el.focus()")

    async def _execute(self) -> None:
        if self._previewed is None:
            return
        receipt = await self._ask(self._previewed, dry_run=False)
        if receipt is not None:
            self._window.close()
            ui.notify(_said(receipt, self._form.kind), type="positive", position="top")
            await self._done(receipt)

    async def _ask(self, command: Command, *, dry_run: bool) -> Receipt | None:
        self._post.disable()

        async def execute() -> Receipt:
            now = await self._visitor.still()
            return await now.house.servicer.execute(
                now.actor,
                command,
                loan_id=self._loan.loan_id,
                idempotency_key=None if dry_run else self._key,
                request_hash=None if dry_run else _hash(command),
                dry_run=dry_run,
                if_version=self._loan.seq,
            )

        receipt = await attempt(execute, partial(self._failed, command))
        if receipt is not None:
            self._outcome.clear()
        return receipt

    def _failed(self, command: Command, fault: Exception) -> None:
        self._outcome.clear()
        with self._outcome:
            problem_banner(fault)
            if may_be_asked(fault):
                AskOverride(self._visitor, command, self._loan.loan_id)


def _hash(command: Command) -> bytes:
    return hashlib.sha256(msgspec.json.encode(command)).digest()


def _said(receipt: Receipt, kind: type[Command]) -> str:
    return receipt.events[0].title if receipt.events else f"{command_name(kind)}: done"
