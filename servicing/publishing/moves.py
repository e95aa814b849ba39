"""Moving existing loans to a version: which, a preview loan by loan, a second person, undo.

Each loan moves by its own command through the one write path, so a run that was stopped goes on
where it ended and a loan that cannot move is told and holds up no other.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date
from typing import Final

from engine.catalog.terms_in_force import TermsInForce
from engine.errors import Refusal
from engine.loan import observe
from engine.loan.advance import advance
from engine.loan.commands import MoveLoan
from engine.loan.decide import decide
from engine.loan.evolve import fold
from engine.loan.loan import Loan
from engine.product.moving import adverse_changes
from engine.values.money import Money
from servicing.actor import Actor
from servicing.errors import CommandRefused, NotFound, ServicingError
from servicing.house import House
from servicing.ids import new_id
from servicing.permissions import require
from servicing.second_person import is_one_of
from servicing.views.moves import MovedLoan, MovePlan, MovePlanRow
from servicing.which_loans import which_loans
from store import move_rows
from store.loan_rows import StoredEvent, histories
from store.loans_of_product import loans_of_product
from store.move_rows import PlanLoan, PlanRow

MOVE: Final = "loans:move"
APPROVE: Final = "definitions:approve"
_BATCH: Final = 100
_NEEDED: Final = "consent_needed"


async def plan(
    house: House,
    actor: Actor,
    *,
    product: str,
    to_version: int,
    moved_on: date,
    reason: str,
    condition: str = "",
) -> MovePlan:
    """A plan with its preview: every loan of the product for which the condition holds.

    Nothing moves yet. Raises NotFound for an unknown version, CommandRefused for a condition that
    is wrong and for a day to come.
    """
    require(actor, MOVE)
    versions = house.catalog.products.get(product, ())
    if to_version not in {version.version for version in versions}:
        raise NotFound("product version", f"{product}@{to_version}")
    today = house.clock.business_date()
    if moved_on > today:
        raise _refused("not_yet", f"{moved_on} is to come; loans move today or from a past day.")
    ids = await loans_of_product(house.pool, product)
    if condition:
        found = await which_loans(house, actor, condition)
        ids = sorted(set(ids) & set(found.loans))
    loans: list[PlanLoan] = []
    for start in range(0, len(ids), _BATCH):
        past = await histories(house.pool, ids[start : start + _BATCH])
        loans += await asyncio.to_thread(_previews, house, past, to_version, moved_on, reason)
    at = house.clock.now()
    row = PlanRow(
        plan_id=new_id("move", at), product=product, to_version=to_version, moved_on=moved_on,
        condition=condition, reason=reason, state="planned", author=actor.actor_id,
        approved_by="", recorded_at=at, changed_at=at,
    )  # fmt: skip
    await move_rows.add_plan(house.pool, row, loans)
    return _view(house, row, loans)


async def listed(house: House) -> tuple[MovePlanRow, ...]:
    """Every plan, the one changed last first."""
    return tuple(_row_view(row) for row in await move_rows.plans(house.pool))


async def find(house: House, plan_id: str) -> MovePlan:
    """A plan whole; NotFound when there is none."""
    row = await _row(house, plan_id)
    return _view(house, row, await move_rows.plan_loans(house.pool, plan_id))


async def consent(
    house: House, actor: Actor, plan_id: str, loan_id: str, reference: str
) -> MovePlan:
    """Record a borrower's consent to an adverse move."""
    require(actor, MOVE)
    row = await _row(house, plan_id, "planned", "approved")
    loans = {loan.loan_id: loan for loan in await move_rows.plan_loans(house.pool, row.plan_id)}
    if loan_id not in loans:
        raise NotFound("loan in this plan", loan_id)
    if loans[loan_id].state != _NEEDED:
        raise _refused("no_consent_needed", f"{loan_id} needs no consent for this move.")
    await move_rows.set_loan(house.pool, plan_id, loan_id, "planned", "", reference)
    return await find(house, plan_id)


async def approve(house: House, actor: Actor, plan_id: str) -> MovePlan:
    """Agree to a plan; refused to whoever made it."""
    require(actor, APPROVE)
    row = await _row(house, plan_id, "planned")
    if await is_one_of(house, actor, [row.author]):
        raise _refused("own_plan", "You made this plan; another person must approve it.", "rule")
    await _set(house, row, "approved", actor.actor_id)
    return await find(house, plan_id)


async def carry_out(house: House, actor: Actor, plan_id: str) -> MovePlan:
    """Move the loans of an approved plan; asked again, it goes on with those left."""
    require(actor, MOVE)
    row = await _row(house, plan_id, "approved")
    for loan in await move_rows.plan_loans(house.pool, plan_id):
        if loan.state == "planned":
            await _move(house, actor, row, loan, row.to_version, "moved", loan.consent)
    await _set(house, row, "carried_out", row.approved_by)
    return await find(house, plan_id)


