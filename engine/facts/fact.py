"""A fact: a name an expression may use, what type it has and what it says."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from engine.values.money import Money
from engine.values.rate import Rate


class FactType(StrEnum):
    """The type of a fact or of an expression; the unit is part of it."""

    money = "money"
    """An amount of the loan's currency."""
    rate = "rate"
    """A yearly rate or a share: 0.36 is 36 percent."""
    number = "number"
    """A plain count."""
    days = "days"
    """A count of days."""
    date = "date"
    text = "text"
    flag = "flag"
    """True or false."""


FactValue = Money | Rate | int | date | str | bool
"""What a fact may hold: Money, Rate, int (number and days), date, text, flag."""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One name of the vocabulary."""

    name: str
    group: str
    """The group of facts it stands in: loan, borrower, day, fee …"""
    type: FactType
    sentence: str


def fact(type: FactType, sentence: str) -> msgspec.Meta:
    """Marks a field of a group of facts with its type and the sentence people read."""
    return msgspec.Meta(description=sentence, extra={"type": type})


def fact_of(group: str, field: msgspec.inspect.Field) -> Fact:
    """The fact a marked field declares."""
    declared = field.type
    assert isinstance(declared, msgspec.inspect.Metadata), f"{field.name} is not marked as a fact"
    assert declared.extra and declared.extra_json_schema, f"{field.name} lacks type or sentence"
    return Fact(
        name=field.name,
        group=group,
        type=declared.extra["type"],
        sentence=declared.extra_json_schema["description"],
    )
