"""Capitalization: when unpaid interest is added to the principal, and earns interest from then.

It happens on due dates, and takes the interest that no installment fallen due asks for: what the
borrower is billed for stays interest. Aliases: compounding of unpaid interest, deferred interest,
negative amortization where payments are below the interest.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypeAlias, assert_never

import msgspec

from engine.values.rate import Rate

Month = Annotated[int, msgspec.Meta(ge=1, le=12)]


class EveryDueDate(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="every_due_date"
):
    """On every due date what the installment does not cover is added to the principal."""

    limit: Rate | None = None
    """Share of the principal lent the balance may grow to: 1.15 is fifteen percent more. Where it
    would grow further, level payments that pay the loan off follow. No limit when left out."""


class GivenMonths(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="given_months"):
    """On the last due date in each of some months."""

    months: tuple[Month, ...]
    """1 is January; [6, 12] is twice a year."""


class AtConversion(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="at_conversion"
):
    """Once: on the last due date of a deferral or interest-only time, before the loan amortizes."""


Capitalization: TypeAlias = EveryDueDate | GivenMonths | AtConversion


def capitalizing_installments(
    capitalization: Capitalization, due_dates: Sequence[date], converts_after: int
) -> frozenset[int]:
    """Places of the due dates, from 0, on which unpaid interest is added to the principal.

    ``converts_after`` counts the installments before the loan amortizes, 0 where it does at once.
    """
    match capitalization:
        case EveryDueDate():
            return frozenset(range(len(due_dates)))
        case GivenMonths(months=months):
            return frozenset(
                place
                for place, day in enumerate(due_dates)
                if day.month in months and is_last_of_month(day, due_dates[place + 1 : place + 2])
            )
        case AtConversion():
            converts = 0 < converts_after <= len(due_dates)
            return frozenset((converts_after - 1,)) if converts else frozenset()
        case _ as never:
            assert_never(never)


def is_last_of_month(day: date, following: Sequence[date]) -> bool:
    """Whether the next due date, if there is one, falls in another month."""
    return not following or (following[0].year, following[0].month) != (day.year, day.month)
