"""Whether a product adds unpaid interest to the principal, and where it says so."""

from __future__ import annotations

from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.amortization.stepped import Stepped
from engine.interest.simple_interest import SimpleInterest
from engine.product.product import Product


def can_capitalize(product: Product) -> bool:
    """Whether the principal of the product's loans may grow by unpaid interest."""
    return bool(capitalization_path(product))


def capitalization_path(product: Product) -> str:
    """Where the product says that interest is added to the principal; empty where it does not."""
    if isinstance(product.interest, SimpleInterest) and product.interest.capitalization is not None:
        return "/interest/capitalization"
    match product.amortization:
        case Deferred(interest=interest) if interest is not DeferredInterest.waits:
            return "/amortization/interest"
        case InterestDeferred(interest=InterestFallsDue.capitalized):
            return "/amortization/interest"
        case Stepped(negative_amortization=True):
            return "/amortization/negative_amortization"
        case _:
            return ""
