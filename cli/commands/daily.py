"""``loanwright daily``: run the day's work now, through a day."""

from __future__ import annotations

from datetime import date

import click

from cli.house import in_house
from cli.output import as_json, print_json
from cli.progress import progress
from servicing import daily_run
from servicing.house import House


@click.command()
@click.option("--through", type=click.DateTime(["%Y-%m-%d"]), help="Last day; default: today.")
@as_json
def daily(through: object, as_json: bool) -> None:
    """Bring loans whose next boundary has come up to the day, and book interest."""
    day = date.fromisoformat(str(through)[:10]) if through else None

    async def work(house: House) -> object:
        today = house.clock.business_date()
        if day is not None and day > today:
            raise click.BadParameter(f"{day} is after the business date {today}.")
        with progress("Daily run", quiet=as_json) as advance:
            return await daily_run.run(house, through=day, progress=advance)

    answer = in_house(work)
    if as_json:
        print_json(answer)
    else:
        click.echo(str(answer))
