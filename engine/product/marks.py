"""Marks of a product's fields: what each says, and whether a loan keeps it or meets it anew."""

from __future__ import annotations

from typing import Any, Final

import msgspec


def pinned(description: str, **schema: Any) -> msgspec.Meta:
    """A term the loan keeps for life: later versions of the product do not change it."""
    return _mark(description, True, schema)


def live(description: str, **schema: Any) -> msgspec.Meta:
    """A term that meets offers made on a day; a loan already booked is not touched by it."""
    return _mark(description, False, schema)


def _mark(description: str, is_pinned: bool, schema: dict[str, Any]) -> msgspec.Meta:
    constraints = {key: schema.pop(key) for key in tuple(schema) if key in _CONSTRAINTS}
    return msgspec.Meta(
        description=description,
        extra_json_schema={"x-pinned": is_pinned, **schema},
        **constraints,
    )


_CONSTRAINTS: Final = frozenset(
    {"ge", "gt", "le", "lt", "pattern", "min_length", "max_length", "title", "examples"}
)

DEFINITION_ID: Final = r"^[a-z][a-z0-9_]{1,62}$"
"""Id of a definition: small letters, digits and underscores."""
REFERENCE: Final = r"^[a-z][a-z0-9_]{1,62}@[1-9][0-9]{0,5}$"
"""Reference to one version of a shared definition: "consumer_standard@2"."""
