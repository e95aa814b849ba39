"""A contract written down: its terms, the index its rate follows, and how far to look."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from msgspec.structs import replace

from engine.interest.rate_plan.index_linked import IndexLinked
from engine.interest.rate_plan.index_values import IndexValue
from engine.product.marks import DEFINITION_ID
from engine.projection.contract import Contract
from engine.projection.maturity import maturity
from engine.projection.rate_resets import rate_resets
from engine.values.months import next_day
from engine.values.rate import Rate
from engine.values.recurrence import Recurrence, joined_dates


class RateResets(msgspec.Struct, frozen=True, kw_only=True):
    """Resets of an index-linked rate on dates of the contract's own."""

    plan: IndexLinked
    """Margin, multiplier, rounding, caps and floors; its own rhythm is not asked."""
    on: tuple[Recurrence, ...]
    """When the rate is reset, one rhythm after another."""
    values: tuple[IndexValue, ...] = ()
    """Values published or supposed; resets after the last usable one keep the rate."""
    known: Rate | None = None
    """The rate of the first reset where it is fixed before."""


class ContractDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A contract to project."""

    contract: Annotated[str, msgspec.Meta(pattern=DEFINITION_ID, examples=["call_deposit"])]
    """Id of the contract."""
    title: Annotated[str, msgspec.Meta(max_length=120)] = ""
    """What people call it."""
    currency: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{3}$", examples=["USD"])] = "USD"
    """Currency by three letters, ISO 4217."""
    through: date | None = None
    """Last day looked at; needed for a contract without an end."""
    terms: Contract
    """What the contract says of its cash flows."""
    resets: RateResets | None = None
    """Rates that follow an index."""


def contract_of(document: ContractDocument, through: date) -> Contract:
    """The terms with the rates of every reset before the end, or up to a day."""
    terms, resets = document.terms, document.resets
    if resets is None:
        return terms
    end = maturity(terms)
    opened = terms.opening.on if terms.opening else terms.disbursed_on
    days = joined_dates(resets.on, end.regular if end else next_day(through))
    later = [day for day in days if day > opened]
    changes = rate_resets(resets.plan, terms.rate, later, resets.values, resets.known)
    together = sorted((*terms.rate_changes, *changes), key=lambda change: change.on)
    return replace(terms, rate_changes=tuple(together))
