"""Reading a loan: fold of its events and closed forms, beside a loop that accrues day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bench.harness import Comparison, Way, timed
from bench.loans import Life, lived, personal_terms
from engine.loan import observe
from engine.loan.advance import advance
from engine.loan.commands import ReceivePayment
from engine.loan.decide import decide
from engine.loan.evolve import fold
from engine.loan.loan import Loan
from engine.values.rounding import Rounding

CENT = Decimal("0.01")


def comparisons() -> Iterator[Comparison]:
    """What a loan owes after 20 of 36 payments; the history decided again; one more payment."""
    life = lived(20)
    loan = _loan(life)
    day = observe.unbilled(loan)[0].due_date - timedelta(days=1)
    assert _by_days(life, day) == (_principal(loan), _interest(loan, day))
    yield Comparison(
        name="owed",
        title="What a loan owes, from its history of 20 payments",
        unit="loans",
        ways=(
            Way("a loop over its days, Decimal", timed(lambda: _by_days(life, day))),
            Way("fold of its events, then the closed form", timed(lambda: _folded(life, day))),
            Way("closed form of a loan at hand", timed(lambda: _owed(loan, day))),
        ),
    )
    events = len(life.history)
    yield Comparison(
        name="history",
        title=f"A history of {events} events",
        unit="events",
        ways=(
            Way("decided again, rules of law included", timed(lambda: _again(life), events)),
            Way("folded", timed(lambda: fold("loan_bench", life.history), events)),
        ),
    )
    row = observe.unbilled(loan)[0]
    command = ReceivePayment(amount=row.amount.text(), received_on=row.due_date)
    yield Comparison(
        name="decision",
        title="The 21st payment of 36: billed, judged by law, allocated",
        unit="decisions",
        ways=(
            Way("what a loop over its days takes to read it", timed(lambda: _by_days(life, day))),
            Way(
                "decided",
                timed(lambda: decide(loan, command, personal_terms(), loan_id="loan_bench")),
            ),
        ),
    )
    year = row.due_date + timedelta(days=365)
    yield Comparison(
        name="time",
        title="A year of an unpaid loan: bills, late fees judged by law, stages",
        unit="days",
        ways=(
            Way("day by day", timed(lambda: _daily(loan, row.due_date, year), 365, seconds=0.1)),
            Way("at once", timed(lambda: advance(loan, year, personal_terms()), 365)),
        ),
    )


def _loan(life: Life) -> Loan:
    assert life.loan is not None
    return life.loan


def _principal(loan: Loan) -> Decimal:
    return Decimal(loan.principal_balance.minor) / 100


def _interest(loan: Loan, day: date) -> Decimal:
    return Decimal(observe.interest_owed(loan, day, Rounding.half_up).minor) / 100


def _owed(loan: Loan, day: date) -> object:
    return observe.total_owed(loan, day, Rounding.half_up)


def _folded(life: Life, day: date) -> object:
    return _owed(fold("loan_bench", life.history), day)


def _again(life: Life) -> Loan:
    """The whole life decided anew."""
    again = Life()
    for command in life.commands:
        again.live(command)
    return _loan(again)


def _daily(loan: Loan, start: date, end: date) -> Loan:
    day = start
    while day < end:
        day += timedelta(days=1)
        loan = advance(loan, day, personal_terms()).loan
    return loan


def _by_days(life: Life, through: date) -> tuple[Decimal, Decimal]:
    """The same loan the way many systems keep it: interest added every night."""
    loan = _loan(life)
    paid = {made.received_on: Decimal(made.amount.minor) / 100 for made in loan.payments}
    principal = Decimal(loan.agreed.loan_amount.minor) / 100
    rate = Decimal(loan.agreed.note_rate.text())
    day, accrued = loan.agreed.contract_date, Decimal(0)
    while day < through:
        day += timedelta(days=1)
        accrued += principal * rate / 365
        if day in paid:
            interest = accrued.quantize(CENT, ROUND_HALF_UP)
            principal -= paid[day] - interest
            accrued -= interest
    return principal, accrued.quantize(CENT, ROUND_HALF_UP)
