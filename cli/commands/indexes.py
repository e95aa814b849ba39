"""``loanwright index``: publish values of rate indexes, and list them."""

from __future__ import annotations

from datetime import date

import click

from cli.house import in_house
from cli.output import as_json, print_json
from servicing import indexes
from servicing.daily_run import RUNNER
from servicing.house import House
from servicing.views import IndexPublication, IndexValueView


@click.group("index")
def index_commands() -> None:
    """Values of rate indexes that products follow."""


@index_commands.command()
@click.argument("index")
@click.argument("value_on", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("value")
@as_json
def publish(index: str, value_on: object, value: str, as_json: bool) -> None:
    """Publish the VALUE of an INDEX for a day (0.0750 is 7.50 percent)."""
    day = date.fromisoformat(str(value_on)[:10])

    async def work(house: House) -> IndexPublication:
        return await indexes.publish(house, RUNNER, index, day, value)

    answer = in_house(work)
    if as_json:
        print_json(answer)
        return
    click.echo(f"{answer.index} of {answer.value_on} is {answer.value}.")
    click.echo(f"Loans decided: {answer.loans_decided}; still waiting: {answer.loans_waiting}.")
    for line in answer.failed:
        click.echo(line, err=True)


@index_commands.command("list")
@click.argument("index", required=False)
@as_json
def list_values(index: str | None, as_json: bool) -> None:
    """List the values published, in the order they became known."""

    async def work(house: House) -> tuple[IndexValueView, ...]:
        return await indexes.values(house, RUNNER, index)

    answer = in_house(work)
    if as_json:
        print_json(answer)
        return
    for value in answer:
        click.echo(f"{value.index}  {value.value_on}  {value.value}  known {value.known_on}")
