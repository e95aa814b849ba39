"""Payment terms as a product writes them."""

from __future__ import annotations

import msgspec
import pytest

from engine.payments.terms import PartialPayments, PaymentTerms
from engine.values.money import ZERO


def test_by_default_partial_payments_are_applied_and_nothing_is_forgiven() -> None:
    terms = PaymentTerms()
    assert terms.partial_payments is PartialPayments.apply
    assert terms.payoff_tolerance == ZERO


@pytest.mark.parametrize(
    "written",
    [
        {"early_window_days": -1},
        {"early_window_days": 367},
        {"partial_payments": "hold"},
        {"grace_days": 10},
    ],
)
def test_what_payment_terms_may_not_say(written: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(written, PaymentTerms)
