"""``loanwright verify``: does the whole book still say the same, event by event?"""

from __future__ import annotations

import click

from cli.house import in_house
from cli.output import as_json, print_json
from cli.progress import progress
from servicing import verification
from servicing.house import House
from servicing.views import VerifyReport


@click.command()
@as_json
def verify(as_json: bool) -> None:
    """Replay every loan and compare with states, positions, books and hash chains."""

    async def work(house: House) -> VerifyReport:
        with progress("Verifying loans", quiet=as_json) as advance:
            return await verification.verify(house, progress=advance)

    report = in_house(work)
    if as_json:
        print_json(report)
    else:
        click.echo(
            f"{report.loans} loans, {report.events} events, {report.entries} journal entries "
            f"in {report.seconds:.1f} s: "
            + ("nothing wrong" if not report.problems else f"{len(report.problems)} problems")
        )
        for problem in report.problems:
            click.echo(f"  {problem}")
    if report.problems:
        raise SystemExit(1)
