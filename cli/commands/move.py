"""``loanwright move``: existing loans moved to a version of their product, and put back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

import click

from cli.house import acting, in_house, with_key
from cli.output import as_json, print_json, print_table
from servicing.actor import Actor
from servicing.house import House
from servicing.publishing import moves
from servicing.views.moves import MovePlan

_ID = click.argument("plan_id")


@click.group(name="move")
def move_commands() -> None:
    """Plan to move existing loans to a version, see what it does to each, carry it out, undo it."""


@move_commands.command(name="list")
@as_json
def list_command(as_json: bool) -> None:
    """List the plans, the one changed last first."""
    found = in_house(moves.listed, publish=False)
    if as_json:
        print_json(found)
        return
    columns = ("plan_id", "product", "to_version", "moved_on", "state", "condition")
    rows = [[str(getattr(row, name)) for name in columns] for row in found]
    print_table("Plans to move loans", columns, rows, numbers=(2,))


@move_commands.command(name="plan")
@click.argument("product")
@click.option("--to", "to_version", type=int, required=True, help="Version to move to.")
@click.option("--on", "moved_on", help="First day under it, today or past. Default: today.")
@click.option("--where", "condition", default="", help='Which loans: "days_past_due < 30".')
@click.option("--reason", required=True, help="Why; it stands on every loan moved.")
@with_key
@as_json
def plan_command(
    product: str,
    to_version: int,
    moved_on: str | None,
    condition: str,
    reason: str,
    key: str,
    as_json: bool,
) -> None:
    """Say loan by loan what a move would do; nothing moves yet."""
    try:
        on = date.fromisoformat(moved_on) if moved_on else None
    except ValueError:
        raise click.BadParameter(f"{moved_on} is no day; write 2026-01-31.") from None

    async def work(house: House) -> MovePlan:
        return await moves.plan(
            house,
            await acting(house, key),
            product=product,
            to_version=to_version,
            moved_on=on or house.clock.business_date(),
            reason=reason,
            condition=condition,
        )

    _tell(in_house(work, publish=False), as_json=as_json)


@move_commands.command(name="show")
@_ID
@as_json
def show_command(plan_id: str, as_json: bool) -> None:
    """Show a plan loan by loan."""
    _tell(in_house(lambda house: moves.find(house, plan_id), publish=False), as_json=as_json)


@move_commands.command(name="consent")
@_ID
@click.argument("loan_id")
@click.option("--reference", required=True, help="Where the borrower's consent is kept.")
@with_key
@as_json
def consent_command(plan_id: str, loan_id: str, reference: str, key: str, as_json: bool) -> None:
    """Record that a borrower agrees to a move that is adverse."""

    async def work(house: House) -> MovePlan:
        return await moves.consent(house, await acting(house, key), plan_id, loan_id, reference)

    _tell(in_house(work, publish=False), as_json=as_json)


def _step(name: str, act: Callable[[House, Actor, str], Awaitable[MovePlan]], told: str) -> None:
    @move_commands.command(name=name, help=told)
    @_ID
    @with_key
    @as_json
    def command(plan_id: str, key: str, as_json: bool) -> None:
        async def work(house: House) -> MovePlan:
            return await act(house, await acting(house, key), plan_id)

        _tell(in_house(work, publish=False), as_json=as_json)


_step("approve", moves.approve, "Agree to a plan that another person made.")
_step("carry-out", moves.carry_out, "Move the loans of an approved plan; again, those left.")
_step("undo", moves.undo, "Put the moved loans back, from the same day.")


def _tell(plan: MovePlan, *, as_json: bool) -> None:
    if as_json:
        print_json(plan)
        return
    row = plan.row
    counts = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in plan.counts.items())
    click.echo(
        f"{row.plan_id}  {row.product} to version {row.to_version} from {row.moved_on}  "
        f"{row.state.replace('_', ' ')}: {counts or 'no loan'}"
    )
    for change in plan.adverse:
        click.echo(f"adverse: {change}")
    columns = ("loan_id", "from_version", "owed_before", "owed_after", "state", "why")
    rows = [[str(getattr(loan, name)) for name in columns] for loan in plan.loans]
    if rows:
        print_table("Loans", columns, rows, numbers=(1, 2, 3))
