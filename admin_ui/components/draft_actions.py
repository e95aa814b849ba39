"""What may be done with a draft where it stands, by whom: submit, approve, send back, publish."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final, NamedTuple

from nicegui import ui

from admin_ui.components.attempt import attempt
from admin_ui.components.dialog import dialog
from admin_ui.components.problem_banner import problem_banner
from admin_ui.visitor import Visitor
from servicing.publishing import drafts, publish
from servicing.views.publishing import DraftView

Use = Callable[..., Awaitable[DraftView]]


class Action(NamedTuple):
    """A step of a draft: who may take it and from where."""

    words: str
    scope: str
    states: frozenset[str]
    use: Use
    note: str
    """What a note is asked for; empty where none is."""
    strong: bool = False
    by_another: bool = False
    """Whether whoever wrote in the draft may not."""


async def _publish(house: Any, actor: Any, draft_id: str, revision: int, note: str) -> DraftView:
    del note
    return await publish.publish(house, actor, draft_id, revision)


_UNDER_REVIEW: Final = frozenset({"in_review", "approved"})
_OPEN: Final = frozenset({"draft", "in_review", "approved"})
ACTIONS: Final = (
    Action("Submit for review", drafts.WRITE, frozenset({"draft"}), drafts.submit,
           "What changes and why", strong=True),
    Action("Approve", drafts.APPROVE, frozenset({"in_review"}), drafts.approve, "A note",
           strong=True, by_another=True),
    Action("Publish", drafts.PUBLISH, frozenset({"approved"}), _publish, "", strong=True),
    Action("Ask for changes", drafts.APPROVE, _UNDER_REVIEW, drafts.send_back,
           "What should change"),
    Action("Withdraw", drafts.WRITE, _OPEN, drafts.withdraw, "Why it is given up"),
)  # fmt: skip


def actions_for(visitor: Visitor, draft: DraftView) -> list[Action]:
    """The steps this person may take now."""
    wrote = {entry.actor for entry in draft.history if entry.action in {"created", "edited"}}
    return [
        action
        for action in ACTIONS
        if draft.row.state in action.states
        and visitor.may(action.scope)
        and not (action.by_another and visitor.actor.actor_id in wrote)
    ]


def draft_actions(visitor: Visitor, draft: DraftView, done: Callable[[], Any]) -> None:
    """A button for each step; ``done`` is called when one was taken."""
    for action in reversed(actions_for(visitor, draft)):
        button = ui.button(action.words, on_click=partial(_ask, visitor, draft, action, done))
        if not action.strong:
            button.props("outline" if action.words != "Withdraw" else "flat")


def _ask(visitor: Visitor, draft: DraftView, action: Action, done: Callable[[], Any]) -> None:
    with dialog(action.words, draft.file) as window:
        with window.body:
            if action.words == "Publish":
                ui.label("From its first day it is what is offered. A published version stays.")
            note = ui.input(f"{action.note} (optional)").classes("w-full") if action.note else None
            outcome = ui.element("div").classes("w-full").props('aria-live="polite"')

        def failed(fault: Exception) -> None:
            outcome.clear()
            with outcome:
                problem_banner(fault)

        async def take() -> None:
            async def work() -> DraftView:
                now = await visitor.still()
                said = str(note.value or "") if note is not None else ""
                return await action.use(
                    now.house, now.actor, draft.row.draft_id, draft.row.revision, said
                )

            if await attempt(work, failed) is not None:
                window.close()
                done()

        with window.foot:
            ui.button(action.words, on_click=take)
