"""The rules of the books as a table: what each part of each event debits and credits.

One row per event, component and basis. An amount below zero posts the same row the other way
round, and an undone outcome posts its rows with the sign turned.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from engine.ledger.chart import AccountRole as Role


class Component(StrEnum):
    """The part of an event's money that is booked by a rule of its own."""

    principal = "principal"
    interest = "interest"
    fee = "fee"
    late_fee = "late_fee"
    origination_fee = "origination_fee"
    """Kept by the lender out of the principal when the loan is paid out."""
    payment = "payment"
    """Money that came in or went back, before anyone says what for."""
    unapplied = "unapplied"
    """Held for the borrower; below zero when held money is put to use."""
    recovery = "recovery"


class Basis(StrEnum):
    """How the loan stands in the books; a loan that stops accruing needs rows of its own."""

    accrual = "accrual"
    """Income is booked as it is earned."""
    charged_off = "charged_off"
    """The loss is taken; money received is recovery."""


class BookingRule(NamedTuple):
    """What one part of one event posts."""

    event: str
    component: Component
    basis: Basis
    debit: Role
    credit: Role


INTEREST_EARNED: Final = "interest_earned"
"""Not an event of a loan: a book run posts it, cumulative to a day."""

_ON, _OFF = Basis.accrual, Basis.charged_off
_IN = "payment_allocated"
_BACK = "disbursement_reversed"
_OPEN = "loan_boarded"
_LOSS = "loan_charged_off"
_MORE = "charge_off_adjusted"

RULES: Final[tuple[BookingRule, ...]] = tuple(
    BookingRule(*row)
    for row in (
        ("loan_disbursed", Component.principal, _ON, Role.principal_receivable, Role.cash),
        ("loan_disbursed", Component.origination_fee, _ON,
         Role.principal_receivable, Role.origination_fee_income),
        (_BACK, Component.principal, _ON, Role.cash, Role.principal_receivable),
        (_BACK, Component.origination_fee, _ON,
         Role.origination_fee_income, Role.principal_receivable),
        (_OPEN, Component.principal, _ON, Role.principal_receivable, Role.boarding_clearing),
        (_OPEN, Component.interest, _ON, Role.interest_receivable, Role.boarding_clearing),
        (_OPEN, Component.fee, _ON, Role.fee_receivable, Role.boarding_clearing),
        (INTEREST_EARNED, Component.interest, _ON, Role.interest_receivable, Role.interest_income),
        ("fee_assessed", Component.late_fee, _ON, Role.fee_receivable, Role.late_fee_income),
        ("fee_assessed", Component.fee, _ON, Role.fee_receivable, Role.other_fee_income),
        ("fee_waived", Component.fee, _ON, Role.concession_expense, Role.fee_receivable),
        ("waiver_lapsed", Component.fee, _ON, Role.fee_receivable, Role.concession_expense),
        ("payment_received", Component.payment, _ON, Role.cash, Role.payment_clearing),
        ("payment_returned", Component.payment, _ON, Role.payment_clearing, Role.cash),
        ("payment_reversed", Component.payment, _ON, Role.payment_clearing, Role.cash),
        (_IN, Component.fee, _ON, Role.payment_clearing, Role.fee_receivable),
        (_IN, Component.interest, _ON, Role.payment_clearing, Role.interest_receivable),
        (_IN, Component.principal, _ON, Role.payment_clearing, Role.principal_receivable),
        (_IN, Component.unapplied, _ON, Role.payment_clearing, Role.unapplied_funds),
        (_IN, Component.recovery, _OFF, Role.payment_clearing, Role.recovery_income),
        (_IN, Component.unapplied, _OFF, Role.payment_clearing, Role.unapplied_funds),
        ("interest_capitalized", Component.interest, _ON,
         Role.principal_receivable, Role.interest_receivable),
        ("balance_forgiven", Component.principal, _ON,
         Role.concession_expense, Role.principal_receivable),
        ("balance_forgiven", Component.interest, _ON,
         Role.concession_expense, Role.interest_receivable),
        (_LOSS, Component.principal, _ON, Role.charge_off_expense, Role.principal_receivable),
        (_LOSS, Component.interest, _ON, Role.charge_off_expense, Role.interest_receivable),
        (_LOSS, Component.fee, _ON, Role.charge_off_expense, Role.fee_receivable),
        (_MORE, Component.principal, _ON, Role.charge_off_expense, Role.principal_receivable),
        (_MORE, Component.interest, _ON, Role.charge_off_expense, Role.interest_receivable),
        (_MORE, Component.fee, _ON, Role.charge_off_expense, Role.fee_receivable),
    )
)  # fmt: skip

_BY_PART: Final[Mapping[tuple[str, Component, Basis], BookingRule]] = {
    (rule.event, rule.component, rule.basis): rule for rule in RULES
}
assert len(_BY_PART) == len(RULES), "two rules book the same part of the same event"


def rule_for(event: str, component: Component, basis: Basis = Basis.accrual) -> BookingRule:
    """The rule of one part of an event; every part an event can have has one."""
    return _BY_PART[event, component, basis]
