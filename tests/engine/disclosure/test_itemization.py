"""Where the money lent goes adds up to the amount financed and the prepaid finance charge."""

from __future__ import annotations

from engine.disclosure.itemization import Itemization, ItemizedCharge
from engine.values.money import Money


def charge(amount: int, *, finance_charge: bool) -> ItemizedCharge:
    return ItemizedCharge(
        title="Fee", amount=Money(amount), finance_charge=finance_charge, financed=False
    )


def test_finance_charges_are_prepaid_and_others_are_financed_for_the_borrower() -> None:
    told = Itemization(
        given_to_borrower=Money(960_000),
        charges=(charge(30_000, finance_charge=True), charge(10_000, finance_charge=False)),
    )
    assert told.prepaid_finance_charge == Money(30_000)
    assert told.amount_financed == Money(970_000)
