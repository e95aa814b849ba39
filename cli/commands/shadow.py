"""``loanwright shadow``: candidates beside what is live, and what they would decide otherwise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

import click

from cli.house import acting, in_house, with_key
from cli.output import as_json, print_json, print_table
from servicing.actor import Actor
from servicing.house import House
from servicing.publishing import shadow
from servicing.views.shadow import ShadowDivergence, ShadowView

MOST = 500
"""Divergences of one report on the command line; over the API they come in pages."""
_ID = click.argument("shadow_id")


@click.group(name="shadow")
def shadow_commands() -> None:
    """Run a draft or a published version in shadow; no loan of the book changes."""


@shadow_commands.command(name="list")
@as_json
def list_command(as_json: bool) -> None:
    """List the shadow runs, the newest first."""
    found = in_house(shadow.listed, publish=False)
    if as_json:
        print_json(found)
        return
    columns = ("shadow_id", "product", "version", "began_on", "state", "loans", "loans_differing")
    rows = [[str(getattr(view, name)) for name in columns] for view in found]
    print_table("Shadow runs", columns, rows, numbers=(2, 5, 6))


@shadow_commands.command(name="start")
@click.option("--draft", "draft_id", default="", help="Id of a draft.")
@click.option("--version", default="", help="A published version: personal_installment@3.")
@with_key
@as_json
def start_command(draft_id: str, version: str, key: str, as_json: bool) -> None:
    """Begin to run a draft or a published version in shadow from today."""
    if bool(draft_id) is bool(version):
        raise click.UsageError("Name a --draft or a --version.")

    async def work(house: House) -> ShadowView:
        actor = await acting(house, key)
        return await shadow.start(house, actor, draft_id=draft_id, version=version)

    _tell(in_house(work, publish=False), as_json=as_json)


@shadow_commands.command(name="show")
@_ID
@as_json
def show_command(shadow_id: str, as_json: bool) -> None:
    """Say how many loans differ, and what each business day brought."""
    _tell(in_house(lambda house: shadow.find(house, shadow_id), publish=False), as_json=as_json)


@shadow_commands.command(name="report")
@_ID
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Only what this day brought.")
@as_json
def report_command(shadow_id: str, day: object, as_json: bool) -> None:
    """Say loan by loan what came out otherwise and why."""
    on = date.fromisoformat(str(day)[:10]) if day else None

    async def work(house: House) -> tuple[ShadowDivergence, ...]:
        return await shadow.report(house, shadow_id, day=on, limit=MOST)

    found = in_house(work, publish=False)
    if as_json:
        print_json(found)
        return
    for row in found:
        each = row.divergence
        click.echo(f"{row.found_on}  {row.loan_id}  {each.difference}")
        click.echo(f"  live       {each.live or 'nothing'}\n             {each.live_because}")
        click.echo(f"  candidate  {each.candidate or 'nothing'}\n             "
                   f"{each.candidate_because}")  # fmt: skip
    click.echo(f"{len(found)} divergences" + (" or more" if len(found) == MOST else ""))


def _ended(name: str, act: Callable[[House, Actor, str], Awaitable[ShadowView]], told: str) -> None:
    @shadow_commands.command(name=name, help=told)
    @_ID
    @with_key
    @as_json
    def command(shadow_id: str, key: str, as_json: bool) -> None:
        async def work(house: House) -> ShadowView:
            return await act(house, await acting(house, key), shadow_id)

        _tell(in_house(work, publish=False), as_json=as_json)


_ended("look", shadow.run, "Look now, as the daily run does.")
_ended("stop", shadow.stop, "End a shadow run; its report stays.")


def _tell(view: ShadowView, *, as_json: bool) -> None:
    if as_json:
        print_json(view)
        return
    click.echo(
        f"{view.shadow_id}  {view.product}@{view.version}  {view.state} since {view.began_on}\n"
        f"{view.loans} loans looked at, {view.loans_differing} differ, {view.not_compared} not "
        f"compared; they would owe {view.owed_more} more, {view.owed_less} less"
    )
    rows = [[str(day.day), str(day.loans), str(day.divergences), str(day.waiting)]
            for day in view.days]  # fmt: skip
    if rows:
        columns = ("business day", "loans", "divergences", "waiting")
        print_table("Days", columns, rows, numbers=(1, 2, 3))
