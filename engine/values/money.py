"""Money: whole minor units (cents) of the loan's currency.

Interest before rounding is not Money but an exact rational number of minor units (``Exact``), so
that every rounding is visible: only ``engine.values.rounding`` turns one into the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

Exact = Fraction
"""An exact, unrounded amount in minor units: accrued interest, a fee before rounding."""

# ISO 4217 minor digits where they are not 2; XTS is the test currency with 12 ("unrounded").
MINOR_DIGITS: Final[dict[str, int]] = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
    "RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
    "XTS": 12,
}  # fmt: skip
_TEXT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?", re.ASCII)


def minor_digits(currency: str) -> int:
    """How many decimals the currency has: 2 unless ISO 4217 says otherwise."""
    return MINOR_DIGITS.get(currency, 2)


class Money:
    """An amount in whole minor units; 45146 is 451.46 in a currency with two decimals.

    The currency stands once, on the loan; amounts of two currencies never meet inside one loan.
    Immutable by convention (no slot is ever assigned after construction), ordered, hashable.
    """

    __slots__ = ("minor",)
    minor: int

    def __init__(self, minor: int) -> None:
        self.minor = minor

    @staticmethod
    def parse(text: str, currency: str) -> Money:
        """Decimal text to Money: "451.46" → 45146 minor units.

        Raises ValueError when the text is not plain decimal or has more decimals than the
        currency.
        """
        if not _TEXT.fullmatch(text):
            raise ValueError(f'"{text}" is not a decimal amount such as "1500.00"')
        digits = minor_digits(currency)
        whole, _, decimals = text.lstrip("-").partition(".")
        if len(decimals.rstrip("0")) > digits:
            raise ValueError(f'"{text}" has more than the {digits} decimals of {currency}')
        minor = int(whole + decimals[:digits].ljust(digits, "0"))
        return Money(-minor if text.startswith("-") else minor)

    def text(self, currency: str = "USD") -> str:
        """Plain decimal text for machines: 45146 → "451.46"."""
        digits = minor_digits(currency)
        sign = "-" if self.minor < 0 else ""
        if digits == 0:
            return f"{sign}{abs(self.minor)}"
        whole, part = divmod(abs(self.minor), 10**digits)
        return f"{sign}{whole}.{part:0{digits}d}"

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + other.minor)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - other.minor)

    def __neg__(self) -> Money:
        return Money(-self.minor)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Money) and self.minor == other.minor

    def __lt__(self, other: Money) -> bool:
        return self.minor < other.minor

    def __le__(self, other: Money) -> bool:
        return self.minor <= other.minor

    def __gt__(self, other: Money) -> bool:
        return self.minor > other.minor

    def __ge__(self, other: Money) -> bool:
        return self.minor >= other.minor

    def __hash__(self) -> int:
        return hash((Money, self.minor))

    def __bool__(self) -> bool:
        return self.minor != 0

    def __repr__(self) -> str:
        return f"Money({self.minor})"


ZERO: Final = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    """The sum of amounts; ZERO for none."""
    return Money(sum(amount.minor for amount in amounts))
