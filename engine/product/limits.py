"""Limits: what may be asked for within a product."""

from __future__ import annotations

from typing import Annotated

import msgspec

from engine.product.marks import live
from engine.values.money import Money
from engine.values.rate import Rate


class AmountRange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Amounts from a minimum to a maximum, both included."""

    minimum: Annotated[Money, live("Smallest amount lent.")]
    maximum: Annotated[Money, live("Largest amount lent.")]


class RateRange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Yearly rates from a minimum to a maximum, both included."""

    minimum: Annotated[Rate, live("Lowest note rate.")]
    maximum: Annotated[Rate, live("Highest note rate.")]


class CountRange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Numbers of payments from a minimum to a maximum, both included."""

    minimum: Annotated[int, live("Fewest payments.", ge=1, le=1200)]
    maximum: Annotated[int, live("Most payments.", ge=1, le=1200)]


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Amount, rate, number of payments and places within which the product is offered."""

    amount: Annotated[AmountRange, live("Amounts offered.")]
    note_rate: Annotated[RateRange, live("Note rates offered.")]
    number_of_payments: Annotated[CountRange, live("Numbers of payments offered.")]
    states: Annotated[
        tuple[Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$", examples=["CA"])], ...],
        live("States it is offered in, by two letters; empty for all of the country."),
    ] = ()
