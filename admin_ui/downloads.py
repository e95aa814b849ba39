"""Files that pages offer: behind the same guard as the pages, written as they are read."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import FastAPI, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from admin_ui.finding_filters import narrowed_by
from admin_ui.loan_filters import asked_of
from admin_ui.visitor import visitor_of
from servicing import findings, loan_export
from servicing.errors import CommandRefused, Forbidden
from servicing.house import House

LOANS = "/loans.csv"
FINDINGS = "/findings.csv"


def add_downloads(app: FastAPI, house: House) -> None:
    """Take the addresses of files."""

    @app.get(LOANS)
    async def loans_file(request: Request) -> Response:
        asked = asked_of(request.query_params)
        lines = loan_export.csv_lines(house, visitor_of(request).actor, **asked)
        return await _file(lines, f"loans-{house.clock.business_date()}.csv")

    @app.get(FINDINGS)
    async def findings_file(request: Request) -> Response:
        asked = narrowed_by(request.query_params)
        lines = findings.csv_lines(house, visitor_of(request).actor, **asked)
        return await _file(lines, f"findings-{house.clock.business_date()}.csv")


async def _file(lines: AsyncIterator[str], name: str) -> Response:
    """The lines as a file to keep."""
    try:
        first = await anext(lines)  # what is wrong is told before a file begins
    except Forbidden as fault:
        return PlainTextResponse(str(fault), 403)
    except CommandRefused as fault:
        return PlainTextResponse(str(fault), 422)

    async def parts() -> AsyncIterator[str]:
        yield first
        async for part in lines:
            yield part

    return StreamingResponse(
        parts(), media_type="text/csv",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip
