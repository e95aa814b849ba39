"""Ending the offer of a product version."""

from __future__ import annotations

from datetime import date

from nicegui import ui

from admin_ui.components.attempt import attempt
from admin_ui.components.dialog import dialog
from admin_ui.components.problem_banner import problem_banner
from admin_ui.visitor import Visitor
from servicing.publishing import publish
from servicing.views import ProductVersionRow


def retire_dialog(visitor: Visitor, row: ProductVersionRow) -> None:
    """Ask for the last day and the reason; loans and quotes that exist keep the version."""
    with dialog("Retire this version", f"{row.title}, version {row.version}") as window:
        with window.body:
            ui.label(
                "Nobody is offered it after its last day. Loans and quotes that exist keep it."
            )
            last = ui.input("Last day offered", value=visitor.business_date.isoformat())
            last.props("type=date stack-label").classes("w-full")
            reason = ui.input("Reason").classes("w-full")
            outcome = ui.element("div").classes("w-full").props('aria-live="polite"')

        def failed(fault: Exception) -> None:
            outcome.clear()
            with outcome:
                problem_banner(fault)

        async def retire() -> None:
            last.error = reason.error = None
            if not str(reason.value or "").strip():
                reason.error = "This is needed."
                return
            try:
                day = date.fromisoformat(str(last.value or ""))
            except ValueError:
                last.error = "Write it as a date, like 2026-11-24."
                return

            async def work() -> bool:
                now = await visitor.still()
                await publish.retire(
                    now.house, now.actor, row.product, row.version, day, str(reason.value)
                )
                return True

            if await attempt(work, failed):
                ui.navigate.reload()

        with window.foot:
            ui.button("Retire", on_click=retire)
