"""An installment's dollars in their parts: interest first, unless its interest waits."""

from __future__ import annotations

import msgspec

from engine.loan.loan import Loan
from engine.values.money import Money


class InstallmentParts(msgspec.Struct, frozen=True, kw_only=True):
    """An installment's amount in its parts."""

    interest: Money
    principal: Money

    @property
    def amount(self) -> Money:
        return self.interest + self.principal


def in_parts(
    loan: Loan, number: int, amount: Money, interest: Money, principal: Money
) -> InstallmentParts:
    """Dollars of an installment in parts: interest first, but not where its interest waits."""
    if loan.agreed.asks_no_interest(number):
        of_principal = min(amount, principal)
        return InstallmentParts(
            interest=min(interest, amount - of_principal), principal=of_principal
        )
    of_interest = min(interest, amount)
    return InstallmentParts(interest=of_interest, principal=min(amount - of_interest, principal))


def interest_waits(loan: Loan) -> bool:
    """Whether no installment that asks for interest has fallen due where the first ask for none."""
    alone = loan.agreed.principal_alone
    return bool(alone) and all(
        loan.agreed.agreed_number(row.number) <= alone for row in loan.billed
    )
