"""How long something lasts in the life of a loan: so many installments, or so many months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypeAlias, assert_never

import msgspec

from engine.values.months import add_months

_COUNT = msgspec.Meta(ge=1, le=1200)


class InstallmentSpan(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="installments"
):
    """So many installments: over on the due date of the last of them."""

    count: Annotated[int, _COUNT]


class MonthSpan(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="months"):
    """So many calendar months from the contract date."""

    count: Annotated[int, _COUNT]


Span: TypeAlias = InstallmentSpan | MonthSpan


def day_after(span: Span, start: date, due_dates: Sequence[date], before: int = 0) -> date | None:
    """The first day after the span, where ``before`` installments or months lie before it.

    The day on which the last of its installments falls due belongs to what follows, as interest
    of a day is earned from that day to the next. None beyond the last installment.
    """
    match span:
        case InstallmentSpan(count=count):
            number = before + count
            return due_dates[number - 1] if number <= len(due_dates) else None
        case MonthSpan(count=count):
            return add_months(start, before + count)
        case _ as never:
            assert_never(never)
