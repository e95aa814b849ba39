"""How files write facts and how people read them."""

from __future__ import annotations

from datetime import date
from typing import Final

from engine.facts.fact import FactType, FactValue
from engine.values.money import Money
from engine.values.rate import Rate


def parse_fact(type: FactType, written: object, currency: str) -> FactValue:
    """A fact as a file writes it: money, rates and dates are quoted text.

    Raises ValueError that says what was found and how the type is written.
    """
    match type:
        case FactType.money if isinstance(written, str):
            return Money.parse(written, currency)
        case FactType.rate if isinstance(written, str):
            return Rate.parse(written)
        case FactType.date if isinstance(written, str):
            return date.fromisoformat(written)
        case FactType.text if isinstance(written, str):
            return written
        case FactType.flag if isinstance(written, bool):
            return written
        case FactType.number | FactType.days if _is_whole(written):
            assert isinstance(written, int)
            return written
    raise ValueError(f"{written!r} is not {_WRITTEN[type]}")


def _is_whole(written: object) -> bool:
    """A whole number; True and False are none."""
    return isinstance(written, int) and not isinstance(written, bool)


_WRITTEN: Final[dict[FactType, str]] = {
    FactType.money: 'an amount in quotes such as "1500.00"',
    FactType.rate: 'a rate in quotes such as "0.36" (36 percent)',
    FactType.number: "a whole number",
    FactType.days: "a whole number of days",
    FactType.date: 'a date such as "2026-01-31"',
    FactType.text: "text",
    FactType.flag: "true or false",
}


def fact_text(value: FactValue, currency: str) -> str:
    """A fact as people read it: 15.00, 36%, 2026-01-31, yes."""
    match value:
        case Money():
            return value.text(currency)
        case Rate():
            return value.percent()
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case _:
            return str(value)
