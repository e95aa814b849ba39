"""A draft's text as data and back: a form and an editor are two views of one document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Refusal
from servicing.errors import CommandRefused
from servicing.publishing.candidate import KIND_OF
from store.definitions.kinds import schema_of
from store.definitions.read_yaml import read_yaml
from store.definitions.rewrite_yaml import CannotRewrite, rewritten

__all__ = ["data_of", "schema_for", "written"]


def schema_for(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind of draft: product, rule, waterfall …"""
    return schema_of(KIND_OF[kind])


def data_of(text: str) -> dict[str, Any] | None:
    """What a text says as plain data; None while it is no sound YAML."""
    document = read_yaml(text, "")
    return None if document.problems or not isinstance(document.data, dict) else document.data


def written(text: str, data: Mapping[str, Any]) -> str:
    """The text made to say the data, comments kept; CommandRefused where that takes a person."""
    try:
        return rewritten(text, data)
    except CannotRewrite as fault:
        raise CommandRefused((Refusal(code="as_text", message=str(fault)),)) from None
