"""Beside a draft: what a sample loan under it costs, and how its examples come out, as it is typed.

Its parts stay and change in place, so that nothing jumps while a person types.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from msgspec.structs import replace
from nicegui import ui

from admin_ui.components.chart import bars, steps
from admin_ui.components.heading import card, h3
from admin_ui.components.problem_banner import banner, problem_words
from admin_ui.components.schedule_table import schedule_rows_shown, schedule_table
from admin_ui.formats import count, day, money, rate
from admin_ui.words import title
from engine.errors import Problem
from servicing.views import ScheduleRow
from servicing.views.studio import DraftPreview, Moment, SampleLoan

SIZES: Final = {"smallest": "Smallest loan", "middle": "Middle loan", "largest": "Largest loan"}
SCENARIOS: Final = {
    "missed": "Nothing is paid",
    "late": "First one 20 days late",
    "returned": "First one returned",
    "as_agreed": "Paid as agreed",
    "paid_off": "Paid off early",
}
ROWS_IN_CHART: Final = 120
_FACTS: Final = (
    "Amount", "Payments", "Payment", "APR", "Finance charge", "Amount financed",
    "Total of payments", "First late fee", "Payoff",
)  # fmt: skip


class DraftPreviewPanel:
    """The panel; ``choose`` is told when another loan or scenario is chosen."""

    def __init__(
        self, *, sample: bool, choose: Callable[[], Any], go_to: Callable[[int], Any]
    ) -> None:
        self._go_to = go_to
        self.size: Any = None
        self.scenario: Any = None
        self._wrong: tuple[Problem, ...] | None = None
        self._rows: tuple[ScheduleRow, ...] = ()
        self._told: tuple[Moment, ...] = ()
        self._foreseen: tuple[tuple[date, str], ...] = ()
        with ui.element("div").classes("flex flex-col gap-4 w-full").props('aria-live="off"'):
            with card("Problems") as side:
                with side:
                    self._state = ui.label("").classes("lw-pill")
                self._problems = ui.element("div").classes("flex flex-col gap-1 w-full")
            if sample:
                self._sample_card(choose)

    def _sample_card(self, choose: Callable[[], Any]) -> None:
        with card("A sample loan"):
            with ui.element("div").classes("lw-grid two"):
                self.size = ui.select(SIZES, value="middle", label="Loan", on_change=choose)
                self.scenario = ui.select(
                    SCENARIOS, value="missed", label="What happens", on_change=choose
                )
            self._refused = ui.element("div").classes("w-full")
            with ui.element("div").classes("w-full flex flex-col gap-4") as self._sample:
                self._facts: dict[str, ui.label] = {}
                with ui.element("dl").classes("lw-facts"):
                    for word in _FACTS:
                        with ui.element("div"):
                            with ui.element("dt"):
                                ui.label(word)
                            with ui.element("dd"):
                                self._facts[word] = ui.label("").mark(word)
                self._chart = bars([], {"Principal": [], "Interest": []}, stacked=True, summary="")
                self._chart.options["animation"] = False
                with ui.element("div").classes("w-full") as self._plan:
                    h3("Rate plan")
                    self._rates = steps([], [], summary="")
                    self._rates.options["animation"] = False
                self._plan.set_visibility(False)
                with ui.element("details").classes("lw-detail"):
                    with ui.element("summary"):
                        self._rows_label = ui.label("").classes("inline")
                    self._table = schedule_table((), brief=True)
                with ui.element("details").classes("lw-detail"):
                    with ui.element("summary"):
                        ui.label("What happens to it").classes("inline")
                    self._moments = ui.element("ul").classes("lw-line")

    def show(self, view: DraftPreview) -> None:
        """Show what the draft comes to now."""
        self._show_problems(view)
        if self.size is None:
            return
        if view.refused or self._refused.default_slot.children:
            self._refused.clear()
        if view.refused:
            with self._refused:
                banner("warn", "This loan would not be made", *view.refused)
        self._sample.set_visibility(view.sample is not None or not view.refused)
        if view.sample is not None:
            self._show_sample(view.sample)

    def _show_problems(self, view: DraftPreview) -> None:
        if view.problems == self._wrong:
            return
        self._wrong = view.problems
        number = len(view.problems)
        self._state.text = "Sound" if not number else count(number, "problem")
        self._state.classes(remove="ok bad", add="bad" if number else "ok")
        self._problems.clear()
        with self._problems:
            if not number:
                ui.label("The draft says something whole.").classes("lw-sub")
            for problem in view.problems[:12]:
                with ui.element("div").classes("lw-problem"):
                    where = f"Line {problem.line}" if problem.line else "Somewhere"
                    ui.button(where, on_click=lambda at=problem.line: self._go_to(at)).props(
                        "flat dense"
                    )
                    ui.label(problem_words(replace(problem, line=0)))
            if number > 12:
                ui.label(f"and {number - 12} more").classes("lw-sub")

    def _show_sample(self, sample: SampleLoan) -> None:
        quote, currency = sample.quote, sample.quote.currency
        disclosed, rows, late = quote.truth_in_lending, quote.schedule, sample.late_fee
        said = {
            "Amount": money(quote.loan_amount, currency),
            "Payments": f"{quote.number_of_payments}, {title(quote.frequency).lower()}",
            "Payment": money(quote.installment_amount, currency),
            "APR": rate(disclosed.apr),
            "Finance charge": money(disclosed.finance_charge, currency),
            "Amount financed": money(disclosed.amount_financed, currency),
            "Total of payments": money(disclosed.total_of_payments, currency),
            "First late fee": f"{money(late.amount, currency)} on {day(late.on)}"
            if late
            else "None",
            "Payoff": f"{money(sample.at.payoff, currency)} on {day(sample.at.on)}",
        }
        for word, text in said.items():
            self._facts[word].text = text
        if sample.rates != self._foreseen:
            self._foreseen = sample.rates
            self._show_rates(sample.rates, rows[-1].due_date)
        if rows != self._rows:
            self._rows = rows
            self._show_schedule(rows, said["Payment"])
        if sample.moments != self._told:
            self._told = sample.moments
            self._show_moments(sample)

    def _show_rates(self, rates: tuple[tuple[date, str], ...], last: date) -> None:
        """The rate from each day on, where it changes at all."""
        self._plan.set_visibility(len(rates) > 1)
        if len(rates) < 2:
            return
        told = [(day(on), f"{Decimal(text) * 100:f}") for on, text in rates]
        options = self._rates.options
        options["xAxis"]["data"] = [*(on for on, _ in told), day(last)]
        options["series"][0]["data"] = [*(text for _, text in told), told[-1][1]]
        self._rates.props["aria-label"] = "Rate plan: " + ", ".join(
            f"{text} % from {on}" for on, text in told
        )
        self._rates.update()

    def _show_schedule(self, rows: tuple[ScheduleRow, ...], payment: str) -> None:
        chart = self._chart.options
        chart["xAxis"]["data"] = [str(row.number) for row in rows[:ROWS_IN_CHART]]
        chart["series"][0]["data"] = [row.principal for row in rows[:ROWS_IN_CHART]]
        chart["series"][1]["data"] = [row.interest for row in rows[:ROWS_IN_CHART]]
        self._chart.props["aria-label"] = (
            f"Principal and interest of {len(rows)} installments of about {payment}"
        )
        self._chart.update()
        self._rows_label.text = f"All {count(len(rows), 'installment')}"
        self._table.rows = schedule_rows_shown(rows)

    def _show_moments(self, sample: SampleLoan) -> None:
        currency = sample.quote.currency
        self._moments.clear()
        with self._moments:
            for moment in sample.moments:
                with ui.element("li"):
                    with ui.element("div").classes("row1"):
                        ui.label(moment.title).classes("ttl")
                        if moment.amount:
                            ui.label(money(moment.amount, currency)).classes("sum")
                    ui.label(day(moment.on)).classes("meta")
            if sample.refused:
                with ui.element("li").classes("alarm"):
                    ui.label(sample.refused)
