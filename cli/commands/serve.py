"""``loanwright serve``: API and admin on one port, the daily run beside them."""

from __future__ import annotations

import click

from app.serve import serve as serve_house
from app.settings import read_settings


@click.command()
@click.option("--no-admin", is_flag=True, help="Serve the API alone.")
@click.option("--no-daily-run", is_flag=True, help="Leave the daily run to another process.")
def serve(no_admin: bool, no_daily_run: bool) -> None:
    """Serve API and admin until Ctrl-C. Nothing is seeded."""
    settings = read_settings()

    def announce() -> None:
        click.echo(f"ready {settings.address}")

    serve_house(
        settings,
        announce=announce,
        with_admin=not no_admin,
        with_daily_run=not no_daily_run,
    )
