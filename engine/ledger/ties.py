"""Whether the books of a loan say what the loan says: each balance against its account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from engine.ledger.chart import AccountRole
from engine.ledger.interest import interest_to_book
from engine.loan import observe
from engine.loan.loan import Loan
from engine.values.money import ZERO, Money
from engine.values.rounding import Rounding, round_exact

Balances = Mapping[AccountRole, Money]
"""Account role → debits less credits; an account without an entry is at zero."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """An account that does not say what the loan says, debits above zero."""

    role: AccountRole
    books: Money
    loan: Money


def interest_booked(loan: Loan, balances: Balances) -> Money:
    """Interest in the books so far: income, and what a boarded loan opened with."""
    opened = round_exact(loan.interest_opening, Rounding.half_up)
    return opened - balances.get(AccountRole.interest_income, ZERO)


def interest_unbooked(loan: Loan, balances: Balances, day: date, rounding: Rounding) -> Money:
    """Interest the loan has earned through a day beyond what the books hold."""
    earned = observe.interest_earned_to(loan, day)
    paid = loan.interest_paid + loan.interest_forgiven
    return interest_to_book(earned, paid, interest_booked(loan, balances), rounding)


def differences(
    loan: Loan, balances: Balances, day: date, rounding: Rounding
) -> tuple[Difference, ...]:
    """Accounts that differ from the loan at the end of a day; none when all is well.

    ``loan`` has everything folded in that counts by the day, ``balances`` are the net of its
    entries. Interest earned and not booked yet is no difference: the books run posts it.
    """
    unbooked = interest_unbooked(loan, balances, day, rounding)
    owed = observe.interest_owed(loan, day, rounding)
    expected = {
        AccountRole.principal_receivable: loan.principal_balance,
        AccountRole.interest_receivable: owed - unbooked,
        AccountRole.fee_receivable: observe.fees_owed(loan),
        AccountRole.unapplied_funds: -loan.unapplied_funds,
        AccountRole.payment_clearing: ZERO,
    }
    return tuple(
        Difference(role=role, books=found, loan=said)
        for role, said in expected.items()
        if (found := balances.get(role, ZERO)) != said
    )
