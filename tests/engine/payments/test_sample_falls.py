"""Three sample payments: every cent of them is somewhere on the way down."""

from __future__ import annotations

from datetime import date

from engine.payments.sample_falls import sample_falls
from engine.payments.waterfall import LeftOver, Style, Waterfall
from engine.values.money import total
from tests.engine.payments.test_waterfall_lint import EARLY, FEE, NOW, OLD, STANDARD


def test_three_payments_fall_bucket_by_bucket() -> None:
    waterfall = Waterfall(
        style=Style.by_component, order=STANDARD[:-1], left_over=LeftOver.hold_unapplied
    )
    falls = sample_falls(waterfall, [*OLD, *NOW, FEE, *EARLY])
    assert [fall.amount.minor for fall in falls] == [7500, 15000, 31500 + 30000]
    for fall in falls:
        assert total(drop.paid for drop in fall.drops) + fall.left_over == fall.amount
        assert len(fall.drops) == 7
    half, _, all_of_it = falls
    assert [(drop.bucket, drop.paid.minor) for drop in half.drops[:3]] == [
        ("past_due.interest", 5000), ("due.interest", 2500), ("past_due.principal", 0)
    ]  # fmt: skip
    assert all_of_it.drops[-1].bucket == "" and all_of_it.drops[-1].paid.minor == 0
    assert all_of_it.left_over_goes is LeftOver.hold_unapplied
    assert date(2026, 5, 1) == all_of_it.drops[-1].owed.due_date
