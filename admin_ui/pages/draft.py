"""A draft: written as a form or as text, with a sample loan beside it; it saves itself."""

from __future__ import annotations

from functools import partial

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.attempt import attempt
from admin_ui.components.draft_desk import DraftDesk
from admin_ui.components.draft_words import STATES, draft_title, kind_title
from admin_ui.components.heading import card
from admin_ui.components.pill import pill
from admin_ui.components.problem_banner import banner, problem_banner
from admin_ui.components.source_text import source_text
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from servicing.permissions import require
from servicing.publishing import drafts
from servicing.studio.preview import preview
from servicing.views.publishing import DraftView

WRITTEN_IN = frozenset({"draft", "in_review", "approved"})


async def page(request: Request, draft_id: str) -> None:
    """The page of a draft."""
    visitor = visitor_of(request)
    require(visitor.actor, "products:read")
    draft = await drafts.find(visitor.house, draft_id)
    row = draft.row
    first = await preview(visitor.house, row.kind, row.name, row.version, draft.text)
    begun = f"begun from {row.began_from}" if row.began_from else "something new"
    subtitle = f"Draft of a {kind_title(row.kind).lower()}, {begun}"
    with shell(visitor, "/drafts", draft_title(row), subtitle) as actions:
        words, tone = STATES[row.state]
        writes = visitor.may(drafts.WRITE) and row.state in WRITTEN_IN
        with actions:
            said = ui.label("Saved" if writes else "").classes("lw-sub").props('aria-live="polite"')
            pill(row.state, tone, text=words)
            if row.kind == "product":
                ui.button("Simulate").props(f'outline tag=a href="/drafts/{draft_id}/life"')
            ui.button("Review").props(f'outline tag=a href="/drafts/{draft_id}/review"')
        if not writes:
            with card("Text"):
                source_text(draft.text, f"Text of the draft of {row.name}", dark=visitor.dark)
            return
        if row.state != "draft":
            banner("warn", words, "A change takes it back to being written.")
        desk = DraftDesk(visitor, draft, first, said)
        with actions:
            if row.state == "draft":
                ui.button("Submit for review", on_click=partial(_submit, visitor, draft, desk))


async def _submit(visitor: Visitor, draft: DraftView, desk: DraftDesk) -> None:
    """Keep what is written, then ask for review."""
    if not await desk.save():
        ui.notify("Wait until the draft is saved.", position="top")
        return

    async def work() -> DraftView:
        now = await visitor.still()
        return await drafts.submit(now.house, now.actor, draft.row.draft_id, desk.revision, "")

    if await attempt(work, lambda fault: desk.tell(problem_banner, fault)) is not None:
        ui.navigate.to(f"/drafts/{draft.row.draft_id}/review")
