"""Which loans the demo book has: product, terms and habit of each, spread over the months."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import msgspec

from cli.demo_book.lives import Habit, habit
from engine.values.frequency import Biweekly, Frequency, Monthly

STATES = ("CA", "TX", "NY", "FL", "WA", "IL", "CO", "AZ", "OH", "GA")


OTHERS = {
    "introductory_installment": date(2020, 1, 1),
    "step_up_installment": date(2020, 1, 1),
    "balance_tier_installment": date(2020, 1, 1),
    "scheduled_installment": date(2026, 1, 1),
    "precomputed_installment": date(2026, 1, 1),
    "billed_installment": date(2026, 1, 1),
}
"""Products of which the book has a few loans, and since when each is offered."""


_DEAR = frozenset({"personal_installment", "scheduled_installment", "billed_installment"})
"""Products whose note rate may go beyond a quarter."""


class LoanPlan(msgspec.Struct, frozen=True, kw_only=True):
    """One loan of the book before it lives."""

    number: int
    product: str
    amount: str
    note_rate: str
    number_of_payments: int
    frequency: Frequency | None
    contract_date: date
    first_payment_date: date | None
    state: str
    habit: Habit


def plan_book(chance: Random, loans: int, months: int, through: date) -> list[LoanPlan]:
    """The loans in order of contract date, over the months that end with a day."""
    first = through - timedelta(days=round(months * 30.4))
    span = (through - first).days - 3
    days = sorted(chance.randrange(span) for _ in range(loans))
    return [
        _plan(chance, number, first + timedelta(days=day)) for number, day in enumerate(days, 1)
    ]


def _plan(chance: Random, number: int, contract_date: date) -> LoanPlan:
    product = chance.choices(
        ("personal_installment", "pay_in_4", "auto_simple_interest", ""), weights=(38, 24, 20, 18)
    )[0] or chance.choice([name for name, begun in OTHERS.items() if begun <= contract_date])
    how = habit(chance)
    state = chance.choice(STATES)
    match product:
        case "pay_in_4":
            amount, rate, payments = chance.randrange(80, 900, 20), "0", 4
            frequency: Frequency | None = None
            first = None
        case "auto_simple_interest":
            amount = chance.randrange(8_000, 32_000, 250)
            rate = f"0.{chance.randrange(499, 1799):04d}"
            biweekly = chance.random() < 0.3
            payments = chance.choice((78, 104)) if biweekly else chance.choice((36, 48, 60))
            frequency = Biweekly() if biweekly else Monthly()
            first = contract_date + timedelta(days=chance.randrange(20, 45))
        case "precomputed_installment":
            amount = chance.randrange(500, 8_000, 100)
            rate = f"0.{chance.randrange(599, 1499):04d}"
            payments, frequency, first = chance.choice((12, 18, 24)), None, None
        case _:
            amount = chance.randrange(1_000, 15_000, 100)
            rate = f"0.{chance.randrange(899, 2699 if product in _DEAR else 2499):04d}"
            payments, frequency, first = chance.choice((12, 18, 24, 36)), None, None
    return LoanPlan(
        number=number,
        product=product,
        amount=f"{amount}.00",
        note_rate=rate,
        number_of_payments=payments,
        frequency=frequency,
        contract_date=contract_date,
        first_payment_date=first,
        state=state,
        habit=how,
    )
