"""Whatever happens, what must hold holds; in any steps of time; with any payment undone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.catalog.terms_in_force import TermsInForce
from engine.errors import Refusal
from engine.ledger.chart import AccountRole as Role
from engine.ledger.entry import net
from engine.ledger.interest import interest_entry
from engine.ledger.journalize import journalize
from engine.loan import observe
from engine.loan.commands import (
    ReceivePayment,
    ReturnPayment,
    ReverseDisbursement,
    ReversePayment,
    WaiveFee,
)
from engine.loan.counts import counts_on
from engine.loan.invariants import broken
from engine.product.disbursement import SeveralDisbursements
from engine.values.money import ZERO
from engine.values.rounding import Rounding, round_exact
from tests.engine.loan.life import Life, a_loan
from tests.engine.loan.random_life import (
    START,
    Happening,
    disbursements_of,
    happenings,
    lived,
    payments_of,
    without_numbers,
)
from tests.engine.loan.random_products import products
from tests.engine.loan.standing import standing

some_payments = st.sampled_from([1, 4, 12])


def begun(terms: TermsInForce, payments: int) -> Life:
    if terms.product.due_dates.in_advance:
        payments = max(payments, 2)  # one payment at once is no loan
    several = isinstance(terms.product.disbursement, SeveralDisbursements)
    return a_loan(terms, payments=payments, on=START, part="6000.00" if several else None)


def end_of(*lives: Life) -> date:
    return max(life.at(START).last_effective_on or START for life in lives) + timedelta(days=60)


def same(one: Life, other: Life) -> None:
    """Balances, due state and net journal agree (``live`` has checked the rest all along)."""
    end = end_of(one, other)
    for life in (one, other):
        life.until(end)
    assert without_numbers(standing(one.at(end))) == without_numbers(standing(other.at(end)))
    assert books(one, end) == books(other, end)


def books(life: Life, day: date) -> dict[Any, Any]:
    """Every account once interest is booked through a day; the loan must tie to them."""
    entries = [e for item in life.history for e in journalize(item.seq, item.event)]
    loan, rounding = life.loan, life.terms.product.rounding
    assert loan is not None
    opened = round_exact(loan.interest_opening, Rounding.half_up)
    off = loan.non_accrual_since(day) is not None
    interest = interest_entry(
        observe.interest_earned_to(loan, day), loan.interest_settled, opened, rounding, day,
        loan.interest_unrecognized, off,
    )  # fmt: skip
    balances = net([*entries, *([interest] if interest else [])])
    history = [(item.seq, item.event) for item in life.history]
    assert broken(loan, history, balances, life.terms, day) == ()
    assert not off or balances.get(Role.interest_receivable, ZERO) <= ZERO
    return dict(balances)


def in_steps(terms: TermsInForce, payments: int, drawn: list[Happening]) -> None:
    at_once, stepped = begun(terms, payments), begun(terms, payments)
    for _, command in lived(at_once, drawn):
        at_once.live(command)
    for _, command in lived(stepped, drawn):
        day = stepped.at(START).last_effective_on or START
        while (day := day + timedelta(days=3)) <= counts_on(command):
            stepped.until(day)
        stepped.live(command)
    same(at_once, stepped)


def undone(terms: TermsInForce, payments: int, drawn: list[Happening], place: int) -> None:
    with_it, without = begun(terms, payments), begun(terms, payments)
    with_the_money = len(payments_of(with_it))
    commands = []
    for _, command in lived(with_it, drawn):
        if isinstance(command, WaiveFee):
            continue  # what is forgiven depends on what is owed by then
        with_it.live(command)
        commands.append(command)
    received = payments_of(with_it)
    taken_back = {c.payment for c in commands if isinstance(c, ReturnPayment | ReversePayment)}
    open_ = [number for number in received[with_the_money:] if number not in taken_back]
    if not open_:
        return
    number = open_[place % len(open_)]
    left_out = received.index(number)
    seen = with_the_money - 1
    for command in commands:
        if isinstance(command, ReceivePayment):
            seen += 1
            if seen == left_out:
                continue
        if isinstance(command, ReturnPayment | ReversePayment):
            at = received.index(command.payment)
            again = payments_of(without)[at - (at > left_out)]
            command = replace(command, payment=again)  # noqa: PLW2901  # the same, renumbered
        if isinstance(command, ReverseDisbursement):
            at = disbursements_of(with_it).index(command.disbursement)
            again = disbursements_of(without)[at]
            command = replace(command, disbursement=again)  # noqa: PLW2901  # the same, renumbered
        if isinstance(without.ask(command), tuple):
            return  # the other life took another turn
        without.live(command)
    day = max(life.at(START).last_effective_on or START for life in (with_it, without))
    reversal = ReversePayment(payment=number, reversed_on=day, reason="not this loan")
    answer = with_it.ask(reversal)
    if isinstance(answer, tuple):
        assert isinstance(answer[0], Refusal)
        assert answer[0].code in {"fee_after_payoff", "lent_after_payoff"}
        return
    with_it.live(reversal)
    same(with_it, without)


@given(products(), some_payments, happenings)
@settings(max_examples=40)
def test_time_in_steps_or_at_once(
    terms: TermsInForce, payments: int, drawn: list[Happening]
) -> None:
    in_steps(terms, payments, drawn)


@given(products(), some_payments, happenings, st.integers(0, 9))
@settings(max_examples=40)
def test_a_payment_reversed_was_never_received(
    terms: TermsInForce, payments: int, drawn: list[Happening], place: int
) -> None:
    undone(terms, payments, drawn, place)


@pytest.mark.proof
@given(products(), some_payments, happenings, st.integers(0, 9))
@settings(max_examples=1000)
def test_many_lives(terms: TermsInForce, payments: int, drawn: list[Happening], place: int) -> None:
    in_steps(terms, payments, drawn)
    undone(terms, payments, drawn, place)
