"""From an amortization's terms to its columns: the one place that knows every kind."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from engine.amortization.amortization import Amortization
from engine.amortization.balloon import Balloon, balloon_columns
from engine.amortization.bullet import Bullet, bullet_columns
from engine.amortization.deferred import Deferred, deferred_columns
from engine.amortization.equal_installments import EqualInstallments, equal_installments_columns
from engine.amortization.equal_principal import EqualPrincipal, equal_principal_columns
from engine.amortization.explicit_payments import ExplicitPayments, explicit_payments_columns
from engine.amortization.interest_deferred import InterestDeferred, interest_deferred_columns
from engine.amortization.interest_only import InterestOnly, interest_only_columns
from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.level_payment import LevelPayment, level_payment_columns
from engine.amortization.percent_of_balance import PercentOfBalance, percent_of_balance_columns
from engine.amortization.roll import Columns, RollTerms
from engine.amortization.stepped import Stepped, stepped_columns
from engine.interest.capitalization import Capitalization, EveryDueDate
from engine.values.rate import Rate


def amortize(
    principal: int,
    periods: InterestPeriods,
    amortization: Amortization,
    roll: RollTerms,
    periodic_rate: Fraction,
) -> Columns:
    """The schedule as columns of minor units; ``periodic_rate`` is the rate of an equal period."""
    match amortization:
        case LevelPayment():
            return level_payment_columns(principal, periods, amortization, roll, periodic_rate)
        case EqualPrincipal():
            return equal_principal_columns(principal, periods, amortization, roll)
        case EqualInstallments():
            return equal_installments_columns(principal, periods, amortization, roll)
        case InterestOnly():
            return interest_only_columns(principal, periods, amortization, roll, periodic_rate)
        case InterestDeferred():
            return interest_deferred_columns(principal, periods, amortization, roll, periodic_rate)
        case Deferred():
            return deferred_columns(principal, periods, amortization, roll, periodic_rate)
        case Balloon():
            return balloon_columns(principal, periods, amortization, roll, periodic_rate)
        case Bullet():
            return bullet_columns(principal, periods, amortization, roll)
        case Stepped():
            return stepped_columns(principal, periods, amortization, roll)
        case ExplicitPayments():
            return explicit_payments_columns(principal, periods, amortization, roll)
        case PercentOfBalance():
            return percent_of_balance_columns(principal, periods, amortization, roll)
        case _ as never:
            assert_never(never)


def converts_after(amortization: Amortization) -> int:
    """How many installments come before the loan amortizes: a deferral or interest-only time."""
    match amortization:
        case (
            InterestOnly(installments=installments)
            | Deferred(installments=installments)
            | InterestDeferred(installments=installments)
        ):
            return installments
        case _:
            return 0


def growth_limit(capitalization: Capitalization | None, amortization: Amortization) -> Rate | None:
    """Share of the principal lent the balance may grow to by unpaid interest; None for no limit."""
    match capitalization, amortization:
        case EveryDueDate(limit=limit), _ if limit is not None:
            return limit
        case _, Stepped(negative_amortization=True, negative_amortization_limit=limit):
            return limit
        case _:
            return None
