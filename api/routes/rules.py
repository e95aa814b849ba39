"""What the law says here: every rule with its citation, dated values and tests."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.params import FromPath, QueryParameter

from api.given import GivenHouse
from engine.compliance.gap_map import STALE_AFTER, GapMap
from servicing import catalog_reads
from servicing import coverage as gap_map
from servicing.views import RuleRow, RuleView

TAGS = ["Rules"]
READ = {"scope": "rules:read"}
StaleAfter = Annotated[
    int,
    QueryParameter(
        description="Days after which figures are to be compared with their source again.",
        ge=0,
        le=36_500,
    ),
]


@get("/rules", tags=TAGS, opt=READ)
async def list_rules(house: GivenHouse) -> tuple[RuleRow, ...]:
    """List the rules."""
    return await catalog_reads.rules(house)


@get("/rules/{rule:str}", tags=TAGS, opt=READ)
async def read_rule(house: GivenHouse, rule: FromPath[str]) -> RuleView:
    """Read a rule: text, words, citation, dated values and in-file tests as run just now.

    The name is the rule's place in the law's tree, with dots.
    """
    return await catalog_reads.rule(house, rule)


@get("/coverage", tags=TAGS, opt=READ)
async def read_coverage(house: GivenHouse, stale_after: StaleAfter = STALE_AFTER) -> GapMap:
    """Read the gap map: which rules of which place may speak of which product that is live today.

    A product offered where no rule of the place speaks of it is a gap. Rules say whether they are
    tested, stale (not compared with their source within so many days) or unused, and why.
    """
    return gap_map.of_house(house, stale_after)
