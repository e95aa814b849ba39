"""What is shown where a page cannot be: unknown, not allowed, or the database is away."""

from __future__ import annotations

import functools
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import Client, app, ui
from starlette.requests import Request
from starlette.responses import Response

from admin_ui.components.empty_state import empty_state
from admin_ui.components.problem_banner import in_words
from admin_ui.shell import shell
from admin_ui.visitor import visitor_of
from servicing.errors import Forbidden, NotFound, ServicingError, Unavailable

LOG = logging.getLogger("loanwright.admin")
STATUS: dict[type[Exception], tuple[int, str]] = {
    NotFound: (404, "search_off"),
    Forbidden: (403, "lock"),
    Unavailable: (503, "cloud_off"),
}


def or_why_not(page: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """The page, or in its place why it cannot be shown; pages read before they draw."""

    @functools.wraps(page)
    async def shown(request: Request, **found: Any) -> None:
        try:
            await page(request, **found)
        except ServicingError as fault:
            status, icon = next(
                (answer for kind, answer in STATUS.items() if isinstance(fault, kind)),
                (500, "error"),
            )
            ui.status_code(status)
            _draw(request, icon, *in_words(fault))

    return shown


def register() -> None:
    """Answer for addresses that lead nowhere and for pages that fail."""

    @app.exception_handler(404)
    async def unknown(request: Request, fault: Exception) -> Response:
        with Client(ui.page(""), request=request) as client:
            _draw(request, "search_off", "Not found", f"There is no page {request.url.path}.")
        return client.build_response(request, 404)

    @app.exception_handler(Exception)
    async def failed(request: Request, fault: Exception) -> Response:
        LOG.error("A page failed", exc_info=fault)
        with Client(ui.page(""), request=request) as client:
            _draw(request, "error", *in_words(fault))
        return client.build_response(request, 500)


def _draw(request: Request, icon: str, title: str, sentence: str) -> None:
    if hasattr(request.state, "visitor"):
        with shell(visitor_of(request), "", title):
            with ui.card():
                empty_state(icon, title, sentence, action="Dashboard", target="/")
    else:
        empty_state(icon, title, sentence, action="Sign in", target="/sign-in")
