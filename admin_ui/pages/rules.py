"""Rules: the law's own tree, with what each rule says and where it stands."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.empty_state import empty_state
from admin_ui.components.later import Later
from admin_ui.components.table import Column, Row, table
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title
from servicing import catalog_reads
from servicing.permissions import require
from servicing.views import RuleRow

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
    with shell(visitor, "/rules", "Rules", "What the law says, as data, with tests"):
        Later(partial(_read, visitor), _show, classes="flex flex-col gap-5 w-full")


async def _read(visitor: Visitor) -> tuple[RuleRow, ...]:
    now = await visitor.still()
    return await catalog_reads.rules(now.house)


def _show(rows: tuple[RuleRow, ...]) -> None:
    if not rows:
        with ui.card():
            empty_state("gavel", "No rules", "Publish one from its file: loanwright catalog apply.")
        return
    for place, rules in groupby(rows, key=branch):
        with ui.card().classes("flush"):
            with ui.element("div").classes("lw-card-head"):
                with ui.element("h2").classes("lw-h2"):
                    ui.label(place)
            shown = [_row(rule) for rule in rules]
            table(COLUMNS, shown, key="rule", label=f"Rules of {place}")


def branch(rule: RuleRow) -> str:
    """The branch of the tree a rule stands on, in words: "US · States · California"."""
    parts = rule.rule.split(".")
    named = 3 if parts[1:2] == ["states"] else 2 if len(parts) > 2 else 1
    words = [part.upper() if len(part) == 2 else title(part) for part in parts[:named]]
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
