"""``loanwright override``: rules that wait to be set aside for one command."""

from __future__ import annotations

import click

from cli.house import in_house
from cli.output import as_json, print_json, print_table
from servicing import overrides
from servicing.house import House
from servicing.views import OverrideView


@click.group(name="override")
def override() -> None:
    """Rules that a second person may let be set aside for one command."""


@override.command(name="list")
@click.option(
    "--state",
    type=click.Choice(["requested", "approved", "declined", "used", "expired"]),
    help="Only those in this state.",
)
@click.option("--loan", "loan_id", help="Only those of this loan.")
@as_json
def list_command(state: str | None, loan_id: str | None, as_json: bool) -> None:
    """List overrides, newest first.

    They are asked for, approved and carried out in the admin or over the API, where it is known who
    asks: the command line has no second person.
    """

    async def work(house: House) -> tuple[OverrideView, ...]:
        return await overrides.listed(house, state=state, loan_id=loan_id)

    found = in_house(work)
    if as_json:
        print_json(found)
        return
    print_table(
        "Overrides",
        ["Override", "State", "Command", "Loan", "Rules", "Asked by", "Decided by", "Expires"],
        [
            [
                row.override_id,
                row.state,
                row.command,
                row.used_on or row.loan_id,
                ", ".join(rule.rule for rule in row.rules),
                row.requested_name,
                row.decided_name,
                row.expires_on.isoformat(),
            ]
            for row in found
        ],
        numbers=(),
    )
