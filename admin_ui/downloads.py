"""Files that pages offer: behind the same guard as the pages, written as they are read."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import FastAPI, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from admin_ui.loan_filters import asked_of
from admin_ui.visitor import visitor_of
from servicing.errors import CommandRefused, Forbidden
from servicing.house import House
from servicing.loan_export import csv_lines

LOANS = "/loans.csv"


def add_downloads(app: FastAPI, house: House) -> None:
    """Take the addresses of files."""

    @app.get(LOANS)
    async def loans_file(request: Request) -> Response:
        visitor = visitor_of(request)
        lines = csv_lines(house, visitor.actor, **asked_of(request.query_params))
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

        name = f"loans-{house.clock.business_date()}.csv"
        return StreamingResponse(
            parts(), media_type="text/csv",
            headers={"content-disposition": f'attachment; filename="{name}"'},
        )  # fmt: skip
