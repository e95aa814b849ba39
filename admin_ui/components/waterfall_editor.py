"""The order of a waterfall: moved by hand or by button, seen with what would surprise about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from nicegui import events, ui
from nicegui.elements.mixins.sortable_element import SortableElement

from admin_ui.components.heading import card, h3
from admin_ui.components.problem_banner import banner
from admin_ui.components.schema_parts import Path, at
from admin_ui.formats import money
from admin_ui.words import title
from servicing.views.publishing import FallView, WaterfallReview

STATES: Final = {"past_due": "Past due", "due": "Due", "in_advance": "In advance"}
COMPONENTS: Final = ("fee", "interest", "principal")
_TONES: Final = {"error": "bad", "warning": "warn", "note": "brand"}


class _Order(SortableElement):
    """A list whose items are moved by hand."""


def bucket_words(bucket: str) -> str:
    """A bucket in words: "Past due interest", "Due fees (late fee)"."""
    state, _, component = bucket.partition(".")
    kind, _, name = component.partition(":")
    words = f"{STATES.get(state, title(state))} {'fees' if kind == 'fee' else kind}"
    return f"{words} ({title(name).lower()})" if name else words


class WaterfallEditor:
    """Draws the order of buckets wherever a form has one."""

    def __init__(self, edit: Callable[[Path, Any], None]) -> None:
        self._edit = edit
        self._drawn: dict[Path, tuple[ui.element, list[str]]] = {}

    def draw(self, path: Path, order: Any) -> None:
        """Draw the order that stands at a path."""
        ui.label("What a payment meets first, from above").classes("lw-sub")
        place = ui.element("div").classes("w-full")
        self._drawn[path] = (place, [])
        self._redraw(path, order if isinstance(order, list) else [])

    def refresh(self, data: Any) -> None:
        """Show the orders as they are now."""
        for path, (place, order) in list(self._drawn.items()):
            if place.is_deleted:
                del self._drawn[path]
                continue
            now = at(data, path)
            if isinstance(now, list) and now != order:
                self._redraw(path, now)

    def _redraw(self, path: Path, order: list[str]) -> None:
        place = self._drawn[path][0]
        self._drawn[path] = (place, list(order))
        place.clear()
        with place:
            rows = _Order("ol").classes("lw-order")
            with rows:
                for number, bucket in enumerate(order):
                    self._row(path, order, number, str(bucket))
            rows.make_sortable(handle=".lw-grip", on_end=partial(self._dropped, path, order))
            left = [
                f"{state}.{component}"
                for state in STATES
                for component in COMPONENTS
                if f"{state}.{component}" not in order
            ]
            if left:
                with ui.button("Add a bucket", icon="add").props('flat dense aria-haspopup="menu"'):
                    with ui.menu().props("auto-close"):
                        for bucket in left:
                            ui.menu_item(
                                bucket_words(bucket), partial(self._edit, path, [*order, bucket])
                            )

    def _row(self, path: Path, order: list[str], number: int, bucket: str) -> None:
        words = bucket_words(bucket)
        with ui.element("li"):
            ui.icon("drag_indicator").classes("lw-grip").props("aria-hidden=true")
            ui.label(words).classes("grow min-w-0")
            for icon, step, word in (("arrow_upward", -1, "up"), ("arrow_downward", 1, "down")):
                button = ui.button(
                    icon=icon, on_click=partial(self._move, path, order, number, number + step)
                )
                button.props(
                    f'flat dense round size=sm color=secondary aria-label="{words}: {word}"'
                )
                button.set_enabled(0 <= number + step < len(order))
            gone = [*order[:number], *order[number + 1 :]]
            ui.button(icon="close", on_click=partial(self._edit, path, gone)).props(
                f'flat dense round size=sm color=secondary aria-label="Leave out: {words}"'
            )

    def _dropped(self, path: Path, order: list[str], event: events.SortableEventArguments) -> None:
        self._move(path, order, event.old_index, event.new_index)

    def _move(self, path: Path, order: list[str], place: int, to: int) -> None:
        if place != to and 0 <= place < len(order) and 0 <= to < len(order):
            moved = list(order)
            moved.insert(to, moved.pop(place))
            self._drawn[path] = (self._drawn[path][0], [])
            self._edit(path, moved)


class WaterfallFalls:
    """What would surprise about a waterfall, and three sample payments falling through it."""

    def __init__(self) -> None:
        self._shown: WaterfallReview | None = None
        with card("Order of payment") as self._side:
            self._place = ui.element("div").classes("flex flex-col gap-3 w-full")

    def show(self, review: WaterfallReview | None) -> None:
        """Show a waterfall; what is shown stays while the draft is not whole."""
        if review is None or review == self._shown:
            return
        self._shown = review
        self._place.clear()
        with self._place:
            if not review.looks:
                banner("ok", "Nothing about this order surprises")
            for look in review.looks:
                lines = [look.mend] if look.mend else []
                lines += [citation.cite for citation in look.citations]
                where = f" (line {look.line})" if look.line else ""
                banner(
                    _TONES.get(look.severity, "warn"),
                    f"{look.message[:1].upper()}{look.message[1:]}{where}",
                    *lines,
                )
            for fall in review.falls:
                _fall(fall)


def _fall(fall: FallView) -> None:
    with ui.element("div").classes("flex flex-col gap-1 w-full"):
        h3(f"{fall.title}: {money(fall.amount, fall.currency)}")
        with ui.element("ol").classes("lw-fall"):
            for drop in fall.drops:
                met = drop.paid not in {"0", "0.00"}
                with ui.element("li").classes("met" if met else ""):
                    ui.label(bucket_words(drop.bucket)).classes("grow min-w-0")
                    owed = money(drop.owed, fall.currency)
                    ui.label(f"{money(drop.paid, fall.currency)} of {owed}").classes("num")
            if fall.left_over not in {"0", "0.00"}:
                with ui.element("li").classes("met"):
                    ui.label(f"Left over: {fall.left_over_goes}").classes("grow min-w-0")
                    ui.label(money(fall.left_over, fall.currency)).classes("num")
