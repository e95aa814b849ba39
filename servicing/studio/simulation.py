"""The first year of a loan as it would be lived, installment by installment, day by day.

A person says what becomes of each installment: paid, late, returned, missed. The engine lives it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from engine.amortization.installment import Installment
from engine.catalog.terms_in_force import TermsInForce
from engine.product.example import ExampleLoan, Happening, PaymentHappens, ReturnHappens
from engine.proof.corners import with_index
from engine.proof.run_example import ExampleRun, requested_terms
from servicing.house import House
from servicing.publishing import drafts
from servicing.publishing.effect import candidate_terms
from servicing.studio.sample import (
    Size,
    example_around,
    lived,
    loan_of,
    moments,
    owed_later,
    standing,
)
from servicing.views.studio import Life, LifeInstallment

FOLLOWED: Final = 12
"""Installments that are lived through."""
_AFTER: Final = timedelta(days=45)
_RETURNED_AFTER: Final = timedelta(days=4)


class Outcome(StrEnum):
    """What becomes of an installment."""

    paid = "paid"
    """Paid on its day."""
    late_10 = "late_10"
    """Paid ten days late."""
    late_20 = "late_20"
    """Paid twenty days late."""
    half = "half"
    """Half of it is paid on its day."""
    returned = "returned"
    """Paid on its day, and returned by the bank four days later."""
    missed = "missed"
    """Not paid."""


_LATE: Final = {Outcome.late_10: 10, Outcome.late_20: 20}


async def simulate(
    house: House, draft_id: str, size: Size, outcomes: Mapping[int, Outcome]
) -> Life:
    """The life of a loan under a draft; ``outcomes`` by number of the installment, else paid.

    Raises NotFound, DefinitionError while the draft is wrong, CommandRefused for no product.
    """
    row = await drafts.row_of(house, draft_id)
    terms, _ = candidate_terms(house, row)
    loan = loan_of(terms.product, size, house.clock.business_date())
    return await asyncio.to_thread(life, terms, loan, outcomes)


def life(terms: TermsInForce, loan: ExampleLoan, outcomes: Mapping[int, Outcome]) -> Life:
    """The loan lived through its first installments, with how it stood after each day's events."""
    terms = with_index(terms, requested_terms(loan, terms.product.currency))
    offer = ExampleRun(example_around(loan, ()), terms).offer()
    if offer is None:
        return Life(installments=(), moments=(), days=(), refused="The loan would not be made.")
    rows = owed_later(offer)[:FOLLOWED]
    currency = terms.product.currency
    happenings = tuple(
        sorted(
            (each for row in rows for each in happening(row, outcomes.get(row.number))),
            key=lambda each: each.on,
        )
    )
    last = rows[-1].due_date + _AFTER
    run = lived(terms, loan, happenings, last)
    told = moments(run)
    days = sorted({each.on for each in told if each.on >= loan.contract_date})
    return Life(
        installments=tuple(
            LifeInstallment(
                number=row.number,
                due_date=row.due_date,
                amount=row.payment.text(currency),
                outcome=outcomes.get(row.number, Outcome.paid).value,
            )
            for row in rows
        ),
        moments=told,
        days=tuple(standing(each) for each in _on_each(terms, loan, happenings, days)),
        refused="; ".join(refusal.message for refusal in run.refusals),
    )


def happening(row: Installment, outcome: Outcome | None) -> tuple[Happening, ...]:
    """What comes in for an installment."""
    due, amount, name = row.due_date, row.payment, f"payment {row.number}"
    match outcome or Outcome.paid:
        case Outcome.missed:
            return ()
        case Outcome.returned:
            return (
                PaymentHappens(on=due, amount=amount, name=name),
                ReturnHappens(on=due + _RETURNED_AFTER, payment=name),
            )
        case Outcome.half:
            part = type(amount)(amount.minor // 2)
            return (PaymentHappens(on=due, amount=part, name=name),) if part.minor else ()
        case found:
            on = due + timedelta(days=_LATE.get(found, 0))
            return (PaymentHappens(on=on, amount=amount, name=name),)


def _on_each(
    terms: TermsInForce, loan: ExampleLoan, happenings: Sequence[Happening], days: Sequence[date]
) -> list[ExampleRun]:
    """The loan at the end of each day, as far as it could be lived."""
    return [run for day in days if (run := lived(terms, loan, happenings, day)).loan is not None]
