"""What is wrong in a capitalization: said twice, a month named twice, a conversion there is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from engine.amortization.amortization import Amortization
from engine.amortization.amortize import converts_after
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.interest_deferred import InterestDeferred
from engine.amortization.percent_of_balance import PercentOfBalance
from engine.amortization.stepped import Stepped
from engine.errors import Problem
from engine.interest.capitalization import AtConversion, EveryDueDate, GivenMonths
from engine.interest.interest_method import InterestMethod
from engine.interest.simple_interest import SimpleInterest
from engine.product.amortization_soundness import growth_problems
from engine.product.meaning import wrong

_PATH: Final = "/interest/capitalization"


def capitalization_problems(
    interest: InterestMethod, amortization: Amortization
) -> Iterator[Problem]:
    """Every fault of the interest's capitalization beside the way the loan is paid down."""
    chosen = interest.capitalization if isinstance(interest, SimpleInterest) else None
    if chosen is None:
        return
    said = _said_by(amortization)
    if said:
        message = f"{said} says already when unpaid interest is added to the principal"
        yield wrong(_PATH, message, "say it in one of the two places")
    if isinstance(amortization, PercentOfBalance):
        message = "a minimum payment follows the balance, and would follow the interest added to it"
        yield wrong(_PATH, message, "leave it out, or choose another amortization")
    match chosen:
        case EveryDueDate(limit=limit):
            yield from growth_problems(limit, f"{_PATH}/limit")
        case GivenMonths(months=months):
            if not months:
                yield wrong(f"{_PATH}/months", "no month is named", "name one: 12 is December")
            for month, count in Counter(months).items():
                if count > 1:
                    yield wrong(f"{_PATH}/months", f"month {month} is named twice", "name it once")
        case AtConversion():
            if not converts_after(amortization):
                message = "the loan amortizes at once, so there is no conversion"
                yield wrong(_PATH, message, "choose a deferral or interest_only, or leave it out")


def _said_by(amortization: Amortization) -> str:
    """The field of the amortization that says it too; empty where none does."""
    match amortization:
        case Deferred(interest=interest) if interest is not DeferredInterest.waits:
            return "/amortization/interest"
        case InterestDeferred():
            return "/amortization/interest"
        case Stepped(negative_amortization=True):
            return "/amortization/negative_amortization"
        case _:
            return ""
