"""The books of a loan against the loan, through a life with everything in it."""

from __future__ import annotations

from datetime import date

import pytest

from engine.ledger.chart import AccountRole as Role
from engine.ledger.entry import JournalEntry, net
from engine.ledger.interest import interest_entry
from engine.ledger.journalize import journalize
from engine.ledger.ties import Difference, differences, interest_booked, interest_unbooked
from engine.loan import observe
from engine.loan.commands import ChargeOffLoan, ReceivePayment, WaiveFee
from engine.loan.events import FeeAssessed
from engine.values.money import ZERO, Money
from engine.values.rounding import Rounding
from tests.engine.loan.life import Life, a_loan

FEB, MAR, APR = date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15)


class Books:
    """Entries of a life, with interest booked as often as asked."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.interest: list[JournalEntry] = []

    def entries(self) -> list[JournalEntry]:
        of_events = [e for item in self.life.history for e in journalize(item.seq, item.event)]
        return [*of_events, *self.interest]

    def book_interest(self, day: date) -> None:
        loan = self.life.at(day)
        entry = interest_entry(
            observe.interest_earned_to(loan, day),
            loan.interest_paid + loan.interest_forgiven,
            interest_booked(loan, net(self.entries())),
            Rounding.half_up,
            day,
        )
        if entry is not None:
            self.interest.append(entry)

    def differences(self, day: date) -> tuple[Difference, ...]:
        return differences(self.life.at(day), net(self.entries()), day, Rounding.half_up)


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
def test_the_books_tie_to_the_loan_on_any_day(day: date) -> None:
    books = Books(lived())
    books.life.until(day)
    assert books.differences(day) == ()
    books.book_interest(day)
    assert books.differences(day) == ()
    owed = observe.interest_owed(books.life.at(day), day, Rounding.half_up)
    assert net(books.entries()).get(Role.interest_receivable, ZERO) == owed


def test_booking_interest_midway_changes_nothing_at_the_end() -> None:
    often, once = Books(lived()), Books(lived())
    for day in (FEB, MAR, date(2026, 3, 31), APR):
        often.book_interest(day)
    for books in (often, once):
        books.book_interest(date(2026, 4, 30))
    assert net(often.entries()) == net(once.entries())


def test_after_charge_off_nothing_is_receivable_and_recoveries_are_income() -> None:
    life = lived()
    off = date(2026, 8, 1)
    life.live(ChargeOffLoan(charged_off_on=off, reason="120 days past due"))
    books = Books(life)
    books.book_interest(off)
    life.live(ReceivePayment(amount="50.00", received_on=date(2026, 9, 1)))
    assert books.differences(date(2026, 9, 1)) == ()
    sums = net(books.entries())
    assert Role.principal_receivable not in sums and Role.interest_receivable not in sums
    assert sums[Role.recovery_income] == Money(-5000)


def test_an_entry_too_many_is_found_on_its_account() -> None:
    life = lived()
    day = date(2026, 4, 3)
    books = Books(life)
    received = next(item for item in life.history if item.event.__class__.__name__ == "FeeWaived")
    books.interest.extend(journalize(received.seq, received.event))
    (found,) = books.differences(day)
    assert found.role is Role.fee_receivable
    assert found.loan - found.books == received.event.amount  # type: ignore[union-attr]


def test_interest_not_booked_yet_is_told() -> None:
    life = a_loan(amount="10000.00", rate="0.1299")
    loan = life.at(date(2026, 1, 25))
    unbooked = interest_unbooked(loan, {}, date(2026, 1, 25), Rounding.half_up)
    assert unbooked.text() == "35.59"  # 10,000.00 × 0.1299 × 10 / 365
