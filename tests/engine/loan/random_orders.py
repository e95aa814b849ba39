"""Orders of a waterfall that hold in a state, for random lives."""

from __future__ import annotations

from typing import Final

from engine.payments.waterfall import Order, Style
from tests.engine.loan.life import WATERFALL

_TURNED = Order(style=Style.by_component, order=tuple(reversed(WATERFALL.order)))
ORDERS_BY_STATE: Final[list[dict[str, Order]]] = [
    {},
    {},
    {"borrower:military_service": _TURNED, "stage:late_1": _TURNED},
]
