"""The gap map: which law speaks of which product, and what is untested, stale or unused."""

from __future__ import annotations

from functools import partial

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.empty_state import empty_state
from admin_ui.components.heading import card
from admin_ui.components.later import Later
from admin_ui.components.problem_banner import banner
from admin_ui.components.table import Column, Row, table
from admin_ui.formats import count, day
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title
from engine.compliance.gap_map import GapMap, PlaceRow, RuleStanding
from servicing import coverage
from servicing.permissions import require

ATTENTION = (
    Column("title", "Rule", wrap=True),
    Column("tested", "Tests"),
    Column("verified", "Compared with source", narrow=False, wrap=True),
    Column("unused", "Use", wrap=True),
)


async def page(request: Request) -> None:
    """Places by products, then the rules that want attention."""
    visitor = visitor_of(request)
    require(visitor.actor, "rules:read")
    with shell(visitor, "/rules", "Gap map", "Which law speaks of which product") as actions:
        with actions:
            ui.link("Rules", "/rules")
        Later(partial(_read, visitor), _show, classes="flex flex-col gap-5 w-full")


async def _read(visitor: Visitor) -> GapMap:
    now = await visitor.still()
    return coverage.of_house(now.house)


def _show(found: GapMap) -> None:
    if found.disagreements:
        banner("warn", "Register and rules differ", "; ".join(found.disagreements))
    own = [row for row in found.places if row.rules and any(c.offered for c in row.cells)]
    bare = [row.place for row in found.places if not row.rules and _lacking(row)]
    with card("Places by product", flush=True):
        if own:
            table(_columns(found), [place_row(row) for row in own], key="place", label="Gap map")
        else:
            empty_state("gavel", "No rules", "Publish one from its file: loanwright catalog apply.")
    if bare:
        with card(f"Offered without a rule of the place itself ({len(bare)})"):
            ui.label(", ".join(bare) + ".")
    wanting = [rule for rule in found.rules if rule.unused or not rule.tested]
    with card("Rules that nothing asks, or that are not tested", flush=True) as side:
        with side:
            stale = sum(rule.stale for rule in found.rules)
            since = f"not compared with their source since {day(found.stale_before)}"
            ui.label(f"{count(stale, 'rule')} of {len(found.rules)} {since}").classes("lw-sub")
        if wanting:
            rows = [rule_row(rule) for rule in wanting]
            table(ATTENTION, rows, key="rule", label="Rules that want attention")
        else:
            empty_state("task_alt", "Every rule is tested and asked", "")


def _lacking(row: PlaceRow) -> bool:
    return any(cell.gap for cell in row.cells)


def _columns(found: GapMap) -> tuple[Column, ...]:
    products = (Column(name, title(name), narrow=False) for name in found.products)
    verified = Column("verified", "Verified to", narrow=False)
    outside = Column("outside", "Outside", numeric=True, narrow=False)
    rules = Column("rules", "Rules", numeric=True)
    return (Column("place", "Place", wrap=True), rules, *products, verified, outside)


def place_row(row: PlaceRow) -> Row:
    """A place as a row: how many of its rules may speak of each product."""
    shown: Row = {
        "place": row.place,
        "place_href": f"/rules?search={row.prefix}.",
        "place_second": _gaps(row),
        "rules": row.rules,
        "verified": day(row.verified_to) if row.verified_to else "Never",
        "verified_tone": "warn" if row.stale else "ok",
        "outside": len(row.outside),
    }
    for cell in row.cells:
        if not cell.offered:
            shown[cell.product] = "Not offered"
        else:
            shown[cell.product] = "Gap" if cell.gap else count(len(cell.rules), "rule")
            shown[f"{cell.product}_tone"] = "bad" if cell.gap else "ok"
    return shown


def _gaps(row: PlaceRow) -> str:
    """The products offered there of which none of its rules speaks."""
    products = [title(cell.product) for cell in row.cells if cell.gap]
    return f"Gap: {', '.join(products)}" if products else ""


def rule_row(rule: RuleStanding) -> Row:
    """A rule as a row: tested, compared with its source, used."""
    return {
        "rule": rule.rule,
        "title": rule.title,
        "title_href": f"/rules/{rule.rule}",
        "title_second": rule.rule,
        "tested": "Tested" if rule.tested else "Not tested",
        "tested_tone": "ok" if rule.tested else "bad",
        "verified": f"To {day(rule.verified_to)}" if rule.verified_to else "Never",
        "unused": rule.unused[:1].upper() + rule.unused[1:] if rule.unused else "Asked",
    }
