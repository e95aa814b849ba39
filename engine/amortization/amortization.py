"""The amortizations a product may choose from; adding a kind is one file and one name here."""

from __future__ import annotations

from typing import TypeAlias

from engine.amortization.balloon import Balloon
from engine.amortization.bullet import Bullet
from engine.amortization.deferred import Deferred
from engine.amortization.equal_installments import EqualInstallments
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.interest_deferred import InterestDeferred
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment
from engine.amortization.percent_of_balance import PercentOfBalance
from engine.amortization.stepped import Stepped

Amortization: TypeAlias = (
    LevelPayment
    | EqualPrincipal
    | EqualInstallments
    | InterestOnly
    | InterestDeferred
    | Deferred
    | Balloon
    | Bullet
    | Stepped
    | ExplicitPayments
    | PercentOfBalance
)
