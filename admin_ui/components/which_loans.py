"""Loans of the live book that a rule would refuse, or speaks of: its conditions asked of it."""

from __future__ import annotations

from nicegui import ui

from admin_ui.components.attempt import attempt
from admin_ui.components.heading import card
from admin_ui.components.problem_banner import problem_banner
from admin_ui.formats import count, short_id
from admin_ui.visitor import Visitor
from servicing.studio.try_rule import asks_the_book
from servicing.views import RuleView
from servicing.which_loans import WhichLoans, which_loans

SHOWN = 12


class WhichLoansPanel:
    """A button that asks the book, and the loans found."""

    def __init__(self, visitor: Visitor, view: RuleView) -> None:
        self._visitor = visitor
        condition = asks_the_book(visitor.house, view.row.rule)
        refuses = view.row.kind == "requirement"
        means = "it would refuse or tell of today" if refuses else "it speaks of today"
        with card("Which loans"):
            ui.label(f"Loans of the live book {means}.").classes("lw-sub")
            self._condition = ui.input("Condition", value=condition).classes("w-full")
            self._condition.props("hide-bottom-space autogrow type=textarea")
            ui.button("Ask the book", on_click=self._ask).props("outline dense").classes(
                "self-start"
            )
            self._place = ui.element("div").classes("flex flex-col gap-2 w-full")
            self._place.props('aria-live="polite"')

    async def _ask(self) -> None:
        async def work() -> WhichLoans:
            now = await self._visitor.still()
            return await which_loans(now.house, now.actor, str(self._condition.value or ""))

        found = await attempt(work, self._failed)
        if found is None:
            return
        self._place.clear()
        with self._place:
            ui.label(count(len(found.loans), "loan")).classes("font-semibold")
            if found.cannot_tell:
                words = count(len(found.cannot_tell), "loan")
                ui.label(f"Of {words} it cannot be told: a fact is not known.").classes("lw-sub")
            for loan_id in found.loans[:SHOWN]:
                ui.link(short_id(loan_id), f"/loans/{loan_id}")
            if len(found.loans) > SHOWN:
                ui.label(f"and {len(found.loans) - SHOWN:,} more").classes("lw-sub")

    def _failed(self, fault: Exception) -> None:
        self._place.clear()
        with self._place:
            problem_banner(fault)
