"""Lists of maps and maps by name in a form: each item in a group, moved, added and taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from nicegui import ui

from admin_ui.components.schema_parts import GONE, Part, Path, SchemaParts
from admin_ui.words import title

Edit = Callable[[Path, Any], None]
Draw = Callable[[Part, Path], None]


class ItemsPart:
    """Draws lists; a list whose key has a drawer of its own is drawn by that."""

    def __init__(
        self,
        parts: SchemaParts,
        on_edit: Edit,
        at: Callable[[Path], Any],
        node: Draw,
        fields: Mapping[str, Callable[[Path, Any], None]],
    ) -> None:
        self._parts, self._on_edit, self._at, self._node = parts, on_edit, at, node
        self._fields = fields

    def drawn_otherwise(self, path: Path) -> bool:
        """Draw a list that has a drawer of its own; whether it has."""
        drawer = self._fields.get(str(path[-1]))
        if drawer is None:
            return False
        drawer(path, self._at(path))
        return True

    def draw(self, part: Part, path: Path) -> None:
        """Draw a list that stands at a path."""
        items = self._at(path)
        items = items if isinstance(items, list) else []
        of = self._parts.of(part["items"])
        if not items:
            ui.label("None.").classes("lw-sub")
        for place, value in enumerate(items):
            self._item(part, path, place, value, len(items))
        kinds = self._parts.kinds(of) if "discriminator" in of else {}
        what = singular(part.get("title", "item").lower())
        with ui.button(f"Add {what}", icon="add").props("outline dense").classes("self-start") as b:
            if kinds:
                b.props('aria-haspopup="menu"')
                with ui.menu().props("auto-close"):
                    for tag, words in kinds.items():
                        new = partial(self._parts.first_of_kind, of, tag)
                        ui.menu_item(words, partial(self._append, path, new))
            else:
                b.on_click(partial(self._append, path, partial(self._parts.first, of)))

    def _append(self, path: Path, new: Callable[[], Any]) -> None:
        items = self._at(path)
        self._on_edit(path, [*(items if isinstance(items, list) else []), new()])

    def _item(self, part: Part, path: Path, place: int, value: Any, count: int) -> None:
        name = item_name(value, place)
        with ui.element("fieldset").classes("lw-group"):
            with ui.element("legend"):
                ui.label(name)
                for icon, step, word in (("arrow_upward", -1, "up"), ("arrow_downward", 1, "down")):
                    button = ui.button(
                        icon=icon, on_click=partial(self._move, path, place, place + step)
                    ).props(f'flat dense round size=sm color=secondary aria-label="{name}: {word}"')
                    button.set_enabled(0 <= place + step < count)
                ui.button(icon="delete", on_click=partial(self._drop, path, place)).props(
                    f'flat dense round size=sm color=secondary aria-label="Remove {name}"'
                )
            self._node(part["items"], (*path, place))

    def _move(self, path: Path, place: int, to: int) -> None:
        items = list(self._at(path))
        items.insert(to, items.pop(place))
        self._on_edit(path, items)

    def _drop(self, path: Path, place: int) -> None:
        items = list(self._at(path))
        del items[place]
        self._on_edit(path, items)


class NamesPart:
    """Draws maps from names a person gives to values: figures by day, facts by name."""

    def __init__(
        self, parts: SchemaParts, on_edit: Edit, at: Callable[[Path], Any], node: Draw
    ) -> None:
        self._parts, self._on_edit, self._at, self._node = parts, on_edit, at, node

    def draw(self, part: Part, path: Path) -> None:
        """Names with values: figures by day, facts by name."""
        here = self._at(path)
        here = here if isinstance(here, Mapping) else {}
        child = part["additionalProperties"]
        for key in here:
            with ui.row(wrap=False).classes("w-full items-start gap-2"):
                name = ui.input("Name", value=key).classes("w-40 shrink-0")
                name.on("blur", partial(self._rename, path, key, name))
                with ui.element("div").classes("grow min-w-0"):
                    self._node(child, (*path, key))
                remove_button(partial(self._on_edit, (*path, key), GONE), key)
        ui.button("Add", icon="add", on_click=partial(self._add_name, path, child)).props(
            "flat dense"
        ).classes("self-start")

    def _rename(self, path: Path, key: str, field: ui.input) -> None:
        name, here = str(field.value or "").strip(), self._at(path)
        if name and name != key and isinstance(here, Mapping) and name not in here:
            self._on_edit(path, {name if k == key else k: v for k, v in here.items()})

    def _add_name(self, path: Path, child: Part) -> None:
        here = self._at(path)
        here = dict(here) if isinstance(here, Mapping) else {}
        name = next(f"name_{n}" for n in range(1, 999) if f"name_{n}" not in here)
        self._on_edit(path, {**here, name: self._parts.first(child)})


def remove_button(on_click: Callable[[], Any], name: str) -> None:
    """A button that takes something out of a document."""
    ui.button(icon="close", on_click=on_click).props(
        f'flat dense round size=sm color=secondary aria-label="Leave out: {name}"'
    )


def item_name(value: Any, place: int) -> str:
    """What an item of a list is called: its title or name, else its number."""
    if isinstance(value, Mapping):
        for key in ("title", "name", "kind", "event"):
            if isinstance(value.get(key), str) and value[key]:
                return str(value[key]) if key == "title" else title(str(value[key]))
    return f"Item {place + 1}"


def singular(words: str) -> str:
    """One of several: "fees" is "fee", "frequencies" is "frequency"."""
    if words.endswith("ies"):
        return words[:-3] + "y"
    return words if words.endswith(("ss", "us")) else words.removesuffix("s")
