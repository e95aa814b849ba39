"""``loanwright check``: validate every definition and run every in-file example and test."""

from __future__ import annotations

from pathlib import Path

import click

from app.settings import read_settings
from cli.output import as_json, print_json
from cli.progress import progress
from store.definitions.check import CheckReport, check_folders


@click.command()
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@as_json
def check(path: Path | None, as_json: bool) -> None:
    """Check products/ and rules/, or only what stands under PATH.

    Every problem at once, with file, line, column and how to mend it; examples and rule tests run.
    Lines that begin with "look" are no problems: what an order of payments does to surprise.
    """
    settings = read_settings()
    with progress("Checking definitions", quiet=as_json) as advance:
        report = check_folders(
            settings.products,
            settings.rules,
            only=path,
            progress=advance,
        )
    if as_json:
        print_json(report)
    else:
        _tell(report)
    if report.problems:
        raise SystemExit(1)


def _tell(report: CheckReport) -> None:
    for problem in report.problems:
        click.echo(str(problem))
    for look in report.looks:
        click.echo(f"look: {look}")
    click.echo(
        f"{report.documents} documents, {report.examples} examples, {report.tests} rule tests: "
        + (f"{len(report.problems)} problems" if report.problems else "all well")
    )
