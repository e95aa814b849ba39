"""The rate plans a product may choose, and the one function from a plan to the rates it gives.

Adding a kind is one file, one name here and one case in ``rate_changes``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, TypeAlias, assert_never

from engine.interest.accrual import RateChange
from engine.interest.rate_plan.fixed_rate import FixedRate
from engine.interest.rate_plan.index_linked import IndexLinked, ValueAt, index_linked_changes
from engine.interest.rate_plan.introductory_rate import IntroductoryRate, introductory_changes
from engine.interest.rate_plan.rate_change_effect import PaymentAtChange
from engine.interest.rate_plan.stepped_rate import SteppedRate, stepped_changes
from engine.interest.rate_plan.tiered_by_balance import TieredByBalance, highest_rate
from engine.values.rate import Rate

RatePlan: TypeAlias = FixedRate | SteppedRate | IntroductoryRate | TieredByBalance | IndexLinked

FIXED: Final = FixedRate()


def no_value(day: date) -> Rate | None:
    """No index value is known for a reset on any day."""
    return None


def rate_changes(
    plan: RatePlan,
    note_rate: Rate,
    start: date,
    due_dates: Sequence[date],
    value_at: ValueAt = no_value,
) -> tuple[RateChange, ...]:
    """The yearly rate by day over the term, the first from ``start`` on.

    ``due_dates`` are those of all installments of the contract; a change on or after the last of
    them never comes. ``value_at`` gives the index value a reset on a day goes by; the rates end
    before the first reset that has none. Of a plan tiered by balance it is the highest rate.
    """
    assert due_dates, "a rate plan needs the due dates of the term"
    match plan:
        case FixedRate():
            changes = [RateChange(start, note_rate)]
        case SteppedRate():
            changes = stepped_changes(plan, note_rate, start, due_dates)
        case IntroductoryRate():
            changes = introductory_changes(plan, note_rate, start, due_dates)
        case TieredByBalance():
            changes = [RateChange(start, highest_rate(plan, note_rate))]
        case IndexLinked():
            changes = index_linked_changes(plan, note_rate, start, due_dates, value_at)
        case _ as never:
            assert_never(never)
    return tuple(change for change in changes if change.on == start or change.on < due_dates[-1])


def payment_at_change(plan: RatePlan) -> PaymentAtChange:
    """What a change the plan foresees does to the installments still to come."""
    match plan:
        case SteppedRate() | IntroductoryRate() | IndexLinked():
            return plan.payment
        case FixedRate() | TieredByBalance():
            return PaymentAtChange.kept
        case _ as never:
            assert_never(never)


def index_of(plan: RatePlan) -> str | None:
    """Name of the index the rate follows; None where it follows none."""
    return plan.index if isinstance(plan, IndexLinked) else None
