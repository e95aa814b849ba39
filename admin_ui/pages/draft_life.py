"""A loan under a draft lived through its first year: played, stepped, set back."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from nicegui import background_tasks, ui
from starlette.requests import Request

from admin_ui.components.attempt import attempt
from admin_ui.components.chart import bars
from admin_ui.components.draft_preview import SIZES
from admin_ui.components.draft_words import draft_title
from admin_ui.components.facts import Facts
from admin_ui.components.heading import card
from admin_ui.components.problem_banner import banner, problem_banner
from admin_ui.formats import day, money
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import stage_title
from servicing.permissions import require
from servicing.publishing import drafts
from servicing.studio.sample import Size
from servicing.studio.simulation import Outcome, simulate
from servicing.views.publishing import DraftView
from servicing.views.studio import Life, SampleDay

OUTCOMES: Final = {
    "paid": "Paid on its day",
    "late_10": "10 days late",
    "late_20": "20 days late",
    "half": "Half is paid",
    "returned": "Returned by the bank",
    "missed": "Not paid",
}
PACE: Final = 0.8
"""Seconds between two days of a loan that is played."""


async def page(request: Request, draft_id: str) -> None:
    """The page of a simulation."""
    visitor = visitor_of(request)
    require(visitor.actor, "products:read")
    draft = await drafts.find(visitor.house, draft_id)
    with shell(
        visitor, "/drafts", f"Simulation: {draft_title(draft.row)}", "One loan, its first year"
    ) as actions:
        with actions:
            ui.button("Draft").props(f'outline tag=a href="/drafts/{draft_id}"')
        await LifeDesk(visitor, draft).start()


class LifeDesk:
    """What is put in at the left, what comes of it at the right."""

    def __init__(self, visitor: Visitor, draft: DraftView) -> None:
        self._visitor, self._draft = visitor, draft
        self._outcomes: dict[int, Outcome] = {}
        self._life: Life | None = None
        self._notices = ui.element("div").classes("w-full empty:hidden")
        with ui.element("div").classes("lw-grid side"):
            with card("What happens"):
                self._size = ui.select(SIZES, value="middle", label="Loan")
                self._size.on_value_change(self._again).classes("w-full")
                self._inputs = ui.element("div").classes("flex flex-col gap-2 w-full")
            with ui.element("div").classes("flex flex-col gap-5 min-w-0"):
                self._draw_player()
        self._timer = ui.timer(PACE, self._tick, active=False)

    def _draw_player(self) -> None:
        with card("The loan, day by day"):
            with ui.row(wrap=False).classes("items-center gap-2 w-full"):
                back = ui.button(icon="skip_previous", on_click=partial(self._step, -1))
                back.props('flat round dense aria-label="Step back"')
                self._play = ui.button(icon="play_arrow", on_click=self._toggle)
                self._play.props('round dense aria-label="Play"')
                forth = ui.button(icon="skip_next", on_click=partial(self._step, 1))
                forth.props('flat round dense aria-label="Step on"')
                self._slider = ui.slider(min=0, max=0, value=0, on_change=self._moved)
                self._slider.props('aria-label="Day"').classes("grow mx-2")
            self._day = ui.element("div").classes("w-full").props('aria-live="polite"')
            self._chart = bars([], {"Principal": []}, summary="", height=180)
            self._chart.options["animation"] = False
        with card("What happened by then"):
            self._line = ui.element("ul").classes("lw-line")

    async def start(self) -> None:
        """Live it for the first time."""
        await self._live()

    def _again(self) -> None:
        background_tasks.create(self._live(), context=self._notices)

    async def _live(self) -> None:
        async def work() -> Life:
            now = await self._visitor.still()
            size = Size(str(self._size.value))
            return await simulate(now.house, self._draft.row.draft_id, size, dict(self._outcomes))

        found = await attempt(work, self._failed)
        if found is None:
            return
        self._notices.clear()
        if found.refused:
            with self._notices:
                banner("warn", "Something could not happen", found.refused)
        numbers = [row.number for row in found.installments]
        before = [row.number for row in self._life.installments] if self._life else []
        self._life = found
        if numbers != before:
            self._draw_inputs(found)
        self._slider.props(f"max={max(0, len(found.days) - 1)}")
        self._slider.value = min(int(self._slider.value or 0), max(0, len(found.days) - 1))
        self._draw_chart(found)
        self._show()

    def _failed(self, fault: Exception) -> None:
        self._notices.clear()
        with self._notices:
            problem_banner(fault)

    def _draw_inputs(self, life: Life) -> None:
        self._inputs.clear()
        with self._inputs:
            for row in life.installments:
                ui.select(
                    OUTCOMES, value=row.outcome,
                    label=f"{row.number}. {day(row.due_date)}, {row.amount}",
                    on_change=partial(self._put_in, row.number),
                ).classes("w-full")  # fmt: skip

    def _put_in(self, number: int, event: Any) -> None:
        self._outcomes[number] = Outcome(str(event.value))
        self._again()

    def _draw_chart(self, life: Life) -> None:
        options = self._chart.options
        options["xAxis"]["data"] = [day(each.on) for each in life.days]
        options["series"][0]["data"] = [each.principal for each in life.days]
        self._chart.props["aria-label"] = f"Principal over {len(life.days)} days"
        self._chart.update()

    def _toggle(self) -> None:
        self._timer.active = not self._timer.active
        if self._timer.active and self._life and self._slider.value >= len(self._life.days) - 1:
            self._slider.value = 0
        self._show_playing()

    def _show_playing(self) -> None:
        playing = self._timer.active
        self._play.props(f"icon={'pause' if playing else 'play_arrow'}")
        self._play.props(f'aria-label="{"Pause" if playing else "Play"}"')

    def _tick(self) -> None:
        self._step(1)
        if self._life is None or self._slider.value >= len(self._life.days) - 1:
            self._timer.active = False
            self._show_playing()

    def _step(self, by: int) -> None:
        last = len(self._life.days) - 1 if self._life else 0
        self._slider.value = max(0, min(last, int(self._slider.value or 0) + by))

    def _moved(self) -> None:
        self._show()

    def _show(self) -> None:
        if self._life is None or not self._life.days:
            return
        place = min(int(self._slider.value or 0), len(self._life.days) - 1)
        shown = self._life.days[place]
        self._day.clear()
        with self._day:
            ui.label(day(shown.on)).classes("font-semibold")
            self._facts(shown)
        self._line.clear()
        with self._line:
            for moment in reversed([each for each in self._life.moments if each.on <= shown.on]):
                kind = "cash" if moment.event == "payment_received" else ""
                kind = "alarm" if moment.event in {"fee_assessed", "payment_returned"} else kind
                with ui.element("li").classes(kind):
                    with ui.element("div").classes("row1"):
                        ui.label(moment.title).classes("ttl")
                        if moment.amount:
                            ui.label(money(moment.amount)).classes("sum")
                    ui.label(day(moment.on)).classes("meta")

    def _facts(self, shown: SampleDay) -> None:
        facts = Facts()
        facts.add("Principal", money(shown.principal))
        facts.add("Interest", money(shown.interest))
        facts.add("Fees", money(shown.fees))
        facts.add("Past due", money(shown.past_due))
        facts.add("Stage", stage_title(shown.stage, shown.days_past_due))
        facts.add("Payoff", money(shown.payoff))
