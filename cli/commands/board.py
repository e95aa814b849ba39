"""``loanwright board``: take over loans in mid-life from a CSV file."""

from __future__ import annotations

from pathlib import Path

import click

from cli.house import COMMAND_LINE, in_house
from cli.output import as_json, print_json, print_table
from cli.progress import progress
from servicing import boarding
from servicing.house import House
from servicing.views import BoardingReport


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--product", required=True, help="Product the loans board into.")
@click.option("--only-check", is_flag=True, help="List what is wrong; board nothing.")
@as_json
def board(file: Path, product: str, only_check: bool, as_json: bool) -> None:
    """Board the loans of FILE; a second run goes on where the first ended.

    Every bad row is listed with its line, its column and what is allowed. No loan is half boarded.
    """
    text = file.read_text(encoding="utf-8-sig")

    async def work(house: House) -> BoardingReport:
        if only_check:
            return await boarding.validate(house, COMMAND_LINE, text, product)
        with progress("Boarding loans", quiet=as_json) as advance:
            return await boarding.board(house, COMMAND_LINE, text, product, progress=advance)

    report = in_house(work)
    if as_json:
        print_json(report)
    else:
        _tell(report)
    if report.problems:
        raise SystemExit(1)


def _tell(report: BoardingReport) -> None:
    click.echo(
        f"{report.rows} rows: {report.boarded} boarded, {report.already_boarded} boarded before, "
        f"{report.bad_rows} bad"
    )
    if report.problems:
        rows = [(str(p.line), p.column, p.value, p.message) for p in report.problems]
        print_table("Bad rows", ("line", "column", "value", "what is wrong"), rows, numbers=(0,))
