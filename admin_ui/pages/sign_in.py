"""Signing in: email and password, on a form that works without the page's socket."""

from __future__ import annotations

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.problem_banner import banner
from admin_ui.guard import look_of, safe_next
from admin_ui.shell import DARK, LOGO

PROBLEMS = {
    "wrong": ("Email and password do not belong together.", "Check both and try again."),
    "unavailable": ("The database cannot be reached.", "Try again in a moment."),
}


async def page(request: Request, next: str = "/", problem: str = "") -> None:
    """The sign-in form; ``next`` is where to go afterwards."""
    ui.page_title("Sign in · Loanwright")
    ui.dark_mode(DARK[look_of(request.scope)])
    with ui.element("div").classes("lw-sign-in"), ui.card():
        with ui.row(wrap=False).classes("items-center gap-2"):
            ui.html(LOGO, sanitize=False)
            ui.label("Loanwright").classes("font-semibold text-[16px]")
        with ui.element("h1").classes("lw-h1"):
            ui.label("Sign in")
        if problem in PROBLEMS:
            banner("bad", *PROBLEMS[problem])
        with (
            ui.element("form")
            .props('method="post" action="/sign-in"')
            .classes("w-full flex flex-col gap-4")
        ):
            ui.input("Email").props("name=email type=email autocomplete=username autofocus")
            ui.input("Password").props("name=password type=password autocomplete=current-password")
            hidden = ui.element("input").props("type=hidden name=next")
            hidden.props["value"] = safe_next(next)
            ui.button("Sign in").props("type=submit").classes("w-full")
