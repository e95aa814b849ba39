"""One rule: what it says, where it stands, its dated values, its tests as they run now."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import groupby

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.attempt import attempt
from admin_ui.components.decision_grid import decision_grid
from admin_ui.components.facts import Facts
from admin_ui.components.heading import card
from admin_ui.components.pill import pill
from admin_ui.components.problem_banner import banner
from admin_ui.components.source_text import source_text
from admin_ui.components.table import Column, Row, table
from admin_ui.components.try_rule import TryRule
from admin_ui.components.which_loans import WhichLoansPanel
from admin_ui.formats import day
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import answer, title, tone
from servicing import catalog_reads, findings
from servicing.permissions import require
from servicing.publishing import drafts
from servicing.views import RuleView
from servicing.views.publishing import DraftView

VALUES = (Column("name", "Value"), Column("from", "From"), Column("value", "Is", numeric=True))
TESTS = (
    Column("passed", "Holds"),
    Column("name", "Test", wrap=True),
    Column("on", "On", narrow=False),
    Column("given", "Given", wrap=True, narrow=False),
    Column("expect", "Expected"),
)


async def page(request: Request, rule: str) -> None:
    """The page of a rule."""
    visitor = visitor_of(request)
    require(visitor.actor, "rules:read")
    view = await catalog_reads.rule(visitor.house, rule)
    with shell(visitor, "/rules", view.row.title, view.row.rule) as actions:
        with actions:
            if visitor.may(findings.SEE):
                log = f"/findings?rule={view.row.rule}"
                ui.button("Findings").props(f'outline tag=a href="{log}"')
            if visitor.may(drafts.WRITE):
                ui.button("Draft a change", on_click=partial(_draft, visitor, view))
        if not view.row.verified:
            banner(
                "warn",
                "Not verified",
                "The figures of this rule were not yet checked against the source of the law.",
            )
        with ui.element("div").classes("lw-grid wide"):
            with ui.element("div").classes("flex flex-col gap-5 min-w-0"):
                _words(view)
                if view.row.kind == "table":
                    decision_grid(view.document)
                TryRule(visitor, view.row.rule)
                _tests(view)
                with card("As published"):
                    source_text(view.text, f"Text of {view.row.rule}", dark=visitor.dark)
            with ui.element("div").classes("flex flex-col gap-5 min-w-0"):
                _law(view)
                _values(view)
                if visitor.may("portfolio:read"):
                    WhichLoansPanel(visitor, view)


async def _draft(visitor: Visitor, view: RuleView) -> None:
    """Begin a draft from the rule as it stands."""

    async def work() -> DraftView:
        now = await visitor.still()
        return await drafts.create(now.house, now.actor, kind="rule", name=view.row.rule)

    draft = await attempt(work, lambda fault: ui.notify(str(fault), type="negative"))
    if draft is not None:
        ui.navigate.to(f"/drafts/{draft.row.draft_id}")


def _words(view: RuleView) -> None:
    with card("In words"):
        for sentence in view.in_words:
            ui.label(sentence)


def _law(view: RuleView) -> None:
    with card("The law"):
        facts = Facts()
        if view.href:
            facts.add("Citation", view.row.citation, href=view.href)
        else:
            facts.add("Citation", view.row.citation)
        facts.add("Holds in", view.row.jurisdiction)
        facts.add("Kind", title(view.row.kind))
        facts.add("Asked at", ", ".join(title(point).lower() for point in view.row.points))


def _values(view: RuleView) -> None:
    with card("Dated values", flush=True):
        if not view.values:
            ui.label("The rule has no figures of its own.").classes("lw-sub px-[18px] pb-4")
            return
        rows: list[Row] = []
        for name, dated in groupby(view.values, key=lambda value: value[0]):
            for _, start, value in dated:
                rows.append(
                    {
                        "key": f"{name} {start}",
                        "name": title(name),
                        "from": day(start),
                        "value": value,
                    }
                )
        table(VALUES, rows, key="key", label="Dated values")


def given_words(given: dict[str, str]) -> str:
    """What a test supposes: "Covered borrower: yes; Military APR: 0.3601"."""
    said = {"True": "yes", "False": "no"}
    return "; ".join(f"{title(name)}: {said.get(value, value)}" for name, value in given.items())


def _tests(view: RuleView) -> None:
    passed = sum(bool(test["passed"]) for test in view.tests)
    with card("Tests", flush=True) as side:
        with side:
            every = passed == len(view.tests)
            pill("pass", "ok" if every else "bad", text=f"{passed} of {len(view.tests)} hold")
        rows: list[Row] = [
            {
                "key": number,
                "passed": "Holds" if test["passed"] else "Fails",
                "passed_tone": "ok" if test["passed"] else "bad",
                "name": test["name"],
                "on": day(date.fromisoformat(test["on"])),
                "given": given_words(test["given"]),
                "expect": answer(test["expect"]),
                "expect_tone": tone(test["expect"]),
                "expect_second": "" if test["passed"] else f"got {test['got']}",
            }
            for number, test in enumerate(view.tests)
        ]
        table(TESTS, rows, key="key", label="Tests of the rule")
