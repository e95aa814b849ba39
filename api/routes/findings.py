"""The findings log: what rules said about commands and days, over the whole book."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from litestar import Request, get
from litestar.params import FromQuery, QueryParameter
from litestar.response import Stream

from api.answers import Listing, page_members
from api.as_of import within_calendar
from api.files import CSV, csv_file
from api.given import GivenActor, GivenHouse
from api.paging import Cursor, Limit
from servicing import findings
from servicing.views.findings import FindingEntry

TAGS = ["Rules"]
SEES = {"scope": findings.SEE}
Outcome = FromQuery[Literal["refused", "set_aside", "adjusted", "warned"] | None]
RuleName = Annotated[
    str,
    QueryParameter(
        max_length=200, pattern=r"^[a-z0-9_.]*$", description="Only findings of this rule"
    ),
]
OfLoan = Annotated[
    str,
    QueryParameter(
        max_length=80, pattern=r"^[A-Za-z0-9_]*$", description="Only findings about this loan"
    ),
]
Day = FromQuery[date | None]


class FindingList(Listing, frozen=True, kw_only=True):
    """A page of findings."""

    items: tuple[FindingEntry, ...]


@get("/findings", tags=TAGS, opt=SEES)
async def list_findings(
    request: Request[Any, Any, Any],
    house: GivenHouse,
    actor: GivenActor,
    rule: RuleName = "",
    outcome: Outcome = None,
    loan_id: OfLoan = "",
    since: Day = None,
    until: Day = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> FindingList:
    """List findings, newest business date first: what rules said other than that all is well.

    ``since`` and ``until`` are business dates on which they were found, both included. What a dry
    run finds is told in its answer and not kept.
    """
    within_calendar(since=since, until=until)
    page = await findings.findings(
        house, actor, rule=rule, outcome=outcome or "", loan_id=loan_id, since=since, until=until,
        cursor=cursor, limit=limit,
    )  # fmt: skip
    return FindingList(**page_members(request, page))


@get("/findings.csv", tags=TAGS, opt={**SEES, "file": CSV})
async def export_findings(
    house: GivenHouse,
    actor: GivenActor,
    rule: RuleName = "",
    outcome: Outcome = None,
    loan_id: OfLoan = "",
    since: Day = None,
    until: Day = None,
) -> Stream:
    """Export findings as a CSV file: all rows of the list with these filters, sent as read."""
    within_calendar(since=since, until=until)
    lines = findings.csv_lines(
        house, actor, rule=rule, outcome=outcome or "", loan_id=loan_id, since=since, until=until
    )
    return await csv_file(lines, f"findings-{house.clock.business_date()}.csv")
