"""``loanwright version``: what runs here."""

from __future__ import annotations

import platform
from importlib.metadata import version as installed

import click

from cli.output import as_json, print_json
from engine.loan.events import ENGINE_VERSION


@click.command()
@as_json
def version(as_json: bool) -> None:
    """Version of Loanwright, of its engine and of Python."""
    answer = {
        "loanwright": installed("loanwright"),
        "engine": ENGINE_VERSION,
        "python": platform.python_version(),
    }
    if as_json:
        print_json(answer)
    else:
        click.echo(" · ".join(f"{name} {value}" for name, value in answer.items()))
