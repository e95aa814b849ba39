"""Which types may meet in arithmetic and what comes out; the units are part of the type."""

from __future__ import annotations

from typing import Final

from engine.facts.fact import FactType

_MONEY, _RATE, _NUMBER = FactType.money, FactType.rate, FactType.number
_DAYS, _DATE = FactType.days, FactType.date

ARTICLES: Final = {
    FactType.money: "money",
    FactType.rate: "a rate",
    FactType.number: "a number",
    FactType.days: "days",
    FactType.date: "a date",
    FactType.text: "text",
    FactType.flag: "a flag",
}

SUMS: Final[dict[tuple[str, FactType, FactType], FactType]] = {
    ("+", _DATE, _DAYS): _DATE,
    ("+", _DAYS, _DATE): _DATE,
    ("-", _DATE, _DAYS): _DATE,
    ("-", _DATE, _DATE): _DAYS,
    **{("+", same, same): same for same in (_MONEY, _RATE, _NUMBER, _DAYS)},
    **{("-", same, same): same for same in (_MONEY, _RATE, _NUMBER, _DAYS)},
}

PRODUCTS: Final[dict[tuple[FactType, FactType], FactType]] = {
    (_MONEY, _RATE): _MONEY,
    (_MONEY, _NUMBER): _MONEY,
    (_MONEY, _DAYS): _MONEY,
    (_RATE, _RATE): _RATE,
    (_RATE, _NUMBER): _RATE,
    (_RATE, _DAYS): _RATE,
    (_NUMBER, _NUMBER): _NUMBER,
    (_NUMBER, _DAYS): _NUMBER,
    (_DAYS, _DAYS): _NUMBER,
}

RATIOS: Final[dict[tuple[FactType, FactType], FactType]] = {
    (_MONEY, _MONEY): _NUMBER,
    (_MONEY, _RATE): _MONEY,
    (_MONEY, _NUMBER): _MONEY,
    (_MONEY, _DAYS): _MONEY,
    (_RATE, _RATE): _NUMBER,
    (_RATE, _NUMBER): _RATE,
    (_RATE, _DAYS): _RATE,
    (_NUMBER, _NUMBER): _NUMBER,
    (_NUMBER, _RATE): _NUMBER,
    (_NUMBER, _DAYS): _NUMBER,
    (_DAYS, _NUMBER): _NUMBER,
    (_DAYS, _RATE): _NUMBER,
    (_DAYS, _DAYS): _NUMBER,
}


def product(left: FactType, right: FactType) -> FactType | None:
    """What left × right is; None when it has no meaning."""
    return PRODUCTS.get((left, right)) or PRODUCTS.get((right, left))


def mend(left: FactType, right: FactType) -> str:
    """How to bring two types together that do not meet."""
    pair = {left, right}
    if FactType.money in pair and pair & {FactType.number, FactType.text, FactType.rate}:
        return 'write an amount as money("15.00"), or multiply by an amount'
    if FactType.rate in pair and FactType.number in pair:
        return "write a rate as percent(36) or 0.36"
    if FactType.rate in pair and FactType.text in pair:
        return "write a rate without quotes: 0.36"
    if FactType.date in pair and FactType.text in pair:
        return 'write a date as date("2026-01-31")'
    if FactType.days in pair and FactType.text in pair:
        return "write days as days(10)"
    return ""
