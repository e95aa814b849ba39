"""Canonical JSON of the engine's types: one value, one text, forever.

Money is whole minor units, an exact amount "numerator/denominator", a rate decimal text, a day ISO.
Keys are sorted, nothing is spaced. Hashes cover these bytes as stored, never text made anew. What
is never hashed (a saved state) may keep the order it has; its maps may then have whole-number keys.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final, Generic, Literal, TypeVar

import msgspec

from engine.values.money import Money
from engine.values.rate import Rate

T = TypeVar("T")

RECIPE: Final = 1
"""Version of this recipe; it stands beside every hash, and rises when the bytes would change."""
_RATE_DECIMALS: Final = 10**15


class JsonText(Generic[T]):
    """Writes and reads one type as canonical JSON."""

    __slots__ = ("_decoder", "_encoder")

    def __init__(self, type_: Any, *, canonical: bool = True) -> None:
        order: Literal["sorted"] | None = "sorted" if canonical else None
        self._encoder = msgspec.json.Encoder(enc_hook=_write, order=order)
        self._decoder: msgspec.json.Decoder[T] = msgspec.json.Decoder(type_, dec_hook=_read)

    def encode(self, value: T) -> bytes:
        """The value as bytes."""
        return self._encoder.encode(value)

    def decode(self, text: bytes | str) -> T:
        """The value back; msgspec.ValidationError when the bytes say anything else."""
        return self._decoder.decode(text)


def _write(value: Any) -> Any:
    if isinstance(value, Money):
        return value.minor
    if isinstance(value, Rate):
        exact = value.exact
        return value.text() if _RATE_DECIMALS % exact.denominator == 0 else _ratio(exact)
    if isinstance(value, Fraction):
        return _ratio(value)
    raise NotImplementedError(f"{type(value).__name__} has no canonical text")


def _read(type_: type, value: Any) -> Any:
    if type_ is Money and type(value) is int:
        return Money(value)
    if type_ is Rate and isinstance(value, str):
        return Rate(_fraction(value)) if "/" in value else Rate.parse(value)
    if type_ is Fraction and isinstance(value, str):
        return _fraction(value)
    raise ValueError(f"{value!r} is not the canonical text of {type_.__name__}")


def _ratio(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def _fraction(text: str) -> Fraction:
    numerator, _, denominator = text.partition("/")
    return Fraction(int(numerator), int(denominator))
