"""A form drawn from the JSON Schema of a definition: a card for each part, a field for each value.

It shows a document and tells of edits; the document itself is the text. What is drawn is drawn
anew only where the shape of the document changed, so that a person keeps the field they are in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from nicegui import ui

from admin_ui.components.definition_field import DefinitionField
from admin_ui.components.definition_items import ItemsPart, NamesPart, remove_button, singular
from admin_ui.components.heading import card
from admin_ui.components.schema_parts import GONE, Part, Path, SchemaParts, at, is_simple
from admin_ui.words import title

Edit = Callable[[Path, Any], None]


class DefinitionForm:
    """The form of one document."""

    def __init__(
        self,
        schema: Part,
        data: Mapping[str, Any],
        on_edit: Edit,
        *,
        general: str,
        leave_out: frozenset[str] = frozenset(),
        fixed: frozenset[str] = frozenset(),
        choices: Mapping[str, list[str]] | None = None,
        fields: Mapping[str, Callable[[Path, Any], None]] | None = None,
    ) -> None:
        self._parts = SchemaParts(schema)
        self._on_edit = on_edit
        self._general = general
        self._leave_out = leave_out
        self._fixed = fixed
        self._choices = choices or {}
        self._data: Any = dict(data)
        self._fields: dict[Path, DefinitionField] = {}
        self._shapes: dict[Path, Any] = {}
        self._drawn: dict[str, ui.element] = {}
        self._wrong: dict[Path, str] = {}
        self._lists = ItemsPart(self._parts, on_edit, self._at, self._node, fields or {})
        self._maps = NamesPart(self._parts, on_edit, self._at, self._node)
        self.place = ui.element("div").classes("flex flex-col gap-4 w-full")
        self._draw_all()

    def update(self, data: Mapping[str, Any]) -> None:
        """Show the document as it is now; only what changed its shape is drawn again."""
        before, self._data = self._data, dict(data)
        if self._top(before) != self._top(self._data):
            self._draw_all()
            return
        for key, place in self._drawn.items():
            keys = self._simple_keys() if key == "" else [key]
            if any(shape_of(before.get(k)) != shape_of(self._data.get(k)) for k in keys):
                self._draw_card(key, place)
        for path, field in self._fields.items():
            field.set(at(self._data, path))

    def mark(self, wrong: Mapping[Path, str]) -> None:
        """Show problems beside the fields they are about."""
        self._wrong = dict(wrong)
        for path, field in self._fields.items():
            field.mark(self._wrong.get(path, ""))

    def _at(self, path: Path) -> Any:
        return at(self._data, path)

    def _top(self, data: Any) -> list[str]:
        return [key for key in self._root(data).get("properties", {}) if key in data]

    def _root(self, data: Any) -> Part:
        root = self._parts.of(self._parts.root)
        return self._parts.chosen(root, data) or {} if "discriminator" in root else root

    def _properties(self) -> dict[str, Part]:
        found = self._root(self._data).get("properties", {})
        return {key: self._parts.of(part) for key, part in found.items()}

    def _simple_keys(self) -> list[str]:
        return [
            key
            for key, part in self._properties().items()
            if is_simple(part) and key not in self._leave_out and "const" not in part
        ]

    def _draw_all(self) -> None:
        self.place.clear()
        self._fields.clear()
        self._drawn.clear()
        with self.place:
            self._new_card("", self._general)
            for key, part in self._properties().items():
                if key in self._leave_out or is_simple(part):
                    continue
                if key in self._data or key in self._root(self._data).get("required", ()):
                    self._new_card(key, part.get("title", title(key)))
            parts = self._properties().items()
            others = [key for key, part in parts if not is_simple(part)]
            absent = [key for key in others if key not in {*self._data, *self._leave_out}]
            if absent:
                self._more((), self._root(self._data), absent, "Add a part")

    def _new_card(self, key: str, heading: str) -> None:
        with card(heading) as side:
            part = self._properties().get(key)
            if key and key not in self._root(self._data).get("required", ()):
                with side:
                    self._remove_button((key,), heading)
            if part and part.get("description"):
                ui.label(part["description"]).classes("lw-sub")
            self._drawn[key] = ui.element("div").classes("flex flex-col gap-3 w-full")
        self._draw_card(key, self._drawn[key])

    def _draw_card(self, key: str, place: ui.element) -> None:
        for path in [p for p in self._fields if (p[0] == key if key else len(p) == 1)]:
            del self._fields[path]
        place.clear()
        with place:
            if key == "":
                self._grid((), self._root(self._data), self._simple_keys())
            else:
                self._node(self._properties()[key], (key,))

    def _node(self, part: Part, path: Path) -> None:
        """Any part: a choice, a map, a list or one value."""
        part = self._parts.of(part)
        if "discriminator" in part:
            self._choice(part, path)
        elif part.get("type") == "array" and is_simple(self._parts.of(part["items"])):
            if not self._lists.drawn_otherwise(path):
                self._field(part, path)
        elif part.get("type") == "array":
            self._lists.draw(part, path)
        elif part.get("type") == "object" and "properties" in part:
            self._grid(path, part, [k for k in part["properties"] if "const" not in
                                    self._parts.of(part["properties"][k])])  # fmt: skip
        elif part.get("type") == "object":
            self._maps.draw(part, path)
        else:
            self._field(part, path)

    def _grid(self, path: Path, part: Part, keys: list[str]) -> None:
        """The fields of a map: what it says in a grid, what it may say behind a button."""
        needed = part.get("required", ())
        properties = part.get("properties", {})
        here = at(self._data, path)
        here = here if isinstance(here, Mapping) else {}
        shown = [key for key in keys if key in here or key in needed]
        with ui.element("div").classes("lw-form"):
            for key in shown:
                child = self._parts.of(properties[key])
                if is_simple(child):
                    self._field(child, (*path, key), optional=key not in needed)
                    continue
                with ui.element("fieldset").classes("lw-group"):
                    with ui.element("legend"):
                        ui.label(child.get("title", title(key)))
                        if key not in needed:
                            self._remove_button((*path, key), child.get("title", title(key)))
                    self._node(child, (*path, key))
        absent = [key for key in keys if key not in here and key not in needed]
        if absent:
            self._more(path, part, absent, "More choices")

    def _more(self, path: Path, part: Part, keys: list[str], label: str) -> None:
        with (
            ui.button(label, icon="add")
            .props('flat dense aria-haspopup="menu"')
            .classes("self-start")
        ):
            with ui.menu().props("auto-close"):
                for key in keys:
                    child = self._parts.of(part["properties"][key])
                    with ui.menu_item(on_click=partial(self._add, path, key, child)):
                        with ui.column().classes("gap-0 max-w-sm"):
                            ui.label(child.get("title", title(key)))
                            ui.label(child.get("description", "")).classes("lw-sub")

    def _add(self, path: Path, key: str, part: Part) -> None:
        self._on_edit((*path, key), self._parts.first(part))

    def _remove_button(self, path: Path, name: str) -> None:
        remove_button(partial(self._on_edit, path, GONE), name)

    def _choice(self, part: Part, path: Path) -> None:
        kinds = self._parts.kinds(part)
        here = at(self._data, path)
        name = part["discriminator"]["propertyName"]
        tag = here.get(name) if isinstance(here, Mapping) else None
        child = self._parts.chosen(part, here)

        def turn(event: Any) -> None:
            now = at(self._data, path)
            if event.value is not None and event.value != at(now, (name,)):
                self._on_edit(path, self._parts.of_other_kind(part, now, event.value))

        where = title(str(next((s for s in reversed(path) if isinstance(s, str)), "")))
        select = ui.select(
            kinds, label=f"Kind of {singular(where.lower())}", value=tag if tag in kinds else None,
            on_change=turn,
        ).classes("w-full max-w-md")  # fmt: skip
        if child is not None:
            select.props["hint"] = child.get("description", "")
            keys = [key for key in child["properties"] if key != name]
            if keys:
                self._grid(path, child, keys)

    def _field(self, part: Part, path: Path, *, optional: bool = False) -> None:
        name = str(path[-1])
        field = DefinitionField(
            part, name, at(self._data, path), self._parts,
            on_change=partial(self._on_edit, path), choices=self._choices.get(name),
            on_remove=partial(self._on_edit, path, GONE) if optional else None,
            fixed=len(path) == 1 and name in self._fixed,
        )  # fmt: skip
        field.mark(self._wrong.get(path, ""))
        self._fields[path] = field


def shape_of(data: Any) -> Any:
    """What of a document decides which fields there are: its keys, kinds and numbers of items."""
    if isinstance(data, Mapping):
        kind = data.get("kind") if isinstance(data.get("kind"), str) else ""
        return (kind, tuple((key, shape_of(value)) for key, value in data.items()))
    if isinstance(data, list):
        if all(not isinstance(item, Mapping | list) for item in data):
            return "values"
        return tuple(map(shape_of, data))
    return ""
