"""Interest booked beside the stream, through a life with everything in it, ties to the loan."""

from __future__ import annotations

from datetime import date

import pytest

from engine.ledger.chart import AccountRole as Role
from engine.ledger.entry import JournalEntry, net
from engine.ledger.interest import interest_entry
from engine.ledger.journalize import journalize
from engine.loan import observe
from engine.loan.commands import ChargeOffLoan, ReceivePayment, WaiveFee
from engine.loan.events import FeeAssessed
from engine.loan.invariants import broken
from engine.values.money import ZERO, Money
from engine.values.rounding import Rounding
from tests.engine.loan.life import Life, a_loan

FEB, MAR, APR = date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15)


class Books:
    """Entries of a life, with interest booked as often as asked."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.interest: list[JournalEntry] = []

    def balances(self) -> dict[Role, Money]:
        of_events = [e for item in self.life.history for e in journalize(item.seq, item.event)]
        return net([*of_events, *self.interest])

    def book_interest(self, day: date) -> None:
        loan = self.life.at(day)
        entry = interest_entry(
            observe.interest_earned_to(loan, day),
            loan.interest_paid + loan.interest_forgiven,
            ZERO - self.balances().get(Role.interest_income, ZERO),
            Rounding.half_up,
            day,
        )
        if entry is not None:
            self.interest.append(entry)

    def broken(self, day: date) -> tuple[str, ...]:
        self.life.until(day)
        history = [(item.seq, item.event) for item in self.life.history]
        loan = self.life.loan
        assert loan is not None
        return broken(loan, history, self.balances(), self.life.terms, day)


def lived() -> Life:
    """On time, late with a fee, returned, waived, paid in part."""
    life = a_loan()
    life.pays("892.87", FEB)
    second = life.pays("892.87", MAR)
    life.comes_back(second, date(2026, 3, 18), "R01")
    life.until(date(2026, 4, 1))
    late = life.events(FeeAssessed)[-1]
    life.live(WaiveFee(fee_id=late.fee_id, waived_on=date(2026, 4, 1), reason="good customer"))
    life.pays("1000.00", date(2026, 4, 3))
    return life


@pytest.mark.parametrize("day", [date(2026, 4, 3), date(2026, 4, 9), date(2026, 4, 30)])
def test_interest_receivable_is_the_interest_owed_to_the_cent(day: date) -> None:
    books = Books(lived())
    assert books.broken(day) == ()
    books.book_interest(day)
    assert books.broken(day) == ()
    owed = observe.interest_owed(books.life.at(day), day, Rounding.half_up)
    assert books.balances().get(Role.interest_receivable, ZERO) == owed


def test_booking_interest_midway_changes_nothing_at_the_end() -> None:
    often, once = Books(lived()), Books(lived())
    for day in (FEB, MAR, date(2026, 3, 31), APR):
        often.book_interest(day)
    for books in (often, once):
        books.book_interest(date(2026, 4, 30))
    assert often.balances() == once.balances()


def test_after_charge_off_nothing_is_receivable_and_recoveries_are_income() -> None:
    life = lived()
    off = date(2026, 8, 1)
    life.live(ChargeOffLoan(charged_off_on=off, reason="120 days past due"))
    books = Books(life)
    books.book_interest(off)
    life.live(ReceivePayment(amount="50.00", received_on=date(2026, 9, 1)))
    assert books.broken(date(2026, 9, 1)) == ()
    sums = books.balances()
    receivable = {Role.principal_receivable, Role.interest_receivable, Role.fee_receivable}
    assert not receivable & sums.keys()
    assert sums[Role.recovery_income] == Money(-5000)
