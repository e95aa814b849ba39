"""How amounts, rates, dates and moments are written for people: 1,234.56, 7.99 %, Nov 24, 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "C$"}
NOTHING = "–"
"""What stands where there is no value."""


def amount(text: str) -> str:
    """An amount in columns: thousands apart, no currency sign ("1,234.56")."""
    return f"{Decimal(text):,}"


def money(text: str, currency: str = "USD") -> str:
    """An amount that stands alone, with its currency ("$1,234.56")."""
    value = Decimal(text)
    sign = "-" if value < 0 else ""
    known = SIGNS.get(currency)
    return f"{sign}{known}{abs(value):,}" if known else f"{value:,} {currency}"


def big_money(text: str, currency: str = "USD") -> str:
    """An amount of a whole book, short enough for a card ("$182.4 M")."""
    value = Decimal(text)
    for size, letter in ((Decimal(10) ** 9, "B"), (Decimal(10) ** 6, "M")):
        if abs(value) >= 100 * size or (letter == "B" and abs(value) >= size):
            return money(f"{value / size:.1f}", currency) + f" {letter}"
    return money(f"{value:.0f}" if abs(value) >= 10_000 else text, currency)


def percent(share: str, places: int = 2) -> str:
    """A rate or share given as decimal text, in percent ("0.0799" → "7.99 %")."""
    return f"{Decimal(share) * 100:.{places}f} %"


def rate(text: str | None) -> str:
    """A yearly rate in percent with as many places as it has, two at least ("7.125 %")."""
    if text is None:
        return NOTHING
    value = (Decimal(text) * 100).normalize()
    exponent = value.as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{value:.{min(places, 6)}f} %"


def day(value: date | None) -> str:
    """A date ("Nov 24, 2026")."""
    return f"{value:%b} {value.day}, {value.year}" if value else NOTHING


def month(value: date) -> str:
    """A month on an axis ("Nov 26")."""
    return f"{value:%b %y}"


def moment(value: datetime) -> str:
    """A moment in UTC ("Nov 24, 2026, 15:04 UTC")."""
    utc = value.astimezone(UTC)
    return f"{day(utc.date())}, {utc:%H:%M} UTC"


def count(number: int, one: str, many: str = "") -> str:
    """A number of things ("1 loan", "1,204 loans")."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def short_id(ident: str) -> str:
    """An id short enough for a table: its kind and its last eight characters."""
    return ident if len(ident) <= 16 else f"…{ident[-8:]}"
