"""Parameters that lists have in common."""

from __future__ import annotations

from typing import Annotated

from litestar.params import QueryParameter

Limit = Annotated[int, QueryParameter(ge=1, le=200, description="Rows of a page")]
Cursor = Annotated[
    str | None,
    QueryParameter(
        max_length=500,
        pattern=r"^[A-Za-z0-9_.=:~-]+$",
        description="next_cursor of the page before; opaque",
    ),
]
Search = Annotated[
    str,
    QueryParameter(max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$", description="Text to look for"),
]
