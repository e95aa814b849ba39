"""``loanwright check``: validate every definition and run every in-file example and test."""

from __future__ import annotations

from pathlib import Path

import click
from store.definitions.check import CheckReport, check_folders

from app.settings import read_settings
from cli.output import as_json, print_json
from cli.progress import progress


@click.command()
@click.option("--products", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--rules", type=click.Path(exists=True, file_okay=False, path_type=Path))
@as_json
def check(products: Path | None, rules: Path | None, as_json: bool) -> None:
    """Check products/ and rules/: every problem at once, with file, line, column and mend."""
    settings = read_settings()
    with progress("Checking definitions", quiet=as_json) as advance:
        report = check_folders(
            products or settings.products, rules or settings.rules, progress=advance
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
    click.echo(
        f"{report.documents} documents, {report.examples} examples, {report.tests} rule tests: "
        + (f"{len(report.problems)} problems" if report.problems else "all well")
    )
