"""The interest methods a product may choose, read from and written to plain data."""

from __future__ import annotations

import msgspec
import pytest

from engine.interest.interest_method import InterestMethod
from engine.interest.no_interest import NoInterest
from engine.interest.precomputed_interest import ChargeParts, PrecomputedInterest
from engine.interest.simple_interest import FirstPeriod, Remainders, SimpleInterest
from engine.values.day_count import DayCount


@pytest.mark.parametrize(
    ("written", "method"),
    [
        ({"kind": "no_interest"}, NoInterest()),
        ({"kind": "simple_interest"}, SimpleInterest()),
        (
            {"kind": "simple_interest", "day_count": "30/360", "first_period": "regular"},
            SimpleInterest(day_count=DayCount.thirty_360, first_period=FirstPeriod.regular),
        ),
    ],
)
def test_a_product_names_its_method(written: object, method: InterestMethod) -> None:
    read: InterestMethod = msgspec.convert(written, InterestMethod)
    assert read == method
    assert msgspec.convert(msgspec.to_builtins(method), InterestMethod) == method


@pytest.mark.parametrize("kind", ["compound", "prepaid"])
def test_a_method_no_loan_is_serviced_by_is_refused(kind: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=kind):
        msgspec.convert({"kind": kind}, InterestMethod)


def test_a_schedule_can_be_made_for_a_precomputed_charge() -> None:
    written = {"kind": "precomputed_interest", "parts": "by_period"}
    read: InterestMethod = msgspec.convert(written, InterestMethod)
    assert read == PrecomputedInterest(parts=ChargeParts.by_period)


def test_remainders_are_carried_unless_the_product_drops_them() -> None:
    assert SimpleInterest().remainders is Remainders.carried
