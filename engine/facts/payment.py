"""Facts of the payment in question."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from engine.facts.fact import FactType, fact
from engine.values.money import Money


class PaymentFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One payment received, returned or quoted."""

    payment_amount: Annotated[Money | None, fact(FactType.money, "The payment in question.")] = None
    payment_method: Annotated[
        str | None, fact(FactType.text, '"ach", "card", "cash", "check" …')
    ] = None
    payment_kind: Annotated[
        str | None, fact(FactType.text, '"regular", "principal_only", "payoff" or "recovery".')
    ] = None
    received_on: Annotated[date | None, fact(FactType.date, "Day the payment was received.")] = None
