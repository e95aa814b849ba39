"""Due dates in plain words."""

from __future__ import annotations

from engine.product.due_dates import DueDates, FirstPayment
from engine.product.frequency_in_words import due_dates_in_words
from engine.values.calendar import AccrualPeriod, BusinessDayAdjustment
from engine.values.frequency import Monthly


def test_where_a_due_date_moves() -> None:
    due = DueDates(
        frequencies=(Monthly(),),
        first_payment=FirstPayment(minimum_days=5, maximum_days=31),
        business_days=BusinessDayAdjustment.preceding,
        accrual_period=AccrualPeriod.unadjusted,
        calendar="us@1",
    )
    assert due_dates_in_words(due).endswith(
        "A date that is no business day moves to the business day before; its period of interest "
        "ends on the regular day."
    )
