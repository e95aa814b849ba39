"""What payments may do under a product: pay in part, pay early, fall a little short."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from engine.values.money import ZERO, Money


class PartialPayments(StrEnum):
    """What becomes of a payment that does not cover the oldest installment."""

    apply = "apply"
    """It is applied at once."""
    hold_until_full = "hold_until_full"
    """It is held as unapplied funds until the installment is covered."""


class InterestDue(StrEnum):
    """Which interest an installment asks for."""

    to_payment_day = "to_payment_day"
    """All that is earned to the day of payment: the rest of the installment is principal."""
    by_installment = "by_installment"
    """What its own period earns, in whole cents: interest earned after its due date belongs to
    the next installment. Alias: billed interest."""


class AfterPrepayment(StrEnum):
    """What the installments to come are after principal was paid beyond them."""

    shorten_term = "shorten_term"
    """They stay as they are, so the loan ends sooner."""
    lower_payment = "lower_payment"
    """They are set anew over the rest of the term. Aliases: recast, re-amortization."""
    next_installment = "next_installment"
    """The next ones ask for so much less principal, until it is used up."""


class PaymentTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How payments meet installments."""

    partial_payments: Annotated[
        PartialPayments, msgspec.Meta(description="What a partial payment does.")
    ] = PartialPayments.apply
    early_window_days: Annotated[
        Annotated[int, msgspec.Meta(ge=0, le=366)] | None,
        msgspec.Meta(
            description="Days before its due date from which money satisfies an installment; "
            "null for any time before it."
        ),
    ] = 31
    interest_due: Annotated[
        InterestDue, msgspec.Meta(description="Which interest an installment asks for.")
    ] = InterestDue.to_payment_day
    after_prepayment: Annotated[
        AfterPrepayment,
        msgspec.Meta(
            description="What installments to come are after principal was paid beyond them."
        ),
    ] = AfterPrepayment.shorten_term
    payoff_tolerance: Annotated[
        Money, msgspec.Meta(description="Residue forgiven so that a loan can close.")
    ] = ZERO
