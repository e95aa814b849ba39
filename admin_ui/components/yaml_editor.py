"""The text of a definition to write in: colors, completion, problems at their line.

The server writes the text only when a form changed it, and never while a person types: whatever it
sent then would meet letters it has not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace
from nicegui import events, ui
from nicegui.element import Element

from admin_ui.components.problem_banner import problem_words
from engine.errors import Problem


class YamlAssist(Element, component="yaml_assist.js"):
    """What stands beside the text: problems, completion, the browser's own copy."""

    def __init__(
        self,
        editor: ui.codemirror,
        schema: dict[str, Any],
        label: str,
        keep_as: str,
        unsaved: Callable[[str], Any],
    ) -> None:
        super().__init__()
        self._props["editor-id"] = editor.id
        self._props["schema"] = schema
        self._props["label"] = label
        self._props["keep-as"] = keep_as
        self.on("unsaved", lambda event: unsaved(str(event.args)))


class YamlEditor:
    """An editor of one text; ``on_type`` is told of every change a person makes."""

    def __init__(
        self,
        text: str,
        schema: dict[str, Any],
        *,
        label: str,
        dark: bool,
        keep_as: str,
        on_type: Callable[[str], Any],
        on_save: Callable[[], Any],
        on_unsaved: Callable[[str], Any],
    ) -> None:
        self._on_type = on_type
        self._writing = False
        self.editor = ui.codemirror(
            text,
            language="YAML",
            theme="githubDark" if dark else "githubLight",
            indent="  ",
            line_wrapping=True,
            on_change=self._typed,
            keymap={"Mod-s": on_save},
        ).classes("lw-editor")
        self._assist = YamlAssist(self.editor, schema, label, keep_as, on_unsaved)

    @property
    def text(self) -> str:
        """The text as it stands."""
        return str(self.editor.value or "")

    def write(self, text: str) -> None:
        """Put a text that a form changed in its place; the browser keeps cursor and selection."""
        self._writing = True
        self.editor.value = text
        self._writing = False

    def show(self, problems: Iterable[Problem]) -> None:
        """Show problems at their lines."""
        told = [
            {
                "line": each.line or 1,
                "column": each.column or 1,
                "message": problem_words(replace(each, line=0)),
            }
            for each in problems
        ]
        self._assist.run_method("show", told)

    def go_to(self, line: int) -> None:
        """Bring a line into view, with the cursor in it."""
        self._assist.run_method("goTo", line)

    def saved(self, text: str) -> None:
        """The text is kept by the house; the browser's copy of it may go."""
        self._assist.run_method("saved", text)

    def forget(self) -> None:
        """The browser's copy is not wanted."""
        self._assist.run_method("forget")

    def _typed(self, event: events.ValueChangeEventArguments[str]) -> None:
        if not self._writing:
            self._on_type(str(event.value or ""))
