"""The effect of a draft over the live book: worked out beside the doors, with progress."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from nicegui import background_tasks, ui

from admin_ui.components.attempt import attempt
from admin_ui.components.heading import card, h3
from admin_ui.components.problem_banner import banner, problem_banner
from admin_ui.components.table import Column, Row, table
from admin_ui.formats import amount, count, day, money, rate, short_id
from admin_ui.visitor import Visitor
from servicing.publishing import drafts, effect, rule_effect
from servicing.views.effect import EffectView, LoanEffect
from servicing.views.publishing import DraftView

LOOKS_EVERY: Final = 0.5
FEES: Final = (
    Column("name", "Fee", wrap=True),
    Column("before", "So far", numeric=True),
    Column("after", "Under the draft", numeric=True),
)
LARGEST: Final = (
    Column("loan", "Loan", wrap=True),
    Column("owed_before", "Owes", numeric=True, narrow=False),
    Column("owed_after", "Would owe", numeric=True),
    Column("difference", "Difference", numeric=True),
)


class EffectPanel:
    """Start it, watch it, stop it, read it."""

    def __init__(self, visitor: Visitor, draft: DraftView, found: EffectView | None) -> None:
        self._visitor, self._draft, self._view = visitor, draft, found
        with card("Effect on the live book") as side:
            with side:
                self._buttons = ui.element("div").classes("lw-actions")
            self._place = ui.element("div").classes("flex flex-col gap-3 w-full")
            self._place.props('aria-live="polite"')
        self._draw()
        self._timer = ui.timer(LOOKS_EVERY, self._look, active=self._running)

    @property
    def _running(self) -> bool:
        return self._view is not None and self._view.state == "running"

    def _draw(self) -> None:
        self._buttons.clear()
        self._place.clear()
        view = self._view
        if self._visitor.may(drafts.WRITE):
            with self._buttons:
                if self._running and self._draft.row.kind == "rule":
                    ui.label("Being worked out").classes("lw-sub")
                elif self._running:
                    ui.button("Stop", on_click=self._stop).props("outline dense")
                else:
                    words = "Work it out" if view is None else "Work it out again"
                    ui.button(words, on_click=self._start).props("outline dense")
        with self._place:
            if view is None:
                which = "of the book" if self._draft.row.kind == "rule" else "of the product"
                ui.label(
                    f"Every live loan {which} is decided anew under the draft. Nothing of the "
                    "book is written."
                ).classes("lw-sub")
            else:
                self._draw_found(view)

    def _draw_found(self, view: EffectView) -> None:
        if view.content_hash != self._draft.content_hash:
            banner("warn", "Worked out for an earlier text", "The draft was changed since.")
        done = view.loans_done / view.loans_total if view.loans_total else 1.0
        if view.state == "running":
            bar = ui.linear_progress(done, show_value=False).props("instant-feedback")
            bar.props["aria-label"] = "Loans worked out"
            ui.label(f"{view.loans_done:,} of {count(view.loans_total, 'loan')}").classes("lw-sub")
            return
        if view.state != "done":
            banner("warn", f"The run is {view.state}", view.failure or "Start it again.")
        ui.label(
            f"{count(view.loans_done, 'loan')} as of {day(view.as_of)} in {view.seconds:.1f} s: "
            f"{count(view.loans_changed, 'loan')} would stand otherwise."
        )
        with ui.element("dl").classes("lw-facts"):
            for word, text in (
                ("Owed more", money(view.owed_more, view.currency)),
                ("Owed less", money(view.owed_less, view.currency)),
                ("Other APR", count(view.aprs_changed, "loan")),
                ("Would not be made", count(view.refused, "loan")),
            ):
                with ui.element("div"):
                    with ui.element("dt"):
                        ui.label(word)
                    with ui.element("dd"):
                        ui.label(text)
        if view.fees:
            h3("Fees over the life of these loans")
            table(FEES, [_fee(view, place) for place in range(len(view.fees))], key="name",
                  label="Fees before and after")  # fmt: skip
        if view.largest:
            h3("Those that move most")
            table(LARGEST, [_loan(each) for each in view.largest], key="loan",
                  label="Loans that move most")  # fmt: skip

    async def _follow(self) -> None:
        """The effect of a rule is worked out while somebody looks."""

        async def work() -> bool:
            now = await self._visitor.still()
            found = rule_effect.follow(now.house, now.actor, self._draft.row.draft_id)
            async for view in found:
                if self._place.is_deleted:
                    break
                self._view = view
                self._draw()
            return True

        await attempt(work, self._failed)

    async def _start(self) -> None:
        if self._draft.row.kind == "rule":
            await self._follow()
            return
        await self._ask(lambda now: effect.start(now.house, now.actor, self._draft.row.draft_id))

    async def _stop(self) -> None:
        view = self._view
        assert view is not None, "only a run is stopped"
        await self._ask(lambda now: effect.cancel(now.house, now.actor, view.run_id))

    async def _ask(self, ask: Callable[[Visitor], Awaitable[EffectView]]) -> None:
        async def work() -> EffectView:
            return await ask(await self._visitor.still())

        found = await attempt(work, self._failed)
        if found is not None:
            self._view = found
            self._draw()
            self._timer.active = self._running

    def _failed(self, fault: Exception) -> None:
        self._place.clear()
        with self._place:
            problem_banner(fault)

    def _look(self) -> None:
        background_tasks.create(self._look_again(), context=self._place)

    async def _look_again(self) -> None:
        view = self._view
        if view is None or self._place.is_deleted:
            return
        found = await attempt(lambda: effect.find(self._visitor.house, view.run_id), self._failed)
        if found is not None and found != self._view and not self._place.is_deleted:
            self._view = found
            self._draw()
        self._timer.active = self._running


def _fee(view: EffectView, place: int) -> Row:
    fee = view.fees[place]
    return {
        "name": fee.name.replace("_", " ").capitalize(),
        "before": amount(fee.before),
        "before_second": f"{fee.before_count:,} ×",
        "after": amount(fee.after),
        "after_second": f"{fee.after_count:,} ×",
    }


def _loan(loan: LoanEffect) -> Row:
    said = [loan.first_difference] if loan.first_difference else []
    if loan.refused:
        said.append(f"would not be made: {loan.refused}")
    if loan.apr_after and loan.apr_after != loan.apr_before:
        said.append(f"APR {rate(loan.apr_before)} → {rate(loan.apr_after)}")
    return {
        "loan": short_id(loan.loan_id),
        "loan_href": f"/loans/{loan.loan_id}",
        "loan_second": "; ".join(said),
        "owed_before": amount(loan.owed_before),
        "owed_after": amount(loan.owed_after),
        "difference": amount(loan.difference),
    }
