"""Words for the OpenAPI document: the sentence under each field of a struct describes the field."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable
from functools import cache
from typing import Any, get_args

import msgspec


def with_words(component: str, schema: dict[str, Any], kinds: Iterable[Any]) -> None:
    """Put the sentences of the struct behind a component into its schema, where it has none."""
    struct = _structs_of(tuple(kinds)).get(component)
    if struct is None:
        return
    for name, words in field_words(struct).items():
        place = schema.get("properties", {}).get(name)
        if isinstance(place, dict) and "description" not in place:
            place["description"] = words


@cache
def field_words(struct: type[msgspec.Struct]) -> dict[str, str]:
    """The sentence under each field of a struct, those it inherits included."""
    words: dict[str, str] = {}
    for ancestor in reversed(struct.__mro__):
        if issubclass(ancestor, msgspec.Struct) and ancestor is not msgspec.Struct:
            words |= _own_words(ancestor)
    return words


def _own_words(struct: type[msgspec.Struct]) -> dict[str, str]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(struct)))
    body = tree.body[0]
    assert isinstance(body, ast.ClassDef)
    words = {}
    for field, below in zip(body.body, body.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and isinstance(below.value.value, str)
        ):
            words[field.target.id] = inspect.cleandoc(below.value.value)
    return words


def _structs_of(kinds: tuple[Any, ...]) -> dict[str, type[msgspec.Struct]]:
    found: dict[str, type[msgspec.Struct]] = {}
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        if inspect.isclass(kind) and issubclass(kind, msgspec.Struct):
            if kind.__name__ not in found:
                found[kind.__name__] = kind
                waiting += [field.type for field in msgspec.structs.fields(kind)]
        else:
            waiting += [inner for inner in get_args(kind) if inner is not ...]
    return found
