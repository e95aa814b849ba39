"""Answers that are files: CSV written as it is read, PDF whole."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

from litestar.response import Stream

CSV: Final = "text/csv"


async def csv_file(lines: AsyncIterator[str], name: str) -> Stream:
    """The lines as a file to keep; what is wrong is raised before its first line is sent."""
    first = await anext(lines)

    async def parts() -> AsyncIterator[str]:
        yield first
        async for part in lines:
            yield part

    return Stream(parts(), media_type=CSV, headers=kept_as(name))


def kept_as(name: str) -> dict[str, Any]:
    """The header that names a file."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
