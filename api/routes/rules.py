"""What the law says here: every rule with its citation, dated values and tests."""

from __future__ import annotations

from litestar import get
from litestar.params import FromPath

from api.given import GivenHouse
from servicing import catalog_reads
from servicing.views import RuleRow, RuleView

TAGS = ["Rules"]
READ = {"scope": "rules:read"}


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
