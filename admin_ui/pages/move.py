"""A plan to move loans: what it does to each, consent, a second person's word, and undo."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, NamedTuple

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.attempt import attempt
from admin_ui.components.dialog import dialog
from admin_ui.components.empty_state import empty_state
from admin_ui.components.facts import Facts
from admin_ui.components.heading import card
from admin_ui.components.pill import pill
from admin_ui.components.problem_banner import banner, problem_banner
from admin_ui.components.table import Column, Row, table
from admin_ui.formats import amount, day, short_id
from admin_ui.pages.moves import TONES
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title
from servicing.permissions import require
from servicing.publishing import moves
from servicing.views.moves import MovedLoan, MovePlan

LOANS: Final = (
    Column("loan", "Loan", wrap=True),
    Column("state", "Outcome"),
    Column("owed_before", "Pays it off", numeric=True, narrow=False),
    Column("owed_after", "Once moved", numeric=True),
)
LOAN_TONES: Final = {"planned": "brand", "consent_needed": "warn", "refused": "bad", "moved": "ok"}
SHOWN: Final = 200


class Step(NamedTuple):
    """What may be done with a plan."""

    words: str
    scope: str
    states: frozenset[str]
    use: Callable[..., Awaitable[MovePlan]]
    said: str
    by_another: bool = False


STEPS: Final = (
    Step("Approve", moves.APPROVE, frozenset({"planned"}), moves.approve,
         "The loans can then be moved.", by_another=True),
    Step("Move the loans", moves.MOVE, frozenset({"approved"}), moves.carry_out,
         "Each loan moves by its own command; one that cannot is told and holds up no other."),
    Step("Undo", moves.MOVE, frozenset({"carried_out"}), moves.undo,
         "The moved loans go back to the version they came from, from the same day."),
)  # fmt: skip


async def page(request: Request, plan_id: str) -> None:
    """The page of a plan."""
    visitor = visitor_of(request)
    require(visitor.actor, "products:read")
    plan = await moves.find(visitor.house, plan_id)
    row = plan.row
    heading = f"Move {title(row.product).lower()} loans to version {row.to_version}"
    with shell(visitor, "/drafts", heading, row.reason) as actions:
        with actions:
            pill(row.state, TONES.get(row.state, ""))
            for step in steps_for(visitor, plan):
                ui.button(step.words, on_click=partial(_ask, visitor, plan, step))
        if row.state == "planned" and row.author == visitor.actor.actor_id:
            banner("brand", "It waits for another person", "You made it; another one approves it.")
        with card():
            facts = Facts()
            facts.add("From", day(row.moved_on))
            facts.add("Loans", row.condition or "All of the product")
            for state, number in sorted(plan.counts.items()):
                facts.add(title(state), f"{number:,}")
        if plan.adverse:
            banner("warn", "Adverse to borrowers: each must consent", *plan.adverse)
        _loans(visitor, plan)


def steps_for(visitor: Visitor, plan: MovePlan) -> list[Step]:
    """The steps this person may take now."""
    return [
        step
        for step in STEPS
        if plan.row.state in step.states
        and visitor.may(step.scope)
        and not (step.by_another and plan.row.author == visitor.actor.actor_id)
    ]


def _loans(visitor: Visitor, plan: MovePlan) -> None:
    with card("Loan by loan", flush=True) as side:
        if not plan.loans:
            empty_state("search_off", "No loan fits", "The plan moves nothing.")
            return
        if len(plan.loans) > SHOWN:
            with side:
                ui.label(f"The first {SHOWN} of {len(plan.loans):,}").classes("lw-sub")
        shown = plan.loans[:SHOWN]
        table(LOANS, [loan_row(loan) for loan in shown], key="key", label="Loans of the plan")
    waiting = [loan for loan in shown if loan.state == "consent_needed"]
    if waiting and visitor.may(moves.MOVE) and plan.row.state in {"planned", "approved"}:
        with card("Record a borrower's consent"):
            options = {loan.loan_id: loan.loan_id for loan in waiting}
            loan = ui.select(options, label="Loan", with_input=True).classes("w-full")
            reference = ui.input("Where the consent is kept").classes("w-full")
            outcome = ui.element("div").classes("w-full").props('aria-live="polite"')

            async def work() -> MovePlan:
                now = await visitor.still()
                return await moves.consent(
                    now.house, now.actor, plan.row.plan_id, str(loan.value), str(reference.value)
                )

            async def consent() -> None:
                if loan.value and reference.value and await attempt(
                    work, partial(_failed, outcome)
                ):  # fmt: skip
                    ui.navigate.reload()

            ui.button("Record consent", on_click=consent).props("outline").classes("self-start")


def loan_row(loan: MovedLoan) -> Row:
    """A loan of a plan as a row."""
    return {
        "key": loan.loan_id,
        "loan": short_id(loan.loan_id),
        "loan_href": f"/loans/{loan.loan_id}",
        "loan_second": loan.why or (f"Consent: {loan.consent}" if loan.consent else ""),
        "state": title(loan.state),
        "state_tone": LOAN_TONES.get(loan.state, ""),
        "owed_before": amount(loan.owed_before),
        "owed_after": amount(loan.owed_after),
    }


def _failed(place: ui.element, fault: Exception) -> None:
    place.clear()
    with place:
        problem_banner(fault)


def _ask(visitor: Visitor, plan: MovePlan, step: Step) -> None:
    with dialog(step.words) as window:
        with window.body:
            ui.label(step.said)
            outcome = ui.element("div").classes("w-full").props('aria-live="polite"')

        async def work() -> MovePlan:
            now = await visitor.still()
            return await step.use(now.house, now.actor, plan.row.plan_id)

        async def take() -> None:
            if await attempt(work, partial(_failed, outcome)) is not None:
                ui.navigate.reload()

        with window.foot:
            ui.button(step.words, on_click=take)
