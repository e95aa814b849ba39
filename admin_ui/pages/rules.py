"""Rules: the law's own tree, with what each rule says and where it stands."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.empty_state import empty_state
from admin_ui.components.later import Later
from admin_ui.components.table import Column, Row, table
from admin_ui.formats import count
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title
from servicing import catalog_reads
from servicing.permissions import require
from servicing.views import RuleRow

SPELLED = frozenset({"us", "uk", "eu", "au", "in", "za", "ke", "ph", "scra", "conc"})
"""Parts of rules' names that are letters and no words."""
COLUMNS = (
    Column("title", "Rule", wrap=True),
    Column("kind", "Kind", narrow=False),
    Column("asked", "Asked at", narrow=False, wrap=True),
    Column("citation", "Citation", wrap=True),
    Column("checked", "Figures", narrow=False),
)


async def page(request: Request) -> None:
    """The tree of rules."""
    visitor = visitor_of(request)
    require(visitor.actor, "rules:read")
    wanted = request.query_params.get("search", "")
    with shell(visitor, "/rules", "Rules", "What the law says, as data, with tests") as actions:
        with actions:
            ui.link("Gap map", "/coverage")
        Later(partial(_read, visitor), partial(_show, wanted), classes="flex flex-col gap-5 w-full")


async def _read(visitor: Visitor) -> tuple[RuleRow, ...]:
    now = await visitor.still()
    return await catalog_reads.rules(now.house)


def _show(wanted: str, rows: tuple[RuleRow, ...]) -> None:
    with ui.card().classes("flush"):
        if not rows:
            empty_state("gavel", "No rules", "Publish one from its file: loanwright catalog apply.")
            return
        with ui.element("div").classes("lw-bar"):
            search = ui.input(value=wanted, placeholder="Title, citation or place")
            search.props('clearable debounce=200 aria-label="Search rules"').classes("grow w-60")
            unverified = sum(not row.verified for row in rows)
            ui.label(f"{count(len(rows), 'rule')}, {unverified:,} not yet verified").classes(
                "lw-sub"
            )
        place = ui.element("div").classes("w-full")

    def draw() -> None:
        place.clear()
        with place:
            _tree(rows, search.value or "")

    search.on_value_change(draw)
    draw()


def _tree(rows: tuple[RuleRow, ...], wanted: str) -> None:
    """The branches of the law, those open that hold what is looked for."""
    found = [row for row in rows if fits(row, wanted)]
    if not found:
        empty_state("search_off", "No rule fits", "Try part of a title, a citation or a place.")
    for place, rules in groupby(found, key=branch):
        shown = [_row(rule) for rule in rules]
        with ui.element("details").classes("lw-fold") as fold:
            if wanted:
                fold.props("open")
            with ui.element("summary"):
                ui.label(place)
                ui.label(count(len(shown), "rule")).classes("n")
            table(COLUMNS, shown, key="rule", label=f"Rules of {place}")


def fits(row: RuleRow, wanted: str) -> bool:
    """Whether every word looked for stands in the rule's title, name, place or citation."""
    text = f"{row.title} {row.rule} {branch(row)} {row.citation}".casefold()
    return all(word in text for word in wanted.casefold().split())


def branch(rule: RuleRow) -> str:
    """The branch of the tree a rule stands on, in words: "US · Federal · Truth in lending"."""
    parts = rule.rule.split(".")
    named = min(3 if parts[0] == "us" else 2, len(parts) - 1)
    words = [part.upper() if part in SPELLED else title(part) for part in parts[:named]]
    if parts[:2] == ["us", "states"] and named == 3:
        words[2] = parts[2].replace("_", " ").title().replace(" Of ", " of ")
    return " · ".join(words)


def _row(rule: RuleRow) -> Row:
    return {
        "rule": rule.rule,
        "title": rule.title,
        "title_href": f"/rules/{rule.rule}",
        "title_second": rule.rule,
        "kind": title(rule.kind),
        "asked": ", ".join(title(point).lower() for point in rule.points),
        "citation": rule.citation,
        "checked": "Checked" if rule.verified else "Unverified",
        "checked_tone": "ok" if rule.verified else "warn",
    }
