"""Chart of accounts: what each role of the books is called at this lender."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

import msgspec


class AccountRole(StrEnum):
    """What an account is for; postings name roles, the chart gives codes."""

    cash = "cash"
    payment_clearing = "payment_clearing"
    """Money received and not yet allocated; empty once a payment is."""
    boarding_clearing = "boarding_clearing"
    """Counterpart of opening balances taken over from another system."""
    principal_receivable = "principal_receivable"
    interest_receivable = "interest_receivable"
    fee_receivable = "fee_receivable"
    unapplied_funds = "unapplied_funds"
    """Held for borrowers: a liability."""
    interest_income = "interest_income"
    late_fee_income = "late_fee_income"
    other_fee_income = "other_fee_income"
    origination_fee_income = "origination_fee_income"
    charge_off_expense = "charge_off_expense"
    recovery_income = "recovery_income"
    concession_expense = "concession_expense"
    """Fees waived and residues forgiven."""


class Account(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One account of the chart."""

    code: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Z.-]{1,24}$", examples=["1200"])]
    """As the ledger knows the account."""
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    """What people call it."""
    type: Literal["asset", "liability", "income", "expense"]
    """On which side of the books it stands."""


class ChartOfAccounts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Roles of the books with the account each is posted to."""

    chart: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{1,62}$")]
    """Id of the chart, which is its folder."""
    version: Annotated[int, msgspec.Meta(ge=1)]
    """Number of this version, from 1."""
    title: str
    """What people call the chart."""
    accounts: dict[AccountRole, Account]
    """Every role with its account."""

    def account(self, role: AccountRole) -> Account:
        """The account of a role; every role has one."""
        return self.accounts[role]

    def missing(self) -> tuple[AccountRole, ...]:
        """Roles the chart forgets."""
        return tuple(role for role in AccountRole if role not in self.accounts)
