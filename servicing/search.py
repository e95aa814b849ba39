"""Search over everything that has a page: loans by id or borrower, products, rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from servicing.actor import Actor
from servicing.house import House
from servicing.loan_list import loans
from servicing.permissions import may
from servicing.views.view import View

SHORTEST: Final = 2
"""Letters below which nothing is looked for."""
OF_EACH: Final = 6
"""So many of each kind at most."""


class Hit(View, frozen=True, kw_only=True):
    """Something found."""

    kind: str
    """loan, product or rule."""
    ident: str
    title: str
    """A borrower's name, masked unless the actor may see it; the title of a product or rule."""
    note: str
    """What tells it from others of the same title."""


async def search(house: House, actor: Actor, text: str) -> tuple[Hit, ...]:
    """What fits a text, of the kinds the actor may see: loans first, then products, then rules."""
    words = text.casefold().split()
    if len(text.strip()) < SHORTEST:
        return ()
    hits: list[Hit] = []
    if may(actor, "loans:read"):
        page = await loans(house, actor, search=text, limit=OF_EACH, sort="-loan_id", counted=False)
        hits += [
            Hit(kind="loan", ident=row.loan_id, title=row.borrower_name or row.loan_id,
                note=f"{row.product_title} · {row.total_owed} owed · {row.loan_id}")
            for row in page.items
        ]  # fmt: skip
    if may(actor, "products:read"):
        hits += [*_products(house, words)][:OF_EACH]
    if may(actor, "rules:read"):
        hits += [*_rules(house, words)][:OF_EACH]
    return tuple(hits)


def _products(house: House, words: list[str]) -> Iterator[Hit]:
    for name, versions in sorted(house.catalog.products.items()):
        newest = versions[-1]
        if _fits(words, name, newest.title):
            yield Hit(kind="product", ident=name, title=newest.title, note=name)


def _rules(house: House, words: list[str]) -> Iterator[Hit]:
    book = house.catalog.rules
    for name, item in sorted(book.rules.items() if book else ()):
        title = item.rule.title
        if _fits(words, name.replace(".", " ").replace("_", " "), title, name):
            yield Hit(kind="rule", ident=name, title=title, note=name)


def _fits(words: list[str], *texts: str) -> bool:
    whole = " ".join(texts).casefold()
    return all(word in whole for word in words)
