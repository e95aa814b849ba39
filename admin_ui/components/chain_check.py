"""The check of one loan: worked out again from its events, the chain of seals followed."""

from __future__ import annotations

from nicegui import ui

from admin_ui.components import skeleton
from admin_ui.components.dialog import dialog
from admin_ui.components.facts import Facts
from admin_ui.components.later import Later
from admin_ui.components.problem_banner import banner
from admin_ui.formats import count, day, moment
from admin_ui.visitor import Visitor
from servicing import audit
from servicing.views import LoanView
from servicing.views.office import ChainCheck


def check_loan(visitor: Visitor, loan: LoanView) -> None:
    """Open the check of a loan; it begins at once."""

    async def read() -> ChainCheck:
        now = await visitor.still()
        return await audit.check_loan(now.house, now.actor, loan.loan_id)

    with dialog("Check the records", f"{loan.borrower_name} · {loan.loan_id}") as window:
        with window.body:
            Later(
                read, _show, waiting=lambda: skeleton.lines(4), classes="flex flex-col gap-4 w-full"
            )


def _show(found: ChainCheck) -> None:
    if found.problems:
        title = count(len(found.problems), "thing is wrong", "things are wrong")
        banner("bad", title, *found.problems)
    else:
        banner(
            "ok",
            "The records are true",
            f"All {count(found.events, 'event')} follow one another unchanged: each seal covers "
            "the event and every one before it.",
            "Worked out again from them, every balance, stage and due date is as stored, and "
            "every journal entry balances.",
        )
    facts = Facts()
    facts.add("Events", f"{found.events:,}")
    facts.add("Journal entries", f"{found.entries:,}")
    facts.add("First recorded", moment(found.first_recorded_at))
    facts.add("Last recorded", moment(found.last_recorded_at))
    facts.add("Days sealed through", day(found.sealed_through))
    with ui.element("div"):
        ui.label("Seal of the last event").classes("lw-sub")
        ui.label(found.last_hash).classes("mono break-all")
