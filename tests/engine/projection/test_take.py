"""What one step does to what is owed, earned and paid."""

from __future__ import annotations

from fractions import Fraction

from engine.interest.simple_interest import Remainders
from engine.projection.contract import (
    EarningAmount,
    EarnsOn,
    IndexLevel,
    IndexLink,
    Sale,
)
from engine.projection.event_dates import EventDate
from engine.projection.opening import opened
from engine.projection.repayment import (
    GivenPayment,
    PrincipalParts,
)
from engine.projection.standing import Earning
from engine.projection.steps import DatedStep, Disburse, PayInterest, Turn
from engine.projection.take import Taker
from engine.values.day_count import DayCount
from engine.values.money import Money
from tests.engine.projection.contracts import START, contract, day, monthly, rows

PARTS = PrincipalParts(dates=monthly("2024-02-15"), part=Money(25_000))


def test_what_a_payment_does_not_cover_is_added() -> None:
    given = contract(repayment=GivenPayment(dates=monthly("2024-02-15"), payment=Money(400)))
    assert rows(given, day("2024-02-15"))[1:] == [
        ("2024-02-15", "principal_paid", -600, 100_600, 1_000),
        ("2024-02-15", "interest_paid", 1_000, 100_600, 0),
    ]


def test_interest_is_capitalized_until_a_day_that_is_itself_a_date() -> None:
    given = contract(interest_dates=(monthly("2024-04-15"),), capitalized_until=day("2024-03-15"))
    assert rows(given, day("2024-04-15"))[1:] == [
        ("2024-03-15", "interest_capitalized", 0, 102_000, 0),
        ("2024-04-15", "interest_paid", 1_020, 102_000, 0),
    ]


def test_a_termination_pays_price_and_accrued_interest_and_nothing_follows() -> None:
    ended = Sale(on=day("2024-03-30"), price=Money(99_000))
    assert rows(contract(termination=ended))[-1] == ("2024-03-30", "terminated", 99_500, 0, 0)
    with_its_day = Sale(on=day("2024-03-29"), price=Money(99_000), earns=True)
    assert rows(contract(termination=with_its_day))[-1][2] == 99_500


def test_a_lagged_amount_follows_when_it_is_looked_at() -> None:
    lagged = EarnsOn(kind=EarningAmount.lagged, looked_at=(monthly("2024-03-15", 6),))
    given = contract(repayment=PARTS, earns_on=lagged)
    interest = [row[2] for row in rows(given) if row[1] == "interest_paid"]
    assert interest[:4] == [1_000, 1_000, 500, 500]
    flat = contract(repayment=PARTS, earns_on=EarnsOn(kind=EarningAmount.original))
    assert [row[2] for row in rows(flat) if row[1] == "interest_paid"][:4] == [1_000] * 4


def test_payments_follow_an_index_and_what_is_owed_does_not() -> None:
    link = IndexLink(
        base=Fraction(100),
        levels=(IndexLevel(day("2024-03-01"), Fraction(150)),),
        interest=False,
    )
    given = contract(repayment=PARTS, index_link=link)
    assert rows(given, day("2024-03-15"))[3:] == [
        ("2024-03-01", "indexed", 0, 75_000, 400),
        ("2024-03-15", "principal_paid", 37_500, 50_000, 750),
        ("2024-03-15", "interest_paid", 750, 50_000, 0),
    ]


def test_a_step_leaves_the_state_before_it_as_it_was() -> None:
    given = contract(earning=Earning(day_count=DayCount.actual_365, remainders=Remainders.dropped))
    taker, nothing = Taker(given), opened(given)
    lent = Disburse(Money(100_000), Money(0), Money(0))
    start, later = EventDate(START, START), EventDate(day("2024-01-16"), day("2024-01-16"))
    disbursed = taker.take(nothing, DatedStep(start, Turn.disbursement, lent)).standing
    paid = taker.take(disbursed, DatedStep(later, Turn.interest, PayInterest()))
    assert (nothing.principal, disbursed.principal) == (Money(0), Money(100_000))
    assert disbursed.accrued(given.earning, later.on) == Fraction(2_400, 73)
    assert paid.amount == Money(33)
    assert paid.standing.accrued(given.earning, later.on) == 0
