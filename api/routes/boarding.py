"""Boarding: loans taken over from another system in mid-life, a CSV file at a time."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter

from api.body import require_media_type
from api.given import GivenActor, GivenHouse
from api.problem import MALFORMED, Fault, Problem, invalid
from servicing import boarding
from servicing.views import BoardingReport

TAGS = ["Boarding"]
LARGEST_FILE: Final = 32_000_000
"""Bytes; some 100,000 loans."""
Product = Annotated[
    str,
    QueryParameter(max_length=80, description="Product whose live version the loans board into"),
]


@post(
    "/boardings",
    tags=TAGS,
    request_max_body_size=LARGEST_FILE,
    opt={
        "scope": "boarding:write",
        "text_body": "external_id,borrower_name,…\nL-1001,Ada Quill,…\n",
    },
)
async def board_file(
    request: Request[Any, Any, Any],
    house: GivenHouse,
    actor: GivenActor,
    product: Product,
    dry_run: FromQuery[bool] = False,
) -> Response[BoardingReport]:
    """Board a file of loans (text/csv).

    With ``dry_run=true`` every row is checked and nothing is written. Otherwise every right row
    boards, whole, and every bad one is listed with line, column and what is allowed. Send the file
    again, corrected, and only what was not boarded yet is: an interrupted run goes on that way.
    """
    require_media_type(request, "text/csv")
    try:
        text = (await request.body()).decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Problem(MALFORMED, "The file is not UTF-8") from fault
    if dry_run:
        return Response(await boarding.validate(house, actor, text, product), status_code=200)
    report = await boarding.board(house, actor, text, product)
    if report.state == "refused":
        raise invalid(
            *(
                Fault(pointer=f"/{each.line}/{each.column}", message=each.message)
                for each in report.problems
            )
        )
    return Response(report, headers={"Location": f"/api/v1/boardings/{report.boarding_id}"})


@get("/boardings/{boarding_id:str}", tags=TAGS, opt={"scope": "boarding:write"})
async def read_boarding(
    house: GivenHouse, actor: GivenActor, boarding_id: FromPath[str]
) -> BoardingReport:
    """Read how a boarded file fared."""
    return await boarding.report(house, actor, boarding_id)
