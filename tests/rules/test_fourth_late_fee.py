"""The fourth late fee of a year is stopped by our own policy on every path; a second person may let
it through, and the loan says so for ever."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.loan.commands import AdvanceTo, AssessFee, BoardLoan, OpeningFee
from engine.loan.events import FeeAssessed, FeeForgone
from servicing import borrowers, overrides
from servicing.actor import Actor
from servicing.daily_run import run
from servicing.errors import CommandRefused
from servicing.standing import standing
from tests.servicing.lending import ANYONE, Lender, lender_on

POLICY = "policy.late_fees.three_in_twelve_months"
STEPS = [
    (date(2026, 7, 10),),
    (date(2026, 3, 1), date(2026, 4, 2), date(2026, 5, 9), date(2026, 7, 10)),
]


@pytest.fixture
async def lender(fresh_database: str, tmp_path: Path) -> AsyncIterator[Lender]:
    async with lender_on(fresh_database, tmp_path) as lender:
        yield lender


@pytest.mark.parametrize("days", STEPS, ids=["once", "step by step"])
async def test_the_fourth_late_fee_needs_a_second_person(
    lender: Lender, days: tuple[date, ...]
) -> None:
    loan_id = await lender.lends()
    for day in days:
        lender.clock.set(day)
        await lender.does(loan_id, AdvanceTo(day=day))
    at = await standing(lender.house, loan_id, days[-1], with_history=True)
    events = [event for _, event in at.numbered]
    charged = [event for event in events if isinstance(event, FeeAssessed)]
    late = [event for event in charged if event.kind == "late_fee"]
    forgone = [event for event in events if isinstance(event, FeeForgone)]
    assert len(late) == 3 and forgone
    (use,) = [use for use in forgone[0].because.rules if use.rule == POLICY]
    assert use.outcome == "needs_approval" and use.values == {"most": "3"}
    assert use.citation == "Lender policy on late fees, section 2"


CITE = "Lender policy on late fees, section 2"
SECOND = Actor(actor_id="user_second", name="Second", scopes=frozenset({"*"}))


def boards(borrower: str, **changes: Any) -> BoardLoan:
    told: dict[str, Any] = {
        "borrower_id": borrower, "product": "personal_installment", "boarded_on": date(2026, 3, 1),
        "original_amount": "5000.00", "note_rate": "0.1499", "contract_date": date(2025, 6, 15),
        "number_of_payments": 24, "next_due_date": date(2026, 3, 15),
        "installment_amount": "242.42", "principal_balance": "3500.00", "remaining_payments": 16,
        "external_id": "OLD-1",
    }  # fmt: skip
    return BoardLoan(**(told | changes))


async def test_the_daily_run_and_a_person_are_stopped_alike(lender: Lender) -> None:
    loan_id, day = await lender.lends(), date(2026, 7, 10)
    lender.clock.set(day)
    await run(lender.house, day)
    fee = AssessFee(fee="late_fee", assessed_on=day, reason="Again")
    with pytest.raises(CommandRefused) as refused:
        await lender.does(loan_id, fee)
    (refusal,) = refused.value.refusals
    assert (refusal.rule, refusal.needs_approval) == (POLICY, True)
    assert refusal.citation is not None and refusal.citation.cite == CITE
    at = await standing(lender.house, loan_id, day, with_history=True)
    forgone = [event for _, event in at.numbered if isinstance(event, FeeForgone)]
    assert forgone[0].because.rules[0].citation == CITE


async def test_import_is_stopped_too_and_a_second_person_lets_it_through(lender: Lender) -> None:
    house, today = lender.house, date(2026, 3, 1)
    lender.clock.set(today)
    borrower = await borrowers.create(house, ANYONE, name="Old Loan", email="old@example.com")
    fourth = OpeningFee(name="late_fee", amount="15.00", assessed_on=date(2026, 2, 20))
    loan = boards(borrower, fees_owed=(fourth,), late_fees_last_12_months=4)
    with pytest.raises(CommandRefused) as refused:
        await house.servicer.execute(ANYONE, loan)
    assert [(r.rule, r.citation.cite) for r in refused.value.refusals if r.citation] == [
        (POLICY, CITE)
    ]
    asked = await overrides.request(
        house, ANYONE, loan, reason="Charged by the seller", expires_on=today
    )
    await overrides.approve(house, SECOND, asked.override_id)
    receipt = await overrides.carry_out(house, ANYONE, asked.override_id)
    again = await overrides.carry_out(house, SECOND, asked.override_id)
    assert again.replayed and again.loan_id == receipt.loan_id
    at = await standing(house, receipt.loan_id, today, with_history=True)
    (aside,) = at.numbered[0][1].set_aside
    assert (aside.rule, aside.approved_by) == (POLICY, "user_second")
