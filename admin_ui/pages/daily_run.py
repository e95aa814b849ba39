"""The daily run and the check of the whole book, started by hand; both can be left running."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.attempt import attempt
from admin_ui.components.heading import card
from admin_ui.components.problem_banner import banner, problem_banner
from admin_ui.formats import count, day
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from servicing import daily_run, verification
from servicing.errors import Forbidden
from servicing.permissions import require

Progress = Callable[[int, int], None]
PROBLEMS_SHOWN = 50


async def page(request: Request) -> None:
    """Let time pass now, or check every loan against its events."""
    visitor = visitor_of(request)
    if not (visitor.may("daily:run") or visitor.may("verify:run")):
        raise Forbidden("daily:run")
    today = day(visitor.business_date)
    with shell(visitor, "/daily-run", "Daily run", f"Business date {today}"):
        with ui.element("div").classes("lw-grid two items-start"):
            if visitor.may("daily:run"):
                Work(
                    visitor,
                    "Let time pass",
                    "Bills installments, assesses fees and changes stages of the loans whose day "
                    "has come. It runs by itself; no number depends on it.",
                    "Run now",
                    _run,
                )
            if visitor.may("verify:run"):
                Work(
                    visitor,
                    "Check the book",
                    "Works out every loan again from its events and compares balances, journal "
                    "entries and the seal of every event with what is stored.",
                    "Check now",
                    _verify,
                )


class Work:
    """Something long: a button, its progress, what came of it."""

    def __init__(
        self,
        visitor: Visitor,
        heading: str,
        sentence: str,
        action: str,
        work: Callable[[Visitor, Progress], Awaitable[Callable[[], object]]],
    ) -> None:
        self._visitor, self._work = visitor, work
        with card(heading):
            ui.label(sentence).classes("lw-sub")
            self._button = ui.button(action, on_click=self._start).props("outline")
            self._outcome = ui.element("div").classes("flex flex-col gap-3 w-full")
            self._outcome.props('aria-live="polite"')

    async def _start(self) -> None:
        self._button.disable()
        self._outcome.clear()
        with self._outcome:
            bar = ui.linear_progress(0, show_value=False).props('aria-label="Progress"')
            told = ui.label("Reading the book").classes("lw-sub num")

        def progress(done: int, total: int) -> None:
            bar.value = done / max(total, 1)
            told.text = f"{done:,} of {count(total, 'loan')}"

        async def work() -> Callable[[], object]:
            return await self._work(await self._visitor.still(), progress)

        show = await attempt(work, lambda fault: self._say(lambda: problem_banner(fault)))
        if show is not None:
            self._say(show)

    def _say(self, show: Callable[[], object]) -> None:
        self._outcome.clear()
        with self._outcome:
            show()
        self._button.enable()


async def _run(now: Visitor, progress: Progress) -> Callable[[], object]:
    require(now.actor, "daily:run")
    done = await daily_run.run(now.house, progress=progress)
    words = f"{count(done.loans, 'loan')} advanced, {count(done.events, 'event')} recorded"
    kind = "bad" if done.failed else "ok"
    return lambda: banner(kind, f"Through {day(done.through)}", words, *done.failed)


async def _verify(now: Visitor, progress: Progress) -> Callable[[], object]:
    require(now.actor, "verify:run")
    found = await verification.verify(now.house, progress)
    words = f"{count(found.loans, 'loan')}, {count(found.events, 'event')}, " + count(
        found.entries, "journal entry", "journal entries"
    )
    title = count(len(found.problems), "problem") if found.problems else "Nothing wrong"
    kind = "bad" if found.problems else "ok"
    return lambda: banner(kind, title, words, *found.problems[:PROBLEMS_SHOWN])
