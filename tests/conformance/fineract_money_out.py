"""Money going out in a Fineract case: what is lent on which day, what is paid down with it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from engine.product.down_payment import Collection, FixedDownPayment, NoDownPayment
from engine.values.money import Money
from engine.values.rounding import Rounding, round_ratio


def money_out(
    product: dict[str, Any], terms: dict[str, Any], actions: list[dict[str, Any]]
) -> tuple[date, int, list[tuple[date, int]]]:
    """The first day and amount, and what is disbursed on later days.

    Once money is out, a progressive schedule repays what was disbursed and nothing expected.
    """
    paid_out = [
        (date.fromisoformat(action["date"]), _cents(action["amount"]))
        for action in actions
        if action["type"] == "disburse"
    ]
    tranches = [
        (date.fromisoformat(tranche["expected_date"]), _cents(tranche["amount"]))
        for tranche in terms["expected_tranches"]
    ]
    if not paid_out and tranches:
        paid_out = tranches
    elif product["schedule_type"] == "CUMULATIVE" and len(tranches) > len(paid_out) > 0:
        paid_out += [tranche for tranche in tranches if tranche[0] > paid_out[-1][0]]
    if not paid_out:
        day, amount = terms["expected_disbursement_date"], terms["principal"]
        for action in actions:
            if action["type"] == "approve":
                day = action.get("expected_disbursement_date", day)
                amount = action["amount"]
        paid_out = [(date.fromisoformat(day), _cents(amount))]
    start = paid_out[0][0]
    amount = sum(cents for day, cents in paid_out if day == start)
    return start, amount, [(day, cents) for day, cents in paid_out if day != start]


def down_payment_of(
    product: dict[str, Any], terms: dict[str, Any], cents: int
) -> FixedDownPayment | NoDownPayment:
    """What is paid of the money on the day it goes out, in whole multiples of an installment."""
    asked = terms["down_payment"]
    if not asked["enabled"]:
        return NoDownPayment()
    unit = 100 * (product["installment_amount_in_multiples_of"] or 0) or 1
    exact = Fraction(asked["percentage"]) / 100 * cents / unit
    multiples = round_ratio(exact.numerator, exact.denominator, Rounding.half_even)
    taken = asked["auto_repayment"]
    return FixedDownPayment(
        amount=Money(unit * multiples),
        collected=Collection.with_disbursement if taken else Collection.awaited,
    )


def _cents(text: str) -> int:
    return Money.parse(text, "USD").minor
