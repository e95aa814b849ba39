"""Amounts and rates of a command in the loan's currency, refused clearly when they are not."""

from __future__ import annotations

from engine.errors import refuse
from engine.values.money import ZERO, Money
from engine.values.rate import Rate


def money_of(text: str, currency: str, path: str) -> Money:
    """An amount of zero or more; refused with the place in the request when it is not one."""
    try:
        amount = Money.parse(text, currency)
    except ValueError as error:
        raise refuse("invalid_amount", str(error), path=path, kind="invalid") from None
    if amount < ZERO:
        raise refuse("invalid_amount", f"{text} is below zero", path=path, kind="invalid")
    return amount


def positive_money(text: str, currency: str, path: str) -> Money:
    """An amount above zero."""
    amount = money_of(text, currency, path)
    if amount == ZERO:
        raise refuse("invalid_amount", f"{text} is not above zero", path=path, kind="invalid")
    return amount


def rate_of(text: str, path: str) -> Rate:
    """A yearly rate of zero or more."""
    try:
        return Rate.parse(text)
    except ValueError as error:
        raise refuse("invalid_rate", str(error), path=path, kind="invalid") from None
