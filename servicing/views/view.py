"""What every answer is: a plain struct with amounts as decimal text."""

from __future__ import annotations

from typing import Any

import msgspec


class View(msgspec.Struct, frozen=True, kw_only=True):
    """An answer; amounts are decimal text in ``currency``, rates decimal text per year."""


class Page(View, frozen=True, kw_only=True):
    """A page of rows; ``next_cursor`` asks for the following one."""

    items: tuple[Any, ...]
    has_more: bool
    next_cursor: str | None
    total: int | None = None
    """How many rows there are in all; None on later pages, and where counting would cost more."""
