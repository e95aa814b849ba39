"""One value of a definition as a field: a choice, a switch, a day, an amount, a rate, a text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from admin_ui.components.schema_parts import GONE, Part, SchemaParts, shown, typed
from admin_ui.words import title


class DefinitionField:
    """A field that shows a value and tells what a person makes of it."""

    def __init__(
        self,
        part: Part,
        name: str,
        value: Any,
        parts: SchemaParts,
        *,
        on_change: Callable[[Any], None],
        choices: list[str] | None = None,
        on_remove: Callable[[], None] | None = None,
        fixed: bool = False,
    ) -> None:
        self._part = part
        self._on_change = on_change
        self._of = parts.of(part["items"]) if part.get("type") == "array" else part
        self._several = part.get("type") == "array"
        self._quiet = False
        self._said = part.get("description", "")
        self.control = self._control(part.get("title", title(name)), value, choices)
        if self._said and not isinstance(self.control, ui.switch):
            self.control.props["hint"] = self._said
        if not isinstance(self.control, ui.switch):
            self.control.props("hide-bottom-space")
            self.control.set_enabled(not fixed)
        if on_remove is not None:
            self._with_remove(on_remove, part.get("title", title(name)))

    def _with_remove(self, on_remove: Callable[[], None], name: str) -> None:
        def button() -> None:
            ui.button(icon="close", on_click=on_remove).props(
                f'flat dense round size=sm color=secondary aria-label="Leave out: {name}"'
            )

        if isinstance(self.control, ui.switch):
            with ui.row(wrap=False).classes("items-center gap-1") as row:
                self.control.move(row)
                button()
        else:
            with self.control.add_slot("after"):
                button()

    def set(self, value: Any) -> None:
        """Show a value that something else changed; what says the same already is left alone."""
        new = self._as_shown(value)
        old = self.control.value
        if isinstance(old, str) and isinstance(new, str):
            if self._read(old) == self._read(new):
                return
        elif old == new:
            return
        self._quiet = True
        self.control.value = new
        self._quiet = False

    def mark(self, wrong: str) -> None:
        """Say what is wrong with the value; nothing when nothing is."""
        if isinstance(self.control, ui.switch):
            return
        self.control.error = wrong or None

    def _control(self, label: str, value: Any, choices: list[str] | None) -> Any:
        first, said = self._as_shown(value), self._changed
        options = self._options(choices, first)
        if options is not None:
            chosen: Any = ui.select(
                options, label=label, value=first, on_change=said, multiple=self._several
            )
            if self._several:
                chosen.props("use-chips")
            return chosen.classes("w-full")
        if self._part.get("type") == "boolean":
            switch = ui.switch(label, value=bool(first), on_change=said)
            if self._said:
                with switch:
                    ui.tooltip(self._said)
            return switch
        if self._of.get("x-form") == "date" and not self._several:
            picked = ui.input(label, value=first, on_change=said).props("type=date stack-label")
            return picked.classes("w-full")
        field = ui.input(label, value=first, on_change=said).classes("w-full")
        if self._of.get("x-form") == "rate":
            field.props('suffix="%" inputmode=decimal').classes("num")
        elif self._of.get("x-form") == "money":
            field.props("inputmode=decimal").classes("num")
        elif self._of.get("type") == "integer":
            field.props("inputmode=numeric").classes("num")
        return field

    def _options(self, choices: list[str] | None, first: Any) -> dict[str, str] | None:
        """Value → words, where there are only some values."""
        known = self._of.get("x-order") or self._of.get("enum")
        if known is None and choices is None:
            return None
        options = {
            str(one): title(str(one)) if known else str(one) for one in known or choices or ()
        }
        for one in first if isinstance(first, list) else [first]:
            if one is not None and one not in options:
                options[one] = str(one)
        return options

    def _as_shown(self, value: Any) -> Any:
        if self._part.get("type") == "boolean":
            return value is True
        if self._several and (self._of.get("enum") or self._of.get("x-order")):
            return [str(item) for item in value] if isinstance(value, list) else []
        if self._several:
            return ", ".join(map(str, value)) if isinstance(value, list) else shown(self._of, value)
        if self._of.get("enum") or self._of.get("x-order"):
            return None if value is GONE or value is None else str(value)
        return shown(self._of, value)

    def _read(self, value: Any) -> Any:
        if self._several and isinstance(value, str):
            return [typed(self._of, word) for word in value.split(",") if word.strip()]
        if isinstance(value, str) and not (self._of.get("enum") or self._of.get("x-order")):
            if not value.strip() and self._part.get("nullable"):
                return None
            return typed(self._of, value)
        return value

    def _changed(self, event: Any) -> None:
        if not self._quiet:
            self._on_change(self._read(event.value if event.value is not None else ""))
