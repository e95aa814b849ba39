"""The daily run on request; it goes on by itself wherever the house is served."""

from __future__ import annotations

from datetime import date

import msgspec
from litestar import post
from litestar.params import JSONBody

from api.given import GivenHouse
from api.problem import Fault, invalid
from servicing import daily_run
from servicing.daily_run import DailyRunSummary


class DailyRunBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How far time passes."""

    through: date | None = None
    """Default: the business date; no later day."""


@post(
    "/daily_runs",
    tags=["Daily run"],
    status_code=200,
    opt={"scope": "daily:run", "example": {"through": "2026-01-31"}},
)
async def run_daily(house: GivenHouse, data: JSONBody[DailyRunBody]) -> DailyRunSummary:
    """Let time pass over the book: bill, charge late fees, change stages, book interest.

    No number depends on it, and a run that is repeated does nothing new.
    """
    today = house.clock.business_date()
    through = data.through or today
    if through > today:
        message = f"{through} is after the business date {today}"
        raise invalid(Fault(pointer="/through", message=message))
    return await daily_run.run(house, through)
