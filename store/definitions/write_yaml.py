"""Data as the YAML of definition files: what is short stands on one line, the rest in a block."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping
from typing import Any, Final

from store.definitions.plain_scalars import plain_scalar

WIDEST: Final = 98
_INLINE: Final = 84
"""A map or list that takes more than this is set out in lines."""
_PLAIN = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9_./@:-]*( [A-Za-z0-9_./@(][A-Za-z0-9_./@()-]*)*", re.ASCII
)


def scalar(value: str | int | bool | None, *, quoted: bool = False) -> str:
    """A value on one line; text in quotes unless it means itself without them."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
    plain = plain_scalar(value)
    alone = plain.value == value and isinstance(plain.value, str) and not plain.refused
    if alone and not quoted and _PLAIN.fullmatch(value) and ": " not in f"{value} ":
        return value
    return json.dumps(value, ensure_ascii=False)


def inline(value: Any) -> str:
    """Any value on one line: {kind: flat, amount: "7.00"}."""
    if isinstance(value, Mapping):
        return (
            "{" + ", ".join(f"{scalar(key)}: {inline(part)}" for key, part in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return scalar(value)


def entry(key: str, value: Any, column: int) -> str:
    """A key with its value, standing in a block at a column (from 0)."""
    shown = f"{scalar(key)}: {inline(value)}"
    if not isinstance(value, Mapping | list) or not value or column + len(shown) <= _INLINE:
        return shown
    inner = column + 2
    return f"{scalar(key)}:\n{' ' * inner}{lines(value, inner)}"


def lines(value: Any, column: int) -> str:
    """A map or list in lines, its first line already at its column."""
    between = f"\n{' ' * column}"
    if isinstance(value, Mapping):
        return between.join(entry(key, part, column) for key, part in value.items())
    assert isinstance(value, list), "only maps and lists are set out in lines"
    return between.join(item(part, column) for part in value)


def item(value: Any, column: int) -> str:
    """An item of a list, its dash at a column."""
    shown = f"- {inline(value)}"
    if not isinstance(value, Mapping | list) or not value or column + len(shown) <= _INLINE:
        return shown
    return f"- {lines(value, column + 2)}"


def folded(before: str, value: str) -> str | None:
    """A text in the folded block it stood in; None where folding would not give it back."""
    header, _, rest = before.partition("\n")
    words = value.split(" ")
    if not header.startswith(">-") or not all(words) or re.search(r"[\n\t]", value):
        return None
    if value.startswith("#"):
        return None
    indent = len(rest) - len(rest.lstrip(" "))
    filled = textwrap.wrap(value, WIDEST - indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join([header, *(" " * indent + line for line in filled)])
