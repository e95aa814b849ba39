"""What a contract says of its cash flows: the terms a projection is made from."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

import msgspec

from engine.interest.accrual import RateChange
from engine.projection.event_dates import UNMOVED, BusinessDays
from engine.projection.repayment import AtMaturity, Repayment
from engine.projection.standing import Earning
from engine.values.money import ZERO, Exact, Money
from engine.values.rate import Rate
from engine.values.recurrence import Recurrence


class LastDay(msgspec.Struct, frozen=True, kw_only=True):
    """The day on which a contract ends as it is written; it is not moved to a business day."""

    on: date
    earns: bool = False
    """Whether that day earns interest too, as when the contract ends with the day."""


class EarningAmount(StrEnum):
    """Which amount earns interest."""

    outstanding = "outstanding"
    """The principal outstanding."""
    original = "original"
    """The amount of the first day, whatever is repaid. Aliases: flat, add-on."""
    lagged = "lagged"
    """The principal outstanding when it was last looked at, on dates of its own."""


class EarnsOn(msgspec.Struct, frozen=True, kw_only=True):
    """The amount that earns, and when a lagged one follows the principal."""

    kind: EarningAmount = EarningAmount.outstanding
    amount: Money | None = None
    """The first amount where it is not the principal."""
    looked_at: tuple[Recurrence, ...] = ()


class IndexLevel(msgspec.Struct, frozen=True):
    """The level of a price index used from a day on."""

    on: date
    level: Fraction


class IndexLink(msgspec.Struct, frozen=True, kw_only=True):
    """Payments that rise with a price index: level over the base level times the amount."""

    base: Fraction
    levels: tuple[IndexLevel, ...]
    interest: bool = True
    principal: bool = True
    factor: Fraction = Fraction(1)
    """Until the first level."""


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """A loan taken over as it stood on a day: nothing on or before it is projected.

    Aliases: status date, cut-off, boarding.
    """

    on: date
    accrued: Exact | None = None
    """Interest earned and unpaid by then, unrounded; left out, what was earned since the last
    interest date, and nothing where there was none."""


class Sale(msgspec.Struct, frozen=True, kw_only=True):
    """The loan changes hands, or ends, at a price; accrued interest is paid on top of it.

    Alias: a clean price.
    """

    on: date
    price: Money
    earns: bool = False
    """Whether that day's interest belongs to what is paid."""


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """The lender calls the loan; it is paid back when the notice has run."""

    on: date
    settled_on: date
    earns_meanwhile: bool = True
    """Whether interest runs on until the settlement; else what was earned waits for it, and
    nothing else happens in between."""


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """The cash-flow terms of one loan or deposit."""

    principal: Money
    disbursed_on: date
    discount: Money = ZERO
    """Withheld from what is paid out; negative where a premium is paid on top."""
    rate: Rate
    earning: Earning
    interest_dates: tuple[Recurrence, ...] = ()
    """When interest is paid; at the end it always is."""
    accrued_at_start: Money = ZERO
    """Interest already earned on the day of disbursement."""
    capitalized: bool = False
    """Whether interest is added to the principal on its dates instead of paid."""
    capitalized_until: date | None = None
    """The same up to and on this day, which is a date of capitalization."""
    earns_on: EarnsOn = EarnsOn()
    repayment: Repayment = AtMaturity()
    maturity: LastDay | None = None
    """Left out, the contract runs until it is repaid, or for ever."""
    rate_changes: tuple[RateChange, ...] = ()
    """On regular dates, which move to business days as the others do."""
    business_days: BusinessDays = UNMOVED
    index_link: IndexLink | None = None
    opening: Opening | None = None
    purchase: Sale | None = None
    """Bought on a day: what came up to it was the seller's."""
    termination: Sale | None = None
    """Ended before maturity."""
    call: Call | None = None
