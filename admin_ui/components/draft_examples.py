"""Examples of a product and tests of a rule, red or green as the draft is typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from nicegui import ui

from admin_ui.components.checks import check as one_check
from admin_ui.components.empty_state import empty_state
from admin_ui.components.heading import card
from admin_ui.components.schema_parts import Path
from admin_ui.formats import money
from servicing.views.studio import Checked, DraftPreview, SampleLoan


class DraftExamples:
    """The list of them; a product's sample loan becomes an example by one button."""

    def __init__(
        self,
        kind: str,
        data: Callable[[], dict[str, Any]],
        edit: Callable[[Path, Any], None],
        mended: Callable[[int], dict[str, Any] | None],
    ) -> None:
        self._kind, self._data, self._edit, self._mended = kind, data, edit, mended
        self._sample: SampleLoan | None = None
        self._shown: tuple[Checked, ...] | None = None
        with card("Examples" if kind == "product" else "Tests") as side:
            with side:
                self._state = ui.label("").classes("lw-pill")
            self._place = ui.element("div").classes("flex flex-col gap-2 w-full")
            if kind == "product":
                self._add = ui.button("Add the sample loan as an example", icon="add")
                self._add.props("outline dense").classes("self-start").on_click(self._keep)

    def show(self, view: DraftPreview) -> None:
        """Show how they come out; the last outcome stays while the draft is not whole."""
        self._sample = view.sample
        if self._kind == "product":
            self._add.set_enabled(view.sample is not None)
        if view.problems or view.checks == self._shown:
            self._state.set_visibility(not view.problems)
            return
        self._shown = view.checks
        passed = sum(check.passed for check in view.checks)
        self._state.set_visibility(bool(view.checks))
        self._state.text = f"{passed} of {len(view.checks)} hold"
        self._state.classes(remove="ok bad", add="ok" if passed == len(view.checks) else "bad")
        self._place.clear()
        with self._place:
            if not view.checks:
                empty_state("science", "None yet", "What is not shown by an example is only hoped.")
            for place, check in enumerate(view.checks):
                self._row(place, check)

    def _row(self, place: int, check: Checked) -> None:
        with ui.row(wrap=False).classes("gap-2 items-start w-full"):
            with ui.column().classes("gap-1 grow min-w-0"):
                one_check(check.name, check.passed, check.difference)
                if self._kind == "product" and not check.passed:
                    button = ui.button("Expect what comes out", on_click=partial(self._mend, place))
                    button.props("outline dense").classes("self-start")
            if self._kind == "product":
                ui.button(icon="delete", on_click=partial(self._remove, place)).props(
                    "flat dense round size=sm color=secondary "
                    f'aria-label="Remove example: {check.name}"'
                )

    def _mend(self, place: int) -> None:
        """What an example expects follows a change that was meant."""
        new = self._mended(place)
        if new is not None:
            self._edit(("examples", place), new)

    def _remove(self, place: int) -> None:
        examples = list(self._data().get("examples", []))
        if place < len(examples):
            del examples[place]
            self._edit(("examples",), examples)

    def _keep(self) -> None:
        """The sample loan with the numbers it comes to now."""
        if self._sample is None:
            return
        examples = list(self._data().get("examples", []))
        self._edit(("examples",), [*examples, example_of(self._sample)])


def example_of(sample: SampleLoan) -> dict[str, Any]:
    """An example that expects what the sample loan comes to."""
    quote, disclosed = sample.quote, sample.quote.truth_in_lending
    return {
        "name": f"{money(sample.asked_amount, quote.currency)} in {quote.number_of_payments} "
        f"payments costs {money(disclosed.finance_charge, quote.currency)}",
        "loan": {
            "amount": sample.asked_amount,
            "note_rate": quote.note_rate,
            "number_of_payments": quote.number_of_payments,
            "contract_date": quote.contract_date.isoformat(),
            **({"state": sample.state} if sample.state else {}),
        },
        "expect": {
            "installment": quote.installment_amount,
            "apr": disclosed.apr,
            "finance_charge": disclosed.finance_charge,
            "total_of_payments": disclosed.total_of_payments,
        },
    }
