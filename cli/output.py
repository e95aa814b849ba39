"""What a command prints: a table for a person, JSON for a machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click
import msgspec
from rich.console import Console
from rich.table import Table

_WIDE = 160


def print_json(answer: object) -> None:
    """One JSON document on standard output."""
    click.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())


def print_table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int]
) -> None:
    """A table on standard output; ``numbers`` are the places of columns aligned right."""
    table = Table(title=title, title_justify="left")
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place in numbers else "left")
    for row in rows:
        table.add_row(*row)
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDE)  # a file or a pipe has no edge to cut ids at
    console.print(table)


as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
"""The option by which a machine asks."""
