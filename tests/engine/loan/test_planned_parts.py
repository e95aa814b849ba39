"""Parts a contract may not plan are refused at their place."""

from __future__ import annotations

from datetime import date

import pytest

from engine.compliance.rule import Point
from engine.errors import Refused
from engine.loan.decisions.offer import make_offer
from tests.engine.loan.test_disbursing import ON, asked, terms


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        (((ON, "4000.00"), (date(2026, 3, 1), "5000.00")), "/terms/disbursements"),
        (((ON, "4000.00"), (date(2026, 9, 1), "6000.00")), "/terms/disbursements/1/on"),
        (((date(2026, 2, 15), "10000.00"),), "/terms/disbursements/0/on"),
        (
            ((date(2026, 2, 1), "4000.00"), (date(2026, 1, 31), "6000.00")),
            "/terms/disbursements/1/on",
        ),
        (((ON, "2000.00"),) * 5, "/terms/disbursements"),
    ],
)
def test_parts_that_cannot_be_planned_are_refused(
    parts: tuple[tuple[date, str], ...], path: str
) -> None:
    with pytest.raises(Refused) as refused:
        make_offer(asked(parts), terms(), Point.quote)
    assert [refusal.path for refusal in refused.value.refusals] == [path]


def test_a_part_after_the_last_payment_is_refused() -> None:
    parts = ((ON, "4000.00"), (date(2026, 4, 15), "6000.00"))
    with pytest.raises(Refused, match="after the last payment"):
        make_offer(asked(parts, number_of_payments=3), terms(), Point.quote)
