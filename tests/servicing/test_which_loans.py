"""Conditions asked of the whole book: SQL and engine together answer for every loan."""

from __future__ import annotations

from datetime import date

import pytest

from servicing.errors import CommandRefused, Forbidden
from servicing.which_loans import which_loans
from tests.servicing.lending import ANYONE, NOBODY, START, Lender
from tests.servicing.test_portfolio import a_book


async def test_columns_alone_answer_without_the_engine(lender: Lender) -> None:
    loans = await a_book(lender)
    answer = await which_loans(lender.house, ANYONE, 'product == "pay_in_4"', as_of=START)
    assert answer.loans == (loans[2],)
    assert (answer.decided_by_engine, answer.undecided, answer.as_of) == (0, (), START)


async def test_the_engine_decides_what_is_no_column(lender: Lender) -> None:
    loans = await a_book(lender)
    condition = 'number_of_payments == 6 and state != "CA"'
    answer = await which_loans(lender.house, ANYONE, condition, as_of=date(2026, 2, 1))
    assert answer.loans == (loans[3],)
    assert answer.undecided == ("number_of_payments",) and answer.decided_by_engine == len(loans)


async def test_loans_past_their_boundary_are_advanced_in_memory(lender: Lender) -> None:
    loans = await a_book(lender)
    answer = await which_loans(lender.house, ANYONE, "days_past_due > 60", as_of=date(2026, 8, 1))
    assert set(answer.loans) <= set(loans) and loans[1] in answer.loans
    assert answer.decided_by_engine > 0


async def test_a_fact_nobody_knows_is_told_and_not_guessed(lender: Lender) -> None:
    loans = await a_book(lender)
    answer = await which_loans(lender.house, ANYONE, "points_and_fees > loan_amount", as_of=START)
    assert answer.loans == () and set(answer.cannot_tell) == set(loans)


async def test_a_wrong_condition_is_refused_with_its_place(lender: Lender) -> None:
    with pytest.raises(CommandRefused) as refused:
        await which_loans(lender.house, ANYONE, "days_past_du > 10")
    (refusal,) = refused.value.refusals
    assert "At character 1" in refusal.message and "days_past_due" in refusal.message


async def test_who_may_not_see_the_book_may_not_ask_it(lender: Lender) -> None:
    with pytest.raises(Forbidden):
        await which_loans(lender.house, NOBODY, "true")
