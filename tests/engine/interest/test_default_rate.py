"""The rate in default is never below the contract's."""

from __future__ import annotations

import pytest

from engine.interest.default_rate import (
    AboveContractRate,
    DefaultRate,
    DefaultRateGiven,
    PastDueDefault,
    default_rate_on,
)
from engine.interest.rate_plan.given_rate import OwnRate
from engine.values.rate import Rate


@pytest.mark.parametrize(
    ("given", "contract", "rate"),
    [
        (AboveContractRate(margin=Rate.parse("0.05")), "0.08", "0.13"),
        (AboveContractRate(margin=Rate.parse("-0.05")), "0.08", "0.08"),
        (OwnRate(rate=Rate.parse("0.18")), "0.08", "0.18"),
        (OwnRate(rate=Rate.parse("0.18")), "0.2", "0.2"),
    ],
)
def test_the_rate_in_default(given: DefaultRateGiven, contract: str, rate: str) -> None:
    terms = DefaultRate(rate=given, begins=PastDueDefault(days=30))
    assert default_rate_on(terms, Rate.parse(contract)) == Rate.parse(rate)
