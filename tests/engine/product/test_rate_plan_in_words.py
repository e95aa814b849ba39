"""Rate plans in the sentences a person reads."""

from __future__ import annotations

import pytest

from engine.interest.default_rate import (
    AboveContractRate,
    DefaultRate,
    MaturityDefault,
    PastDueDefault,
)
from engine.interest.rate_plan.fixed_rate import FixedRate
from engine.interest.rate_plan.given_rate import OwnRate
from engine.interest.rate_plan.rate_plan import RatePlan
from engine.product.rate_plan_in_words import default_rate_in_words, rate_plan_in_words
from engine.values.rate import Rate
from tests.engine.loan.rate_plans import INDEX, INTRODUCTORY, SLICES, STEPPED, WHOLE

ANEW = "With each change installments are worked out anew."


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (FixedRate(), ""),
        (
            STEPPED,
            "The rate is the note rate at first, then the note rate plus 2 percentage points after "
            f"2 installments; 5% after 4 months. {ANEW}",
        ),
        (
            INTRODUCTORY,
            f"The rate is 1.99% for the first 3 installments, then the note rate. {ANEW}",
        ),
        (
            WHOLE,
            "The balance sets the rate: 18% up to 3000.00, the note rate plus 1 percentage point "
            "up to 8000.00, 7% above that.",
        ),
        (
            SLICES,
            "Each part of the balance earns its own rate: 18% up to 3000.00, the note rate plus 1 "
            "percentage point up to 8000.00, 7% above that.",
        ),
        (
            INDEX,
            "The rate is the note rate for 2 months, then the index prime plus 3 percentage "
            "points, reset every month. A reset goes by the index of 10 days before. The rate is "
            "rounded to the nearest 0.125 percentage points. A reset raises the rate by 2 "
            "percentage points at most. A reset lowers the rate by 2 percentage points at most. "
            "The rate is never above the note rate plus 5 percentage points. "
            f"The rate is never below 3%. {ANEW}",
        ),
    ],
)
def test_a_plan_in_words(plan: RatePlan, words: str) -> None:
    assert " ".join(rate_plan_in_words(plan, "USD")) == words


def test_a_default_rate_in_words() -> None:
    margin = AboveContractRate(margin=Rate.parse("0.05"))
    assert default_rate_in_words(DefaultRate(rate=margin, begins=PastDueDefault(days=30))) == (
        "From 30 days past due the rate is 5 percentage points more, until nothing is past due."
    )
    own = OwnRate(rate=Rate.parse("0.18"))
    assert default_rate_in_words(DefaultRate(rate=own, begins=MaturityDefault(days=1))) == (
        "From 1 day after the last installment fell due unpaid the rate is 18%, until nothing is "
        "past due."
    )
