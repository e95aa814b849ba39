"""The review of a draft: what changes in words, figures, law and over the book; who agrees."""

from __future__ import annotations

from functools import partial

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.attempt import attempt
from admin_ui.components.checks import checks
from admin_ui.components.draft_actions import draft_actions
from admin_ui.components.draft_history import draft_history
from admin_ui.components.draft_words import STATES, draft_title
from admin_ui.components.effect_panel import EffectPanel
from admin_ui.components.empty_state import empty_state
from admin_ui.components.heading import card, h3
from admin_ui.components.later import Later
from admin_ui.components.pill import pill
from admin_ui.components.problem_banner import banner, problem_banner, problem_words
from admin_ui.components.table import Column, Row, table
from admin_ui.components.text_differences import text_differences
from admin_ui.components.waterfall_editor import WaterfallFalls
from admin_ui.formats import day, money, rate
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title
from servicing.permissions import require
from servicing.publishing import drafts
from servicing.publishing.review import review
from servicing.views.publishing import DraftView, Review, SampleFigures

RULES = (
    Column("title", "Rule", wrap=True),
    Column("points", "Asked at", wrap=True, narrow=False),
    Column("checked", "Figures"),
)
FIGURES = (
    ("installment", "Payment"),
    ("last_installment", "Last payment"),
    ("apr", "APR"),
    ("finance_charge", "Finance charge"),
    ("amount_financed", "Amount financed"),
    ("total_of_payments", "Total of payments"),
)
OPEN = frozenset({"draft", "in_review", "approved"})


async def page(request: Request, draft_id: str) -> None:
    """The page of a review."""
    visitor = visitor_of(request)
    require(visitor.actor, "products:read")
    draft = await drafts.find(visitor.house, draft_id)
    words, tone = STATES[draft.row.state]
    again = partial(ui.navigate.to, f"/drafts/{draft_id}/review")
    with shell(visitor, "/drafts", f"Review: {draft_title(draft.row)}", draft.file) as actions:
        with actions:
            pill(draft.row.state, tone, text=words)
            if draft.row.state in OPEN and visitor.may(drafts.WRITE):
                ui.button("Edit").props(f'outline tag=a href="/drafts/{draft_id}"')
            draft_actions(visitor, draft, again)
        _standing(visitor, draft)
        Later(
            partial(_read, visitor, draft_id), partial(_show, visitor),
            classes="flex flex-col gap-5 w-full",
        )  # fmt: skip


def _standing(visitor: Visitor, draft: DraftView) -> None:
    """Why the one button a person looks for may be missing, and what was published."""
    wrote = {entry.actor for entry in draft.history if entry.action in {"created", "edited"}}
    if draft.row.state == "in_review" and visitor.actor.actor_id in wrote:
        banner("brand", "It waits for another person", "You wrote in it; another one approves it.")
    if draft.row.state == "published":
        target = (
            f"/rules/{draft.row.name}"
            if draft.row.kind == "rule"
            else f"/products/{draft.row.name}?version={draft.row.version}"
        )
        with banner("ok", "It is published"):
            if draft.row.kind in {"rule", "product"}:
                ui.link("See it as it is offered", target)


async def _read(visitor: Visitor, draft_id: str) -> Review:
    now = await visitor.still()
    return await review(now.house, draft_id)


def _show(visitor: Visitor, view: Review) -> None:
    draft = view.draft
    if draft.problems:
        banner("bad", "It cannot be published as it is", *(
            problem_words(problem) for problem in draft.problems[:10]
        ))  # fmt: skip
    with ui.element("div").classes("lw-grid wide"):
        with ui.element("div").classes("flex flex-col gap-5 min-w-0"):
            _in_words(view)
            if view.sample:
                _sample(view)
            if draft.row.kind in {"product", "rule"} and not draft.problems:
                EffectPanel(visitor, draft, view.effect)
            with card("As text"):
                text_differences(view.compared_text, draft.text)
        with ui.element("div").classes("flex flex-col gap-5 min-w-0"):
            _comments(visitor, draft)
            if view.examples:
                with card("Examples") as side:
                    checks(view.examples, side)
            _rules(view)
            _used(view)
            if view.waterfall is not None:
                WaterfallFalls().show(view.waterfall)


