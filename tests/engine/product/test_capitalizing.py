"""A product says at one place that unpaid interest becomes principal, or it does not."""

from __future__ import annotations

from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.interest.capitalization import EveryDueDate
from engine.interest.simple_interest import SimpleInterest
from engine.product.capitalizing import can_capitalize, capitalization_path
from tests.engine.loan.life import a_product


def test_the_place_is_named() -> None:
    plain = a_product()
    grows = a_product(interest=SimpleInterest(capitalization=EveryDueDate()))
    deferred = a_product(
        amortization=Deferred(installments=2, interest=DeferredInterest.capitalized)
    )
    waits = a_product(amortization=InterestDeferred(installments=2))
    later = InterestDeferred(installments=2, interest=InterestFallsDue.capitalized)
    kinds = (plain, grows, deferred, waits, a_product(amortization=later))
    assert [capitalization_path(product) for product in kinds] == [
        "", "/interest/capitalization", "/amortization/interest", "", "/amortization/interest",
    ]  # fmt: skip
    assert (can_capitalize(plain), can_capitalize(grows)) == (False, True)
