"""A part of a page that is read after the page is shown: skeleton, then content or what failed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

from nicegui import background_tasks, ui

from admin_ui.components import skeleton
from admin_ui.components.attempt import attempt
from admin_ui.components.problem_banner import problem_banner

T = TypeVar("T")


class Later:
    """A place that fills itself, and can be asked to do so again."""

    def __init__(
        self,
        read: Callable[[], Awaitable[T]],
        show: Callable[[T], Any],
        *,
        waiting: Callable[[], Any] = skeleton.lines,
        classes: str = "w-full",
    ) -> None:
        self._read: Callable[[], Awaitable[Any]] = read
        self._show: Callable[[Any], Any] = show
        self._shown: Any = None
        self.place = ui.element("div").classes(classes)
        with self.place:
            waiting()
        self.again()

    def again(self) -> None:
        """Read again; what stands there stays until the new is known."""
        background_tasks.create(self.fill(), context=self.place)

    async def fill(self) -> None:
        """Read and show; what is unchanged is not drawn again."""
        result = await attempt(self._read, self._failed)
        if result is not None and self._shown != result:
            self._replace(lambda: self._show(result))
            self._shown = result

    def _failed(self, fault: Exception) -> None:
        self._replace(partial(problem_banner, fault, self.again))

    def _replace(self, show: Callable[[], Any]) -> None:
        if self.place.is_deleted:
            return
        self._shown = None
        self.place.clear()
        with self.place:
            show()
