"""A dialog with a few fields and one button: what is refused is said beside its field."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from nicegui import ui

from admin_ui.components.attempt import attempt
from admin_ui.components.dialog import Dialog
from admin_ui.components.problem_banner import problem_banner, refusal_banner
from servicing.errors import CommandRefused

T = TypeVar("T")


class SmallForm(Generic[T]):
    """Carries out ``work`` when its button is pressed, then shows what ``done`` draws.

    ``fields`` are those a refusal may be about, by the name in its path.
    """

    def __init__(
        self,
        window: Dialog,
        action: str,
        work: Callable[[], Awaitable[T]],
        done: Callable[[T], Any],
        *,
        fields: Mapping[str, Any] | None = None,
        danger: bool = False,
    ) -> None:
        self._window, self._work, self._done = window, work, done
        self._fields = fields or {}
        with window.body:
            self._outcome = ui.element("div").classes("w-full").props('aria-live="polite"')
        with window.foot:
            self._button = ui.button(action, on_click=self.press)
            if danger:
                self._button.props("color=negative")
        window.body.on("keydown.enter", self.press)

    async def press(self) -> None:
        """Do it, once at a time."""
        if not self._button.enabled:
            return
        self._button.disable()
        result = await attempt(self._work, self._failed)
        if self._button.is_deleted:
            return
        self._button.enable()
        if result is not None:
            self._done(result)

    def replace(self, show: Callable[[], Any]) -> None:
        """Put something in place of the fields and the button."""
        self._window.body.clear()
        self._window.foot.clear()
        with self._window.body:
            show()
        with self._window.foot:
            ui.button("Close", on_click=self._window.close)

    def _failed(self, fault: Exception) -> None:
        self._outcome.clear()
        for field in self._fields.values():
            field.error = None
        rest = [fault]
        if isinstance(fault, CommandRefused):
            about = {refusal.path.strip("/"): refusal.message for refusal in fault.refusals}
            for name, field in self._fields.items():
                field.error = about.get(name)
            left = tuple(r for r in fault.refusals if r.path.strip("/") not in self._fields)
            rest = []
            if left:
                with self._outcome:
                    refusal_banner(left)
        with self._outcome:
            for each in rest:
                problem_banner(each)


def checks(
    options: Iterable[tuple[str, str, str]], chosen: Iterable[str]
) -> dict[str, ui.checkbox]:
    """Boxes to tick: (value, words, sentence) each, as a list."""
    ticked = set(chosen)
    boxes: dict[str, ui.checkbox] = {}
    with ui.element("div").classes("flex flex-col gap-2 w-full"):
        for value, words, sentence in options:
            with ui.element("div"):
                boxes[value] = ui.checkbox(words, value=value in ticked).props("dense")
                if sentence:
                    ui.label(sentence).classes("lw-sub pl-7")
    return boxes
