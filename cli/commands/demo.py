"""``loanwright demo``: a living book of invented loans, served with API and admin."""

from __future__ import annotations

from collections.abc import Callable

import click

from app.serve import serve
from app.settings import Settings, read_settings
from cli.demo_book.book import is_seeded, seed
from cli.demo_book.credentials import CREDENTIALS, write_credentials
from cli.progress import progress
from servicing.house import House
from store.embedded import EmbeddedPostgres


@click.command()
@click.option("--forget", is_flag=True, help="Remove the demo's database and keys; serve nothing.")
def demo(forget: bool) -> None:
    """Seed the demo book once, then serve it until Ctrl-C.

    Only a database this command created is seeded, and only once.
    """
    settings = read_settings()
    if forget:
        EmbeddedPostgres(settings.home).forget()
        (settings.home / CREDENTIALS).unlink(missing_ok=True)
        click.echo(f"Forgotten: {settings.home}")
        return
    serve(settings, prepare=lambda house: _prepare(house, settings), announce=_announcer(settings))


async def _prepare(house: House, settings: Settings) -> None:
    """Before any door opens: the book and its sign-ins, on the first start."""
    if not settings.embedded or await is_seeded(house):
        return
    if not (settings.home / CREDENTIALS).exists():
        await write_credentials(house, settings.home)
    with progress("Making the demo book") as advance:
        await seed(house, progress=advance)


def _announcer(settings: Settings) -> Callable[[], None]:
    def announce() -> None:
        click.echo(f"ready {settings.address}")
        if settings.embedded:
            click.echo(f"sign-ins and an API key: {settings.home / CREDENTIALS}")

    return announce