def _in_words(view: Review) -> None:
    with card("What changes") as side:
        with side:
            compared = view.compared_with or "nothing published"
            ui.label(f"Compared with {compared}").classes("lw-sub")
        if not view.in_words:
            kind = "in words" if view.differences else "at all"
            ui.label(f"Nothing changes {kind}.").classes("lw-sub")
        for change in view.in_words:
            with ui.element("div").classes("lw-change-words"):
                h3(change.title)
                if change.before:
                    with ui.element("p").classes("was"):
                        ui.label("Before: ").classes("sr-only")
                        ui.label(change.before)
                if change.after:
                    with ui.element("p").classes("now"):
                        ui.label("After: ").classes("sr-only")
                        ui.label(change.after)
        others = [each for each in view.differences if each.path]
        if others and view.compared_with:
            with ui.element("details").classes("lw-detail"):
                with ui.element("summary"):
                    ui.label(f"By place ({len(others)})").classes("inline")
                with ui.element("ul").classes("m-0 pl-5 list-disc lw-sub"):
                    for each in others:
                        with ui.element("li"):
                            ui.label(
                                f"{each.path}: {each.before or 'nothing'} → "
                                f"{each.after or 'nothing'}"
                            )


def _sample(view: Review) -> None:
    with card("The same loan"), ui.element("table").classes("lw-change"):
        with ui.element("thead"), ui.element("tr"):
            for heading in ("Figure", *(sample.version for sample in view.sample)):
                with ui.element("th").props("scope=col"):
                    ui.label(heading)
        with ui.element("tbody"):
            for name, words in FIGURES:
                shown = [_figure(sample, name) for sample in view.sample]
                with ui.element("tr"):
                    with ui.element("td"):
                        ui.label(words)
                    for text in shown:
                        with ui.element("td").classes("up" if len(set(shown)) > 1 else ""):
                            ui.label(text)


def _figure(sample: SampleFigures, name: str) -> str:
    value = str(getattr(sample, name))
    return rate(value) if name == "apr" else money(value)


def _comments(visitor: Visitor, draft: DraftView) -> None:
    with card("What was said and done"):
        draft_history(draft.history)
        if draft.row.state not in OPEN:
            return
        said = ui.input("Say something").classes("w-full")
        outcome = ui.element("div").classes("w-full").props('aria-live="polite"')

        async def work() -> DraftView:
            now = await visitor.still()
            return await drafts.comment(
                now.house, now.actor, draft.row.draft_id, draft.row.revision, str(said.value)
            )

        def failed(fault: Exception) -> None:
            outcome.clear()
            with outcome:
                problem_banner(fault)

        async def say() -> None:
            if str(said.value or "").strip() and await attempt(work, failed) is not None:
                ui.navigate.reload()

        said.on("keydown.enter", say)
        ui.button("Comment", on_click=say).props("outline dense").classes("self-start")


def _rules(view: Review) -> None:
    if view.draft.row.kind != "product" or (view.draft.row.state == "published" and not view.rules):
        return
    with card("Rules that bind", flush=True):
        if not view.rules:
            empty_state("gavel", "No rule binds", "No rule says anything of loans in its limits.")
            return
        rows: list[Row] = [
            {
                "title": rule.title,
                "title_href": f"/rules/{rule.rule}",
                "title_second": rule.citation,
                "points": ", ".join(title(point).lower() for point in rule.points),
                "checked": "Checked" if rule.verified else "Unverified",
                "checked_tone": "ok" if rule.verified else "warn",
            }
            for rule in view.rules
        ]
        table(RULES, rows, key="title", label="Rules that bind")


def _used(view: Review) -> None:
    if not view.where_used:
        return
    with card("Where it is used"):
        for used in view.where_used:
            h3(used.reference)
            if not used.products:
                ui.label("Nowhere.").classes("lw-sub")
            for use in used.products[:12]:
                ui.label(
                    f"{use.title} ({use.reference}), {use.state}: {use.live_loans:,} live loans"
                )
        if view.live_from:
            ui.label(f"Offered from {day(view.live_from)}").classes("lw-sub")
