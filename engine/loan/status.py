"""Where a loan stands in its life, and what kinds of payment and borrower status there are."""

from __future__ import annotations

from enum import StrEnum


class LoanStatus(StrEnum):
    """Where a loan stands in its life; delinquency is a stage beside it, not a status."""

    booked = "booked"
    """Contract made, no money out yet."""
    active = "active"
    """Disbursed or boarded, and something is owed."""
    paid_off = "paid_off"
    charged_off = "charged_off"
    """Loss recognized; money received later is recovery."""
    cancelled = "cancelled"
    """Undone before any money went out."""


class PaymentKind(StrEnum):
    """What a payment is for; the waterfall may order each kind differently."""

    regular = "regular"
    """Satisfies installments, past due first."""
    principal_only = "principal_only"
    """A curtailment: lowers principal, satisfies no installment."""
    payoff = "payoff"
    """Pays everything owed on its day."""
    recovery = "recovery"
    """Money after charge-off."""


class BorrowerStatusKind(StrEnum):
    """Circumstances of a borrower that change what law allows."""

    military_service = "military_service"
    bankruptcy = "bankruptcy"
    deceased = "deceased"
    disaster = "disaster"


class PausedInstallments(StrEnum):
    """What becomes of installments that fall due while interest is paused."""

    go_on = "go_on"
    """They fall due as planned."""
    wait = "wait"
    """They wait for the due dates after the pause, and the loan ends later by as many."""


class PausedAmounts(StrEnum):
    """What becomes of the amounts of installments when interest is paused."""

    last_absorbs = "last_absorbs"
    """They stay, and the last installment takes what the pause changes."""
    set_anew = "set_anew"
    """They are worked out again, with the pause in them."""
