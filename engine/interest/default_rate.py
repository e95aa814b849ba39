"""Default rate: what a loan bears while it is in default, where its note says so.

Aliases: penalty rate, penal interest, default interest. It begins on a day of lateness and ends
when nothing is past due any more; law may forbid or narrow it.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias, assert_never

import msgspec

from engine.interest.rate_plan.given_rate import OwnRate
from engine.trace import explained
from engine.values.rate import Rate


class AboveContractRate(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="above_contract_rate"
):
    """The contract rate of the day plus a margin."""

    margin: Rate
    """0.05 is five percentage points more."""


DefaultRateGiven: TypeAlias = AboveContractRate | OwnRate


class PastDueDefault(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="past_due"):
    """So many days after the due date of the oldest unpaid installment."""

    days: Annotated[int, msgspec.Meta(ge=1, le=3660)]


class MaturityDefault(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="matured"):
    """So many days after the last installment fell due with something still owed."""

    days: Annotated[int, msgspec.Meta(ge=1, le=3660)]


DefaultBegins: TypeAlias = PastDueDefault | MaturityDefault


class DefaultRate(msgspec.Struct, frozen=True, kw_only=True):
    """The rate while the loan is in default."""

    rate: DefaultRateGiven
    begins: DefaultBegins


@explained
def default_rate_on(terms: DefaultRate, contract_rate: Rate) -> Rate:
    """The yearly rate in default; never below the contract rate."""
    match terms.rate:
        case AboveContractRate(margin=margin):
            return max(Rate(contract_rate.exact + margin.exact), contract_rate)
        case OwnRate(rate=rate):
            return max(rate, contract_rate)
        case _ as never:
            assert_never(never)
