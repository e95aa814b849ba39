"""Invented borrowers: names put together by chance from lists, addresses under example domains."""

from __future__ import annotations

from random import Random
from typing import Final

import msgspec

FIRST: Final = (
    "Amara", "Bela", "Cato", "Dorit", "Elio", "Fenna", "Goran", "Hiroko", "Ilse", "Jonas", "Kaya",
    "Lemuel", "Mirela", "Nadir", "Oona", "Pavel", "Quilla", "Rufus", "Sanna", "Tobiah", "Ulla",
    "Viggo", "Wanda", "Xenia", "Yarrow", "Zelda", "Anselm", "Briar", "Corin", "Delphine",
)  # fmt: skip
LAST: Final = (
    "Ashgrove", "Bellweather", "Copperfield-Nash", "Dunmarrow", "Eastwick", "Fairlea", "Grimsdale",
    "Hollowell", "Inglenook", "Juniper", "Kettleby", "Larkspur", "Merriweather", "Nettleship",
    "Oakhollow", "Pennyroyal", "Quillfeather", "Rooksley", "Saltmarsh", "Thistlewood",
    "Underbrook", "Vexley", "Windlestraw", "Yewbarrow",
)  # fmt: skip


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """An invented borrower."""

    name: str
    email: str


def person(chance: Random, number: int) -> Person:
    """Borrower number so-and-so of the book; the number keeps addresses apart."""
    first, last = chance.choice(FIRST), chance.choice(LAST)
    address = f"{first}.{last}.{number}@borrowers.example".lower()
    return Person(name=f"{first} {last}", email=address)
