"""Payments and charges of Frappe Lending's tests, through the waterfall and the fees here."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from engine.facts.facts import Facts
from engine.fees.amount import Percent, fee_amount
from engine.payments.waterfall import Allocation, LeftOver, Owed, Style, Waterfall, allocate
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding

_SOME_DAY = date(2025, 1, 1)
_INTEREST_FIRST = Waterfall(
    style=Style.by_installment,
    order=("due.interest", "due.principal", "due.fee"),
    left_over=LeftOver.principal,
)


def amount_of(number: Any) -> Money:
    """An amount as the cases write it, in cents."""
    return Money(int(Fraction(str(number)) * 100))


def number_of(amount: Money) -> float:
    """An amount as the cases write it."""
    return amount.minor / 100


def paid_of(payment: Money, *owed: tuple[str, Money]) -> tuple[list[Money], Money]:
    """What a payment pays of each amount owed today, and what is left over."""
    lines = [_owed(component, amount, at) for at, (component, amount) in enumerate(owed)]
    allocation: Allocation = allocate(payment, lines, _INTEREST_FIRST, "payment")
    paid = {line.installment: part for line, part in allocation.lines}
    return [paid.get(at, Money(0)) for at in range(len(lines))], allocation.left_over


def _owed(component: str, amount: Money, at: int) -> Owed:
    return Owed(
        due_state="due", component=component, amount=amount, installment=at, due_date=_SOME_DAY
    )


def percent_of_outstanding(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """A charge that is a share of the principal outstanding."""
    share = Percent(of="principal_balance", rate=Rate(Fraction(str(inputs["percent"])) / 100))
    known = Facts.of(principal_balance=amount_of(inputs["outstanding_principal"]))
    return {"charge": number_of(fee_amount(share, known, Rounding.half_even))}


def partial_charges(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """Payments each meant for one charge."""
    paid = [
        paid_of(amount_of(payment), ("fee", amount_of(charge)))[0][0]
        for charge, payment in zip(inputs["charges"], inputs["payments"], strict=True)
    ]
    return {"charges_paid": [number_of(amount) for amount in paid]}


def principal_reduction(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """Money no bucket takes lowers the principal."""
    balance, after = amount_of(inputs["principal"]), []
    for _, payment in inputs["prepayments"]:
        balance = balance - paid_of(amount_of(payment))[1]
        after.append(number_of(balance))
    return {"principal_after": after}
