"""The command line: ``loanwright`` and its commands, each one file in ``cli/commands``."""

from __future__ import annotations

import sys

import click

from cli.commands.board import board
from cli.commands.catalog import catalog
from cli.commands.check import check
from cli.commands.coverage import coverage
from cli.commands.daily import daily
from cli.commands.demo import demo
from cli.commands.draft import draft
from cli.commands.indexes import index_commands
from cli.commands.move import move_commands
from cli.commands.override import override
from cli.commands.project import project
from cli.commands.quote import quote, schedule
from cli.commands.schemas import schemas
from cli.commands.serve import serve
from cli.commands.shadow import shadow_commands
from cli.commands.verify import verify
from cli.commands.version import version
from cli.ending import sentence_of


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def commands() -> None:
    """Loan management whose products and law are data."""


for command in (
    demo,
    serve,
    check,
    catalog,
    draft,
    shadow_commands,
    move_commands,
    coverage,
    quote,
    schedule,
    project,
    board,
    daily,
    override,
    index_commands,
    verify,
    schemas,
    version,
):  # fmt: skip
    commands.add_command(command)


def main() -> None:
    """Run a command; what goes wrong on purpose ends in a sentence and exit status 1 or 2."""
    try:
        commands(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except Exception as fault:
        sentence = sentence_of(fault)
        if sentence is None:
            raise
        click.echo(sentence, err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