async def undo(house: House, actor: Actor, plan_id: str) -> MovePlan:
    """Put the moved loans back under the version they came from, from the same day."""
    require(actor, MOVE)
    row = await _row(house, plan_id, "carried_out", "approved")
    for loan in await move_rows.plan_loans(house.pool, plan_id):
        if loan.state == "moved":
            back = f"plan {plan_id} undone"
            await _move(house, actor, row, loan, loan.from_version, "undone", back)
    await _set(house, row, "undone", row.approved_by)
    return await find(house, plan_id)


async def _move(
    house: House, actor: Actor, row: PlanRow, loan: PlanLoan, to: int, state: str, consent: str
) -> None:
    """One loan by one command; what it is refused for is kept with it."""
    command = MoveLoan(to_version=to, moved_on=row.moved_on, consent=consent, reason=row.reason)
    key = f"{row.plan_id}:{loan.loan_id}:{state}"
    try:
        await house.servicer.execute(actor, command, loan_id=loan.loan_id, idempotency_key=key)
    except ServicingError as refused:
        why = str(refused)
        await move_rows.set_loan(
            house.pool, row.plan_id, loan.loan_id,
            "refused" if state == "moved" else loan.state, why, loan.consent,
        )  # fmt: skip
    else:
        await move_rows.set_loan(house.pool, row.plan_id, loan.loan_id, state, "", loan.consent)


def _previews(
    house: House, past: dict[str, tuple[StoredEvent, ...]], to: int, on: date, reason: str
) -> list[PlanLoan]:
    return [_preview(house, loan_id, events, to, on, reason) for loan_id, events in past.items()]


def _preview(
    house: House, loan_id: str, events: tuple[StoredEvent, ...], to: int, on: date, reason: str
) -> PlanLoan:
    """What the move would do to one loan, decided and not written."""
    loan = fold(loan_id, (event.numbered for event in events))
    terms = house.catalog.terms_in_force(loan.product, loan.product_version)
    adverse = adverse_changes(terms.product, terms.of(to).product)
    command = MoveLoan(
        to_version=to, moved_on=on, consent="preview" if adverse else "", reason=reason
    )
    day = house.clock.business_date(loan.legal_entity_id)
    owed = _owed(loan, terms, day)
    recorded = tuple(event.recorded for event in events)
    answer = decide(loan, command, terms, loan_id=loan_id, history=recorded)
    state, why, after = "planned", "", owed
    if isinstance(answer, tuple):
        state, why = "refused", "; ".join(refusal.message for refusal in answer)
    else:
        after = _owed(answer.loan, terms.of(to), day)
        if adverse:
            state, why = _NEEDED, "; ".join(adverse)
    return PlanLoan(
        loan_id=loan_id, from_version=loan.product_version, state=state, why=why, consent="",
        owed_before=owed, owed_after=after,
    )  # fmt: skip


def _owed(loan: Loan, terms: TermsInForce, day: date) -> int:
    """What pays the loan off on a day, less what is held for it, minor units."""
    loan = advance(loan, day, terms).loan
    return (observe.total_owed(loan, day, terms.product.rounding) - loan.unapplied_funds).minor


async def _row(house: House, plan_id: str, *states: str) -> PlanRow:
    row = await move_rows.plan(house.pool, plan_id)
    if row is None:
        raise NotFound("plan to move loans", plan_id)
    if states and row.state not in states:
        wanted = " or ".join(states).replace("_", " ")
        said = row.state.replace("_", " ")
        raise _refused("plan_state", f"The plan is {said}; this needs one that is {wanted}.")
    return row


async def _set(house: House, row: PlanRow, state: str, approved_by: str) -> None:
    at = house.clock.now()
    if not await move_rows.set_plan(house.pool, row.plan_id, row.state, state, approved_by, at):
        raise _refused("plan_state", "Another person changed the plan meanwhile.")


def _view(house: House, row: PlanRow, loans: list[PlanLoan]) -> MovePlan:
    products = {version.version: version for version in house.catalog.versions(row.product)}
    after, currency = products[row.to_version], products[row.to_version].currency
    adverse = [
        f"from version {number}: {change}"
        for number in sorted({loan.from_version for loan in loans})
        for change in adverse_changes(products[number], after)
    ]
    return MovePlan(
        row=_row_view(row),
        loans=tuple(
            MovedLoan(
                loan_id=loan.loan_id,
                from_version=loan.from_version,
                state=loan.state,
                why=loan.why,
                consent=loan.consent,
                owed_before=Money(loan.owed_before).text(currency),
                owed_after=Money(loan.owed_after).text(currency),
            )
            for loan in loans
        ),
        counts=dict(Counter(loan.state for loan in loans)),
        adverse=tuple(adverse),
    )


def _row_view(row: PlanRow) -> MovePlanRow:
    return MovePlanRow(**{name: getattr(row, name) for name in MovePlanRow.__struct_fields__})


def _refused(code: str, message: str, kind: str = "state") -> CommandRefused:
    return CommandRefused((Refusal(code=code, message=message, kind=kind),))
