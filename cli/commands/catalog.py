"""``loanwright catalog``: what the definition folders would change in the database; doing it."""

from __future__ import annotations

import asyncio

import click

from app.database import running_database
from app.settings import read_settings
from cli.output import as_json, print_json
from servicing.catalog_apply import CatalogPlan, apply_plan, plan
from servicing.clock import SystemClock
from store.definitions.folder import Folders
from store.migrate import upgrade
from store.postgres import open_pool


@click.group()
def catalog() -> None:
    """Products and rules of the database, which is the truth at run time."""


@catalog.command(name="plan")
@as_json
def plan_command(as_json: bool) -> None:
    """Say what applying the folders would publish or change."""
    _tell(_planned(publish=False), as_json=as_json, done=False)


@catalog.command(name="apply")
@as_json
def apply_command(as_json: bool) -> None:
    """Publish what is new in the folders; what was published before must be unchanged."""
    _tell(_planned(publish=True), as_json=as_json, done=True)


def _planned(*, publish: bool) -> CatalogPlan:
    settings = read_settings()

    async def work(url: str) -> CatalogPlan:
        await upgrade(url)
        async with open_pool(url, size=2) as pool:
            wanted, _ = await plan(pool, Folders(settings.products, settings.rules))
            if publish:
                await apply_plan(pool, wanted, SystemClock())
            return wanted

    with running_database(settings) as url:
        return asyncio.run(work(url))


def _tell(wanted: CatalogPlan, *, as_json: bool, done: bool) -> None:
    if as_json:
        print_json(wanted)
        return
    if wanted.empty:
        click.echo("no changes")
    for row in wanted.new:
        click.echo(f"{'published' if done else 'would publish'} {row.file}")
    for row in wanted.changed:
        click.echo(f"{'changed' if done else 'would change'} {row.file}")
    for file in wanted.only_published:
        click.echo(f"stays published, not in the folders: {file}")
