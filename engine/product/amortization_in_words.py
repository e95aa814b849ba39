"""An amortization in plain words: how the loan is paid down."""

from __future__ import annotations

from typing import assert_never

from engine.amortization.amortization import Amortization
from engine.amortization.balloon import Balloon
from engine.amortization.bullet import Bullet, BulletInterest
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.equal_installments import EqualInstallments, Remainder
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment, Residual
from engine.amortization.percent_of_balance import PercentOfBalance
from engine.amortization.stepped import Stepped

_REMAINDERS = {
    Remainder.first: "the first takes the cents that do not divide",
    Remainder.last: "the last takes the cents that do not divide",
    Remainder.one_each: "cents that do not divide go one each to the first ones",
}
_RESIDUALS = {
    Residual.smallest: "the payment is chosen so that the last differs least",
    Residual.formula: "the last takes what rounding leaves",
    Residual.spread: "what rounding leaves is spread over all of them",
}
_WAITING = {
    DeferredInterest.waits: "waits and earns nothing",
    DeferredInterest.capitalized: "is added to the principal each time",
    DeferredInterest.capitalized_at_end: "waits and is added to the principal at the end",
}

_ASKED_LATER = {
    InterestFallsDue.with_next: "waits, and falls due with the next one",
    InterestFallsDue.spread: "waits, and is spread over the payments after them",
    InterestFallsDue.capitalized: "waits, and is added to the principal at the end",
}


def amortization_in_words(amortization: Amortization, currency: str) -> str:
    """How the loan is paid down, as a sentence."""
    match amortization:
        case LevelPayment():
            return f"Equal payments; {_RESIDUALS[amortization.residual]}."
        case EqualPrincipal():
            return "Equal parts of the principal, with the interest of each period on top."
        case EqualInstallments():
            return f"Equal parts; {_REMAINDERS[amortization.remainder]}."
        case InterestOnly():
            then = amortization_in_words(amortization.then, currency)
            return f"Interest alone for {amortization.installments} installments. Then: {then}"
        case InterestDeferred():
            way = amortization_in_words(amortization.principal, currency)
            count, interest = amortization.installments, _ASKED_LATER[amortization.interest]
            return f"{way} The first {count} ask for principal alone; their interest {interest}."
        case Deferred():
            then = amortization_in_words(amortization.then, currency)
            count, interest = amortization.installments, _WAITING[amortization.interest]
            return f"Nothing due for {count} installments; their interest {interest}. Then: {then}"
        case Balloon():
            return f"Level payments, and at the end {_balloon(amortization, currency)}."
        case Bullet(interest=BulletInterest.each_period):
            return "Interest every period; the principal once, at maturity."
        case Bullet():
            return "Principal and interest once, at maturity."
        case Stepped():
            steps = f"Payments in {len(amortization.steps)} steps; the last takes the rest."
            return f"{steps}{_growth(amortization)}"
        case ExplicitPayments():
            count = len(amortization.payments)
            return f"{count} payments as listed; the last takes the rest."
        case PercentOfBalance():
            floor = amortization.floor.text(currency)
            plus = ", and the interest of the period" if amortization.plus_interest else ""
            share = amortization.share.percent()
            return f"{share} of the balance each period, at least {floor}{plus}."
        case _ as never:
            assert_never(never)


def _balloon(balloon: Balloon, currency: str) -> str:
    if balloon.amount is not None:
        return balloon.amount.text(currency)
    if balloon.share is not None:
        return f"{balloon.share.percent()} of the principal"
    return f"what a loan of {balloon.amortization_installments} installments would still owe"


def _growth(stepped: Stepped) -> str:
    if not stepped.negative_amortization:
        return ""
    grows = " Interest a payment does not cover is added to the principal"
    limit = stepped.negative_amortization_limit
    if limit is None:
        return f"{grows}."
    return f"{grows}, up to {limit.percent()} of what was lent; level payments follow then."
