"""``loanwright schemas``: write the JSON Schemas of definition files from the engine's types."""

from __future__ import annotations

import click

from app.settings import CHECKOUT
from store.definitions.schemas import stale_schemas, write_schemas


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a schema is out of date.")
def schemas(check: bool) -> None:
    """Write schemas/*.schema.json."""
    folder = CHECKOUT / "schemas"
    if not check:
        for path in write_schemas(folder):
            click.echo(path)
        return
    stale = stale_schemas(folder)
    for path in stale:
        click.echo(f"{path} is out of date: run make schemas", err=True)
    if stale:
        raise SystemExit(1)
