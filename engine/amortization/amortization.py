"""The amortizations a product may choose from; adding a kind is one file and one name here."""

from __future__ import annotations

from typing import TypeAlias

from engine.amortization.equal_installments import EqualInstallments
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.level_payment import LevelPayment

Amortization: TypeAlias = LevelPayment | EqualPrincipal | EqualInstallments
