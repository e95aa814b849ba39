"""The outbox: messages for the world, each written in the transaction of what it tells."""

from __future__ import annotations

from typing import Any

import msgspec
from nicegui import ui
from starlette.requests import Request

from admin_ui.components.dialog import dialog
from admin_ui.components.empty_state import empty_state
from admin_ui.components.facts import Facts
from admin_ui.components.heading import h3
from admin_ui.components.paged_table import PagedTable
from admin_ui.components.table import Column
from admin_ui.formats import count, moment, short_id
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title
from servicing import office
from servicing.permissions import require
from servicing.views import Page
from servicing.views.office import MessageView, Waiting

COLUMNS = (
    Column("number", "No.", numeric=True, narrow=False),
    Column("topic", "Message"),
    Column("loan", "Loan", narrow=False),
    Column("at", "Written", narrow=False),
    Column("state", "State"),
)
ROWS_A_PAGE = 25


async def page(request: Request) -> None:
    """Messages newest first, and how many wait."""
    visitor = visitor_of(request)
    require(visitor.actor, office.SEE_MESSAGES)
    waiting = await office.waiting(visitor.house, visitor.actor)
    with shell(visitor, "/outbox", "Outbox", waiting_words(waiting)):
        with ui.card().classes("flush"):
            Messages(visitor, request.query_params.get("waiting") == "true")


class Messages:
    """The list, and one message opened."""

    def __init__(self, visitor: Visitor, waiting_only: bool) -> None:
        self._visitor, self._waiting = visitor, waiting_only
        self._messages: dict[str, MessageView] = {}
        with ui.element("div").classes("lw-bar"):
            only = ui.checkbox("Only those nobody has taken", value=waiting_only).props("dense")
            only.on_value_change(self._choose)
            ui.label("They wait here; none is lost.").classes("lw-sub ml-auto")
        self._list = PagedTable(
            COLUMNS, self._read, self._row, key="number", label="Messages",
            when_empty=_nothing, on_press=self._open,
        )  # fmt: skip

    def _choose(self, event: Any) -> None:
        self._waiting = bool(event.value)
        ui.navigate.history.replace("/outbox" + ("?waiting=true" if self._waiting else ""))
        self._list.again()

    async def _read(self, cursor: str | None, sort: str) -> Page:
        now = await self._visitor.still()
        return await office.messages(
            now.house, now.actor, waiting_only=self._waiting, cursor=cursor, limit=ROWS_A_PAGE
        )

    def _row(self, message: MessageView) -> dict[str, Any]:
        self._messages[str(message.message)] = message
        taken = message.delivered_at is not None
        return {
            "number": f"{message.message:,}",
            "topic": topic_words(message.topic),
            "topic_press": str(message.message),
            "loan": short_id(message.loan_id),
            "loan_href": f"/loans/{message.loan_id}",
            "at": moment(message.recorded_at),
            "state": "Taken" if taken else "Waiting",
            "state_tone": "ok" if taken else "brand",
        }

    def _open(self, number: str) -> None:
        message = self._messages[number]
        with dialog(topic_words(message.topic), message.topic) as window, window.body:
            facts = Facts()
            facts.add("Loan", short_id(message.loan_id), href=f"/loans/{message.loan_id}")
            facts.add("Event", f"#{message.seq}")
            facts.add("Written", moment(message.recorded_at))
            taken = moment(message.delivered_at) if message.delivered_at else "not yet"
            facts.add("Taken", taken)
            h3("What it says")
            with ui.element("pre").classes("lw-pre mono").props("tabindex=0"):
                text = msgspec.json.format(msgspec.json.encode(message.body)).decode()
                ui.label(text).classes("whitespace-pre-wrap")


def waiting_words(waiting: Waiting) -> str:
    """How many wait, and since when."""
    if not waiting.count or waiting.oldest_at is None:
        return "Nothing waits"
    number = f"More than {waiting.count:,} messages wait" if waiting.more else (
        f"{count(waiting.count, 'message waits', 'messages wait')}"
    )  # fmt: skip
    return f"{number}, the oldest since {moment(waiting.oldest_at)}"


def topic_words(topic: str) -> str:
    """A topic in words: "loan.payment_received" is "Payment received"."""
    return title(topic.partition(".")[2] or topic)


def _nothing() -> Any:
    return empty_state("outbox", "No messages", "What happens to loans is told here.")
