"""Where a term of a product stands: file and line of its published text."""

from __future__ import annotations

from engine.product.product import Product
from servicing.house import House
from store.definition_rows import definition_row
from store.definitions.definition import definition_of
from store.definitions.read_yaml import Document, pointer


async def term_places(house: House, product: Product) -> dict[str, str]:
    """ "personal_installment@2 /fees/1" → "products/personal_installment/v2.yaml:41"."""
    row = await definition_row(house.pool, "product", product.product, product.version)
    if row is None:
        return {}
    document = definition_of(row.text, row.file).document
    return {
        f"{product.reference} {pointer}": f"{row.file}:{line}"
        for pointer, line in _lines(document.data, (), document)
    }


def _lines(data: object, path: tuple[str | int, ...], document: Document) -> list[tuple[str, int]]:
    """JSON pointer and line of every part that has parts, and of every field of the top."""
    found: list[tuple[str, int]] = []
    if path:
        line, _ = document.place(path)
        found.append((pointer(path), line))
    items: list[tuple[str | int, object]] = []
    if isinstance(data, dict):
        items = [(str(key), value) for key, value in data.items()]
    elif isinstance(data, list):
        items = list(enumerate(data))
    for key, value in items:
        if len(path) < 3 and path[:1] != ("examples",):
            found += _lines(value, (*path, key), document)
    return found
