"""The door for staff: pages on NiceGUI, carried by FastAPI, behind a guard."""

from __future__ import annotations

from functools import partial

from fastapi import FastAPI
from nicegui import app as pages_app
from nicegui import ui

from admin_ui import addresses, theme
from admin_ui.downloads import add_downloads
from admin_ui.guard import Guard
from admin_ui.open_pages import EVERY_SECONDS, OpenPages
from admin_ui.sessions import add_sessions
from servicing.house import House


def build(house: House) -> FastAPI:
    """The admin over a house; once per process, because NiceGUI keeps its pages in the process."""
    door = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    open_pages = OpenPages()
    pages_app.state.open_pages = open_pages
    add_sessions(door, house, open_pages)
    pages_app.timer(EVERY_SECONDS, partial(open_pages.close_those_over, house))
    add_downloads(door, house)
    door.add_middleware(Guard, house=house)
    theme.apply()
    addresses.register()
    ui.run_with(
        door,
        title="Loanwright",
        favicon=theme.ASSETS / "favicon.svg",
        language="en-US",
        dark=None,
        reconnect_timeout=10,
        show_welcome_message=False,
    )
    return door
