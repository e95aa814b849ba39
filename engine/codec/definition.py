"""Definition documents: decimal text, dates and kinds to the engine's types and back.

A document is what a YAML file or the admin's form holds: maps, lists, text, whole numbers, flags.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

import msgspec

from engine.errors import DefinitionError, Problem
from engine.values.money import Money
from engine.values.rate import Rate

T = TypeVar("T")


def decode_definition(document: Any, type_: type[T] | Any, currency: str = "USD") -> T:
    """The document as a value of the type; amounts are decimal text in the currency.

    Raises DefinitionError with the first fault; JSON Schema finds every one before.
    """
    try:
        value: T = msgspec.convert(document, type_, dec_hook=_reader(currency))
    except msgspec.ValidationError as fault:
        message, path = _place(str(fault))
        raise DefinitionError((Problem(message=message, path=path, code="type"),)) from fault
    return value


def to_document(value: Any, currency: str = "USD") -> Any:
    """The value as a document; amounts become decimal text in the currency."""
    return msgspec.to_builtins(value, enc_hook=_writer(currency))


@cache
def _reader(currency: str) -> Callable[[type, Any], Any]:
    def read(type_: type, value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueError(f"{value!r} must be quoted decimal text")
        if type_ is Money:
            return Money.parse(value, currency)
        if type_ is Rate:
            return Rate.parse(value)
        if type_ is Fraction:
            return Rate.parse(value).exact
        raise NotImplementedError(f"no definition text for {type_.__name__}")

    return read


@cache
def _writer(currency: str) -> Callable[[Any], Any]:
    def write(value: Any) -> Any:
        if isinstance(value, Money):
            return value.text(currency)
        if isinstance(value, Rate):
            return value.text()
        if isinstance(value, Fraction):
            return Rate(value).text()
        raise NotImplementedError(f"no definition text for {type(value).__name__}")

    return write


def _place(text: str) -> tuple[str, str]:
    """msgspec's "… - at `$.fees[0].amount`" as a sentence and a JSON pointer."""
    message, _, place = text.partition(" - at `")
    parts = re.findall(r"\.([^.\[\]`]+)|\[([^\]]*)\]", place)
    return message, "".join(f"/{name or index}" for name, index in parts)
