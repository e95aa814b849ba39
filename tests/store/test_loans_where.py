"""The book asked a condition says of every loan what the engine says of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.expressions.expression import compile_expression
from engine.facts.fact import FactType
from engine.loan.facts_on import facts_on
from servicing.standing import standing
from store.loans_where import loans_where
from tests.servicing.lending import START, Lender, lender_on
from tests.servicing.test_portfolio import a_book

CONDITIONS = [
    "days_past_due > 10",
    'principal_balance > money("2500.00") and current_rate <= 0.1499',
    'amount_past_due + fees_owed > money("100.00") or charged_off',
    'product in ["pay_in_4", "auto_simple_interest"] and event_date > contract_date + 30',
    'state == "CA" or delinquency_stage != "current"',
    'accrued_interest >= money("20.00")',
]


@pytest.fixture
async def lender(fresh_database: str, tmp_path: Path) -> AsyncIterator[Lender]:
    async with lender_on(fresh_database, tmp_path) as lender:
        yield lender


async def test_every_loan_is_found_or_left_to_the_engine(lender: Lender) -> None:
    loans = await a_book(lender)
    for ahead in (0, 31, 60, 77, 78):
        day = START + timedelta(days=ahead)
        for text in CONDITIONS:
            checked = compile_expression(text, FactType.flag)
            answer = await loans_where(
                lender.house.pool, checked.tree, day, lender.house.clock.now()
            )
            holds = set()
            for loan_id in loans:
                at = await standing(lender.house, loan_id, day)
                if checked.is_true(facts_on(at.loan, day, at.terms)):
                    holds.add(loan_id)
            assert set(answer.certain) <= holds, (text, day)
            assert holds <= {*answer.certain, *answer.to_decide}, (text, day)
            assert answer.undecided == ()


async def test_a_fact_that_is_no_column_narrows_and_is_named(lender: Lender) -> None:
    await a_book(lender)
    text = 'product == "pay_in_4" and number_of_payments > 2'
    checked = compile_expression(text, FactType.flag)
    moment = lender.house.clock.now()
    answer = await loans_where(lender.house.pool, checked.tree, date(2026, 1, 16), moment)
    assert answer.undecided == ("number_of_payments",)
    assert answer.certain == () and len(answer.to_decide) == 1
