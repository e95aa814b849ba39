"""The fourth late fee of a year is stopped by our own policy, whoever lets the time pass."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from engine.loan.commands import AdvanceTo
from engine.loan.events import FeeAssessed, FeeForgone
from servicing.standing import standing
from tests.servicing.lending import Lender, lender_on

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
